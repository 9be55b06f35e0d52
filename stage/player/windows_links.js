// Pointing: which cells belong together, read from the record's table of who reads whom.

import { LinkMarks } from "./link_marks.js";
import { indexOf } from "./names.js";
import { writeEqual, writeShort } from "./numbers.js";
import { sliceRows } from "./slices.js";

/** @import { ByRole, Cursor, Meaning, Pair, Picture, PlacedGrid, Target } from "./types" */
/** @import { WindowsView } from "./windows_view.js" */

/**
 * Every (position, tap) for which `matches(position, tap)` holds.
 *
 * @param {WindowsView} layerView
 * @param {(position: number, tap: number) => boolean} matches
 */
function pairsWhere(layerView, matches) {
  /** @type {Pair[]} */
  const pairs = [];
  for (let position = 0; position < layerView.loops.positions; position++) {
    for (let tap = 0; tap < layerView.loops.taps; tap++) if (matches(position, tap)) pairs.push({ position, tap });
  }
  return pairs;
}

// What stands in the cells of the matrices is what stands in other grids too: both are marked.
export class WindowsLinks extends LinkMarks {
  /**
   * `byRole` has the grids of this layer view, in the order of their channels.
   *
   * @param {Picture} picture
   * @param {WindowsView} layerView
   * @param {ByRole} byRole
   */
  constructor(picture, layerView, byRole) {
    super(picture, byRole);
    this.layerView = layerView;
    this.dimensions = layerView.dimensions;
    this.cursor = layerView.start;
  }

  /**
   * @param {number} channel
   * @param {number} cell
   * @param {string} kind
   */
  markInput(channel, cell, kind) {
    this.mark(this.byRole.input[channel], cell, kind);
    const source = this.layerView.arrays.sources[cell];
    if (source >= 0) for (const flat of this.byRole.flat_input) this.mark(flat, channel * this.cells + source, kind);
  }

  /**
   * @param {number} filter
   * @param {number} channel
   * @param {number} tap
   * @param {string} kind
   */
  markKernel(filter, channel, tap, kind) {
    const { taps, channels } = this.layerView.loops;
    const input = this.layerView.firstChannel(filter) + channel;
    const isBeside = this.layerView.kernelFilter(this.cursor.filter, input) === filter; // another one may be
    if (isBeside) this.mark(this.byRole.kernel[input], tap, kind);
    const own = this.byRole.filter[filter];
    if (own) this.mark(own, this.layerView.filterCell(channel, tap), kind);
    for (const weights of this.byRole.weights) this.mark(weights, (filter * channels + channel) * taps + tap, kind);
  }

  /**
   * @param {number} filter
   * @param {number} position
   * @param {string} kind
   * @param {string} [note]
   */
  markOutput(filter, position, kind, note) {
    const index = filter * this.layerView.loops.positions + position;
    for (const flat of [...this.byRole.flat_output, ...this.byRole.maps]) this.mark(flat, index, kind, note);
    const output = this.byRole.output[filter];
    if (output) this.mark(output, this.layerView.cellAt(output, position), kind, note);
  }

  /**
   * What the window at a position reads under a tap: in the matrix of windows, and in that of the whole layer.
   *
   * @param {number} filter
   * @param {number} position
   * @param {number} channel
   * @param {number} tap
   * @param {string} kind
   */
  markRead(filter, position, channel, tap, kind) {
    const { taps, positions } = this.layerView.loops;
    const input = this.layerView.firstChannel(filter) + channel;
    for (const columns of this.byRole.columns) this.mark(columns, (input * taps + tap) * positions + position, kind);
    const source = this.layerView.arrays.sources[this.layerView.read(position, tap)];
    if (source < 0) return;
    for (const matrix of this.byRole.matrix)
      this.mark(matrix, (filter * positions + position) * matrix.columns + input * this.cells + source, kind);
  }

  /** Cells of one channel of the input without its padding. */
  get cells() {
    return this.layerView.inputSize[0] * this.layerView.inputSize[1];
  }

