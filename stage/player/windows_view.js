// A layer whose windows are read: its steps are places in the loops filter > position > channel > tap.

import { CELL_KINDS } from "./cell_kinds.js";

/** One layer whose windows are read. A channel of a cursor counts within what its filter reads. */
export class WindowsView {
  constructor(recorded) {
    Object.assign(this, recorded);
    const { filters, positions, channels, taps } = this.loops;
    this.inner = { output: 1, channel: channels, tap: channels * taps }; // steps of each granularity in one output value
    this.values = filters * positions;
    this.filtersInGroup = this.firsts.filter((first) => first === this.firsts[0]).length;
  }

  count(granularity) {
    return this.values * this.inner[granularity];
  }

  /** Where step `step` of a granularity stands; channel and tap are the last ones already done. */
  cursorAt(granularity, step) {
    const { positions, channels, taps } = this.loops;
    const value = Math.floor(step / this.inner[granularity]);
    const within = step % this.inner[granularity];
    return {
      layer: this.index,
      filter: Math.floor(value / positions),
      position: value % positions,
      channel: { output: channels - 1, channel: within, tap: Math.floor(within / taps) }[granularity],
      tap: granularity === "tap" ? within % taps : taps - 1,
      granularity,
    };
  }

  /** How many multiplies are done at a cursor. */
  multiplies({ filter, position, channel, tap }) {
    const { positions, channels, taps } = this.loops;
    return ((filter * positions + position) * channels + channel) * taps + tap + 1;
  }

  /** The first step of a granularity that belongs to the output value of a cursor. */
  stepAt(granularity, cursor) {
    return (cursor.filter * this.loops.positions + cursor.position) * this.inner[granularity];
  }

  /** Before the first step, and after the last one. */
  get start() {
    return { layer: this.index, filter: 0, position: 0, channel: -1, tap: -1, granularity: "output" };
  }

  get end() {
    return this.cursorAt("output", this.values - 1);
  }

  /** The first input channel that a filter reads, and the group of a filter. */
  firstChannel(filter) {
    return this.firsts[filter];
  }

  group(filter) {
    return Math.floor(this.firsts[filter] / this.loops.channels);
  }

  /** Which of a cursor's channels an input channel is, or -1 where its filter does not read it. */
  channelOf(cursor, input) {
    const channel = input - this.firstChannel(cursor.filter);
    return channel >= 0 && channel < this.loops.channels ? channel : -1;
  }

  isComplete(cursor) {
    return this.channelDone(cursor, cursor.channel) && cursor.channel === this.loops.channels - 1;
  }

  tapDone(cursor, channel, tap) {
    return channel < cursor.channel || (channel === cursor.channel && tap <= cursor.tap);
  }

  channelDone(cursor, channel) {
    return this.tapDone(cursor, channel, this.loops.taps - 1);
  }

  /** Whether a cell of a padded input is the input's own, and not padding. */
  isInside(cell) {
    return this.arrays.kinds[cell] === CELL_KINDS.INPUT;
  }

  /** What a cell is that stands in an array with padding of its own. */
  kindOf(array, cell) {
    return array === "input" ? this.arrays.kinds[cell] : CELL_KINDS.INPUT;
  }

  /** The number of a padded cell among all input values, or null where it is not the input's own. */
  inputIndex(channel, cell) {
    return this.isInside(cell) ? channel * this.length[0] * this.length[1] + this.arrays.sources[cell] : null;
  }

  /** The finished computation of a cell of an output. */
  outputCursor(filter, position) {
    return this.cursorAt("output", filter * this.loops.positions + position);
  }

  get hasBias() {
    return "bias" in this.arrays;
  }

  get hasKernel() {
    return "kernel" in this.arrays;
  }

  /** The padded cell under a tap at a position. */
  read(position, tap) {
    return this.arrays.reads[position * this.loops.taps + tap];
  }

  kernel(filter, channel, tap) {
    return this.arrays.kernel[(filter * this.loops.channels + channel) * this.loops.taps + tap];
  }

  input(channel, cell) {
    return this.arrays.input[channel * this.padded[0] * this.padded[1] + cell];
  }

  product(cursor, channel, tap) {
    const { channels, taps, positions } = this.loops;
    return this.arrays.products[((cursor.filter * channels + channel) * taps + tap) * positions + cursor.position];
  }

  partial(cursor, channel) {
    return this.arrays.partial[(cursor.filter * this.loops.channels + channel) * this.loops.positions + cursor.position];
  }

  /** The sum over the channels done so far, or null before the first is. */
  runningSum(cursor) {
    const done = this.channelDone(cursor, cursor.channel) ? cursor.channel : cursor.channel - 1;
    if (done < 0) return null;
    return this.arrays.sum[(cursor.filter * this.loops.channels + done) * this.loops.positions + cursor.position];
  }

  output(filter, position) {
    return this.arrays.output[filter * this.loops.positions + position];
  }

  /** The position that a cell of an output grid shows, or -1 on the border that the next layer puts round it. */
  positionAt(grid, cell) {
    const [top, left] = this.frame;
    const [row, column] = [Math.floor(cell / grid.columns) - top, (cell % grid.columns) - left];
    const [rows, columns] = this.shape;
    return row < 0 || column < 0 || row >= rows || column >= columns ? -1 : row * columns + column;
  }

  cellAt(grid, position) {
    const [top, left] = this.frame;
    const columns = this.shape[1];
    return (Math.floor(position / columns) + top) * grid.columns + left + (position % columns);
  }
}
