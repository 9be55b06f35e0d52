// What moves: the windows, the kernel of the current filter, its products and sums, and the covers over outputs to come.

class Overlay {
  constructor(picture, steps) {
    this.picture = picture;
    this.steps = steps;
    this.filter = -1; // the filter whose kernel is drawn
    this.byRole = Object.groupBy(picture.grids, (grid) => grid.role);
    this.windows = this.byRole.input.map((grid) => this.makeWindow(grid));
    this.live = Object.fromEntries(
      ["kernel", "products", "partial", "sum", "bias"].map((role) => [
        role,
        (this.byRole[role] || []).map((grid) => this.makeCells(grid)),
      ]),
    );
    this.covers = this.byRole.output.map((grid) =>
      svgElement("path", { class: "cover", "data-grid": grid.label }, picture.moving),
    );
    this.cursor = svgElement("rect", { class: "cursor" }, picture.moving);
    this.kernelTap = svgElement(
      "rect",
      { class: "tap-now", width: picture.cell, height: picture.cell },
      picture.moving,
    );
    this.inputTap = svgElement("rect", { class: "tap-now", width: picture.cell, height: picture.cell }, picture.moving);
  }

  /** A frame round the window and a mark on each cell it reads, all moved together. */
  makeWindow(grid) {
    const { picture, steps } = this;
    const group = svgElement("g", { class: "window", "data-grid": grid.label }, picture.moving);
    const corner = picture.box(grid, steps.read(0, 0));
    const last = picture.box(grid, steps.read(0, steps.loops.taps - 1));
    const size = { width: last.x - corner.x + picture.cell, height: last.y - corner.y + picture.cell };
    for (let tap = 0; tap < steps.loops.taps; tap++) {
      const box = picture.box(grid, steps.read(0, tap));
      svgElement(
        "rect",
        { class: "tap", x: box.x - corner.x, y: box.y - corner.y, width: picture.cell, height: picture.cell },
        group,
      );
    }
    svgElement("rect", { class: "frame", x: 0, y: 0, ...size }, group);
    return group;
  }

  makeCells(grid) {
    const { picture } = this;
    const group = svgElement("g", { class: `cells ${grid.role}`, "data-grid": grid.label }, picture.moving);
    const cells = Array.from({ length: grid.rows * grid.columns }, (_, cell) => {
      const box = picture.box(grid, cell);
      const inset = picture.cell >= 8 ? 0.5 : 0;
      const size = { x: box.x + inset, y: box.y + inset, width: box.width - 2 * inset, height: box.height - 2 * inset };
      return {
        rect: svgElement("rect", { ...size, class: "pending" }, group),
        text: svgElement("text", { class: "number" }, group),
      };
    });
    return { grid, cells };
  }

  /** Colour and write a live cell; null leaves it pending. */
  fill(live, index, value, end) {
    const { rect, text } = live.cells[index];
    if (value === null) {
      setAttribute(rect, "class", "pending");
      text.textContent = "";
      return;
    }
    const ground = colourOf(value, end, this.picture.palette);
    setAttribute(rect, "class", "value");
    setAttribute(rect, "fill", ground);
    if (this.picture.cell >= NUMBERS_FROM) this.picture.writeIn(text, live.grid, index, value, ground);
  }

  show(place) {
    const { steps, picture, live } = this;
    const { channels, taps } = steps.loops;
    const { ends } = steps;
    const corner = steps.read(place.position, 0);
    for (let channel = 0; channel < channels; channel++) {
      const box = picture.box(this.byRole.input[channel], corner);
      const state =
        channel > place.channel ? " later" : channel === place.channel && place.grain !== "output" ? " now" : "";
      this.windows[channel].setAttribute("transform", `translate(${box.x} ${box.y})`);
      setAttribute(this.windows[channel], "class", "window" + state);
      for (let tap = 0; tap < taps; tap++) {
        if (this.filter !== place.filter)
          this.fill(live.kernel[channel], tap, steps.kernel(place.filter, channel, tap), ends.kernel);
        this.fill(
          live.products[channel],
          tap,
          steps.tapDone(place, channel, tap) ? steps.product(place, channel, tap) : null,
          ends.products,
        );
      }
      this.fill(
        live.partial[channel],
        0,
        steps.channelDone(place, channel) ? steps.partial(place, channel) : null,
        ends.sums,
      );
    }
    if (live.sum.length) this.fill(live.sum[0], 0, steps.runningSum(place), ends.sums);
    if (live.bias.length && this.filter !== place.filter)
      this.fill(live.bias[0], 0, steps.arrays.bias[place.filter], ends.sums);
    if (this.filter !== place.filter && steps.loops.filters > 1) {
      for (const grid of this.byRole.kernel) picture.labels[grid.index].textContent = `filter ${place.filter}`;
    }
    this.filter = place.filter;
    this.showCovers(place);
    this.showTap(place);
  }

  /** Cover the cells that no step has reached: whole rows below, and the rest of the row being filled. */
  showCovers(place) {
    const { steps, picture } = this;
    this.byRole.output.forEach((grid, filter) => {
      const done =
        filter < place.filter
          ? grid.rows * grid.columns
          : filter > place.filter
            ? 0
            : place.position + (steps.isComplete(place) ? 1 : 0);
      const [row, column] = [Math.floor(done / grid.columns), done % grid.columns];
      const at = (x, y) => `${(grid.x + x) * picture.cell} ${(grid.y + y) * picture.cell}`;
      const path =
        row === grid.rows
          ? ""
          : `M${at(column, row)} L${at(grid.columns, row)} L${at(grid.columns, grid.rows)} L${at(0, grid.rows)} L${at(0, row + 1)} L${at(column, row + 1)} Z`;
      setAttribute(this.covers[filter], "d", path);
      this.covers[filter].dataset.revealed = done;
    });
    const box = picture.box(this.byRole.output[place.filter], place.position);
    for (const key in box) this.cursor.setAttribute(key, box[key]);
  }

  showTap(place) {
    const show = (rect, grid, cell) => {
      rect.style.display = place.grain === "tap" ? "" : "none";
      const box = this.picture.box(grid, cell);
      rect.setAttribute("x", box.x);
      rect.setAttribute("y", box.y);
    };
    show(this.kernelTap, this.byRole.kernel[place.channel], place.tap);
    show(this.inputTap, this.byRole.input[place.channel], this.steps.read(place.position, place.tap));
  }
}
