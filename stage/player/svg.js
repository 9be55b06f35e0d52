// Elements of the picture.

const SVG = "http://www.w3.org/2000/svg";

export function svgElement(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (parent) parent.append(element);
  return element;
}

/** Write an attribute only where it changes: the browser works out styles anew after every write. */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
