// The tables that Python has written for these tests (tables.py), in the folder that TABLES names.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @import { Stage } from "../../stage/player/wire" */

/**
 * A multiply of a convolution: where it stands, and what is known once it is done.
 *
 * @typedef {{
 *   layer: number, filter: number, position: number, channel: number, tap: number, product: number, multiplies: number,
 *   partial: number | null, running: number | null, complete: boolean, output: number | null,
 * }} WindowsStep
 *
 * @typedef {{
 *   name: string, layers: Stage["layers"], steps: { output: WindowsStep[], channel: WindowsStep[], tap: WindowsStep[] },
 * }} WindowsTable
 *
 * @typedef {{ name: string, layers: Stage["layers"], values: { read: (number | null)[], result: number }[] }} PoolingTable
 *
 * @typedef {{ filter: number, position: number, held: (number | null)[] }} StampStep
 * @typedef {StampStep & { channel: number, tap: number, product: number, cell: number }} MultiplyStep
 * @typedef {{ filter: number, value: number, cell: number }} OutputStep
 *
 * @typedef {{
 *   name: string, layers: Stage["layers"], cells: number,
 *   steps: { multiply: MultiplyStep[], stamp: StampStep[], output: OutputStep[] },
 * }} TransposedTable
 *
 * @typedef {{
 *   written: [value: number, inFull: string, inACell: string][], terms: [value: number, text: string][],
 *   counts: [count: number, text: string][], palette: string[], inks: [colour: string, ink: string][],
 *   colours: [value: number, limit: number, index: number][],
 * }} NumberTables
 */

/**
 * @template Table
 * @param {string} name
 * @returns {Table}
 */
function readTable(name) {
  return JSON.parse(readFileSync(join(process.env.TABLES ?? "", `${name}.json`), "utf-8"));
}

/** @type {WindowsTable[]} */
export const WINDOWS = readTable("windows");

/** @type {PoolingTable[]} */
export const POOLING = readTable("pooling");

/** @type {TransposedTable[]} */
export const TRANSPOSED = readTable("transposed");

/** @type {NumberTables} */
export const NUMBERS = readTable("numbers");

/** The convolutions of two layers, one after the other. */
export function separableTable() {
  const found = WINDOWS.find(({ name }) => name === "separable");
  if (!found) throw new Error("there is no such table");
  return found;
}
