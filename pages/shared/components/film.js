// A slider shows what its page says at each of its stops while it moves, from a film that is fetched once: the parts of
// the page at every stop, as the server writes them. The page runs again when the slider is let go.

/** @import { Component } from "./component" */

/**
 * @typedef {{ film: string | null, slider: string, at: number, last: number, play: string, pause: string }} Data
 * `film` is where the film is, `slider` a selector, `at` the stop that the page shows, and the rest what the button says.
 */

const TICK = 170; // ms a stop while it plays: a run of 58 takes ten seconds
const ACTIONS = ".st-key-actions";
const PLAY = "M4 2.5v11l9-5.5z", PAUSE = "M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z";

class Film {
  /** @param {HTMLButtonElement} button */
  constructor(button) {
    this.button = button;
    /** @type {Data} */
    this.data = { film: null, slider: "none", at: 0, last: 0, play: "", pause: "" };
    /** @type {Component<Data>["setTriggerValue"]} */
    this.send = () => {};
    /** The parts by their names, each at every stop, once they have come. @type {Record<string, string[]> | null} */
    this.parts = null;
    /** Where the film is, or is on its way from. @type {string | null} */
    this.address = null;
    /** Whether the page may show another stop than the server's. */
    this.isAhead = false;
    this.timer = 0;
    button.onclick = () => this.timer ? this.rest() : this.play();
    // Streamlit makes the slider anew now and then: the document is what stays
    this.moves = new MutationObserver(() => this.show());
    this.moves.observe(document.body, { subtree: true, attributeFilter: ["value", "aria-valuetext"] });
    this.listening = new AbortController();
    for (const type of ["pointerover", "focusin", "pointerdown", "keydown", "click"]) {
      document.addEventListener(type, (event) => this.touch(event), { capture: true, signal: this.listening.signal });
    }
  }

  get slider() {
    const slider = document.querySelector(`${this.data.slider} input`);
    return slider instanceof HTMLInputElement ? slider : null;
  }

  /**
   * Make way for a hand on the slider, and rest where the page is shared or presented: that is of what is shown.
   *
   * @param {Event} event
   */
  touch({ type, target }) {
    if (!this.isThere() || !(target instanceof Element)) return;
    if (type === "click" && this.timer && target.closest(ACTIONS)) this.rest();
    if (!target.closest(this.data.slider)) return;
    if (type === "pointerdown") this.stop();
    if (type === "keydown" && this.timer) {
      this.stop();
      setTimeout(() => this.rest()); // once the key has moved it: what it says to the server itself is out of date
    }
    this.fetch();
  }

  /** Whether the page still has it; else it ends. */
  isThere() {
    if (this.button.isConnected) return true;
    this.stop();
    this.moves.disconnect();
    this.listening.abort();
    return false;
  }

  /**
   * Take over what a run says.
   *
   * @param {Component<Data>} component
   */
  hear({ data, setTriggerValue }) {
    if (data.at !== this.data.at) this.stop(); // something else leads elsewhere
    this.data = data;
    this.send = setTriggerValue;
    if (this.address !== data.film) {
      this.address = this.parts = null;
      this.button.hidden = false;
    }
    if (!data.film) this.hide();
    this.write();
    this.show();
  }

  write() {
    const words = this.timer ? this.data.pause : this.data.play;
    const [path, span] = [this.button.querySelector("path"), this.button.querySelector("span")];
    path?.setAttribute("d", this.timer ? PAUSE : PLAY);
    if (span) span.textContent = words;
  }

  fetch() {
    const { film } = this.data;
    if (!film || this.address === film) return;
    this.address = film;
    fetch(film).then((answer) => answer.ok ? answer.json() : { parts: null }).then(({ parts }) => {
      if (this.address !== film) return;
      this.parts = parts ?? null;
      if (this.parts) this.show();
      else this.hide(); // another server has trained this run
    }).catch(() => { // it is asked for again
      this.address = null;
      this.stop();
    });
  }

  /** Show the stop at which the slider is. */
  show() {
    const { slider } = this;
    const at = Number(slider?.value);
    if (!this.isThere() || !slider || (at === this.data.at && !this.isAhead)) return;
    if (!this.parts) {
      this.fetch();
      return;
    }
    this.isAhead = at !== this.data.at;
    for (const [name, frames] of Object.entries(this.parts)) {
      const place = document.querySelector(`[data-film="${name}"]`);
      const coming = document.createElement("template");
      coming.innerHTML = frames[at];
      if (place) follow(place, coming.content);
    }
    moveMarks(at);
  }

  play() {
    this.fetch();
    if (Number(this.slider?.value) >= this.data.last) this.go(0);
    this.timer = setInterval(() => this.goOn(), TICK);
    this.write();
  }

  goOn() {
    if (!this.isThere() || !this.parts) return; // they are coming
    const next = Number(this.slider?.value) + 1;
    if (next > this.data.last) this.rest();
    else this.go(next);
  }

  /** @param {number} at */
  go(at) {
    // the slider hears of a value only where it was set behind its back
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(this.slider, String(at));
    this.slider?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Do without a film: the slider leads on its own. */
  hide() {
    this.stop();
    this.button.hidden = true;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.write();
  }

  /** Stop, and let the page run for what is shown. */
  rest() {
    this.stop();
    this.send("stop", Number(this.slider?.value));
  }
}

/**
 * Let a part say what is coming. What stays the same is left as it is, and a picture that is there takes over the new
 * one: so nothing goes white, and a browser draws the rest in time for every picture of its screen.
 *
 * @param {Node} shown
 * @param {Node} coming
 */
function follow(shown, coming) {
  const [old, next] = [[...shown.childNodes], [...coming.childNodes]];
  if (old.length !== next.length || old.some((one, at) => one.nodeName !== next[at].nodeName)) {
    if (shown instanceof Element) shown.replaceChildren(...next);
    return;
  }
  old.forEach((one, at) => {
    const other = next[at];
    if (one instanceof Element && other instanceof Element) {
      for (const { name } of [...one.attributes]) if (!other.hasAttribute(name)) one.removeAttribute(name);
      for (const { name, value } of other.attributes) if (one.getAttribute(name) !== value) one.setAttribute(name, value);
      follow(one, other);
    } else if (one.nodeValue !== other.nodeValue) one.nodeValue = other.nodeValue;
  });
}

/**
 * Move the mark of each chart, its last trace of one point, to the point of the line before it.
 *
 * @param {number} at
 */
function moveMarks(at) {
  for (const traces of document.querySelectorAll(".stMain .scatterlayer")) {
    const [line, mark] = [...traces.querySelectorAll(":scope > .trace")].slice(-2).map((trace) => trace.querySelectorAll(".point"));
    const to = line?.[at]?.getAttribute("transform");
    if (mark?.length === 1 && to) mark[0].setAttribute("transform", to);
  }
}

/** @type {WeakMap<Element, Film>} */
const kept = new WeakMap();

/** @param {Component<Data>} component */
export default function (component) {
  const button = component.parentElement.querySelector("button");
  if (!button) return;
  const film = kept.get(button) ?? new Film(button);
  kept.set(button, film);
  film.hear(component);
}
