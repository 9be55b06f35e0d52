// Whether an equation is exactly true for the numbers as they are written, which decides between "=" and "≈".

import { writeNumber } from "./numbers.js";

/** @typedef {{ units: bigint, places: number }} Exact a whole number of units of ten to the minus `places` */

const WRITTEN_NUMBER = /^(\u2212?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/**
 * What a value is as it is written.
 *
 * @param {number} value a finite one
 * @returns {Exact}
 */
function exactly(value) {
  const [, sign, whole, fraction = "", exponent = "0"] = WRITTEN_NUMBER.exec(writeNumber(value)) ?? ["", "", "0"];
  const units = BigInt(whole + fraction);
  return { units: sign ? -units : units, places: fraction.length - Number(exponent) };
}

/**
 * @param {Exact} one
 * @param {Exact} other
 * @returns {Exact}
 */
function addExactly(one, other) {
  const places = Math.max(one.places, other.places);
  const [units, more] = [one, other].map((exact) => exact.units * 10n ** BigInt(places - exact.places));
  return { units: units + more, places };
}

/**
 * @param {Exact} one
 * @param {Exact} other
 * @returns {Exact}
 */
function multiplyExactly(one, other) {
  return { units: one.units * other.units, places: one.places + other.places };
}

/**
 * "=" where the terms, each a list of factors, come to exactly the result times the divisor; else "≈".
 *
 * @param {number[][]} terms
 * @param {number} result
 * @param {number} divisor
 */
export function relation(terms, result, divisor = 1) {
  if (![result, ...terms.flat()].every(Number.isFinite)) return "=";
  const sum = terms.map((factors) => factors.map(exactly).reduce(multiplyExactly)).reduce(addExactly, exactly(0));
  return addExactly(sum, multiplyExactly(exactly(result), exactly(-divisor))).units === 0n ? "=" : "\u2248";
}
