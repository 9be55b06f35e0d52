// A layer whose windows are read: its steps are places in the loops filter > position > channel > tap.

import { CELL_KINDS, MOST_ASKED } from "./generated_constants.js";
import { PlayedLayer } from "./played_layer.js";

/** @import { ByRole, Cursor, Granularity, Target } from "./types" */
/** @import { Grid, WindowsView as SentView } from "./wire" */

/**
 * One layer whose windows are read. A channel of a cursor counts within what its filter reads.
 *
 * @extends {PlayedLayer<SentView>}
 */
export class WindowsView extends PlayedLayer {
  /**
   * @param {SentView} sent
   * @param {number} index of the layer among those that are played
   */
  constructor(sent, index) {
    super(sent, index);
    this.paddedSize = sent.padded_size;
    this.outputOffset = sent.output_offset;
    this.unusedCells = sent.unused_cells;
    this.dimensions = sent.dimensions;
    this.isVolume = sent.slices !== undefined;
    this.slices = sent.slices ?? { padded: 1, input: 1, kernel: 1, output: 1 };
    this.arithmetic = sent.arithmetic;
    this.questions = sent.questions;
    const { filters, positions, channels, taps } = sent.loops;
    /** How many steps of each granularity make one output value. @type {Record<string, number>} */
    this.stepsEach = { output: 1, channel: channels, slice: channels * this.slices.kernel, tap: channels * taps };
    this.values = filters * positions;
  }

  /** @param {Granularity} granularity */
  count(granularity) {
    return this.values * this.stepsEach[granularity];
  }

  /**
   * Where a step stands.
   *
   * @param {Granularity} granularity
   * @param {number} step
   * @returns {Cursor}
   */
  cursorAt(granularity, step) {
    const { positions, channels, taps } = this.loops;
    const value = Math.floor(step / this.stepsEach[granularity]);
    const within = step % this.stepsEach[granularity];
    let [channel, tap] = [channels - 1, taps - 1];
    if (granularity === "channel") channel = within;
    if (granularity === "slice") [channel, tap] = [Math.floor(within / this.slices.kernel), this.lastTap(within % this.slices.kernel)];
    if (granularity === "tap") [channel, tap] = [Math.floor(within / taps), within % taps];
    return this.cursor(granularity, Math.floor(value / positions), value % positions, channel, tap);
  }

  /**
   * @param {Granularity} granularity
   * @param {number} filter
   * @param {number} position
   * @param {number} channel
   * @param {number} tap
   * @returns {Cursor}
   */
  cursor(granularity, filter, position, channel, tap) {
    return { layer: this.index, granularity, filter, position, channel, tap, output: -1, cell: -1 };
  }

  /** A line for each slice of a kernel. */
  get lines() {
    return this.loops.channels * this.slices.kernel;
  }

  /** How many taps a slice of a kernel has. */
  get sliceTaps() {
    return this.loops.taps / this.slices.kernel;
  }

  /**
   * The last tap of a slice of a kernel.
   *
   * @param {number} slice
   */
  lastTap(slice) {
    return (slice + 1) * this.sliceTaps - 1;
  }

  /**
   * The slice of the kernel that a tap is in.
   *
   * @param {number} tap
   */
  sliceOf(tap) {
    return Math.floor(tap / this.sliceTaps);
  }

  get allMultiplies() {
    return this.count("tap");
  }

  /**
   * The first step of a granularity that belongs to the output value of a cursor.
   *
   * @param {Granularity} granularity
   * @param {Cursor} cursor
   */
  stepAt(granularity, cursor) {
    return (cursor.filter * this.loops.positions + cursor.position) * this.stepsEach[granularity];
  }

  /** Before the first step. */
  get start() {
    return this.cursor("output", 0, 0, -1, -1);
  }

  /** After the last step. */
  get end() {
    return this.cursorAt("output", this.values - 1);
  }

  /**
   * The group of a filter.
   *
   * @param {number} filter
   */
  group(filter) {
    return Math.floor(this.groupOffsets[filter] / this.loops.channels);
  }

  /** @param {Cursor} cursor */
  isComplete(cursor) {
    return this.channelDone(cursor, cursor.channel) && cursor.channel === this.loops.channels - 1;
  }

  /**
   * @param {Cursor} cursor
   * @param {number} channel
   */
  channelDone(cursor, channel) {
    return this.tapDone(cursor, channel, this.loops.taps - 1);
  }

  /**
   * Whether a cell of a padded input is the input's own, and not padding.
   *
   * @param {number} cell
   */
  isInside(cell) {
    return this.arrays.cell_kinds[cell] === CELL_KINDS.INPUT;
  }

  /**
   * What a cell is that stands in an array with padding of its own.
   *
   * @param {string} array
   * @param {number} cell
   */
  kindOf(array, cell) {
    return array === "input" ? this.arrays.cell_kinds[cell] : CELL_KINDS.INPUT;
  }

  /**
   * The number of a padded cell among all input values, or null where it is not the input's own.
   *
   * @param {number} channel
   * @param {number} cell
   */
  inputIndex(channel, cell) {
    return this.isInside(cell) ? channel * this.inputSize[0] * this.inputSize[1] + this.arrays.sources[cell] : null;
  }

  /**
   * The number of a weight among all of them.
   *
   * @param {number} filter
   * @param {number} channel
   * @param {number} tap
   */
  kernelIndex(filter, channel, tap) {
    return (filter * this.loops.channels + channel) * this.loops.taps + tap;
  }

