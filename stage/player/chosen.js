// Which value of a window a maximum is: a ring round it, in the window and in the input, once the window is read.

class Chosen {
  constructor(picture, steps, byRole) {
    Object.assign(this, { picture, steps, byRole });
    const ring = () => svgElement("circle", { class: "chosen", r: picture.cell * 0.42 }, picture.moving);
    this.rings = "chosen" in steps.arrays ? [ring(), ring()] : [];
  }

  show(place, isNow) {
    const { steps, byRole } = this;
    if (!this.rings.length) return;
    const tap = steps.arrays.chosen[place.filter * steps.loops.positions + place.position];
    const isRead = isNow && steps.isComplete(place);
    const ground = colourOf(steps.product(place, 0, tap), steps.ends.products, this.picture.palette);
    this.lay(this.rings[0], byRole.products[place.filter], tap, isRead, ground);
    this.lay(this.rings[1], byRole.input[place.filter], steps.read(place.position, tap), isRead, ground);
  }

  lay(ring, grid, cell, isShown, ground) {
    setAttribute(ring, "display", isShown ? "inline" : "none");
    setAttribute(ring, "stroke", inkOn(ground));
    const box = this.picture.box(grid, cell);
    ring.setAttribute("cx", box.x + box.width / 2);
    ring.setAttribute("cy", box.y + box.height / 2);
  }
}
