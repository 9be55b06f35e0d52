// What the strips of all layers have in common: their cells, what stands over and between them, and what is pointed at.

import { Cells } from "./cells.js";
import { inkOn } from "./colors.js";
import { writeShort } from "./numbers.js";
import { LETTER, nameSize, placeInPiece, sizeOfPiece, TYPE } from "./strip_layout.js";
import { setAttribute, setAttributes, svgElement, writeText } from "./svg.js";
import { channelOfStep } from "./played_layer.js";

/** @import { PlacedPiece, StripLayout } from "./strip_layout.js" */
/** @import { Box, ByRole, CellGrid, Cursor, LayerView, Picture, Target } from "./types" */

/** One piece: its cells, the name over them, and a mark for the cell that is multiplied now. */
export class Piece {
  /**
   * @param {Picture} picture
   * @param {Element} parent
   * @param {PlacedPiece} placed
   * @param {number} unit is how high a cell is
   */
  constructor(picture, parent, { piece, sign, slot, x, y, across, lead }, unit) {
    const [rows, columns] = piece.size;
    this.moving = parent;
    this.palette = picture.palette;
    this.hasNumbers = true;
    this.slot = slot;
    this.role = piece.role;
    this.first = { x, y, width: across, height: unit };
    this.shift = { x: 0, y: 0 };
    this.piece = piece;
    this.whole = sizeOfPiece(piece);
    this.grid = { role: piece.role, rows, columns, label: piece.label };
    /** @type {Cells<CellGrid>} */
    this.cells = new Cells(this, this.grid);
    this.mark = svgElement("rect", { class: "step-now", width: across, height: unit, display: "none" }, parent);
    const middle = { x: x + (this.whole.columns * across) / 2, y: y - 5, "font-size": nameSize(unit, picture.scale) };
    this.name = svgElement("text", { class: "label", ...middle }, parent);
    this.call(piece.label);
    const place = { class: "sign", x: x - lead / 2, y: y + (this.whole.rows * unit) / 2, "font-size": unit * 0.6 };
    svgElement("text", place, parent).textContent = sign;
  }

  /**
   * The rectangle of a cell.
   *
   * @param {CellGrid} _grid
   * @param {number} cell
   * @returns {Box}
   */
  box(_grid, cell) {
    const { x, y, width, height } = this.first;
    const place = placeInPiece(this.piece, cell);
    return { x: x + place.x * width, y: y + place.y * height, width, height };
  }

  /**
   * @param {Element} text
   * @param {CellGrid} grid
   * @param {number} cell
   * @param {number} value
   * @param {string} ground
   */
  writeIn(text, grid, cell, value, ground) {
    const written = writeShort(value);
    const { x, y, width, height } = this.box(grid, cell);
    const size = Math.min(height * TYPE, (width - 2) / (LETTER * written.length));
    setAttributes(text, { x: x + width / 2, y: y + height / 2, "font-size": size, fill: inkOn(ground) });
    writeText(text, written);
  }

  /**
   * Say what it is.
   *
   * @param {string} name
   */
  call(name) {
    writeText(this.name, name);
  }

  /**
   * Have its first cell in its middle, where that is the only one.
   *
   * @param {boolean} isAlone
   */
  centre(isAlone) {
    const { rows, columns } = this.whole;
    const { width, height } = this.first;
    this.shift = isAlone ? { x: ((columns - 1) * width) / 2, y: ((rows - 1) * height) / 2 } : { x: 0, y: 0 };
    setAttribute(this.cells.group, "transform", `translate(${this.shift.x} ${this.shift.y})`);
  }

  /**
   * Mark a cell as that of the multiply just done, or none.
   *
   * @param {number} cell
   */
  markCell(cell) {
    setAttribute(this.mark, "display", cell < 0 ? "none" : "inline");
    if (cell < 0) return;
    const { x, y } = this.box(this.grid, cell);
    setAttributes(this.mark, { x, y });
  }

