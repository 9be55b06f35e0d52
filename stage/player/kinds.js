// The kinds of acts: for each, its steps and what one can be, what moves over the picture, what belongs together, and
// its arithmetic.

const KINDS = {
  windows: {
    Act: Windows,
    Equation,
    grains: [
      { name: "output", label: "output", means: "One step an output value" },
      { name: "channel", label: "channel", means: "One step a channel's sum" },
      { name: "tap", label: "multiply", means: "One step a multiply" },
    ],
    show: (picture, act, grids) => ({
      layers: [new Overlay(picture, act, grids), new Bands(picture, act, grids)],
      links: new Links(picture, act, grids),
    }),
  },
  pooling: {
    Act: Windows,
    Equation,
    grains: [
      { name: "output", label: "output", means: "One step an output value" },
      { name: "tap", label: "value", means: "One step a value of the window" },
    ],
    show: (picture, act, grids) => ({
      layers: [new Overlay(picture, act, grids), new Chosen(picture, act, grids)],
      links: new Links(picture, act, grids),
    }),
  },
  stamps: {
    Act: Stamps,
    Equation: StampEquation,
    grains: [
      { name: "stamp", label: "stamp", means: "One step an input position, whose stamps land" },
      { name: "output", label: "output", means: "One step an output value, and what it is gathered from" },
      { name: "multiply", label: "multiply", means: "One step a product, in the order of the stamps" },
    ],
    show: (picture, act, grids) => ({
      layers: [new StampOutputs(picture, act, grids), new StampMarks(picture, act, grids)],
      links: new StampLinks(picture, act, grids),
    }),
  },
};
