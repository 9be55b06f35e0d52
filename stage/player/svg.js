// Elements of the picture.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element with these attributes, as the last child of `parent` if there is one.
 *
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} attributes
 * @param {Element} [parent]
 */
export function svgElement(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, String(attributes[key]));
  if (parent) parent.append(element);
  return element;
}

/**
 * Write an attribute only where it changes: the browser works out styles anew after every write.
 *
 * @param {Element} element
 * @param {string} name
 * @param {string | number} value
 */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

/**
 * Write several attributes, each only where it changes.
 *
 * @param {Element} element
 * @param {Record<string, string | number>} attributes
 */
export function setAttributes(element, attributes) {
  for (const name in attributes) setAttribute(element, name, attributes[name]);
}

/**
 * Write a text only where it changes, into the text that stands there: after every one that comes or goes the browser looks
 * through the page for what `:has()` means.
 *
 * @param {Element} element that has no other elements
 * @param {string} text
 */
export function writeText(element, text) {
  const there = /** @type {Text | null} */ (element.firstChild);
  if (!there) element.textContent = text;
  else if (there.data !== text) there.data = text;
}
