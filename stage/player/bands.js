// The matrices of a layer: the row and the column of the step, and covers over what no step has reached.

class Bands {
  constructor(picture, steps, byRole) {
    Object.assign(this, { picture, steps, byRole });
    const make = (grids, name) =>
      grids.map((grid) => ({ grid, rect: svgElement("rect", { class: name }, picture.moving) }));
    const cover = (grid) => ({ grid, rect: svgElement("rect", picture.cover(grid), picture.moving) });
    this.covers = ["columns", "maps", "flat_output"].flatMap((role) => byRole[role].map(cover));
    this.rest = byRole.maps.map(cover);
    this.bands = Object.fromEntries(
      ["weights", "columns", "matrix", "maps", "flat_output"].map((role) => [role, make(byRole[role], `band ${role}`)]),
    );
    this.now = ["weights", "columns", "matrix"].flatMap((role) => make(byRole[role], "tap-now")); // of the multiply just done
    this.taps = byRole.flat_input.flatMap((grid) =>
      Array.from({ length: steps.loops.channels * steps.loops.taps }, () => ({
        grid,
        rect: svgElement("rect", { class: "band flat_input" }, picture.moving),
      })),
    );
  }

  /** Lay a rectangle on whole cells of its grid; without rows or columns it goes away. */
  lay({ grid, rect }, row, column, rows, columns) {
    const { cell } = this.picture;
    setAttribute(rect, "display", rows > 0 && columns > 0 ? "inline" : "none");
    if (rows <= 0 || columns <= 0) return;
    rect.setAttribute("x", (grid.x + column) * cell);
    rect.setAttribute("y", (grid.y + row) * cell);
    rect.setAttribute("width", columns * cell);
    rect.setAttribute("height", rows * cell);
  }

  show(place, isNow) {
    const { steps, bands } = this;
    const { channels, taps, positions } = steps.loops;
    const out = place.filter * positions + place.position;
    const on = isNow ? 1 : 0;
    const across = channels * taps;
    for (const band of bands.weights) this.lay(band, place.filter, 0, on, across);
    for (const band of bands.columns) this.lay(band, 0, place.position, band.grid.rows, on);
    for (const band of bands.matrix) this.lay(band, out, 0, on, band.grid.columns);
    for (const band of bands.maps) this.lay(band, place.filter, place.position, on, 1);
    for (const band of bands.flat_output) this.lay(band, out, 0, on, 1);
    this.cover(place, out);
    for (const mark of this.now) this.layNow(mark, place, isNow && place.grain === "tap");
    this.taps.forEach((mark, index) => this.layTap(mark, place, Math.floor(index / taps), index % taps, isNow));
  }

  /** A window's column is there once the first filter has met it; an output once its sum is complete. */
  cover(place, out) {
    const { steps } = this;
    const done = out + (steps.isComplete(place) ? 1 : 0);
    for (const cover of this.covers) {
      const { grid } = cover;
      const seen = place.filter > 0 ? grid.columns : place.position + 1;
      const row = Math.floor(done / grid.columns);
      if (grid.role === "columns") this.lay(cover, 0, seen, grid.rows, grid.columns - seen);
      else if (grid.role === "flat_output") this.lay(cover, done, 0, grid.rows - done, 1);
      else this.lay(cover, row + 1, 0, grid.rows - row - 1, grid.columns);
    }
    for (const cover of this.rest) {
      const [row, column] = [Math.floor(done / cover.grid.columns), done % cover.grid.columns];
      this.lay(cover, row, column, row < cover.grid.rows ? 1 : 0, cover.grid.columns - column);
    }
  }

  /** A mark on the cell of a matrix that the multiply just done read; none where that was padding. */
  layNow(mark, place, isOn) {
    const { taps, positions } = this.steps.loops;
    const within = place.channel * taps + place.tap;
    const source = isOn ? this.steps.arrays.sources[this.steps.read(place.position, place.tap)] : -1;
    const input = this.steps.first(place.filter) + place.channel;
    const [row, column] = {
      weights: [place.filter, within],
      columns: [this.steps.first(place.filter) * taps + within, place.position],
      matrix: [place.filter * positions + place.position, input * this.steps.length[0] * this.steps.length[1] + source],
    }[mark.grid.role];
    const isThere = isOn && (source >= 0 || mark.grid.role !== "matrix");
    this.lay(mark, row, column, isThere ? 1 : 0, 1);
  }

  /** A mark on the input value under a tap; none where the tap lies on padding. */
  layTap(mark, place, channel, tap, isNow) {
    const { steps } = this;
    const source = steps.arrays.sources[steps.read(place.position, tap)];
    const at = (steps.first(place.filter) + channel) * steps.length[0] * steps.length[1] + source;
    const isRead = isNow && source >= 0 && steps.tapDone(place, channel, tap);
    this.lay(mark, Math.floor(at / mark.grid.columns), at % mark.grid.columns, isRead ? 1 : 0, 1);
  }
}
