// Which value of a window a maximum is: a ring round it, in the window and in the input, once the window is read.

import { colourOf, inkOn } from "./colors.js";
import { setAttribute, setAttributes, svgElement } from "./svg.js";

/** @import { ByRole, Cursor, Picture, PlacedGrid } from "./types" */
/** @import { WindowsView } from "./windows_view.js" */

export class ChosenRing {
  /**
   * @param {Picture} picture
   * @param {WindowsView} layerView
   * @param {ByRole} byRole
   */
  constructor(picture, layerView, byRole) {
    this.picture = picture;
    this.layerView = layerView;
    this.byRole = byRole;
    const ring = () => svgElement("circle", { class: "chosen", r: picture.cell * 0.42 }, picture.moving);
    this.rings = layerView.arrays.chosen ? [ring(), ring()] : [];
  }

  /**
   * @param {Cursor} cursor
   * @param {boolean} isNow
   */
  show(cursor, isNow) {
    const { layerView, byRole } = this;
    if (!this.rings.length) return;
    const tap = layerView.value("chosen", cursor.filter * layerView.loops.positions + cursor.position);
    const isRead = isNow && layerView.isComplete(cursor);
    const ground = colourOf(layerView.product(cursor, 0, tap), layerView.colorLimits.products, this.picture.palette);
    this.lay(this.rings[0], byRole.products[cursor.filter], tap, isRead, ground);
    this.lay(this.rings[1], byRole.input[cursor.filter], layerView.read(cursor.position, tap), isRead, ground);
  }

  /**
   * @param {Element} ring
   * @param {PlacedGrid} grid
   * @param {number} cell
   * @param {boolean} isShown
   * @param {string} ground
   */
  lay(ring, grid, cell, isShown, ground) {
    setAttribute(ring, "display", isShown ? "inline" : "none");
    setAttribute(ring, "stroke", inkOn(ground));
    const box = this.picture.box(grid, cell);
    setAttributes(ring, { cx: box.x + box.width / 2, cy: box.y + box.height / 2 });
  }
}
