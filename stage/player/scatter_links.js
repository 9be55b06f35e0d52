// Pointing at a transposed layer: what stamps what, with which weight, in every view that shows it.

import { CELL_KINDS } from "./generated_constants.js";
import { LinkMarks } from "./link_marks.js";
import { indexOf, labelOf } from "./names.js";
import { writeEqual, writeSaid, writeShort } from "./numbers.js";

/** @import { ScatterView } from "./scatter_view.js" */
/** @import { ByRole, Cursor, Meaning, Picture, Target } from "./types" */

export class ScatterLinks extends LinkMarks {
  /**
   * `byRole` has the grids of this layer view, in the order of their channels.
   *
   * @param {Picture} picture
   * @param {ScatterView} layerView
   * @param {ByRole} byRole
   */
  constructor(picture, layerView, byRole) {
    super(picture, byRole);
    this.layerView = layerView;
    this.cursor = layerView.start; // where the stage stood when something was pointed at
  }

  /**
   * @param {number} channel
   * @param {number} position
   * @param {string} kind
   * @param {string} [note]
   */
  markInput(channel, position, kind, note) {
    const { positions } = this.layerView.loops;
    this.mark(this.byRole.input[channel], position, kind, note);
    for (const flat of this.byRole.flat_input) this.mark(flat, channel * positions + position, kind);
    const [zeros] = this.byRole.zero_inserted;
    if (zeros) this.mark(this.byRole.zero_inserted[channel], this.layerView.value("inserted_cells", position), kind);
  }

  /**
   * A weight: among those of its filter, and where the kernel that has it is the one shown.
   *
   * @param {number} filter
   * @param {number} channel
   * @param {number} tap
   * @param {string} kind
   */
  markKernel(filter, channel, tap, kind) {
    const own = this.byRole.filter[filter];
    if (own) this.mark(own, this.layerView.filterCell(channel, tap), kind);
    const input = this.layerView.firstChannel(filter) + channel;
    if (filter !== this.layerView.kernelFilter(this.cursor.filter, input)) return;
    this.mark(this.byRole.kernel[input], tap, kind);
    this.mark(this.byRole.flipped_kernel[input], this.layerView.loops.taps - 1 - tap, kind);
  }

  /**
   * @param {number} filter
   * @param {number} cell
   * @param {string} kind
   * @param {string} [note]
   */
  markOutput(filter, cell, kind, note) {
    const { outputs } = this.layerView.loops;
    this.mark(this.byRole.uncropped[filter], cell, kind, note);
    const output = this.layerView.arrays.cell_outputs[cell];
    if (output < 0) return;
    this.mark(this.byRole.output[filter], output, kind, note);
    for (const flat of this.byRole.flat_output) this.mark(flat, filter * outputs + output, kind, note);
  }

  /**
   * The entry of the matrix between an output and an input.
   *
   * @param {number} filter
   * @param {number} cell
   * @param {number} input
   * @param {number} position
   * @param {string} kind
   */
  markEntry(filter, cell, input, position, kind) {
    const { outputs, positions } = this.layerView.loops;
    const output = this.layerView.arrays.cell_outputs[cell];
    if (output < 0) return;
    for (const matrix of this.byRole.matrix)
      this.mark(matrix, (filter * outputs + output) * matrix.columns + input * positions + position, kind);
  }

