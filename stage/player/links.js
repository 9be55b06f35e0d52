// Pointing: which cells belong together, read from the record's table of who reads whom.

/** Every (position, tap) for which `wanted(position, tap)` holds. */
function pairsWhere(steps, wanted) {
  const pairs = [];
  for (let position = 0; position < steps.loops.positions; position++) {
    for (let tap = 0; tap < steps.loops.taps; tap++) if (wanted(position, tap)) pairs.push({ position, tap });
  }
  return pairs;
}

/** Frame a cell in the colour of links, with a note in it if there is one and room for it. */
function markLink(picture, group, grid, cell, kind, note) {
  const box = picture.box(grid, cell);
  const isNoted = note !== undefined && picture.cell >= NUMBERS_FROM;
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
    group,
  );
  if (!isNoted) return;
  const size = Math.min(picture.cell * 0.42, (picture.cell * 1.5) / note.length, 22 * picture.scale);
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2, "font-size": size, class: "link-note" };
  svgElement("text", place, group).textContent = note;
}

// What stands in the cells of the matrices is what stands in other grids too: both are marked.
class Links {
  /** `byRole` has the grids of this act, in the order of their channels. */
  constructor(picture, steps, byRole) {
    Object.assign(this, { picture, steps, byRole });
    this.group = svgElement("g", { class: "links" }, picture.overlay);
  }

  clear() {
    this.group.replaceChildren();
  }

  mark(grid, cell, kind, note) {
    if (kind !== "pointed" && grid === this.target.grid && cell === this.target.cell) return; // it is marked already
    markLink(this.picture, this.group, grid, cell, kind, note);
  }

  markInput(channel, cell, kind) {
    if (this.byRole.input[channel]) this.mark(this.byRole.input[channel], cell, kind);
    const source = this.steps.arrays.sources[cell];
    if (source >= 0) for (const flat of this.byRole.flat_input) this.mark(flat, channel * this.cells + source, kind);
  }

  markKernel(filter, channel, tap, kind) {
    const { taps, channels } = this.steps.loops;
    const kernel = this.byRole.kernel[this.steps.first(filter) + channel];
    if (kernel) this.mark(kernel, tap, kind);
    for (const weights of this.byRole.weights) this.mark(weights, (filter * channels + channel) * taps + tap, kind);
  }

  markOutput(filter, position, kind, note) {
    const index = filter * this.steps.loops.positions + position;
    for (const flat of [...this.byRole.flat_output, ...this.byRole.maps]) this.mark(flat, index, kind, note);
    const output = this.byRole.output[filter];
    if (output) this.mark(output, this.steps.cellAt(output, position), kind, note);
  }

  /** What the window at a position reads under a tap: in the matrix of windows, and in that of the whole layer. */
  markRead(filter, position, channel, tap, kind) {
    const { taps, positions } = this.steps.loops;
    const input = this.steps.first(filter) + channel;
    for (const columns of this.byRole.columns) this.mark(columns, (input * taps + tap) * positions + position, kind);
    const source = this.steps.arrays.sources[this.steps.read(position, tap)];
    if (source < 0) return;
    for (const matrix of this.byRole.matrix)
      this.mark(matrix, (filter * positions + position) * matrix.columns + input * this.cells + source, kind);
  }

  /** Cells of one channel of the input without its padding. */
  get cells() {
    return this.steps.length[0] * this.steps.length[1];
  }

