// The arithmetic of a step, term by term, as lines of text with the numbers in it.

import { signed, writeNumber } from "./numbers.js";

// How the terms of a channel are joined, for each arithmetic.
const JOINED = {
  products: () => ["", " + ", ""],
  max: () => ["max(", ", ", ")"],
  mean: (layerView, { position }) => ["(", " + ", `) / ${layerView.arrays.divisors[position]}`],
};

export class Equation {
  /** `links` names cells. */
  constructor(parent, layerView, links) {
    this.layerView = layerView;
    this.links = links;
    this.head = this.line(parent, "equation-head");
    this.channels = Array.from({ length: layerView.loops.channels }, () => {
      const line = this.line(parent, "equation-channel");
      return { line, parts: ["name", "before", "now", "after"].map((name) => this.span(line, name)) };
    });
    this.total = this.line(parent, "equation-total");
  }

  line(parent, name) {
    const line = document.createElement("div");
    line.className = name;
    parent.append(line);
    return line;
  }

  span(line, name) {
    const span = document.createElement("span");
    span.className = name;
    line.append(span);
    return span;
  }

  term(cursor, channel, tap) {
    const { layerView } = this;
    if (Number.isNaN(layerView.product(cursor, channel, tap))) return ""; // it does not count
    const input = layerView.firstChannel(cursor.filter) + channel;
    const value = writeNumber(layerView.input(input, layerView.read(cursor.position, tap)), 6);
    if (!layerView.hasKernel) return value;
    return `${signed(value)}\u00d7${signed(writeNumber(layerView.kernel(cursor.filter, channel, tap), 6))}`;
  }

  showChannel(cursor, channel) {
    const { layerView } = this;
    const {
      line,
      parts: [name, before, now, after],
    } = this.channels[channel];
    const reached = channel < cursor.channel ? layerView.loops.taps : channel > cursor.channel ? 0 : cursor.tap + 1;
    const terms = Array.from({ length: reached }, (_, tap) => this.term(cursor, channel, tap)).filter(Boolean);
    const isNow = cursor.granularity === "tap" && channel === cursor.channel;
    const last = isNow && this.term(cursor, channel, cursor.tap) ? terms.pop() : undefined;
    const [open, between, close] = JOINED[layerView.arithmetic](layerView, cursor);
    const isProduct = layerView.arithmetic === "products";
    const input = layerView.firstChannel(cursor.filter) + channel;
    name.textContent = layerView.loops.channels > 1 || layerView.firsts.some(Boolean) ? `channel ${input}: ` : "";
    before.textContent = open + terms.join(between) + (isNow && terms.length ? between : "");
    const product = isProduct ? ` = ${writeNumber(layerView.product(cursor, channel, cursor.tap), 6)}` : "";
    now.textContent = last === undefined ? "" : last + product;
    after.textContent = layerView.channelDone(cursor, channel)
      ? `${close}${isNow && isProduct ? ";  sum" : ""} = ${writeNumber(layerView.partial(cursor, channel), 6)}`
      : (terms.length || last ? between : "") + "\u2026" + close;
    line.classList.toggle("later", reached === 0);
  }

  show(cursor) {
    const { layerView } = this;
    const { channels } = layerView.loops;
    this.head.textContent = this.links.outputName(cursor.filter, cursor.position);
    for (let channel = 0; channel < channels; channel++) this.showChannel(cursor, channel);
    const done = layerView.channelDone(cursor, cursor.channel) ? cursor.channel + 1 : cursor.channel;
    const partials = Array.from({ length: done }, (_, channel) =>
      signed(writeNumber(layerView.partial(cursor, channel), 6)),
    );
    if (done < channels) partials.push("\u2026");
    const bias = layerView.hasBias ? ` + ${signed(writeNumber(layerView.arrays.bias[cursor.filter], 6))} (bias)` : "";
    const result = layerView.isComplete(cursor) ? writeNumber(layerView.output(cursor.filter, cursor.position), 6) : "\u2026";
    this.total.textContent = channels > 1 || layerView.hasBias ? `sum: ${partials.join(" + ")}${bias} = ${result}` : "";
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
