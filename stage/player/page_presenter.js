// Presenter view of a page without a stage: the page fills the screen, with larger type and without what is beside it.

import { find, findOf } from "./find.js";
import { FullScreen } from "./full_screen.js";
import { Mounted } from "./mounted.js";
import { Presses } from "./presses.js";
import { hasShortcuts } from "./shortcuts.js";

/** @typedef {(name: string, value: unknown) => void} Tell */

class PagePresenter {
  /** @param {HTMLButtonElement} button */
  constructor(button) {
    this.button = button;
    /** Says something to the server. @type {Tell} */
    this.send = () => {};
    this.presses = new Presses();
    this.screen = new FullScreen(() => this.toggle());
    button.addEventListener("click", () => this.toggle());
    /** @param {KeyboardEvent} event */
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
    this.screen.handOver();
    this.set(false);
    this.screen.destroy();
  }

  get isOn() {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  toggle() {
    const isOn = !this.isOn;
    if (isOn) this.screen.take();
    this.set(isOn);
    this.send("present", { isOn, press: this.presses.next() });
  }

  /**
   * Take over what the server says, once it has heard of what was asked for last.
   *
   * @param {boolean} isOn
   * @param {number | undefined} press that the server heard of last
   */
  apply(isOn, press) {
    if (this.presses.areHeard(press)) this.set(isOn);
  }

  /** @param {boolean} isOn */
  set(isOn) {
    if (isOn === this.isOn) return;
    this.button.setAttribute("aria-pressed", String(isOn));
    find(this.button, "span").textContent = isOn ? "Leave" : "Present";
    document.documentElement.classList.toggle("presenting-page", isOn);
    document.documentElement.classList.remove("with-settings");
    if (isOn) this.screen.inherit();
    else this.screen.leave();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !hasShortcuts()) return;
    if (event.target !== document.body) return; // somebody types, or is on a button
    const key = event.key.toLowerCase();
    if (key === "p") this.toggle();
    else if (key === "f" && this.isOn) this.screen.take();
    else if (key === "c" && this.isOn) document.documentElement.classList.toggle("with-settings");
  }
}

/** @type {Mounted<PagePresenter>} */
const presenters = new Mounted();

/** @param {{ parentElement: HTMLElement, data: { presenting: boolean, press?: number }, setTriggerValue: Tell }} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const button = findOf(parentElement, "button", HTMLButtonElement);
  const { life: presenter, leave } = presenters.at(button, (own) => new PagePresenter(own));
  presenter.send = setTriggerValue;
  presenter.apply(data.presenting, data.press);
  return leave;
}
