// The strip: the arithmetic of one step in cells of its own, which are large enough whatever the maps are. Here is where its
// pieces stand.

/** @import { Strip, StripPiece } from "./wire" */

/**
 * A piece of a strip in its place, in pixels.
 *
 * @typedef {object} PlacedPiece
 * @property {StripPiece} piece
 * @property {number} slot of the channels that are shown, or -1 where it is of all of them
 * @property {number} x of the left edge
 * @property {number} y of the upper edge
 * @property {number} across is how wide a cell is
 * @property {string} sign before it
 * @property {number} lead is how much room there is for the sign before it
 */

/**
 * Where a strip has its pieces: `shown` channels at once; `isNarrow` where numbers have to be smaller to have room.
 *
 * @typedef {{ unit: number, shown: number, isNarrow: boolean, width: number, height: number, pieces: PlacedPiece[] }} StripLayout
 */

const LOWEST = 22; // pixels of a cell's height
const NAME = 18; // pixels of a line of names over the pieces
const AIR = 8; // pixels under a line of pieces
const SIGN = 0.9; // of a cell, between two pieces
const BETWEEN_SLICES = 0.4; // of a cell
const BETWEEN_NAMES = 5; // pixels

/**
 * How many rows a piece has, and how many cells it is wide: the slices of a volume stand beside each other.
 *
 * @param {StripPiece} piece
 */
export function sizeOfPiece({ size: [rows, columns], slices }) {
  return { rows: rows / slices, columns: slices * (columns + BETWEEN_SLICES) - BETWEEN_SLICES };
}

/**
 * Where a cell of a piece stands, in cells from its corner.
 *
 * @param {Pick<StripPiece, "size" | "slices">} piece
 * @param {number} cell
 */
export function placeInPiece({ size: [rows, columns], slices }, cell) {
  const row = Math.floor(cell / columns);
  const slice = Math.floor(row / (rows / slices));
  return { x: slice * (columns + BETWEEN_SLICES) + (cell % columns), y: row % (rows / slices) };
}

export const TYPE = 0.56; // the size of a number, of the height of its cell: 12 pixels at least
export const LETTER = 0.54; // how wide a letter is, of the size of its type
export const NAME_LETTER = 0.5; // and one of a name

/**
 * How large the names of a strip are: no larger than its numbers.
 *
 * @param {number} unit is how high a cell is
 * @param {number} scale
 */
export function nameSize(unit, scale) {
  return Math.min(13 * scale, unit * TYPE);
}

/**
 * The strip of each layer in a room of width x height pixels, in cells as large as they can be, up to `highest`. Where
 * not all channels have room there, as many are shown at once as do.
 *
 * @param {Strip[]} strips
 * @param {number} width
 * @param {number} height
 * @param {number} highest
 * @param {number} scale is how large type may be, 1 on a page
 */
export function layOutStrips(strips, width, height, highest, scale) {
  return strips.map((strip) => {
    /** @type {(shown: number, unit: number) => StripLayout} */
    const made = (shown, unit) => laidOut(strip, shown, unit, width, scale);
    for (let unit = highest; unit > LOWEST; unit -= 2) {
      const layout = made(strip.channels, unit);
      if (layout.height <= height) return layout;
    }
    let unit = highest;
    while (unit > LOWEST && made(1, unit).height > height) unit -= 2;
    let shown = strip.channels;
    while (shown > 1 && made(shown, unit).height > height) shown--;
    return made(shown, unit);
  });
}

/**
 * The pieces of so many channels, and those of all of them, in lines of that width.
 *
 * @param {Strip} strip
 * @param {number} shown
 * @param {number} unit
 * @param {number} width
 * @param {number} scale
 * @returns {StripLayout}
 */
function laidOut({ channels, of_channel, together }, shown, unit, width, scale) {
  /** @type {{ pieces: PlacedPiece[], width: number }[]} */
  const lines = [{ pieces: [], width: 0 }];
  let isNarrow = false;
  /** @param {string} label */
  const name = (label) => NAME_LETTER * label.length * nameSize(unit, scale);
  /** @type {(piece: StripPiece, slot: number) => PlacedPiece & { width: number }} */
  const measured = (piece, slot) => {
    const isRest = piece.role === "sum" && shown < channels;
    const sign = isRest ? `\u2026 ${piece.sign}` : piece.sign;
    // a name may be wider than its cells, and no two run into each other
    const { columns } = sizeOfPiece(piece);
    const lead = Math.max(unit * (isRest ? 2 : SIGN), columns === 1 ? name(piece.label) - unit + BETWEEN_NAMES : 0);
    const needed = Math.ceil(piece.letters * LETTER * TYPE * unit + 4 * scale);
    const room = Math.floor((width - lead) / columns);
    const across = Math.max(1, Math.min(Math.max(unit, needed), room));
    isNarrow ||= room < needed;
    return { piece, sign, slot, x: lead, y: 0, across, lead, width: lead + Math.ceil(across * columns) };
  };
  const blocks = Array.from({ length: shown }, (_, slot) => of_channel.map((piece) => measured(piece, slot)));
  for (const block of [...blocks, together.map((piece) => measured(piece, -1))]) {
    /** @type {(pieces: { width: number }[]) => number} */
    const widthOf = (pieces) => pieces.reduce((sum, piece) => sum + piece.width, 0);
    // what belongs together stands in one line where it can
    for (const part of widthOf(block) <= width ? [block] : block.map((piece) => [piece])) {
      let line = lines[lines.length - 1];
      if (line.pieces.length && line.width + widthOf(part) > width) {
        line = { pieces: [], width: 0 };
        lines.push(line);
      }
      for (const piece of part) {
        line.pieces.push({ ...piece, x: line.width + piece.lead });
        line.width += piece.width;
      }
    }
  }
  const whole = Math.max(...lines.map((line) => line.width));
  let height = 0;
  const pieces = lines.flatMap((line) => {
    const [left, top] = [Math.floor((whole - line.width) / 2), height + NAME * scale];
    const rows = Math.max(...line.pieces.map(({ piece }) => sizeOfPiece(piece).rows));
    height = top + rows * unit + AIR * scale;
    return line.pieces.map((placed) => {
      const free = (rows - sizeOfPiece(placed.piece).rows) * unit;
      return { ...placed, x: placed.x + left, y: top + Math.floor(free / 2) };
    });
  });
  return { unit, shown, isNarrow, width: whole, height, pieces };
}
