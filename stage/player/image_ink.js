// The ink that can be read on a grey.

const MIDDLE = 118; // from here on black stands out more than white, as WCAG 2 reckons it

/** @param {number} grey from 0 to 255 */
export function inkOnGrey(grey) {
  return grey >= MIDDLE ? "#000000" : "#ffffff";
}
