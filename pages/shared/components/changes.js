// Undo, redo, back to the preset: the buttons, the keys, and the preset that is chosen once more.

/** @import { Component } from "./component" */

/** @typedef {"undo" | "redo" | "reset"} Press */
/** @typedef {{ back: number, on: number, isPreset: boolean, heard: [buttons: string, presses: number] }} Data */

const TYPED_IN = "input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]";
const DIALOG = "[role=dialog], dialog[open]";
const PRESET = ".st-key-preset input";

/** What the buttons are called where presses are counted, and those that the server has yet to hear of. */
class Unheard {
  constructor() {
    this.buttons = String(Math.random());
    this.first = 0;
    /** @type {Press[]} */
    this.presses = [];
  }

  /** @param {Data} data */
  hear({ heard: [buttons, count] }) {
    if (buttons !== this.buttons) return;
    this.presses.splice(0, count - this.first);
    this.first = count;
  }

  /**
   * What can be done once all presses are heard.
   *
   * @param {Data} data
   * @returns {Record<Press, boolean>}
   */
  possible({ back, on, isPreset }) {
    for (const press of this.presses) {
      if (press === "reset") [back, on, isPreset] = [back + 1, 0, true];
      else [back, on, isPreset] = press === "undo" ? [back - 1, on + 1, false] : [back + 1, on - 1, false];
    }
    return { undo: back > 0, redo: on > 0, reset: !isPreset };
  }
}

/** @type {WeakMap<Element, Unheard>} */
const kept = new WeakMap();

/** @param {Component<Data>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const toolbar = parentElement.querySelector(".changes");
  if (!toolbar) return;
  const unheard = kept.get(toolbar) ?? new Unheard();
  kept.set(toolbar, unheard);
  unheard.hear(data);
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = toolbar.querySelectorAll("button");
  const pressOf = (/** @type {HTMLButtonElement} */ button) => /** @type {Press} */ (button.dataset.press);

  function show() {
    const possible = unheard.possible(data);
    for (const button of buttons) button.setAttribute("aria-disabled", String(!possible[pressOf(button)]));
  }

  /** @param {Press} press */
  function push(press) {
    if (!unheard.possible(data)[press]) return;
    unheard.presses.push(press);
    show();
    document.dispatchEvent(new CustomEvent("stage-changes")); // its picture is not ahead of what the server says now
    setTriggerValue("pressed", { buttons: unheard.buttons, first: unheard.first, presses: [...unheard.presses] });
  }

  for (const button of buttons) button.onclick = () => push(pressOf(button));
  show();

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return;
    if (event.key === "Enter" && target.matches(PRESET)) {
      chooseAgain(document.getElementById(target.getAttribute("aria-activedescendant") ?? ""));
    }
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
    if (target.closest(TYPED_IN) || document.querySelector(DIALOG)) return;
    event.preventDefault(); // the browser may undo what was typed in a field that was left
    push(key === "y" || event.shiftKey ? "redo" : "undo");
  }

  /** @param {PointerEvent} event */
  function onPointer({ target }) {
    if (target instanceof Element) chooseAgain(target.closest("[role=option]"));
  }

  /**
   * Streamlit says nothing of an option that is chosen already.
   *
   * @param {Element | null} option
   */
  function chooseAgain(option) {
    const list = option?.closest("[role=listbox]")?.id;
    if (!list || option.getAttribute("aria-selected") !== "true") return;
    if (document.querySelector(PRESET)?.getAttribute("aria-controls") === list) push("reset");
  }

  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerup", onPointer, true); // the list is closed before the click
  return () => {
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("pointerup", onPointer, true);
  };
}
