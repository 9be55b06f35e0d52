// The slices of a volume: a grid holds the rows of all of them, one under another, and they stand apart on the canvas.

import { SLICE_GAP } from "./generated_constants.js";

/** @import { PlacedGrid } from "./types" */
/** @import { Grid } from "./wire" */

/**
 * How many rows each slice of a grid has.
 *
 * @param {Pick<Grid, "rows" | "slices">} grid
 */
export function sliceRows({ rows, slices }) {
  return rows / slices;
}

/**
 * Where a slice of a grid begins, in cells from the corner of the grid.
 *
 * @param {Pick<PlacedGrid, "rows" | "columns" | "slices" | "across">} grid
 * @param {number} slice
 */
export function sliceCorner(grid, slice) {
  const [down, beside] = [Math.floor(slice / grid.across), slice % grid.across];
  return { x: beside * (grid.columns + SLICE_GAP), y: down * (sliceRows(grid) + SLICE_GAP) };
}

/**
 * How many columns and rows of the canvas a grid takes, without the gap under its last slices.
 *
 * @param {Pick<Grid, "rows" | "columns" | "column_step" | "slices">} grid
 * @param {number} across is how many of its slices stand beside each other
 */
export function sizeOnCanvas(grid, across) {
  if (grid.slices === 1) return { width: (grid.columns - 1) * grid.column_step + 1, height: grid.rows };
  const lines = Math.ceil(grid.slices / across);
  return {
    width: across * (grid.columns + SLICE_GAP) - SLICE_GAP,
    height: lines * (sliceRows(grid) + SLICE_GAP) - SLICE_GAP,
  };
}

/**
 * Where a cell of a grid stands, in cells from the corner of the grid.
 *
 * @param {Pick<PlacedGrid, "rows" | "columns" | "column_step" | "slices" | "across">} grid
 * @param {number} cell
 */
export function placeOfCell(grid, cell) {
  const rows = sliceRows(grid);
  const row = Math.floor(cell / grid.columns);
  const corner = sliceCorner(grid, Math.floor(row / rows));
  return { x: corner.x + (cell % grid.columns) * grid.column_step, y: corner.y + (row % rows) };
}

/**
 * The cell of a grid that stands at a place, in cells from the corner of the grid, or -1 where there is none.
 *
 * @param {Pick<PlacedGrid, "rows" | "columns" | "column_step" | "slices" | "across" | "width">} grid
 * @param {number} x
 * @param {number} y
 */
export function cellAtPlace(grid, x, y) {
  const rows = sliceRows(grid);
  for (let slice = 0; slice < grid.slices; slice++) {
    const corner = sliceCorner(grid, slice);
    const [across, down] = [x - corner.x, y - corner.y];
    const width = (grid.columns - 1) * grid.column_step + 1;
    if (across < 0 || across >= width || down < 0 || down >= rows || across % grid.column_step) continue;
    return (slice * rows + down) * grid.columns + across / grid.column_step;
  }
  return -1;
}
