// One result taken apart: the pixels of its window, each times its weight, and their sum.

import { inkOnGrey } from "./image_ink.js";
import { WIDE } from "./image_weights.js";
import { writeEqual, writeNumber, writeTerm } from "./numbers.js";

/** @import { ImageKernel } from "./image_lab" */

/**
 * The window as a table: each pixel on its own grey, and the weight below it.
 *
 * @param {HTMLElement} place
 * @param {number[][]} pixels
 * @param {number[][]} weights
 */
export function showTaps(place, pixels, weights) {
  const table = document.createElement("table");
  pixels.forEach((row, y) => {
    const line = table.insertRow();
    row.forEach((pixel, x) => {
      const cell = line.insertCell();
      cell.style.background = `rgb(${pixel} ${pixel} ${pixel})`;
      cell.style.color = inkOnGrey(pixel);
      const weight = document.createElement("small");
      weight.textContent = `\u00d7 ${writeTerm(weights[y][x])}`;
      cell.append(writeNumber(pixel), weight);
    });
  });
  place.classList.toggle("wide", weights[0].length >= WIDE);
  place.replaceChildren(table);
}

/**
 * How a sum becomes a result: divided, and with the offset, where the kernel has these.
 *
 * @param {number} sum
 * @param {ImageKernel} kernel
 */
export function equation(sum, { divisor, offset }) {
  if (divisor === 1 && !offset) return writeNumber(sum);
  const divided = divisor === 1 ? "" : ` \u00f7 ${writeNumber(divisor)}`;
  const added = offset ? ` ${offset < 0 ? "\u2212" : "+"} ${writeNumber(Math.abs(offset))}` : "";
  return `${writeNumber(sum)}${divided}${added} ${writeEqual((sum + offset * divisor) / divisor)}`;
}
