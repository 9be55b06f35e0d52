// The legend stands in its room, and marks of cells and groups are always there.

import assert from "node:assert/strict";
import { test } from "node:test";

import { layOutLegend, NO_LEGEND } from "../../stage/player/legend_layout.js";

/** @import { LegendEntry } from "../../stage/player/wire" */

/** @type {LegendEntry[]} */
const LEGEND = [
  { mark: "scale", text: "blue is negative, the palest 0, orange positive" },
  { mark: "padding", text: "padding" },
  ...Array.from({ length: 4 }, (_, group) => /** @type {LegendEntry} */ ({ mark: "group", text: `group ${group}`, group })),
  { mark: "step", text: "this step" },
  { mark: "pending", text: "not computed yet" },
  { mark: "none", text: "input to \u00b19" },
  { mark: "none", text: "kernel to \u00b12" },
];

/** @param {LegendEntry[]} legend @param {number} width */
function marks(legend, width) {
  return layOutLegend(legend, width, 400, 1).entries.map(({ entry }) => entry.mark);
}

test("all of it stands in one line of a wide room", () => {
  const { entries, height, width } = layOutLegend(LEGEND, 948, 345, 1);
  assert.deepEqual([entries.length, height], [LEGEND.length, 24]);
  assert.ok(width <= 948);
});

test("on a phone it takes a second line for groups, and none for what is free", () => {
  const { entries, height, width } = layOutLegend(LEGEND, 364, 400, 1);
  assert.equal(height, 44);
  assert.ok(width <= 364);
  assert.equal(entries.filter(({ entry }) => entry.mark === "group").length, 4);
  assert.ok(!marks(LEGEND, 364).includes("none"));
  const plain = LEGEND.filter(({ mark }) => mark !== "group");
  assert.equal(layOutLegend(plain, 364, 400, 1).height, 24);
  assert.deepEqual(marks(plain, 250), ["scale", "padding", "step"]);
});

test("no two entries lie on each other, and all grow with the type", () => {
  const one = layOutLegend(LEGEND, 700, 400, 1);
  const two = layOutLegend(LEGEND, 875, 400, 1.25);
  assert.deepEqual(two.entries.map(({ x, y }) => [x / 1.25, y / 1.25]), one.entries.map(({ x, y }) => [x, y]));
  one.entries.slice(1).forEach(({ x, y }, index) => {
    const before = one.entries[index];
    assert.ok(y > before.y || x > before.x + 12);
  });
});

test("a room without height has none", () => {
  assert.deepEqual(layOutLegend(LEGEND, 600, 240, 1), NO_LEGEND);
});

test("where all type is much larger, that of the legend is not", () => {
  assert.equal(layOutLegend(LEGEND, 1200, 600, 2.4).height, layOutLegend(LEGEND, 1200, 600, 1.4).height);
});
