// Convolves and paints what Python asks for, and writes what comes of it.

import { readFileSync, writeFileSync } from "node:fs";

import { chosenOf, resultsOf } from "../../stage/player/image_after.js";
import { fullAnswer, mapsOf, paintedAnswers, strongestOf } from "../../stage/player/image_bank.js";
import { barsOfPixels, barsOfResults } from "../../stage/player/image_histogram.js";
import { convolve, largestOf, painted, windowAt } from "../../stage/player/image_convolution.js";

/** The maps of a bank, all of them together, and the colours of both. */
function banked({ picture, bank, palette, view, after }) {
  const maps = mapsOf({ ...picture, pixels: Uint8Array.from(picture.pixels) }, bank, after);
  if (!maps) return null;
  const strongest = strongestOf(maps, view);
  const full = fullAnswer(maps, bank, view);
  const paint = (which) => [...paintedAnswers(maps, which, full, view, palette)];
  const { height, width } = maps[0];
  const pictures = [...maps.map((_, at) => paint(() => at)), paint((index) => strongest[index])];
  return { height, width, maps: maps.map(({ values }) => [...values]), strongest: [...strongest], full, pictures };
}

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = cases.map((asked) => ("bank" in asked ? banked(asked) : convolved(asked)));
writeFileSync(process.argv[3], JSON.stringify(answers));

function convolved({ picture, kernel, moving, palette, views, afters }) {
  const given = { ...picture, pixels: Uint8Array.from(picture.pixels) };
  const result = convolve(given, kernel.weights, moving);
  if (!result) return null;
  const windows = [0, result.height - 1].map((y) => windowAt(given, kernel.weights, moving, y, result.width - 1));
  const made = Object.fromEntries(
    afters.map((after) => {
      const results = resultsOf(result, kernel, after);
      if (!results) return [after, null];
      const paint = (view) => [view, [...painted(results, kernel.divisor, view, palette)]];
      const { height, width, values } = results;
      const chosen = after === "relu_pool" ? chosenOf(result, kernel, height - 1, width - 1) : null;
      const count = (view) => [view, barsOfResults(results, kernel.divisor, view, largestOf(results))];
      const bars = Object.fromEntries(views.map(count));
      return [after, { bars, height, width, values: [...values], chosen, pictures: Object.fromEntries(views.map(paint)) }];
    }),
  );
  return { height: result.height, width: result.width, sums: [...result.sums], windows, made, bars: barsOfPixels(given.pixels) };
}
