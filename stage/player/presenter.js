// Presenter view: the stage fills the screen, its type grows with it, and the controls hide until they are wanted.

import { find, findOf } from "./find.js";
import { FullScreen } from "./full_screen.js";
import { Pen, Spotlight } from "./pen.js";
import { Presses } from "./presses.js";
import { setAttribute } from "./svg.js";

/** @import { Stage } from "./types" */
/** @import { Surroundings } from "./wire" */

const HIDE_AFTER = 2500; // ms without the mouse having moved
/** What a button is called, and what it says under the mouse. @typedef {{ name: string, title: string }} Label */
const PRESETS = {
  before: { name: "Preset before", title: "Preset before (V)" },
  after: { name: "Next preset", title: "Next preset (N)" },
};
const LESSONS = {
  before: { name: "Lesson before", title: "Lesson before (V)" },
  after: { name: "Next lesson", title: "Next lesson (N)" },
};
const SETTINGS = '[data-testid="stSidebar"]'; // where the page has its controls

export class Presenter {
  static SCALE = 2.4; // how much larger cells and type may be than on a page

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.isOn = false;
    this.presses = new Presses();
    this.hiding = 0;
    /** What is made inert, and what is taken out of the order of Tab, behind the stage. @type {Set<HTMLElement>} */
    this.covered = new Set();
    this.additions = new MutationObserver(() => this.cover());
    /** What a key pressed to enter: the focus goes back there. @type {HTMLElement | null} */
    this.opener = null;
    this.screen = new FullScreen(() => this.toggle());
    this.heading = find(stage.root, ".heading");
    this.pen = new Pen(stage.root);
    this.spotlight = new Spotlight(stage.root);
    this.settingsButton = find(stage.root, "[data-control=settings]");
    this.hasSettings = false; // whether the controls of the page stand beside the stage
    this.leadsIn = false; // whether the next Tab goes there: they stand before the stage in the page
    /** @param {Event} event */
    this.onPresent = (event) => this.toggle(event instanceof CustomEvent ? event.detail : null);
    this.onActivity = () => this.showControls();
    document.addEventListener("stage-present", this.onPresent);
    for (const event of ["pointermove", "pointerdown", "focusin"]) stage.root.addEventListener(event, this.onActivity);
  }

  destroy() {
    clearTimeout(this.hiding);
    document.removeEventListener("stage-present", this.onPresent);
    this.screen.handOver();
    this.mark(false);
    this.screen.destroy();
  }

  /** @param {HTMLElement | null} opener is what a key pressed for it */
  toggle(opener = null) {
    const isOn = !this.isOn;
    if (isOn) {
      this.opener = opener;
      this.screen.take();
    }
    this.set(isOn);
    this.stage.send("present", { isOn, press: this.presses.next() });
  }

  /**
   * Say what is presented, and offer what the page has for it.
   *
   * @param {Surroundings} surroundings
   */
  head({ heading, asking, fragment }) {
    this.stage.root.classList.toggle("has-controls", Boolean(asking));
    const names = fragment === undefined ? PRESETS : LESSONS;
    this.label("before", names.before);
    this.label("after", names.after);
    this.heading.hidden = !heading;
    if (!heading) return;
    find(this.heading, "h2").textContent = heading.title;
    find(this.heading, ".layer").textContent = heading.layer;
    find(this.heading, "p").textContent = heading.sentence;
  }

  /**
   * @param {string} control
   * @param {Label} label
   */
  label(control, { name, title }) {
    const button = find(this.stage.root, `[data-control=${control}]`);
    setAttribute(button, "aria-label", name);
    setAttribute(button, "title", title);
  }

  /** @param {1 | -1} by is the next preset, or on a path the next lesson, or the one before */
  stepPreset(by) {
    this.stage.send("preset", by);
  }

  /**
   * Take over what the server says, once it has heard of what was asked for last.
   *
   * @param {boolean | undefined} isOn
   * @param {number | undefined} press that the server heard of last
   */
  apply(isOn, press) {
    if (isOn !== undefined && this.presses.areHeard(press)) this.set(isOn);
  }

  /** @param {boolean} isOn */
  set(isOn) {
    if (isOn === this.isOn) return;
    this.mark(isOn);
    if (this.stage.timeline) this.stage.redraw(true);
  }

  /** Show the controls of the page beside the stage, or put them away again: the keys stay the stage's. */
  toggleSettings() {
    this.hasSettings = !this.hasSettings;
    this.leadsIn = this.hasSettings;
    this.settingsButton.setAttribute("aria-pressed", String(this.hasSettings));
    for (const one of [document.documentElement, this.stage.root]) one.classList.toggle("with-settings", this.hasSettings);
    this.uncover();
    if (this.isOn) this.cover();
  }

  /** Go from the stage into the controls of the page, once after they were shown. @returns {boolean} whether it went */
  leadIn() {
    if (!this.leadsIn) return false;
    this.leadsIn = false;
    findOf(document.body, `${SETTINGS} input`, HTMLInputElement).focus();
    return true;
  }

  /**
   * Put away what was taken out last: of the controls, a field that has the focus is left first.
   *
   * @param {Event} event
   */
  putAway({ target }) {
    if (this.hasSettings) {
      if (target instanceof HTMLElement && target.matches(`${SETTINGS} *`)) target.blur();
      else this.toggleSettings();
    } else if (this.pen.isOn) this.pen.set(false);
    else if (this.spotlight.isOn) this.spotlight.set(false);
    else return false;
    return true;
  }

  /** @param {boolean} isOn */
  mark(isOn) {
    this.isOn = isOn;
    this.stage.root.classList.toggle("presenting", isOn);
    document.documentElement.classList.toggle("presenting", isOn);
    if (isOn) this.screen.inherit();
    if (isOn) return this.cover();
    if (this.hasSettings) this.toggleSettings();
    this.pen.set(false);
    this.pen.wipe();
    this.spotlight.set(false);
    this.uncover();
    this.screen.leave();
    this.opener?.focus({ preventScroll: true });
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
        if (this.hasSettings && beside.matches(SETTINGS)) continue;
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
