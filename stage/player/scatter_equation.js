// The arithmetic of a step of a transposed layer: a stamp's products, where one lands, or what an output is gathered from.

import { EquationLines } from "./equation_lines.js";
import { relation } from "./exact.js";
import { writeFactors, writeNumber, writeSaid, writeTerm } from "./numbers.js";
import { writeText } from "./svg.js";

/** @import { ScatterLinks } from "./scatter_links.js" */
/** @import { ScatterView } from "./scatter_view.js" */
/** @import { Cursor, Pair } from "./types" */

export class ScatterEquation extends EquationLines {
  /**
   * @param {HTMLElement} lines to write on
   * @param {ScatterView} layerView
   * @param {ScatterLinks} links names cells
   */
  constructor(lines, layerView, links) {
    super(lines, layerView.loops.channels);
    this.layerView = layerView;
    this.links = links;
  }

  /**
   * The input and the weight that are multiplied.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {Pair} pair
   */
  factors(cursor, channel, { position, tap }) {
    const value = this.layerView.input(this.layerView.firstChannel(cursor.filter) + channel, position);
    return [value, this.layerView.kernel(cursor.filter, channel, tap)];
  }

  /**
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {string} before
   * @param {string} now
   * @param {string} after
   */
  write(cursor, channel, before, now, after) {
    const line = this.channels[channel];
    const input = this.layerView.firstChannel(cursor.filter) + channel;
    writeText(line.name, this.layerView.inputs > 1 ? `channel ${input}: ` : "");
    writeText(line.before, before);
    writeText(line.now, now);
    writeText(line.after, after);
    line.line.classList.toggle("later", !before && !now);
  }

  /** @param {Cursor} cursor */
  show(cursor) {
    if (cursor.output >= 0) this.showGathered(cursor);
    else this.showStamp(cursor);
  }

  /** @param {Cursor} cursor */
  showGathered(cursor) {
    const { layerView } = this;
    const { channels } = layerView.loops;
    const landings = layerView.gathered(cursor.cell);
    writeText(this.head, this.links.outputName(cursor.filter, cursor.output));
    if (!landings.length) return this.showUnreached(cursor);
    const sums = [];
    for (let channel = 0; channel < channels; channel++) {
      const sum = layerView.partial(cursor.filter, channel, cursor.output);
      sums.push(sum);
      const terms = landings.map((landing) => this.factors(cursor, channel, landing));
      const written = terms.map(writeFactors).join(" + ");
      this.write(cursor, channel, written, "", ` ${relation(terms, sum)} ${writeNumber(sum)}`);
    }
    const bias = layerView.hasBias ? layerView.bias(cursor.filter) : 0;
    const output = layerView.output(cursor.filter, cursor.output);
    const sign = relation([bias, ...sums].map((term) => [term]), output);
    const start = layerView.hasBias ? `${writeTerm(bias)} (bias) + ` : "";
    const sum = `output: ${start}${sums.map(writeTerm).join(" + ")} ${sign} ${writeNumber(output)}`;
    writeText(this.total, channels > 1 || layerView.hasBias ? sum : "");
  }

  /**
   * An output that no stamp reaches, whatever the channel.
   *
   * @param {Cursor} cursor
   */
  showUnreached(cursor) {
    const { layerView } = this;
    this.channels.forEach((line, channel) => {
      for (const part of [line.name, line.before, line.now, line.after]) writeText(part, "");
      if (channel === 0) writeText(line.before, "no stamp reaches it");
      line.line.classList.remove("later");
    });
    const alone = layerView.hasBias ? `only the bias: ${writeSaid(layerView.bias(cursor.filter))}` : "without a bias it is 0";
    writeText(this.total, alone);
  }

  /** @param {Cursor} cursor */
  showStamp(cursor) {
    const { layerView } = this;
    const { channels, taps, filters } = layerView.loops;
    const isProduct = cursor.granularity === "multiply";
    writeText(this.head, `stamp of ${layerView.stampName(cursor)}${filters > 1 ? ` on ${this.links.mapName(cursor.filter)}` : ""}`);
    for (let channel = 0; channel < channels; channel++) {
      const done = Array.from({ length: taps }, (_, tap) => tap).filter((tap) => layerView.tapDone(cursor, channel, tap));
      const products = done.map((tap) => {
        const product = layerView.product(cursor.filter, channel, tap, cursor.position);
        const factors = this.factors(cursor, channel, { position: cursor.position, tap });
        return `${writeFactors(factors)} ${relation([factors], product)} ${writeNumber(product)}`;
      });
      const last = (isProduct && channel === cursor.channel && products.pop()) || "";
      const before = products.join(",  ") + (last && products.length ? ",  " : "");
      this.write(cursor, channel, before, last, done.length < taps ? (done.length ? ",  \u2026" : "\u2026") : "");
    }
    const start = layerView.hasBias ? `the output starts from the bias, ${writeSaid(layerView.bias(cursor.filter))}` : "";
    writeText(this.total, isProduct ? this.landed(cursor) : start);
  }

  /**
   * Where the product just made lands, and what was there before.
   *
   * @param {Cursor} cursor
   */
  landed(cursor) {
    const { layerView } = this;
    const cell = layerView.scatterIndex(cursor.position, cursor.tap);
    const output = layerView.arrays.cell_outputs[cell];
    const where = output < 0 ? "cropped cell" : this.links.outputName(cursor.filter, output);
    const before = layerView.running({ ...cursor, tap: cursor.tap - 1 }, cell);
    const product = layerView.product(cursor.filter, cursor.channel, cursor.tap, cursor.position);
    const after = layerView.running(cursor, cell) ?? product;
    if (before === null) return `lands on ${where}: ${writeSaid(after)}`;
    const start = `${writeNumber(before)}${this.isBias(cursor, cell) ? " (bias)" : ""}`;
    const sign = relation([[before], [product]], after);
    return `lands on ${where}: ${start} + ${writeTerm(product)} ${sign} ${writeNumber(after)}`;
  }

  /**
   * Whether a cell holds nothing but the bias before a step.
   *
   * @param {Cursor} cursor
   * @param {number} cell
   */
  isBias(cursor, cell) {
    const { position } = this.layerView.gathered(cell)[0];
    return this.layerView.hasBias && position === cursor.position && cursor.channel === 0;
  }
}
