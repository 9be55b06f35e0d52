// The arrow to the output maps of a layer: it stands before the one that is written.

import { setAttributes } from "./svg.js";

/** @import { Arrow, Cursor } from "./types" */

export class ResultArrow {
  /** @param {Arrow} arrow */
  constructor({ sign, maps, places }) {
    this.sign = sign;
    this.maps = maps;
    this.places = places;
    this.filter = -1; // whose map it stands before
  }

  /** @param {Cursor} cursor */
  show({ filter }) {
    if (filter === this.filter) return;
    this.filter = filter;
    const at = this.maps.findIndex(({ channel }) => channel === filter);
    if (at >= 0) setAttributes(this.sign, this.places[at]);
  }
}
