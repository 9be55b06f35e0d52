// What Python sends to the player. Written by `python -m stage.wire_types` from stage/model.py: do not edit.

/** An array as base64 of its bytes; its last axis varies fastest. */
export interface Packed {
  dtype: "int8" | "int16" | "int32" | "float64";
  shape: number[];
  base64: string;
}

/** What a grid of the stage shows. */
export type GridRole =
  | "input"
  | "kernel"
  | "products"
  | "partial"
  | "sum"
  | "bias"
  | "output"
  | "middle"
  | "filter"
  | "weights"
  | "columns"
  | "maps"
  | "matrix"
  | "flat_input"
  | "flat_output"
  | "uncropped"
  | "zero_inserted"
  | "flipped_kernel"
  | "flipped_products";

/** A rectangle of cells, wherever it stands. */
export interface Grid {
  role: GridRole;
  channel: number;
  rows: number;
  columns: number;
  label: string;
  group: number | null;
  layer: number;
  values: string | null;
  column_step: number;
  slices: number;
}

/** An operator standing between two grids, centred on (x, y). */
export interface Sign {
  text: string;
  x: number;
  y: number;
  before?: GridRole;
  layer: number;
  group?: number;
}

/** A line of text from (x, y) on, up to `width` cells wide: a title, or what cells drawn as `mark` are. */
export interface Caption {
  text: string;
  x: number;
  y: number;
  width: number;
  mark: string;
}

/** The lines from the sums of a group to the outputs that its filters make: each the points where it turns. */
export interface Wire {
  group: number;
  lines: (([number, number])[])[];
}

