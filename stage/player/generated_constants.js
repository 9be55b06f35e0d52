// Constants that Python and the player share. Written by `python -m stage.wire_types` from stage/model.py: do not edit.

/** @import { Theme } from "./types" */
/** @import { GridRole } from "./wire" */

/** What a grid can show. @type {GridRole[]} */
export const GRID_ROLES = [
  "input", "kernel", "products", "partial", "sum", "bias", "output", "middle", "filter", "weights",
  "columns", "maps", "matrix", "flat_input", "flat_output", "uncropped", "zero_inserted", "flipped_kernel", "flipped_products",
];

/** What a cell of a padded array is. @type {Record<string, number>} */
export const CELL_KINDS = {
  INPUT: 0,
  PADDING: 1,
  INSERTED: 2,
  EXTRA: 3,
};

/** The neutral colour of each kind of cell; the layer's own values have none. @type {(string | null)[]} */
export const CELL_NAMES = [
  null, "padding", "inserted", "extra",
];

/** What the player calls by name, as templates. @type {Record<string, string>} */
export const LABELS = {
  input: "input",
  "input.numbered": "input {channel}",
  kernel: "kernel",
  "kernel.numbered": "filter {channel}",
  bias: "bias",
  output: "output",
  "output.numbered": "output {channel}",
};

/** Which grids a strip names too. @type {GridRole[]} */
export const NAMED_IN_STRIP = [
  "kernel", "products", "partial", "sum", "bias",
];

/** What one can do now, by what one does. @type {Record<string, string>} */
export const HINTS = {
  idle: "Point at a cell to see what it is made of. Space plays, arrow keys step.",
  "idle.silent": "Point at a cell to see what it is made of.",
  "idle.touch": "Tap a cell to see what it is made of.",
  playing: "Space pauses. A click on a cell stops there and pins it.",
  "playing.silent": "A click on a cell stops there and pins it.",
  "playing.touch": "Tap a cell to stop there and pin it.",
  pointed: "Click to pin this cell.",
  "pointed.editable": "Click to pin this cell; a double click changes its number.",
  keys: "Arrow keys point at a cell. Tab goes on to the player.",
  walked: "Enter pins this cell, Escape lets go of it.",
  "walked.editable": "Enter pins this cell, E changes its number, Escape lets go.",
  pinned: "Escape lets go of this cell; arrow keys go to the next one.",
  "pinned.editable": "Escape lets go; E or a double click changes the number.",
  "pinned.touch": "Tap it again to let go of it.",
  "pinned.touch.editable": "Tap it again to let go; Edit changes its number.",
  editing: "Enter keeps the number, Escape leaves the old one.",
  "editing.touch": "Enter or a tap elsewhere keeps the number.",
  refused: "Type a number; Escape leaves the old one.",
  "refused.touch": "Type a number; a tap elsewhere leaves the old one.",
  "predicting.sum": "Type the number and press Enter; Next shows it.",
  "predicting.sum.touch": "Type the number into its cell; Next shows it.",
  "predicting.size": "Choose a size; Next shows the right one.",
  "predicting.size.touch": "Tap a size; Next shows the right one.",
  "predicting.cells": "Click the cell that is asked for; Next shows it.",
  "predicting.cells.touch": "Tap the cell that is asked for, or press Next.",
  "predicting.cells.keys": "Arrow keys point at a cell, Enter answers.",
  presenting: "Space plays, arrow keys step, P leaves, ? lists all keys.",
  "presenting.silent": "Leave, the last button of the bar, ends presenter view.",
  "presenting.touch": "Leave, the last button of the bar, ends presenter view.",
};

/** What a screen reader is given of the numbers. @type {Record<string, string>} */
export const HEARD_WORDS = {
  numbers: "The numbers on the stage",
  step: "At step {step} of {count}.",
  pointed: "While this cell is pointed at: {sentence}.",
  asked: "What is asked is left out.",
  grid: "{grid}: {rows} by {columns}",
  "grid.line": "{grid}: {columns} cells",
  "grid.volume": "{grid}: {slices} slices of {rows} by {columns}",
  part: "{whole}; from row {row}, column {column} on",
  row: "row {row}",
  "row.volume": "slice {slice}, row {row}",
  column: "column {column}",
  "column.line": "cell {column}",
  line: "{grid}",
  one: "{grid} of this step: {value}",
  pending: "not yet",
  nothing: "nothing",
  padding: "{value}, padding",
  inserted: "{value}, put in",
  extra: "{value}, added at the end",
};

