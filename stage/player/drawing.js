// One drawing of what is played: the picture, what moves over it, and its arithmetic. The stage has one, and each picture
// that is taken away another.

import { LAYER_VIEWS } from "./layer_views.js";
import { Picture } from "./picture.js";
import { channelOfStep } from "./played_layer.js";
import { ResultArrow } from "./result_arrow.js";

/** @import { Timeline } from "./timeline.js" */
/** @import { Arithmetic, Cursor, LayerView, Links, Magnified, Meaning, Part, Target, Theme } from "./types" */
/** @import { Stage as Recorded } from "./wire" */

/**
 * One layer view and all that is drawn of it.
 *
 * @typedef {object} DrawnLayer
 * @property {LayerView} layerView
 * @property {Part[]} parts that move
 * @property {Magnified | null} strip that magnifies a step, where the maps are too small
 * @property {Links} links between its cells
 * @property {Arithmetic} equation of its steps
 */

/**
 * Which of the channels that the filter of a step reads a cell belongs to, or -1 where it belongs to none of them.
 *
 * @param {Meaning} meaning of the cell
 * @param {LayerView} layerView
 * @param {Cursor} cursor
 */
function channelOf(meaning, layerView, { filter }) {
  if (meaning.role === "input") return layerView.channelOf(filter, meaning.channel);
  if (meaning.role === "products") return meaning.channel;
  return meaning.role === "kernel" ? layerView.channelOf(filter, layerView.firstChannel(meaning.filter) + meaning.channel) : -1;
}

export class Drawing {
  /**
   * @param {SVGElement} overlay to draw in
   * @param {HTMLElement} room for the arithmetic
   * @param {HTMLCanvasElement | null} ground as a Picture takes it
   * @param {HTMLElement | null} plot as a Picture takes it
   */
  constructor(overlay, room, ground = null, plot = null) {
    this.picture = new Picture(overlay, ground, plot);
    this.room = room;
    /** @type {DrawnLayer[]} */
    this.layers = [];
    /** The arithmetic that is shown, once there is any. @type {Arithmetic | undefined} */
    this.equation = undefined;
    /** The lines of the arithmetic that were brought into sight last. */
    this.followed = "";
    room.addEventListener("scroll", () => this.equation?.markCut());
  }

  /**
   * Draw anew, as a Picture does; nothing moves yet.
   *
   * @param {Recorded} data
   * @param {Timeline} timeline
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   * @param {number} scale
   */
  draw(data, timeline, theme, width, height, scale) {
    const { picture } = this;
    picture.draw(data, timeline, theme, width, height, scale);
    this.layers = timeline.layerViews.map((layerView) => {
      const kind = LAYER_VIEWS[layerView.kind];
      const grids = picture.gridsOf(layerView.index);
      const { parts, links } = kind.draw(picture, layerView, grids);
      const layout = picture.strips[layerView.index];
      const strip = layout ? new kind.Strip(picture, layout, layerView, grids) : null;
      const arrows = picture.arrows.filter(({ layer }) => layer === layerView.index).map((arrow) => new ResultArrow(arrow));
      const moving = [...parts, ...arrows, ...(strip ? [strip] : [])];
      return { layerView, parts: moving, strip, links, equation: new kind.Equation(document.createElement("div"), layerView, links) };
    });
  }

  /**
   * Show a step: all that moves, and its arithmetic.
   *
   * @param {Cursor} cursor
   */
  show(cursor) {
    this.move(cursor);
    this.showEquation(cursor);
  }

  /**
   * Show what moves at a step, without its arithmetic.
   *
   * @param {Cursor} cursor
   */
  move(cursor) {
    this.layers.forEach(({ layerView, parts }, index) => {
      const isNow = index === cursor.layer;
      const own = isNow ? cursor : index < cursor.layer ? layerView.end : layerView.start;
      for (const part of parts) part.show(own, isNow);
    });
  }

  /** @param {Cursor} cursor */
  showEquation(cursor) {
    const layer = this.layers[cursor.layer];
    const { equation } = layer;
    this.equation = equation;
    if (this.room.firstChild !== equation.lines) this.room.replaceChildren(equation.lines);
    equation.show(cursor);
    this.followed = "";
    this.follow(layer, channelOfStep(cursor));
  }

  /**
   * Let the arithmetic show a channel, and where a strip magnifies it, those that stand beside it there. The browser has to
   * lay out all that has changed for this: it comes after the changes, and not twice for the same lines.
   *
   * @param {DrawnLayer} layer
   * @param {number} channel
   */
  follow({ layerView, equation, strip }, channel) {
    const first = strip?.firstShown ?? channel;
    const last = Math.max(channel, first);
    const followed = `${layerView.index} ${first} ${last}`;
    if (followed === this.followed) return;
    this.followed = followed;
    equation.follow(first, last);
  }

  /** What is written on the cells that are lit, each with its name. */
  get notes() {
    return this.layers.flatMap(({ links }) => links.notes);
  }

  unlight() {
    this.turnTo(new Map());
  }

  /**
   * Let each strip show the channel that is pointed at, or where there is none, the one that plays; light no cell.
   *
   * @param {Map<DrawnLayer, number>} channels
   */
  turnTo(channels) {
    for (const layer of this.layers) {
      layer.links.clear();
      layer.strip?.turnTo(channels.get(layer) ?? -1);
    }
  }

  /**
   * Light what belongs to a cell while a step is shown; returns what the layer views that it belongs to say of it.
   *
   * @param {Target} target
   * @param {Cursor} cursor
   */
  light(target, cursor) {
    const lit = this.layersOf(target);
    /** @type {Map<DrawnLayer, number>} */
    const channels = new Map();
    for (const layer of lit) {
      const { layerView, links } = layer;
      const channel = layerView.index === cursor.layer ? channelOf(links.meaning(target, cursor), layerView, cursor) : -1;
      if (channel >= 0) channels.set(layer, channel);
    }
    this.turnTo(channels);
    const said = lit.map(({ layerView, links }) => links.show(target, layerView.index === cursor.layer ? cursor : layerView.end));
    for (const [layer, channel] of channels) this.follow(layer, channel);
    return said.join("; ");
  }

  /**
   * The cell of the maps that a strip shows at a point in pixels, or null.
   *
   * @param {number} x
   * @param {number} y
   */
  magnifiedAt(x, y) {
    const strip = this.layers.find((layer) => layer.strip?.cellAt(x, y))?.strip;
    return strip?.cellAt(x, y) ?? null;
  }

  /**
   * The layers that a grid is part of: two where one's output is the other's input.
   *
   * @param {Target} target
   */
  layersOf({ grid }) {
    const belongs = grid.role === "middle" ? [grid.layer - 1, grid.layer] : [grid.layer];
    return this.layers.filter(({ layerView }) => belongs.includes(layerView.index));
  }

  /**
   * The finished computation of a cell of an output, or null of any other cell.
   *
   * @param {Target} target
   * @param {Cursor} cursor
   */
  outputCursor(target, cursor) {
    for (const { layerView, links } of this.layersOf(target)) {
      const meaning = links.meaning(target, cursor);
      if (meaning.role === "output" && meaning.position >= 0) {
        return layerView.outputCursor(meaning.filter, meaning.position);
      }
    }
    return null;
  }
}
