// Numbers and colours: unpacking the record's arrays, and writing one value so that it can be read.

const ARRAY_TYPES = { int8: Int8Array, int16: Int16Array, int32: Int32Array, float64: Float64Array };

/** Unpack {dtype, shape, base64} into a typed array; its last axis varies fastest. */
export function decode(packed) {
  const bytes = Uint8Array.from(atob(packed.base64), (character) => character.charCodeAt(0));
  return new ARRAY_TYPES[packed.dtype](bytes.buffer);
}

/** A value with at most `digits` significant digits and a real minus sign; whole numbers are written out in full. */
export function writeNumber(value, digits) {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value < 0 ? "\u2212\u221e" : "\u221e";
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)));
  return text.replace("-", "\u2212");
}

/** A value short enough for a cell: whole numbers in full, others with two decimals, or one digit where those are zeros. */
export function writeShort(value) {
  if (Number.isInteger(value) || !Number.isFinite(value)) return writeNumber(value, 3);
  const text =
    Math.abs(value) >= 1000 ? value.toPrecision(4) : Math.abs(value) >= 0.005 ? value.toFixed(2) : value.toPrecision(1);
  return text.replace("-", "\u2212");
}

/** A written number as a factor or a term: in brackets where it is negative. */
export const signed = (text) => (text.startsWith("\u2212") ? `(${text})` : text);

/** The colour of a value on a scale from -end to end. */
export function colourOf(value, end, palette) {
  const middle = (palette.length - 1) / 2;
  const index = Math.round(middle + (value / end) * middle);
  return palette[Math.max(0, Math.min(palette.length - 1, index))];
}

/** Black or white, whichever stands out more from a colour "#rrggbb": at least 4.5 to 1, as WCAG 2 reckons it. */
export function inkOn(colour) {
  const channel = (from) => {
    const share = parseInt(colour.slice(from, from + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.179 ? "#000000" : "#ffffff";
}