  /**
   * What a cell of one of the grids is.
   *
   * @param {Target} target
   * @param {Cursor} cursor
   * @returns {Meaning}
   */
  meaning({ grid, cell }, cursor) {
    const { layerView } = this;
    const { taps, positions, outputs } = layerView.loops;
    const channel = layerView.channelOf(cursor.filter, grid.channel);
    const filter = layerView.kernelFilter(cursor.filter, grid.channel);
    switch (grid.role) {
      case "kernel":
        return { role: "kernel", filter, channel: layerView.channelOf(filter, grid.channel), tap: cell };
      case "filter":
        return { role: "kernel", filter: grid.channel, ...layerView.weightAt(cell) };
      case "flipped_kernel":
        return { role: "kernel", filter, channel: layerView.channelOf(filter, grid.channel), tap: taps - 1 - cell };
      case "products":
        return { role: "products", channel, tap: cell, position: cursor.position };
      case "flipped_products":
        return { role: "products", channel, tap: taps - 1 - cell, position: cursor.position };
      case "uncropped":
        return { role: "output", filter: grid.channel, position: layerView.arrays.cell_outputs[cell], cell };
      case "output":
        return { role: "output", filter: grid.channel, position: cell, cell: layerView.arrays.output_cells[cell] };
      case "flat_output": {
        const position = cell % outputs;
        return { role: "output", filter: Math.floor(cell / outputs), position, cell: layerView.arrays.output_cells[position] };
      }
      case "zero_inserted": {
        const source = layerView.value("sources", cell);
        return source >= 0 ? { role: "input", channel: grid.channel, cell: source } : { role: "zero", cell };
      }
      case "flat_input":
        return { role: "input", channel: Math.floor(cell / positions), cell: cell % positions };
      case "matrix": {
        const [row, column] = [Math.floor(cell / grid.columns), cell % grid.columns];
        return {
          role: "matrix",
          filter: Math.floor(row / outputs),
          cell: layerView.arrays.output_cells[row % outputs],
          input: Math.floor(column / positions),
          position: column % positions,
          source: column % positions,
        };
      }
      case "bias":
        return { role: "bias", cell };
      default:
        return { role: "input", channel: grid.channel, cell };
    }
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
    if (isUnread) return `${target.grid.label}: this channel stamps no cell of ${this.mapName(cursor.filter)}`;
    switch (meaning.role) {
      case "input":
        return this.sayInput(meaning);
      case "kernel":
        return this.sayKernel(meaning);
      case "products":
        return this.sayProduct(meaning);
      case "output":
        return this.sayOutput(meaning);
      case "matrix":
        return this.sayEntry(meaning);
      default:
        return this.sayOther(meaning);
    }
  }

  /**
   * @param {number} channel
   * @param {number} position
   */
  inputName(channel, position) {
    return this.layerView.inputName(channel) + indexOf(position, this.layerView.inputSize[1]);
  }

  /** @param {number} filter */
  mapName(filter) {
    return this.layerView.mapName(filter);
  }

  /**
   * The name of an output, by its number among those that are left when padding has cropped.
   *
   * @param {number} filter
   * @param {number} output
   */
  outputName(filter, output) {
    return this.mapName(filter) + indexOf(output, this.layerView.outputSize[1]);
  }

  /**
   * @param {number} filter
   * @param {number} tap
   */
  kernelName(filter, tap) {
    return this.layerView.kernelName(filter) + indexOf(tap, this.layerView.kernelSize[1]);
  }

  /** @param {Extract<Meaning, { role: "input" }>} of */
  sayInput({ channel, cell: position }) {
    const { layerView } = this;
    const { filters, taps } = layerView.loops;
    const inMap = layerView.reached(position).length;
    let maps = 0;
    for (let filter = 0; filter < filters; filter++) {
      const own = layerView.channelOf(filter, channel);
      if (own < 0) continue;
      maps += 1;
      for (let tap = 0; tap < taps; tap++) {
        const cell = layerView.scatterIndex(position, tap);
        this.markOutput(filter, cell, "linked", `\u00d7${writeShort(layerView.kernel(filter, own, tap))}`);
        this.markEntry(filter, cell, channel, position, "linked");
        this.markKernel(filter, own, tap, "quiet");
      }
    }
    this.markInput(channel, position, "quiet");
    const cropped = taps - inMap;
    const left = cropped ? ` (${cropped} more ${cropped > 1 ? "are" : "is"} cropped)` : "";
    const where = maps > 1 ? `of each of ${maps} output maps` : "of the output";
    const value = writeEqual(layerView.input(channel, position));
    return `${this.inputName(channel, position)} ${value}: stamps ${inMap} cells ${where}${left}, each with the weight written on it`;
  }

  /** @param {{ filter: number, position: number, cell: number }} of */
  sayOutput({ filter, position, cell }) {
    const { layerView } = this;
    const landings = layerView.gathered(cell);
    for (const { position: from, tap } of landings) {
      for (let channel = 0; channel < layerView.loops.channels; channel++) {
        const input = layerView.firstChannel(filter) + channel;
        this.markInput(input, from, "linked", `\u00d7${writeShort(layerView.kernel(filter, channel, tap))}`);
        this.markKernel(filter, channel, tap, "linked");
        this.markEntry(filter, cell, input, from, "linked");
      }
    }
    this.markOutput(filter, cell, "quiet");
    const inputs = landings.length * layerView.loops.channels;
    const read = layerView.names?.wholes.input;
    const nouns = read ? [`cell of ${read}`, `cells of ${read}`] : ["input", "inputs"];
    const gathered = inputs ? `gathered from ${inputs} ${nouns[inputs > 1 ? 1 : 0]}` : "no stamp reaches it";
    if (position < 0) {
      const value = writeSaid(layerView.uncroppedValue(filter, cell));
      return `cropped by the padding: ${value}, ${gathered}, does not come out of the layer`;
    }
    const value = writeEqual(layerView.output(filter, position));
    const rest = inputs ? ", each with the weight written on it" : layerView.hasBias ? ", only the bias" : "";
    return `${this.outputName(filter, position)} ${value}: ${gathered}${rest}`;
  }

