// What stands still: the heatmaps, and over them the labels, operators, cell numbers and hatching of cells that nothing reads.

import { drawCaptions } from "./captions.js";
import { colourOf, inkOn } from "./colors.js";
import { BEFORE_MAP, CELL_NAMES, GRID_ROLES, NEUTRAL_COLORS, PALETTES, SLICE_GAP } from "./generated_constants.js";
import { evenUp, fitStage, NUMBERS_FROM, numberSize } from "./fit.js";
import { drawGround } from "./ground.js";
import { heatmapsOf, plotlyFigure } from "./heatmaps.js";
import { sizeLabels } from "./label_size.js";
import { drawLegend } from "./legend.js";
import { layOutLegend, NO_LEGEND } from "./legend_layout.js";
import { writeShort } from "./numbers.js";
import { cellAtPlace, placeOfCell, sizeOnCanvas, sliceCorner, sliceRows } from "./slices.js";
import { setAttributes, svgElement, writeText } from "./svg.js";
import { colourOfGroup, drawWires } from "./wires.js";

/** @import { Heatmap } from "./heatmaps.js" */
/** @import { LegendLayout } from "./legend_layout.js" */
/** @import { StripLayout } from "./strip_layout.js" */
/** @import { Timeline } from "./timeline.js" */
/** @import { Arrow, ByRole, LayerView, PlacedGrid, Target, Theme } from "./types" */
/** @import { Arrangement, Sign, Stage as Recorded } from "./wire" */

/** What is arranged before anything is. @type {Arrangement} */
const NOTHING = { width: 0, height: 0, label_rows: 0, positions: [], across: [], signs: [], captions: [], wires: [] };

const LOWEST_SLICE_NUMBER = 8; // pixels of the number under a slice

export class Picture {
  /**
   * The heatmaps lie under the overlay: on the canvas `ground`, and over that in `plot` as Plotly draws them, where there
   * are such elements.
   *
   * @param {SVGElement} overlay to draw in
   * @param {HTMLCanvasElement | null} ground
   * @param {HTMLElement | null} plot
   */
  constructor(overlay, ground = null, plot = null) {
    this.overlay = overlay;
    this.ground = ground;
    this.plot = plot;
    /** @type {LayerView[]} */
    this.layerViews = [];
    /** @type {Theme} */
    this.theme = "light";
    this.palette = PALETTES.light;
    this.neutrals = NEUTRAL_COLORS.light;
    this.scale = 1;
    this.cell = 1;
    /** The maps, with the strip under or beside them. @type {[width: number, height: number]} */
    this.size = [0, 0];
    this.isBeside = false; // whether the strip stands beside the maps
    /** @type {StripLayout[]} */
    this.strips = [];
    /** @type {LegendLayout} */
    this.legend = NO_LEGEND;
    /** @type {Arrangement} */
    this.arrangement = NOTHING;
    /** @type {PlacedGrid[]} */
    this.grids = [];
    /** @type {Heatmap[]} */
    this.heatmaps = [];
    this.still = svgElement("g", { class: "still" });
    this.moving = svgElement("g", { class: "moving" });
    /** @type {SVGTextElement[]} */
    this.labels = [];
    /** @type {SVGPathElement[]} */
    this.wires = [];
    /** @type {Arrow[]} */
    this.arrows = [];
  }

  /**
   * Draw `data` in the room there is.
   *
   * @param {Recorded} data
   * @param {Timeline} timeline
   * @param {Theme} theme
   * @param {number} width of the room in pixels
   * @param {number} height of the room
   * @param {number} scale is how large cells and type may be, 1 on a page
   */
  draw(data, timeline, theme, width, height, scale) {
    const legend = layOutLegend(data.legend, width, height, scale);
    const { arrangement, cell, strips, under, beside } = fitStage(data.arrangements, data.strips, width, height - legend.height, scale);
    this.layerViews = timeline.layerViews;
    this.theme = theme;
    this.palette = PALETTES[theme];
    this.neutrals = NEUTRAL_COLORS[theme];
    this.scale = scale;
    this.arrangement = arrangement;
    this.cell = cell;
    this.size = [arrangement.width * cell + beside, arrangement.height * cell + under];
    this.isBeside = beside > 0;
    this.strips = strips;
    this.legend = legend;
    this.grids = data.grids.map((grid, index) => ({
      ...grid,
      index,
      x: arrangement.positions[index][0],
      y: arrangement.positions[index][1],
      across: arrangement.across[index],
      ...sizeOnCanvas(grid, arrangement.across[index]),
    }));
    this.heatmaps = heatmapsOf(this.grids, timeline.layerViews);
    if (this.ground) drawGround(this.ground, this.heatmaps, this);
    if (this.plot) this.plot.style.visibility = "hidden"; // it shows what was drawn before
    this.drawOverlay();
  }

  /** Whether cells are large enough for numbers. */
  get hasNumbers() {
    return this.cell >= NUMBERS_FROM;
  }

  /** The width of it all: a strip or a legend under the maps may reach beyond them. */
  get reach() {
    return Math.max(this.size[0], this.legend.width, ...this.strips.map((strip) => strip.width));
  }

