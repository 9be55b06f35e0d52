// The colours of groups, and lines from the sums of a group to the outputs that are made of them.

import { GROUP_COLORS } from "./generated_constants.js";
import { svgElement } from "./svg.js";

/** @import { Picture } from "./types" */

/** @param {number} group */
export function colourOfGroup(group) {
  return GROUP_COLORS[group % GROUP_COLORS.length];
}

const RADIUS = 0.25; // of a cell: how round a line's corners are

/**
 * Draw the lines of the arrangement, a path for each group.
 *
 * @param {Picture} picture
 */
export function drawWires(picture) {
  return picture.arrangement.wires.map(({ group, lines }) => {
    const d = lines.map((line) => rounded(line.map(([x, y]) => [x * picture.cell, y * picture.cell]), RADIUS * picture.cell)).join("");
    return svgElement("path", { class: "wire", d, stroke: colourOfGroup(group), "data-group": group }, picture.still);
  });
}

/**
 * A line through points, with round corners.
 *
 * @param {number[][]} points
 * @param {number} radius
 */
function rounded(points, radius) {
  const corners = points.slice(1, -1).map((corner, index) => {
    const [before, after] = [points[index], points[index + 2]].map((other) => towards(corner, other, radius));
    return `L${before.join(" ")}Q${corner.join(" ")} ${after.join(" ")}`;
  });
  return `M${points[0].join(" ")}${corners.join("")}L${points[points.length - 1].join(" ")}`;
}

/**
 * The point so far from one point to another, or half the way where that is nearer.
 *
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} distance
 */
function towards([x, y], [toX, toY], distance) {
  const length = Math.hypot(toX - x, toY - y);
  const share = length ? Math.min(distance / length, 0.5) : 0;
  return [x + (toX - x) * share, y + (toY - y) * share];
}
