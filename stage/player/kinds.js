// The kinds of acts: for each, its steps, what moves over the picture, what belongs together, and its arithmetic.

const KINDS = {
  windows: {
    Act: Windows,
    Equation,
    show: (picture, act, grids) => ({
      layers: [new Overlay(picture, act, grids), new Bands(picture, act, grids)],
      links: new Links(picture, act, grids),
    }),
  },
};
