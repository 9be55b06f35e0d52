// One step of a transposed layer, large: what is read times the kernel, the products, and what the cells hold on which they land.

import { Strip } from "./strip.js";

/** @import { Piece } from "./strip.js" */
/** @import { ScatterView } from "./scatter_view.js" */
/** @import { Cursor, Target } from "./types" */

/** @extends {Strip<ScatterView>} */
export class ScatterStrip extends Strip {
  /**
   * The input position that each tap multiplies at a step, or -1 where it multiplies none.
   *
   * @param {Cursor} cursor
   */
  positions(cursor) {
    const { loops } = this.layerView;
    const found = new Array(loops.taps).fill(cursor.output >= 0 ? -1 : cursor.position);
    if (cursor.output >= 0) for (const { position, tap } of this.layerView.gathered(cursor.cell)) found[tap] = position;
    return found;
  }

  /**
   * @param {Piece} piece
   * @param {Cursor} cursor
   * @param {number} channel
   */
  showPiece(piece, cursor, channel) {
    const { layerView, byRole } = this;
    const { colorLimits } = layerView;
    const { filter } = cursor;
    const { cells, role } = piece;
    const input = layerView.firstChannel(filter) + channel;
    const isGathered = cursor.output >= 0;
    const isNow = cursor.granularity === "multiply" && channel === cursor.channel;
    if (role === "input") piece.call(layerView.inputName(input));
    if (role === "kernel") piece.call(layerView.kernelName(filter));
    if (role === "output") piece.call(byRole.output[filter]?.label ?? layerView.mapName(filter));
    if (role === "kernel") piece.markCell(isNow ? cursor.tap : -1);
    if (role === "output") piece.markCell(cursor.granularity === "multiply" ? cursor.tap : -1);
    if (role === "input") piece.centre(!isGathered);
    if (role === "output") piece.centre(isGathered);
    this.positions(cursor).forEach((position, tap) => {
      const isShown = isGathered ? position >= 0 : tap === 0;
      const isDone = position >= 0 && layerView.tapDone(cursor, channel, tap);
      if (role === "kernel") cells.fill(tap, layerView.kernel(filter, channel, tap), colorLimits.kernel);
      if (role === "products") cells.fill(tap, isDone ? layerView.product(filter, channel, tap, position) : null, colorLimits.products);
      if (role === "input" && isShown) cells.fill(tap, layerView.input(input, position), colorLimits.input);
      if (role === "input" && !isShown) cells.empty(tap, "away");
      if (role === "output") this.showOutput(piece, cursor, tap);
    });
  }

  /**
   * What the cell holds on which a tap's product lands, or the output that is gathered.
   *
   * @param {Piece} piece
   * @param {Cursor} cursor
   * @param {number} tap
   */
  showOutput({ cells }, cursor, tap) {
    const { layerView } = this;
    const isGathered = cursor.output >= 0;
    if (isGathered && tap > 0) return cells.empty(tap, "away");
    if (cursor.channel < 0) return cells.empty(tap, "pending"); // where it lands may be asked
    const cell = isGathered ? cursor.cell : layerView.scatterIndex(cursor.position, tap);
    cells.fill(tap, layerView.shown(cursor, cell), layerView.colorLimits.sums);
  }

  /**
   * @param {Piece} piece
   * @param {number} cell
   * @param {number} channel
   * @returns {Target | null}
   */
  targetOf({ role }, cell, channel) {
    const { layerView, byRole, cursor } = this;
    const input = layerView.firstChannel(cursor.filter) + channel;
    const [grid] = role === "output" ? byRole.output.slice(cursor.filter) : byRole[role].slice(input);
    if (!grid) return null;
    const isGathered = cursor.output >= 0;
    if (role === "kernel" || role === "products") return { grid, cell };
    if (cell > 0 && isGathered === (role === "output")) return null; // a single cell stands there
    const at = role === "input" ? this.positions(cursor)[cell] : isGathered ? cursor.output : layerView.arrays.cell_outputs[layerView.scatterIndex(cursor.position, cell)];
    return at < 0 ? null : { grid, cell: at };
  }
}