  /**
   * What a grid is to this layer: one layer's output can be the next one's input.
   *
   * @param {PlacedGrid} grid
   */
  roleOf(grid) {
    const isOfThis = grid.role === "middle" && this.byRole.output.includes(grid);
    return grid.role === "middle" ? (isOfThis ? "output" : "input") : grid.role;
  }

  /**
   * What this layer view knows of a cell of one of its grids, as a role, and a channel and cell or filter and position.
   *
   * @param {Target} target
   * @param {Cursor} cursor
   * @returns {Meaning}
   */
  meaning({ grid, cell }, cursor) {
    const { taps, channels, positions } = this.layerView.loops;
    const role = this.roleOf(grid);
    switch (role) {
      case "output":
        return { role: "output", filter: grid.channel, position: this.layerView.positionAt(grid, cell), cell };
      case "maps":
      case "flat_output":
        return { role: "output", filter: Math.floor(cell / positions), position: cell % positions, cell };
      case "kernel": {
        const filter = this.layerView.kernelFilter(cursor.filter, grid.channel);
        return { role: "kernel", filter, channel: this.layerView.channelOf(filter, grid.channel), tap: cell };
      }
      case "filter":
        return { role: "kernel", filter: grid.channel, ...this.layerView.weightAt(cell) };
      case "weights": {
        const row = Math.floor(cell / grid.columns);
        return { role: "kernel", filter: row, channel: Math.floor((cell % (taps * channels)) / taps), tap: cell % taps };
      }
      case "products":
        return { role: "products", channel: this.layerView.channelOf(cursor.filter, grid.channel), tap: cell, position: cursor.position };
      case "columns": {
        const row = Math.floor(cell / positions);
        return { role: "products", channel: Math.floor(row / taps), tap: row % taps, position: cell % positions };
      }
      case "flat_input": {
        const source = cell % this.cells;
        const padded = this.layerView.arrays.sources.findIndex((from, at) => from === source && this.layerView.isInside(at));
        return { role: "input", channel: Math.floor(cell / this.cells), cell: padded };
      }
      case "matrix": {
        const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
        return {
          role: "matrix",
          filter: Math.floor(row / positions),
          position: row % positions,
          input: Math.floor(column / this.cells),
          source: column % this.cells,
          cell,
        };
      }
      case "partial":
      case "sum":
      case "bias":
        return { role, cell };
      default:
        return { role: "input", channel: grid.channel, cell };
    }
  }

  /**
   * The running sum of a step, of one channel or of all of them, or its bias.
   *
   * @param {Target} target
   * @param {Cursor} cursor
   */
  saySum({ grid }, cursor) {
    const { layerView } = this;
    const { role, label } = grid;
    const isOther = role !== "partial" && this.byRole[role].length > 1 && grid !== this.byRole[role][layerView.group(cursor.filter)];
    const sum = role === "partial" ? layerView.runningTotal(cursor, layerView.channelOf(cursor.filter, grid.channel)) : layerView.runningSum(cursor);
    const value = isOther ? null : role === "bias" ? layerView.bias(cursor.filter) : sum;
    return value === null ? `${label} of this step: nothing yet` : `${label} of this step ${writeEqual(value)}`;
  }

  /**
   * Light what belongs to a cell while the stage stands at `cursor`; returns one sentence about it.
   *
   * @param {Target} target
   * @param {Cursor} cursor
   */
  show(target, cursor) {
    this.pointTo(target);
    this.cursor = cursor;
    const meaning = this.meaning(target, cursor);
    const isUnread = "channel" in meaning && meaning.channel === -1;
    if (isUnread) return `${target.grid.label}: ${this.layerView.kernelName(cursor.filter)} does not read this channel`;
    switch (meaning.role) {
      case "input":
        return this.sayInput(meaning);
      case "kernel":
        return this.sayKernel(meaning, target);
      case "products":
        return this.sayProduct(meaning, cursor, target);
      case "output":
        return this.sayOutput(meaning, target);
      case "matrix":
        return this.sayEntry(meaning, target);
      default:
        return this.saySum(target, cursor);
    }
  }

