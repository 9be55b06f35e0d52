// Where all filters stand by themselves: what parts the kernels of a filter, and a frame round the one that plays.

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
    for (const { x, y, rows, width } of grids) {
      const starts = Array.from({ length: width / columns - 1 }, (_, kernel) => (x + (kernel + 1) * columns) * cell);
      const d = starts.map((start) => `M${start} ${y * cell} v${rows * cell}`).join(" ");
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
    const { x, y, rows, width } = this.grids[filter];
    setAttributes(this.frame, { x: x * cell, y: y * cell, width: width * cell, height: rows * cell });
  }
}
