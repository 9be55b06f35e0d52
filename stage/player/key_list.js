// The list of keys: what each does on this page, and the switch for those of one character.

import { find, findOf } from "./find.js";
import { hasShortcuts, setShortcuts } from "./shortcuts.js";

/** @import { StepKind } from "./types" */

export class KeyList {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.dialog = findOf(root, "dialog.keys", HTMLDialogElement);
    this.granularities = find(this.dialog, ".granularity-keys");
    this.shortcuts = findOf(this.dialog, "[data-control=shortcuts]", HTMLInputElement);
    this.shortcuts.addEventListener("change", () => setShortcuts(this.shortcuts.checked));
    this.dialog.addEventListener("click", ({ target }) => {
      if (!(target instanceof Element && target.closest("label"))) this.dialog.close();
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (!["Escape", "?"].includes(event.key)) return;
      event.preventDefault(); // the browser would close it a moment later, and the next key would be lost on it
      event.stopPropagation();
      this.dialog.close();
      const active = document.activeElement;
      if (active instanceof HTMLElement && this.dialog.contains(active)) active.blur();
    });
  }

  /**
   * Say what a step can be on this page, and whether anything can be changed on it.
   *
   * @param {StepKind[]} granularities
   * @param {boolean} isEditable
   */
  load(granularities, isEditable) {
    this.granularities.replaceChildren(
      ...granularities.flatMap(({ means }, index) => {
        const [key, does] = [document.createElement("dt"), document.createElement("dd")];
        key.textContent = String(index + 1);
        does.textContent = means;
        return [key, does];
      }),
    );
    for (const one of this.dialog.querySelectorAll(".edit-key")) one.toggleAttribute("hidden", !isEditable);
  }

  show() {
    this.shortcuts.checked = hasShortcuts();
    this.dialog.showModal();
  }
}
