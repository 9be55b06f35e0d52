// Unpacking the arrays of a record.

/** @import { Numbers, Unpacked } from "./types" */
/** @import { Packed } from "./wire" */

const ARRAY_TYPES = { int8: Int8Array, int16: Int16Array, int32: Int32Array, float64: Float64Array };

/**
 * Unpack an array; its last axis varies fastest.
 *
 * @param {Packed} packed
 * @returns {Numbers}
 */
function decode(packed) {
  const text = atob(packed.base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at); // Uint8Array.from takes a hundred times as long
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
