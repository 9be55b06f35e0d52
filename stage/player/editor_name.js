// What the editor of a value is called: by its cell, so that it is told from the next one by who does not see where it is.

import { fill, indexOf } from "./names.js";

/** @import { Editable } from "./types" */

/**
 * @param {HTMLElement} editor its data-name is the template of its name
 * @param {string} label what stands over its grid now
 * @param {Editable} edited
 */
export function nameEditor(editor, label, { shape, index, dimensions }) {
  const [rows, columns] = shape.length > 1 ? shape.slice(-2) : [1, shape[0]];
  const cells = dimensions > 2 && shape.length > 2 ? shape[shape.length - 3] * rows * columns : rows * columns;
  const cell = label + indexOf(index % cells, columns, shape.length > 1 ? dimensions : 1, rows);
  editor.setAttribute("aria-label", fill(editor.dataset.name ?? "", { cell }));
}

/**
 * @param {HTMLElement} editor
 * @param {boolean} isRefused
 */
export function markRefused(editor, isRefused) {
  editor.setAttribute("aria-invalid", String(isRefused));
}
