// What moves: the windows, the kernel of the current filter, its products and sums, and the covers over outputs to come.

import { Cells } from "./cells.js";
import { sliceRows } from "./slices.js";
import { setAttribute, setAttributes, svgElement, writeText } from "./svg.js";

/** @import { ByRole, Cursor, Picture, PlacedGrid } from "./types" */
/** @import { WindowsView } from "./windows_view.js" */

export class WindowsOverlay {
  /**
   * `byRole` has the grids of this layer view, in the order of their channels.
   *
   * @param {Picture} picture
   * @param {WindowsView} layerView
   * @param {ByRole} byRole
   */
  constructor(picture, layerView, byRole) {
    this.picture = picture;
    this.layerView = layerView;
    this.byRole = byRole;
    this.filter = -1; // the filter whose kernel is drawn
    /** The frames on each channel, one for each slice of the kernel. */
    this.windows = byRole.input.map((grid) =>
      Array.from({ length: layerView.slices.kernel }, (_, slice) => this.makeWindow(grid, slice * layerView.sliceTaps)),
    );
    /** The veils over slices that a window does not read, channel by channel. */
    this.veils = byRole.input.map((grid) => this.makeVeils(grid));
    /** @param {PlacedGrid[]} grids */
    const live = (grids) => grids.map((grid) => new Cells(picture, grid));
    this.live = {
      kernel: live(byRole.kernel),
      products: live(byRole.products),
      partial: live(byRole.partial),
      sum: live(byRole.sum),
      bias: live(byRole.bias),
    };
    this.covers = byRole.output.map((grid) => svgElement("path", picture.cover(grid), picture.moving));
    this.outputFrame = svgElement("rect", { class: "cursor" }, picture.moving);
    this.kernelTap = svgElement(
      "rect",
      { class: "tap-now", width: picture.cell, height: picture.cell },
      picture.moving,
    );
    this.inputTap = svgElement("rect", { class: "tap-now", width: picture.cell, height: picture.cell }, picture.moving);
  }

  /**
   * What it shows of a grid, as a Part says it.
   *
   * @param {PlacedGrid} grid
   * @returns {((cell: number) => number | null | undefined) | null}
   */
  heard(grid) {
    const cells = Object.values(this.live).flat().find((one) => one.grid === grid);
    if (cells) return (cell) => cells.cells[cell].value;
    const filter = this.byRole.output.indexOf(grid);
    if (filter < 0) return null;
    const done = Number(this.covers[filter].dataset.revealed);
    return (cell) => (this.layerView.positionAt(grid, cell) < done ? undefined : null);
  }

  /**
   * A frame round what a slice of the window reads, and a mark on each of its cells, all moved together.
   *
   * @param {PlacedGrid} grid
   * @param {number} first tap of the slice
   */
  makeWindow(grid, first) {
    const { picture, layerView } = this;
    const { sliceTaps } = layerView;
    const group = svgElement("g", { class: "window", "data-grid": grid.label }, picture.moving);
    const corner = picture.box(grid, layerView.read(0, first));
    const last = picture.box(grid, layerView.read(0, first + sliceTaps - 1));
    const size = { width: last.x - corner.x + picture.cell, height: last.y - corner.y + picture.cell };
    const cells = Math.round((size.width * size.height) / picture.cell ** 2);
    const apart = cells > sliceTaps ? " apart" : ""; // between its taps it passes cells over
    for (let tap = first; tap < first + sliceTaps; tap++) {
      const box = picture.box(grid, layerView.read(0, tap));
      svgElement(
        "rect",
        { class: `tap${apart}`, x: box.x - corner.x, y: box.y - corner.y, width: picture.cell, height: picture.cell },
        group,
      );
    }
    svgElement("rect", { class: `frame${apart}`, x: 0, y: 0, ...size }, group);
    return group;
  }

  /**
   * @param {PlacedGrid} grid
   * @returns {SVGElement[]}
   */
  makeVeils(grid) {
    const { picture } = this;
    if (grid.slices === 1) return [];
    const size = { width: grid.columns * picture.cell, height: sliceRows(grid) * picture.cell };
    return Array.from({ length: grid.slices }, (_, slice) => {
      const { x, y } = picture.box(grid, slice * sliceRows(grid) * grid.columns);
      return svgElement("rect", { class: "unread", x, y, ...size, "data-grid": grid.label, "data-slice": slice }, picture.moving);
    });
  }

  /**
   * Show where this layer view stands; `isNow` while it is the one that plays.
   *
   * @param {Cursor} cursor
   * @param {boolean} isNow
   */
  show(cursor, isNow) {
    const { layerView, live, picture } = this;
    const { colorLimits } = layerView;
    for (let input = 0; input < this.byRole.input.length; input++) {
      const channel = layerView.channelOf(cursor.filter, input);
      this.showWindow(cursor, input, channel, isNow);
      this.showArithmetic(cursor, input, channel);
    }
    const group = layerView.group(cursor.filter);
    live.sum.forEach((one, index) => one.fill(0, this.isOf(live.sum, index, group) ? layerView.runningSum(cursor) : null, colorLimits.sums));
    if (this.filter !== cursor.filter) {
      live.bias.forEach((one, index) => one.fill(0, this.isOf(live.bias, index, group) ? layerView.bias(cursor.filter) : null, colorLimits.sums));
    }
    this.filter = cursor.filter;
    if (isNow) for (const wire of picture.wires) setAttribute(wire, "class", Number(wire.dataset.group) === group ? "wire now" : "wire");
    this.showCovers(cursor);
    this.outputFrame.style.display = isNow ? "" : "none";
    this.showTap(cursor, isNow);
  }

