// A sequence and what is made of it as lines: each point stands in the column of its cell, and the line of the output is
// as long as what is there of it.

import { writeShort } from "./numbers.js";
import { setAttribute, setAttributes, svgElement } from "./svg.js";

/** @import { ByRole, Cursor, Picture, PlacedGrid } from "./types" */
/** @import { Chart } from "./wire" */
/** @import { WindowsView } from "./windows_view.js" */

const CHART_TYPE = 12; // pixels of what is written
const CHART_INSET = 7; // pixels that the lines keep from the upper and the lower edge
const CHART_DOT = 4;

/** @typedef {{ x: number, y: number }} Point */

/** What is drawn of an output map: the points of all of it, its line so far, and where that ends. @typedef {{ points: Point[], line: Element, end: Element }} Made */

export class SeriesChart {
  /**
   * @param {Picture} picture
   * @param {Chart} chart is the room for it
   * @param {WindowsView} layerView
   * @param {ByRole} grids
   */
  constructor(picture, chart, layerView, grids) {
    const { cell, scale } = picture;
    this.layerView = layerView;
    this.unit = cell;
    const box = { x: chart.x * cell, y: chart.y * cell, width: chart.width * cell, height: chart.height * cell };
    const still = svgElement("g", { class: "chart" }, picture.still);
    const moving = svgElement("g", { class: "chart" }, picture.moving);
    const { input, output } = layerView.arrays;
    const least = Math.min(0, ...input, ...output);
    const most = Math.max(0, ...input, ...output);
    const high = (box.height - 2 * CHART_INSET * scale) / (most - least || 1);
    /** @type {(value: number) => number} */
    const level = (value) => box.y + CHART_INSET * scale + (most - value) * high;
    svgElement("rect", { ...box, class: "chart-edge" }, still);
    svgElement("path", { d: `M${box.x} ${level(0)}h${box.width}`, class: "chart-zero" }, still);
    this.left = box.x; // where the columns begin
    this.window = svgElement("rect", { y: box.y, height: box.height, class: "chart-window" }, moving);
    for (const grid of grids.input) {
      const cells = Array.from({ length: grid.columns }, (_, index) => index).filter((index) => layerView.isInside(index));
      const points = cells.map((index) => ({ x: columnMiddle(grid, index, cell), y: level(layerView.input(grid.channel, index)) }));
      svgElement("path", { d: lineOf(points), class: "chart-input" }, still);
    }
    /** @type {Made[]} */
    this.made = grids.output.map((grid) => {
      const points = Array.from({ length: grid.columns }, (_, index) => ({
        x: columnMiddle(grid, index, cell),
        y: level(layerView.value("output", grid.channel * grid.columns + index)),
      }));
      const line = svgElement("path", { d: "", class: "chart-output" }, moving);
      return { points, line, end: svgElement("circle", { r: CHART_DOT * scale, class: "chart-end" }, moving) };
    });
    const size = CHART_TYPE * scale;
    const key = [["chart-input", "input"], ["chart-output", "output"]];
    let at = box.x;
    for (const [line, name] of key) {
      const y = box.y - size * 0.6;
      svgElement("path", { d: `M${at} ${y}h${1.5 * size}`, class: line }, still);
      svgElement("text", { x: at + 2 * size, y, class: "chart-text", "font-size": size }, still).textContent = name;
      at += 6 * size;
    }
    const ends = `${writeShort(least)} to ${writeShort(most)}`;
    svgElement("text", { x: at, y: box.y - size * 0.6, class: "chart-text", "font-size": size }, still).textContent = ends;
  }

  /** @param {Cursor} cursor */
  show(cursor) {
    const { layerView, unit } = this;
    const { filter, position } = cursor;
    const last = layerView.read(position, layerView.loops.taps - 1);
    const first = layerView.read(position, 0);
    setAttributes(this.window, { x: this.left + first * unit, width: (last - first + 1) * unit });
    this.made.forEach(({ points, line, end }, map) => {
      let there = map < filter ? points.length : 0;
      if (map === filter) there = position + (layerView.isComplete(cursor) ? 1 : 0);
      setAttribute(line, "d", lineOf(points.slice(0, there)));
      const { x, y } = points[Math.max(there - 1, 0)];
      setAttributes(end, { cx: x, cy: y, display: map === filter && there > 0 ? "inline" : "none" });
    });
  }
}

/**
 * The middle of the column of a cell, in pixels.
 *
 * @param {PlacedGrid} grid
 * @param {number} index
 * @param {number} cell
 */
function columnMiddle(grid, index, cell) {
  return (grid.x + index * grid.column_step + 0.5) * cell;
}

/**
 * A line through points, as the data of a path.
 *
 * @param {Point[]} points
 */
function lineOf(points) {
  return points.map(({ x, y }, index) => `${index ? "L" : "M"}${x} ${Math.round(y)}`).join("");
}
