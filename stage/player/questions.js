// What can be asked of a layer before it is shown, and what is wrong with an answer.

import { unpack } from "./arrays.js";
import { QUESTION_WORDS } from "./generated_constants.js";
import { fill } from "./names.js";
import { writeEqual } from "./numbers.js";
import { isAbout, readTyped } from "./typed_number.js";

/** @import { ScatterView } from "./scatter_view.js" */
/** @import { Cursor, Granularity, LayerView, Links, Target } from "./types" */
/** @import { WindowsView } from "./windows_view.js" */

const FORMS = [".line", "", ".volume"]; // of words, by how many directions a layer of windows has

/**
 * Questions of one kind. They are counted; `at` says which of them belongs to a step. An answer is a text; what is wrong
 * with it is the key of a sentence: "" where it is right, and null where it is no answer. `right` fills the places of
 * sentences with what is right, and `choices` are the answers, where they are chosen from. `nameOf` is what a question is
 * about, and `tapped` the answer that a tap on a cell gives; undefined where it gives none.
 *
 * @typedef {object} Questions
 * @property {LayerView} layerView that they are of
 * @property {Granularity} granularity of the steps that are asked
 * @property {number} count
 * @property {string[]} choices
 * @property {(step: number) => number} at
 * @property {(at: number, links: Links) => string} nameOf
 * @property {(target: Target, cursor: Cursor) => string | undefined} tapped
 * @property {(name: string) => string} ask
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
 * What an output is called.
 *
 * @param {LayerView} layerView
 * @param {number} at
 * @param {Links} links
 */
function outputName(layerView, at, links) {
  const { filter, position, output } = layerView.cursorAt("output", at);
  return links.outputName(filter, Math.max(position, output));
}

/**
 * A sentence of the catalogue.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [places]
 * @param {LayerView} [layerView] that it is said of: of a sequence, a volume or stamps other words may be said
 */
export function words(key, places = {}, layerView) {
  const own = key + (layerView?.kind === "scatter" ? ".stamp" : FORMS[(layerView?.dimensions ?? 2) - 1]);
  return fill(QUESTION_WORDS[own in QUESTION_WORDS ? own : key], places);
}

/**
 * The sum of each output.
 *
 * @implements {Questions}
 */
export class SumQuestions {
  /** @param {LayerView} layerView */
  constructor(layerView) {
    this.layerView = layerView;
    /** @type {Granularity} */
    this.granularity = "output";
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

  /**
   * @param {number} at
   * @param {Links} links
   */
  nameOf(at, links) {
    return outputName(this.layerView, at, links);
  }

  tapped() {
    return undefined;
  }

  /** @param {string} name */
  ask(name) {
    return words(this.isRounded ? "ask.sum.rounded" : "ask.sum", { name });
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
  /** @param {LayerView} layerView */
  constructor(layerView) {
    this.layerView = layerView;
    /** @type {Granularity} */
    this.granularity = "output";
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

  nameOf() {
    return "";
  }

  tapped() {
    return undefined;
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
 * The cells that each mistake takes for the first of a window, or of a stamp.
 *
 * @param {LayerView} layerView
 */
function wrongCells({ questions }) {
  return (questions?.corners ?? []).map(({ mistake, cells }) => ({ mistake, ...unpack({ cells }) }));
}

/**
 * What is wrong with a cell that was tapped.
 *
 * @param {string} said is the number of a cell; "" is one of a grid that has nothing to do with the step
 * @param {number} right
 * @param {number} at
 * @param {ReturnType<typeof wrongCells>} mistakes
 */
function judgeCell(said, right, at, mistakes) {
  if (said === "") return "cells.another_group";
  if (Number(said) === right) return "";
  const found = mistakes.find(({ cells }) => cells[at] === Number(said));
  return `cells.${found ? found.mistake : "other"}`;
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
    /** @type {Granularity} */
    this.granularity = "output";
    this.count = layerView.loops.positions;
    /** @type {string[]} */
    this.choices = [];
    this.mistakes = wrongCells(layerView);
  }

  /** @param {number} step */
  at(step) {
    return step;
  }

  /**
   * @param {number} at
   * @param {Links} links
   */
  nameOf(at, links) {
    return outputName(this.layerView, at, links);
  }

  /**
   * @param {Target} target
   * @param {Cursor} cursor
   */
  tapped({ grid, cell }, { filter }) {
    if (grid.role !== "input") return undefined;
    return this.layerView.channelOf(filter, grid.channel) >= 0 ? String(cell) : "";
  }

  /** @param {string} name */
  ask(name) {
    return words("ask.cells", { name }, this.layerView);
  }

  /**
   * @param {number} at
   * @param {string} said is the number of a cell; "" is one of a channel that is not read
   */
  judge(at, said) {
    return judgeCell(said, this.layerView.read(at, 0), at, this.mistakes);
  }

  right() {
    return {};
  }
}

/**
 * Where each stamp begins: the cell on which its first weight lands, before anything is cropped. Every map is stamped alike.
 *
 * @implements {Questions}
 */
export class StampQuestions {
  /** @param {ScatterView} layerView */
  constructor(layerView) {
    this.layerView = layerView;
    /** @type {Granularity} */
    this.granularity = "stamp";
    this.count = layerView.loops.positions;
    /** @type {string[]} */
    this.choices = [];
    this.mistakes = wrongCells(layerView);
  }

  /** @param {number} step */
  at(step) {
    return step;
  }

  /** @param {number} at */
  nameOf(at) {
    return this.layerView.stampName(this.layerView.cursorAt("stamp", at));
  }

  /**
   * @param {Target} target
   * @param {Cursor} cursor
   */
  tapped({ grid, cell }, { filter }) {
    if (grid.role !== "uncropped") return undefined;
    return grid.channel === filter ? String(cell) : "";
  }

  /** @param {string} name */
  ask(name) {
    return words("ask.cells", { name }, this.layerView);
  }

  /**
   * @param {number} at
   * @param {string} said is the number of a cell; "" is one of another map
   */
  judge(at, said) {
    return judgeCell(said, this.layerView.scatterIndex(at, 0), at, this.mistakes);
  }

  right() {
    return {};
  }
}