  /**
   * Whether a cell that may stand once, or once for each group, is that of this group.
   *
   * @param {Cells[]} cells
   * @param {number} index
   * @param {number} group
   */
  isOf(cells, index, group) {
    return cells.length === 1 || index === group;
  }

  /**
   * @param {Cursor} cursor
   * @param {number} input
   * @param {number} channel
   * @param {boolean} isNow
   */
  showWindow(cursor, input, channel, isNow) {
    const { layerView, picture } = this;
    const grid = this.byRole.input[input];
    /** @type {number[]} */
    const read = [];
    this.windows[input].forEach((frame, slice) => {
      const cell = layerView.read(cursor.position, slice * layerView.sliceTaps);
      const box = picture.box(grid, cell);
      const state = channel < 0 || !isNow ? " away" : this.stateOf(cursor, channel, slice);
      frame.setAttribute("transform", `translate(${box.x} ${box.y})`);
      setAttribute(frame, "class", "window" + state);
      read.push(Math.floor(cell / (grid.columns * sliceRows(grid))));
    });
    this.veils[input].forEach((veil, slice) => setAttribute(veil, "class", isNow && !read.includes(slice) ? "unread" : "unread away"));
  }

  /**
   * Whether a slice of a channel is read at this step, or later.
   *
   * @param {Cursor} cursor
   * @param {number} channel
   * @param {number} slice
   */
  stateOf(cursor, channel, slice) {
    if (channel > cursor.channel) return " later";
    if (channel < cursor.channel || cursor.granularity === "output") return "";
    const reached = this.layerView.sliceOf(cursor.tap);
    if (slice > reached) return " later";
    return slice === reached || cursor.granularity === "channel" ? " now" : "";
  }

  /**
   * The kernel, the products and the sum of one channel; of one that the filter does not read, the kernel alone.
   *
   * @param {Cursor} cursor
   * @param {number} input
   * @param {number} channel
   */
  showArithmetic(cursor, input, channel) {
    const { layerView, live } = this;
    const { colorLimits } = layerView;
    const isRead = channel >= 0;
    if (!live.products.length) return;
    if (live.kernel.length && this.filter !== cursor.filter) this.showKernel(cursor, input);
    for (let tap = 0; tap < layerView.loops.taps; tap++) {
      const isDone = isRead && layerView.tapDone(cursor, channel, tap);
      live.products[input].fill(tap, isDone ? layerView.product(cursor, channel, tap) : null, colorLimits.products);
    }
    if (live.partial.length) live.partial[input].fill(0, isRead ? layerView.runningTotal(cursor, channel) : null, colorLimits.sums);
  }

  /**
   * @param {Cursor} cursor
   * @param {number} input
   */
  showKernel(cursor, input) {
    const { layerView, live, picture } = this;
    const filter = layerView.kernelFilter(cursor.filter, input);
    const channel = layerView.channelOf(filter, input);
    for (let tap = 0; tap < layerView.loops.taps; tap++) live.kernel[input].fill(tap, layerView.kernel(filter, channel, tap), layerView.colorLimits.kernel);
    writeText(picture.labels[this.byRole.kernel[input].index], layerView.kernelName(filter));
  }

  /**
   * Cover the cells that no step has reached: whole rows below, and the rest of the row being filled.
   *
   * @param {Cursor} cursor
   */
  showCovers(cursor) {
    const { layerView, picture } = this;
    const [rows, columns] = layerView.outputSize;
    const [top, left] = layerView.outputOffset;
    this.byRole.output.forEach((grid, filter) => {
      const done =
        filter < cursor.filter
          ? rows * columns
          : filter > cursor.filter
            ? 0
            : cursor.position + (layerView.isComplete(cursor) ? 1 : 0);
      const [row, column] = [Math.floor(done / columns), done % columns];
      /** @type {(x: number, y: number) => string} */
      const at = (x, y) => `${(grid.x + left + x) * picture.cell} ${(grid.y + top + y) * picture.cell}`;
      const path =
        row === rows
          ? ""
          : `M${at(column, row)} L${at(columns, row)} L${at(columns, rows)} L${at(0, rows)} L${at(0, row + 1)} L${at(column, row + 1)} Z`;
      setAttribute(this.covers[filter], "d", grid.column_step > 1 || grid.slices > 1 ? this.coverEach(grid, done) : path);
      this.covers[filter].dataset.revealed = String(done);
    });
    if (!this.byRole.output.length) return;
    const grid = this.byRole.output[cursor.filter];
    const box = picture.box(grid, layerView.cellAt(grid, cursor.position));
    setAttributes(this.outputFrame, { ...box });
  }

  /**
   * A cover over the cells of a grid from one on, each by itself: between them there is nothing to cover.
   *
   * @param {PlacedGrid} grid
   * @param {number} from
   */
  coverEach(grid, from) {
    const { cell } = this.picture;
    const covered = Array.from({ length: grid.rows * grid.columns - from }, (_, index) => this.picture.box(grid, from + index));
    return covered.map(({ x, y }) => `M${x} ${y} h${cell} v${cell} h${-cell} Z`).join(" ");
  }

  /**
   * @param {Cursor} cursor
   * @param {boolean} isNow
   */
  showTap(cursor, isNow) {
    /** @type {(rect: SVGElement, grid: PlacedGrid | undefined, cell: number) => void} */
    const show = (rect, grid, cell) => {
      const isShown = grid && isNow && cursor.granularity === "tap";
      rect.style.display = isShown ? "" : "none";
      if (!isShown) return;
      const { x, y } = this.picture.box(grid, cell);
      setAttributes(rect, { x, y });
    };
    const input = this.layerView.firstChannel(cursor.filter) + cursor.channel;
    show(this.kernelTap, this.byRole.kernel[input], cursor.tap);
    show(this.inputTap, this.byRole.input[input], this.layerView.read(cursor.position, cursor.tap));
  }
}
