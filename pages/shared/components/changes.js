// Undo, redo, back to the preset or to the lesson: the buttons, the keys, and the preset that is chosen once more.

/** @import { Component } from "./component" */

/** @typedef {"undo" | "redo" | "reset" | "preset"} Press */
/** @typedef {{ back: number, on: number, isLesson: boolean, isStart: boolean, isPreset: boolean, heard: [toolbar: string, presses: number] }} Data */

const TYPED_IN = "input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]";
const NUMBER = "input[type=number]";
const DIALOG = "[role=dialog], dialog[open]";
const PRESET = ".st-key-preset input";

class Changes {
  /** @param {Element} toolbar */
  constructor(toolbar) {
    this.toolbar = toolbar;
    /** What the server knows these buttons by, and counts their presses under. */
    this.name = String(Math.random());
    this.first = 0;
    /** The presses that it is not known to have heard of. @type {Press[]} */
    this.presses = [];
    /** @type {Data} */
    this.data = { back: 0, on: 0, isLesson: false, isStart: true, isPreset: true, heard: ["", 0] };
    /** @type {Component<Data>["setTriggerValue"]} */
    this.send = () => {};
    this.buttons = [...toolbar.querySelectorAll("button")];
    for (const button of this.buttons) button.onclick = () => this.push(pressOf(button));
    this.listening = new AbortController();
    /** The number box in which something is being typed, and what it said before. @type {{ box: HTMLInputElement, before: string } | null} */
    this.typing = null;
    this.listen("beforeinput", (event) => this.type(event));
    this.listen("focusout", () => this.typing = null); // a box that is left says its number
    this.listen("keydown", (event) => event instanceof KeyboardEvent && this.key(event));
    // a list is closed before the click
    this.listen("pointerup", ({ target }) => target instanceof Element && this.chooseAgain(target.closest("[role=option]")));
  }

  /**
   * Listen as long as the buttons are on the page: the first event after that ends it, of whichever type.
   *
   * @param {string} type
   * @param {(event: Event) => void} act
   */
  listen(type, act) {
    /** @param {Event} event */
    const heard = (event) => {
      if (this.toolbar.isConnected) act(event);
      else this.listening.abort();
    };
    document.addEventListener(type, heard, { capture: true, signal: this.listening.signal });
  }

  /**
   * Take over what a run says.
   *
   * @param {Component<Data>} component
   */
  hear({ data, setTriggerValue }) {
    this.data = data;
    this.send = setTriggerValue;
    const [name, count] = data.heard;
    if (name === this.name) {
      this.presses.splice(0, count - this.first);
      this.first = count;
    }
    this.show();
  }

  /** What can be done once all presses are heard. @returns {Record<Press, boolean>} */
  possible() {
    let { back, on, isStart, isPreset } = this.data;
    for (const press of this.presses) {
      if (press === "undo") [back, on] = [back - 1, on + 1];
      else [back, on] = [back + 1, press === "redo" ? on - 1 : 0];
      // a lesson may begin at its preset, or at a change of it
      isStart = press === "reset" || (press === "preset" && !this.data.isLesson);
      isPreset = press === "preset" || (press === "reset" && !this.data.isLesson);
    }
    return { undo: back > 0, redo: on > 0, reset: !isStart, preset: !isPreset };
  }

  show() {
    const possible = this.possible();
    for (const button of this.buttons) {
      const press = pressOf(button);
      button.setAttribute("aria-disabled", String(!possible[press]));
      if (press !== "reset") continue;
      const name = this.data.isLesson ? "Back to this lesson" : "Back to the preset";
      button.setAttribute("aria-label", name);
      button.title = `${name}: undo all that was changed of it`;
    }
  }

  /** @param {Press} press */
  push(press) {
    if (!this.possible()[press]) return;
    this.presses.push(press);
    this.show();
    document.dispatchEvent(new CustomEvent("stage-changes")); // its picture is not ahead of what the server says now
    this.send("pressed", { toolbar: this.name, first: this.first, presses: [...this.presses] });
  }

  /** @param {Event} event */
  type(event) {
    const [box] = event.composedPath();
    if (!(box instanceof HTMLInputElement) || !box.matches(NUMBER) || this.typing?.box === box) return;
    this.typing = { box, before: box.value };
  }

  /**
   * Whether what is undone there is the browser's: what is being typed. The number that a box says is the layer's.
   *
   * @param {Element} target
   */
  isTyped(target) {
    if (!target.matches(NUMBER)) return target.closest(TYPED_IN) !== null;
    return this.typing?.box === target && this.typing.box.value !== this.typing.before;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return;
    if (["Enter", "ArrowUp", "ArrowDown"].includes(event.key)) this.typing = null; // a box says its number
    if (event.key === "Enter" && target.matches(PRESET)) {
      this.chooseAgain(document.getElementById(target.getAttribute("aria-activedescendant") ?? ""));
    }
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
    if (this.isTyped(target) || document.querySelector(DIALOG)) return;
    event.preventDefault(); // the browser may undo what was typed in a field that was left, or that said it to the layer
    // what was typed there and taken back is at an end: until then, Streamlit's box takes over no other number
    this.typing?.box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    this.push(key === "y" || event.shiftKey ? "redo" : "undo");
  }

  /**
   * Streamlit says nothing of an option that is chosen already.
   *
   * @param {Element | null} option
   */
  chooseAgain(option) {
    const list = option?.closest("[role=listbox]")?.id;
    if (!list || option.getAttribute("aria-selected") !== "true") return;
    if (document.querySelector(PRESET)?.getAttribute("aria-controls") === list) this.push("preset");
  }
}

/** @param {HTMLButtonElement} button */
const pressOf = (button) => /** @type {Press} */ (button.dataset.press);

/** @type {WeakMap<Element, Changes>} */
const kept = new WeakMap();

/** @param {Component<Data>} component */
export default function (component) {
  const toolbar = component.parentElement.querySelector(".changes");
  if (!toolbar) return;
  const changes = kept.get(toolbar) ?? new Changes(toolbar);
  kept.set(toolbar, changes);
  changes.hear(component);
}
