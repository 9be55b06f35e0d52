// Types that several modules of the player share.

import type { Pointer } from "./pointer.js";
import type { Digits } from "./digits.js";
import type { Drawing as StageDrawing } from "./drawing.js";
import type { Prediction } from "./prediction.js";
import type { ScatterView } from "./scatter_view.js";
import type { Player } from "./player.js";
import type { StripLayout } from "./strip_layout.js";
import type { Timeline } from "./timeline.js";
import type { Arrangement, Grid, GridRole, Stage as Recorded } from "./wire";
import type { WindowsView } from "./windows_view.js";

/** An unpacked array. */
export type Numbers = Int8Array | Int16Array | Int32Array | Float64Array;

/** The arrays of a layer, unpacked. */
export type Unpacked<Arrays> = { [Name in keyof Arrays]: Numbers };

export type Theme = "light" | "dark";

export type LayerView = WindowsView | ScatterView;

export type Granularity = "output" | "channel" | "slice" | "tap" | "stamp" | "multiply";

/** What one step can be: its name in links, and what the page calls it. */
export interface StepKind {
  name: Granularity;
  label: string;
  means: string;
  /** What it means where the arrays of a layer have names of their own; their places are `input` and `output`. */
  named?: string;
  /** Whether only a layer over a volume has such steps. */
  ofVolume?: boolean;
}

/**
 * Where a step stands in the loops of one layer. `channel` counts among those that the filter reads; `channel` and
 * `tap` are the last ones already done, -1 before the first. In a transposed layer either `position` is the input whose
 * stamp lands, or `output` and its `cell` of the uncropped output are what is gathered; the others are -1.
 */
export interface Cursor {
  layer: number;
  granularity: Granularity;
  filter: number;
  position: number;
  channel: number;
  tap: number;
  output: number;
  cell: number;
}

/**
 * A grid where the arrangement places it, in cells; `width` and `height` are how many columns and rows of the canvas it
 * takes, and `across` is how many of its slices stand beside each other.
 */
export interface PlacedGrid extends Grid {
  index: number;
  x: number;
  y: number;
  width: number;
  height: number;
  across: number;
}

/** The grids of one layer view by what they are to it, in the order of their channels. */
export type ByRole = Record<GridRole, PlacedGrid[]>;

/** A cell of a grid, as something to point at. */
export interface Target {
  grid: PlacedGrid;
  cell: number;
}

/** A value that can be edited: its array, as the page calls it, and where it stands there, counted in that shape. */
export interface Editable {
  role: string;
  shape: number[];
  /** How many numbers name a cell of a map. */
  dimensions: number;
  index: number;
  value: number;
}

/** One (position, tap): which input is read, or stamped, through which weight. */
export interface Pair {
  position: number;
  tap: number;
}

/** What there is to know of a grid to draw its cells. */
export interface CellGrid {
  role: GridRole;
  rows: number;
  columns: number;
  label: string;
}

/** Where the cells of grids are drawn. */
export interface CellPlace<Grid> {
  moving: Element;
  palette: string[];
  /** Whether there is room for numbers. */
  hasNumbers: boolean;
  /** The pixel rectangle of a cell. */
  box(grid: Grid, cell: number): Box;
  /** Put a value into the middle of a cell, in ink that reads on `ground`. */
  writeIn(text: Element, grid: Grid, cell: number, value: number, ground: string): void;
}

/** A rectangle in pixels of the picture. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** An arrow to the output maps of a layer, the first of which is `maps[0]`; and where it stands before each of them. */
export interface Arrow {
  layer: number;
  sign: Element;
  maps: PlacedGrid[];
  places: { x: number; y: number }[];
}

/** What stands still, and where what moves is drawn. */
export interface Picture extends CellPlace<PlacedGrid> {
  overlay: SVGElement;
  /** The groups for what stands still and for what moves. */
  still: SVGElement;
  moving: SVGElement;
  arrangement: Arrangement;
  theme: Theme;
  neutrals: Record<string, string>;
  /** How large cells and type may be: 1 on a page. */
  scale: number;
  /** The side of a cell in pixels. */
  cell: number;
  /** The whole, in pixels: the maps, with the strip under or beside them. */
  size: [width: number, height: number];
  /** Of the whole with its legend. */
  readonly height: number;
  grids: PlacedGrid[];
  /** The label of each grid, and the lines of groups. */
  labels: SVGTextElement[];
  wires: SVGPathElement[];
  arrows: Arrow[];
  /** Where the strips of the layers have their pieces; without any the numbers of the maps can be read. */
  strips: StripLayout[];
  /** The upper left corner of a strip. */
  stripCorner(layout: StripLayout): number[];
  /** The grid and cell at a point in pixels, or null between grids. */
  cellAt(x: number, y: number): Target | null;
  /** The attributes of a cover over cells of a grid, ruled as that grid is. */
  cover(grid: PlacedGrid): Record<string, string>;
}

