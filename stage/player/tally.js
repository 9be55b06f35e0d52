// The multiplies so far beside those that the ordinary layer takes: a sentence, and a bar as long as the latter.

export class Tally {
  constructor(element) {
    this.element = element;
    const find = (name) => element.querySelector(name);
    Object.assign(this, { sentence: find(".so-far"), done: find(".done"), all: find(".all") });
  }

  /** `standard` is how many multiplies the ordinary layer takes; without it there is no tally. */
  load(timeline, standard) {
    this.element.hidden = standard === undefined;
    Object.assign(this, { timeline, standard });
    if (standard === undefined) return;
    this.total = timeline.count("tap");
    this.all.style.width = this.share(this.total);
  }

  share(multiplies) {
    return `${Math.min(100, (100 * multiplies) / this.standard)}%`;
  }

  show(cursor) {
    if (this.standard === undefined) return;
    const done = this.timeline.multiplies(cursor);
    const [so, all, standard] = [done, this.total, this.standard].map((count) => count.toLocaleString("en"));
    this.sentence.textContent = `Multiplies so far: ${so} of ${all}; the standard layer: ${standard}`;
    this.done.style.width = this.share(done);
  }
}
