// What a step of a transposed layer frames, in each of its views: what is read, what it meets, and where it lands.

/** Frames that are laid anew at every step. */
class Frames {
  constructor(picture) {
    this.picture = picture;
    this.group = svgElement("g", { class: picture.cell < 12 ? "frames thin" : "frames" }, picture.moving);
    this.rects = [];
    this.used = 0;
  }

  begin() {
    this.used = 0;
  }

  /** Frame cells of a grid: one, or so many rows and columns from it on. */
  add(grid, cell, kind, rows = 1, columns = 1) {
    if (!grid || cell < 0) return;
    const rect = (this.rects[this.used] ??= svgElement("rect", {}, this.group));
    this.used += 1;
    const { x, y } = this.picture.box(grid, cell);
    const unit = this.picture.cell;
    const attributes = { x, y, width: columns * unit, height: rows * unit, class: `mark ${kind}`, display: "inline" };
    for (const name in attributes) setAttribute(rect, name, String(attributes[name]));
    Object.assign(rect.dataset, { role: grid.role, channel: grid.channel, cell });
  }

  end() {
    for (const rect of this.rects.slice(this.used)) setAttribute(rect, "display", "none");
  }
}

class StampMarks {
  /** `byRole` has the grids of this act, in the order of their channels. */
  constructor(picture, steps, byRole) {
    Object.assign(this, { picture, steps, byRole });
    const live = (role) => byRole[role].map((grid) => new Cells(picture, grid));
    this.kernels = live("kernel");
    this.turned = live("turned");
    this.products = live("products");
    this.turnedProducts = live("turned_products");
    this.bias = live("bias");
    this.frames = new Frames(picture);
    const [first, last] = [steps.landing(0, 0), steps.landing(0, steps.loops.taps - 1)];
    const across = steps.uncropped[1];
    this.size = [Math.floor(last / across) - Math.floor(first / across) + 1, (last % across) - (first % across) + 1];
    this.filter = -1; // the filter whose kernels are drawn
  }

  /** Show a place of this act; it is the only one there is. */
  show(place) {
    const { steps } = this;
    const landings = place.output >= 0 ? steps.gathered(place.cell) : this.landings(place);
    this.frames.begin();
    for (let input = 0; input < steps.inputs; input++) {
      const channel = steps.channelOf(place, input);
      this.showArithmetic(place, input, channel, landings);
      if (channel >= 0) this.frameInput(place, input, channel, landings);
    }
    if (this.filter !== place.filter) {
      for (const cells of this.bias) cells.fill(0, steps.arrays.bias[place.filter], steps.ends.sums);
      this.filter = place.filter;
    }
    this.frameOutput(place, landings);
    this.frames.end();
    this.name(place);
  }

  /** What lands at a place that stamps: its position with each of its taps. */
  landings({ position }) {
    return Array.from({ length: this.steps.loops.taps }, (_, tap) => ({ position, tap }));
  }

  /** The kernel and the products of one channel; nothing where it does not stamp the map. */
  showArithmetic(place, input, channel, landings) {
    const { steps } = this;
    const { taps } = steps.loops;
    const fill = (grids, tap, value, end) => grids[input]?.fill(tap, value, end);
    for (let tap = 0; tap < taps && this.filter !== place.filter; tap++) {
      const weight = channel >= 0 ? steps.kernel(place.filter, channel, tap) : null;
      fill(this.kernels, tap, weight, steps.ends.kernel);
      fill(this.turned, taps - 1 - tap, weight, steps.ends.kernel);
    }
    const made = new Array(taps).fill(null);
    for (const { position, tap } of landings) {
      if (channel >= 0 && steps.isDone(place, channel, tap)) made[tap] = steps.product(place.filter, channel, tap, position);
    }
    made.forEach((value, tap) => {
      fill(this.products, tap, value, steps.ends.products);
      fill(this.turnedProducts, taps - 1 - tap, value, steps.ends.products);
    });
  }

