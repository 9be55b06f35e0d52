// The multiplies so far beside those that the ordinary layer takes: a sentence, and a bar as long as the latter.

import { find } from "./find.js";
import { writeCount } from "./numbers.js";

/** @import { Timeline } from "./timeline.js" */
/** @import { Cursor } from "./types" */

export class Tally {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.sentence = find(element, ".so-far");
    this.done = find(element, ".done");
    this.all = find(element, ".all");
    /** What is played, and how many multiplies the ordinary layer takes. @type {[Timeline, number] | null} */
    this.compared = null;
  }

  /**
   * @param {Timeline} timeline
   * @param {number | undefined} standard is how many multiplies the ordinary layer takes; without it there is no tally
   */
  load(timeline, standard) {
    this.compared = standard === undefined ? null : [timeline, standard];
    this.element.hidden = standard === undefined;
    if (standard !== undefined) this.all.style.width = share(timeline.allMultiplies, standard);
  }

  /** @param {Cursor} cursor */
  show(cursor) {
    if (this.compared === null) return;
    const [timeline, standard] = this.compared;
    const done = timeline.multiplies(cursor);
    const [so, all, ordinary] = [done, timeline.allMultiplies, standard].map(writeCount);
    this.sentence.textContent = `Multiplies so far: ${so} of ${all}; the standard layer: ${ordinary}`;
    this.done.style.width = share(done, standard);
  }
}

/**
 * @param {number} multiplies
 * @param {number} standard
 */
function share(multiplies, standard) {
  return `${Math.min(100, (100 * multiplies) / standard)}%`;
}
