// One line under the player: what one can do now. It changes with what one does, and no screen reader is told that it has.

import { find } from "./find.js";
import { HINTS } from "./generated_constants.js";
import { hasShortcuts } from "./shortcuts.js";

/** @import { HintedStage } from "./types" */

const SEEN = ["data-pointing", "data-pinned", "data-state", "data-problem", "class"]; // what the stage says of itself
const HEARD = ["pointerdown", "pointermove", "keydown", "focusin", "focusout", "change"];

export class Hint {
  /** @param {HintedStage} stage */
  constructor(stage) {
    this.stage = stage;
    this.line = find(stage.root, ".hint");
    this.editor = find(stage.root, ".editor");
    this.isTouch = matchMedia("(hover: none)").matches;
    this.isByKeys = false; // whether a key has pointed last
    this.changes = new MutationObserver(() => this.show());
    this.changes.observe(stage.root, { attributeFilter: SEEN });
    this.changes.observe(this.editor, { attributeFilter: ["hidden"] });
    /** @param {Event} event */
    this.onEvent = (event) => this.hear(event);
    for (const type of HEARD) document.addEventListener(type, this.onEvent);
    for (const type of ["focus", "blur"]) window.addEventListener(type, this.onEvent);
  }

  destroy() {
    this.changes.disconnect();
    for (const type of HEARD) document.removeEventListener(type, this.onEvent);
    for (const type of ["focus", "blur"]) window.removeEventListener(type, this.onEvent);
  }

  /** @param {Event} event */
  hear(event) {
    if (event instanceof PointerEvent) {
      this.isTouch = event.pointerType === "touch";
      this.isByKeys = false;
    } else if (event instanceof KeyboardEvent) this.isByKeys = true;
    this.show();
  }

  /** Whether keys of one character play. */
  get isSilent() {
    const active = document.activeElement ?? document.body;
    const isHere = active === document.body || this.stage.root.contains(active);
    return !hasShortcuts() || !isHere || (window.parent !== window && !document.hasFocus());
  }

  /** What somebody does. */
  doing() {
    const { root, pointer, player } = this.stage;
    if (!this.editor.hidden) return pointer.refused === null ? "editing" : "refused";
    if (pointer.pinned) return "pinned";
    if (root.dataset.pointing) return this.isByKeys ? "walked" : "pointed";
    if (player.playing) return "playing";
    if (document.activeElement === pointer.overlay && !pointer.isClicked) return "keys";
    return root.classList.contains("presenting") ? "presenting" : "idle";
  }

  show() {
    const { pointer } = this.stage;
    const target = pointer.pinned ?? pointer.target;
    const variants = [this.isTouch && ".touch", this.isSilent && ".silent", target && this.stage.editable(target) && ".editable"];
    let key = this.doing();
    for (const variant of variants) if (variant && key + variant in HINTS) key += variant;
    const text = this.stage.player.disabled ? "" : HINTS[key];
    if (this.line.textContent !== text) this.line.textContent = text;
  }
}
