// A picture to take away: what the stage shows, drawn again out of sight, with its arithmetic, its title and its step under
// it. The stage itself is not touched, so that it can go on meanwhile.

import { Drawing } from "./drawing.js";
import { FONTS } from "./generated_constants.js";
import { colouredCells } from "./heatmaps.js";
import { fontOf, paint, plain, shape, shapesOf, written } from "./shapes.js";
import { svgElement } from "./svg.js";

/** @import { Shape } from "./shapes.js" */
/** @import { Granularity, Pinned, PicturedStage, Room } from "./types" */

/**
 * A piece of text that looks the same all over.
 *
 * @typedef {{ text: string, weight: string, fill: string }} Run
 */

/**
 * A line under the picture.
 *
 * @typedef {{ opacity: string, runs: Shape[] }} Line
 */

const MARGIN = 16;
const NARROWEST = 320; // pixels for the lines under the picture
const LINE = 1.45; // of the size of its font
const [ARITHMETIC, CAPTION] = [16, 14]; // sizes of fonts

export class Snapshot {
  /**
   * @param {PicturedStage} stage
   * @param {string} title that stands under the picture
   * @param {Partial<Room>} room, where it is not to be the stage's own
   */
  constructor(stage, title, room = {}) {
    const { theme, width, height, scale } = { ...stage.asDrawn(), ...room };
    const { data, timeline } = stage;
    if (!data || !timeline) throw new Error("there is nothing to take away yet");
    this.title = title;
    this.timeline = timeline;
    const host = document.createElement("div");
    host.className = theme === stage.theme() ? "stage-root" : `stage-root in-${theme}`;
    host.dataset.theme = theme;
    host.hidden = true; // styles are worked out all the same
    const overlay = svgElement("svg", { class: "overlay" }, host);
    const equation = document.createElement("div");
    equation.className = "equation";
    host.append(equation);
    stage.parent.append(host); // the colours of the page come from there
    this.host = host;
    this.overlay = overlay;
    this.equation = equation;
    /** @type {Map<string, Record<string, string>>} */
    this.styles = new Map();
    this.drawing = new Drawing(overlay, equation);
    this.drawing.draw(data, timeline, theme, width, height, scale);
    const look = getComputedStyle(host);
    /** @param {string} name */
    const color = (name) => look.getPropertyValue(name).trim();
    this.colors = { ground: color("--ground"), ink: color("--ink"), soft: color("--soft") };
    this.family = FONTS;
    this.measure = contextOf(document.createElement("canvas"));
    this.width = Math.max(this.picture.reach, NARROWEST) + 2 * MARGIN;
    this.ground = this.groundShapes();
  }

  destroy() {
    this.host.remove();
  }

  get picture() {
    return this.drawing.picture;
  }

  groundShapes() {
    const { picture } = this;
    const cells = Array.from(colouredCells(picture.heatmaps, picture), ({ left, top, right, bottom, colour }) =>
      shape("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: colour }),
    );
    return shape("g", { class: "ground" }, cells);
  }

  /**
   * How many lines there are under the picture at steps, at most.
   *
   * @param {Granularity} granularity
   * @param {number[]} steps
   */
  mostLines(granularity, steps) {
    return Math.max(
      ...steps.map((step) => {
        this.drawing.showEquation(this.timeline.cursorAt(granularity, step));
        return this.arithmetic("").length;
      }),
    );
  }

  /**
   * The picture of a step as shapes; `pinned` is {target, cursor} of a cell whose links are shown, and `lines` how many
   * lines of arithmetic there is room for, at least.
   *
   * @param {Granularity} granularity
   * @param {number} step
   * @param {{ pinned?: Pinned | null, lines?: number }} options
   */
  at(granularity, step, { pinned = null, lines = 0 } = {}) {
    const { drawing, picture, width } = this;
    const { scale, size, height: pictured } = picture;
    drawing.show(pinned?.cursor ?? this.timeline.cursorAt(granularity, step));
    const target = pinned && { ...pinned.target, grid: picture.grids[pinned.target.grid.index] };
    this.host.dataset.pointing = target ? target.grid.role : ""; // what is pointed at makes the rest step back
    this.host.dataset.pinned = target ? "true" : "";
    const said = pinned && target ? drawing.light(target, pinned.cursor) : "";
    const overlay = shapesOf(this.overlay, this.styles, this.host.dataset.pointing);
    const left = Math.round((width - size[0]) / 2);
    const box = pictured + 2 * MARGIN;
    const found = this.arithmetic(said);
    const line = ARITHMETIC * scale * LINE;
    const inset = 10;
    const boxHeight = Math.ceil(Math.max(found.length, lines) * line + 2 * inset);
    const captionTop = box + boxHeight + MARGIN / 2;
    const height = Math.ceil(captionTop + CAPTION * scale * LINE + MARGIN / 2);
    const { ground, ink, soft } = this.colors;
    const count = `${step + 1} / ${this.timeline.count(granularity)}`;
    this.measure.font = fontOf("400", CAPTION * scale, this.family);
    const titleRoom = width - 3 * MARGIN - this.measure.measureText(count).width;
    const title = this.cut(this.title, CAPTION * scale, titleRoom);
    const caption = { y: captionTop + CAPTION * scale, "font-size": CAPTION * scale, fill: ink, opacity: 0.8 };
    if (!overlay) throw new Error("the picture draws nothing");
    const [defs, ...layers] = overlay.children;
    return shape("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": this.family, style: "font-variant-numeric: tabular-nums" }, [
      shape("title", {}, [], this.title),
      defs,
      shape("rect", { width, height, fill: ground }),
      shape("g", { transform: `translate(${left} ${MARGIN})` }, [this.ground, ...layers]),
      shape("rect", { x: MARGIN, y: box, width: width - 2 * MARGIN, height: boxHeight, fill: soft }),
      ...found.map(({ opacity, runs }, index) =>
        shape("text", { class: "equation", x: MARGIN + inset, y: box + inset + (index + 0.75) * line, "font-size": ARITHMETIC * scale, opacity, "xml:space": "preserve", ...this.heldTo(runs, ARITHMETIC * scale) }, runs),
      ),
      shape("text", { ...caption, class: "title", x: MARGIN, ...this.heldTo([shape("tspan", {}, [], title)], CAPTION * scale) }, [], title),
      shape("text", { ...caption, class: "step", x: width - MARGIN, "text-anchor": "end" }, [], count),
    ]);
  }

