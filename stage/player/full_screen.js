// The whole screen for a page: taken on a click or a key, and left by whoever presses Escape.

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
    this.leave();
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
