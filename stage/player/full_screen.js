// The whole screen for a page: taken on a click or a key, and left by whoever presses Escape. It stays where one page of a
// lesson is followed by another, for no page may take it of its own accord.

const PRESENTED = ".presenting, .presenting-page"; // what a page is that wants the screen
const NEXT_STAGE = ".stage-root[data-run]"; // has heard whether it is presented
const [LOOK, LOOKS] = [250, 40]; // how often, in ms, and how many times it is looked whether the next page wants it

/**
 * Leave the screen that a page had which is gone, unless the next one has it.
 *
 * @param {number} left looks
 */
function giveScreenBack(left) {
  const { documentElement } = document;
  if (document.fullscreenElement !== documentElement || documentElement.matches(PRESENTED)) return;
  if (left && !document.querySelector(NEXT_STAGE)) setTimeout(() => giveScreenBack(left - 1), LOOK);
  else document.exitFullscreen().catch(() => {});
}

export class FullScreen {
  /** @param {() => void} onLeft is called where somebody else leaves it than this page */
  constructor(onLeft) {
    this.onLeft = onLeft;
    this.isWanted = false;
    this.isFull = false; // whether the page has the whole screen
    this.isLeaving = false; // whether the page itself has asked to leave it, and is not out yet
    this.onChange = () => this.heed();
    document.addEventListener("fullscreenchange", this.onChange);
  }

  destroy() {
    document.removeEventListener("fullscreenchange", this.onChange);
  }

  /** Take the screen for the page, not for a part of it, so that what opens over the page is seen too. */
  take() {
    this.isWanted = true;
    if (this.isLeaving) return; // it is taken again once it is left
    document.documentElement.requestFullscreen?.().catch(() => {}); // refused: then the window is filled
  }

  leave() {
    this.isWanted = false;
    if (!this.isFull || this.isLeaving) return;
    this.isLeaving = true;
    document.exitFullscreen().catch(() => {}); // it may be on its way out
  }

  /** The page is gone: the next one has the screen where it is presented too. */
  handOver() {
    if (this.isFull && this.isWanted) setTimeout(() => giveScreenBack(LOOKS), LOOK);
    this.isFull = this.isWanted = false;
  }

  /** Have the screen that the page before had. */
  inherit() {
    if (document.fullscreenElement === document.documentElement) this.isFull = this.isWanted = true;
  }

  heed() {
    const wasFull = this.isFull;
    this.isFull = document.fullscreenElement === document.documentElement;
    const wasLeaving = this.isLeaving;
    if (!this.isFull) this.isLeaving = false;
    if (this.isFull && !this.isWanted) this.leave(); // it was left again before the screen was there
    else if (wasLeaving && !this.isFull && this.isWanted) this.take();
    else if (wasFull && !this.isFull && this.isWanted) {
      this.isWanted = false;
      this.onLeft();
    }
  }
}
