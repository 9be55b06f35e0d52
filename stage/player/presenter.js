// Presenter view: the stage fills the screen, its type grows with it, and the controls hide until they are wanted.

import { findOf } from "./find.js";

/** @import { Stage } from "./types" */

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
    this.keys = findOf(stage.root, "dialog.keys", HTMLDialogElement);
    this.keys.addEventListener("click", () => this.keys.close());
    this.keys.addEventListener("keydown", (event) => {
      if (!["Escape", "?"].includes(event.key)) return;
      event.preventDefault(); // the browser would close it a moment later, and the next key would be lost on it
      event.stopPropagation();
      this.keys.close();
      const active = document.activeElement;
      if (active instanceof HTMLElement && this.keys.contains(active)) active.blur();
    });
    this.onPresent = () => this.toggle();
    this.onActivity = () => this.showControls();
    document.addEventListener("stage-present", this.onPresent);
    for (const event of ["pointermove", "pointerdown", "focusin"]) stage.root.addEventListener(event, this.onActivity);
  }

  destroy() {
    clearTimeout(this.hiding);
    document.removeEventListener("stage-present", this.onPresent);
    this.mark(false);
  }

  toggle() {
    this.asked = !this.isOn;
    this.set(this.asked);
    this.stage.send("present", this.asked);
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
  }

  /** Show the controls for a while. */
  showControls() {
    if (!this.isOn) return;
    this.stage.root.classList.add("controls-shown");
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => this.stage.root.classList.remove("controls-shown"), HIDE_AFTER);
  }

  showKeys() {
    this.keys.showModal();
  }
}
