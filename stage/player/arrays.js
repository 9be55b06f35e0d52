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