  /** What this act knows of a cell of one of its grids, as a grid's role, and a channel and cell or filter and position. */
  meaning({ grid, cell }, place) {
    const { taps, channels, positions } = this.steps.loops;
    const role = Object.keys(this.byRole).find((name) => this.byRole[name].includes(grid));
    switch (role) {
      case "output":
        return { role, filter: grid.channel, position: this.steps.positionAt(grid, cell) };
      case "maps":
      case "flat_output":
        return { role: "output", filter: Math.floor(cell / positions), position: cell % positions };
      case "kernel":
        return { role, filter: place.filter, channel: this.steps.channelOf(place, grid.channel), tap: cell };
      case "weights": {
        const row = Math.floor(cell / grid.columns);
        return { role: "kernel", filter: row, channel: Math.floor((cell % (taps * channels)) / taps), tap: cell % taps };
      }
      case "products":
        return { role, channel: this.steps.channelOf(place, grid.channel), tap: cell, position: place.position };
      case "columns": {
        const row = Math.floor(cell / positions);
        return { role: "products", channel: Math.floor(row / taps), tap: row % taps, position: cell % positions };
      }
      case "flat_input": {
        const source = cell % this.cells;
        const padded = this.steps.arrays.sources.findIndex((from, at) => from === source && this.steps.isInside(at));
        return { role: "input", channel: Math.floor(cell / this.cells), cell: padded };
      }
      case "matrix": {
        const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
        return {
          role,
          filter: Math.floor(row / positions),
          position: row % positions,
          input: Math.floor(column / this.cells),
          source: column % this.cells,
        };
      }
      default:
        return { role, channel: grid.channel, cell };
    }
  }

  /** Light what belongs to a cell while the stage stands at `place`; returns one sentence about it. */
  show(target, place) {
    this.clear();
    this.target = target;
    this.mark(target.grid, target.cell, "pointed");
    const meaning = this.meaning(target, place);
    const say = { input: "sayInput", kernel: "sayKernel", products: "sayProduct", output: "sayOutput", matrix: "sayEntry" }[
      meaning.role
    ];
    if (meaning.channel === -1) return `${target.grid.label}: filter ${place.filter} does not read this channel`;
    return say ? this[say](meaning, place, target) : `${target.grid.label} of this step`;
  }

  name(grid, cell) {
    return `${grid.label}[${Math.floor(cell / grid.columns)}, ${cell % grid.columns}]`;
  }

  inputName(channel, cell) {
    const columns = this.steps.length[1];
    const source = this.steps.arrays.sources[cell];
    const label = this.byRole.input[channel]?.label ?? "input";
    return `${label}[${Math.floor(source / columns)}, ${source % columns}]`;
  }

  outputName(filter, position) {
    const columns = this.steps.shape[1];
    const label = this.byRole.output[filter]?.label ?? (this.steps.loops.filters > 1 ? `output ${filter}` : "output");
    return `${label}[${Math.floor(position / columns)}, ${position % columns}]`;
  }

  sayInput({ channel, cell }) {
    const { steps } = this;
    const { positions, filters } = steps.loops;
    const source = steps.arrays.sources[cell];
    const same = (padded) => (source >= 0 ? steps.arrays.sources[padded] === source : padded === cell);
    const pairs = pairsWhere(steps, (position, tap) => same(steps.read(position, tap)));
    steps.arrays.sources.forEach((_, padded) => padded !== cell && same(padded) && this.markInput(channel, padded, "quiet"));
    const byPosition = Object.groupBy(pairs, (pair) => pair.position);
    for (let filter = 0; filter < filters; filter++) {
      const inFilter = steps.channelOf({ filter }, channel);
      if (inFilter < 0) continue;
      for (const { position, tap } of pairs) this.markRead(filter, position, inFilter, tap, "quiet");
      for (const tap of new Set(pairs.map((pair) => pair.tap))) this.markKernel(filter, inFilter, tap, "linked");
      for (const position in byPosition) {
        this.markOutput(filter, Number(position), "linked", this.weightNote(filter, inFilter, byPosition[position]));
      }
    }
    const said = ["", "padding of zeros", "a zero put between two inputs", "a zero of the rows and columns added at the end"];
    const where = source < 0 ? said[steps.arrays.kinds[cell]] : this.inputName(channel, cell);
    const value = source < 0 ? "" : ` = ${writeNumber(steps.input(channel, cell), 6)}`;
    const copy = source >= 0 && !steps.isInside(cell) ? "padding, a copy of " : "";
    const outputs = Object.keys(byPosition).length;
    const withWeight = steps.hasKernel ? ", each with the weight written on it" : "";
    return `${copy}${where}${value}: ${outputs === 0 ? "no output reads it" : `read by ${outputs} of ${positions} outputs${withWeight}`}`;
  }

