// The colours of groups, and lines from the sums of a group to the outputs that are made of them.

import { GROUP_COLORS } from "./generated_constants.js";
import { svgElement } from "./svg.js";

/** @import { Picture } from "./types" */
/** @import { Arrangement } from "./wire" */

/** @param {number} group */
export function colourOfGroup(group) {
  return GROUP_COLORS[group % GROUP_COLORS.length];
}

/**
 * Draw the lines of the arrangement; each passes behind the grids that it meets.
 *
 * @param {Picture} picture
 * @param {Element} defs
 */
export function drawWires(picture, defs) {
  const [width, height] = picture.size;
  /** @type {(x: number, y: number, columns: number, rows: number) => string} */
  const box = (x, y, columns, rows) => `M${x} ${y}h${columns}v${rows}h${-columns}z`;
  const unit = picture.cell;
  const holes = picture.grids.map(({ x, y, columns, rows }) => box(x * unit, y * unit, columns * unit, rows * unit));
  const clip = svgElement("clipPath", { id: "between-grids" }, defs);
  svgElement("path", { "clip-rule": "evenodd", d: box(0, 0, width, height) + holes.join("") }, clip);
  return picture.arrangement.wires.map((wire) => drawWire(picture, wire));
}

/**
 * A line that leaves and arrives straight, in the colour of its group.
 *
 * @param {Picture} picture
 * @param {Arrangement["wires"][number]} wire
 */
function drawWire(picture, { group, start: [x, y], end: [toX, toY] }) {
  const ends = [x, y, toX, toY].map((at) => at * picture.cell);
  const isDown = toY > y + 1 && Math.abs(toY - y) > 0.2 * Math.abs(toX - x);
  const middle = isDown ? (ends[1] + ends[3]) / 2 : (ends[0] + ends[2]) / 2;
  const bend = isDown ? `${ends[0]} ${middle} ${ends[2]} ${middle}` : `${middle} ${ends[1]} ${middle} ${ends[3]}`;
  const d = `M${ends[0]} ${ends[1]} C${bend} ${ends[2]} ${ends[3]}`;
  const attributes = { class: "wire", d, stroke: colourOfGroup(group), "data-group": group, "clip-path": "url(#between-grids)" };
  return svgElement("path", attributes, picture.still);
}