  /**
   * @param {PlacedGrid} grid
   * @param {number} cell
   */
  name(grid, cell) {
    return grid.label + indexOf(cell, grid.columns, this.dimensions, sliceRows(grid));
  }

  /**
   * @param {number} channel
   * @param {number} cell
   */
  inputName(channel, cell) {
    const label = this.byRole.input[channel]?.label ?? this.layerView.inputName(channel);
    const { arrays, inputSize: [rows, columns], dimensions, slices } = this.layerView;
    return label + indexOf(arrays.sources[cell], columns, dimensions, rows / slices.input);
  }

  /** @param {number} filter */
  mapName(filter) {
    return this.byRole.output[filter]?.label ?? this.layerView.mapName(filter);
  }

  /**
   * @param {number} filter
   * @param {number} position
   */
  outputName(filter, position) {
    const { outputSize: [rows, columns], dimensions, slices } = this.layerView;
    return this.mapName(filter) + indexOf(position, columns, dimensions, rows / slices.output);
  }

  /**
   * @param {number} filter
   * @param {number} tap
   */
  kernelName(filter, tap) {
    const { kernelSize: [rows, columns], dimensions, slices } = this.layerView;
    return this.layerView.kernelName(filter) + indexOf(tap, columns, dimensions, rows / slices.kernel);
  }

  /** @param {Extract<Meaning, { role: "input" }>} of */
  sayInput({ channel, cell }) {
    const { layerView } = this;
    const { positions, filters } = layerView.loops;
    const source = layerView.arrays.sources[cell];
    /** @param {number} padded */
    const same = (padded) => (source >= 0 ? layerView.arrays.sources[padded] === source : padded === cell);
    const pairs = pairsWhere(layerView, (position, tap) => same(layerView.read(position, tap)));
    layerView.arrays.sources.forEach((_, padded) => padded !== cell && same(padded) && this.markInput(channel, padded, "quiet"));
    /** @type {Map<number, Pair[]>} */
    const byPosition = new Map();
    for (const pair of pairs) byPosition.set(pair.position, [...(byPosition.get(pair.position) ?? []), pair]);
    for (let filter = 0; filter < filters; filter++) {
      const inFilter = layerView.channelOf(filter, channel);
      if (inFilter < 0) continue;
      for (const { position, tap } of pairs) this.markRead(filter, position, inFilter, tap, "quiet");
      for (const tap of new Set(pairs.map((pair) => pair.tap))) this.markKernel(filter, inFilter, tap, "linked");
      for (const [position, own] of byPosition) {
        this.markOutput(filter, position, "linked", this.weightNote(filter, inFilter, own));
      }
    }
    const held = layerView.input(channel, cell);
    const padding = held === 0 ? "padding of zeros" : `padding that holds ${writeShort(held)} everywhere`;
    const zeros = ["", padding, "a zero put between two inputs", "a zero of the rows and columns added at the end"];
    const where = source < 0 ? zeros[layerView.arrays.cell_kinds[cell]] : this.inputName(channel, cell);
    const value = source < 0 ? "" : ` ${writeEqual(held)}`;
    const copy = source >= 0 && !layerView.isInside(cell) ? "padding, a copy of " : "";
    const outputs = byPosition.size;
    const withWeight = layerView.hasKernel ? `, each with the ${layerView.factor} written on it` : "";
    const made = layerView.names?.made;
    if (outputs === 0) return `${copy}${where}${value}: no ${made ? `cell of ${made}` : "output"} reads it`;
    return `${copy}${where}${value}: read by ${outputs} of ${positions} ${made ? `cells of ${made}` : "outputs"}${withWeight}`;
  }

