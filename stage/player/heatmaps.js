// The heatmaps of a picture: what its grids show all the time. From one list of them Plotly's traces are made, the ground
// that is there before Plotly is, and the ground of a picture that is taken away.

import { colourOf } from "./colors.js";
import { CELL_NAMES } from "./generated_constants.js";
import { placeOfCell } from "./slices.js";

/** @import { LayerView, Picture, PlacedGrid } from "./types" */

/**
 * Some cells of a grid, and the colours that they have.
 *
 * @typedef {object} Heatmap
 * @property {PlacedGrid} grid
 * @property {string | null} neutral name of the colour that all have, or null where each has that of its value
 * @property {number} limit of the colour scale, which is symmetric about zero
 * @property {(number | null)[][]} values by row, null where nothing is drawn
 */

const GAP_FROM = 8; // cells of so many pixels have a gap of one pixel between them

/**
 * The heatmaps of the grids: of each, one for its own values and one for every other kind of cell it has, `neutral`, which
 * is drawn in a colour of its own. `values` has a row of the canvas in each of its rows, null where nothing is drawn.
 *
 * @param {PlacedGrid[]} grids
 * @param {LayerView[]} layerViews
 */
export function heatmapsOf(grids, layerViews) {
  return grids.flatMap((grid) => (grid.values ? heatmapsOfGrid(grid, grid.values, layerViews[grid.layer]) : []));
}

/**
 * @param {PlacedGrid} grid
 * @param {string} array that it shows
 * @param {LayerView} layerView
 * @returns {Heatmap[]}
 */
function heatmapsOfGrid(grid, array, layerView) {
  const { rows, columns } = grid;
  const first = grid.channel * rows * columns;
  const kinds = Array.from({ length: rows * columns }, (_, cell) => layerView.kindOf(array, cell));
  return CELL_NAMES.map((neutral, kind) => {
    /** @param {number} cell */
    const shown = (cell) => (kinds[cell] !== kind ? null : neutral ? 0 : finite(layerView.shownValue(array, first + cell)));
    /** @type {(number | null)[][]} */
    const values = Array.from({ length: grid.height }, () => Array(grid.width).fill(null));
    for (let cell = 0; cell < rows * columns; cell++) {
      const { x, y } = placeOfCell(grid, cell);
      values[y][x] = shown(cell);
    }
    return { grid, neutral, limit: neutral ? 1 : layerView.colorLimits[array], values };
  }).filter((heatmap) => heatmap.values.some((row) => row.some((value) => value !== null)));
}

/** @param {number} value */
function finite(value) {
  return Number.isFinite(value) ? value : null;
}

/**
 * The traces and the layout with which Plotly draws heatmaps in a picture.
 *
 * @param {Heatmap[]} heatmaps
 * @param {Picture} picture
 */
export function plotlyFigure(heatmaps, { arrangement, cell, palette, neutrals }) {
  const axis = { visible: false, fixedrange: true };
  const gap = gapOf(cell);
  /** @param {string[]} colours */
  const scale = (colours) => colours.map((colour, index) => [index / (colours.length - 1), colour]);
  return {
    data: heatmaps.map(({ grid, neutral, limit, values }) => ({
      type: "heatmap",
      name: neutral ? `${grid.label} ${neutral}` : grid.label,
      meta: neutral,
      z: values,
      x0: grid.x + 0.5,
      dx: 1,
      y0: grid.y + 0.5,
      dy: 1,
      zmin: -limit,
      zmax: limit,
      xgap: gap,
      ygap: gap,
      colorscale: scale(neutral ? [neutrals[neutral], neutrals[neutral]] : palette),
      showscale: false,
      hoverinfo: "skip",
    })),
    layout: {
      width: arrangement.width * cell,
      height: arrangement.height * cell,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      xaxis: { ...axis, range: [0, arrangement.width] },
      yaxis: { ...axis, range: [arrangement.height, 0] },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      dragmode: false,
    },
  };
}

/** @param {number} cell */
function gapOf(cell) {
  return cell >= GAP_FROM ? 1 : 0;
}

/**
 * Every cell of the heatmaps as {left, top, right, bottom, colour}, in pixels. Edges are rounded as Plotly
 * rounds them, from the corner of the grid on, and the gap is at the right and the bottom.
 *
 * @param {Heatmap[]} heatmaps
 * @param {Pick<Picture, "cell" | "palette" | "neutrals">} picture
 */
export function colouredCells(heatmaps, { cell, palette, neutrals }) {
  const gap = gapOf(cell);
  const found = [];
  for (const { grid, neutral, limit, values } of heatmaps) {
    /** @type {(start: number, count: number) => number[]} */
    const edges = (start, count) => {
      const drawn = Math.round(count * cell) / count; // without gaps, an image of a pixel a cell is drawn out to whole pixels
      return Array.from({ length: count + 1 }, (_, at) => start * cell + (gap ? Math.round(at * cell) : at * drawn));
    };
    const [across, down] = [edges(grid.x, grid.width), edges(grid.y, grid.height)];
    for (let row = 0; row < grid.height; row++) {
      for (let column = 0; column < grid.width; column++) {
        const value = values[row][column];
        if (value === null) continue;
        found.push({
          left: across[column],
          top: down[row],
          right: across[column + 1] - gap,
          bottom: down[row + 1] - gap,
          colour: neutral ? neutrals[neutral] : colourOf(value, limit, palette),
        });
      }
    }
  }
  return found;
}
