// A picture on a canvas.

/**
 * Put pixels onto a canvas, and give it their size.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {{ height: number, width: number }} size
 * @param {Uint8ClampedArray<ArrayBuffer>} colours
 */
export function drawPixels(canvas, { height, width }, colours) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext("2d", { willReadFrequently: true })?.putImageData(new ImageData(colours, width, height), 0, 0);
}
