// Pointing: which cells belong together, read from the record's table of who reads whom.

/** Every (position, tap) for which `wanted(position, tap)` holds. */
function pairsWhere(steps, wanted) {
  const pairs = [];
  for (let position = 0; position < steps.loops.positions; position++) {
    for (let tap = 0; tap < steps.loops.taps; tap++) if (wanted(position, tap)) pairs.push({ position, tap });
  }
  return pairs;
}

class Links {
  constructor(picture, steps) {
    this.picture = picture;
    this.steps = steps;
    this.group = svgElement("g", { class: "links" }, picture.overlay);
    this.byRole = Object.groupBy(picture.grids, (grid) => grid.role);
  }

  clear() {
    this.group.replaceChildren();
  }

  mark(grid, cell, kind, note) {
    const box = this.picture.box(grid, cell);
    const isNoted = note !== undefined && this.picture.cell >= NUMBERS_FROM;
    svgElement(
      "rect",
      {
        ...box,
        class: `link ${kind}${isNoted ? " noted" : ""}`,
        "data-grid": grid.label,
        "data-role": grid.role,
        "data-channel": grid.channel,
        "data-cell": cell,
      },
      this.group,
    );
    if (!isNoted) return;
    const size = Math.min(this.picture.cell * 0.42, (this.picture.cell * 1.5) / note.length, 22);
    const place = { x: box.x + box.width / 2, y: box.y + box.height / 2, "font-size": size, class: "link-note" };
    svgElement("text", place, this.group).textContent = note;
  }

  /** Light what belongs to a cell while the stage stands at `place`; returns one sentence about it. */
  show(target, place) {
    this.clear();
    this.mark(target.grid, target.cell, "pointed");
    const say = { input: "sayInput", kernel: "sayKernel", products: "sayProduct", output: "sayOutput" }[
      target.grid.role
    ];
    return say ? this[say](target, place) : `${target.grid.label} of this step`;
  }

  name(grid, cell) {
    return `${grid.label}[${Math.floor(cell / grid.columns)}, ${cell % grid.columns}]`;
  }

  sayInput({ grid, cell }, place) {
    const { steps } = this;
    const source = steps.arrays.sources[cell];
    const same = (padded) => (source >= 0 ? steps.arrays.sources[padded] === source : padded === cell);
    const pairs = pairsWhere(steps, (position, tap) => same(steps.read(position, tap)));
    steps.arrays.sources.forEach((_, padded) => padded !== cell && same(padded) && this.mark(grid, padded, "quiet"));
    for (const tap of new Set(pairs.map((pair) => pair.tap)))
      this.mark(this.byRole.kernel[grid.channel], tap, "linked");
    const byPosition = Object.groupBy(pairs, (pair) => pair.position);
    for (const output of this.byRole.output) {
      for (const position in byPosition) {
        const weights = byPosition[position].map(({ tap }) =>
          writeShort(steps.kernel(output.channel, grid.channel, tap)),
        );
        const note = weights.length > 2 ? `${weights.length} taps` : `\u00d7${weights.join(", ")}`;
        this.mark(output, Number(position), "linked", note);
      }
    }
    const columns = steps.inside[3];
    const where =
      source < 0 ? "padding of zeros" : `${grid.label}[${Math.floor(source / columns)}, ${source % columns}]`;
    const value = source < 0 ? "" : ` = ${writeNumber(steps.input(grid.channel, cell), 6)}`;
    const copy = source >= 0 && !steps.isInside(cell) ? "padding, a copy of " : "";
    const outputs = Object.keys(byPosition).length;
    return `${copy}${where}${value}: ${outputs === 0 ? "no output reads it" : `read by ${outputs} of ${steps.loops.positions} outputs, each with the weight written on it`}`;
  }

  sayKernel({ grid, cell }, place) {
    const { steps } = this;
    const input = this.byRole.input[grid.channel];
    for (let position = 0; position < steps.loops.positions; position++)
      this.mark(input, steps.read(position, cell), "linked");
    const value = writeNumber(steps.kernel(place.filter, grid.channel, cell), 6);
    return `${this.name(grid, cell)} = ${value}: one weight, meeting ${steps.loops.positions} inputs, one for each cell of ${this.byRole.output[place.filter].label}`;
  }

  sayProduct({ grid, cell }, place) {
    const { steps } = this;
    this.mark(this.byRole.input[grid.channel], steps.read(place.position, cell), "linked");
    this.mark(this.byRole.kernel[grid.channel], cell, "linked");
    if (!steps.tapDone(place, grid.channel, cell)) return `${this.name(grid, cell)}: not multiplied yet`;
    return `${this.name(grid, cell)} = ${writeNumber(steps.product(place, grid.channel, cell), 6)}: the input under this tap times its weight`;
  }

  sayOutput({ grid, cell }) {
    const { steps } = this;
    for (let tap = 0; tap < steps.loops.taps; tap++) {
      for (const input of this.byRole.input) this.mark(input, steps.read(cell, tap), "linked");
      for (const kernel of this.byRole.kernel) this.mark(kernel, tap, "quiet");
    }
    return `${this.name(grid, cell)} = ${writeNumber(steps.output(grid.channel, cell), 6)}: its window, its weights and its sum are shown`;
  }
}
