// Several filters on one picture: the map of each, and all of them together, in whole numbers.

import { resultsOf } from "./image_after.js";
import { convolve, greyPixel, packed } from "./image_convolution.js";

/** @import { AfterFilter, Bank, BankMap, ImageView, Picture } from "./image_lab" */

/**
 * What comes of each filter of a bank; null where the picture is too small for them.
 *
 * @param {Picture} picture
 * @param {Bank} bank
 * @param {AfterFilter} after
 * @returns {BankMap[] | null}
 */
export function mapsOf(picture, { filters, moving }, after) {
  const maps = [];
  for (const { kernel } of filters) {
    const sums = convolve(picture, kernel.weights, moving);
    const results = sums && resultsOf(sums, kernel, after);
    if (!results) return null;
    maps.push({ ...results, divisor: kernel.divisor });
  }
  return maps;
}

/**
 * How strong an answer is, before it is divided: below 0 it is none where a view shows nothing below 0.
 *
 * @param {number} value
 * @param {ImageView} view
 */
function strength(value, view) {
  return view === "clipped" ? value : Math.abs(value);
}

/**
 * At each pixel, the map with the strongest answer: the first one, where several answer alike.
 *
 * @param {BankMap[]} maps
 * @param {ImageView} view
 */
export function strongestOf(maps, view) {
  return Uint8Array.from(maps[0].values, (_, index) => {
    let best = 0;
    for (let one = 1; one < maps.length; one++) {
      const [mine, other] = [maps[one], maps[best]]; // products of whole numbers far below 2 ** 53: this is exact
      if (strength(mine.values[index], view) * other.divisor > strength(other.values[index], view) * mine.divisor) best = one;
    }
    return best;
  });
}

/**
 * The answer from which on the colour is the full one, as a value and its divisor: a part of the strongest of all maps.
 *
 * @param {BankMap[]} maps
 * @param {Bank} bank
 * @param {ImageView} view
 */
export function fullAnswer(maps, bank, view) {
  let largest = { value: 1, divisor: 1 };
  for (const { values, divisor } of maps) {
    for (const one of values) {
      const value = strength(one, view);
      if (value * largest.divisor > largest.value * divisor) largest = { value, divisor };
    }
  }
  return { value: largest.value, divisor: bank.full * largest.divisor };
}

/**
 * The colours of answers, as the pixels of a canvas.
 *
 * @param {BankMap[]} maps
 * @param {(index: number) => number} which of the maps is shown at a pixel
 * @param {{ value: number, divisor: number }} full the answer that has the full colour
 * @param {ImageView} view
 * @param {string[]} palette from the most negative value to the most positive
 */
export function paintedAnswers(maps, which, full, view, palette) {
  const canvas = new Uint32Array(maps[0].values.length);
  const colours = Uint32Array.from(palette, packed);
  const middle = (palette.length - 1) / 2;
  for (let index = 0; index < canvas.length; index++) {
    const { values, divisor } = maps[which(index)];
    const whole = full.value * divisor;
    const part = Math.max(-whole, Math.min(whole, values[index] * full.divisor));
    canvas[index] =
      view === "signed"
        ? colours[middle + rounded(part * middle, whole)]
        : greyPixel(Math.max(0, rounded(255 * strength(part, view), whole)));
  }
  return new Uint8ClampedArray(canvas.buffer);
}

/** A fraction as the nearest whole number, halves up. @param {number} part @param {number} whole */
function rounded(part, whole) {
  return Math.floor((2 * part + whole) / (2 * whole));
}
