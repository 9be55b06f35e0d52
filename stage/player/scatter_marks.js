// What a step of a transposed layer frames, in each of its views: what is read, what it meets, and where it lands.

import { Cells } from "./cells.js";
import { setAttribute, setAttributes, svgElement, writeText } from "./svg.js";

/** @import { ScatterView } from "./scatter_view.js" */
/** @import { ByRole, Cursor, Pair, Picture, PlacedGrid } from "./types" */

/** Frames that are laid anew at every step. */
class Frames {
  /** @param {Picture} picture */
  constructor(picture) {
    this.picture = picture;
    this.group = svgElement("g", { class: picture.cell < 12 ? "frames thin" : "frames" }, picture.moving);
    /** @type {SVGRectElement[]} */
    this.rects = [];
    this.used = 0;
    this.isShown = true;
  }

  /** @param {boolean} isShown */
  begin(isShown) {
    this.used = 0;
    this.isShown = isShown;
  }

  /**
   * Frame cells of a grid: one, or so many rows and columns from it on.
   *
   * @param {PlacedGrid | undefined} grid
   * @param {number} cell
   * @param {string} kind
   * @param {number} [rows]
   * @param {number} [columns]
   */
  add(grid, cell, kind, rows = 1, columns = 1) {
    if (!this.isShown || !grid || cell < 0) return;
    const rect = (this.rects[this.used] ??= svgElement("rect", {}, this.group));
    this.used += 1;
    const { x, y } = this.picture.box(grid, cell);
    const unit = this.picture.cell;
    const size = { width: columns * unit, height: rows * unit };
    setAttributes(rect, { x, y, ...size, class: `mark ${kind}`, display: "inline" });
    Object.assign(rect.dataset, { role: grid.role, channel: grid.channel, cell });
  }

  end() {
    for (const rect of this.rects.slice(this.used)) setAttribute(rect, "display", "none");
  }
}

export class ScatterMarks {
  /**
   * `byRole` has the grids of this layer view, in the order of their channels.
   *
   * @param {Picture} picture
   * @param {ScatterView} layerView
   * @param {ByRole} byRole
   */
  constructor(picture, layerView, byRole) {
    this.picture = picture;
    this.layerView = layerView;
    this.byRole = byRole;
    /** @param {PlacedGrid[]} grids */
    const live = (grids) => grids.map((grid) => new Cells(picture, grid));
    this.kernels = live(byRole.kernel);
    this.flipped = live(byRole.flipped_kernel);
    this.products = live(byRole.products);
    this.flippedProducts = live(byRole.flipped_products);
    this.bias = live(byRole.bias);
    this.frames = new Frames(picture);
    const [first, last] = [layerView.scatterIndex(0, 0), layerView.scatterIndex(0, layerView.loops.taps - 1)];
    const across = layerView.uncroppedSize[1];
    this.size = [Math.floor(last / across) - Math.floor(first / across) + 1, (last % across) - (first % across) + 1];
    this.filter = -1; // the filter whose kernels are drawn
  }

  /**
   * Show a step of this layer view; while another one plays, nothing is framed.
   *
   * @param {Cursor} cursor
   * @param {boolean} isNow
   */
  show(cursor, isNow) {
    const { layerView } = this;
    const landings = cursor.output >= 0 ? layerView.gathered(cursor.cell) : this.landings(cursor);
    this.frames.begin(isNow);
    for (let input = 0; input < layerView.inputs; input++) {
      const channel = layerView.channelOf(cursor.filter, input);
      this.showArithmetic(cursor, input, channel, landings);
      if (channel >= 0) this.frameInput(cursor, input, channel, landings);
    }
    if (this.filter !== cursor.filter) {
      for (const cells of this.bias) cells.fill(0, layerView.bias(cursor.filter), layerView.colorLimits.sums);
      this.filter = cursor.filter;
    }
    this.frameOutput(cursor, landings);
    this.frames.end();
    this.name(cursor);
  }

  /**
   * What it shows of a grid, as a Part says it.
   *
   * @param {PlacedGrid} grid
   * @returns {((cell: number) => number | null | undefined) | null}
   */
  heard(grid) {
    const live = [this.kernels, this.flipped, this.products, this.flippedProducts, this.bias].flat();
    const cells = live.find((one) => one.grid === grid);
    return cells ? (cell) => cells.cells[cell].value : null;
  }

  /**
   * What lands at a step that stamps: its position with each of its taps.
   *
   * @param {{ position: number }} of
   */
  landings({ position }) {
    return Array.from({ length: this.layerView.loops.taps }, (_, tap) => ({ position, tap }));
  }

  /**
   * The kernel and the products of one channel; of one that does not stamp the map, the kernel alone.
   *
   * @param {Cursor} cursor
   * @param {number} input
   * @param {number} channel
   * @param {Pair[]} landings
   */
  showArithmetic(cursor, input, channel, landings) {
    const { layerView } = this;
    const { taps } = layerView.loops;
    /** @type {(grids: Cells[], tap: number, value: number | null, limit: number) => void} */
    const fill = (grids, tap, value, limit) => grids[input]?.fill(tap, value, limit);
    const filter = layerView.kernelFilter(cursor.filter, input);
    const own = layerView.channelOf(filter, input);
    for (let tap = 0; tap < taps && this.filter !== cursor.filter; tap++) {
      const weight = layerView.kernel(filter, own, tap);
      fill(this.kernels, tap, weight, layerView.colorLimits.kernel);
      fill(this.flipped, taps - 1 - tap, weight, layerView.colorLimits.kernel);
    }
    /** @type {(number | null)[]} */
    const made = new Array(taps).fill(null);
    for (const { position, tap } of landings) {
      if (channel >= 0 && layerView.tapDone(cursor, channel, tap)) made[tap] = layerView.product(cursor.filter, channel, tap, position);
    }
    made.forEach((value, tap) => {
      fill(this.products, tap, value, layerView.colorLimits.products);
      fill(this.flippedProducts, taps - 1 - tap, value, layerView.colorLimits.products);
    });
  }

