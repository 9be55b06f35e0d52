// The arithmetic of a step of a transposed layer: a stamp's products, where one lands, or what an output is gathered from.

class StampEquation {
  /** `links` names cells. */
  constructor(parent, steps, links) {
    this.steps = steps;
    this.links = links;
    const line = (name) => Object.assign(document.createElement("div"), { className: name });
    this.head = line("equation-head");
    this.channels = Array.from({ length: steps.loops.channels }, () => {
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

  term(place, channel, { position, tap }) {
    const value = this.steps.input(this.steps.first(place.filter) + channel, position);
    const weight = this.steps.kernel(place.filter, channel, tap);
    return `${signed(writeNumber(value, 6))}\u00d7${signed(writeNumber(weight, 6))}`;
  }

  write(channel, before, now, after) {
    const { line, parts } = this.channels[channel];
    const input = this.steps.first(this.place.filter) + channel;
    const name = this.steps.inputs > 1 ? `channel ${input}: ` : "";
    [name, before, now, after].forEach((text, index) => (parts[index].textContent = text));
    line.classList.toggle("later", !before && !now);
  }

  show(place) {
    this.place = place;
    if (place.output >= 0) this.showGathered(place);
    else this.showStamp(place);
  }

  showGathered(place) {
    const { steps } = this;
    const { channels } = steps.loops;
    const landings = steps.gathered(place.cell);
    this.head.textContent = this.links.outputName(place.filter, place.output);
    const sums = [];
    for (let channel = 0; channel < channels; channel++) {
      const sum = writeNumber(steps.partial(place.filter, channel, place.output), 6);
      sums.push(signed(sum));
      const terms = landings.map((landing) => this.term(place, channel, landing)).join(" + ");
      this.write(channel, terms || "no stamp reaches it", "", ` = ${sum}`);
    }
    const bias = steps.hasBias ? `${signed(writeNumber(steps.arrays.bias[place.filter], 6))} (bias) + ` : "";
    const result = writeNumber(steps.output(place.filter, place.output), 6);
    this.total.textContent = channels > 1 || steps.hasBias ? `sum: ${bias}${sums.join(" + ")} = ${result}` : "";
  }

  showStamp(place) {
    const { steps } = this;
    const { channels, taps, filters } = steps.loops;
    const isProduct = place.grain === "multiply";
    const name = this.links.inputName(steps.first(place.filter), place.position);
    const at = channels > 1 ? name.slice(name.indexOf("[")) : name;
    this.head.textContent = `stamp of ${at}${filters > 1 ? ` on output ${place.filter}` : ""}`;
    for (let channel = 0; channel < channels; channel++) {
      const done = Array.from({ length: taps }, (_, tap) => tap).filter((tap) => steps.isDone(place, channel, tap));
      const products = done.map((tap) => {
        const product = steps.product(place.filter, channel, tap, place.position);
        return `${this.term(place, channel, { position: place.position, tap })} = ${writeNumber(product, 6)}`;
      });
      const last = isProduct && channel === place.channel ? products.pop() : "";
      const before = products.join(",  ") + (last && products.length ? ",  " : "");
      this.write(channel, before, last, done.length < taps ? (done.length ? ",  \u2026" : "\u2026") : "");
    }
    const start = steps.hasBias ? `the output starts from the bias, ${writeNumber(steps.arrays.bias[place.filter], 6)}` : "";
    this.total.textContent = isProduct ? this.landed(place) : start;
  }

  /** Where the product just made lands, and what was there before. */
  landed(place) {
    const { steps } = this;
    const cell = steps.landing(place.position, place.tap);
    const output = steps.arrays.outputs[cell];
    const where = output < 0 ? "cropped cell" : this.links.outputName(place.filter, output);
    const before = steps.running({ ...place, tap: place.tap - 1 }, cell);
    const product = steps.product(place.filter, place.channel, place.tap, place.position);
    const after = writeNumber(steps.running(place, cell), 6);
    const start = before === null ? "" : `${writeNumber(before, 6)}${this.isBias(place, cell) ? " (bias)" : ""} + `;
    return `lands on ${where}: ${start}${before === null ? after : `${signed(writeNumber(product, 6))} = ${after}`}`;
  }

  /** Whether a cell holds nothing but the bias before a place. */
  isBias(place, cell) {
    const { position } = this.steps.gathered(cell)[0];
    return this.steps.hasBias && position === place.position && place.channel === 0;
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
