// The views of a layer, by kind: for each, its steps and what one can be, what moves over the picture, what belongs
// together, and its arithmetic.

import { ChosenRing } from "./chosen_ring.js";
import { FilterFrame } from "./filter_frame.js";
import { MatrixBands } from "./matrix_bands.js";
import { ScatterEquation } from "./scatter_equation.js";
import { ScatterLinks } from "./scatter_links.js";
import { ScatterMarks } from "./scatter_marks.js";
import { ScatterOutputs } from "./scatter_outputs.js";
import { ScatterStrip } from "./scatter_strip.js";
import { ScatterView } from "./scatter_view.js";
import { SeriesChart } from "./series_chart.js";
import { WindowsEquation } from "./windows_equation.js";
import { WindowsLinks } from "./windows_links.js";
import { WindowsOverlay } from "./windows_overlay.js";
import { WindowsStrip } from "./windows_strip.js";
import { WindowsView } from "./windows_view.js";

/** @import { StripLayout } from "./strip_layout.js" */
/** @import { Arithmetic, ByRole, Drawing, LayerView, Magnified, Part, Picture, StepKind } from "./types" */

/**
 * What there is to know of a kind of layer view. Each method is given only what is of its kind.
 *
 * @typedef {object} LayerViewKind
 * @property {new (lines: HTMLElement, layerView: any, links: any) => Arithmetic} Equation
 * @property {new (picture: Picture, layout: StripLayout, layerView: any, grids: ByRole) => Magnified} Strip
 * @property {StepKind[]} granularities
 * @property {(sent: any, index: number) => LayerView} view
 * @property {(picture: Picture, layerView: any, grids: ByRole) => Drawing} draw
 */

/** @type {Record<LayerView["kind"], LayerViewKind>} */
export const LAYER_VIEWS = {
  windows: {
    Equation: WindowsEquation,
    Strip: WindowsStrip,
    granularities: [
      { name: "output", label: "output", means: "One step is one output value", named: "One step is one value of {output}" },
      { name: "channel", label: "channel", means: "One step is one channel's sum" },
      { name: "slice", label: "slice", means: "One step is one slice of a kernel, and its sum", ofVolume: true },
      { name: "tap", label: "multiply", means: "One step is one multiply" },
    ],
    view: (sent, index) => new WindowsView(sent, index),
    draw(picture, layerView, grids) {
      /** @type {Part[]} */
      const parts = [new WindowsOverlay(picture, layerView, grids), new MatrixBands(picture, layerView, grids), new FilterFrame(picture, layerView, grids)];
      const { chart } = picture.arrangement;
      if (chart) parts.push(new SeriesChart(picture, chart, layerView, grids));
      return { parts, links: new WindowsLinks(picture, layerView, grids) };
    },
  },
  pooling: {
    Equation: WindowsEquation,
    Strip: WindowsStrip,
    granularities: [
      { name: "output", label: "output", means: "One step is one output value", named: "One step is one value of {output}" },
      { name: "tap", label: "value", means: "One step is one value of the window" },
    ],
    view: (sent, index) => new WindowsView(sent, index),
    draw(picture, layerView, grids) {
      const parts = [new WindowsOverlay(picture, layerView, grids), new ChosenRing(picture, layerView, grids)];
      return { parts, links: new WindowsLinks(picture, layerView, grids) };
    },
  },
  scatter: {
    Equation: ScatterEquation,
    Strip: ScatterStrip,
    granularities: [
      { name: "stamp", label: "stamp", means: "One step is one input position, whose stamps land", named: "One step is one position of {input}, whose stamps land" },
      { name: "output", label: "output", means: "One step is one output value, and what it is gathered from", named: "One step is one value of {output}, and what it is gathered from" },
      { name: "multiply", label: "multiply", means: "One step is one product, in the order of the stamps" },
    ],
    view: (sent, index) => new ScatterView(sent, index),
    draw(picture, layerView, grids) {
      const parts = [new ScatterOutputs(picture, layerView, grids), new ScatterMarks(picture, layerView, grids), new FilterFrame(picture, layerView, grids)];
      return { parts, links: new ScatterLinks(picture, layerView, grids) };
    },
  },
};
