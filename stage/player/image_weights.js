// The kernel as a table of fields: a changed weight counts at once, and is said to the server a moment later.

import { find } from "./find.js";
import { writeNumber } from "./numbers.js";

const WAIT = 600; // milliseconds in which nobody types on
/** Columns from which on a table of a kernel is small. */
export const WIDE = 6;

export class ImageWeights {
  /**
   * @param {HTMLElement} place
   * @param {(weights: number[][]) => void} changed is called at each change
   * @param {(weights: number[][]) => void} settled is called once nobody types on
   */
  constructor(place, changed, settled) {
    this.place = place;
    this.changed = changed;
    this.settled = settled;
    /** @type {number[][]} */
    this.weights = [];
    this.most = 0;
    /** What was said to the server and has not come back. @type {string[]} */
    this.sent = [];
    /** @type {number | undefined} */
    this.waiting = undefined;
    place.addEventListener("input", () => this.read());
    place.addEventListener("focusout", () => this.flush());
  }

  /**
   * Show weights that have come; false where they are what was typed here before, and something newer stands here.
   *
   * @param {number[][]} weights
   * @param {number} most
   * @param {string} name a sentence that names a field, with places
   */
  show(weights, most, name) {
    this.most = most;
    const said = JSON.stringify(weights);
    const at = this.sent.indexOf(said);
    if (at >= 0) this.sent.splice(0, at + 1);
    else this.sent = [];
    if (at >= 0 && (this.sent.length || this.waiting !== undefined)) return false;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (said === JSON.stringify(this.weights)) return true;
    const isSameSize = weights.length === this.weights.length && weights[0].length === this.weights[0]?.length;
    this.weights = weights;
    if (!isSameSize) this.build(name);
    this.fields().forEach((field, index) => {
      field.value = writeNumber(weights.flat()[index]);
      field.removeAttribute("aria-invalid");
    });
    return true;
  }

  fields() {
    return [...this.place.querySelectorAll("input")];
  }

  /** @param {string} name */
  build(name) {
    this.place.innerHTML = "<table><tbody></tbody></table>";
    this.place.classList.toggle("wide", this.weights[0].length >= WIDE);
    const body = find(this.place, "tbody");
    this.weights.forEach((row, y) => {
      const line = document.createElement("tr");
      row.forEach((_, x) => {
        const field = document.createElement("input");
        Object.assign(field, { type: "text", autocomplete: "off", spellcheck: false });
        field.setAttribute("aria-label", name.replace("{row}", String(y + 1)).replace("{column}", String(x + 1)));
        const cell = document.createElement("td");
        cell.append(field);
        line.append(cell);
      });
      body.append(line);
    });
  }

  /** Take over what stands in the fields, where all of it are whole numbers within the bounds. */
  read() {
    const numbers = this.fields().map((field) => {
      const number = wholeNumber(field.value);
      const isRight = number !== null && Math.abs(number) <= this.most;
      if (isRight) field.removeAttribute("aria-invalid");
      else field.setAttribute("aria-invalid", "true");
      return isRight ? number : null;
    });
    if (numbers.includes(null)) return;
    const columns = this.weights[0].length;
    this.weights = this.weights.map((_, y) => numbers.slice(y * columns, (y + 1) * columns).map(Number));
    this.changed(this.weights);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.flush(), WAIT);
  }

  flush() {
    if (this.waiting === undefined) return;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.sent.push(JSON.stringify(this.weights));
    this.settled(this.weights);
  }
}

/** @param {string} text */
function wholeNumber(text) {
  const plain = text.trim().replace("\u2212", "-");
  return /^[+-]?\d{1,9}$/.test(plain) ? Number(plain) : null;
}
