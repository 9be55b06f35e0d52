// One drawing of what is played: the picture, what moves over it, and its arithmetic. The stage has one, and each picture
// that is taken away another.

import { LAYER_VIEWS } from "./layer_views.js";
import { Picture } from "./picture.js";

export class Drawing {
  /** `overlay` is the SVG to draw in, `room` the element for the arithmetic; `ground` and `plot` as a Picture takes them. */
  constructor(overlay, room, ground = null, plot = null) {
    this.picture = new Picture(overlay, ground, plot);
    this.room = room;
  }

  /** Draw anew, as a Picture does; nothing moves yet. */
  draw(data, timeline, theme, width, height, scale) {
    const { picture } = this;
    this.timeline = timeline;
    picture.draw(data, timeline, theme, width, height, scale);
    const drawn = timeline.layerViews.map((layerView) =>
      LAYER_VIEWS[layerView.kind].draw(picture, layerView, picture.gridsOf(layerView.index)),
    );
    this.parts = drawn.map((one) => one.parts);
    this.links = drawn.map((one) => one.links);
    this.equations = timeline.layerViews.map((layerView, index) => this.makeEquation(layerView, this.links[index]));
  }

  /** The lines of one layer view's arithmetic; those of the one that plays are shown. */
  makeEquation(layerView, links) {
    const lines = document.createElement("div");
    const equation = new LAYER_VIEWS[layerView.kind].Equation(lines, layerView, links);
    return Object.assign(equation, { lines });
  }

  /** Show a step: all that moves, and its arithmetic. */
  show(cursor) {
    this.timeline.layerViews.forEach((layerView, index) => {
      const isNow = index === cursor.layer;
      const own = isNow ? cursor : index < cursor.layer ? layerView.end : layerView.start;
      for (const part of this.parts[index]) part.show(own, isNow);
    });
    this.showEquation(cursor);
  }

  showEquation(cursor) {
    this.equation = this.equations[cursor.layer];
    if (this.room.firstChild !== this.equation.lines) this.room.replaceChildren(this.equation.lines);
    this.equation.show(cursor);
  }

  unlight() {
    for (const links of this.links) links.clear();
  }

  /** Light what belongs to a cell while a step is shown; returns what the layer views that it belongs to say of it. */
  light(target, cursor) {
    this.unlight();
    return this.layerViewsOf(target)
      .map((layerView) => this.links[layerView.index].show(target, layerView.index === cursor.layer ? cursor : layerView.end))
      .join("; ");
  }

  /** The layer views that a grid is part of: two where one's output is the other's input. */
  layerViewsOf({ grid }) {
    return this.timeline.layerViews.filter((layerView) => {
      const belongs = grid.role === "middle" ? [grid.layer - 1, grid.layer] : [grid.layer];
      return belongs.includes(layerView.index);
    });
  }

  /** The finished computation of a cell of an output, or null of any other cell. */
  outputCursor(target, cursor) {
    for (const layerView of this.layerViewsOf(target)) {
      const { role, filter, position } = this.links[layerView.index].meaning(target, cursor);
      if (role === "output" && position >= 0) return layerView.outputCursor(filter, position);
    }
    return null;
  }
}
