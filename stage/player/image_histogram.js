// How many pixels have each value: the bars of a picture and of its result.

import { greyOf } from "./image_convolution.js";

/** @import { ImageView, Results } from "./image_lab" */

/** Of a histogram: four greys a bar. */
export const BARS = 64;
const GREYS = 256 / BARS;

/** @param {Uint8Array} pixels */
export function barsOfPixels(pixels) {
  const bars = new Array(BARS).fill(0);
  for (const pixel of pixels) bars[Math.floor(pixel / GREYS)] += 1;
  return bars;
}

/**
 * The bars of results: of their greys, or in the signed view from the largest below 0 to the largest above it.
 *
 * @param {Results} results
 * @param {number} divisor
 * @param {ImageView} view
 * @param {number} largest without its sign, and before it is divided
 */
export function barsOfResults({ values }, divisor, view, largest) {
  if (view !== "signed") {
    return barsOfPixels(Uint8Array.from(values, (value) => greyOf(view === "magnitude" ? Math.abs(value) : value, divisor)));
  }
  const bars = new Array(BARS).fill(0);
  for (const value of values) bars[Math.min(BARS - 1, Math.floor(((value + largest) * BARS) / (2 * largest)))] += 1;
  return bars;
}

/**
 * Draw bars, the highest over the whole height.
 *
 * @param {Element} path of a drawing that is one high, and one wide for each bar
 * @param {number[]} bars
 */
export function drawBars(path, bars) {
  const most = Math.max(...bars);
  path.setAttribute("d", bars.map((bar, x) => `M${x} 1v${-bar / most}h1v${bar / most}z`).join(""));
}
