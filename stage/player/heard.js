// The numbers of the stage for a screen reader: a table for each grid, whose rows and columns its table keys walk. They are
// written when the stage has come to rest; what no step has reached is not told.

import { CELL_NAMES, FEWEST_ACROSS, HEARD_WORDS, MOST_HEARD } from "./generated_constants.js";
import { fill } from "./names.js";
import { writeSaid } from "./numbers.js";
import { sliceRows } from "./slices.js";
import { setAttribute, writeText } from "./svg.js";

/** @import { Drawing as StageDrawing } from "./drawing.js" */
/** @import { Cursor, LayerView, PlacedGrid } from "./types" */

/**
 * A grid as it is heard: its first row and column, what they are called, and the texts of its cells, row by row.
 *
 * @typedef {object} HeardGrid
 * @property {PlacedGrid} grid
 * @property {number} rows that are heard
 * @property {number} columns that are heard
 * @property {HTMLElement} caption
 * @property {HTMLTableCellElement[]} across names columns
 * @property {HTMLTableRowElement[]} lines
 * @property {HTMLTableCellElement[]} down names rows
 * @property {HTMLTableCellElement[]} cells
 */

/**
 * The cell of a grid at which a step stands, as far as it is one.
 *
 * @param {PlacedGrid} grid
 * @param {LayerView} layerView
 * @param {Cursor} cursor
 */
function cellNow({ role, layer, columns }, layerView, { position, output, cell, filter }) {
  const { positions } = layerView.loops;
  const isInput = role === "input" || (role === "middle" && layerView.index === layer);
  const at = Math.max(position, output, 0);
  if (layerView.kind !== "scatter" && isInput) return layerView.arrays.reads[at * layerView.loops.taps];
  if (role === "columns") return at;
  if (role === "maps" || role === "flat_output") return filter * positions + at;
  if (role === "matrix") return (filter * positions + at) * columns;
  if (role === "uncropped") return Math.max(cell, 0);
  return role === "output" || isInput ? at : 0;
}

/**
 * Where the part of so many begins that has one of them in its middle.
 *
 * @param {number} at
 * @param {number} part
 * @param {number} all
 */
function beginning(at, part, all) {
  return Math.max(0, Math.min(all - part, at - Math.floor(part / 2)));
}

export class Heard {
  /** @param {HTMLElement} room */
  constructor(room) {
    this.room = room;
    this.head = document.createElement("p");
    /** @type {StageDrawing["picture"]["grids"]} of which the tables are */
    this.grids = [];
    /** @type {HeardGrid[]} */
    this.tables = [];
    /** The single cells, each a sentence. @type {{ grid: PlacedGrid, line: HTMLElement }[]} */
    this.lines = [];
    setAttribute(room, "aria-label", HEARD_WORDS.numbers);
  }

  /**
   * Write what a drawing shows at a cursor.
   *
   * @param {StageDrawing} drawing
   * @param {Cursor} cursor
   * @param {string} head
   * @param {(grid: PlacedGrid) => boolean} isWithheld
   */
  show(drawing, cursor, head, isWithheld) {
    if (this.grids !== drawing.picture.grids) this.build(drawing);
    writeText(this.head, head);
    for (const { grid, line } of this.lines) {
      const name = drawing.picture.labels[grid.index].textContent ?? grid.label;
      line.hidden = isWithheld(grid);
      writeText(line, line.hidden ? "" : fill(HEARD_WORDS.one, { grid: name, value: this.said(drawing, grid)(0) }));
    }
    for (const table of this.tables) this.write(table, drawing, cursor, isWithheld(table.grid));
  }

  /**
   * Make the tables of a drawing anew.
   *
   * @param {StageDrawing} drawing
   */
  build({ picture }) {
    this.grids = picture.grids;
    const across = Math.max(FEWEST_ACROSS, Math.floor(Math.sqrt(MOST_HEARD / Math.max(1, this.grids.length))));
    const isOne = (/** @type {PlacedGrid} */ { rows, columns }) => rows * columns === 1;
    this.lines = this.grids.filter(isOne).map((grid) => ({ grid, line: document.createElement("p") }));
    this.tables = this.grids.filter((grid) => !isOne(grid)).map((grid) => {
      // what a long side leaves of the room, the short one may take
      const columns = Math.min(grid.columns, Math.max(across, Math.floor(across ** 2 / grid.rows)));
      return this.make(grid, Math.min(grid.rows, Math.max(across, Math.floor(across ** 2 / columns))), columns);
    });
    this.room.replaceChildren(this.head, ...this.lines.map(({ line }) => line), ...this.tables.map(({ caption }) => /** @type {HTMLElement} */ (caption.parentElement)));
  }

