// What somebody changes in the page's controls is shown at once: the record of the changed link is asked for here, while
// Streamlit's own run follows for the words and the address. What that run says in the end counts.

import { Records } from "./records.js";

/** @import { Asking, LinkedControl, Message, Stage as Recorded, Unplayable } from "./wire" */

const PATIENCE = 10_000; // ms without a word of the server's after which a change that no run has confirmed is given up
const IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]';
const OPTION = '[role="option"]'; // of an open list, which stands apart from its control
const NUMBER = 'input[type="number"]';
const NUMBER_KEYS = ["Enter", "ArrowUp", "ArrowDown"]; // with which a number that is typed is meant
const REACHES = ["pointerover", "focusin"];
const RESTS = 60; // ms that the hand rests on a control before what it may do there is fetched
const TOUCHES = ["click", "keydown", "change", "focusout", "pointerup"];

/** @typedef {{ root: HTMLElement, preview(record: Recorded): void, take(message: Message): void }} Showing */

export class ControlChanges {
  /** @param {Showing} stage */
  constructor(stage) {
    this.stage = stage;
    this.records = new Records();
    /** What the last run said of its controls. @type {Asking | undefined} */
    this.asking = undefined;
    /**
     * What the hand has changed and no run has said yet, in that order; null where only a run can say what it is.
     *
     * @type {{ turn: number, parameter: string, value: string | null }[]}
     */
    this.unheard = [];
    this.changedAt = -Infinity;
    this.heardAt = -Infinity;
    this.turn = 0; // changes so far
    this.shownTurn = 0; // the change that the picture is of
    this.heardTurn = 0; // the last change that a run knew of
    this.isAgreed = true; // whether the last run says what the hand has chosen last, though others may still come
    this.hasPicture = false; // whether the last change is shown, or will be as soon as it is answered
    /** What a run said of an older state. @type {Message | null} */
    this.held = null;
    this.releasing = 0;
    /** The key of the control under the hand. */
    this.key = "";
    this.reaching = 0;
    /** @param {Event} event */
    this.onHand = (event) => this.hand(event);
    // caught on their way down: some controls keep them to themselves
    for (const event of TOUCHES) document.addEventListener(event, this.onHand, true);
    /** @param {Event} event */
    this.onReach = (event) => this.reach(event);
    for (const event of REACHES) document.addEventListener(event, this.onReach, true);
    this.onHistory = () => this.forget();
    window.addEventListener("popstate", this.onHistory);
    document.addEventListener("stage-changes", this.onHistory);
  }

  destroy() {
    clearTimeout(this.releasing);
    for (const event of TOUCHES) document.removeEventListener(event, this.onHand, true);
    clearTimeout(this.reaching);
    for (const event of REACHES) document.removeEventListener(event, this.onReach, true);
    window.removeEventListener("popstate", this.onHistory);
    document.removeEventListener("stage-changes", this.onHistory);
  }

  /** Whether the picture is ahead of what the page's words and its address say. */
  get isAhead() {
    if (this.unheard.length === 0 || this.isAgreed) return false;
    const quiet = performance.now() - Math.max(this.changedAt, this.heardAt);
    return quiet < PATIENCE || !document.querySelector(IDLE);
  }

  /** What no run has said yet, by the parameter. */
  get changed() {
    return new Map(this.unheard.map(({ parameter, value }) => [parameter, value]));
  }

  /** Whether the last run was of an older state than the picture is. */
  get isBehind() {
    return this.heardTurn < this.shownTurn;
  }

  /** Somebody goes through the history, or undoes a change: what the hand has changed before is of another entry. */
  forget() {
    this.unheard = [];
    this.tellUnheard();
    this.held = null;
    this.heardTurn = this.shownTurn = this.turn; // an answer that is still under way is of no use any more
  }

  /**
   * Hear what a run says; returns whether to show it now. If not, a picture of a newer state stands already or is coming,
   * and `stage.take` is called once it turns out that no run follows for that.
   *
   * @param {Message} message
   */
  hear(message) {
    this.held = null;
    clearTimeout(this.releasing);
    if (!message.asking) return true;
    if (!this.isAhead && performance.now() - this.changedAt > PATIENCE) this.forget();
    const said = saidIn(message.asking);
    const heard = this.heardBy(said);
    this.asking = message.asking;
    this.heardAt = performance.now();
    this.heardTurn = this.unheard[heard - 1]?.turn ?? this.heardTurn;
    this.unheard = this.unheard.slice(heard).filter(({ value }) => value !== null);
    if (this.unheard.length === 0) this.heardTurn = this.turn;
    this.isAgreed = [...this.changed].every(([parameter, value]) => said[parameter] === value);
    this.tellUnheard();
    if (this.isAgreed) {
      this.shownTurn = this.turn; // an answer that is still under way is of no use any more
      return true;
    }
    if (!this.hasPicture && !this.isBehind) return true;
    this.held = message;
    this.releaseLater();
    return false;
  }

