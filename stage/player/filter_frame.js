// Where all filters stand by themselves: what parts the kernels of a filter, and a frame round the one that plays.

import { sliceCorner, sliceRows } from "./slices.js";
import { setAttribute, setAttributes, svgElement } from "./svg.js";

/** @import { ByRole, Cursor, LayerView, Picture } from "./types" */

export class FilterFrame {
  /**
   * @param {Picture} picture
   * @param {LayerView} layerView
   * @param {ByRole} byRole
   */
  constructor(picture, layerView, { filter: grids }) {
    this.picture = picture;
    this.grids = grids;
    this.shown = ""; // what the frame is round
    const { cell } = picture;
    const columns = layerView.kernelSize[1];
    for (const grid of grids) {
      const corners = Array.from({ length: grid.slices }, (_, slice) => sliceCorner(grid, slice));
      const starts = Array.from({ length: grid.columns / columns - 1 }, (_, kernel) => (kernel + 1) * columns);
      const lines = corners.flatMap(({ x, y }) => starts.map((start) => [(grid.x + x + start) * cell, (grid.y + y) * cell]));
      const d = lines.map(([x, y]) => `M${x} ${y} v${sliceRows(grid) * cell}`).join(" ");
      if (d) svgElement("path", { class: "parting", d }, picture.still);
    }
    this.frame = grids.length ? svgElement("rect", { class: "cursor-filter" }, picture.moving) : null;
  }

  /**
   * @param {Cursor} cursor
   * @param {boolean} isNow
   */
  show({ filter }, isNow) {
    const shown = isNow ? `${filter}` : "";
    if (!this.frame || shown === this.shown) return;
    this.shown = shown;
    setAttribute(this.frame, "display", isNow ? "inline" : "none");
    const { cell } = this.picture;
    const { x, y, height, width } = this.grids[filter];
    setAttributes(this.frame, { x: x * cell, y: y * cell, width: width * cell, height: height * cell });
  }
}
