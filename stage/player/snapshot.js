// A picture to take away: what the stage shows, drawn again out of sight, with its arithmetic, its title and its step under
// it. The stage itself is not touched, so that it can go on meanwhile.

import { Drawing } from "./drawing.js";
import { colouredCells } from "./heatmaps.js";
import { fontOf, paint, shape, shapesOf, written } from "./shapes.js";
import { svgElement } from "./svg.js";

const MARGIN = 16;
const NARROWEST = 320; // pixels for the lines under the picture
const LINE = 1.45; // of the size of its font
const [ARITHMETIC, CAPTION] = [16, 14]; // sizes of fonts

export class Snapshot {
  /**
   * `room` is {theme, width, height, scale}, as a Drawing takes it; by default the stage's own. `title` stands under the
   * picture.
   */
  constructor(stage, title, room = {}) {
    const { theme, width, height, scale } = { ...stage.asDrawn(), ...room };
    const { data, timeline } = stage;
    Object.assign(this, { title, timeline });
    const host = document.createElement("div");
    host.className = theme === stage.theme() ? "stage-root" : `stage-root in-${theme}`;
    host.dataset.theme = theme;
    host.hidden = true; // styles are worked out all the same
    const overlay = svgElement("svg", { class: "overlay" }, host);
    const equation = document.createElement("div");
    equation.className = "equation";
    host.append(equation);
    stage.parent.append(host); // the colours of the page come from there
    Object.assign(this, { host, overlay, equation, styles: new Map() });
    this.drawing = new Drawing(overlay, equation);
    this.drawing.draw(data, timeline, theme, width, height, scale);
    const look = getComputedStyle(host);
    const color = (name) => look.getPropertyValue(name).trim();
    this.colors = { ground: color("--ground"), ink: color("--ink"), soft: color("--soft") };
    this.family = look.fontFamily;
    this.measure = document.createElement("canvas").getContext("2d");
    this.width = Math.max(this.picture.size[0], NARROWEST) + 2 * MARGIN;
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

  /** How many lines there are under the picture at steps, at most. */
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
   */
  at(granularity, step, { pinned = null, lines = 0 } = {}) {
    const { drawing, picture, width } = this;
    const { scale, size } = picture;
    drawing.show(pinned?.cursor ?? this.timeline.cursorAt(granularity, step));
    const target = pinned && { ...pinned.target, grid: picture.grids[pinned.target.grid.index] };
    this.host.dataset.pointing = target ? target.grid.role : ""; // what is pointed at makes the rest step back
    this.host.dataset.pinned = target ? "true" : "";
    const said = target ? drawing.light(target, pinned.cursor) : "";
    const overlay = shapesOf(this.overlay, this.styles, this.host.dataset.pointing);
    const left = Math.round((width - size[0]) / 2);
    const box = size[1] + 2 * MARGIN;
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
    const caption = { y: captionTop + CAPTION * scale, "font-size": CAPTION * scale, fill: ink, opacity: 0.8 };
    const [defs, ...layers] = overlay.children;
    return shape("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": this.family }, [
      shape("title", {}, [], this.title),
      defs,
      shape("rect", { width, height, fill: ground }),
      shape("g", { transform: `translate(${left} ${MARGIN})` }, [this.ground, ...layers]),
      shape("rect", { x: MARGIN, y: box, width: width - 2 * MARGIN, height: boxHeight, fill: soft }),
      ...found.map(({ opacity, runs }, index) =>
        shape("text", { class: "equation", x: MARGIN + inset, y: box + inset + (index + 0.75) * line, "font-size": ARITHMETIC * scale, opacity, "xml:space": "preserve" }, runs),
      ),
      shape("text", { ...caption, class: "title", x: MARGIN }, [], this.cut(this.title, CAPTION * scale, titleRoom)),
      shape("text", { ...caption, class: "step", x: width - MARGIN, "text-anchor": "end" }, [], count),
    ]);
  }

  /** The lines of the arithmetic, and what is said of a pinned cell, broken to the width there is: {opacity, runs}. */
  arithmetic(said) {
    const size = ARITHMETIC * this.picture.scale;
    const room = this.width - 2 * MARGIN - 20;
    const lines = [];
    if (said) lines.push(...this.broken([{ text: said, weight: "400", fill: this.colors.ink }], size, room).map((runs) => ({ opacity: "1", runs })));
    for (const line of this.equation.firstChild.children) {
      const runs = runsOf(line);
      const { opacity } = getComputedStyle(line);
      if (runs.length) lines.push(...this.broken(runs, size, room).map((found) => ({ opacity, runs: found })));
    }
    return lines;
  }

  /** Runs of text, broken at spaces into lines that fit. */
  broken(runs, size, room) {
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

  /** A text cut where it would not fit, with dots that say so. */
  cut(text, size, room) {
    this.measure.font = fontOf("400", size, this.family);
    const isFitting = (one) => this.measure.measureText(one).width <= room;
    if (isFitting(text)) return text;
    let end = text.length;
    while (end > 0 && !isFitting(`${text.slice(0, end)}\u2026`)) end--;
    return `${text.slice(0, end).trimEnd()}\u2026`;
  }
}

/** The texts of an element and how each of them looks. */
function runsOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const runs = [];
  while (walker.nextNode()) {
    const { fontWeight, color } = getComputedStyle(walker.currentNode.parentElement);
    runs.push({ text: walker.currentNode.textContent, weight: fontWeight, fill: color });
  }
  return runs;
}

/** Shapes as an SVG file. */
export function svgFile(shapes) {
  return new Blob([written(shapes)], { type: "image/svg+xml" });
}

/** Shapes on a canvas, `scale` pixels for each of theirs. */
export function painted(shapes, scale, canvas = document.createElement("canvas")) {
  const [width, height] = ["width", "height"].map((name) => Math.round(Number(shapes.attributes[name]) * scale));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  paint(shapes, context, scale);
  return canvas;
}

/** A canvas as a PNG file. */
export function pngFile(canvas) {
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
