// What comes after the filter: nothing, ReLU, or ReLU and then the largest of each 2x2 results, in whole numbers.

import { undivided } from "./image_convolution.js";

/** @import { AfterFilter, ImageKernel, Results, Sums } from "./image_lab" */

const SIDE = 2; // of the windows of the pooling, which lie beside each other

/**
 * What comes of the sums; null where they are too few to be pooled.
 *
 * @param {Sums} sums
 * @param {ImageKernel} kernel
 * @param {AfterFilter} after
 * @returns {Results | null}
 */
export function resultsOf({ height, width, sums }, kernel, after) {
  const least = after === "nothing" ? -Infinity : 0;
  const values = sums.map((sum) => Math.max(least, undivided(sum, kernel)));
  const results = { height, width, values };
  return after === "relu_pool" ? pooled(results) : results;
}

/** @param {Results} results @returns {Results | null} */
function pooled({ height, width, values }) {
  const [rows, columns] = [Math.floor(height / SIDE), Math.floor(width / SIDE)];
  if (!rows || !columns) return null;
  const largest = new Int32Array(rows * columns);
  for (let y = 0, index = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, index++) {
      const upper = SIDE * (y * width + x);
      const lower = upper + width;
      largest[index] = Math.max(values[upper], values[upper + 1], values[lower], values[lower + 1]);
    }
  }
  return { height: rows, width: columns, values: largest };
}

/**
 * The results that the pooling chose one of, and the place of that one: the first of the largest, as PyTorch has it.
 *
 * @param {Sums} sums
 * @param {ImageKernel} kernel
 * @param {number} y
 * @param {number} x
 * @returns {{ cells: number[], row: number, column: number }}
 */
export function chosenOf({ width, sums }, kernel, y, x) {
  const places = [0, 1, 2, 3].map((cell) => [SIDE * y + Math.floor(cell / SIDE), SIDE * x + (cell % SIDE)]);
  const cells = places.map(([row, column]) => Math.max(0, undivided(sums[row * width + column], kernel)));
  const [row, column] = places[cells.indexOf(Math.max(...cells))];
  return { cells, row, column };
}