  /** Frame what a channel gives: the one input that stamps, or all that an output is gathered from. */
  frameInput(place, input, channel, landings) {
    const { steps, byRole, frames } = this;
    const { positions, taps } = steps.loops;
    const [flat] = byRole.flat_input;
    const isNow = place.grain !== "multiply" || channel === place.channel;
    const kind = isNow ? "now" : channel < place.channel ? "was" : "later";
    for (const position of new Set(landings.map((landing) => landing.position))) {
      frames.add(byRole.input[input], position, kind);
      frames.add(flat, input * positions + position, kind);
      if (place.output < 0 && byRole.zero_inserted.length) {
        frames.add(byRole.zero_inserted[input], steps.arrays.spread[position], kind);
      }
    }
    if (place.output >= 0) this.frameWindow(place, byRole.zero_inserted[input]);
    const meeting = place.output >= 0 ? landings : place.grain === "multiply" && isNow ? [{ tap: place.tap }] : [];
    for (const { tap } of meeting) {
      frames.add(byRole.kernel[input], tap, "now");
      frames.add(byRole.turned[input], taps - 1 - tap, "now");
    }
  }

  /** The window of the equivalent convolution, and the cells it reads. */
  frameWindow(place, grid) {
    if (!grid) return;
    const { taps } = this.steps.loops;
    const reads = this.steps.arrays.reads.subarray(place.output * taps, (place.output + 1) * taps);
    for (const cell of reads) this.frames.add(grid, cell, "tap");
    this.frames.add(grid, reads[0], "now", ...this.size);
  }

  /** Frame where a stamp lands, or the output that is gathered; and in the matrix the column, or the row. */
  frameOutput(place, landings) {
    const { steps, byRole, frames } = this;
    const { outputs, positions, channels } = steps.loops;
    const { filter } = place;
    const [flat] = byRole.flat_output;
    const uncropped = byRole.uncropped[filter];
    const frame = (cell, kind) => {
      const output = steps.arrays.outputs[cell];
      frames.add(uncropped, cell, kind);
      if (output < 0) return;
      frames.add(byRole.output[filter], output, kind);
      frames.add(flat, filter * outputs + output, kind);
    };
    const first = steps.first(filter) * positions;
    for (const matrix of byRole.matrix) {
      const across = matrix.columns;
      const entry = (channel, { position, tap }, kind) => {
        const output = place.output >= 0 ? place.output : steps.arrays.outputs[steps.landing(position, tap)];
        if (output >= 0) frames.add(matrix, (filter * outputs + output) * across + first + channel * positions + position, kind);
      };
      for (let channel = 0; channel < channels; channel++) {
        for (const landing of landings) if (place.grain !== "multiply") entry(channel, landing, "tap");
        if (place.grain === "multiply" && channel === place.channel) entry(channel, place, "tap");
        const column = filter * outputs * across + first + channel * positions + place.position;
        if (place.output < 0 && (place.grain !== "multiply" || channel === place.channel)) frames.add(matrix, column, "now", outputs);
      }
      if (place.output >= 0) frames.add(matrix, (filter * outputs + place.output) * across, "now", 1, across);
    }
    if (place.output >= 0) return frame(place.cell, "now");
    for (const { position, tap } of landings) frame(steps.landing(position, tap), "tap");
    frames.add(uncropped, steps.landing(place.position, 0), "now", ...this.size);
    if (place.grain === "multiply") frame(steps.landing(place.position, place.tap), "now");
  }

  /** Say on the labels which filter's kernel is shown, and what the products are: a stamp, or what is gathered. */
  name(place) {
    const { picture, steps, byRole } = this;
    const write = (grid, text) => {
      const label = picture.labels[grid.index];
      if (label.textContent !== text) label.textContent = text;
    };
    for (const grid of byRole.products) write(grid, place.output >= 0 ? "gathered" : grid.label);
    if (steps.loops.filters === 1) return;
    for (const grid of byRole.kernel) {
      const text = `kernel → ${place.filter}`;
      if (this.fits(grid, text)) write(grid, text);
    }
  }

  /** Whether a text is no wider than a label may be. */
  fits(grid, text) {
    const size = Number(this.picture.labels[grid.index].getAttribute("font-size"));
    return 0.55 * size * text.length <= (grid.columns + 1) * this.picture.cell;
  }
}
