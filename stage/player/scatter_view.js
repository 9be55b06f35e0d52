// A transposed layer. A step is a stamp, an output gathered from stamps, or a single product that lands.

import { CELL_KINDS, MOST_ASKED } from "./generated_constants.js";
import { indexOf } from "./names.js";
import { PlayedLayer } from "./played_layer.js";

/** @import { ByRole, Cursor, Granularity, Pair, Target } from "./types" */
/** @import { ScatterView as SentView } from "./wire" */

/**
 * One layer whose inputs are multiplied by the kernel and added into the output. A filter is an output map.
 *
 * @extends {PlayedLayer<SentView>}
 */
export class ScatterView extends PlayedLayer {
  /**
   * @param {SentView} sent
   * @param {number} index of the layer among those that are played
   */
  constructor(sent, index) {
    super(sent, index);
    this.uncroppedSize = sent.uncropped_size;
    this.crop = sent.crop;
    this.outputPadding = sent.output_padding;
    this.questions = sent.questions;
    /** Rows and columns that nothing reads: there are none. @type {[rows: number[], columns: number[]]} */
    this.unusedCells = [[], []];
    const { positions, channels, taps, outputs } = sent.loops;
    /** How many steps of each granularity make one map. @type {Record<string, number>} */
    this.stepsEach = { stamp: positions, output: outputs, multiply: positions * channels * taps };
    this.values = sent.loops.filters * outputs;
  }

  /** @param {Granularity} granularity */
  count(granularity) {
    return this.loops.filters * this.stepsEach[granularity];
  }

  /**
   * Where a step stands.
   *
   * @param {Granularity} granularity
   * @param {number} step
   * @returns {Cursor}
   */
  cursorAt(granularity, step) {
    const { channels, taps } = this.loops;
    const filter = Math.floor(step / this.stepsEach[granularity]);
    const within = step % this.stepsEach[granularity];
    const last = { channel: channels - 1, tap: taps - 1 };
    const cursor = { layer: this.index, granularity, filter, position: -1, ...last, output: -1, cell: -1 };
    if (granularity === "output") return { ...cursor, output: within, cell: this.arrays.output_cells[within] };
    if (granularity === "stamp") return { ...cursor, position: within };
    const product = within % (channels * taps);
    const position = Math.floor(within / (channels * taps));
    return { ...cursor, position, channel: Math.floor(product / taps), tap: product % taps };
  }

  get allMultiplies() {
    return this.count("multiply");
  }

  /**
   * The step of a granularity that belongs to a cursor: the first that lands on its output, or that its stamp lands on.
   *
   * @param {Granularity} granularity
   * @param {Cursor} cursor
   */
  stepAt(granularity, cursor) {
    const { channels, taps } = this.loops;
    const first = cursor.filter * this.stepsEach[granularity];
    if ((granularity === "output") === (cursor.output >= 0)) {
      if (granularity === "output") return first + cursor.output;
      return first + cursor.position * (granularity === "stamp" ? 1 : channels * taps);
    }
    if (granularity === "output") return first + Math.max(0, this.reached(cursor.position)[0] ?? 0);
    const { position, tap } = this.gathered(cursor.cell)[0] ?? { position: 0, tap: 0 };
    return first + (granularity === "stamp" ? position : position * channels * taps + tap);
  }

  /**
   * The finished computation of a cell of an output.
   *
   * @param {number} filter
   * @param {number} output
   */
  outputCursor(filter, output) {
    return this.cursorAt("output", filter * this.loops.outputs + output);
  }

  /** Before the first step. */
  get start() {
    return { ...this.cursorAt("stamp", 0), channel: -1, tap: -1 };
  }

  /** After the last step. */
  get end() {
    return this.cursorAt("stamp", this.count("stamp") - 1);
  }

  /**
   * Whether a cursor is the last one of its map.
   *
   * @param {Cursor} cursor
   */
  isComplete(cursor) {
    const { outputs, positions } = this.loops;
    const isLast = cursor.output >= 0 ? cursor.output === outputs - 1 : cursor.position === positions - 1;
    return isLast && this.isDone(cursor);
  }

  /**
   * Whether all is done that a step does: of one that is asked nothing is.
   *
   * @param {Cursor} cursor
   */
  isDone(cursor) {
    return this.tapDone(cursor, this.loops.channels - 1, this.loops.taps - 1);
  }

  /**
   * The cell of the uncropped output on which a tap of the stamp at a position lands.
   *
   * @param {number} position
   * @param {number} tap
   */
  scatterIndex(position, tap) {
    return this.arrays.scatter_index[position * this.loops.taps + tap];
  }

  /**
   * The outputs that a stamp reaches, in order.
   *
   * @param {number} position
   */
  reached(position) {
    const { cell_outputs: outputs } = this.arrays;
    const cells = Array.from({ length: this.loops.taps }, (_, tap) => outputs[this.scatterIndex(position, tap)]);
    return cells.filter((output) => output >= 0);
  }

