// The views of a layer, by kind: for each, its steps and what one can be, what moves over the picture, what belongs
// together, and its arithmetic.

import { Bands } from "./bands.js";
import { Chosen } from "./chosen.js";
import { Equation } from "./equation.js";
import { Links } from "./links.js";
import { Overlay } from "./overlay.js";
import { ScatterEquation } from "./scatter_equation.js";
import { ScatterLinks } from "./scatter_links.js";
import { ScatterMarks } from "./scatter_marks.js";
import { ScatterOutputs } from "./scatter_outputs.js";
import { ScatterView } from "./scatter_view.js";
import { WindowsView } from "./windows_view.js";

export const LAYER_VIEWS = {
  windows: {
    View: WindowsView,
    Equation,
    granularities: [
      { name: "output", label: "output", means: "One step an output value" },
      { name: "channel", label: "channel", means: "One step a channel's sum" },
      { name: "tap", label: "multiply", means: "One step a multiply" },
    ],
    draw: (picture, layerView, grids) => ({
      parts: [new Overlay(picture, layerView, grids), new Bands(picture, layerView, grids)],
      links: new Links(picture, layerView, grids),
    }),
  },
  pooling: {
    View: WindowsView,
    Equation,
    granularities: [
      { name: "output", label: "output", means: "One step an output value" },
      { name: "tap", label: "value", means: "One step a value of the window" },
    ],
    draw: (picture, layerView, grids) => ({
      parts: [new Overlay(picture, layerView, grids), new Chosen(picture, layerView, grids)],
      links: new Links(picture, layerView, grids),
    }),
  },
  stamps: {
    View: ScatterView,
    Equation: ScatterEquation,
    granularities: [
      { name: "stamp", label: "stamp", means: "One step an input position, whose stamps land" },
      { name: "output", label: "output", means: "One step an output value, and what it is gathered from" },
      { name: "multiply", label: "multiply", means: "One step a product, in the order of the stamps" },
    ],
    draw: (picture, layerView, grids) => ({
      parts: [new ScatterOutputs(picture, layerView, grids), new ScatterMarks(picture, layerView, grids)],
      links: new ScatterLinks(picture, layerView, grids),
    }),
  },
};
