// The arithmetic of a step, term by term, as lines of text with the numbers in it.

import { EquationLines } from "./equation_lines.js";
import { relation } from "./exact.js";
import { writeFactors, writeNumber, writeTerm } from "./numbers.js";
import { writeText } from "./svg.js";

/** @import { WindowsLinks } from "./windows_links.js" */
/** @import { Cursor } from "./types" */
/** @import { WindowsView } from "./windows_view.js" */
/** @import { Arithmetic } from "./wire" */

/**
 * What stands before, between and after the terms of a channel, and what they are divided by, for each arithmetic.
 *
 * @type {Record<Arithmetic, (layerView: WindowsView, cursor: Cursor) => [open: string, between: string, close: string, divisor: number]>}
 */
const JOINED = {
  products: () => ["", " + ", "", 1],
  max: () => ["max(", ", ", ")", 1],
  mean: (layerView, { position }) => {
    const divisor = layerView.value("divisors", position);
    return ["(", " + ", `) / ${divisor}`, divisor];
  },
};

export class WindowsEquation extends EquationLines {
  /**
   * @param {HTMLElement} lines to write on
   * @param {WindowsView} layerView
   * @param {WindowsLinks} links names cells
   */
  constructor(lines, layerView, links) {
    super(lines, layerView.lines);
    this.layerView = layerView;
    this.links = links;
    this.cursor = layerView.start;
  }

  /**
   * Bring the lines of some channels into sight: where they have slices, up to the one that plays.
   *
   * @param {number} first channel
   * @param {number} last channel
   */
  follow(first, last) {
    const { cursor, layerView } = this;
    const slices = layerView.slices.kernel;
    const isPlaying = last === cursor.channel && (cursor.granularity === "tap" || cursor.granularity === "slice");
    super.follow(first * slices, last * slices + (isPlaying ? layerView.sliceOf(cursor.tap) : slices - 1));
  }

  /**
   * The factors of a term; none where it does not count.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} tap
   */
  factors(cursor, channel, tap) {
    const { layerView } = this;
    if (Number.isNaN(layerView.product(cursor, channel, tap))) return [];
    const input = layerView.firstChannel(cursor.filter) + channel;
    const value = layerView.input(input, layerView.read(cursor.position, tap));
    return layerView.hasKernel ? [value, layerView.kernel(cursor.filter, channel, tap)] : [value];
  }

  /**
   * The line of a channel, or of one of the slices that its kernel has.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} slice
   */
  showChannel(cursor, channel, slice) {
    const { layerView } = this;
    const { sliceTaps } = layerView;
    const { line, name, before, now, after } = this.channels[channel * layerView.slices.kernel + slice];
    const done = channel < cursor.channel ? layerView.loops.taps : channel > cursor.channel ? 0 : cursor.tap + 1;
    const reached = Math.max(0, Math.min(sliceTaps, done - slice * sliceTaps));
    const terms = Array.from({ length: reached }, (_, tap) => this.factors(cursor, channel, slice * sliceTaps + tap));
    const counted = terms.filter((factors) => factors.length);
    writeText(name, this.lineName(cursor, channel, slice));
    const tap = cursor.tap - slice * sliceTaps;
    const isNow = cursor.granularity === "tap" && channel === cursor.channel && tap >= 0 && tap < reached && terms[tap].length > 0;
    writeText(before, counted.length ? "" : "\u2026");
    writeText(now, isNow ? `${this.done(cursor, terms[tap])};  ` : "");
    writeText(after, counted.length ? this.sum(cursor, channel, slice, counted) : "");
    line.classList.toggle("later", reached === 0);
  }

  /**
   * What a line is of, where there are several.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} slice of the kernel
   */
  lineName(cursor, channel, slice) {
    const { layerView } = this;
    const input = layerView.firstChannel(cursor.filter) + channel;
    const hasChannels = layerView.loops.channels > 1 || layerView.groupOffsets.some(Boolean);
    const parts = [...(hasChannels ? [`channel ${input}`] : []), ...(layerView.slices.kernel > 1 ? [`slice ${slice}`] : [])];
    return parts.length ? `${parts.join(", ")}: ` : "";
  }

  /**
   * The multiply just done, or the value just read.
   *
   * @param {Cursor} cursor
   * @param {number[]} factors
   */
  done(cursor, factors) {
    if (!this.layerView.hasKernel) return writeFactors(factors);
    const product = this.layerView.product(cursor, cursor.channel, cursor.tap);
    return `${writeFactors(factors)} ${relation([factors], product)} ${writeNumber(product)}`;
  }

  /**
   * What the terms of a channel, or of a slice of its kernel, come to so far. A mean is divided once all of its values are
   * added up.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} slice
   * @param {number[][]} terms
   */
  sum(cursor, channel, slice, terms) {
    const { layerView } = this;
    const isDone = layerView.tapDone(cursor, channel, layerView.lastTap(slice));
    const [open, between, close, divisor] = JOINED[layerView.arithmetic](layerView, cursor);
    const isAddingUp = layerView.arithmetic === "mean" && !isDone;
    const total = layerView.slices.kernel > 1 ? layerView.runningSlice(cursor, channel, slice) : (layerView.runningTotal(cursor, channel) ?? 0);
    const sign = layerView.arithmetic === "max" ? "=" : relation(terms, total, isAddingUp ? 1 : divisor);
    const joined = terms.map(writeFactors).join(between);
    const left = isAddingUp ? joined : open + joined + close;
    return `${left} ${sign} ${writeNumber(total)}${isDone ? "" : " so far"}`;
  }

  /** @param {Cursor} cursor */
  show(cursor) {
    const { layerView } = this;
    const { kernel: slices } = layerView.slices;
    this.cursor = cursor;
    writeText(this.head, this.links.outputName(cursor.filter, cursor.position));
    for (let line = 0; line < layerView.lines; line++) this.showChannel(cursor, Math.floor(line / slices), line % slices);
    writeText(this.total, layerView.lines > 1 || layerView.hasBias ? `output: ${this.allChannels(cursor)}` : "");
  }

  /**
   * What a line comes to.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} slice
   */
  lineSum(cursor, channel, slice) {
    const { layerView } = this;
    return layerView.slices.kernel > 1 ? layerView.sliceSum(cursor, channel, slice) : layerView.partial(cursor, channel);
  }

  /**
   * The sum over the channels, or over the slices of all their kernels, and the bias, as far as it has come.
   *
   * @param {Cursor} cursor
   */
  allChannels(cursor) {
    const { layerView } = this;
    const { kernel: slices } = layerView.slices;
    const done = cursor.channel * slices + layerView.slicesDone(cursor);
    const sums = Array.from({ length: done }, (_, line) => this.lineSum(cursor, Math.floor(line / slices), line % slices));
    const bias = layerView.hasBias ? layerView.bias(cursor.filter) : 0;
    const written = [...sums.map(writeTerm), ...(done < layerView.lines ? ["\u2026"] : [])].join(" + ");
    const left = layerView.hasBias ? `${written} + ${writeTerm(bias)} (bias)` : written;
    if (!layerView.isComplete(cursor)) return `${left} = \u2026`;
    const output = layerView.output(cursor.filter, cursor.position);
    return `${left} ${relation([...sums, bias].map((term) => [term]), output)} ${writeNumber(output)}`;
  }
}
