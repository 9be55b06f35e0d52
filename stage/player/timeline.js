// The timeline: a step number and a granularity name a cursor, which is a place in one of the layer views.

import { LAYER_VIEWS } from "./layer_views.js";

/** All layer views, one after the other. */
export class Timeline {
  constructor(recorded) {
    this.layerViews = recorded.map((layer, index) => new LAYER_VIEWS[layer.kind].View({ ...layer, index }));
  }

  /** What one step can be. */
  get granularities() {
    return LAYER_VIEWS[this.layerViews[0].kind].granularities;
  }

  count(granularity) {
    return this.layerViews.reduce((sum, layerView) => sum + layerView.count(granularity), 0);
  }

  cursorAt(granularity, step) {
    let left = step;
    for (const layerView of this.layerViews) {
      if (left < layerView.count(granularity)) return layerView.cursorAt(granularity, left);
      left -= layerView.count(granularity);
    }
    return this.layerViews[this.layerViews.length - 1].end;
  }

  stepAt(granularity, cursor) {
    const before = this.layerViews.slice(0, cursor.layer).reduce((sum, layerView) => sum + layerView.count(granularity), 0);
    return before + this.layerViews[cursor.layer].stepAt(granularity, cursor);
  }

  /** How many multiplies are done at a cursor, and how many there are. */
  multiplies(cursor) {
    const before = this.layerViews.slice(0, cursor.layer).reduce((sum, layerView) => sum + layerView.count("tap"), 0);
    return before + this.layerViews[cursor.layer].multiplies(cursor);
  }

  /** What tells one shape of timeline from another. */
  get shape() {
    return JSON.stringify(this.layerViews.map((layerView) => [layerView.kind, layerView.loops]));
  }
}
