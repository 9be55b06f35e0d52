// One line under the player: what one can do now. It changes with what one does, and no screen reader is told that it has.

import { find } from "./find.js";
import { HINTS } from "./generated_constants.js";
import { hasShortcuts } from "./shortcuts.js";
import { writeText } from "./svg.js";

/** @import { HintedStage } from "./types" */

const SEEN = ["data-pointing", "data-pinned", "data-state", "data-problem", "data-asked", "class"]; // what the stage says of itself
/** What is asked, in the names of sentences. @type {Record<string, string>} */
const ASKED = { sum: ".sum", size: ".size", cells: ".cells" };
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

  /** Whether arrow keys point at cells. */
  get isAtCells() {
    const { pointer } = this.stage;
    return document.activeElement === pointer.overlay && !pointer.isClicked;
  }

  /** What somebody does. */
  doing() {
    const { root, pointer, player, prediction } = this.stage;
    if (!this.editor.hidden) return pointer.refused === null ? "editing" : "refused";
    if (pointer.pinned) return "pinned";
    if (prediction.isOpen) return "predicting";
    if (root.dataset.pointing) return this.isByKeys ? "walked" : "pointed";
    if (player.playing) return "playing";
    if (this.isAtCells) return "keys";
    return root.classList.contains("presenting") ? "presenting" : "idle";
  }

  show() {
    const { pointer, prediction } = this.stage;
    const target = pointer.pinned ?? pointer.target;
    const asked = prediction.isOpen && ASKED[prediction.kind];
    const variants = [asked, this.isTouch && ".touch", this.isSilent && ".silent", target && this.stage.editable(target) && ".editable", this.isAtCells && ".keys"];
    let key = this.doing();
    for (const variant of variants) if (variant && key + variant in HINTS) key += variant;
    const text = this.stage.player.disabled ? "" : HINTS[key];
    writeText(this.line, text);
  }
}
