// A picture as plain shapes: what the page draws, with every style worked out, so that nothing of the page is needed to
// draw it again. They are written as an SVG file, or painted on a canvas in the fonts of the page.

/**
 * @typedef {object} Shape
 * @property {string} name of the SVG element
 * @property {Record<string, string>} attributes geometry and style, as an SVG file has them
 * @property {Shape[]} children
 * @property {string} text what a text says, where it has no children
 */

const GEOMETRY = [
  "id", "x", "y", "width", "height", "cx", "cy", "r", "d", "transform", "fill-rule",
  "patternUnits", "patternTransform", "font-size",
];
const NAMES = ["class", "data-role", "data-channel", "data-grid", "data-cell"]; // for whoever works on with the file
// what a style is where nothing is said
/** @type {Record<string, string>} */
const STYLES = {
  fill: "#000000", stroke: "none", "stroke-width": "1", "stroke-dasharray": "none", opacity: "1", "font-weight": "400",
  "text-anchor": "start", "dominant-baseline": "auto",
};
const TEXT_STYLES = ["font-weight", "text-anchor", "dominant-baseline"];
const MIDDLE_OF_FIGURES = 0.35; // of the size of a font: how far below the middle of figures they stand

/**
 * A shape of one's own making.
 *
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {Shape[]} children
 * @param {string} text
 * @returns {Shape}
 */
export function shape(name, attributes, children = [], text = "") {
  const written = Object.entries(attributes).map(([key, value]) => [key, String(value)]);
  return { name, attributes: Object.fromEntries(written), children, text };
}

/**
 * The shapes that an element and what is in it draw, or null where it draws nothing.
 *
 * @param {Element} element
 * @param {Map<string, Record<string, string>>} styles keeps what was worked out
 * @param {string} outer is what the elements round it look like
 * @returns {Shape | null}
 */
export function shapesOf(element, styles, outer = "") {
  if ((element instanceof SVGElement && element.style.display === "none") || element.getAttribute("display") === "none") return null;
  const name = element.tagName;
  const own = ["class", "fill", "stroke", "opacity", "style"].map((attribute) => element.getAttribute(attribute) ?? "");
  const key = `${outer}/${name} ${own.join(" ")}`;
  const style = styles.get(key) ?? styleOf(element, name);
  styles.set(key, style);
  if (style.opacity === "0" || (name === "text" && !element.textContent)) return null;
  /** @type {Record<string, string>} */
  const attributes = { ...style };
  for (const attribute of [...GEOMETRY, ...NAMES]) {
    const value = element.getAttribute(attribute);
    if (value !== null) attributes[attribute] = value;
  }
  if (name === "text" && style["dominant-baseline"]) {
    // not every program knows of middles: a shift down is known to all
    delete attributes["dominant-baseline"];
    attributes.dy = `${MIDDLE_OF_FIGURES}em`;
  }
  const children = Array.from(element.children, (child) => shapesOf(child, styles, key)).filter(
    (child) => child !== null,
  );
  if (name === "g" && !children.length) return null;
  return { name, attributes, children, text: element.children.length ? "" : (element.textContent ?? "") };
}

/**
 * @param {Element} element
 * @param {string} name
 * @returns {Record<string, string>}
 */
function styleOf(element, name) {
  const isDrawn = ["rect", "path", "circle", "text"].includes(name);
  const computed = getComputedStyle(element);
  const wanted = Object.keys(STYLES).filter((property) =>
    TEXT_STYLES.includes(property) ? name === "text" : isDrawn || property === "opacity",
  );
  const written = wanted.map((property) => [property, plain(computed.getPropertyValue(property))]);
  return Object.fromEntries(written.filter(([property, value]) => value !== STYLES[property]));
}

/**
 * A computed value as files have it: colors as #rrggbb, lengths without their unit.
 *
 * @param {string} value
 */