/** So many cells are heard at once. @type {number} */
export const MOST_HEARD = 2000;

/** And so many rows and columns of a grid, at least. @type {number} */
export const FEWEST_ACROSS = 4;

/** What is asked, and said of an answer, as templates. @type {Record<string, string>} */
export const QUESTION_WORDS = {
  off: "Predict: off",
  sum: "Predict: next number",
  size: "Predict: output size",
  cells: "Predict: cells read",
  "cells.stamp": "Predict: where stamps land",
  too_many: "Next number: of at most {most} outputs",
  too_long: "Next number: of at most {most} products each",
  "ask.sum": "What is {name}? Type the number into its cell.",
  "ask.sum.rounded": "What is {name}? Type the number into its cell; two decimals are enough.",
  "ask.size": "How large is the output? Choose its rows × columns.",
  "ask.size.line": "How long is the output? Choose its length.",
  "ask.size.volume": "How large is the output? Choose its slices × rows × columns.",
  "ask.cells": "At which cell of the input does the window of {name} begin, at its top left? Tap it.",
  "ask.cells.line": "At which cell of the input does the window of {name} begin? Tap it.",
  "ask.cells.volume": "Where does the window of {name} begin, at the top left of its first slice? Tap that cell.",
  "ask.cells.stamp": "On which cell of the output does the stamp of {name} begin, at its top left? Tap it.",
  check: "Check",
  choice: "{rows}×{columns}",
  "choice.line": "{columns}",
  "choice.volume": "{slices}×{rows}×{columns}",
  pointed: "{grid}: row {row}, column {column}",
  "pointed.line": "{grid}: cell {column}",
  "pointed.volume": "{grid}: slice {slice}, row {row}, column {column}",
  withheld: "That is what is asked.",
  no_picture: "Answer the question first: a picture would show what is asked.",
  no_film: "Answer the other questions first: a film would show what is still to be asked.",
  "right.sum": "Right: {name} {value}.",
  "right.size": "Right: the output is {rows}×{columns}.",
  "right.size.line": "Right: the output is {columns} long.",
  "right.size.volume": "Right: the output is {slices}×{rows}×{columns}.",
  "right.cells": "Right: the window of {name} begins there.",
  "right.cells.stamp": "Right: the stamp of {name} begins there.",
  "wrong.sum": "Not {said}. {why} Change it, or press Next to see it.",
  "wrong.size": "Not {said}. {why} Choose again, or press Next to see it.",
  "wrong.cells": "Not there. {why} Tap again, or press Next to see it.",
  no_answer: "That is no number. Type one such as −3 or 0.25.",
  "shown.sum": "{name} {value}.",
  "shown.size": "The output is {rows}×{columns}.",
  "shown.size.line": "The output is {columns} long.",
  "shown.size.volume": "The output is {slices}×{rows}×{columns}.",
  "shown.cells": "This is the window of {name}.",
  "shown.cells.stamp": "This is the stamp of {name}.",
  "shown_after.sum": "{name} {value}. You said {said}.",
  "shown_after.size": "The output is {rows}×{columns}. You said {said}.",
  "shown_after.size.line": "The output is {columns} long. You said {said}.",
  "shown_after.size.volume": "The output is {slices}×{rows}×{columns}. You said {said}.",
  "shown_after.cells": "This is the window of {name}. You tapped another cell.",
  "shown_after.cells.stamp": "This is the stamp of {name}. You tapped another cell.",
  over: "You have predicted everything that was asked.",
  "over.missed": "Worth another look:",
  missed: "{name}",
  "missed.size": "The size of the output",
  "missed.size.line": "The length of the output",
  progress: "{done} of {count} done. {question}",
  "sum.other": "Go through the window again, cell by cell.",
  "sum.other.stamp": "Go through all stamps that reach this cell, one by one.",
  "cells.other": "A window begins at its top left cell.",
  "cells.other.volume": "A window begins at the top left cell of its first slice.",
  "cells.other.line": "A window begins at its first cell.",
  "cells.other.stamp": "A stamp begins at its top left cell.",
  "cells.another_group": "This filter does not read that channel.",
  "cells.another_group.stamp": "This step stamps another map of the output.",
  "sum.kernel_flipped": "That is the sum with the kernel flipped.",
  "sum.kernel_not_flipped": "That is the sum with the kernel as it was typed: here it is flipped first.",
  "sum.bias_dropped": "That is the sum without the bias.",
  "sum.first_channel_only": "That is the sum of the first channel only.",
  "sum.first_channel_without_bias": "That is the sum of the first channel only, without the bias.",
  "sum.first_slice_only": "That is the sum of the kernel's first slice only.",
  "sum.first_group_read": "That is the sum over the channels of the first group.",
  "sum.padding_forgotten": "That is the sum with the padding forgotten.",
  "sum.padding_of_zeros": "That is the sum with padding of zeros.",
  "sum.sides_swapped": "That is the sum with the padding's two sides swapped.",
  "sum.stride_too_small": "That is the sum with a stride that is one too small.",
  "sum.stride_too_large": "That is the sum with a stride that is one too large.",
  "sum.dilation_forgotten": "That is the sum with the dilation forgotten.",
  "sum.last_stamp_only": "That is what the last stamp alone leaves: where stamps overlap they add up.",
  "sum.mean_taken": "That is the mean of the window: this layer takes its largest number.",
  "sum.max_taken": "That is the largest number of the window: this layer takes its mean.",
  "sum.not_divided": "That is the sum of the window, not divided yet.",
  "sum.padding_counted": "That counts the padding: this layer leaves it out.",
  "sum.padding_left_out": "That leaves out the padding: this layer counts it.",
  "size.rounded_up": "That is rounded up: half a window does not count.",
  "size.one_forgotten": "That leaves out the + 1 of the first window.",
  "size.padding_counted_once": "That counts the padding on one side only.",
  "size.padding_forgotten": "That is the size with the padding forgotten.",
  "size.dilation_forgotten": "That is the size with the dilation forgotten.",
  "size.stride_forgotten": "That is the size with a stride of 1.",
  "size.as_input": "That is the size of the input.",
  "size.padding_added": "That adds the padding: here it crops the output.",
  "size.output_padding_forgotten": "That is the size with output_padding forgotten.",
  "size.ordinary_formula": "That is what an ordinary layer makes: this one goes the other way.",
  "size.times_stride": "That is the stride times the input: the kernel and the padding count too.",
  "cells.padding_forgotten": "That counts from the first cell of the input, with the padding forgotten.",
  "cells.stride_forgotten": "That is where it would stand with a stride of 1.",
  "cells.centre": "That is the middle of the window.",
  "cells.axes_swapped": "That takes rows for columns.",
  "sum.padding_forgotten.stamp": "That counts the cells from before the padding crops.",
  "cells.padding_forgotten.stamp": "That counts from the first cell that padding keeps.",
  "cells.centre.stamp": "That is the middle of the stamp.",
};

