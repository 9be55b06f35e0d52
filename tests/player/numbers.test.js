// How a number is written, and in which colour its cell is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { unpack } from "../../stage/player/arrays.js";
import { colourOf, inkOn } from "../../stage/player/colors.js";
import { chooseDigits, writeCount, writeEqual, writeNumber, writeSaid, writeShort, writeTerm } from "../../stage/player/numbers.js";
import { NUMBERS as table } from "./tables.js";

/** @import { DigitsChoice } from "../../stage/player/numbers.js" */

test("whole numbers are written in full, others with six digits, and short in cells", () => {
  for (const [value, inFull, inACell] of table.written) {
    assert.equal(writeNumber(value), inFull, String(value));
    assert.equal(writeShort(value), inACell, String(value));
  }
});

test("a value of which digits are left out stands behind another sign", () => {
  /** @type {[number, string, string][]} */
  const signs = [
    [1 / 3, "\u2248 0.333333", "\u2248 0.333333"],
    [0.1 + 0.2, "= 0.3", "0.3"], // what float64 leaves is no digit of the number
    [3000007.67, "\u2248 3000010", "\u2248 3000010"],
    [-2, "= \u22122", "\u22122"],
    [Infinity, "= \u221e", "\u221e"],
  ];
  for (const [value, equal, said] of signs) assert.deepEqual([writeEqual(value), writeSaid(value)], [equal, said]);
});

test("a number has as many digits as were chosen, and another sign where that leaves some out", () => {
  /** @type {[DigitsChoice, number, string, string][]} */
  const written = [
    ["whole", 2.5, "3", "\u2248 3"],
    ["whole", -2.5, "\u22123", "\u2248 \u22123"],
    ["whole", -0.2, "0", "\u2248 0"],
    ["two", -2.345678, "\u22122.35", "\u2248 \u22122.35"],
    ["two", -0.001, "0.00", "\u2248 0.00"],
    ["two", 0.5, "0.50", "= 0.50"],
    ["two", 7, "7", "= 7"],
    ["all", 1 / 3, "0.333333333333", "= 0.333333333333"],
    ["all", 0.1 + 0.2, "0.3", "= 0.3"],
  ];
  for (const [choice, value, text, equal] of written) {
    chooseDigits(choice);
    assert.deepEqual([writeNumber(value), writeShort(value), writeEqual(value)], [text, text, equal], `${choice} ${value}`);
  }
  chooseDigits("short");
});

test("what is not finite is written as such", () => {
  assert.deepEqual([Infinity, -Infinity].map(writeNumber), ["\u221e", "\u2212\u221e"]);
});

test("a negative term stands in brackets", () => {
  for (const [value, text] of table.terms) assert.equal(writeTerm(value), text);
});

test("a count has commas between thousands", () => {
  for (const [count, text] of table.counts) assert.equal(writeCount(count), text);
});

test("a value has the nearest colour of the scale, and the last one beyond its ends", () => {
  for (const [value, limit, index] of table.colours) {
    assert.equal(colourOf(value, limit, table.palette), table.palette[index], `${value} of ${limit}`);
  }
});

test("ink is black or white, whichever stands out more", () => {
  for (const [colour, ink] of table.inks) assert.equal(inkOn(colour), ink, colour);
});

test("arrays arrive bit for bit", () => {
  const base64 = Buffer.from(new Float64Array([0.1, -2.5, NaN]).buffer).toString("base64");
  const { reals, bytes } = unpack({
    reals: { dtype: "float64", shape: [3], base64 },
    bytes: { dtype: "int8", shape: [2], base64: "Af4=" },
  });
  assert.deepEqual([...reals], [0.1, -2.5, NaN]);
  assert.deepEqual([...bytes], [1, -2]);
});