  /**
   * How many of the changes, in their order, a run has heard of: the fewest with which the page says what it says. It
   * may be that of none, and what was chosen before may be chosen again.
   *
   * @param {Record<string, string>} said
   */
  heardBy(said) {
    const now = this.asking ? saidIn(this.asking) : {};
    const parameters = [...this.changed.keys()];
    for (let heard = 0; heard <= this.unheard.length; heard++) {
      if (heard > 0) now[this.unheard[heard - 1].parameter] = this.unheard[heard - 1].value ?? "";
      if (parameters.every((parameter) => now[parameter] === said[parameter])) return heard;
    }
    // a run may set what was changed to something else again: it has heard of the last change that it says
    return this.unheard.map(({ parameter, value }) => said[parameter] === value).lastIndexOf(true) + 1;
  }

  releaseLater() {
    this.releasing = setTimeout(() => (this.isAhead ? this.releaseLater() : this.release()), 100);
  }

  /** No run has come for the last change: what the last one said counts. */
  release() {
    const { held } = this;
    if (!held) return;
    this.forget();
    this.stage.take(held);
  }

  /**
   * Something was done to the page: if it has changed a control, ask for the record.
   *
   * @param {Event} event
   */
  hand(event) {
    if (!this.asking || !(event.target instanceof Element)) return;
    const key = keyOf(event.target, this.asking);
    const isOfLast = event.type === "pointerup" ? fieldOf(this.key)?.type === "range" : event.target.closest(OPTION);
    if (!key && !isOfLast) return;
    this.key = key || this.key;
    if (!isMeant(event, event.target)) return;
    // by the first of these the control shows its new value, a list of options by the second
    setTimeout(() => this.look());
    requestAnimationFrame(() => this.look());
  }

  /**
   * The hand is over a control, or has got there by the keyboard: fetch what it may choose next.
   *
   * @param {Event} event
   */
  reach(event) {
    clearTimeout(this.reaching);
    if (!this.asking || !(event.target instanceof Element)) return;
    const option = event.target.closest(`${OPTION}, button[role="radio"]`);
    const key = keyOf(event.target, this.asking) || (option ? this.key : "");
    if (key) this.reaching = setTimeout(() => this.prefetch(key, option?.textContent), RESTS);
  }

  /**
   * Fetch the records that are next to what a control says, or the one of a text of it.
   *
   * @param {string} key
   * @param {string | null} [text]
   */
  prefetch(key, text) {
    const control = this.asking?.controls[key];
    if (!control) return;
    const isList = fieldOf(key)?.getAttribute("role") === "combobox"; // any of its options may be next
    const near = isList ? [] : nextTo(control, read(key) ?? "");
    for (const next of text ? [text] : near) {
      const value = inLink(control, next);
      const address = value && value !== control.said ? this.address({ [control.parameter]: value }) : null;
      if (address) this.records.prefetch(address);
    }
  }

  /** Look what the control under the hand says now. */
  look() {
    const control = this.asking?.controls[this.key];
    if (!control) return;
    const text = read(this.key);
    if (text === null) return;
    const value = inLink(control, text);
    if (value === undefined) return;
    const before = this.changed.has(control.parameter) ? this.changed.get(control.parameter) : control.said;
    if (value !== before && !(value === null && text === control.said)) this.change(control.parameter, value);
  }

  /**
   * @param {string} parameter
   * @param {string | null} value
   */
  change(parameter, value) {
    this.turn += 1;
    if (parameter === "preset") this.unheard = [];
    this.unheard.push({ turn: this.turn, parameter, value });
    this.changedAt = performance.now();
    this.isAgreed = false;
    this.hasPicture = false;
    this.tellUnheard();
    const address = this.address();
    if (address) this.ask(address);
  }

  /** Leave on the stage what no run has heard of yet: if the server is lost, it is asked for that when it is back. */
  tellUnheard() {
    const known = [...this.changed].flatMap(([parameter, value]) => (value === null ? [] : [[parameter, value]]));
    this.stage.root.dataset.unheard = new URLSearchParams(known).toString();
  }

