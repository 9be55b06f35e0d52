// Slices of a volume: each cell has a place of its own, apart from the other slices, and is found there again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cellAtPlace, placeOfCell, sizeOnCanvas, sliceRows } from "../../stage/player/slices.js";

/** @param {{ rows: number, columns: number, slices: number, across: number, column_step?: number }} of */
function gridOf({ column_step = 1, ...of }) {
  const grid = { ...of, column_step };
  return { ...grid, ...sizeOnCanvas(grid, grid.across) };
}

test("the cells of three slices, two beside each other, stand a cell apart", () => {
  const grid = gridOf({ rows: 6, columns: 2, slices: 3, across: 2 });
  assert.equal(sliceRows(grid), 2);
  const places = Array.from({ length: 12 }, (_, cell) => placeOfCell(grid, cell)).map(({ x, y }) => [x, y]);
  assert.deepEqual(places, [
    [0, 0], [1, 0], [0, 1], [1, 1],
    [3, 0], [4, 0], [3, 1], [4, 1],
    [0, 3], [1, 3], [0, 4], [1, 4],
  ]);
  assert.deepEqual([grid.width, grid.height], [5, 5]);
});

test("a grid of one slice is as wide as its columns and what is between them", () => {
  const grid = gridOf({ rows: 2, columns: 3, slices: 1, across: 1, column_step: 2 });
  assert.deepEqual([grid.width, grid.height], [5, 2]);
  assert.deepEqual(placeOfCell(grid, 4), { x: 2, y: 1 });
});

for (const slices of [1, 2, 5]) {
  for (const across of [1, 2, slices]) {
    test(`of ${slices} slices, ${across} across, every cell is found where it stands, and none between`, () => {
      const grid = gridOf({ rows: 3 * slices, columns: 2, slices, across: Math.min(across, slices) });
      /** @type {Map<string, number>} */
      const byPlace = new Map();
      for (let cell = 0; cell < grid.rows * grid.columns; cell++) {
        const { x, y } = placeOfCell(grid, cell);
        byPlace.set(`${x} ${y}`, cell);
      }
      assert.equal(byPlace.size, grid.rows * grid.columns);
      for (let x = -1; x <= grid.width; x++) {
        for (let y = -1; y <= grid.height; y++) assert.equal(cellAtPlace(grid, x, y), byPlace.get(`${x} ${y}`) ?? -1);
      }
    });
  }
}
