// A picture that somebody brings: looked at before it is decoded, scaled, and made grey. It stays in this browser.

/** @import { ImageMessage, Picture } from "./image_lab" */

/** @typedef {{ picture: Picture, width: number, height: number }} Brought with the size that it had */
/** @typedef {{ refused: string, [place: string]: string | number }} Refused the name of a sentence, and its places */

/**
 * The size that the head of a PNG, JPEG or WebP says, in pixels; null where it is none of these.
 *
 * @param {Uint8Array} bytes
 * @returns {[number, number] | null}
 */
export function sizeInHead(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** @type {(from: number, to: number) => string} */
  const text = (from, to) => String.fromCharCode(...bytes.subarray(from, to));
  try {
    if (text(0, 8) === "\x89PNG\r\n\x1a\n") return [view.getUint32(16), view.getUint32(20)];
    if (text(0, 2) === "\xff\xd8") return sizeOfJpeg(view);
    if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return sizeOfWebp(view, text(12, 16));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // it is cut short
  }
  return null;
}

/**
 * @param {DataView} view
 * @returns {[number, number] | null}
 */
function sizeOfJpeg(view) {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    } else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/**
 * @param {DataView} view
 * @param {string} kind
 * @returns {[number, number] | null}
 */
function sizeOfWebp(view, kind) {
  /** @param {number} at */
  const three = (at) => view.getUint8(at) + 256 * view.getUint16(at + 1, true);
  if (kind === "VP8X") return [three(24) + 1, three(27) + 1];
  if (kind === "VP8 ") return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (kind !== "VP8L") return null;
  const sizes = view.getUint32(21, true);
  return [(sizes & 0x3fff) + 1, ((sizes >>> 14) & 0x3fff) + 1];
}

/**
 * Read a picture that somebody brings.
 *
 * @param {Blob} file
 * @param {ImageMessage["limits"]} limits
 * @returns {Promise<Brought | Refused>}
 */
export async function readPicture(file, limits) {
  if (file.size > limits.bytes) return { refused: "too_heavy" };
  const size = sizeInHead(new Uint8Array(await file.arrayBuffer()));
  if (!size) return { refused: "not_a_picture" };
  if (size[0] * size[1] > limits.pixels) return { refused: "too_large", width: size[0], height: size[1] };
  try {
    return await decode(file, limits.side);
  } catch {
    return { refused: "broken" };
  }
}

/**
 * Decode a picture, turned as its EXIF says, scaled so that no side is longer than `side`, and made grey.
 *
 * @param {Blob} file
 * @param {number} side
 * @returns {Promise<Brought>}
 */
export async function decode(file, side) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { width, height } = bitmap;
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("the browser draws no pictures");
  pen.fillStyle = "#ffffff"; // under what is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  return { picture: { width: canvas.width, height: canvas.height, pixels: greys(data) }, width, height };
}

/**
 * The greys of colours, as television reckons them (ITU-R BT.601), in whole numbers.
 *
 * @param {Uint8ClampedArray} colours
 */
export function greys(colours) {
  const pixels = new Uint8Array(colours.length / 4);
  for (let index = 0; index < pixels.length; index++) {
    const [red, green, blue] = [colours[4 * index], colours[4 * index + 1], colours[4 * index + 2]];
    pixels[index] = Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
  }
  return pixels;
}