  /**
   * The finished computation of a cell of an output.
   *
   * @param {number} filter
   * @param {number} position
   */
  outputCursor(filter, position) {
    return this.cursorAt("output", filter * this.loops.positions + position);
  }

  /**
   * The cell in which an output is asked for.
   *
   * @param {ByRole} grids
   * @param {Cursor} cursor
   * @returns {Target}
   */
  outputPlace(grids, { filter, position }) {
    const flat = [...grids.maps, ...grids.flat_output]; // where the outputs of all filters are one grid
    const [grid] = [grids.output[filter], ...flat].filter(Boolean);
    return { grid, cell: flat.length ? filter * this.loops.positions + position : position };
  }

  /** What tells the questions of one layer from those of another, whatever the view. */
  get about() {
    const { loops, paddedSize, outputSize, questions, arrays } = this;
    const asked = [questions?.sums ? arrays.output : [], loops.positions <= MOST_ASKED ? arrays.reads : []];
    return JSON.stringify([loops, paddedSize, outputSize, ...asked.map((one) => Array.from(one))]);
  }

  get hasKernel() {
    return this.arrays.kernel !== undefined;
  }

  /**
   * The padded cell under a tap at a position.
   *
   * @param {number} position
   * @param {number} tap
   */
  read(position, tap) {
    return this.arrays.reads[position * this.loops.taps + tap];
  }

  /**
   * @param {number} filter
   * @param {number} channel
   * @param {number} tap
   */
  kernel(filter, channel, tap) {
    return this.value("kernel", this.kernelIndex(filter, channel, tap));
  }

  /**
   * @param {number} channel
   * @param {number} cell of the padded input
   */
  input(channel, cell) {
    return this.arrays.input[channel * this.paddedSize[0] * this.paddedSize[1] + cell];
  }

  /**
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} tap
   */
  product(cursor, channel, tap) {
    const { channels, taps, positions } = this.loops;
    return this.arrays.products[((cursor.filter * channels + channel) * taps + tap) * positions + cursor.position];
  }

  /**
   * The sum of a channel's products.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   */
  partial(cursor, channel) {
    const { channels, positions } = this.loops;
    return this.arrays.partial_sums[(cursor.filter * channels + channel) * positions + cursor.position];
  }

  /**
   * The sum of the products of a slice of a channel's kernel.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} slice
   */
  sliceSum(cursor, channel, slice) {
    const { channels, positions } = this.loops;
    const index = (cursor.filter * channels + channel) * this.slices.kernel + slice;
    return this.value("slice_sums", index * positions + cursor.position);
  }

  /**
   * What the products of a slice come to so far: those of a part of them added up in their order.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} slice
   */
  runningSlice(cursor, channel, slice) {
    if (this.tapDone(cursor, channel, this.lastTap(slice))) return this.sliceSum(cursor, channel, slice);
    return this.addedUp(cursor, channel, slice * this.sliceTaps) ?? 0;
  }

  /**
   * The terms of a channel from a tap on, up to the one at which the cursor stands, or null where none counts.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} first
   */
  addedUp(cursor, channel, first) {
    const done = Array.from({ length: cursor.tap + 1 - first }, (_, tap) => this.product(cursor, channel, first + tap));
    const counted = done.filter((term) => !Number.isNaN(term));
    if (!counted.length) return null;
    return counted.reduce((total, term) => (this.arithmetic === "max" ? Math.max(total, term) : total + term));
  }

  /**
   * How many slices of the kernel are done of the channel at which a cursor stands.
   *
   * @param {Cursor} cursor
   */
  slicesDone({ tap }) {
    return Math.floor((tap + 1) / this.sliceTaps);
  }

  /**
   * What the terms of a channel come to so far, or null before the first. The record has the last total; the ones before
   * it are its terms added up in their order, as numpy.cumsum does it, to the bit.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   */
  runningTotal(cursor, channel) {
    if (this.channelDone(cursor, channel)) return this.partial(cursor, channel);
    if (channel !== cursor.channel) return null;
    return this.addedUp(cursor, channel, 0);
  }

  /**
   * The sum over the channels done so far, or null before the first is.
   *
   * @param {Cursor} cursor
   */
  runningSum(cursor) {
    const { channels, positions } = this.loops;
    const done = this.channelDone(cursor, cursor.channel) ? cursor.channel : cursor.channel - 1;
    if (done < 0) return null;
    return this.arrays.running_sums[(cursor.filter * channels + done) * positions + cursor.position];
  }

  /**
   * @param {number} filter
   * @param {number} position
   */
  output(filter, position) {
    return this.arrays.output[filter * this.loops.positions + position];
  }

  /**
   * The position that a cell of an output grid shows, or -1 on the border that the next layer puts round it.
   *
   * @param {Grid} grid
   * @param {number} cell
   */
  positionAt(grid, cell) {
    const [top, left] = this.outputOffset;
    const [row, column] = [Math.floor(cell / grid.columns) - top, (cell % grid.columns) - left];
    const [rows, columns] = this.outputSize;
    return row < 0 || column < 0 || row >= rows || column >= columns ? -1 : row * columns + column;
  }

  /**
   * The cell of an output grid that shows a position.
   *
   * @param {Grid} grid
   * @param {number} position
   */
  cellAt(grid, position) {
    const [top, left] = this.outputOffset;
    const columns = this.outputSize[1];
    return (Math.floor(position / columns) + top) * grid.columns + left + (position % columns);
  }
}
