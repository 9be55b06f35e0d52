// What every layer that is played has: its loops, its arrays, and which of its channels a filter reads.

import { unpack } from "./arrays.js";
import { channelLabel } from "./names.js";

/** @import { Cursor, Unpacked } from "./types" */
/** @import { ScatterView, WindowsView } from "./wire" */

/**
 * The channel that a step is of, or the first one where it is of all that its filter reads.
 *
 * @param {Cursor} cursor
 */
export function channelOfStep({ granularity, channel }) {
  return granularity === "output" || granularity === "stamp" ? 0 : channel;
}

/** @template {WindowsView | ScatterView} Sent */
export class PlayedLayer {
  /**
   * @param {Sent} sent
   * @param {number} index of the layer among those that are played
   */
  constructor(sent, index) {
    this.index = index;
    /** @type {Sent["kind"]} */
    this.kind = sent.kind;
    /** @type {Sent["loops"]} */
    this.loops = sent.loops;
    this.groupOffsets = sent.group_offsets;
    /** How many input channels there are. */
    this.inputs = sent.arrays.input.shape[0];
    this.inputSize = sent.input_size;
    this.outputSize = sent.output_size;
    this.kernelSize = sent.kernel_size;
    this.colorLimits = sent.color_limits;
    this.editable = sent.editable;
    this.names = sent.names;
    /** @type {Unpacked<Sent["arrays"]>} */
    this.arrays = unpack(sent.arrays);
  }

  /**
   * The first input channel of the group that a filter belongs to.
   *
   * @param {number} filter
   */
  firstChannel(filter) {
    return this.groupOffsets[filter];
  }

  /**
   * Which of the channels that a filter reads an input channel is, or -1 where the filter does not read it.
   *
   * @param {number} filter
   * @param {number} input
   */
  channelOf(filter, input) {
    const channel = input - this.firstChannel(filter);
    return channel >= 0 && channel < this.loops.channels ? channel : -1;
  }

  /**
   * The filter whose kernel is shown beside an input channel while a filter plays: that one, or where it does not read the
   * channel, the first that does.
   *
   * @param {number} filter
   * @param {number} input
   */
  kernelFilter(filter, input) {
    if (this.channelOf(filter, input) >= 0) return filter;
    return this.groupOffsets.findIndex((_, other) => this.channelOf(other, input) >= 0);
  }

  /**
   * What a channel of the input is called.
   *
   * @param {number} input
   */
  inputName(input) {
    return this.names?.input[input] ?? channelLabel("input", input, this.inputs);
  }

  /**
   * What the kernel of a filter is called.
   *
   * @param {number} filter
   */
  kernelName(filter) {
    return this.names?.kernel[filter] ?? channelLabel("kernel", filter, this.loops.filters);
  }

  /**
   * What the map of a filter is called.
   *
   * @param {number} filter
   */
  mapName(filter) {
    return this.names?.output[filter] ?? channelLabel("output", filter, this.loops.filters);
  }

  /** How many lines of arithmetic an output has, beside what they come to. */
  get lines() {
    return this.loops.channels;
  }

  /** What one number of a kernel is. */
  get factor() {
    return this.names?.factor ?? "weight";
  }

  /**
   * Where a weight stands among those of its filter, whose kernels stand beside each other.
   *
   * @param {number} channel
   * @param {number} tap
   */
  filterCell(channel, tap) {
    const across = this.kernelSize[1];
    return Math.floor(tap / across) * this.loops.channels * across + channel * across + (tap % across);
  }

  /**
   * The channel and the tap of a weight that stands there.
   *
   * @param {number} cell
   */
  weightAt(cell) {
    const across = this.kernelSize[1];
    const row = Math.floor(cell / (this.loops.channels * across));
    const column = cell % (this.loops.channels * across);
    return { channel: Math.floor(column / across), tap: row * across + (column % across) };
  }

  /**
   * Whether a multiply is done at a cursor.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} tap
   */
  tapDone(cursor, channel, tap) {
    return channel < cursor.channel || (channel === cursor.channel && tap <= cursor.tap);
  }

  /**
   * How many multiplies are done at a cursor that stands at a position.
   *
   * @param {Cursor} cursor
   */
  multiplies({ filter, position, channel, tap }) {
    const { positions, channels, taps } = this.loops;
    return ((filter * positions + position) * channels + channel) * taps + tap + 1;
  }

  /**
   * A value of an array by its name: NaN where nothing stands, or where there is no such array.
   *
   * @param {keyof Sent["arrays"]} array
   * @param {number} index
   */
  value(array, index) {
    return this.arrays[array]?.[index] ?? NaN;
  }

  /**
   * A value of the array that a grid shows.
   *
   * @param {string} array
   * @param {number} index
   */
  shownValue(array, index) {
    return this.value(/** @type {keyof Sent["arrays"]} */ (array), index);
  }

  get hasBias() {
    return this.arrays.bias !== undefined;
  }

  /** @param {number} filter */
  bias(filter) {
    return this.value("bias", filter);
  }
}