  /**
   * Frame what a channel gives: the one input that stamps, or all that an output is gathered from.
   *
   * @param {Cursor} cursor
   * @param {number} input
   * @param {number} channel
   * @param {Pair[]} landings
   */
  frameInput(cursor, input, channel, landings) {
    const { layerView, byRole, frames } = this;
    const { positions, taps } = layerView.loops;
    const [flat] = byRole.flat_input;
    const isNow = cursor.granularity !== "multiply" || channel === cursor.channel;
    const kind = isNow ? "now" : channel < cursor.channel ? "was" : "later";
    for (const position of new Set(landings.map((landing) => landing.position))) {
      frames.add(byRole.input[input], position, kind);
      frames.add(flat, input * positions + position, kind);
      if (cursor.output < 0 && byRole.zero_inserted.length) {
        frames.add(byRole.zero_inserted[input], layerView.value("inserted_cells", position), kind);
      }
    }
    if (cursor.output >= 0) this.frameWindow(cursor, byRole.zero_inserted[input]);
    const meeting = cursor.output >= 0 ? landings : cursor.granularity === "multiply" && isNow ? [{ tap: cursor.tap }] : [];
    for (const { tap } of meeting) {
      frames.add(byRole.kernel[input], tap, "now");
      frames.add(byRole.flipped_kernel[input], taps - 1 - tap, "now");
    }
  }

  /**
   * The window of the equivalent convolution, and the cells it reads.
   *
   * @param {Cursor} cursor
   * @param {PlacedGrid | undefined} grid
   */
  frameWindow(cursor, grid) {
    if (!grid) return;
    const { taps } = this.layerView.loops;
    const [rows, columns] = this.size;
    const corner = this.layerView.value("reads", cursor.output * taps);
    for (let tap = 0; tap < taps; tap++) {
      this.frames.add(grid, this.layerView.value("reads", cursor.output * taps + tap), "tap");
    }
    this.frames.add(grid, corner, "now", rows, columns);
  }

  /**
   * Frame where a stamp lands, or the output that is gathered; and in the matrix the column, or the row.
   *
   * @param {Cursor} cursor
   * @param {Pair[]} landings
   */
  frameOutput(cursor, landings) {
    const { layerView, byRole, frames } = this;
    const { outputs, positions, channels } = layerView.loops;
    const { filter } = cursor;
    const [flat] = byRole.flat_output;
    const uncropped = byRole.uncropped[filter];
    /** @type {(cell: number, kind: string) => void} */
    const frame = (cell, kind) => {
      const output = layerView.arrays.cell_outputs[cell];
      frames.add(uncropped, cell, kind);
      if (output < 0) return;
      frames.add(byRole.output[filter], output, kind);
      frames.add(flat, filter * outputs + output, kind);
    };
    const first = layerView.firstChannel(filter) * positions;
    for (const matrix of byRole.matrix) {
      const across = matrix.columns;
      /** @type {(channel: number, pair: Pair, kind: string) => void} */
      const entry = (channel, { position, tap }, kind) => {
        const output = cursor.output >= 0 ? cursor.output : layerView.arrays.cell_outputs[layerView.scatterIndex(position, tap)];
        if (output >= 0) frames.add(matrix, (filter * outputs + output) * across + first + channel * positions + position, kind);
      };
      for (let channel = 0; channel < channels; channel++) {
        for (const landing of landings) if (cursor.granularity !== "multiply") entry(channel, landing, "tap");
        if (cursor.granularity === "multiply" && channel === cursor.channel) entry(channel, cursor, "tap");
        const column = filter * outputs * across + first + channel * positions + cursor.position;
        if (cursor.output < 0 && (cursor.granularity !== "multiply" || channel === cursor.channel)) frames.add(matrix, column, "now", outputs);
      }
      if (cursor.output >= 0) frames.add(matrix, (filter * outputs + cursor.output) * across, "now", 1, across);
    }
    if (cursor.output >= 0) return frame(cursor.cell, "now");
    for (const { position, tap } of landings) frame(layerView.scatterIndex(position, tap), "tap");
    frames.add(uncropped, layerView.scatterIndex(cursor.position, 0), "now", this.size[0], this.size[1]);
    if (cursor.granularity === "multiply") frame(layerView.scatterIndex(cursor.position, cursor.tap), "now");
  }

  /**
   * Say on the labels which filter's kernel is shown, and what the products are: a stamp, or what is gathered.
   *
   * @param {Cursor} cursor
   */
  name(cursor) {
    const { picture, layerView, byRole } = this;
    /** @type {(grid: PlacedGrid, text: string) => void} */
    const write = (grid, text) => {
      const label = picture.labels[grid.index];
      writeText(label, text);
    };
    for (const grid of byRole.products) write(grid, cursor.output >= 0 ? "gathered" : grid.label);
    for (const grid of byRole.kernel) write(grid, layerView.kernelName(layerView.kernelFilter(cursor.filter, grid.channel)));
  }
}