  /**
   * The cell at a point in pixels, or -1.
   *
   * @param {number} x
   * @param {number} y
   */
  cellAt(x, y) {
    const { first, shift } = this;
    const [across, down] = [(x - first.x - shift.x) / first.width, (y - first.y - shift.y) / first.height];
    /** @param {number} cell */
    const isAt = (cell) => {
      const place = placeInPiece(this.piece, cell);
      return Math.floor(across - place.x) === 0 && Math.floor(down - place.y) === 0;
    };
    return this.cells.cells.findIndex((_, cell) => isAt(cell));
  }
}

/**
 * The strip of a layer view; what its cells show is for the kinds of layers to say.
 *
 * @template {LayerView} View
 */
export class Strip {
  /**
   * `byRole` has the grids of this layer view, in the order of their channels.
   *
   * @param {Picture} picture
   * @param {StripLayout} layout
   * @param {View} layerView
   * @param {ByRole} byRole
   */
  constructor(picture, layout, layerView, byRole) {
    this.layerView = layerView;
    this.byRole = byRole;
    this.neutrals = picture.neutrals;
    this.isNow = false;
    this.shown = layout.shown;
    this.pointed = -1; // the channel that is pointed at, counted in what a filter reads
    this.cursor = layerView.start;
    this.group = svgElement("g", { class: "strip" }, picture.moving);
    const [left, top] = picture.stripCorner(layout);
    this.pieces = layout.pieces.map((placed) => {
      const moved = { ...placed, x: placed.x + left, y: placed.y + top };
      return new Piece(picture, this.group, moved, layout.unit);
    });
  }

  /**
   * Show where this layer view stands; a strip is of the one that plays.
   *
   * @param {Cursor} cursor
   * @param {boolean} isNow
   */
  show(cursor, isNow) {
    this.isNow = isNow;
    setAttribute(this.group, "display", isNow ? "inline" : "none");
    if (!isNow) return;
    this.cursor = cursor;
    for (const piece of this.pieces) this.showPiece(piece, cursor, this.channelOf(piece));
  }

  /**
   * Show what belongs to a channel that is pointed at; -1 goes back to the one that plays.
   *
   * @param {number} channel
   */
  turnTo(channel) {
    if (channel === this.pointed) return;
    this.pointed = channel;
    if (this.isNow) this.show(this.cursor, true);
  }

  /**
   * Which of the channels that the filter reads a piece shows: where not all have room, those around the one that plays.
   *
   * @param {Piece} piece
   */
  channelOf({ slot }) {
    return this.firstShown + slot;
  }

  /** The first of the channels that are shown. */
  get firstShown() {
    const channel = this.pointed >= 0 ? this.pointed : channelOfStep(this.cursor);
    const page = Math.floor(channel / this.shown) * this.shown;
    return Math.min(page, this.layerView.loops.channels - this.shown);
  }

  /**
   * Show in a piece what it has at a step.
   *
   * @param {Piece} _piece
   * @param {Cursor} _cursor
   * @param {number} _channel of those that the filter reads
   */
  showPiece(_piece, _cursor, _channel) {
    throw new Error("a kind of layer says this");
  }

  /**
   * The cell of the maps that a cell of a piece is, where it stands on the maps.
   *
   * @param {Piece} _piece
   * @param {number} _cell
   * @param {number} _channel
   * @returns {Target | null}
   */
  targetOf(_piece, _cell, _channel) {
    throw new Error("a kind of layer says this");
  }

  /**
   * What is at a point of the overlay in pixels, or null.
   *
   * @param {number} x
   * @param {number} y
   * @returns {Target | null}
   */
  cellAt(x, y) {
    if (!this.isNow) return null;
    for (const piece of this.pieces) {
      const cell = piece.cellAt(x, y);
      if (cell >= 0) return this.targetOf(piece, cell, this.channelOf(piece));
    }
    return null;
  }
}