/** So many sums are asked of a layer. @type {number} */
export const MOST_ASKED = 100;

/** Of so many products is a sum that is asked. @type {number} */
export const MOST_PRODUCTS = 36;

/** Those colours, by theme. @type {Record<Theme, Record<string, string>>} */
export const NEUTRAL_COLORS = {
  light: {
    padding: "#d5d8dd",
    inserted: "#ebe4f5",
    extra: "#cfe5d8",
  },
  dark: {
    padding: "#4a4f58",
    inserted: "#463a5c",
    extra: "#33503f",
  },
};

/** The colours of values, from the most negative on, by theme. @type {Record<Theme, string[]>} */
export const PALETTES = {
  light: [
    "#054a91", "#0a5096", "#10569b", "#155ca0", "#1a62a5", "#2068aa", "#256daf", "#2a73b4", "#3079ba", "#357fbf",
    "#3a85c4", "#418bc8", "#4a91cc", "#5397cf", "#5c9dd2", "#65a3d6", "#6eaad9", "#77b0dc", "#80b6e0", "#89bce3",
    "#92c2e6", "#9bc8ea", "#a4cdec", "#acd1ec", "#b4d5ed", "#bdd9ee", "#c5deef", "#cde2f0", "#d6e6f1", "#deeaf1",
    "#e6eff2", "#eff3f3", "#f7f7f4", "#f8f2e9", "#f8edde", "#f9e9d3", "#f9e4c7", "#fadfbc", "#fadab1", "#fbd6a6",
    "#fcd19b", "#fccc90", "#fdc784", "#fcc27a", "#fabc71", "#f8b668", "#f6af5f", "#f4a956", "#f2a34c", "#f19d43",
    "#ef973a", "#ed9031", "#eb8a28", "#e9841f", "#e37f1a", "#dd7a18", "#d67415", "#cf6f12", "#c86a10", "#c1650d",
    "#ba600a", "#b45b08", "#ad5605", "#a65103", "#9f4c00",
  ],
  dark: [
    "#7dbeff", "#76b8fa", "#6fb2f5", "#68acf0", "#62a6ea", "#5ba0e5", "#5499e0", "#4d93db", "#468dd6", "#3f87d1",
    "#3981cb", "#337bc5", "#3076be", "#2e71b6", "#2b6bae", "#2966a6", "#26609e", "#235b96", "#21568e", "#1e5086",
    "#1c4b7e", "#194677", "#194270", "#1a4069", "#1c3d62", "#1d3a5c", "#1e3855", "#1f354f", "#213248", "#223042",
    "#232d3b", "#252b35", "#26282e", "#2d2a2b", "#342d28", "#3c2f25", "#433222", "#4a341f", "#51371c", "#593919",
    "#603c16", "#673e13", "#6e4010", "#76440e", "#7e480f", "#874d10", "#8f5110", "#985611", "#a05a12", "#a95f13",
    "#b26414", "#ba6814", "#c36d15", "#cb7116", "#d1771a", "#d67e21", "#da8428", "#df8b2e", "#e39135", "#e8983b",
    "#ed9e42", "#f1a548", "#f6ab4f", "#fab255", "#ffb85c",
  ],
};

