// The ground: the heatmaps on a canvas. It is there at once, and on a page without Plotly it is all there is.

import { colouredCells } from "./heatmaps.js";

/** @import { Heatmap } from "./heatmaps.js" */
/** @import { Picture } from "./types" */

/**
 * Draw the heatmaps of a picture on a canvas, sharp on a screen of any density.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Heatmap[]} heatmaps
 * @param {Picture} picture
 */
export function drawGround(canvas, heatmaps, picture) {
  const density = window.devicePixelRatio || 1;
  const { size: [width], height } = picture;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  if (!context) return; // the browser has no memory for another canvas
  for (const { left, top, right, bottom, colour } of colouredCells(heatmaps, picture)) {
    const [x, y] = [left, top].map((edge) => Math.round(edge * density));
    context.fillStyle = colour;
    context.fillRect(x, y, Math.round(right * density) - x, Math.round(bottom * density) - y);
  }
}
