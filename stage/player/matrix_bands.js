// The matrices of a layer: the row and the column of the step, and covers over what no step has reached.

import { setAttribute, setAttributes, svgElement } from "./svg.js";

/** @import { ByRole, Cursor, Picture, PlacedGrid } from "./types" */
/** @import { WindowsView } from "./windows_view.js" */

/**
 * A rectangle that is laid on cells of a grid.
 *
 * @typedef {object} Mark
 * @property {PlacedGrid} grid
 * @property {Element} rect
 */

export class MatrixBands {
  /**
   * @param {Picture} picture
   * @param {WindowsView} layerView
   * @param {ByRole} byRole
   */
  constructor(picture, layerView, byRole) {
    this.picture = picture;
    this.layerView = layerView;
    this.byRole = byRole;
    /** @type {(grid: PlacedGrid, name: string) => Mark} */
    const make = (grid, name) => ({ grid, rect: svgElement("rect", { class: name }, picture.moving) });
    /** @type {(grid: PlacedGrid) => Mark} */
    const cover = (grid) => ({ grid, rect: svgElement("rect", picture.cover(grid), picture.moving) });
    this.covers = [...byRole.columns, ...byRole.maps, ...byRole.flat_output].map(cover);
    this.done = 0; // outputs
    this.seen = 0; // windows
    this.rest = byRole.maps.map(cover);
    this.bands = [...byRole.weights, ...byRole.columns, ...byRole.matrix, ...byRole.maps, ...byRole.flat_output].map(
      (grid) => make(grid, `band ${grid.role}`),
    );
    // of the multiply just done
    this.now = [...byRole.weights, ...byRole.columns, ...byRole.matrix].map((grid) => make(grid, "tap-now"));
    this.taps = byRole.flat_input.flatMap((grid) =>
      Array.from({ length: layerView.loops.channels * layerView.loops.taps }, () => ({
        grid,
        rect: svgElement("rect", { class: "band flat_input" }, picture.moving),
      })),
    );
  }

  /**
   * Lay a rectangle on whole cells of its grid; without rows or columns it goes away.
   *
   * @param {Mark} of
   * @param {number} row
   * @param {number} column
   * @param {number} rows
   * @param {number} columns
   */
  lay({ grid, rect }, row, column, rows, columns) {
    const { cell } = this.picture;
    setAttribute(rect, "display", rows > 0 && columns > 0 ? "inline" : "none");
    if (rows <= 0 || columns <= 0) return;
    const [x, y] = [(grid.x + column) * cell, (grid.y + row) * cell];
    setAttributes(rect, { x, y, width: columns * cell, height: rows * cell });
  }

  /**
   * @param {Cursor} cursor
   * @param {boolean} isNow
   */
  show(cursor, isNow) {
    const { taps, positions } = this.layerView.loops;
    const { filter, position } = cursor;
    const out = filter * positions + position;
    const on = isNow ? 1 : 0;
    for (const band of this.bands) {
      const { role, rows, columns } = band.grid;
      if (role === "weights") this.lay(band, filter, 0, on, columns);
      if (role === "columns") this.lay(band, 0, position, rows, on);
      if (role === "matrix") this.lay(band, out, 0, on, columns);
      if (role === "maps") this.lay(band, filter, position, on, 1);
      if (role === "flat_output") this.lay(band, out, 0, on, 1);
    }
    this.cover(cursor, out);
    for (const mark of this.now) this.layNow(mark, cursor, isNow && cursor.granularity === "tap");
    this.taps.forEach((mark, index) => this.layTap(mark, cursor, Math.floor(index / taps), index % taps, isNow));
  }

  /**
   * What it shows of a grid, as a Part says it.
   *
   * @param {PlacedGrid} grid
   * @returns {((cell: number) => number | null | undefined) | null}
   */
  heard(grid) {
    if (!this.covers.some((cover) => cover.grid === grid)) return null;
    if (grid.role === "columns") return (cell) => (cell % grid.columns < this.seen ? undefined : null);
    return (cell) => (cell < this.done ? undefined : null);
  }

  /**
   * A window's column is there once the first filter has met it; an output once its sum is complete.
   *
   * @param {Cursor} cursor
   * @param {number} out
   */
  cover(cursor, out) {
    const { layerView } = this;
    const done = out + (layerView.isComplete(cursor) ? 1 : 0);
    const seen = cursor.filter > 0 ? layerView.loops.positions : cursor.position + 1;
    this.done = done;
    this.seen = seen;
    for (const cover of this.covers) {
      const { grid } = cover;
      const row = Math.floor(done / grid.columns);
      if (grid.role === "columns") this.lay(cover, 0, seen, grid.rows, grid.columns - seen);
      else if (grid.role === "flat_output") this.lay(cover, done, 0, grid.rows - done, 1);
      else this.lay(cover, row + 1, 0, grid.rows - row - 1, grid.columns);
    }
    for (const cover of this.rest) {
      const [row, column] = [Math.floor(done / cover.grid.columns), done % cover.grid.columns];
      this.lay(cover, row, column, row < cover.grid.rows ? 1 : 0, cover.grid.columns - column);
    }
  }

  /**
   * A mark on the cell of a matrix that the multiply just done read; none where that was padding.
   *
   * @param {Mark} mark
   * @param {Cursor} cursor
   * @param {boolean} isOn
   */
  layNow(mark, cursor, isOn) {
    const { taps, positions } = this.layerView.loops;
    const within = cursor.channel * taps + cursor.tap;
    const source = isOn ? this.layerView.arrays.sources[this.layerView.read(cursor.position, cursor.tap)] : -1;
    const input = this.layerView.firstChannel(cursor.filter) + cursor.channel;
    const { role } = mark.grid;
    let [row, column] = [cursor.filter, within];
    if (role === "columns") [row, column] = [this.layerView.firstChannel(cursor.filter) * taps + within, cursor.position];
    if (role === "matrix") {
      const [inputRows, inputColumns] = this.layerView.inputSize;
      [row, column] = [cursor.filter * positions + cursor.position, input * inputRows * inputColumns + source];
    }
    const isThere = isOn && (source >= 0 || role !== "matrix");
    this.lay(mark, row, column, isThere ? 1 : 0, 1);
  }

  /**
   * A mark on the input value under a tap; none where the tap lies on padding.
   *
   * @param {Mark} mark
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} tap
   * @param {boolean} isNow
   */
  layTap(mark, cursor, channel, tap, isNow) {
    const { layerView } = this;
    const source = layerView.arrays.sources[layerView.read(cursor.position, tap)];
    const at = (layerView.firstChannel(cursor.filter) + channel) * layerView.inputSize[0] * layerView.inputSize[1] + source;
    const isRead = isNow && source >= 0 && layerView.tapDone(cursor, channel, tap);
    this.lay(mark, Math.floor(at / mark.grid.columns), at % mark.grid.columns, isRead ? 1 : 0, 1);
  }
}
