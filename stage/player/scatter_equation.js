// The arithmetic of a step of a transposed layer: a stamp's products, where one lands, or what an output is gathered from.

import { signed, writeNumber } from "./numbers.js";

export class ScatterEquation {
  /** `links` names cells. */
  constructor(parent, layerView, links) {
    this.layerView = layerView;
    this.links = links;
    const line = (name) => Object.assign(document.createElement("div"), { className: name });
    this.head = line("equation-head");
    this.channels = Array.from({ length: layerView.loops.channels }, () => {
      const parts = ["name", "before", "now", "after"].map((name) =>
        Object.assign(document.createElement("span"), { className: name }),
      );
      const channel = line("equation-channel");
      channel.append(...parts);
      return { line: channel, parts };
    });
    this.total = line("equation-total");
    parent.append(this.head, ...this.channels.map((channel) => channel.line), this.total);
  }

  term(cursor, channel, { position, tap }) {
    const value = this.layerView.input(this.layerView.firstChannel(cursor.filter) + channel, position);
    const weight = this.layerView.kernel(cursor.filter, channel, tap);
    return `${signed(writeNumber(value, 6))}\u00d7${signed(writeNumber(weight, 6))}`;
  }

  write(channel, before, now, after) {
    const { line, parts } = this.channels[channel];
    const input = this.layerView.firstChannel(this.cursor.filter) + channel;
    const name = this.layerView.inputs > 1 ? `channel ${input}: ` : "";
    [name, before, now, after].forEach((text, index) => (parts[index].textContent = text));
    line.classList.toggle("later", !before && !now);
  }

  show(cursor) {
    this.cursor = cursor;
    if (cursor.output >= 0) this.showGathered(cursor);
    else this.showStamp(cursor);
  }

  showGathered(cursor) {
    const { layerView } = this;
    const { channels } = layerView.loops;
    const landings = layerView.gathered(cursor.cell);
    this.head.textContent = this.links.outputName(cursor.filter, cursor.output);
    const sums = [];
    for (let channel = 0; channel < channels; channel++) {
      const sum = writeNumber(layerView.partial(cursor.filter, channel, cursor.output), 6);
      sums.push(signed(sum));
      const terms = landings.map((landing) => this.term(cursor, channel, landing)).join(" + ");
      this.write(channel, terms || "no stamp reaches it", "", ` = ${sum}`);
    }
    const bias = layerView.hasBias ? `${signed(writeNumber(layerView.arrays.bias[cursor.filter], 6))} (bias) + ` : "";
    const result = writeNumber(layerView.output(cursor.filter, cursor.output), 6);
    this.total.textContent = channels > 1 || layerView.hasBias ? `sum: ${bias}${sums.join(" + ")} = ${result}` : "";
  }

  showStamp(cursor) {
    const { layerView } = this;
    const { channels, taps, filters } = layerView.loops;
    const isProduct = cursor.granularity === "multiply";
    const name = this.links.inputName(layerView.firstChannel(cursor.filter), cursor.position);
    const at = channels > 1 ? name.slice(name.indexOf("[")) : name;
    this.head.textContent = `stamp of ${at}${filters > 1 ? ` on output ${cursor.filter}` : ""}`;
    for (let channel = 0; channel < channels; channel++) {
      const done = Array.from({ length: taps }, (_, tap) => tap).filter((tap) => layerView.isDone(cursor, channel, tap));
      const products = done.map((tap) => {
        const product = layerView.product(cursor.filter, channel, tap, cursor.position);
        return `${this.term(cursor, channel, { position: cursor.position, tap })} = ${writeNumber(product, 6)}`;
      });
      const last = isProduct && channel === cursor.channel ? products.pop() : "";
      const before = products.join(",  ") + (last && products.length ? ",  " : "");
      this.write(channel, before, last, done.length < taps ? (done.length ? ",  \u2026" : "\u2026") : "");
    }
    const start = layerView.hasBias ? `the output starts from the bias, ${writeNumber(layerView.arrays.bias[cursor.filter], 6)}` : "";
    this.total.textContent = isProduct ? this.landed(cursor) : start;
  }

  /** Where the product just made lands, and what was there before. */
  landed(cursor) {
    const { layerView } = this;
    const cell = layerView.scatterIndex(cursor.position, cursor.tap);
    const output = layerView.arrays.outputs[cell];
    const where = output < 0 ? "cropped cell" : this.links.outputName(cursor.filter, output);
    const before = layerView.running({ ...cursor, tap: cursor.tap - 1 }, cell);
    const product = layerView.product(cursor.filter, cursor.channel, cursor.tap, cursor.position);
    const after = writeNumber(layerView.running(cursor, cell), 6);
    const start = before === null ? "" : `${writeNumber(before, 6)}${this.isBias(cursor, cell) ? " (bias)" : ""} + `;
    return `lands on ${where}: ${start}${before === null ? after : `${signed(writeNumber(product, 6))} = ${after}`}`;
  }

  /** Whether a cell holds nothing but the bias before a step. */
  isBias(cursor, cell) {
    const { position } = this.layerView.gathered(cell)[0];
    return this.layerView.hasBias && position === cursor.position && cursor.channel === 0;
  }

  /** The whole arithmetic as one sentence, for a screen reader. */
  spoken() {
    const lines = [this.head, ...this.channels.map((channel) => channel.line), this.total];
    return lines
      .map((line) => line.textContent)
      .filter(Boolean)
      .join(". ");
  }
}
