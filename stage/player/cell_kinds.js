// @ts-check
// What a cell of an array with padding of its own is, as the record numbers it.

export const CELL_KINDS = { INPUT: 0, PADDING: 1, INSERTED: 2, EXTRA: 3 };
