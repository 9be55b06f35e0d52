// How large the labels over the grids are: all of one size, in which no two run into each other or over another grid.

import { NAMED_IN_STRIP } from "./generated_constants.js";
import { NAME_LETTER } from "./strip_layout.js";

/** @import { PlacedGrid } from "./types" */

const BETWEEN_LABELS = 3; // pixels
const SMALLEST_LABEL = 9; // pixels of labels of grids that a strip names too

/**
 * The size of the labels in pixels, and the grids that are named: where a strip names kernels, products and sums, and
 * small labels would have no room beside each other, the maps alone.
 *
 * @param {PlacedGrid[]} grids
 * @param {{ cell: number, labelRows: number, scale: number, hasStrip: boolean }} room
 */
export function sizeLabels(grids, { cell, labelRows, scale, hasStrip }) {
  const largest = Math.min(13 * scale, cell * labelRows * 0.8);
  /** @param {PlacedGrid[]} named */
  const fitting = (named) => Math.min(largest, ...named.map((grid) => roomOf(grid, named, grids, cell, labelRows)));
  const size = fitting(grids);
  if (!hasStrip || size >= SMALLEST_LABEL * scale) return { size, named: grids };
  const maps = grids.filter(({ role }) => !NAMED_IN_STRIP.includes(role));
  return { size: fitting(maps), named: maps };
}

/**
 * How large the label of a grid can be beside those of others, and beside the cells of grids that reach as high.
 *
 * @param {PlacedGrid} grid
 * @param {PlacedGrid[]} named
 * @param {PlacedGrid[]} grids
 * @param {number} cell
 * @param {number} labelRows
 */
function roomOf(grid, named, grids, cell, labelRows) {
  const middle = (/** @type {PlacedGrid} */ one) => one.x + one.width / 2;
  const letters = grid.label.length;
  const sizes = grids.flatMap((other) => {
    if (other === grid) return [];
    const apart = Math.abs(middle(other) - middle(grid));
    const isLevel = named.includes(other) && Math.abs(other.y - grid.y) < labelRows;
    const beside = isLevel ? [(apart * cell - BETWEEN_LABELS) / ((NAME_LETTER * (letters + other.label.length)) / 2)] : [];
    const reachesUp = other.y < grid.y && other.y + other.height > grid.y - labelRows;
    const over = reachesUp ? [((apart - other.width / 2) * cell - BETWEEN_LABELS) / ((NAME_LETTER * letters) / 2)] : [];
    return [...beside, ...over];
  });
  return Math.min(...sizes, Infinity);
}