  /**
   * Show what the server answers, unless something newer is shown by then.
   *
   * @param {string} address
   */
  async ask(address) {
    const { turn } = this;
    const known = this.records.known(address);
    if (known) return this.show(known, turn);
    this.hasPicture = true;
    const answer = await this.records.ask(address, () => turn < this.turn);
    if (turn === this.turn && (!answer || "problem" in answer)) {
      this.hasPicture = false;
      if (!this.isBehind) this.release();
      return;
    }
    if (answer) this.show(answer, turn);
  }

  /**
   * @param {Recorded | Unplayable} answer
   * @param {number} turn
   */
  show(answer, turn) {
    if (!this.isAhead || turn <= this.shownTurn || "problem" in answer) return;
    this.shownTurn = turn;
    if (turn === this.turn) this.hasPicture = true;
    this.stage.preview(answer);
    if (turn === this.turn) this.prefetch(this.key);
  }

  /**
   * The address of the record of all that is changed, and of one thing more; null where only a run can say what it is,
   * or the link says a number that no link may say.
   *
   * @param {Record<string, string>} [more]
   */
  address(more = {}) {
    if (!this.asking) return null;
    const { link, controls } = this.asking;
    const isOtherPreset = this.changed.has("preset") || "preset" in more; // it brings all its own
    /** @type {Record<string, string>} */
    const parameters = isOtherPreset ? { v: link.v } : { ...link };
    for (const [parameter, value] of "preset" in more ? [] : this.changed) {
      if (value === null) return null;
      parameters[parameter] = value;
    }
    const isRefused = Object.values(controls).some(
      (control) => parameters[control.parameter] === control.said && inLink(control, control.said) === null,
    );
    if (isRefused) return null;
    const query = new URLSearchParams({ ...parameters, ...more });
    return `${new URL(this.asking.address, location.href).href}?${query}`;
  }
}

/**
 * What a run says of each control, by its parameter.
 *
 * @param {Asking} asking
 * @returns {Record<string, string>}
 */
function saidIn(asking) {
  return Object.fromEntries(Object.values(asking.controls).map(({ parameter, said }) => [parameter, said]));
}

/**
 * The texts that a control shows after one more touch: a number one more or one less, a switch its other side.
 *
 * @param {LinkedControl} control
 * @param {string} text
 */
function nextTo(control, text) {
  if (!control.values) return [Number(text) + 1, Number(text) - 1].map(String);
  const texts = Object.keys(control.values);
  const at = texts.indexOf(text);
  return [at + 1, at - 1].filter((near) => near in texts).map((near) => texts[near]);
}

/**
 * The key of the control that an element is in, or "".
 *
 * @param {Element} element
 * @param {Asking} asking
 */
function keyOf(element, asking) {
  for (let at = element.closest("[class*='st-key-']"); at; at = at.parentElement?.closest("[class*='st-key-']") ?? null) {
    const names = [...at.classList].map((name) => name.replace(/^st-key-/, ""));
    const key = names.find((name) => name in asking.controls);
    if (key) return key;
  }
  return "";
}

/**
 * Whether an event can have changed what a control says; a number that is being typed is not meant yet.
 *
 * @param {Event} event
 * @param {Element} target
 */
function isMeant(event, target) {
  if (!target.matches(NUMBER)) return true;
  return event.type === "focusout" || (event instanceof KeyboardEvent && NUMBER_KEYS.includes(event.key));
}

/**
 * The field of a control; none where it is made of buttons, or not on the page.
 *
 * @param {string} key
 */
function fieldOf(key) {
  return key ? document.querySelector(`.st-key-${key}`)?.querySelector("input") : null;
}

/**
 * The text of a control as it stands on the page, or null.
 *
 * @param {string} key
 */
function read(key) {
  const field = fieldOf(key);
  if (!field) return document.querySelector(`.st-key-${key} button[aria-checked="true"]`)?.textContent ?? null;
  if (field.type === "checkbox") return String(field.checked);
  if (field.getAttribute("aria-expanded") === "true") return null; // nothing is chosen from its list yet
  return field.type === "range" ? field.getAttribute("aria-valuetext") : field.value;
}

/**
 * What a text of a control is in a link; null where the server has to say what is wrong with it, and undefined where it
 * is no choice at all.
 *
 * @param {LinkedControl} control
 * @param {string} text
 */
function inLink(control, text) {
  if (control.values) return control.values[text];
  const { least = 0, most = 0 } = control;
  return /^\d{1,9}$/.test(text) && least <= Number(text) && Number(text) <= most ? String(Number(text)) : null;
}
