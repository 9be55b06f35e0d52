// What the player calls grids and their cells, in the words that Python has for them.

import { LABELS } from "./generated_constants.js";

/**
 * A label with its places filled.
 *
 * @param {string} label
 * @param {Record<string, number>} places
 */
export function labelOf(label, places = {}) {
  return fill(LABELS[label], places);
}

/**
 * A template with its places filled.
 *
 * @param {string} template
 * @param {Record<string, string | number>} places
 */
export function fill(template, places) {
  return template.replace(/\{(\w+)\}/g, (_, place) => String(places[place]));
}

/**
 * What one of so many channels is called: with its number where there are several.
 *
 * @param {string} label
 * @param {number} channel
 * @param {number} channels
 */
export function channelLabel(label, channel, channels) {
  return channels > 1 ? labelOf(`${label}.numbered`, { channel }) : labelOf(label);
}

/**
 * The row and the column of a cell of a grid with so many columns; of a sequence, its place in it; of a volume the slice
 * too, where each has so many rows.
 *
 * @param {number} cell
 * @param {number} columns
 * @param {number} [dimensions]
 * @param {number} [rows] of a slice
 */
export function indexOf(cell, columns, dimensions = 2, rows = Infinity) {
  if (dimensions === 1) return `[${cell}]`;
  const row = Math.floor(cell / columns);
  return dimensions === 2 ? `[${row}, ${cell % columns}]` : `[${Math.floor(row / rows)}, ${row % rows}, ${cell % columns}]`;
}
