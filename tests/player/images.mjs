// Convolves and paints what Python asks for, and writes what comes of it.

import { readFileSync, writeFileSync } from "node:fs";

import { convolve, painted, windowAt } from "../../stage/player/image_convolution.js";

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = cases.map(({ picture, kernel, moving, palette, views }) => {
  const given = { ...picture, pixels: Uint8Array.from(picture.pixels) };
  const result = convolve(given, kernel.weights, moving);
  if (!result) return null;
  const windows = [0, result.height - 1].map((y) => windowAt(given, kernel.weights, moving, y, result.width - 1));
  const pictures = Object.fromEntries(views.map((view) => [view, [...painted(result, kernel, view, palette)]]));
  return { height: result.height, width: result.width, sums: [...result.sums], windows, pictures };
});
writeFileSync(process.argv[3], JSON.stringify(answers));
