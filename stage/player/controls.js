// The player's buttons, seek bar and keys: they say what the person wants and show what the player does.

import { find, findOf } from "./find.js";
import { SPEEDS } from "./player.js";
import { hasShortcuts } from "./shortcuts.js";
import { setAttribute, writeText } from "./svg.js";

/** @import { Digits } from "./digits.js" */
/** @import { KeyList } from "./key_list.js" */
/** @import { Player } from "./player.js" */
/** @import { Presenter } from "./presenter.js" */

/** What each key does, by the name of a button or the number of a granularity. @type {Record<string, string>} */
const KEYS = {
  " ": "play",
  ArrowLeft: "previous",
  ArrowRight: "next",
  ArrowUp: "previous",
  ArrowDown: "next",
  Home: "first",
  End: "last",
  PageUp: "previous",
  PageDown: "next",
  "+": "faster",
  "=": "faster",
  "-": "slower",
  1: "1",
  2: "2",
  3: "3",
  4: "4",
  p: "present",
  "?": "keys",
  ".": "digits",
  n: "after",
  v: "before",
  c: "settings",
  s: "spotlight",
  d: "pen",
  x: "wipe",
  f: "full",
};
/** What there is in presenter view alone. */
const OF_LESSON = ["after", "before", "settings", "spotlight", "pen", "wipe", "full"];

export class Controls {
  /**
   * @param {HTMLElement} root
   * @param {Player} player
   * @param {Presenter} presenter
   * @param {KeyList} keyList
   * @param {Digits} digits
   */
  constructor(root, player, presenter, keyList, digits) {
    this.root = root;
    this.player = player;
    this.presenter = presenter;
    /** @param {string} name */
    const button = (name) => findOf(root, `[data-control=${name}]`, HTMLButtonElement);
    this.seek = findOf(root, "[data-control=seek]", HTMLInputElement);
    this.count = find(root, "[data-control=count]");
    this.speed = find(root, "[data-control=speed]");
    this.play = button("play");
    this.loop = button("loop");
    this.slower = button("slower");
    this.faster = button("faster");
    /** What each button does, and each key that stands for it. @type {Record<string, () => void>} */
    const actions = {
      first: () => player.go(0),
      previous: () => player.go(player.step - 1),
      play: () => player.toggle(),
      next: () => player.next(),
      last: () => player.go(player.count - 1),
      slower: () => player.faster(-1),
      faster: () => player.faster(1),
      loop: () => player.setLoop(!player.loop),
      present: () => presenter.toggle(),
      before: () => presenter.stepPreset(-1),
      after: () => presenter.stepPreset(1),
      settings: () => presenter.toggleSettings(),
      spotlight: () => presenter.spotlight.set(!presenter.spotlight.isOn),
      pen: () => presenter.pen.set(!presenter.pen.isOn),
      wipe: () => presenter.pen.wipe(),
      full: () => presenter.screen.take(),
      keys: () => keyList.show(),
      digits: () => digits.next(),
    };
    for (const name in actions) button(name).addEventListener("click", actions[name]);
    /** @type {HTMLButtonElement[]} */
    this.granularities = [...root.querySelectorAll(".granularities button")].filter(
      (element) => element instanceof HTMLButtonElement,
    );
    this.granularities.forEach((element, index) => {
      const choose = () => {
        const one = player.timeline.granularities[index];
        if (one) player.setGranularity(one.name);
      };
      actions[index + 1] = choose;
      element.addEventListener("click", choose);
    });
    this.seek.addEventListener("input", () => player.go(Number(this.seek.value)));
    // a click leaves the focus where it is, so that Space goes on playing; a button reached by Tab is pressed by Space
    find(root, ".controls").addEventListener("mousedown", (event) => {
      if (event.target instanceof Element && event.target.closest("button")) event.preventDefault();
    });
    /** @param {KeyboardEvent} event */
    this.onKey = (event) => this.key(event, actions);
    document.addEventListener("keydown", this.onKey);
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Record<string, () => void>} actions
   */
  key(event, actions) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.presenter.putAway(event)) return;
    if (event.key === "Tab" && !event.shiftKey && this.isForStage(event) && this.presenter.leadIn()) return event.preventDefault();
    const isCharacter = event.key.length === 1;
    const name = KEYS[isCharacter ? event.key.toLowerCase() : event.key] ?? ""; // Caps Lock may be on
    if (this.player.disabled && !["present", "keys", ...OF_LESSON].includes(name)) return;
    if (event.key === "Escape") return this.player.letGo();
    if (isCharacter && !hasShortcuts()) return;
    const action = actions[name];
    if (!action || !this.isForStage(event) || !this.isThere(name)) return;
    event.preventDefault();
    action();
  }

  /**
   * Whether there is what a key stands for: some of it is of presenter view alone, or of a page with controls.
   *
   * @param {string} name
   */
  isThere(name) {
    return ![...OF_LESSON, "digits"].includes(name) || find(this.root, `[data-control=${name}]`).offsetWidth > 0;
  }

  /**
   * Whether a key is the stage's: nothing else on the page has the focus, where the key types, presses or scrolls. On
   * the stage the player's seek bar leaves it the keys, the editor and the list of keys do not, and Space presses a
   * button that was reached by Tab.
   *
   * @param {KeyboardEvent} event
   */
  isForStage(event) {
    const [target] = event.composedPath(); // what stands in a shadow root is behind the event's own target
    if (!(target instanceof Element) || target === this.seek) return true;
    if (target === document.body || target === document.documentElement) return true;
    if (!this.root.contains(target) || target.closest("dialog, input, select")) return false;
    return !(event.key === " " && target.closest("button"));
  }

  /** @param {Player} of */
  show({ step, count, playing, speed, loop, granularity, timeline, question }) {
    this.seek.max = String(count - 1);
    this.seek.value = String(step);
    this.seek.setAttribute("aria-valuetext", `step ${step + 1} of ${count}`);
    writeText(this.count, `${question?.isOpen ? step : step + 1} / ${count}`);
    writeText(this.speed, `${speed}/s`);
    setAttribute(this.play, "aria-label", playing ? "Pause" : "Play");
    this.root.dataset.state = playing ? "playing" : "paused";
    this.root.dataset.step = String(step);
    this.root.dataset.steps = String(count);
    setAttribute(this.loop, "aria-pressed", String(loop));
    this.granularities.forEach((button, index) => {
      const one = timeline.granularities[index];
      button.hidden = !one;
      button.disabled = question !== null;
      if (!one) return;
      setAttribute(button, "data-control", one.name);
      setAttribute(button, "aria-pressed", String(one.name === granularity));
      setAttribute(button, "title", `${one.means} (${index + 1})`);
      writeText(button, one.label);
    });
    this.slower.disabled = speed === SPEEDS[0];
    this.faster.disabled = speed === SPEEDS[SPEEDS.length - 1];
  }
}
