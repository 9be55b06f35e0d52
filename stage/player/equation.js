// @ts-check
// The arithmetic of a step, term by term, as lines of text with the numbers in it.

import { ChannelLine, addLine, asSentence } from "./equation_lines.js";
import { writeNumber, writeTerm } from "./numbers.js";

/** @import { Links } from "./links.js" */
/** @import { Cursor } from "./types" */
/** @import { WindowsView } from "./windows_view.js" */
/** @import { Arithmetic } from "./wire" */

/**
 * What stands before, between and after the terms of a channel, for each arithmetic.
 *
 * @type {Record<Arithmetic, (layerView: WindowsView, cursor: Cursor) => [open: string, between: string, close: string]>}
 */
const JOINED = {
  products: () => ["", " + ", ""],
  max: () => ["max(", ", ", ")"],
  mean: (layerView, { position }) => ["(", " + ", `) / ${layerView.value("divisors", position)}`],
};

export class Equation {
  /**
   * @param {HTMLElement} lines to write on
   * @param {WindowsView} layerView
   * @param {Links} links names cells
   */
  constructor(lines, layerView, links) {
    this.layerView = layerView;
    this.links = links;
    this.lines = lines;
    this.head = addLine(lines, "equation-head");
    this.channels = Array.from({ length: layerView.loops.channels }, () => new ChannelLine(lines));
    this.total = addLine(lines, "equation-total");
  }

  /**
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} tap
   */
  term(cursor, channel, tap) {
    const { layerView } = this;
    if (Number.isNaN(layerView.product(cursor, channel, tap))) return ""; // it does not count
    const input = layerView.firstChannel(cursor.filter) + channel;
    const value = layerView.input(input, layerView.read(cursor.position, tap));
    if (!layerView.hasKernel) return writeNumber(value);
    return `${writeTerm(value)}\u00d7${writeTerm(layerView.kernel(cursor.filter, channel, tap))}`;
  }

  /**
   * @param {Cursor} cursor
   * @param {number} channel
   */
  showChannel(cursor, channel) {
    const { layerView } = this;
    const { line, name, before, now, after } = this.channels[channel];
    const reached = channel < cursor.channel ? layerView.loops.taps : channel > cursor.channel ? 0 : cursor.tap + 1;
    const terms = Array.from({ length: reached }, (_, tap) => this.term(cursor, channel, tap)).filter(Boolean);
    const isNow = cursor.granularity === "tap" && channel === cursor.channel;
    const last = isNow && this.term(cursor, channel, cursor.tap) ? terms.pop() : undefined;
    const [open, between, close] = JOINED[layerView.arithmetic](layerView, cursor);
    const isProduct = layerView.arithmetic === "products";
    const input = layerView.firstChannel(cursor.filter) + channel;
    name.textContent = layerView.loops.channels > 1 || layerView.firsts.some(Boolean) ? `channel ${input}: ` : "";
    before.textContent = open + terms.join(between) + (isNow && terms.length ? between : "");
    const product = isProduct ? ` = ${writeNumber(layerView.product(cursor, channel, cursor.tap))}` : "";
    now.textContent = last === undefined ? "" : last + product;
    after.textContent = layerView.channelDone(cursor, channel)
      ? `${close}${isNow && isProduct ? ";  sum" : ""} = ${writeNumber(layerView.partial(cursor, channel))}`
      : (terms.length || last ? between : "") + "\u2026" + close;
    line.classList.toggle("later", reached === 0);
  }

  /** @param {Cursor} cursor */
  show(cursor) {
    const { layerView } = this;
    const { channels } = layerView.loops;
    this.head.textContent = this.links.outputName(cursor.filter, cursor.position);
    for (let channel = 0; channel < channels; channel++) this.showChannel(cursor, channel);
    const done = layerView.channelDone(cursor, cursor.channel) ? cursor.channel + 1 : cursor.channel;
    const partials = Array.from({ length: done }, (_, channel) =>
      writeTerm(layerView.partial(cursor, channel)),
    );
    if (done < channels) partials.push("\u2026");
    const bias = layerView.hasBias ? ` + ${writeTerm(layerView.bias(cursor.filter))} (bias)` : "";
    const result = layerView.isComplete(cursor) ? writeNumber(layerView.output(cursor.filter, cursor.position)) : "\u2026";
    this.total.textContent = channels > 1 || layerView.hasBias ? `sum: ${partials.join(" + ")}${bias} = ${result}` : "";
  }

  /** The whole arithmetic as one sentence, for a screen reader. */
  spoken() {
    return asSentence(this.lines);
  }
}
