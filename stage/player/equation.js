// The arithmetic of a place, term by term, as lines of text with the numbers in it.

const signed = (text) => (text.startsWith("\u2212") ? `(${text})` : text);

// How the terms of a channel are joined, for each arithmetic.
const JOINED = {
  products: () => ["", " + ", ""],
  max: () => ["max(", ", ", ")"],
  mean: (act, { position }) => ["(", " + ", `) / ${act.arrays.divisors[position]}`],
};

class Equation {
  /** `links` names cells. */
  constructor(parent, steps, links) {
    this.steps = steps;
    this.links = links;
    this.head = this.line(parent, "equation-head");
    this.channels = Array.from({ length: steps.loops.channels }, () => {
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

  term(place, channel, tap) {
    const { steps } = this;
    if (Number.isNaN(steps.product(place, channel, tap))) return ""; // it does not count
    const input = steps.first(place.filter) + channel;
    const value = writeNumber(steps.input(input, steps.read(place.position, tap)), 6);
    if (!steps.hasKernel) return value;
    return `${signed(value)}\u00d7${signed(writeNumber(steps.kernel(place.filter, channel, tap), 6))}`;
  }

  showChannel(place, channel) {
    const { steps } = this;
    const {
      line,
      parts: [name, before, now, after],
    } = this.channels[channel];
    const reached = channel < place.channel ? steps.loops.taps : channel > place.channel ? 0 : place.tap + 1;
    const terms = Array.from({ length: reached }, (_, tap) => this.term(place, channel, tap)).filter(Boolean);
    const isNow = place.grain === "tap" && channel === place.channel;
    const last = isNow && this.term(place, channel, place.tap) ? terms.pop() : undefined;
    const [open, between, close] = JOINED[steps.arithmetic](steps, place);
    const isProduct = steps.arithmetic === "products";
    const input = steps.first(place.filter) + channel;
    name.textContent = steps.loops.channels > 1 || steps.firsts.some(Boolean) ? `channel ${input}: ` : "";
    before.textContent = open + terms.join(between) + (isNow && terms.length ? between : "");
    const product = isProduct ? ` = ${writeNumber(steps.product(place, channel, place.tap), 6)}` : "";
    now.textContent = last === undefined ? "" : last + product;
    after.textContent = steps.channelDone(place, channel)
      ? `${close}${isNow && isProduct ? ";  sum" : ""} = ${writeNumber(steps.partial(place, channel), 6)}`
      : (terms.length || last ? between : "") + "\u2026" + close;
    line.classList.toggle("later", reached === 0);
  }

  show(place) {
    const { steps } = this;
    const { channels } = steps.loops;
    this.head.textContent = this.links.outputName(place.filter, place.position);
    for (let channel = 0; channel < channels; channel++) this.showChannel(place, channel);
    const done = steps.channelDone(place, place.channel) ? place.channel + 1 : place.channel;
    const partials = Array.from({ length: done }, (_, channel) =>
      signed(writeNumber(steps.partial(place, channel), 6)),
    );
    if (done < channels) partials.push("\u2026");
    const bias = steps.hasBias ? ` + ${signed(writeNumber(steps.arrays.bias[place.filter], 6))} (bias)` : "";
    const result = steps.isComplete(place) ? writeNumber(steps.output(place.filter, place.position), 6) : "\u2026";
    this.total.textContent = channels > 1 || steps.hasBias ? `sum: ${partials.join(" + ")}${bias} = ${result}` : "";
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
