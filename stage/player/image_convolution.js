// A picture under a kernel, in whole numbers: every sum is exact, and equals what the engine's `forward` gives.

/** @import { ImageKernel, ImageView, Moving, PaddingMode, Picture, Results, Sums } from "./image_lab" */

/**
 * For each cell of a padded row, or column, the one that it is a copy of; -1 where it copies none. Null where the
 * mode has fewer cells to show.
 *
 * @param {number} length
 * @param {number} padding on each side
 * @param {PaddingMode} mode
 */
export function copiedCells(length, padding, mode) {
  if ((mode === "reflect" && padding >= length) || (mode === "circular" && padding > length)) return null;
  const cells = new Int32Array(length + 2 * padding);
  for (let cell = 0; cell < cells.length; cell++) cells[cell] = copied(cell - padding, length, mode);
  return cells;
}

/**
 * @param {number} at counts from the first cell of the picture, and may lie before it
 * @param {number} length
 * @param {PaddingMode} mode
 */
function copied(at, length, mode) {
  if (at >= 0 && at < length) return at;
  if (mode === "zeros" || mode === "constant") return -1;
  if (mode === "replicate") return at < 0 ? 0 : length - 1;
  if (mode === "circular") return (at + length) % length;
  if (mode === "reflect") return at < 0 ? -at : 2 * (length - 1) - at;
  const around = (((at % (2 * length)) + 2 * length) % (2 * length)); // a mirror that repeats the edge, and goes on
  return around < length ? around : 2 * length - 1 - around;
}

/**
 * How many places a kernel has along a padded row or column, which may be none.
 *
 * @param {number} padded
 * @param {number} taps
 * @param {Moving} moving
 */
function places(padded, taps, { dilation, stride }) {
  return Math.floor((padded - dilation * (taps - 1) - 1) / stride) + 1;
}

/**
 * The sum of products at each place of the kernel; null where the picture is too small for it.
 *
 * @param {Picture} picture
 * @param {number[][]} weights
 * @param {Moving} moving
 * @returns {Sums | null}
 */
export function convolve(picture, weights, moving) {
  const rows = copiedCells(picture.height, moving.padding[0], moving.mode);
  const columns = copiedCells(picture.width, moving.padding[1], moving.mode);
  if (!rows || !columns) return null;
  const height = places(rows.length, weights.length, moving);
  const width = places(columns.length, weights[0].length, moving);
  if (height < 1 || width < 1) return null;
  const padded = padPicture(picture, rows, columns, moving.value);
  const sums = new Int32Array(height * width);
  const { stride, dilation } = moving;
  for (let y = 0; y < height; y++) {
    const sumsOfRow = sums.subarray(y * width, (y + 1) * width);
    weights.forEach((row, tapRow) => {
      const start = (y * stride + tapRow * dilation) * columns.length;
      row.forEach((weight, tapColumn) => {
        if (weight) addRow(sumsOfRow, padded, start + tapColumn * dilation, stride, weight);
      });
    });
  }
  return { height, width, sums };
}

/**
 * @param {Int32Array} sums
 * @param {Uint8Array} pixels
 * @param {number} start
 * @param {number} stride
 * @param {number} weight
 */
function addRow(sums, pixels, start, stride, weight) {
  for (let x = 0, from = start; x < sums.length; x++, from += stride) sums[x] += weight * pixels[from];
}

/**
 * @param {Picture} picture
 * @param {Int32Array} rows
 * @param {Int32Array} columns
 * @param {number} value of the cells that copy none
 */
function padPicture({ width, pixels }, rows, columns, value) {
  const padded = new Uint8Array(rows.length * columns.length).fill(value);
  rows.forEach((row, y) => {
    if (row < 0) return;
    for (let x = 0; x < columns.length; x++) {
      if (columns[x] >= 0) padded[y * columns.length + x] = pixels[row * width + columns[x]];
    }
  });
  return padded;
}

/**
 * The pixels under the kernel at one place, row by row.
 *
 * @param {Picture} picture
 * @param {number[][]} weights
 * @param {Moving} moving
 * @param {number} y
 * @param {number} x
 */
export function windowAt(picture, weights, moving, y, x) {
  const rows = copiedCells(picture.height, moving.padding[0], moving.mode) ?? [];
  const columns = copiedCells(picture.width, moving.padding[1], moving.mode) ?? [];
  const { stride, dilation } = moving;
  return weights.map((row, tapRow) =>
    row.map((_, tapColumn) => {
      const [from, across] = [rows[y * stride + tapRow * dilation], columns[x * stride + tapColumn * dilation]];
      return from < 0 || across < 0 ? moving.value : picture.pixels[from * picture.width + across];
    }),
  );
}

/**
 * A result before it is divided: the sum with the offset in it.
 *
 * @param {number} sum
 * @param {ImageKernel} kernel
 */
export function undivided(sum, { divisor, offset }) {
  return sum + offset * divisor;
}

/**
 * The grey of a result, from 0 to 255: rounded, halves up, and cut where it lies beyond.
 *
 * @param {number} value before it is divided
 * @param {number} divisor
 */
export function greyOf(value, divisor) {
  return Math.max(0, Math.min(255, Math.floor((2 * value + divisor) / (2 * divisor))));
}

/**
 * The largest result, without its sign and before it is divided: at least 1.
 *
 * @param {Results} results
 */
export function largestOf({ values }) {
  let largest = 1;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/**
 * The colours of all results, as the pixels of a canvas.
 *
 * @param {Results} results
 * @param {number} divisor
 * @param {ImageView} view
 * @param {string[]} palette from the most negative value to the most positive
 */
export function painted(results, divisor, view, palette) {
  const { values } = results;
  const canvas = new Uint32Array(values.length);
  const colours = Uint32Array.from(palette, packed);
  const [largest, middle] = [largestOf(results), (palette.length - 1) / 2];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    canvas[index] =
      view === "signed"
        ? colours[Math.round(middle + (value / largest) * middle)]
        : greyPixel(greyOf(view === "magnitude" ? Math.abs(value) : value, divisor));
  }
  return new Uint8ClampedArray(canvas.buffer);
}

// A canvas has red, green, blue and opacity in this order, which a number of 32 bits holds from its low end on.
const OPAQUE = 0xff000000;
const GREY = 0x010101;

/** A grey as a canvas has it. @param {number} grey from 0 to 255 */
export function greyPixel(grey) {
  return OPAQUE + GREY * grey;
}

/** A colour as a canvas has it. @param {string} colour "#rrggbb" */
export function packed(colour) {
  const [red, green, blue] = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
  return OPAQUE + (blue << 16) + (green << 8) + red;
}