/** What is asked before a step is shown. */
export interface Question {
  /** What one step is meanwhile. */
  readonly granularity: Granularity;
  /** Whether the step is withheld until it is answered. */
  readonly isOpen: boolean;
  /** Show it unanswered. */
  skip(): void;
  /** Let the hand that has come here answer, where it is open. */
  begin(): void;
}

/** What the parts of a stage ask of it. */
export interface Stage {
  root: HTMLElement;
  sentence: HTMLElement;
  player: Player;
  picture: Picture;
  /** The cell of the maps, or of what magnifies them, at a point of the overlay in pixels. */
  cellAt(x: number, y: number): Target | null;
  pointer: { pinned: Target | null; restore(): void };
  prediction: Prediction;
  digits: Digits;
  /** What is played, once there is something. */
  timeline: Timeline | undefined;
  /** Whether it is taking over what the server says. */
  updating: boolean;
  /** Whether it shows what the address does not say yet. */
  isAhead: boolean;
  send: Send;
  redraw(always?: boolean): void;
  /** Light what belongs to a cell; null goes back to the step the player stands at. */
  point(target: Target | null, isPinned: boolean): void;
  editable(target: Target): Editable | null;
  edit(edited: Editable, text: string): void;
  /** The text that was refused last is left as it was: the page has nothing to say of it any more. */
  withdrawEdit(): void;
}

/** What the line of hints asks of a stage. */
export interface HintedStage {
  root: HTMLElement;
  player: Player;
  pointer: Pointer;
  prediction: Prediction;
  editable(target: Target): Editable | null;
}

/** What a prediction asks of a stage. */
export interface PredictingStage extends Stage {
  overlay: SVGElement;
  drawing: StageDrawing;
  announce(): void;
}

/** How a picture is drawn: in which room, in pixels, and how large cells and type may be. */
export interface Room {
  theme: Theme;
  width: number;
  height: number;
  scale: number;
}

/** A cell that is pinned, and the step that is shown because of it. */
export interface Pinned {
  target: Target;
  cursor: Cursor;
}

/** What a picture that is taken away asks of a stage. */
export interface PicturedStage extends Stage {
  parent: HTMLElement;
  data: Recorded | undefined;
  theme(): Theme;
  /** How its own picture is drawn. */
  asDrawn(): Room;
  pinned(): Pinned | null;
}

/** What a cell is to a layer. A `channel` counts among those that a filter reads; -1 where it does not read this one. */
export type Meaning =
  | { role: "output"; filter: number; position: number; cell: number }
  | { role: "kernel"; filter: number; channel: number; tap: number }
  | { role: "products"; channel: number; tap: number; position: number }
  | { role: "input"; channel: number; cell: number }
  | { role: "matrix"; filter: number; position: number; input: number; source: number; cell: number }
  | { role: "partial" | "sum" | "bias" | "zero"; cell: number };

/** Something drawn of a layer view that changes with the step. */
export interface Part {
  show(cursor: Cursor, isNow: boolean): void;
  /**
   * What it shows of a grid: of a cell its value, null where that is still to come, and undefined where the grid's own value is
   * in sight; null of a grid that it does not move over.
   */
  heard?(grid: PlacedGrid): ((cell: number) => number | null | undefined) | null;
}

/** One step in cells that are large enough to be read, whatever the maps are. */
export interface Magnified extends Part {
  /** How many channels it shows at once, and the first of those that it shows now. */
  shown: number;
  firstShown: number;
  /** The cell of the maps that is shown at a point in pixels, or null. */
  cellAt(x: number, y: number): Target | null;
  /** Show what belongs to a channel that is pointed at; -1 goes back to the one that plays. */
  turnTo(channel: number): void;
}

/** What belongs together in the grids of a layer view. */
export interface Links {
  /** What is written on the cells that are lit, each with its name. */
  notes: string[];
  outputName(filter: number, position: number): string;
  clear(): void;
  /** Mark a cell, and nothing that belongs to it. */
  pointTo(target: Target): void;
  meaning(target: Target, cursor: Cursor): Meaning;
  /** Light what belongs to a cell while the stage stands at a cursor; returns one sentence about it. */
  show(target: Target, cursor: Cursor): string;
}

/** The arithmetic of a step as lines of text. */
export interface Arithmetic {
  lines: HTMLElement;
  show(cursor: Cursor): void;
  /** Bring the lines of some channels into sight, and what comes out of them. */
  follow(first: number, last: number): void;
  /** Show beside the head whether more stands over the lines that are in sight. */
  markCut(): void;
  /** The whole arithmetic as one sentence, for a screen reader. */
  spoken(): string;
}

/** All that is drawn of one layer view beside its arithmetic. */
export interface Drawing {
  parts: Part[];
  links: Links;
}

/** Say something to the server. */
export type Send = (name: string, value: unknown) => void;

declare global {
  interface Window {
    /** What the first HTML tells Streamlit. */
    __streamlit?: { BACKEND_BASE_URL?: string };
    Plotly?: {
      react(plot: Element, data: unknown[], layout: unknown, config: unknown): void;
      purge(plot: Element): void;
    };
  }
}
