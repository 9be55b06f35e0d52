// How large the stage is drawn: the room there is for the picture, and the arrangement that comes out largest in it.

import { layOutStrips } from "./strip_layout.js";

/** @import { StripLayout } from "./strip_layout.js" */
/** @import { Strip } from "./wire" */

const LARGEST_CELL = 80;
const LOWEST_LABEL = 13;
const LOWEST_NUMBER = 12; // pixels of a number that has to be read
const LOWEST_MAPS = 100; // pixels that a strip leaves to the maps
const UNDER_MAPS = 10; // pixels between the maps and a strip under them
const BESIDE_MAPS = 40; // and one beside them
const LEAST_BESIDE = 200; // pixels that a strip beside the maps has at least
const [LOW_STRIP, HIGH_STRIP] = [24, 36]; // pixels of its cells under maps in a low room, and elsewhere
const SHARE = 0.4; // of the room that a strip under the maps may take for more than one channel
const AROUND = 385; // pixels of a wide page over and under the picture, down to the last line of arithmetic

export const NUMBERS_FROM = 18; // a cell narrower than this many pixels shows its number only when pointed at

/**
 * The height of the room for a picture that is so wide: about half of the window, and of a high one all that is left.
 *
 * @param {number} width
 */
export function roomHeight(width) {
  const { innerHeight } = window;
  return Math.max(240, evenUp(width < 640 ? innerHeight * 0.6 : Math.max(innerHeight * 0.465, innerHeight - AROUND)));
}

/**
 * A height in even pixels: what is even stands in the middle of it on whole ones.
 *
 * @param {number} height
 */
export function evenUp(height) {
  return 2 * Math.ceil(height / 2);
}

/**
 * How large a number is written in a square cell.
 *
 * @param {number} cell
 * @param {number} letters
 * @param {number} scale
 */
export function numberSize(cell, letters, scale) {
  return Math.min(cell * 0.5, (cell * 1.5) / letters, 24 * scale);
}

/**
 * How a stage is drawn in a room of width x height pixels: the arrangement of its maps and the size of a cell; and where
 * their numbers could not be read, strips under them, or beside them where that leaves them larger.
 *
 * @template {{ width: number, height: number, label_rows: number }} Arrangement
 * @param {Arrangement[]} arrangements
 * @param {Strip[]} strips
 * @param {number} width
 * @param {number} height
 * @param {number} scale is how large cells may be, 1 on a page
 */
export function fitStage(arrangements, strips, width, height, scale) {
  const maps = fitArrangement(arrangements, width, height, scale);
  const letters = strips.flatMap(({ of_channel, together }) => [...of_channel, ...together].map((piece) => piece.letters));
  /** @type {StripLayout[]} */
  const none = [];
  const alone = { ...maps, strips: none, under: 0, beside: 0 };
  const number = numberSize(maps.cell, Math.max(...letters), scale);
  if (number >= LOWEST_NUMBER) return alone; // in presenter view too: maps that can be read are the picture
  const highest = scale * Math.max(LOW_STRIP, Math.min(HIGH_STRIP, 2 * Math.floor(height / 28)));
  const below = layOutStrips(strips, width, SHARE * height, highest, scale);
  const under = Math.max(...below.map((layout) => layout.height)) + UNDER_MAPS;
  const over = fitArrangement(arrangements, width, Math.max(height - under, LOWEST_MAPS), scale);
  const free = width - maps.arrangement.width * maps.cell - BESIDE_MAPS;
  const aside = layOutStrips(strips, free, height, scale * HIGH_STRIP, scale);
  const isWhole = aside.every(({ shown, height: high, isNarrow }, index) => shown >= below[index].shown && high <= height && !isNarrow);
  if (!isWhole || free < LEAST_BESIDE * scale || maps.cell <= over.cell) return { ...over, strips: below, under, beside: 0 };
  const higher = Math.max(0, ...aside.map((layout) => layout.height - maps.arrangement.height * maps.cell));
  return { ...maps, strips: aside, under: higher, beside: Math.max(...aside.map((layout) => layout.width)) + BESIDE_MAPS };
}

/**
 * How many lines of arithmetic are in sight under the picture of a layer.
 *
 * @param {number} lines of an output: of the channels of a filter, or of the slices of its kernels
 */
export function equationLines(lines) {
  return Math.min(5, Math.max(3, lines + 2));
}

/**
 * The arrangement whose cells come out largest in a room of width x height pixels, and that cell's size.
 *
 * @template {{ width: number, height: number, label_rows: number }} Arrangement
 * @param {Arrangement[]} arrangements
 * @param {number} width
 * @param {number} height
 * @param {number} scale is how large cells may be, 1 on a page
 */
export function fitArrangement(arrangements, width, height, scale) {
  const cells = arrangements.map((one) => Math.min(width / one.width, height / one.height, LARGEST_CELL * scale));
  // labels that come out too low to read count for more than larger cells
  const worth = cells.map((cell, index) => (cell * arrangements[index].label_rows < LOWEST_LABEL ? cell / 2 : cell));
  const best = worth.indexOf(Math.max(...worth));
  // even, so that half a cell is whole pixels and edges stay sharp; whole, where that leaves most of a cell
  const steps = cells[best] >= 10 ? 0.5 : cells[best] >= 4 ? 1 : 10;
  const cell = Math.floor(cells[best] * steps) / steps;
  return { arrangement: arrangements[best], best, cell: Math.max(cell, 1) };
}
