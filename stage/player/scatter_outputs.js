// The output of a transposed layer as it grows: what has landed on each cell so far, and what padding crops.

import { Cells } from "./cells.js";
import { setAttribute, svgElement } from "./svg.js";

/** @import { ScatterView } from "./scatter_view.js" */
/** @import { ByRole, Cursor, Picture, PlacedGrid } from "./types" */

export class ScatterOutputs {
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
    this.done = 0; // maps
    const inner = Array.from(layerView.arrays.output_cells);
    const all = Array.from(layerView.arrays.cell_outputs, (_, cell) => cell);
    // where each map of each kind of grid begins, and the uncropped cell that each of its cells is
    this.maps = [
      ...this.makeMaps(byRole.uncropped, all),
      ...this.makeMaps(byRole.output, inner),
      ...this.makeMaps(byRole.flat_output.flatMap((grid) => this.parts(grid)), inner),
    ];
    for (const grid of byRole.uncropped) this.drawCrop(grid);
    for (const { x, y, rows, columns } of byRole.matrix) {
      const size = { x: x * picture.cell, y: y * picture.cell, width: columns * picture.cell, height: rows * picture.cell };
      svgElement("rect", { ...size, class: "edge" }, picture.moving);
    }
  }

  /**
   * A column of all outputs as a grid for each map.
   *
   * @param {PlacedGrid} grid
   */
  parts(grid) {
    const { filters, outputs } = this.layerView.loops;
    return Array.from({ length: filters }, (_, filter) => ({ ...grid, y: grid.y + filter * outputs, rows: outputs }));
  }

  /**
   * Cells that fill while a map is stamped, and covers over the maps that are not complete.
   *
   * @param {PlacedGrid[]} grids
   * @param {number[]} cells
   */
  makeMaps(grids, cells) {
    if (!grids.length) return [];
    const covers = grids.map((grid) => this.makeCover(grid));
    /** @type {(number | null | undefined)[]} */
    const shown = new Array(cells.length).fill(undefined);
    return [{ grids, cells, covers, live: new Cells(this.picture, grids[0]), shown }];
  }

  /** @param {PlacedGrid} grid */
  makeCover(grid) {
    const { picture } = this;
    const path = Array.from({ length: grid.rows * grid.columns }, (_, cell) => {
      const { x, y } = picture.box(grid, cell);
      return `M${x} ${y}h${picture.cell}v${picture.cell}h${-picture.cell}z`;
    });
    return svgElement("path", { class: "pending", d: path.join("") }, picture.moving);
  }

  /**
   * Veil the cells that padding crops, frame what is left, and what output_padding added to it.
   *
   * @param {PlacedGrid} grid
   */
  drawCrop(grid) {
    const { picture, layerView } = this;
    const unit = picture.cell;
    const [[top, left], [rows, columns], [down, across]] = [layerView.crop, layerView.outputSize, layerView.outputPadding];
    /** @type {(row: number, column: number) => string} */
    const at = (row, column) => `${(grid.x + column) * unit} ${(grid.y + row) * unit}`;
    /** @type {(row: number, column: number, height: number, width: number) => string} */
    const outline = (row, column, height, width) =>
      `M${at(row, column)} h${width * unit} v${height * unit} h${-width * unit} z`;
    const kept = outline(top, left, rows, columns);
    const whole = outline(0, 0, grid.rows, grid.columns);
    const isCropped = rows < grid.rows || columns < grid.columns;
    if (isCropped) svgElement("path", { class: "cropped", d: whole + kept, "fill-rule": "evenodd" }, picture.moving);
    if (isCropped || down || across) svgElement("path", { class: "kept", d: kept }, picture.moving);
    if (!down && !across) return;
    const [bottom, right] = [top + rows, left + columns];
    const corners = [
      at(bottom - down, left),
      ...(down ? [at(bottom - down, right - across)] : [at(bottom, right - across)]),
      at(top, right - across),
      at(top, right),
      at(bottom, right),
      at(bottom, left),
    ];
    const bars = [
      down ? outline(bottom - down, left, down, columns) : "",
      across ? outline(top, right - across, rows, across) : "",
    ];
    const path = down && across ? `M${corners.join(" L")} Z` : bars.join("");
    svgElement("path", { class: "regained", d: path }, picture.moving);
  }

  /**
   * What it shows of a grid, as a Part says it: of the maps before this one their values, and of those after it none.
   *
   * @param {PlacedGrid} grid
   * @returns {((cell: number) => number | null | undefined) | null}
   */
  heard(grid) {
    const { outputs } = this.layerView.loops;
    const flat = grid.role === "flat_output";
    const map = this.maps.find(({ grids }) => (flat ? grids[0].role === grid.role : grids.includes(grid)));
    if (!map) return null;
    return (cell) => {
      const [filter, at] = flat ? [Math.floor(cell / outputs), cell % outputs] : [map.grids.indexOf(grid), cell];
      if (filter < this.done) return undefined;
      return filter === this.done ? (map.shown[at] ?? null) : null;
    };
  }

  /**
   * Show a step of this layer view.
   *
   * @param {Cursor} cursor
   */
  show(cursor) {
    const isComplete = this.layerView.isComplete(cursor);
    this.done = isComplete ? cursor.filter + 1 : cursor.filter;
    for (const map of this.maps) {
      const last = isComplete ? cursor.filter : cursor.filter - 1;
      map.covers.forEach((cover, filter) => setAttribute(cover, "display", filter > last ? "inline" : "none"));
      setAttribute(map.live.group, "display", isComplete ? "none" : "inline");
      if (isComplete) continue;
      const [first, now] = [map.grids[0], map.grids[cursor.filter]];
      const shift = [(now.x - first.x) * this.picture.cell, (now.y - first.y) * this.picture.cell];
      setAttribute(map.live.group, "transform", `translate(${shift[0]} ${shift[1]})`);
      map.cells.forEach((cell, index) => {
        const value = this.layerView.shown(cursor, cell);
        if (value === map.shown[index]) return;
        map.shown[index] = value;
        map.live.fill(index, value, this.layerView.colorLimits.sums);
      });
    }
  }
}
