// A number that is typed, and what it is meant to be.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isAbout, readTyped } from "../../stage/player/typed_number.js";

test("a number may be typed with a comma and with a real minus", () => {
  for (const [text, value, decimals] of [["16", 16, 0], [" -3 ", -3, 0], ["\u22123", -3, 0], ["0,50", 0.5, 2], [".25", 0.25, 2]])
    assert.deepEqual(readTyped(String(text)), { value, decimals }, String(text));
});

test("what is no number is none", () => {
  for (const text of ["", "-", "1e3", "4+1", "1.2.3", "Infinity", "0x10"]) assert.equal(readTyped(text), null, text);
});

test("two decimals are enough of a number that has more, and whole numbers are meant as they stand", () => {
  /** @type {[string, number, boolean][]} */
  const cases = [
    ["16", 16, true],
    ["16.00", 16, true],
    ["16.001", 16, false],
    ["15.996", 16, false],
    ["0.3", 0.1 + 0.2, true], // what float64 leaves is no digit of the number
    ["0.33", 1 / 3, true],
    ["0.333", 1 / 3, true],
    ["0.34", 1 / 3, false],
    ["0.3", 1 / 3, false],
    ["0", 0.004, false],
    ["-0.67", -2 / 3, true],
  ];
  for (const [text, value, isMeant] of cases) {
    const typed = readTyped(text);
    assert.ok(typed);
    assert.equal(isAbout(typed, value), isMeant, `${text} for ${value}`);
  }
});
