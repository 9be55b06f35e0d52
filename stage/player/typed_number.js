// A number that somebody has typed, and whether it is meant to be a value of the record.

const FORM = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const ENOUGH = 2; // decimals of a value that has more
const NEARLY = 1e-9; // what rounding leaves of a float64

/** A typed number, and how many decimals of it were typed. @typedef {{ value: number, decimals: number }} Typed */

/**
 * What a text says, or null where that is no number. A comma stands for a point, and a real minus sign for a hyphen.
 *
 * @param {string} text
 * @returns {Typed | null}
 */
export function readTyped(text) {
  const plain = text.trim().replace("\u2212", "-").replace(",", ".");
  if (!FORM.test(plain)) return null;
  return { value: Number(plain), decimals: plain.includes(".") ? plain.length - plain.indexOf(".") - 1 : 0 };
}

/**
 * Whether a typed number is a value, or the value rounded to the decimals that were typed, if those are enough.
 *
 * @param {Typed} typed
 * @param {number} value
 */
export function isAbout({ value: typed, decimals }, value) {
  const apart = Math.abs(typed - value);
  const exact = NEARLY * Math.max(1, Math.abs(value));
  return apart <= exact || (decimals >= ENOUGH && !Number.isInteger(value) && apart <= 0.5 * 10 ** -decimals + exact);
}
