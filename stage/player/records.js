// Records of layers that the player asks the server for itself, by the address of their link: few at a time, and the last
// ones are kept, so that what was fetched before it was wanted is there at once.

/** @import { Stage, Unplayable } from "./wire" */

/** @typedef {Stage | Unplayable} Answer */

const MOST_KEPT = 24;
const MOST_KEPT_CHARACTERS = 8_000_000;
const MOST_UNDER_WAY = 3;
const ANSWERED_WITHIN = 5_000; // ms; a run of the page has brought the record by then
const REFUSED = [400, 414]; // this link, and no other
const PAUSE = 30_000; // ms without asking, once an answer failed to come

export class Records {
  constructor() {
    /** What was answered, the oldest first. @type {Map<string, { answer: Answer, characters: number }>} */
    this.kept = new Map();
    /** @type {Map<string, Promise<Answer | null>>} */
    this.underWay = new Map();
    this.pausedUntil = -Infinity;
  }

  /**
   * What was answered before.
   *
   * @param {string} address
   */
  known(address) {
    return this.kept.get(address)?.answer;
  }

  /**
   * What the server answers; null where it cannot be asked, and then the page goes the way it would go without this.
   *
   * @param {string} address
   * @param {() => boolean} [isPast] whether the answer is wanted no more; it is not asked for then
   */
  async ask(address, isPast = () => false) {
    const known = this.known(address);
    if (known) return known;
    while (this.underWay.size >= MOST_UNDER_WAY && !this.underWay.has(address)) {
      await Promise.race(this.underWay.values());
      if (isPast()) return null;
    }
    if (performance.now() < this.pausedUntil) return null;
    return this.underWay.get(address) ?? this.fetch(address);
  }

  /**
   * Ask for what may be wanted next, unless enough is under way.
   *
   * @param {string} address
   */
  async prefetch(address) {
    if (this.underWay.size < MOST_UNDER_WAY - 1) await this.ask(address);
  }

  /** @param {string} address */
  fetch(address) {
    const answered = this.answer(address).finally(() => this.underWay.delete(address));
    this.underWay.set(address, answered);
    return answered;
  }

  /**
   * @param {string} address
   * @returns {Promise<Answer | null>}
   */
  async answer(address) {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(ANSWERED_WITHIN) });
      if (REFUSED.includes(response.status)) return null;
      if (!response.ok) throw new Error(`${response.status}`);
      const text = await response.text();
      /** @type {Answer} */
      const answer = JSON.parse(text);
      this.keep(address, answer, text.length);
      return answer;
    } catch {
      this.pausedUntil = performance.now() + PAUSE; // a proxy without the route, or a server that is gone
      return null;
    }
  }

  /**
   * @param {string} address
   * @param {Answer} answer
   * @param {number} characters
   */
  keep(address, answer, characters) {
    this.kept.set(address, { answer, characters });
    let all = [...this.kept.values()].reduce((sum, one) => sum + one.characters, 0);
    for (const [oldest, one] of this.kept) {
      if (this.kept.size <= MOST_KEPT && all <= MOST_KEPT_CHARACTERS) break;
      this.kept.delete(oldest);
      all -= one.characters;
    }
  }
}
