// How large the stage is drawn: the room there is for the picture, and the arrangement that comes out largest in it.

const LARGEST_CELL = 80;
const LOWEST_LABEL = 13;

export const NUMBERS_FROM = 18; // a cell narrower than this many pixels shows its number only when pointed at

/**
 * The height of the room for a picture that is so wide: about half of the window.
 *
 * @param {number} width
 */
export function roomHeight(width) {
  return Math.max(240, Math.round(window.innerHeight * (width < 640 ? 0.6 : 0.48)));
}

/**
 * How many lines of arithmetic are in sight under the picture of a layer.
 *
 * @param {number} channels of a filter
 */
export function equationLines(channels) {
  return Math.min(5, Math.max(3, channels + 2));
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
  // even, so that half a cell is whole pixels and edges stay sharp
  const cell = cells[best] >= 10 ? 2 * Math.floor(cells[best] / 2) : Math.floor(cells[best] * 10) / 10;
  return { arrangement: arrangements[best], best, cell: Math.max(cell, 1) };
}
