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
    super(lines, layerView.loops.channels);
    this.layerView = layerView;
    this.links = links;
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
   * @param {Cursor} cursor
   * @param {number} channel
   */
  showChannel(cursor, channel) {
    const { layerView } = this;
    const { line, name, before, now, after } = this.channels[channel];
    const reached = channel < cursor.channel ? layerView.loops.taps : channel > cursor.channel ? 0 : cursor.tap + 1;
    const terms = Array.from({ length: reached }, (_, tap) => this.factors(cursor, channel, tap));
    const counted = terms.filter((factors) => factors.length);
    const input = layerView.firstChannel(cursor.filter) + channel;
    writeText(name, layerView.loops.channels > 1 || layerView.groupOffsets.some(Boolean) ? `channel ${input}: ` : "");
    const isNow = cursor.granularity === "tap" && channel === cursor.channel && terms[cursor.tap].length > 0;
    writeText(before, counted.length ? "" : "\u2026");
    writeText(now, isNow ? `${this.done(cursor, terms[cursor.tap])};  ` : "");
    writeText(after, counted.length ? this.sum(cursor, channel, counted) : "");
    line.classList.toggle("later", reached === 0);
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
   * What the terms of a channel come to so far. A mean is divided once all of its values are added up.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number[][]} terms
   */
  sum(cursor, channel, terms) {
    const { layerView } = this;
    const isDone = layerView.channelDone(cursor, channel);
    const [open, between, close, divisor] = JOINED[layerView.arithmetic](layerView, cursor);
    const isAddingUp = layerView.arithmetic === "mean" && !isDone;
    const total = layerView.runningTotal(cursor, channel) ?? 0;
    const sign = layerView.arithmetic === "max" ? "=" : relation(terms, total, isAddingUp ? 1 : divisor);
    const joined = terms.map(writeFactors).join(between);
    const left = isAddingUp ? joined : open + joined + close;
    return `${left} ${sign} ${writeNumber(total)}${isDone ? "" : " so far"}`;
  }

  /** @param {Cursor} cursor */
  show(cursor) {
    const { layerView } = this;
    const { channels } = layerView.loops;
    writeText(this.head, this.links.outputName(cursor.filter, cursor.position));
    for (let channel = 0; channel < channels; channel++) this.showChannel(cursor, channel);
    writeText(this.total, channels > 1 || layerView.hasBias ? `output: ${this.allChannels(cursor)}` : "");
  }

  /**
   * The sum over the channels and the bias, as far as it has come.
   *
   * @param {Cursor} cursor
   */
  allChannels(cursor) {
    const { layerView } = this;
    const { channels } = layerView.loops;
    const done = layerView.channelDone(cursor, cursor.channel) ? cursor.channel + 1 : cursor.channel;
    const sums = Array.from({ length: done }, (_, channel) => layerView.partial(cursor, channel));
    const bias = layerView.hasBias ? layerView.bias(cursor.filter) : 0;
    const written = [...sums.map(writeTerm), ...(done < channels ? ["\u2026"] : [])].join(" + ");
    const left = layerView.hasBias ? `${written} + ${writeTerm(bias)} (bias)` : written;
    if (!layerView.isComplete(cursor)) return `${left} = \u2026`;
    const output = layerView.output(cursor.filter, cursor.position);
    return `${left} ${relation([...sums, bias].map((term) => [term]), output)} ${writeNumber(output)}`;
  }
}