  /** @param {{ filter: number, channel: number, tap: number }} of */
  sayKernel({ filter, channel, tap }) {
    const { layerView } = this;
    const { positions } = layerView.loops;
    const input = layerView.firstChannel(filter) + channel;
    this.markKernel(filter, channel, tap, "quiet");
    for (let position = 0; position < positions; position++) {
      const cell = layerView.scatterIndex(position, tap);
      this.markInput(input, position, "linked");
      this.markOutput(filter, cell, "linked");
      this.markEntry(filter, cell, input, position, "linked");
    }
    const value = writeEqual(layerView.kernel(filter, channel, tap));
    const from = layerView.inputs > 1 ? layerView.inputName(input) : "the input";
    return `${this.kernelName(filter, tap)} ${value}: multiplies every value of ${from}; the products land on the marked cells of ${this.mapName(filter)}`;
  }

  /** @param {{ channel: number, tap: number }} of */
  sayProduct({ channel, tap }) {
    const { layerView, cursor } = this;
    const landing = cursor.output < 0 ? cursor : layerView.gathered(cursor.cell).find((one) => one.tap === tap);
    if (!landing) return `${this.kernelName(cursor.filter, tap)}: nothing lands here through this weight`;
    if (!layerView.tapDone(cursor, channel, tap)) return `${this.kernelName(cursor.filter, tap)}: not multiplied yet`;
    const { position } = landing;
    const input = layerView.firstChannel(cursor.filter) + channel;
    const cell = layerView.scatterIndex(position, tap);
    this.markInput(input, position, "linked");
    this.markKernel(cursor.filter, channel, tap, "linked");
    this.markOutput(cursor.filter, cell, "linked");
    this.markEntry(cursor.filter, cell, input, position, "linked");
    const output = layerView.arrays.cell_outputs[cell];
    const where = output < 0 ? "where the padding crops" : `on ${this.outputName(cursor.filter, output)}`;
    const value = writeEqual(layerView.product(cursor.filter, channel, tap, position));
    return `${this.inputName(input, position)} × ${this.kernelName(cursor.filter, tap)} ${value}, landing ${where}`;
  }

  /** @param {{ filter: number, cell: number, input: number, position: number }} of */
  sayEntry({ filter, cell, input, position }) {
    const { layerView } = this;
    const channel = layerView.channelOf(filter, input);
    this.markInput(input, position, "linked");
    this.markOutput(filter, cell, "linked");
    const output = this.outputName(filter, layerView.arrays.cell_outputs[cell]);
    const landing = channel < 0 ? undefined : layerView.gathered(cell).find((one) => one.position === position);
    if (!landing) return `0: no tap of the stamp of ${this.inputName(input, position)} lands on ${output}`;
    this.markKernel(filter, channel, landing.tap, "linked");
    const value = writeEqual(layerView.kernel(filter, channel, landing.tap));
    return `${this.kernelName(filter, landing.tap)} ${value}: the weight with which ${this.inputName(input, position)} lands on ${output}`;
  }

  /** @param {{ role: string, cell: number }} of */
  sayOther({ role, cell }) {
    const { layerView, cursor } = this;
    if (role === "bias") return `${labelOf("bias")} ${writeEqual(layerView.bias(cursor.filter))}: what every cell of ${this.mapName(cursor.filter)} starts from`;
    /** @type {Record<number, string>} */
    const zeros = { [CELL_KINDS.PADDING]: "padding of the equivalent convolution", [CELL_KINDS.INSERTED]: "put between two inputs", [CELL_KINDS.EXTRA]: "in the rows and columns added by output_padding" };
    return `0: ${zeros[layerView.value("cell_kinds", cell)]}`;
  }
}
