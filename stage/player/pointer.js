// Pointing, pinning, walking with the keyboard, and editing a value where it stands.

import { markRefused, nameEditor } from "./editor_name.js";

/** @import { Editable, Stage, Target } from "./types" */

/**
 * Rows and columns that a key walks.
 *
 * @type {Record<string, [rows: number, columns: number]>}
 */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Pointer {
  /**
   * @param {Stage} stage
   * @param {SVGElement} overlay that is pointed at
   * @param {HTMLInputElement} editor of a value
   */
  constructor(stage, overlay, editor) {
    this.stage = stage;
    this.overlay = overlay;
    this.editor = editor;
    /** What is pinned, and where arrow keys walk from. @type {Target | null} */
    this.pinned = null;
    /** @type {Target | null} */
    this.walking = null;
    /** What is pointed at; undefined where that has to be shown anew. @type {Target | null | undefined} */
    this.target = undefined;
    /** What is being edited: as it was when that began, whatever is drawn since. @type {{ target: Target, value: Editable } | null} */
    this.editing = null;
    /** The last edit, until it is known whether it was refused. @type {{ target: Target, text: string } | null} */
    this.committed = null;
    /** The text that was refused and stands in the editor again. @type {string | null} */
    this.refused = null;
    this.isClicked = false; // whether the overlay has the focus from a click, not from the keyboard
    this.isWalking = true; // whether arrow keys on the overlay walk; if not, they are the player's
    overlay.addEventListener(
      "pointermove",
      (event) => event.pointerType !== "touch" && !this.isBusy && this.pointAt(this.under(event)),
    );
    overlay.addEventListener(
      "pointerleave",
      (event) => event.pointerType !== "touch" && !this.isBusy && this.pointAt(null),
    );
    overlay.addEventListener("focus", () => {
      this.isClicked = false;
      this.isWalking = true;
    });
    overlay.addEventListener("click", (event) => {
      this.pin(this.under(event));
      // a finger that lets go is over nothing, and a mouse still over the cell
      if (!this.pinned && event instanceof PointerEvent && event.pointerType === "touch") this.pointAt(null);
      this.isClicked = true;
      this.isWalking = this.pinned !== null;
    });
    overlay.addEventListener("dblclick", (event) => this.openEditor(this.under(event)));
    overlay.addEventListener("keydown", (event) => this.key(event));
    overlay.addEventListener("blur", () => !this.pinned && this.pointAt(null));
    editor.addEventListener("keydown", (event) => this.editorKey(event));
    editor.addEventListener("blur", () => (editor.value === this.refused ? this.closeEditor() : this.commit()));
  }

  /** Whether a mouse that passes over the stage points at nothing: a cell is pinned, or the player plays. */
  get isBusy() {
    return this.pinned !== null || this.stage.player.playing;
  }

  /** @param {MouseEvent} event */
  under(event) {
    if (this.stage.player.disabled) return null;
    const box = this.overlay.getBoundingClientRect();
    return this.stage.cellAt(event.clientX - box.left, event.clientY - box.top);
  }

  /**
   * @param {Target | null} one
   * @param {Target | null} other
   */
  isSame(one, other) {
    return one !== null && other !== null && one.grid.index === other.grid.index && one.cell === other.cell;
  }

  /** @param {Target | null} target */
  pointAt(target) {
    if (target === this.target || this.isSame(target, this.target ?? null)) return;
    if (target) this.stage.player.pause(); // what is meant to be looked at stands still
    this.target = target;
    this.walking = target ?? this.walking;
    this.stage.point(target, this.pinned !== null);
  }

  /** @param {Target | null} target */
  pin(target) {
    if (target && this.stage.prediction.takesTap(target)) return;
    this.pinned = this.isSame(target, this.pinned) ? null : target;
    this.target = undefined;
    this.pointAt(target);
  }

  letGo() {
    this.pinned = null;
    this.isWalking = !this.isClicked;
    this.closeEditor();
    this.pointAt(null);
  }

  /** After a new picture: the same cell of the same grid, where there still is one. */
  restore() {
    /** @type {(target: Target | null) => Target | null} */
    const renew = (target) => {
      if (!target) return null;
      const grid = this.stage.picture.grids[target.grid.index];
      return grid &&
        grid.role === target.grid.role &&
        grid.columns === target.grid.columns &&
        target.cell < grid.rows * grid.columns
        ? { ...target, grid }
        : null;
    };
    this.pinned = renew(this.pinned);
    this.walking = renew(this.walking);
    this.target = undefined;
    this.stage.point(this.pinned, this.pinned !== null);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (this.stage.player.disabled) return;
    const by = ARROWS[event.key];
    if (by && this.isWalking) this.walk(by[0], by[1]);
    else if (event.key === "Enter" && this.walking) this.pin(this.walking);
    else if (event.key.toLowerCase() === "e" && this.walking) this.openEditor(this.walking);
    else return;
    event.preventDefault();
  }

  /**
   * Move the pointed cell; past a grid's edge, on to the next grid in that direction that is level with it.
   *
   * @param {number} rows
   * @param {number} columns
   */
  walk(rows, columns) {
    const { picture } = this.stage;
    const from = this.walking;
    if (!from) return this.move({ grid: picture.grids[0], cell: 0 });
    const at = picture.box(from.grid, from.cell);
    for (let far = 1; far <= Math.max(picture.arrangement.width, picture.arrangement.height); far++) {
      const next = picture.cellAt(
        at.x + (columns * far + 0.5) * picture.cell,
        at.y + (rows * far + 0.5) * picture.cell,
      );
      if (next) return this.move(next);
    }
    this.move(from); // nothing further that way
  }

  /** @param {Target} target */
  move(target) {
    this.pinned = null;
    this.walking = target;
    this.pointAt(target);
  }

  /** @param {Target | null} target */
  openEditor(target) {
    const value = target && this.stage.editable(target);
    if (!value) return;
    this.stage.player.pause();
    const { editor } = this;
    const box = this.stage.picture.box(target.grid, target.cell);
    const width = Math.max(box.width, 56);
    Object.assign(editor.style, {
      left: `${box.x + (box.width - width) / 2}px`,
      top: `${box.y + box.height / 2 - 16}px`,
      width: `${width}px`,
    });
    this.editing = { target, value };
    nameEditor(editor, this.stage.picture.labels[target.grid.index]?.textContent ?? target.grid.label, value);
    markRefused(editor, false);
    editor.value = String(value.value);
    editor.hidden = false;
    editor.focus();
    editor.select();
  }

  /** @param {KeyboardEvent} event */
  editorKey(event) {
    if (event.key === "Enter") this.commit();
    else if (event.key === "Escape") this.closeEditor();
    else return;
    event.preventDefault();
    this.overlay.focus({ preventScroll: true });
  }

  commit() {
    if (!this.editing) return;
    const { target, value } = this.editing;
    const text = this.editor.value;
    if (text !== String(value.value)) {
      this.committed = { target, text };
      this.stage.edit(value, text);
      this.refused = null;
    }
    this.closeEditor();
  }

  /** The last edit was refused: open it again with what was typed. */
  reopen() {
    if (!this.committed) return;
    const { target, text } = this.committed;
    this.committed = null;
    this.openEditor(target);
    this.editor.value = text;
    this.refused = text;
    markRefused(this.editor, true);
  }

  closeEditor() {
    this.editing = null;
    this.editor.hidden = true;
    if (this.refused === null) return;
    this.refused = null;
    this.stage.withdrawEdit();
  }
}