/** How many columns before an output map the arrow to it stands. @type {number} */
export const BEFORE_MAP = 0.5;

/** Columns beside the slices of a volume, and rows under them. @type {number} */
export const SLICE_GAP = 1;

/** The typeface, and the nearest ones for a machine that has it not. @type {string} */
export const FONTS = "\"Source Sans\", \"Source Sans 3\", \"Source Sans Pro\", Calibri, Carlito, \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, sans-serif";

/** The colours of groups of channels. @type {string[]} */
export const GROUP_COLORS = [
  "#e69f00", "#0a8ecf", "#009e73", "#d55e00", "#cc79a7", "#8c7a00", "#7d5fd0", "#7f7f7f",
];

/** The colours on which white can be read better than black. @type {string[]} */
export const DARK_COLORS = [
  "#054a91", "#0a5096", "#10569b", "#155ca0", "#194270", "#194677", "#1a4069", "#1a62a5", "#1c3d62", "#1c4b7e",
  "#1d3a5c", "#1e3855", "#1e5086", "#1f354f", "#2068aa", "#213248", "#21568e", "#223042", "#232d3b", "#235b96",
  "#252b35", "#256daf", "#26282e", "#26609e", "#2966a6", "#2a73b4", "#2b6bae", "#2d2a2b", "#2e71b6", "#3076be",
  "#3079ba", "#33503f", "#342d28", "#3c2f25", "#433222", "#463a5c", "#4a341f", "#4a4f58", "#51371c", "#593919",
  "#603c16", "#673e13", "#6e4010", "#76440e", "#7e480f", "#874d10", "#8f5110", "#985611", "#9f4c00", "#a05a12",
  "#a65103", "#a95f13", "#ad5605", "#b45b08",
];

/** Significant digits of a real number in a sentence. @type {number} */
export const DIGITS = 6;

/** The most frames of a film. @type {number} */
export const MOST_FRAMES = 300;

/** For how many milliseconds a frame is shown, at least. @type {number} */
export const SHORTEST_FRAME = 60;

/** And at most. @type {number} */
export const LONGEST_FRAME = 2000;

/** For how many milliseconds the last frame is shown. @type {number} */
export const LAST_STAYS = 2000;
