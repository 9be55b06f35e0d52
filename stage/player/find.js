// Elements of the page that have to be there.

/**
 * The first HTML element under `root` that a selector names.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(root, selector) {
  return findOf(root, selector, HTMLElement);
}

/**
 * The first element of a type under `root` that a selector names.
 *
 * @template {Element} Type
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Type} type
 */
export function findOf(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`the page has no ${selector}`);
  return found;
}
