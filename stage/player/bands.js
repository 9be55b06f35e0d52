// The matrices of a layer: the row and the column of the step, and covers over what no step has reached.

import { setAttribute, svgElement } from "./svg.js";

export class Bands {
  constructor(picture, layerView, byRole) {
    Object.assign(this, { picture, layerView, byRole });
    const make = (grids, name) =>
      grids.map((grid) => ({ grid, rect: svgElement("rect", { class: name }, picture.moving) }));
    const cover = (grid) => ({ grid, rect: svgElement("rect", picture.cover(grid), picture.moving) });
    this.covers = ["columns", "maps", "flat_output"].flatMap((role) => byRole[role].map(cover));
    this.rest = byRole.maps.map(cover);
    this.bands = Object.fromEntries(
      ["weights", "columns", "matrix", "maps", "flat_output"].map((role) => [role, make(byRole[role], `band ${role}`)]),
    );
    this.now = ["weights", "columns", "matrix"].flatMap((role) => make(byRole[role], "tap-now")); // of the multiply just done
    this.taps = byRole.flat_input.flatMap((grid) =>
      Array.from({ length: layerView.loops.channels * layerView.loops.taps }, () => ({
        grid,
        rect: svgElement("rect", { class: "band flat_input" }, picture.moving),
      })),
    );
  }

  /** Lay a rectangle on whole cells of its grid; without rows or columns it goes away. */
  lay({ grid, rect }, row, column, rows, columns) {
    const { cell } = this.picture;
    setAttribute(rect, "display", rows > 0 && columns > 0 ? "inline" : "none");
    if (rows <= 0 || columns <= 0) return;
    rect.setAttribute("x", (grid.x + column) * cell);
    rect.setAttribute("y", (grid.y + row) * cell);
    rect.setAttribute("width", columns * cell);
    rect.setAttribute("height", rows * cell);
  }

  show(cursor, isNow) {
    const { layerView, bands } = this;
    const { channels, taps, positions } = layerView.loops;
    const out = cursor.filter * positions + cursor.position;
    const on = isNow ? 1 : 0;
    const across = channels * taps;
    for (const band of bands.weights) this.lay(band, cursor.filter, 0, on, across);
    for (const band of bands.columns) this.lay(band, 0, cursor.position, band.grid.rows, on);
    for (const band of bands.matrix) this.lay(band, out, 0, on, band.grid.columns);
    for (const band of bands.maps) this.lay(band, cursor.filter, cursor.position, on, 1);
    for (const band of bands.flat_output) this.lay(band, out, 0, on, 1);
    this.cover(cursor, out);
    for (const mark of this.now) this.layNow(mark, cursor, isNow && cursor.granularity === "tap");
    this.taps.forEach((mark, index) => this.layTap(mark, cursor, Math.floor(index / taps), index % taps, isNow));
  }

  /** A window's column is there once the first filter has met it; an output once its sum is complete. */
  cover(cursor, out) {
    const { layerView } = this;
    const done = out + (layerView.isComplete(cursor) ? 1 : 0);
    for (const cover of this.covers) {
      const { grid } = cover;
      const seen = cursor.filter > 0 ? grid.columns : cursor.position + 1;
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

  /** A mark on the cell of a matrix that the multiply just done read; none where that was padding. */
  layNow(mark, cursor, isOn) {
    const { taps, positions } = this.layerView.loops;
    const within = cursor.channel * taps + cursor.tap;
    const source = isOn ? this.layerView.arrays.sources[this.layerView.read(cursor.position, cursor.tap)] : -1;
    const input = this.layerView.firstChannel(cursor.filter) + cursor.channel;
    const [row, column] = {
      weights: [cursor.filter, within],
      columns: [this.layerView.firstChannel(cursor.filter) * taps + within, cursor.position],
      matrix: [cursor.filter * positions + cursor.position, input * this.layerView.length[0] * this.layerView.length[1] + source],
    }[mark.grid.role];
    const isThere = isOn && (source >= 0 || mark.grid.role !== "matrix");
    this.lay(mark, row, column, isThere ? 1 : 0, 1);
  }

  /** A mark on the input value under a tap; none where the tap lies on padding. */
  layTap(mark, cursor, channel, tap, isNow) {
    const { layerView } = this;
    const source = layerView.arrays.sources[layerView.read(cursor.position, tap)];
    const at = (layerView.firstChannel(cursor.filter) + channel) * layerView.length[0] * layerView.length[1] + source;
    const isRead = isNow && source >= 0 && layerView.tapDone(cursor, channel, tap);
    this.lay(mark, Math.floor(at / mark.grid.columns), at % mark.grid.columns, isRead ? 1 : 0, 1);
  }
}
