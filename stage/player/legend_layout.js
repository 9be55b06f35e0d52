// Where the entries of the legend stand, in a line under the picture.

import { NAME_LETTER } from "./strip_layout.js";

/** @import { LegendEntry } from "./wire" */

export const LEGEND_TYPE = 12; // pixels of its letters
export const LEGEND_LINE = 20; // and of a line
export const OVER_LEGEND = 4; // pixels between it and the picture
const LOWEST_ROOM = 260; // pixels of a room that is too low for it
const MOST_GROWN = 1.4; // where all type is larger: the room is the picture's
export const BAR = 78; // pixels that the scale is long
export const SWATCH = 12; // and a sample of a mark
export const BESIDE_MARK = 5; // pixels between a sample and its words
const BETWEEN_ENTRIES = 14;
const FREE = ["step", "pending"]; // what stands there only where a line has room for it

/**
 * @typedef {{ entry: LegendEntry, x: number, y: number }} PlacedEntry
 * @typedef {{ entries: PlacedEntry[], width: number, height: number, scale: number }} LegendLayout
 */

/** @type {LegendLayout} */
export const NO_LEGEND = { entries: [], width: 0, height: 0, scale: 1 };

/**
 * Where the entries of a legend stand in a room of width x height pixels: in one line, where the marks of cells and groups
 * need no second one. How far scales go is said of all maps, or of none.
 *
 * @param {LegendEntry[]} legend
 * @param {number} width
 * @param {number} height
 * @param {number} scale is how large type may be, 1 on a page
 * @returns {LegendLayout}
 */
export function layOutLegend(legend, width, height, scale) {
  if (height < LOWEST_ROOM) return NO_LEGEND;
  return laidOutLegend(legend, width, Math.min(scale, MOST_GROWN));
}

/**
 * @param {LegendEntry[]} legend
 * @param {number} width
 * @param {number} scale
 * @returns {LegendLayout}
 */
function laidOutLegend(legend, width, scale) {
  const needed = legend.reduce((sum, entry) => sum + (widthOf(entry) + BETWEEN_ENTRIES) * scale, 0);
  const said = needed <= width ? legend : legend.filter(({ mark }) => mark !== "none");
  /** @type {PlacedEntry[]} */
  const entries = [];
  let [x, y, widest] = [0, 0, 0];
  for (const entry of said) {
    const wide = widthOf(entry) * scale;
    const isOver = x + wide > width;
    if (isOver && FREE.includes(entry.mark)) continue;
    if (isOver) [x, y] = [0, y + LEGEND_LINE * scale];
    entries.push({ entry, x, y });
    widest = Math.max(widest, x + wide);
    x += wide + BETWEEN_ENTRIES * scale;
  }
  return { entries, width: widest, height: y + (LEGEND_LINE + OVER_LEGEND) * scale, scale };
}

/** @param {LegendEntry} entry */
function widthOf({ mark, text }) {
  if (mark === "scale") return BAR; // the bar says it itself
  return (mark === "none" ? 0 : SWATCH + BESIDE_MARK) + Math.ceil(NAME_LETTER * LEGEND_TYPE * text.length);
}
