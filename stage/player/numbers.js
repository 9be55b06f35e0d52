// Writing a value so that it can be read. Every number on the stage is written here.

import { DIGITS } from "./generated_constants.js";

const EXACT_DIGITS = 12; // float64 has some more, but the last ones are what its own rounding leaves

/**
 * How numbers that are not whole are written: short, which in the arithmetic is with six digits; rounded to whole ones;
 * with two decimals; or with all digits.
 *
 * @typedef {"short" | "whole" | "two" | "all"} DigitsChoice
 */

/** @type {DigitsChoice[]} */
export const DIGITS_CHOICES = ["short", "whole", "two", "all"];

/** What the person has chosen for all that is written. @type {DigitsChoice} */
let chosen = "short";

/** @param {DigitsChoice} choice */
export function chooseDigits(choice) {
  chosen = choice;
}

/**
 * The digits of a number that is not whole.
 *
 * @param {number} value
 */
function digitsOf(value) {
  switch (chosen) {
    case "whole":
      return String(Math.sign(value) * Math.round(Math.abs(value))); // halves go away from zero, as toFixed's do
    case "two":
      return value.toFixed(2).replace(/^-(?=0\.00$)/, "");
    case "all":
      return String(Number(value.toPrecision(EXACT_DIGITS)));
    default:
      return String(Number(value.toPrecision(DIGITS)));
  }
}

/**
 * A value with a real minus sign: whole numbers in full, others with as many digits as were chosen, which are six at first.
 *
 * @param {number} value
 */
export function writeNumber(value) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value < 0 ? "\u2212\u221e" : "\u221e";
  return withMinus(Number.isInteger(value) ? String(value) : digitsOf(value));
}

/**
 * A value for a cell: at first short, which is whole numbers in full, others with two decimals, or one digit where those
 * are zeros; else as everywhere.
 *
 * @param {number} value
 */
export function writeShort(value) {
  if (chosen !== "short" || Number.isInteger(value) || !Number.isFinite(value)) return writeNumber(value);
  if (Math.abs(value) >= 1000) return withMinus(value.toPrecision(4));
  return withMinus(Math.abs(value) >= 0.005 ? value.toFixed(2) : value.toPrecision(1));
}

/**
 * Whether digits of a value are left out where it is written.
 *
 * @param {number} value
 */
function isRounded(value) {
  if (!Number.isFinite(value) || Number.isInteger(value)) return false;
  return Number(value.toPrecision(EXACT_DIGITS)) !== Number(digitsOf(value));
}

/**
 * A value behind the sign that is true of it as it is written: "=", or "≈" where digits are left out.
 *
 * @param {number} value
 */
export function writeEqual(value) {
  return `${isRounded(value) ? "\u2248" : "="} ${writeNumber(value)}`;
}

/**
 * A value that stands behind words: alone, or behind "≈" where digits are left out.
 *
 * @param {number} value
 */
export function writeSaid(value) {
  return isRounded(value) ? writeEqual(value) : writeNumber(value);
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
