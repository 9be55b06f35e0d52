// Lines of text under a view: its title, and samples of what is drawn apart with what that is.

import { NEUTRAL_COLORS } from "./generated_constants.js";
import { svgElement } from "./svg.js";

/** @import { Picture } from "./types" */
/** @import { Caption } from "./wire" */

const SAMPLE = 16; // pixels that a sample takes up, kept free before the further lines of its text too

/**
 * Draw the captions of the arrangement, and define what cropped cells are veiled with.
 *
 * @param {Picture} picture
 * @param {Element} defs
 */
export function drawCaptions(picture, defs) {
  const veil = svgElement(
    "pattern",
    { id: "cropped", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    defs,
  );
  svgElement("rect", { width: 7, height: 7, class: "veil" }, veil);
  svgElement("rect", { width: 1, height: 7, class: "hatch" }, veil);
  const { cell, arrangement, scale } = picture;
  /** @param {Caption} caption */
  const fits = ({ text, width, mark }) =>
    mark === "title" ? 15 * scale : Math.min(13 * scale, (width * cell - SAMPLE) / (0.5 * text.length));
  const size = Math.min(arrangement.label_rows * cell * 0.8, ...arrangement.captions.map(fits)); // one for all
  for (const caption of arrangement.captions) drawCaption(picture, size, caption);
}

/**
 * @param {Picture} of
 * @param {number} size
 * @param {Caption} caption
 */
function drawCaption({ cell, arrangement, still, theme }, size, { text, x, y, mark }) {
  const isTitle = mark === "title";
  const left = isTitle ? 0 : SAMPLE;
  const middle = y * cell + (arrangement.label_rows * cell) / 2;
  const attributes = { x: x * cell + left, y: middle, class: isTitle ? "title" : "caption", "font-size": size };
  svgElement("text", attributes, still).textContent = text;
  if (isTitle || !mark) return;
  const box = { x: x * cell + 1, y: middle - 5, width: 10, height: 10, class: `sample ${mark}` };
  const fill = NEUTRAL_COLORS[theme][mark];
  svgElement("rect", fill ? { ...box, fill } : box, still);
}
