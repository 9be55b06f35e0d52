// How many digits numbers have on the stage, in cells, equations and pictures alike: the person chooses.

import { findOf } from "./find.js";
import { chooseDigits, DIGITS_CHOICES } from "./numbers.js";
import { setAttribute, writeText } from "./svg.js";

/** @import { DigitsChoice } from "./numbers.js" */
/** @import { Timeline } from "./timeline.js" */

/** What stands on the button for each choice, and what it means. @type {Record<DigitsChoice, [string, string]>} */
const WORDS = {
  short: ["0.0", "short, longer in the arithmetic"],
  whole: ["0", "rounded to whole numbers"],
  two: ["0.00", "with two decimals"],
  all: ["0.0\u2026", "with all digits"],
};

export class Digits {
  /**
   * @param {HTMLElement} root
   * @param {() => void} changed is called once another choice counts
   */
  constructor(root, changed) {
    this.button = findOf(root, "[data-control=digits]", HTMLButtonElement);
    this.changed = changed;
    /** @type {DigitsChoice} */
    this.choice = "short";
    chooseDigits(this.choice);
    this.show();
  }

  /**
   * Of another record: where all numbers are whole there is nothing to choose.
   *
   * @param {Timeline} timeline
   */
  load({ layerViews }) {
    const arrays = layerViews.flatMap((layerView) => Object.values(layerView.arrays));
    this.button.hidden = !arrays.some((values) => values instanceof Float64Array);
  }

  next() {
    this.choose(DIGITS_CHOICES[(DIGITS_CHOICES.indexOf(this.choice) + 1) % DIGITS_CHOICES.length]);
  }

  /** @param {DigitsChoice} choice */
  choose(choice) {
    if (choice === this.choice) return;
    this.choice = choice;
    chooseDigits(choice);
    this.show();
    this.changed();
  }

  show() {
    const [text, means] = WORDS[this.choice];
    writeText(this.button, text);
    setAttribute(this.button, "aria-label", `${text}: numbers are written ${means}`); // begins as it reads
    setAttribute(this.button, "title", `Numbers are written ${means} (.)`);
  }
}