  /** The height of it all, with the legend. */
  get height() {
    return evenUp(this.size[1] + this.legend.height);
  }

  /**
   * The upper left corner of a strip: at the right edge beside the maps, or at the lower edge under them.
   *
   * @param {StripLayout} layout
   */
  stripCorner({ width, height }) {
    const [right, bottom] = this.size;
    return this.isBeside
      ? [right - width, Math.round((bottom - height) / 2)]
      : [Math.round((right - width) / 2), bottom - height];
  }

  /** Whether Plotly has not drawn yet what the ground shows. */
  get isPlotBehind() {
    return this.plot?.style.visibility === "hidden";
  }

  /** Let Plotly draw the heatmaps over the ground, once it has arrived. */
  drawPlot() {
    if (!window.Plotly || !this.plot || !this.grids.length) return;
    const { data, layout } = plotlyFigure(this.heatmaps, this);
    window.Plotly.react(this.plot, data, layout, { staticPlot: true, displayModeBar: false });
    this.plot.style.visibility = "";
  }

  /** The still part of the overlay; the moving parts are appended to `this.moving` by others. */
  drawOverlay() {
    const { size: [width], height } = this;
    this.overlay.replaceChildren();
    setAttributes(this.overlay, { width, height, viewBox: `0 0 ${width} ${height}` });
    const defs = svgElement("defs", {}, this.overlay);
    const hatch = svgElement(
      "pattern",
      { id: "unused-cells", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      defs,
    );
    svgElement("rect", { width: 2, height: 6, class: "hatch" }, hatch);
    for (const grid of this.grids) {
      const side = { width: this.cell, height: this.cell };
      const corner = { x: grid.x * this.cell, y: grid.y * this.cell }; // a grid may stand part of a cell off its neighbours
      const covered = svgElement(
        "pattern",
        { id: `covered-${grid.index}`, ...corner, ...side, patternUnits: "userSpaceOnUse" },
        defs,
      );
      svgElement("rect", { ...side, class: "pending" }, covered);
    }
    this.still = svgElement("g", { class: "still" }, this.overlay);
    this.moving = svgElement("g", { class: "moving" }, this.overlay);
    this.labels = [];
    const { size, named } = this.labelSize();
    for (const grid of this.grids) {
      const { role, channel, rows, columns, x, y } = grid;
      const data = {
        "data-grid": grid.label,
        "data-role": role,
        "data-channel": channel,
        "data-rows": rows,
        "data-columns": columns,
        "data-column-step": grid.column_step,
        "data-slices": grid.slices,
        "data-across": grid.across,
      };
      const group = svgElement(
        "g",
        { class: "grid", ...data, "data-left": x * this.cell, "data-top": y * this.cell },
        this.still,
      );
      this.drawLabel(grid, group, size, named.includes(grid));
      if (grid.slices > 1) this.drawSliceNumbers(grid, group, size);
      if (grid.values) this.drawNumbers(grid, grid.values, group);
      if (role === "input") this.drawUnused(grid, group);
      if (grid.group !== null) this.drawGroup(grid, grid.group, group);
    }
    drawCaptions(this, defs);
    this.wires = drawWires(this);
    drawLegend(this, this.legend, Math.round((width - this.legend.width) / 2), this.size[1]);
    this.arrows = [];
    for (const sign of this.arrangement.signs) this.drawSign(sign);
  }

  /** @param {Sign} sign */
  drawSign({ text, x, y, before, layer, group }) {
    const { cell, scale } = this;
    const place = { x: x * cell, y: y * cell, "font-size": Math.min(28 * scale, Math.max(10, cell * 0.6)) };
    const sign = svgElement("text", { ...place, class: "sign" }, this.still);
    sign.textContent = text;
    const maps = this.grids.filter((grid) => grid.role === before && grid.layer === layer && (group === undefined || grid.group === group));
    if (maps.length < 2) return;
    const places = maps.map((map) => ({ x: (map.x - BEFORE_MAP) * cell, y: (map.y + map.height / 2) * cell }));
    this.arrows.push({ layer: before === "middle" ? layer - 1 : layer, sign, maps, places });
  }

  /** How large the labels are, and which grids have one. */
  labelSize() {
    const { cell, scale, arrangement, strips } = this;
    return sizeLabels(this.grids, { cell, scale, labelRows: arrangement.label_rows, hasStrip: strips.length > 0 });
  }

  /**
   * @param {PlacedGrid} grid
   * @param {Element} group
   * @param {number} size
   * @param {boolean} isShown
   */
  drawLabel(grid, group, size, isShown) {
    const attributes = {
      x: (grid.x + grid.width / 2) * this.cell,
      y: grid.y * this.cell - size * 0.35,
      class: "label",
      display: isShown ? "inline" : "none",
      "font-size": size,
    };
    this.labels[grid.index] = svgElement("text", attributes, group);
    this.labels[grid.index].textContent = grid.label;
  }

  /**
   * Under each slice of a volume its number, where there is room to read it.
   *
   * @param {PlacedGrid} grid
   * @param {Element} group
   * @param {number} size
   */
  drawSliceNumbers(grid, group, size) {
    const high = Math.min(size, this.cell * 0.8);
    if (high < LOWEST_SLICE_NUMBER) return;
    for (let slice = 0; slice < grid.slices; slice++) {
      const corner = sliceCorner(grid, slice);
      const [x, y] = [grid.x + corner.x + grid.columns / 2, grid.y + corner.y + sliceRows(grid) + SLICE_GAP / 2];
      const place = { x: x * this.cell, y: y * this.cell };
      svgElement("text", { ...place, class: "slice-number", "font-size": high }, group).textContent = String(slice);
    }
  }

  /**
   * A border in the colour of its group round a grid that belongs to one.
   *
   * @param {PlacedGrid} grid
   * @param {number} group
   * @param {Element} parent
   */
  drawGroup(grid, group, parent) {
    const box = { x: grid.x * this.cell, y: grid.y * this.cell, width: grid.width * this.cell, height: grid.height * this.cell };
    svgElement("rect", { ...box, class: "group", stroke: colourOfGroup(group) }, parent);
    this.labels[grid.index].setAttribute("data-group", String(group));
  }

  /**
   * @param {PlacedGrid} grid
   * @param {string} array
   * @param {Element} group
   */
  drawNumbers(grid, array, group) {
    if (!this.hasNumbers) return;
    const layerView = this.layerViews[grid.layer];
    const first = grid.channel * grid.rows * grid.columns;
    for (let cell = 0; cell < grid.rows * grid.columns; cell++) {
      const value = layerView.shownValue(array, first + cell);
      if (Number.isNaN(value)) continue; // nothing stands there
      const neutral = CELL_NAMES[layerView.kindOf(array, cell)];
      const ground = neutral ? this.neutrals[neutral] : colourOf(value, layerView.colorLimits[array], this.palette);
      this.writeIn(svgElement("text", { class: "number", "data-cell": cell }, group), grid, cell, value, ground);
    }
  }

  /**
   * Put a value into the middle of a cell, in ink that reads on `ground`.
   *
   * @param {Element} text
   * @param {PlacedGrid} grid
   * @param {number} cell
   * @param {number} value
   * @param {string} ground
   */
  writeIn(text, grid, cell, value, ground) {
    const written = writeShort(value);
    const characters = Number.isInteger(value) ? written.length : Math.max(5, written.length); // reals of one size
    const { x, y } = this.box(grid, cell);
    const place = { x: x + this.cell / 2, y: y + this.cell / 2, "font-size": numberSize(this.cell, characters, this.scale) };
    setAttributes(text, { ...place, fill: inkOn(ground) });
    writeText(text, written);
  }

  /**
   * @param {PlacedGrid} grid
   * @param {Element} group
   */
  drawUnused(grid, group) {
    const [rows, columns] = this.layerViews[grid.layer].unusedCells;
    /** @type {(cell: number, width: number, height: number) => void} */
    const strip = (cell, width, height) => {
      const { x, y } = this.box(grid, cell);
      svgElement("rect", { x, y, width: width * this.cell, height: height * this.cell, class: "unused" }, group);
    };
    for (const row of rows) strip(row * grid.columns, grid.columns, 1);
    for (let slice = 0; slice < grid.slices; slice++) {
      const first = slice * sliceRows(grid) * grid.columns;
      for (const column of columns) strip(first + column, 1, sliceRows(grid));
    }
  }

  /**
   * The grids of one layer view by what they are to it: one layer's output map can be the next one's input.
   *
   * @param {number} index
   */
  gridsOf(index) {
    const none = GRID_ROLES.map((role) => [role, /** @type {PlacedGrid[]} */ ([])]);
    /** @type {ByRole} */
    const byRole = Object.fromEntries(none);
    for (const grid of this.grids) {
      if (grid.role !== "middle" && grid.layer === index) byRole[grid.role].push(grid);
      if (grid.role === "middle" && grid.layer === index) byRole.input.push(grid);
      if (grid.role === "middle" && grid.layer === index + 1) byRole.output.push(grid);
    }
    return byRole;
  }

  /**
   * The grid and cell at a point of the overlay in pixels, or null between grids.
   *
   * @param {number} x
   * @param {number} y
   * @returns {Target | null}
   */
  cellAt(x, y) {
    const [column, row] = [x / this.cell, y / this.cell];
    for (const grid of this.grids) {
      const cell = cellAtPlace(grid, Math.floor(column - grid.x), Math.floor(row - grid.y));
      if (cell >= 0) return { grid, cell };
    }
    return null;
  }

  /**
   * The attributes of a cover over cells of a grid, ruled as that grid is.
   *
   * @param {PlacedGrid} grid
   */
  cover(grid) {
    return { class: "cover", fill: `url(#covered-${grid.index})`, "data-grid": grid.label };
  }

  /**
   * The pixel rectangle of a cell.
   *
   * @param {PlacedGrid} grid
   * @param {number} cell
   */
  box(grid, cell) {
    const { x, y } = placeOfCell(grid, cell);
    return { x: (grid.x + x) * this.cell, y: (grid.y + y) * this.cell, width: this.cell, height: this.cell };
  }
}
