// The legend: what the colours and marks of the picture mean.

import { inkOn } from "./colors.js";
import { NEUTRAL_COLORS } from "./generated_constants.js";
import { BAR, BESIDE_MARK, LEGEND_LINE, LEGEND_TYPE, OVER_LEGEND, SWATCH } from "./legend_layout.js";
import { svgElement } from "./svg.js";
import { colourOfGroup } from "./wires.js";

/** @import { LegendLayout } from "./legend_layout.js" */
/** @import { Picture } from "./types" */
/** @import { LegendEntry } from "./wire" */

const EVERY = 4; // of so many colours one is shown on the scale

/**
 * Draw a legend with its upper left corner at (left, top).
 *
 * @param {Picture} picture
 * @param {LegendLayout} layout
 * @param {number} left
 * @param {number} top
 */
export function drawLegend(picture, { entries, scale }, left, top) {
  const group = svgElement("g", { class: "legend" }, picture.still);
  for (const { entry, x, y } of entries) {
    const middle = top + y + (OVER_LEGEND + LEGEND_LINE / 2) * scale;
    if (entry.mark === "scale") {
      drawBar(picture, group, left + x, middle, scale);
      continue;
    }
    const side = SWATCH * scale;
    const box = { x: left + x, y: middle - side / 2, width: side, height: side };
    if (entry.mark !== "none") drawMark(picture, group, entry, box);
    const textLeft = entry.mark === "none" ? left + x : left + x + side + BESIDE_MARK * scale;
    const text = { x: textLeft, y: middle, class: entry.mark === "none" ? "legend-text legend-end" : "legend-text", "font-size": LEGEND_TYPE * scale };
    svgElement("text", text, group).textContent = entry.text;
  }
}

/**
 * The scale of colours, with its signs on it.
 *
 * @param {Picture} picture
 * @param {Element} group
 * @param {number} left
 * @param {number} middle
 * @param {number} scale
 */
function drawBar({ palette }, group, left, middle, scale) {
  const [width, height] = [BAR * scale, SWATCH * scale];
  const shown = palette.filter((_, index) => index % EVERY === 0);
  const across = width / shown.length;
  const top = middle - height / 2;
  shown.forEach((fill, index) => svgElement("rect", { x: left + index * across, y: top, width: across + 0.5, height, fill }, group));
  svgElement("rect", { x: left, y: top, width, height, class: "legend-edge" }, group);
  const last = shown.length - 1;
  ["\u2212", "0", "+"].forEach((sign, part) => {
    const at = Math.round((last * (1 + 6 * part)) / 14); // near the ends, and in the middle
    const place = { x: left + (at + 0.5) * across, y: middle, "font-size": LEGEND_TYPE * scale, fill: inkOn(shown[at]), class: "legend-sign" };
    svgElement("text", place, group).textContent = sign;
  });
}

/**
 * @param {Picture} picture
 * @param {Element} parent
 * @param {LegendEntry} entry
 * @param {{ x: number, y: number, width: number, height: number }} box
 */
function drawMark({ theme }, parent, { mark, group }, box) {
  const colour = NEUTRAL_COLORS[theme][mark];
  if (colour) svgElement("rect", { ...box, class: "legend-edge", style: `fill: ${colour}` }, parent);
  else if (mark === "group") svgElement("rect", { ...box, class: "group", stroke: colourOfGroup(group ?? 0) }, parent);
  else if (mark === "step") svgElement("rect", { ...box, class: "frame" }, parent);
  else if (mark === "chosen") svgElement("circle", { cx: box.x + box.width / 2, cy: box.y + box.height / 2, r: box.width / 2, class: "legend-ring" }, parent);
  else svgElement("rect", { ...box, class: mark }, parent); // hatched, or covered
  if (mark === "unused") svgElement("rect", { ...box, class: "legend-edge" }, parent);
}
