// Which value of a window a maximum is: a ring round it, in the window and in the input, once the window is read.

import { colourOf, inkOn } from "./numbers.js";
import { setAttribute, svgElement } from "./svg.js";

export class Chosen {
  constructor(picture, layerView, byRole) {
    Object.assign(this, { picture, layerView, byRole });
    const ring = () => svgElement("circle", { class: "chosen", r: picture.cell * 0.42 }, picture.moving);
    this.rings = "chosen" in layerView.arrays ? [ring(), ring()] : [];
  }

  show(cursor, isNow) {
    const { layerView, byRole } = this;
    if (!this.rings.length) return;
    const tap = layerView.arrays.chosen[cursor.filter * layerView.loops.positions + cursor.position];
    const isRead = isNow && layerView.isComplete(cursor);
    const ground = colourOf(layerView.product(cursor, 0, tap), layerView.ends.products, this.picture.palette);
    this.lay(this.rings[0], byRole.products[cursor.filter], tap, isRead, ground);
    this.lay(this.rings[1], byRole.input[cursor.filter], layerView.read(cursor.position, tap), isRead, ground);
  }

  lay(ring, grid, cell, isShown, ground) {
    setAttribute(ring, "display", isShown ? "inline" : "none");
    setAttribute(ring, "stroke", inkOn(ground));
    const box = this.picture.box(grid, cell);
    ring.setAttribute("cx", box.x + box.width / 2);
    ring.setAttribute("cy", box.y + box.height / 2);
  }
}
