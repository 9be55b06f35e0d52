// What the page of pictures sends, and what its modules share.

/** A grey picture: whole numbers from 0 to 255, row by row. */
export interface Picture {
  height: number;
  width: number;
  pixels: Uint8Array;
}

/** A kernel of whole numbers: a result is the sum of its products, divided by `divisor`, plus `offset`. */
export interface ImageKernel {
  weights: number[][];
  divisor: number;
  offset: number;
}

export type PaddingMode = "zeros" | "constant" | "reflect" | "replicate" | "circular" | "symmetric";

/**
 * How a kernel is moved: the cells that are added above and below, and on the left and the right, come in a pair. Those
 * that copy none hold `value`.
 */
export interface Moving {
  stride: number;
  padding: [number, number];
  dilation: number;
  mode: PaddingMode;
  value: number;
}

/** The sum of products at each place of the kernel, row by row. */
export interface Sums {
  height: number;
  width: number;
  sums: Int32Array;
}

/** What is made of the sums, before it is divided, row by row. */
export interface Results {
  height: number;
  width: number;
  values: Int32Array;
}

export type AfterFilter = "nothing" | "relu" | "relu_pool";

export type ImageView = "signed" | "clipped" | "magnitude";

/** Filters that are laid over one picture, each with the angle it is chosen by. */
export interface Bank {
  filters: { angle: number; kernel: ImageKernel }[];
  moving: Moving;
  /** What divides the strongest answer to the one that has the full colour. */
  full: number;
  /** The angle of the kernel, where that is such a filter. */
  chosen: number | null;
}

/** What comes of one filter of a bank: a value is to be divided by `divisor`. */
export interface BankMap extends Results {
  divisor: number;
}

export interface ImageMessage {
  /** Where the sample lies below the address of the app. */
  picture: string;
  name: string;
  kernel: ImageKernel;
  moving: Moving;
  bank: Bank | null;
  view: ImageView;
  after: AfterFilter;
  limits: { bytes: number; pixels: number; side: number; weight: number; stage: number };
  palettes: { light: string[]; dark: string[] };
  /** Sentences with named places. */
  words: Record<string, string>;
  /** A link to the stage, with places for one window's numbers. */
  stage: string;
}
