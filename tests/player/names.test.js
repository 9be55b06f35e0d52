// Cells and channels are called by the words that Python has for them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LABELS } from "../../stage/player/generated_constants.js";
import { channelLabel, indexOf, labelOf } from "../../stage/player/names.js";

test("a channel has its number where there are several", () => {
  assert.deepEqual(["input", "output"].map((label) => channelLabel(label, 0, 1)), ["input", "output"]);
  assert.deepEqual(["input", "output"].map((label) => channelLabel(label, 2, 3)), ["input 2", "output 2"]);
  assert.equal(channelLabel("kernel", 1, 4), "filter 1");
});

test("no place of a label stays empty", () => {
  for (const label of Object.keys(LABELS)) assert.doesNotMatch(labelOf(label, { channel: 7 }), /[{}]|undefined/);
});

test("a cell is named by its row and its column", () => {
  assert.equal(indexOf(7, 3), "[2, 1]");
});

test("a cell of a sequence is named by one number", () => {
  assert.equal(indexOf(6, 12, 1), "[6]");
  assert.equal(indexOf(13, 3, 3, 2), "[2, 0, 1]");
});
