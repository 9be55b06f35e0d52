// What Python sends of a stage: the keys and shapes of the JSON.

export type Theme = "light" | "dark";
export type Role =
  | "input"
  | "kernel"
  | "products"
  | "partial"
  | "sum"
  | "bias"
  | "output"
  | "middle"
  | "weights"
  | "columns"
  | "maps"
  | "matrix"
  | "flat_input"
  | "flat_output"
  | "uncropped"
  | "zero_inserted"
  | "turned"
  | "turned_products";
export type Arithmetic = "products" | "max" | "mean";

/** An array as base64 of its bytes; its last axis varies fastest. */
export interface Packed {
  dtype: "int8" | "int16" | "int32" | "float64";
  shape: number[];
  base64: string;
}

/** A rectangle of cells, wherever it stands. */
export interface Grid {
  role: Role;
  channel: number;
  rows: number;
  columns: number;
  label: string;
  group: number | null;
  act: number;
  values: string | null;
}

/** One way to place the grids on a canvas of unit cells. */
export interface Arrangement {
  width: number;
  height: number;
  labelRows: number;
  places: [x: number, y: number][];
  signs: [text: string, x: number, y: number][];
  captions: [text: string, x: number, y: number, width: number, mark: string][];
  wires: [group: number, x: number, y: number, toX: number, toY: number][];
}

export interface WindowLoops {
  filters: number;
  positions: number;
  channels: number;
  taps: number;
}

export interface ScatterLoops extends WindowLoops {
  outputs: number;
}

export interface WindowsArrays {
  reads: Packed;
  sources: Packed;
  kinds: Packed;
  input: Packed;
  products: Packed;
  partial: Packed;
  sum: Packed;
  output: Packed;
  kernel?: Packed;
  bias?: Packed;
  columns?: Packed;
  matrix?: Packed;
  flat_input?: Packed;
  chosen?: Packed;
  divisors?: Packed;
}

/** A layer whose windows are read one after the other. */
export interface WindowsAct {
  kind: "windows" | "pooling";
  loops: WindowLoops;
  firsts: number[];
  padded: [rows: number, columns: number];
  length: [rows: number, columns: number];
  shape: [rows: number, columns: number];
  frame: [rows: number, columns: number];
  unread: [rows: number[], columns: number[]];
  ends: Record<string, number>;
  arithmetic: Arithmetic;
  roles: Record<string, string>;
  arrays: WindowsArrays;
}

export interface ScatterArrays {
  input: Packed;
  kernel: Packed;
  origins: Packed;
  products: Packed;
  landed: Packed;
  partial: Packed;
  uncropped: Packed;
  output: Packed;
  landings: Packed;
  cells: Packed;
  outputs: Packed;
  gathered: Packed;
  bias?: Packed;
  zero_inserted?: Packed;
  kinds?: Packed;
  sources?: Packed;
  reads?: Packed;
  spread?: Packed;
  matrix?: Packed;
  flat_input?: Packed;
}

/** A transposed layer. */
export interface ScatterAct {
  kind: "stamps";
  loops: ScatterLoops;
  firsts: number[];
  length: [rows: number, columns: number];
  kernelSize: [rows: number, columns: number];
  uncropped: [rows: number, columns: number];
  shape: [rows: number, columns: number];
  crop: [rows: number, columns: number];
  extra: [rows: number, columns: number];
  ends: Record<string, number>;
  roles: Record<string, string>;
  arrays: ScatterArrays;
}

/** A stage: what is played, and where it is drawn. */
export interface Stage {
  id?: string;
  grids: Grid[];
  arrangements: Arrangement[];
  paddingMode: string;
  palette: Record<Theme, string[]>;
  neutrals: Record<Theme, Record<string, string>>;
  acts: (WindowsAct | ScatterAct)[];
  tally?: number;
}
