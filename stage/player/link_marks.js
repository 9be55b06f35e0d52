// The marks on cells that belong together, in the colour of links.

import { NUMBERS_FROM } from "./fit.js";
import { indexOf } from "./names.js";
import { sliceRows } from "./slices.js";
import { svgElement } from "./svg.js";

/** @import { ByRole, Picture, PlacedGrid, Target } from "./types" */

const MAPS = ["input", "middle", "uncropped", "output"]; // in other grids the same cells stand once more

export class LinkMarks {
  /**
   * `byRole` has the grids of one layer view, in the order of their channels.
   *
   * @param {Picture} picture
   * @param {ByRole} byRole
   */
  constructor(picture, byRole) {
    this.picture = picture;
    this.byRole = byRole;
    /** What is pointed at. @type {Target | null} */
    this.target = null;
    this.group = svgElement("g", { class: "links" }, picture.overlay);
    /** What is written on the cells, each with its name, for who hears it. @type {string[]} */
    this.notes = [];
    this.dimensions = 2; // how many numbers name a cell of a map
  }

  clear() {
    this.group.replaceChildren();
    this.notes = [];
  }

  /**
   * Take the marks away, and mark what is pointed at now.
   *
   * @param {Target} target
   */
  pointTo(target) {
    this.clear();
    this.target = target;
    this.mark(target.grid, target.cell, "pointed");
  }

  /**
   * Frame a cell, with a note in it if there is one and room for it. Where there is no such cell, nothing is marked.
   *
   * @param {PlacedGrid | undefined} grid
   * @param {number} cell
   * @param {string} kind
   * @param {string} [note]
   */
  mark(grid, cell, kind, note) {
    if (!grid || cell < 0) return;
    if (kind !== "pointed" && grid === this.target?.grid && cell === this.target.cell) return; // it is marked already
    const { picture } = this;
    if (note !== undefined && MAPS.includes(grid.role)) this.notes.push(`${grid.label}${indexOf(cell, grid.columns, this.dimensions, sliceRows(grid))} ${note}`);
    const box = picture.box(grid, cell);
    const isNoted = note !== undefined && picture.cell >= NUMBERS_FROM;
    svgElement(
      "rect",
      {
        ...box,
        class: `link ${kind}${isNoted ? " noted" : ""}`,
        "data-grid": grid.label,
        "data-role": grid.role,
        "data-channel": grid.channel,
        "data-cell": cell,
      },
      this.group,
    );
    if (!isNoted) return;
    const size = Math.min(picture.cell * 0.42, (picture.cell * 1.5) / note.length, 22 * picture.scale);
    const attributes = { x: box.x + box.width / 2, y: box.y + box.height / 2, "font-size": size, class: "link-note" };
    svgElement("text", attributes, this.group).textContent = note;
  }
}