export function plain(value) {
  const color = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(value);
  if (color) return `#${color.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  return value.replaceAll("px", "").replaceAll('"', "");
}

/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]);

/**
 * Shapes as the text of an SVG file.
 *
 * @param {Shape} root
 * @returns {string}
 */
export function written({ name, attributes, children, text }) {
  const all = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = children.map(written).join("") + escaped(text);
  return inner ? `<${name}${all.join("")}>${inner}</${name}>` : `<${name}${all.join("")}/>`;
}

/**
 * Paint shapes on a canvas's context.
 *
 * @param {Shape} root
 * @param {CanvasRenderingContext2D} context
 * @param {number} scale is how many pixels of it are one of the picture's
 */
export function paint(root, context, scale) {
  /** @type {Map<string, Shape>} */
  const byId = new Map();
  /** @param {Shape} one */
  const collect = (one) => {
    if (one.attributes.id) byId.set(one.attributes.id, one);
    one.children.forEach(collect);
  };
  collect(root);
  new Painter(context, scale, byId, root.attributes["font-family"]).paint(root);
}

/**
 * Where a text stands to its anchor, as a canvas says it.
 *
 * @type {Record<string, CanvasTextAlign>}
 */
const ALIGNED = { middle: "center", end: "right" };

/**
 * @param {string | undefined} value
 * @returns {CanvasFillRule}
 */
function ruleOf(value) {
  return value === "evenodd" ? "evenodd" : "nonzero";
}

class Painter {
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} scale
   * @param {Map<string, Shape>} byId
   * @param {string} family of the font
   */
  constructor(context, scale, byId, family) {
    this.context = context;
    this.scale = scale;
    this.byId = byId;
    this.family = family;
  }

  /** @param {Shape} one */
  paint(one) {
    const { context } = this;
    const { name, attributes, children } = one;
    if (["defs", "title", "pattern"].includes(name)) return;
    context.save();
    const shift = /^translate\(([-\d.e]+)[ ,]+([-\d.e]+)\)$/.exec(attributes.transform ?? "");
    if (shift) context.translate(Number(shift[1]), Number(shift[2]));
    context.globalAlpha *= Number(attributes.opacity ?? 1);
    if (name === "text") this.write(one);
    else if (name === "g" || name === "svg") children.forEach((child) => this.paint(child));
    else this.draw(attributes, this.pathOf(one));
    context.restore();
  }

  /** @param {string | undefined} value */
  referred(value) {
    const found = /^url\(#(.+)\)$/.exec(value ?? "");
    return found ? this.byId.get(found[1]) : undefined;
  }

  /** @param {Shape} of */
  pathOf({ name, attributes }) {
    /** @param {string} key */
    const number = (key) => Number(attributes[key] ?? 0);
    if (name === "path") return new Path2D(attributes.d ?? "");
    const path = new Path2D();
    if (name === "rect") path.rect(number("x"), number("y"), number("width"), number("height"));
    else path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
    return path;
  }

  /**
   * @param {Record<string, string>} attributes
   * @param {Path2D} path
   */
  draw(attributes, path) {
    const { context } = this;
    const fill = attributes.fill ?? STYLES.fill;
    const pattern = this.referred(fill);
    if (fill !== "none") {
      context.fillStyle = (pattern && this.tiled(pattern)) ?? fill;
      context.fill(path, ruleOf(attributes["fill-rule"]));
    }
    if (attributes.stroke && attributes.stroke !== "none") {
      context.strokeStyle = attributes.stroke;
      context.lineWidth = Number(attributes["stroke-width"] ?? 1);
      context.setLineDash((attributes["stroke-dasharray"] ?? "").split(/[ ,]+/).filter(Boolean).map(Number));
      context.stroke(path);
    }
  }

  /**
   * A pattern to fill with: its tile on a canvas of whole pixels, laid so that it comes again after its own size.
   *
   * @param {Shape} of
   */
  tiled({ attributes, children }) {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(attributes[key] ?? 0));
    const tile = document.createElement("canvas");
    tile.width = Math.max(1, Math.round(width * this.scale));
    tile.height = Math.max(1, Math.round(height * this.scale));
    const context = tile.getContext("2d");
    if (!context) return null; // the browser has no memory for another canvas
    context.scale(tile.width / width, tile.height / height);
    const painter = new Painter(context, this.scale, this.byId, this.family);
    children.forEach((child) => painter.paint(child));
    const pattern = this.context.createPattern(tile, "repeat");
    const turned = /^rotate\(([-\d.]+)\)$/.exec(attributes.patternTransform ?? "");
    const matrix = new DOMMatrix().rotate(turned ? Number(turned[1]) : 0).translate(x, y);
    pattern?.setTransform(matrix.scale(width / tile.width, height / tile.height));
    return pattern;
  }

  /** @param {Shape} of */
  write({ attributes, children, text }) {
    const { context } = this;
    const size = Number(attributes["font-size"]);
    context.textAlign = ALIGNED[attributes["text-anchor"]] ?? "left";
    let x = Number(attributes.x);
    const y = Number(attributes.y) + (attributes.dy ? parseFloat(attributes.dy) * size : 0);
    const runs = children.length ? children : [{ attributes: {}, text }];
    for (const run of runs) {
      const style = { ...attributes, ...run.attributes };
      context.font = fontOf(style["font-weight"], size, this.family);
      context.fillStyle = style.fill ?? STYLES.fill;
      context.fillText(run.text, x, y);
      x += context.measureText(run.text).width;
    }
  }
}

/**
 * A font as a canvas takes it.
 *
 * @param {string | undefined} weight
 * @param {number} size
 * @param {string} family
 */
export function fontOf(weight, size, family) {
  return `${weight ?? 400} ${size}px ${family}`;
}