/** Room for a sequence and what is made of it as lines, in cells: each point stands in the column of its cell. */
export interface Chart {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One way to place the grids on a canvas of `width` by `height` cells. */
export interface Arrangement {
  width: number;
  height: number;
  label_rows: number;
  positions: ([number, number])[];
  across: number[];
  signs: Sign[];
  captions: Caption[];
  wires: Wire[];
  chart?: Chart;
}

/** How often each loop of a layer runs: filters, positions of the window, channels of a filter, taps. */
export interface WindowLoops {
  filters: number;
  positions: number;
  channels: number;
  taps: number;
}

/** What is made of a window. */
export type Arithmetic =
  | "products"
  | "max"
  | "mean";

/** The arrays of a layer whose windows are read: F filters, c channels each, T taps, P positions. */
export interface WindowsArrays {
  columns?: Packed;
  matrix?: Packed;
  flat_input?: Packed;
  filters?: Packed;
  slice_sums?: Packed;
  chosen?: Packed;
  divisors?: Packed;
  reads: Packed;
  sources: Packed;
  cell_kinds: Packed;
  input: Packed;
  products: Packed;
  partial_sums: Packed;
  running_sums: Packed;
  output: Packed;
  kernel?: Packed;
  bias?: Packed;
}

/** What can go wrong with the size of the output. */
export type SizeMistake =
  | "rounded_up"
  | "one_forgotten"
  | "padding_counted_once"
  | "padding_forgotten"
  | "dilation_forgotten"
  | "stride_forgotten"
  | "as_input"
  | "padding_added"
  | "output_padding_forgotten"
  | "ordinary_formula"
  | "times_stride";

/** A size that the output may be thought to have, in each direction, and by which mistake; None is the right one. */
export interface SizeChoice {
  size: number[];
  mistake: SizeMistake | null;
}

/** What can go wrong with the sum of a window. */
export type SumMistake =
  | "kernel_flipped"
  | "kernel_not_flipped"
  | "bias_dropped"
  | "first_channel_only"
  | "first_channel_without_bias"
  | "first_slice_only"
  | "first_group_read"
  | "padding_forgotten"
  | "padding_of_zeros"
  | "sides_swapped"
  | "stride_too_small"
  | "stride_too_large"
  | "dilation_forgotten"
  | "last_stamp_only";

/** What can go wrong with the number that pooling makes of a window. */
export type PoolMistake =
  | "mean_taken"
  | "max_taken"
  | "not_divided"
  | "padding_counted"
  | "padding_left_out";

/** What a mistake makes of the outputs: `values` (F, rows, columns), NaN where it makes no difference. */
export interface WrongSums {
  mistake: SumMistake | PoolMistake;
  values: Packed;
}

/** What can go wrong with the cell under a kernel's first weight. */
export type CornerMistake =
  | "padding_forgotten"
  | "stride_forgotten"
  | "centre"
  | "axes_swapped";

/** Where a mistake puts the first of each window's padded `cells`, or a stamp's uncropped ones (P,); -1: right. */
export interface WrongCorners {
  mistake: CornerMistake;
  cells: Packed;
}

/** What can be asked of a layer before it is shown, and how wrong answers come about. */
export interface Questions {
  sizes: SizeChoice[];
  sums?: WrongSums[];
  corners?: WrongCorners[];
}

/** What the arrays of a layer are called where they are not an input, a kernel and an output. */
export interface LayerNames {
  input: string[];
  kernel: string[];
  output: string[];
  wholes: Record<string, string>;
  factor: string;
  made: string;
  groups: string[];
}

/** How many slices there are in what a layer over a volume has: the rows of all of them are one under another. */
export interface Slices {
  padded: number;
  input: number;
  kernel: number;
  output: number;
}

/** A layer whose windows are read one after the other: a convolution or a pooling layer. */
export interface WindowsView {
  kind: "windows" | "pooling";
  loops: WindowLoops;
  group_offsets: number[];
  padded_size: [number, number];
  input_size: [number, number];
  kernel_size: [number, number];
  output_size: [number, number];
  output_offset: [number, number];
  unused_cells: [number[], number[]];
  dimensions: number;
  color_limits: Record<string, number>;
  arithmetic: Arithmetic;
  editable: Record<string, string>;
  arrays: WindowsArrays;
  questions?: Questions;
  names?: LayerNames;
  slices?: Slices;
}

/** The loops of a transposed layer; a position is an input cell. `outputs` counts the cells of an output map. */
export interface ScatterLoops {
  filters: number;
  positions: number;
  channels: number;
  taps: number;
  outputs: number;
}

/** The arrays of a transposed layer: F filters, c channels each, T taps, P positions (input cells). */
export interface ScatterArrays {
  input: Packed;
  kernel: Packed;
  weight_index: Packed;
  products: Packed;
  scattered_sums: Packed;
  partial_sums: Packed;
  uncropped: Packed;
  output: Packed;
  scatter_index: Packed;
  output_cells: Packed;
  cell_outputs: Packed;
  gather_index: Packed;
  bias?: Packed;
  filters?: Packed;
  zero_inserted?: Packed;
  cell_kinds?: Packed;
  sources?: Packed;
  reads?: Packed;
  inserted_cells?: Packed;
  matrix?: Packed;
  flat_input?: Packed;
}

/** A transposed layer: each input is multiplied by the kernel and added into the output, which is then cropped. */
export interface ScatterView {
  kind: "scatter";
  loops: ScatterLoops;
  group_offsets: number[];
  input_size: [number, number];
  kernel_size: [number, number];
  uncropped_size: [number, number];
  output_size: [number, number];
  crop: [number, number];
  output_padding: [number, number];
  color_limits: Record<string, number>;
  editable: Record<string, string>;
  arrays: ScatterArrays;
  questions?: Questions;
  names?: LayerNames;
}

/** A grid of a strip after its sign: its rows and columns, and how many letters its longest number takes up. */
export interface StripPiece {
  role: GridRole;
  size: [number, number];
  letters: number;
  sign: string;
  label: string;
  slices: number;
}

/** The arithmetic of one step: what each of the channels has in it, and what all of them have together. */
export interface Strip {
  channels: number;
  of_channel: StripPiece[];
  together: StripPiece[];
}

/** What a line of the legend explains; those of cells are called as their colours are. */
export type LegendMark =
  | "scale"
  | "padding"
  | "inserted"
  | "extra"
  | "unused"
  | "chosen"
  | "group"
  | "step"
  | "pending"
  | "none";

/** A mark, or a group's colour, and what it means. */
export interface LegendEntry {
  mark: LegendMark;
  text: string;
  group?: number;
}

/** Everything that the player needs: layers that are played one after the other, on one of several arrangements. */
export interface Stage {
  grids: Grid[];
  arrangements: Arrangement[];
  padding_mode: string;
  layers: (WindowsView | ScatterView)[];
  strips: Strip[];
  legend: LegendEntry[];
  standard_macs?: number;
  shapes: Record<string, number[]>;
  opening?: string;
  id: string;
}

/** That there is nothing to play: why, in a sentence. */
export interface Unplayable {
  problem: string;
}

/** What a control of the page changes in its link: the parameter, and what that says now. */
export interface LinkedControl {
  parameter: string;
  said: string;
  values?: Record<string, string>;
  least?: number;
  most?: number;
}

/** What lets the player ask for the record of a changed control itself. */
export interface Asking {
  address: string;
  link: Record<string, string>;
  controls: Record<string, LinkedControl>;
}

/** What stands over the stage in presenter view: a title, the layer in short, and what to look for. */
export interface Heading {
  title: string;
  layer: string;
  sentence: string;
}

/** What a stage is told of the page around it; what is None is not said. */
export interface Surroundings {
  alone?: boolean;
  presenting?: boolean;
  press?: number;
  fixed?: boolean;
  refused?: number;
  offline?: boolean;
  fragment?: string;
  asking?: Asking;
  heading?: Heading;
}

/** What a stage is told after a run of the page. */
export type Message = Surroundings & (Stage | Unplayable);
