// ScatterView: a transposed layer. A step is a stamp, an output gathered from stamps, or a single product that lands.

import { CELL_KINDS } from "./cell_kinds.js";

/** A cursor has a filter, which is an output map; and a position, channel and tap, or the output that is gathered. */
export class ScatterView {
  constructor(recorded) {
    Object.assign(this, recorded);
    this.unread = [[], []];
    const { filters, positions, channels, taps, outputs } = this.loops;
    this.inner = { stamp: positions, output: outputs, multiply: positions * channels * taps }; // steps in one map
    this.maps = filters;
  }

  count(granularity) {
    return this.maps * this.inner[granularity];
  }

  /** Where step `step` of a granularity stands; channel and tap are the last ones already done. */
  cursorAt(granularity, step) {
    const { channels, taps } = this.loops;
    const [filter, within] = [Math.floor(step / this.inner[granularity]), step % this.inner[granularity]];
    const cursor = { layer: this.index, granularity, filter, position: -1, channel: channels - 1, tap: taps - 1, output: -1, cell: -1 };
    if (granularity === "output") return { ...cursor, output: within, cell: this.arrays.cells[within] };
    if (granularity === "stamp") return { ...cursor, position: within };
    const product = within % (channels * taps);
    const position = Math.floor(within / (channels * taps));
    return { ...cursor, position, channel: Math.floor(product / taps), tap: product % taps };
  }

  /** The step of a granularity that belongs to a cursor: the first that lands on its output, or that its stamp lands on. */
  stepAt(granularity, cursor) {
    const { channels, taps } = this.loops;
    const first = cursor.filter * this.inner[granularity];
    if ((granularity === "output") === (cursor.output >= 0)) {
      if (granularity === "output") return first + cursor.output;
      return first + cursor.position * (granularity === "stamp" ? 1 : channels * taps);
    }
    if (granularity === "output") return first + Math.max(0, this.reached(cursor.position)[0] ?? 0);
    const { position, tap } = this.gathered(cursor.cell)[0] ?? { position: 0, tap: 0 };
    return first + (granularity === "stamp" ? position : position * channels * taps + tap);
  }

  /** The finished computation of a cell of an output. */
  outputCursor(filter, output) {
    return this.cursorAt("output", filter * this.loops.outputs + output);
  }

  get start() {
    return { ...this.cursorAt("stamp", 0), channel: -1, tap: -1 };
  }

  get end() {
    return this.cursorAt("stamp", this.count("stamp") - 1);
  }

  get hasBias() {
    return "bias" in this.arrays;
  }

  /** How many input channels there are. */
  get inputs() {
    return this.arrays.input.length / this.loops.positions;
  }

  /** The first input channel of the group that a filter belongs to. */
  firstChannel(filter) {
    return this.firsts[filter];
  }

  /** Which of a cursor's channels an input channel is, or -1 where it does not stamp that map. */
  channelOf(cursor, input) {
    const channel = input - this.firstChannel(cursor.filter);
    return channel >= 0 && channel < this.loops.channels ? channel : -1;
  }

  isDone(cursor, channel, tap) {
    return channel < cursor.channel || (channel === cursor.channel && tap <= cursor.tap);
  }

  /** Whether a cursor is the last one of its map. */
  isComplete(cursor) {
    const { outputs, positions, channels, taps } = this.loops;
    if (cursor.output >= 0) return cursor.output === outputs - 1;
    return cursor.position === positions - 1 && this.isDone(cursor, channels - 1, taps - 1);
  }

  /** The cell of the uncropped output on which a tap of the stamp at a position lands. */
  scatterIndex(position, tap) {
    return this.arrays.landings[position * this.loops.taps + tap];
  }

  /** The outputs that a stamp reaches, in order. */
  reached(position) {
    const cells = Array.from({ length: this.loops.taps }, (_, tap) => this.arrays.outputs[this.scatterIndex(position, tap)]);
    return cells.filter((output) => output >= 0);
  }

  /** What lands on a cell of the uncropped output, in order: the positions, and the tap of each that does. */
  gathered(cell) {
    const { taps } = this.loops;
    const found = [];
    for (let tap = taps - 1; tap >= 0; tap--) {
      const position = this.arrays.gathered[cell * taps + tap];
      if (position >= 0) found.push({ position, tap });
    }
    return found;
  }

  /** The value of a cell of the cursor's map after the last landing; null, or the bias, where there was none yet. */
  running(cursor, cell) {
    const { taps, channels, positions } = this.loops;
    let value = this.hasBias ? this.arrays.bias[cursor.filter] : null;
    for (let tap = taps - 1; tap >= 0; tap--) {
      const position = this.arrays.gathered[cell * taps + tap];
      if (position < 0) continue;
      if (position > cursor.position) break;
      const reached = tap <= cursor.tap ? cursor.channel : cursor.channel - 1;
      const channel = position < cursor.position ? channels - 1 : reached;
      if (channel < 0) break;
      value = this.arrays.landed[((cursor.filter * channels + channel) * taps + tap) * positions + position];
    }
    return value;
  }

  /** What a cell of the cursor's map shows at that cursor, or null. */
  shown(cursor, cell) {
    if (cursor.output < 0) return this.running(cursor, cell);
    const output = this.arrays.outputs[cell];
    return output >= 0 && output <= cursor.output ? this.output(cursor.filter, output) : null;
  }

  input(channel, position) {
    return this.arrays.input[channel * this.loops.positions + position];
  }

  kernel(filter, channel, tap) {
    return this.arrays.kernel[(filter * this.loops.channels + channel) * this.loops.taps + tap];
  }

  product(filter, channel, tap, position) {
    const { channels, taps, positions } = this.loops;
    return this.arrays.products[((filter * channels + channel) * taps + tap) * positions + position];
  }

  partial(filter, channel, output) {
    return this.arrays.partial[(filter * this.loops.channels + channel) * this.loops.outputs + output];
  }

  output(filter, output) {
    return this.arrays.output[filter * this.loops.outputs + output];
  }

  uncroppedValue(filter, cell) {
    return this.arrays.uncropped[filter * this.uncropped[0] * this.uncropped[1] + cell];
  }

  /** What a cell is that stands in an array with padding of its own. */
  kindOf(array, cell) {
    return array === "zero_inserted" ? this.arrays.kinds[cell] : CELL_KINDS.INPUT;
  }

  /** The number of an input value among all of them. */
  inputIndex(channel, position) {
    return channel * this.loops.positions + position;
  }
}