  /**
   * The weights with which an output takes an input, or how many where they are too many to write.
   *
   * @param {number} filter
   * @param {number} channel
   * @param {Pair[]} pairs
   */
  weightNote(filter, channel, pairs) {
    if (!this.layerView.hasKernel) return undefined;
    const weights = pairs.map(({ tap }) => writeShort(this.layerView.kernel(filter, channel, tap)));
    return weights.length > 2 ? `${weights.length} taps` : `\u00d7${weights.join(", ")}`;
  }

  /**
   * @param {Extract<Meaning, { role: "kernel" }>} of
   * @param {Target} target
   */
  sayKernel({ filter, channel, tap }, { grid, cell }) {
    const { layerView } = this;
    const input = layerView.firstChannel(filter) + channel;
    this.markKernel(filter, channel, tap, "quiet");
    for (let position = 0; position < layerView.loops.positions; position++) {
      this.markInput(input, layerView.read(position, tap), "linked");
      this.markRead(filter, position, channel, tap, "linked");
    }
    const value = writeEqual(layerView.kernel(filter, channel, tap));
    const name = grid.role === "kernel" || grid.role === "filter" ? this.kernelName(filter, tap) : this.name(grid, cell);
    return `${name} ${value}: one ${layerView.factor}, meeting ${layerView.loops.positions} inputs, one for each cell of ${this.mapName(filter)}`;
  }

  /**
   * @param {{ channel: number, tap: number, position: number }} of
   * @param {Cursor} cursor
   * @param {Target} target
   */
  sayProduct({ channel, tap, position }, cursor, { grid, cell }) {
    const { layerView } = this;
    const input = layerView.firstChannel(cursor.filter) + channel;
    this.markInput(input, layerView.read(position, tap), "linked");
    this.markKernel(cursor.filter, channel, tap, "linked");
    if (grid.values) {
      this.markOutput(cursor.filter, position, "linked");
      return `${this.name(grid, cell)} ${writeEqual(layerView.input(input, layerView.read(position, tap)))}: what tap ${tap} reads in window ${position}, which is this column`;
    }
    if (!layerView.tapDone(cursor, channel, tap)) return `${this.name(grid, cell)}: not ${layerView.hasKernel ? "multiplied" : "read"} yet`;
    const what = layerView.hasKernel ? "the input under this tap times its weight" : "the input under this tap";
    return `${this.name(grid, cell)} ${writeEqual(layerView.product(cursor, channel, tap))}: ${what}`;
  }

  /**
   * @param {{ filter: number, position: number }} of
   * @param {Target} target
   */
  sayOutput({ filter, position }, { grid, cell }) {
    const { layerView } = this;
    if (position < 0) return `${this.name(grid, cell)}: padding that the next layer puts round its input`;
    this.markOutput(filter, position, "quiet");
    for (let channel = 0; channel < layerView.loops.channels; channel++) {
      for (let tap = 0; tap < layerView.loops.taps; tap++) {
        this.markInput(layerView.firstChannel(filter) + channel, layerView.read(position, tap), "linked");
        this.markKernel(filter, channel, tap, "quiet");
        this.markRead(filter, position, channel, tap, "linked");
      }
    }
    const shown = layerView.hasKernel ? `its window, its ${layerView.factor}s and its sum are shown` : "its window is shown";
    return `${this.name(grid, cell)} ${writeEqual(layerView.output(filter, position))}: ${shown}`;
  }

  /**
   * @param {{ filter: number, position: number, input: number, source: number }} of
   * @param {Target} target
   */
  sayEntry({ filter, position, input, source }, { grid, cell }) {
    const { layerView } = this;
    const value = layerView.value("matrix", cell);
    const padded = layerView.arrays.sources.findIndex((from, at) => from === source && layerView.isInside(at));
    this.markInput(input, padded, "linked");
    this.markOutput(filter, position, "linked");
    const [from, to] = [this.inputName(input, padded), this.outputName(filter, position)];
    if (Number.isNaN(value)) return `${this.name(grid, cell)} is 0: ${to} does not read ${from}`;
    return `${this.name(grid, cell)} ${writeEqual(value)}: the weight with which ${to} takes ${from}`;
  }
}