  /** The weights with which an output takes an input, or how many where they are too many to write. */
  weightNote(filter, channel, pairs) {
    if (!this.steps.hasKernel) return undefined;
    const weights = pairs.map(({ tap }) => writeShort(this.steps.kernel(filter, channel, tap)));
    return weights.length > 2 ? `${weights.length} taps` : `\u00d7${weights.join(", ")}`;
  }

  sayKernel({ filter, channel, tap }, place, { grid, cell }) {
    const { steps } = this;
    const input = steps.first(filter) + channel;
    this.markKernel(filter, channel, tap, "quiet");
    for (let position = 0; position < steps.loops.positions; position++) {
      this.markInput(input, steps.read(position, tap), "linked");
      this.markRead(filter, position, channel, tap, "linked");
    }
    const value = writeNumber(steps.kernel(filter, channel, tap), 6);
    const map = steps.loops.filters > 1 ? `output ${filter}` : "output";
    return `${this.name(grid, cell)} = ${value}: one weight, meeting ${steps.loops.positions} inputs, one for each cell of ${this.byRole.output[filter]?.label ?? map}`;
  }

  sayProduct({ channel, tap, position }, place, { grid, cell }) {
    const { steps } = this;
    const input = steps.first(place.filter) + channel;
    this.markInput(input, steps.read(position, tap), "linked");
    this.markKernel(place.filter, channel, tap, "linked");
    if (grid.values) {
      this.markOutput(place.filter, position, "linked");
      return `${this.name(grid, cell)} = ${writeNumber(steps.input(input, steps.read(position, tap)), 6)}: what tap ${tap} reads in window ${position}, which is this column`;
    }
    if (!steps.tapDone(place, channel, tap)) return `${this.name(grid, cell)}: not ${steps.hasKernel ? "multiplied" : "read"} yet`;
    const what = steps.hasKernel ? "the input under this tap times its weight" : "the input under this tap";
    return `${this.name(grid, cell)} = ${writeNumber(steps.product(place, channel, tap), 6)}: ${what}`;
  }

  sayOutput({ filter, position }, place, { grid, cell }) {
    const { steps } = this;
    if (position < 0) return `${this.name(grid, cell)}: padding that the next layer puts round its input`;
    this.markOutput(filter, position, "quiet");
    for (let channel = 0; channel < steps.loops.channels; channel++) {
      for (let tap = 0; tap < steps.loops.taps; tap++) {
        this.markInput(steps.first(filter) + channel, steps.read(position, tap), "linked");
        this.markKernel(filter, channel, tap, "quiet");
        this.markRead(filter, position, channel, tap, "linked");
      }
    }
    const shown = steps.hasKernel ? "its window, its weights and its sum are shown" : "its window is shown";
    return `${this.name(grid, cell)} = ${writeNumber(steps.output(filter, position), 6)}: ${shown}`;
  }

  sayEntry({ filter, position, input, source }, place, { grid, cell }) {
    const { steps } = this;
    const value = steps.arrays.matrix[cell];
    const padded = steps.arrays.sources.findIndex((from, at) => from === source && steps.isInside(at));
    this.markInput(input, padded, "linked");
    this.markOutput(filter, position, "linked");
    const [from, to] = [this.inputName(input, padded), this.outputName(filter, position)];
    if (Number.isNaN(value)) return `${this.name(grid, cell)} is 0: ${to} does not read ${from}`;
    return `${this.name(grid, cell)} = ${writeNumber(value, 6)}: the weight with which ${to} takes ${from}`;
  }
}
