// Presenter view: the stage fills the screen, its type grows with it, and the controls hide until they are wanted.

import { find } from "./find.js";

/** @import { Stage } from "./types" */
/** @import { Surroundings } from "./wire" */

const HIDE_AFTER = 2500; // ms without the mouse having moved

export class Presenter {
  static SCALE = 2.4; // how much larger cells and type may be than on a page

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.isOn = false;
    /** What the server was asked for last, until it has heard of it. @type {boolean | undefined} */
    this.asked = undefined;
    this.hiding = 0;
    /** What is made inert, and what is taken out of the order of Tab, behind the stage. @type {Set<HTMLElement>} */
    this.covered = new Set();
    this.additions = new MutationObserver(() => this.cover());
    /** What a key pressed to enter: the focus goes back there. @type {HTMLElement | null} */
    this.opener = null;
    this.isFull = false; // whether the page has the whole screen
    this.heading = find(stage.root, ".heading");
    /** @param {Event} event */
    this.onPresent = (event) => this.toggle(event instanceof CustomEvent ? event.detail : null);
    this.onFullScreen = () => this.heedFullScreen();
    this.onActivity = () => this.showControls();
    document.addEventListener("stage-present", this.onPresent);
    document.addEventListener("fullscreenchange", this.onFullScreen);
    for (const event of ["pointermove", "pointerdown", "focusin"]) stage.root.addEventListener(event, this.onActivity);
  }

  destroy() {
    clearTimeout(this.hiding);
    document.removeEventListener("stage-present", this.onPresent);
    document.removeEventListener("fullscreenchange", this.onFullScreen);
    this.mark(false);
  }

  /** @param {HTMLElement | null} opener is what a key pressed for it */
  toggle(opener = null) {
    this.asked = !this.isOn;
    if (this.asked) {
      this.opener = opener;
      this.fillScreen();
    }
    this.set(this.asked);
    this.stage.send("present", this.asked);
  }

  /** Take the whole screen: the page, not the stage alone, so that what opens over the page is seen too. */
  fillScreen() {
    document.documentElement.requestFullscreen?.().catch(() => {}); // refused: then the window is filled
  }

  /** Who leaves the full screen, as by Escape, leaves presenter view, and the other way round. */
  heedFullScreen() {
    const wasFull = this.isFull;
    this.isFull = document.fullscreenElement === document.documentElement;
    if (this.isFull && !this.isOn) this.leaveScreen(); // it was left again before the screen was there
    else if (wasFull && !this.isFull && this.isOn) this.toggle();
  }

  leaveScreen() {
    if (this.isFull) document.exitFullscreen().catch(() => {}); // it may be on its way out
  }

  /**
   * Say what is presented, and offer what the page has for it.
   *
   * @param {Surroundings} surroundings
   */
  head({ heading, asking }) {
    this.stage.root.classList.toggle("has-controls", Boolean(asking));
    this.heading.hidden = !heading;
    if (!heading) return;
    find(this.heading, "h2").textContent = heading.title;
    find(this.heading, ".layer").textContent = heading.layer;
    find(this.heading, "p").textContent = heading.sentence;
  }

  /** @param {1 | -1} by is the next preset, or the one before */
  stepPreset(by) {
    this.stage.send("preset", by);
  }

  /**
   * Take over what the server says, once it has heard of what was asked for last.
   *
   * @param {boolean | undefined} isOn
   */
  apply(isOn) {
    if (isOn === undefined) return;
    if (this.asked === isOn) this.asked = undefined;
    if (this.asked === undefined) this.set(isOn);
  }

  /** @param {boolean} isOn */
  set(isOn) {
    if (isOn === this.isOn) return;
    this.mark(isOn);
    if (this.stage.timeline) this.stage.redraw(true);
  }

  /** @param {boolean} isOn */
  mark(isOn) {
    this.isOn = isOn;
    this.stage.root.classList.toggle("presenting", isOn);
    document.documentElement.classList.toggle("presenting", isOn);
    if (isOn) return this.cover();
    this.uncover();
    this.leaveScreen();
    this.opener?.focus({ preventScroll: true });
    this.opener = null;
  }

  /**
   * Let Tab and a screen reader reach nothing behind the stage. What lies over the whole page, as a dialog does, stands
   * beside the page's own element in the document, and is left alone.
   */
  cover() {
    this.additions.disconnect();
    /** @type {HTMLElement} */
    let at = this.stage.root;
    for (let around = at.parentElement; around && around !== document.body; around = at.parentElement) {
      for (const beside of around.children) {
        if (beside === at || !(beside instanceof HTMLElement) || beside.inert) continue;
        beside.inert = true;
        this.covered.add(beside);
      }
      if (around.tabIndex >= 0) {
        around.tabIndex = -1; // the page that scrolls is a stop of Tab too
        this.covered.add(around);
      }
      this.additions.observe(around, { childList: true }); // a run of the page may add something
      at = around;
    }
  }

  uncover() {
    this.additions.disconnect();
    for (const one of this.covered) {
      if (one.inert) one.inert = false;
      else one.tabIndex = 0;
    }
    this.covered.clear();
  }

  /** Show the controls for a while. */
  showControls() {
    if (!this.isOn) return;
    this.stage.root.classList.add("controls-shown");
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => this.stage.root.classList.remove("controls-shown"), HIDE_AFTER);
  }
}
