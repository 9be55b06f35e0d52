// One step of a layer whose windows are read, large: a window times its kernel, the products, and what they add up to.

import { CELL_NAMES } from "./generated_constants.js";
import { Strip } from "./strip.js";

/** @import { Piece } from "./strip.js" */
/** @import { Cursor, PlacedGrid, Target } from "./types" */
/** @import { WindowsView } from "./windows_view.js" */

/** @extends {Strip<WindowsView>} */
export class WindowsStrip extends Strip {
  /**
   * @param {Piece} piece
   * @param {Cursor} cursor
   * @param {number} channel
   */
  showPiece(piece, cursor, channel) {
    const { layerView, byRole } = this;
    const { colorLimits, loops } = layerView;
    const { filter, position } = cursor;
    const { cells, role } = piece;
    const input = layerView.firstChannel(filter) + channel;
    const isNow = cursor.granularity === "tap" && channel === cursor.channel;
    if (role === "sum") cells.fill(0, layerView.runningSum(cursor), colorLimits.sums);
    if (role === "bias") cells.fill(0, layerView.bias(filter), colorLimits.sums);
    if (role === "partial") cells.fill(0, layerView.runningTotal(cursor, channel), colorLimits.sums);
    if (role === "output") {
      cells.fill(0, layerView.isComplete(cursor) ? layerView.output(filter, position) : null, colorLimits.output);
      piece.call(byRole.output[filter]?.label ?? layerView.mapName(filter));
    }
    if (role === "input") piece.call(byRole.input[input]?.label ?? layerView.inputName(input));
    if (role === "kernel") piece.call(layerView.kernelName(filter));
    if (role === "input" || role === "kernel") piece.markCell(isNow ? cursor.tap : -1);
    for (let tap = 0; tap < loops.taps; tap++) {
      if (role === "input") this.showInput(piece, tap, input, layerView.read(position, tap));
      if (role === "kernel") cells.fill(tap, layerView.kernel(filter, channel, tap), colorLimits.kernel);
      if (role !== "products") continue;
      const isDone = layerView.tapDone(cursor, channel, tap);
      cells.fill(tap, isDone ? layerView.product(cursor, channel, tap) : null, colorLimits.products);
    }
  }

  /**
   * @param {Piece} piece
   * @param {number} tap
   * @param {number} input
   * @param {number} cell
   */
  showInput({ cells }, tap, input, cell) {
    const { layerView, neutrals } = this;
    const value = layerView.input(input, cell);
    const neutral = CELL_NAMES[layerView.kindOf("input", cell)];
    if (neutral) cells.paint(tap, value, neutrals[neutral]);
    else cells.fill(tap, value, layerView.colorLimits.input);
  }

  /**
   * @param {Piece} piece
   * @param {number} cell
   * @param {number} channel
   * @returns {Target | null}
   */
  targetOf({ role }, cell, channel) {
    const { layerView, byRole } = this;
    const { filter, position } = this.cursor;
    /** @type {(grid: PlacedGrid | undefined, at: number) => Target | null} */
    const target = (grid, at) => (grid ? { grid, cell: at } : null);
    const input = layerView.firstChannel(filter) + channel;
    const [output] = byRole.output.slice(filter);
    if (role === "input") return target(byRole.input[input], layerView.read(position, cell));
    if (role === "output") return target(output, output && layerView.cellAt(output, position));
    if (role === "sum" || role === "bias") return target(byRole[role].length > 1 ? byRole[role][layerView.group(filter)] : byRole[role][0], 0);
    return target(byRole[role][input], cell);
  }
}
