// The timeline: a step number and a granularity name a cursor, which is a place in one of the layer views.

import { LAYER_VIEWS } from "./layer_views.js";
import { fill } from "./names.js";

/** @import { Cursor, Granularity, LayerView, StepKind } from "./types" */
/** @import { LayerNames, ScatterView, WindowsView } from "./wire" */

/** All layer views, one after the other. */
export class Timeline {
  /**
   * @param {(WindowsView | ScatterView)[]} layers
   * @param {string} [opening] is the granularity to open with, where that is not the first one
   */
  constructor(layers, opening) {
    /** @type {LayerView[]} */
    this.layerViews = layers.map((layer, index) => LAYER_VIEWS[layer.kind].view(layer, index));
    const names = layers.length === 1 ? layers[0].names : undefined; // of several layers a step is of each
    /** What one step can be, of every layer. @type {StepKind[]} */
    this.granularities = LAYER_VIEWS[layers[0].kind].granularities
      .filter(({ name }) => layers.every(({ kind }) => LAYER_VIEWS[kind].granularities.some((other) => other.name === name)))
      .filter((step) => layers.every((layer) => isOffered(step, layer)))
      .map((step) => (names ? withNames(step, names) : step));
    const [first] = this.granularities;
    this.opening = (this.granularities.find(({ name }) => name === opening) ?? first).name;
  }

  /**
   * How many steps there are.
   *
   * @param {Granularity} granularity
   */
  count(granularity) {
    return sum(this.layerViews.map((layerView) => layerView.count(granularity)));
  }

  /**
   * Where a step stands; past the last one, at the end.
   *
   * @param {Granularity} granularity
   * @param {number} step
   * @returns {Cursor}
   */
  cursorAt(granularity, step) {
    let left = step;
    for (const layerView of this.layerViews) {
      if (left < layerView.count(granularity)) return layerView.cursorAt(granularity, left);
      left -= layerView.count(granularity);
    }
    return this.layerViews[this.layerViews.length - 1].end;
  }

  /**
   * The step of a granularity that belongs to a cursor.
   *
   * @param {Granularity} granularity
   * @param {Cursor} cursor
   */
  stepAt(granularity, cursor) {
    const before = this.layerViews.slice(0, cursor.layer).map((layerView) => layerView.count(granularity));
    return sum(before) + this.layerViews[cursor.layer].stepAt(granularity, cursor);
  }

  /** How many multiplies there are. */
  get allMultiplies() {
    return sum(this.layerViews.map((layerView) => layerView.allMultiplies));
  }

  /**
   * How many multiplies are done at a cursor.
   *
   * @param {Cursor} cursor
   */
  multiplies(cursor) {
    const before = this.layerViews.slice(0, cursor.layer).map((layerView) => layerView.allMultiplies);
    return sum(before) + this.layerViews[cursor.layer].multiplies(cursor);
  }

  /** What tells one shape of timeline from another. */
  get shape() {
    return JSON.stringify(this.layerViews.map((layerView) => [layerView.kind, layerView.loops]));
  }
}

/**
 * Whether a step of a layer can be so: a slice's where it has slices, and there a channel's where it is not the output's.
 *
 * @param {StepKind} step
 * @param {WindowsView | ScatterView} layer
 */
function isOffered({ name, ofVolume }, layer) {
  const isVolume = "slices" in layer;
  return ofVolume ? isVolume : name !== "channel" || !isVolume || layer.loops.channels > 1;
}

/**
 * What one step can be, of a layer whose arrays have names of their own.
 *
 * @param {StepKind} step
 * @param {LayerNames} names
 * @returns {StepKind}
 */
function withNames(step, { wholes, made }) {
  const label = step.name === "output" ? made : step.label;
  return { ...step, label, means: step.named ? fill(step.named, wholes) : step.means };
}

/** @param {number[]} counts */
function sum(counts) {
  return counts.reduce((total, count) => total + count, 0);
}