  /**
   * The lines of the arithmetic, and what is said of a pinned cell, broken to the width there is.
   *
   * @param {string} said
   * @returns {Line[]}
   */
  arithmetic(said) {
    const size = ARITHMETIC * this.picture.scale;
    const room = this.width - 2 * MARGIN - 20;
    /** @type {Line[]} */
    const lines = [];
    if (said) lines.push(...this.broken([{ text: said, weight: "400", fill: this.colors.ink }], size, room).map((runs) => ({ opacity: "1", runs })));
    for (const line of this.equation.firstElementChild?.children ?? []) {
      const runs = runsOf(line);
      const { opacity } = getComputedStyle(line);
      if (runs.length) lines.push(...this.broken(runs, size, room).map((found) => ({ opacity, runs: found })));
    }
    return lines;
  }

  /**
   * Runs of text, broken at spaces into lines that fit.
   *
   * @param {Run[]} runs
   * @param {number} size of the font
   * @param {number} room in pixels
   */
  broken(runs, size, room) {
    /** @type {Run[][]} */
    const lines = [[]];
    let used = 0;
    for (const { text, weight, fill } of runs) {
      this.measure.font = fontOf(weight, size, this.family);
      for (const word of text.match(/ *[^ ]+ */g) ?? []) {
        const wide = this.measure.measureText(word.trimEnd()).width;
        if (used > 0 && used + wide > room) {
          lines.push([]);
          used = 0;
        }
        const line = lines[lines.length - 1];
        const last = line[line.length - 1];
        if (last?.fill === fill && last.weight === weight) last.text += word;
        else line.push({ text: word, weight, fill });
        used += this.measure.measureText(word).width;
      }
    }
    return lines.map((line) => line.map(({ text, weight, fill }) => shape("tspan", { "font-weight": weight, fill }, [], text)));
  }

  /**
   * What holds a line to the length that it has in the typeface of the page: where another one is wider, nothing is cut.
   *
   * @param {Shape[]} runs
   * @param {number} size of the font
   */
  heldTo(runs, size) {
    const lengths = runs.map(({ text, attributes }) => {
      this.measure.font = fontOf(attributes["font-weight"], size, this.family);
      return this.measure.measureText(text).width;
    });
    return { textLength: Math.round(lengths.reduce((sum, length) => sum + length, 0)), lengthAdjust: "spacingAndGlyphs" };
  }

  /**
   * A text cut where it would not fit, with dots that say so.
   *
   * @param {string} text
   * @param {number} size of the font
   * @param {number} room in pixels
   */
  cut(text, size, room) {
    this.measure.font = fontOf("400", size, this.family);
    /** @param {string} one */
    const isFitting = (one) => this.measure.measureText(one).width <= room;
    if (isFitting(text)) return text;
    let end = text.length;
    while (end > 0 && !isFitting(`${text.slice(0, end)}\u2026`)) end--;
    return `${text.slice(0, end).trimEnd()}\u2026`;
  }
}

/**
 * The texts of an element and how each of them looks.
 *
 * @param {Element} element
 */
function runsOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  /** @type {Run[]} */
  const runs = [];
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    const { fontWeight, color } = getComputedStyle(parentElement ?? element);
    runs.push({ text: textContent ?? "", weight: fontWeight, fill: plain(color) });
  }
  return runs;
}

/**
 * Shapes as an SVG file.
 *
 * @param {Shape} shapes
 */
export function svgFile(shapes) {
  return new Blob([written(shapes)], { type: "image/svg+xml" });
}

/**
 * Shapes on a canvas.
 *
 * @param {Shape} shapes
 * @param {number} scale is how many pixels there are for each of theirs
 * @param {HTMLCanvasElement} canvas
 */
export function painted(shapes, scale, canvas = document.createElement("canvas")) {
  const [width, height] = ["width", "height"].map((name) => Math.round(Number(shapes.attributes[name]) * scale));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = contextOf(canvas);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  paint(shapes, context, scale);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser has no memory for another canvas");
  return context;
}

/**
 * A canvas as a PNG file.
 *
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Blob>}
 */
export function pngFile(canvas) {
  return new Promise((done, fail) => {
    canvas.toBlob((file) => (file ? done(file) : fail(new Error("the picture is too large for this browser"))), "image/png");
  });
}
