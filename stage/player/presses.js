// The presses that the server is told of: an answer to an earlier one says what was, and is not heeded.

export class Presses {
  constructor() {
    /** The last one. @type {number | undefined} */
    this.last = undefined;
  }

  /** The number of one more press, which no other has, of this page or of an earlier one. */
  next() {
    this.last = Math.max(Date.now(), (this.last ?? 0) + 1);
    return this.last;
  }

  /**
   * Whether an answer of the server knows of the last press.
   *
   * @param {number | undefined} heard is the last press that the server had heard of
   */
  areHeard(heard) {
    return this.last === undefined || heard === this.last;
  }
}
