// Numbers and colours: unpacking the record's arrays, and writing one value so that it can be read. Every number on the
// stage is written here.

import { DARK_COLORS } from "./generated_constants.js";

/** @import { Numbers, Unpacked } from "./types" */
/** @import { Packed } from "./wire" */

const ARRAY_TYPES = { int8: Int8Array, int16: Int16Array, int32: Int32Array, float64: Float64Array };
const DIGITS = 6; // significant digits of a real number in a sentence

/**
 * Unpack an array; its last axis varies fastest.
 *
 * @param {Packed} packed
 * @returns {Numbers}
 */
function decode(packed) {
  const bytes = Uint8Array.from(atob(packed.base64), (character) => character.charCodeAt(0));
  return new ARRAY_TYPES[packed.dtype](bytes.buffer);
}

/**
 * Unpack every array that there is, by its name.
 *
 * @template {object} Arrays
 * @param {Arrays} arrays
 */
export function unpack(arrays) {
  const unpacked = Object.entries(arrays).map(([name, packed]) => [name, decode(packed)]);
  return /** @type {Unpacked<Arrays>} */ (Object.fromEntries(unpacked));
}

/**
 * A value with a real minus sign: whole numbers in full, others with six significant digits.
 *
 * @param {number} value
 */
export function writeNumber(value) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value < 0 ? "\u2212\u221e" : "\u221e";
  return withMinus(Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(DIGITS))));
}

/**
 * A value short enough for a cell: whole numbers in full, others with two decimals, or one digit where those are zeros.
 *
 * @param {number} value
 */
export function writeShort(value) {
  if (Number.isInteger(value) || !Number.isFinite(value)) return writeNumber(value);
  if (Math.abs(value) >= 1000) return withMinus(value.toPrecision(4));
  return withMinus(Math.abs(value) >= 0.005 ? value.toFixed(2) : value.toPrecision(1));
}

/**
 * A number of things, with commas between thousands.
 *
 * @param {number} count
 */
export function writeCount(count) {
  return count.toLocaleString("en");
}

/**
 * A value as a factor or a term: in brackets where it is negative.
 *
 * @param {number} value
 */
export function writeTerm(value) {
  const text = writeNumber(value);
  return text.startsWith("\u2212") ? `(${text})` : text;
}

/**
 * Factors as a term; a value that is not multiplied stands without brackets.
 *
 * @param {number[]} factors
 */
export function writeFactors(factors) {
  return factors.length === 1 ? writeNumber(factors[0]) : factors.map(writeTerm).join("\u00d7");
}

/** @param {string} text */
function withMinus(text) {
  return text.replaceAll("-", "\u2212");
}

/**
 * The colour of a value on a scale from -limit to limit.
 *
 * @param {number} value
 * @param {number} limit
 * @param {string[]} palette
 */
export function colourOf(value, limit, palette) {
  const middle = (palette.length - 1) / 2;
  const index = Math.round(middle + (value / limit) * middle);
  return palette[Math.max(0, Math.min(palette.length - 1, index))];
}

/**
 * Black or white, whichever stands out more from a colour of the stage.
 *
 * @param {string} colour
 */
export function inkOn(colour) {
  return DARK_COLORS.includes(colour) ? "#ffffff" : "#000000";
}

/**
 * Whether a colour "#rrggbb" is nearer to black than to white.
 *
 * @param {string} colour
 */
export function isDark(colour) {
  const channels = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
  return channels[0] + channels[1] + channels[2] < 384;
}