  /**
   * @param {PlacedGrid} grid
   * @param {number} rows
   * @param {number} columns
   * @returns {HeardGrid}
   */
  make(grid, rows, columns) {
    const table = document.createElement("table");
    const caption = table.createCaption();
    const head = table.createTHead().insertRow();
    head.insertCell();
    const header = (/** @type {HTMLTableRowElement} */ row, /** @type {string} */ scope) => {
      const cell = document.createElement("th");
      cell.scope = scope;
      row.append(cell);
      return cell;
    };
    const across = Array.from({ length: columns }, () => header(head, "col"));
    const body = table.createTBody();
    const lines = Array.from({ length: rows }, () => body.insertRow());
    const down = lines.map((line) => header(line, "row"));
    const cells = lines.flatMap((line) => Array.from({ length: columns }, () => line.insertCell()));
    setAttribute(table, "aria-rowcount", grid.rows + 1);
    setAttribute(table, "aria-colcount", grid.columns + 1);
    return { grid, rows, columns, caption, across, lines, down, cells };
  }

  /**
   * @param {HeardGrid} table
   * @param {StageDrawing} drawing
   * @param {Cursor} cursor
   * @param {boolean} isWithheld
   */
  write({ grid, rows, columns, caption, across, lines, down, cells }, drawing, cursor, isWithheld) {
    const table = /** @type {HTMLElement} */ (caption.parentElement);
    table.hidden = isWithheld;
    if (isWithheld) return table.querySelectorAll("caption, th, td").forEach((part) => writeText(part, "")); // for no script of a reader either
    const layer = drawing.layers.find(({ layerView }) => layerView.index === cursor.layer && (grid.layer === cursor.layer || grid.role === "middle"));
    const now = layer ? cellNow(grid, layer.layerView, cursor) : 0;
    const top = beginning(Math.floor(now / grid.columns), rows, grid.rows);
    const left = beginning(now % grid.columns, columns, grid.columns);
    const high = sliceRows(grid);
    const name = drawing.picture.labels[grid.index].textContent ?? grid.label;
    const { dimensions } = /** @type {{ dimensions?: number }} */ (drawing.layers.find(({ layerView }) => layerView.index === grid.layer)?.layerView ?? {});
    const isLine = dimensions === 1 && grid.rows === 1;
    const form = isLine ? ".line" : grid.slices > 1 ? ".volume" : "";
    const whole = fill(HEARD_WORDS[`grid${form}`], { grid: name, slices: grid.slices, rows: high, columns: grid.columns });
    const isWhole = rows === grid.rows && columns === grid.columns;
    const place = (/** @type {number} */ row) => ({ slice: Math.floor(row / high), row: row % high });
    writeText(caption, isWhole ? whole : fill(HEARD_WORDS.part, { whole, ...place(top), column: left }));
    across.forEach((cell, column) => {
      writeText(cell, fill(HEARD_WORDS[isLine ? "column.line" : "column"], { column: left + column }));
      setAttribute(cell, "aria-colindex", left + column + 2);
    });
    const rowName = isLine ? HEARD_WORDS.line : grid.slices > 1 ? HEARD_WORDS["row.volume"] : HEARD_WORDS.row;
    down.forEach((cell, row) => {
      writeText(cell, fill(rowName, { grid: name, ...place(top + row) }));
      setAttribute(lines[row], "aria-rowindex", top + row + 2);
    });
    const said = this.said(drawing, grid);
    cells.forEach((cell, at) => {
      const column = left + (at % columns);
      writeText(cell, said((top + Math.floor(at / columns)) * grid.columns + column));
      setAttribute(cell, "aria-colindex", column + 2);
    });
  }

  /**
   * What is said of each cell of a grid: what moves over it says first what it shows.
   *
   * @param {StageDrawing} drawing
   * @param {PlacedGrid} grid
   * @returns {(cell: number) => string}
   */
  said({ layers, picture }, grid) {
    const shown = layers.flatMap(({ parts }) => parts.map((part) => part.heard?.(grid) ?? null)).find(Boolean);
    const layerView = picture.layerViews[grid.layer];
    const first = grid.channel * grid.rows * grid.columns;
    const { values } = grid;
    return (cell) => {
      const value = shown ? shown(cell) : undefined;
      if (value === null) return HEARD_WORDS.pending;
      const number = value ?? (values ? layerView.shownValue(values, first + cell) : NaN);
      if (Number.isNaN(number)) return HEARD_WORDS.nothing;
      const kind = values ? CELL_NAMES[layerView.kindOf(values, cell)] : null;
      return kind ? fill(HEARD_WORDS[kind], { value: writeSaid(number) }) : writeSaid(number);
    };
  }
}
