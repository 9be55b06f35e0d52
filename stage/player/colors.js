// The colour of a value, and the ink that can be read on it.

import { DARK_COLORS } from "./generated_constants.js";

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
