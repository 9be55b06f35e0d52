// A grid whose values come and go: each cell is filled with the value it has now, or pending.

import { colourOf } from "./colors.js";
import { setAttribute, svgElement, writeText } from "./svg.js";

/** @import { CellGrid, CellPlace, PlacedGrid } from "./types" */

/** @template {CellGrid} [Grid=PlacedGrid] */
export class Cells {
  /**
   * @param {CellPlace<Grid>} place
   * @param {Grid} grid
   */
  constructor(place, grid) {
    this.place = place;
    this.grid = grid;
    this.group = svgElement("g", { class: `cells ${grid.role}`, "data-grid": grid.label }, place.moving);
    this.cells = Array.from({ length: grid.rows * grid.columns }, (_, cell) => {
      const box = place.box(grid, cell);
      const inset = box.width >= 8 ? 0.5 : 0;
      const size = { x: box.x + inset, y: box.y + inset, width: box.width - 2 * inset, height: box.height - 2 * inset };
      return {
        value: /** @type {number | null} */ (null),
        rect: svgElement("rect", { ...size, class: "pending" }, this.group),
        text: svgElement("text", { class: "number" }, this.group),
      };
    });
  }

  /**
   * Colour and write a cell; null or NaN leaves it pending.
   *
   * @param {number} index
   * @param {number | null} value
   * @param {number} limit of its colour scale
   */
  fill(index, value, limit) {
    if (value === null || Number.isNaN(value)) return this.empty(index, "pending");
    this.paint(index, value, colourOf(value, limit, this.place.palette));
  }

  /**
   * Write a cell on a ground of that colour.
   *
   * @param {number} index
   * @param {number} value
   * @param {string} ground
   */
  paint(index, value, ground) {
    const { rect, text } = this.cells[index];
    this.cells[index].value = value;
    setAttribute(rect, "class", "value");
    setAttribute(rect, "fill", ground);
    if (this.place.hasNumbers) this.place.writeIn(text, this.grid, index, value, ground);
  }

  /**
   * Leave a cell without a value: pending, or away where there is no such cell at this step.
   *
   * @param {number} index
   * @param {"pending" | "away"} how
   */
  empty(index, how) {
    const { rect, text } = this.cells[index];
    this.cells[index].value = null;
    setAttribute(rect, "class", how);
    writeText(text, "");
  }
}
