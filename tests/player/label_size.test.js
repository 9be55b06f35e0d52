// Labels over grids are of one size, and none runs into another one or over another grid.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sizeLabels } from "../../stage/player/label_size.js";

/** @import { PlacedGrid } from "../../stage/player/types" */

const LETTER = 0.5; // of the size of the type: wider than the page's letters are on the whole

/** A kernel, its products and their sum, and a tall input whose label stands higher. @type {PlacedGrid[]} */
const GRIDS = [
  ["input", "input 0", 0, 0, 6, 6],
  ["kernel", "filter 0", 7, 1.5, 3, 3],
  ["products", "products", 11, 1.5, 3, 3],
  ["partial", "sum", 15, 2.5, 1, 1],
].map(([role, label, x, y, columns, rows], index) => /** @type {PlacedGrid} */ (/** @type {unknown} */ ({ role, label, x, y, columns, rows, width: columns, index })));

/**
 * How far the labels of two grids on one level are apart, in pixels.
 *
 * @param {PlacedGrid} one
 * @param {PlacedGrid} other
 * @param {number} cell
 * @param {number} size
 */
function between(one, other, cell, size) {
  const apart = (other.x + other.width / 2 - one.x - one.width / 2) * cell;
  return apart - (LETTER * size * (one.label.length + other.label.length)) / 2;
}

for (const cell of [6, 10, 14, 24, 60]) {
  test(`labels over cells of ${cell} pixels`, () => {
    const { size, named } = sizeLabels(GRIDS, { cell, labelRows: 2, scale: 1, hasStrip: false });
    assert.equal(named.length, GRIDS.length);
    assert.ok(size <= 13 && size > 0);
    assert.ok(between(GRIDS[1], GRIDS[2], cell, size) >= 2.9);
    assert.ok(between(GRIDS[2], GRIDS[3], cell, size) >= 2.9);
    const reach = 8.5 * cell - (LETTER * size * GRIDS[1].label.length) / 2; // of the kernel's label to the left
    assert.ok(reach >= 6 * cell + 2.9); // not over the input
  });
}

test("what a strip names is not named again where there is no room", () => {
  const crowded = sizeLabels(GRIDS, { cell: 6, labelRows: 3, scale: 1, hasStrip: true });
  assert.deepEqual(crowded.named, [GRIDS[0]]);
  assert.equal(crowded.size, 13);
  const wide = sizeLabels(GRIDS, { cell: 24, labelRows: 1, scale: 1, hasStrip: true });
  assert.equal(wide.named.length, GRIDS.length);
});