  /**
   * What lands on a cell of the uncropped output, in order: the positions, and the tap of each that does.
   *
   * @param {number} cell
   */
  gathered(cell) {
    const { taps } = this.loops;
    /** @type {Pair[]} */
    const found = [];
    for (let tap = taps - 1; tap >= 0; tap--) {
      const position = this.arrays.gather_index[cell * taps + tap];
      if (position >= 0) found.push({ position, tap });
    }
    return found;
  }

  /**
   * The value of a cell of the cursor's map after the last landing; null, or the bias, where there was none yet.
   *
   * @param {Cursor} cursor
   * @param {number} cell
   */
  running(cursor, cell) {
    const { taps, channels, positions } = this.loops;
    let value = this.hasBias ? this.bias(cursor.filter) : null;
    for (let tap = taps - 1; tap >= 0; tap--) {
      const position = this.arrays.gather_index[cell * taps + tap];
      if (position < 0) continue;
      if (position > cursor.position) break;
      const reached = tap <= cursor.tap ? cursor.channel : cursor.channel - 1;
      const channel = position < cursor.position ? channels - 1 : reached;
      if (channel < 0) break;
      value = this.arrays.scattered_sums[((cursor.filter * channels + channel) * taps + tap) * positions + position];
    }
    return value;
  }

  /**
   * What a cell of the cursor's map shows at that cursor, or null.
   *
   * @param {Cursor} cursor
   * @param {number} cell
   */
  shown(cursor, cell) {
    if (cursor.output < 0) return this.running(cursor, cell);
    const output = this.arrays.cell_outputs[cell];
    const last = this.isDone(cursor) ? cursor.output : cursor.output - 1;
    return output >= 0 && output <= last ? this.output(cursor.filter, output) : null;
  }

  /**
   * The cell in which an output is asked for: where several grids show it, the one that is stamped.
   *
   * @param {ByRole} grids
   * @param {Cursor} cursor
   * @returns {Target}
   */
  outputPlace(grids, { filter, output, cell }) {
    if (grids.uncropped.length) return { grid: grids.uncropped[filter], cell };
    if (grids.output.length) return { grid: grids.output[filter], cell: output };
    return { grid: grids.flat_output[0], cell: filter * this.loops.outputs + output };
  }

  /** What tells the questions of one layer from those of another, whatever the view. */
  get about() {
    const { loops, uncroppedSize, outputSize, crop, questions, arrays } = this;
    const asked = [questions?.sums ? arrays.output : [], loops.positions <= MOST_ASKED ? arrays.scatter_index : []];
    return JSON.stringify([loops, uncroppedSize, outputSize, crop, ...asked.map((one) => Array.from(one))]);
  }

  /**
   * What the stamp of a step is called: by its input, or where it is of several channels, by its place in all of them.
   *
   * @param {Cursor} cursor
   */
  stampName({ filter, position }) {
    const place = indexOf(position, this.inputSize[1]);
    return this.loops.channels > 1 ? place : this.inputName(this.firstChannel(filter)) + place;
  }

  /**
   * @param {number} channel
   * @param {number} position
   */
  input(channel, position) {
    return this.arrays.input[channel * this.loops.positions + position];
  }

  /**
   * @param {number} filter
   * @param {number} channel
   * @param {number} tap
   */
  kernel(filter, channel, tap) {
    return this.arrays.kernel[(filter * this.loops.channels + channel) * this.loops.taps + tap];
  }

  /**
   * The number of a weight among all of the layer's own.
   *
   * @param {number} filter
   * @param {number} channel
   * @param {number} tap
   */
  kernelIndex(filter, channel, tap) {
    return this.arrays.weight_index[(filter * this.loops.channels + channel) * this.loops.taps + tap];
  }

  /**
   * @param {number} filter
   * @param {number} channel
   * @param {number} tap
   * @param {number} position
   */
  product(filter, channel, tap, position) {
    const { channels, taps, positions } = this.loops;
    return this.arrays.products[((filter * channels + channel) * taps + tap) * positions + position];
  }

  /**
   * The sum of a channel's products on an output.
   *
   * @param {number} filter
   * @param {number} channel
   * @param {number} output
   */
  partial(filter, channel, output) {
    return this.arrays.partial_sums[(filter * this.loops.channels + channel) * this.loops.outputs + output];
  }

  /**
   * @param {number} filter
   * @param {number} output
   */
  output(filter, output) {
    return this.arrays.output[filter * this.loops.outputs + output];
  }

  /**
   * @param {number} filter
   * @param {number} cell
   */
  uncroppedValue(filter, cell) {
    return this.arrays.uncropped[filter * this.uncroppedSize[0] * this.uncroppedSize[1] + cell];
  }

  /**
   * What a cell is that stands in an array with padding of its own.
   *
   * @param {string} array
   * @param {number} cell
   */
  kindOf(array, cell) {
    return array === "zero_inserted" ? this.value("cell_kinds", cell) : CELL_KINDS.INPUT;
  }

  /**
   * The number of an input value among all of them.
   *
   * @param {number} channel
   * @param {number} position
   */
  inputIndex(channel, position) {
    return channel * this.loops.positions + position;
  }
}
