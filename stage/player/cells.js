// A grid whose values come and go: each cell is filled with the value it has now, or pending.

import { colourOf } from "./colors.js";
import { NUMBERS_FROM } from "./fit.js";
import { setAttribute, svgElement } from "./svg.js";

/** @import { Picture, PlacedGrid } from "./types" */

export class Cells {
  /**
   * @param {Picture} picture
   * @param {PlacedGrid} grid
   */
  constructor(picture, grid) {
    this.picture = picture;
    this.grid = grid;
    this.group = svgElement("g", { class: `cells ${grid.role}`, "data-grid": grid.label }, picture.moving);
    this.cells = Array.from({ length: grid.rows * grid.columns }, (_, cell) => {
      const box = picture.box(grid, cell);
      const inset = picture.cell >= 8 ? 0.5 : 0;
      const size = { x: box.x + inset, y: box.y + inset, width: box.width - 2 * inset, height: box.height - 2 * inset };
      return {
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
    const { rect, text } = this.cells[index];
    if (value === null || Number.isNaN(value)) {
      setAttribute(rect, "class", "pending");
      text.textContent = "";
      return;
    }
    const ground = colourOf(value, limit, this.picture.palette);
    setAttribute(rect, "class", "value");
    setAttribute(rect, "fill", ground);
    if (this.picture.cell >= NUMBERS_FROM) this.picture.writeIn(text, this.grid, index, value, ground);
  }
}
