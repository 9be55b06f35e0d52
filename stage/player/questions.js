// What can be asked of a layer before it is shown, and what is wrong with an answer.

import { unpack } from "./arrays.js";
import { QUESTION_WORDS } from "./generated_constants.js";
import { fill } from "./names.js";
import { writeEqual } from "./numbers.js";
import { isAbout, readTyped } from "./typed_number.js";

/** @import { WindowsView } from "./windows_view.js" */

const FORMS = [".line", "", ".volume"]; // of words, by how many directions a layer has

/**
 * Questions of one kind. They are counted; `at` says which of them belongs to a step. An answer is a text; what is wrong
 * with it is the key of a sentence: "" where it is right, and null where it is no answer. `right` fills the places of
 * sentences with what is right, and `choices` are the answers, where they are chosen from.
 *
 * @typedef {object} Questions
 * @property {WindowsView} layerView that they are of
 * @property {number} count
 * @property {string[]} choices
 * @property {(step: number) => number} at
 * @property {(output: string) => string} ask
 * @property {(at: number, said: string) => string | null} judge
 * @property {(at: number) => Record<string, string | number>} right
 */

/**
 * A size by the names of its directions.
 *
 * @param {number[]} size
 */
function placesOf(size) {
  const [columns, rows = 1, slices = 1] = [...size].reverse();
  return { slices, rows, columns };
}

/**
 * A sentence of the catalogue.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [places]
 * @param {WindowsView} [layerView] that it is said of: of a sequence or a volume other words may be said
 */
export function words(key, places = {}, layerView) {
  const own = `${key}${FORMS[(layerView?.dimensions ?? 2) - 1]}`;
  return fill(QUESTION_WORDS[own in QUESTION_WORDS ? own : key], places);
}

/**
 * The sum of each output.
 *
 * @implements {Questions}
 */
export class SumQuestions {
  /** @param {WindowsView} layerView */
  constructor(layerView) {
    this.layerView = layerView;
    /** What each mistake makes of the outputs. */
    this.mistakes = (layerView.questions?.sums ?? []).map(({ mistake, values }) => ({ mistake, ...unpack({ values }) }));
    this.isRounded = !layerView.arrays.output.every(Number.isInteger);
    this.count = layerView.values;
    /** @type {string[]} */
    this.choices = [];
  }

  /** @param {number} step */
  at(step) {
    return step;
  }

  /** @param {string} output is what the output of the step is called */
  ask(output) {
    return words(this.isRounded ? "ask.sum.rounded" : "ask.sum", { output });
  }

  /**
   * @param {number} at
   * @param {string} said
   */
  judge(at, said) {
    const typed = readTyped(said);
    if (!typed) return null;
    if (isAbout(typed, this.layerView.arrays.output[at])) return "";
    const found = this.mistakes.find(({ values }) => isAbout(typed, values[at]));
    return found ? `sum.${found.mistake}` : "sum.other";
  }

  /** @param {number} at */
  right(at) {
    return { value: writeEqual(this.layerView.arrays.output[at]) };
  }
}

/**
 * The size of the output, before anything of it is shown.
 *
 * @implements {Questions}
 */
export class SizeQuestions {
  /** @param {WindowsView} layerView */
  constructor(layerView) {
    this.layerView = layerView;
    this.count = 1;
    this.sizes = (layerView.questions?.sizes ?? []).map(({ size, mistake }) => ({
      said: words("choice", placesOf(size), layerView),
      size,
      mistake,
    }));
    this.choices = this.sizes.map(({ said }) => said);
    this.size = placesOf(this.sizes.find(({ mistake }) => mistake === null)?.size ?? []);
  }

  at() {
    return 0;
  }

  ask() {
    return words("ask.size", {}, this.layerView);
  }

  /**
   * @param {number} _
   * @param {string} said
   */
  judge(_, said) {
    const chosen = this.sizes.find((size) => size.said === said);
    if (!chosen) return null;
    return chosen.mistake ? `size.${chosen.mistake}` : "";
  }

  right() {
    return this.size;
  }
}

/**
 * Where each window begins: the padded cell under the first weight. Every channel and every filter reads alike.
 *
 * @implements {Questions}
 */
export class CornerQuestions {
  /** @param {WindowsView} layerView */
  constructor(layerView) {
    this.layerView = layerView;
    this.count = layerView.loops.positions;
    /** @type {string[]} */
    this.choices = [];
    this.mistakes = (layerView.questions?.corners ?? []).map(({ mistake, cells }) => ({ mistake, ...unpack({ cells }) }));
  }

  /** @param {number} step */
  at(step) {
    return step;
  }

  /** @param {string} output */
  ask(output) {
    return words("ask.cells", { output }, this.layerView);
  }

  /**
   * @param {number} at
   * @param {string} said is the number of a cell; "" is one of a channel that is not read
   */
  judge(at, said) {
    if (said === "") return "cells.another_group";
    if (Number(said) === this.layerView.read(at, 0)) return "";
    const found = this.mistakes.find(({ cells }) => cells[at] === Number(said));
    return `cells.${found ? found.mistake : "other"}`;
  }

  right() {
    return {};
  }
}
