// What moves: the windows, the kernel of the current filter, its products and sums, and the covers over outputs to come.

class Overlay {
  /** `byRole` has the grids of this act, in the order of their channels. */
  constructor(picture, steps, byRole) {
    Object.assign(this, { picture, steps, byRole });
    this.filter = -1; // the filter whose kernel is drawn
    this.windows = byRole.input.map((grid) => this.makeWindow(grid));
    this.live = Object.fromEntries(
      ["kernel", "products", "partial", "sum", "bias"].map((role) => [
        role,
        byRole[role].map((grid) => new Cells(picture, grid)),
      ]),
    );
    this.covers = byRole.output.map((grid) => svgElement("path", picture.cover(grid), picture.moving));
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

  /** Show a place of this act; `isNow` while it is the one that plays. */
  show(place, isNow) {
    const { steps, live, picture } = this;
    const { ends } = steps;
    for (let input = 0; input < this.byRole.input.length; input++) {
      const channel = steps.channelOf(place, input);
      this.showWindow(place, input, channel, isNow);
      this.showArithmetic(place, input, channel);
    }
    const group = steps.group(place.filter);
    live.sum.forEach((one, index) => one.fill(0, this.isOf(live.sum, index, group) ? steps.runningSum(place) : null, ends.sums));
    if (this.filter !== place.filter) {
      live.bias.forEach((one, index) => one.fill(0, this.isOf(live.bias, index, group) ? steps.arrays.bias[place.filter] : null, ends.sums));
      this.nameKernels(place);
    }
    this.filter = place.filter;
    if (isNow) for (const wire of picture.wires) setAttribute(wire, "class", Number(wire.dataset.group) === group ? "wire now" : "wire");
    this.showCovers(place);
    this.cursor.style.display = isNow ? "" : "none";
    this.showTap(place, isNow);
  }

  /** Whether a cell that may stand once, or once for each group, is that of this group. */
  isOf(cells, index, group) {
    return cells.length === 1 || index === group;
  }

  showWindow(place, input, channel, isNow) {
    const { steps, picture } = this;
    const box = picture.box(this.byRole.input[input], steps.read(place.position, 0));
    let state = channel > place.channel ? " later" : channel === place.channel && place.grain !== "output" ? " now" : "";
    if (channel < 0 || !isNow) state = " away";
    this.windows[input].setAttribute("transform", `translate(${box.x} ${box.y})`);
    setAttribute(this.windows[input], "class", "window" + state);
  }

  /** The kernel, the products and the sum of one channel; nothing where the filter does not read it. */
  showArithmetic(place, input, channel) {
    const { steps, live } = this;
    const { ends } = steps;
    const isRead = channel >= 0;
    if (!live.products.length) return;
    for (let tap = 0; tap < steps.loops.taps; tap++) {
      if (live.kernel.length && this.filter !== place.filter)
        live.kernel[input].fill(tap, isRead ? steps.kernel(place.filter, channel, tap) : null, ends.kernel);
      const isDone = isRead && steps.tapDone(place, channel, tap);
      live.products[input].fill(tap, isDone ? steps.product(place, channel, tap) : null, ends.products);
    }
    const isSummed = isRead && steps.channelDone(place, channel);
    if (live.partial.length) live.partial[input].fill(0, isSummed ? steps.partial(place, channel) : null, ends.sums);
  }

  nameKernels(place) {
    if (this.steps.loops.filters === 1) return;
    this.byRole.kernel.forEach((grid, input) => {
      const isRead = this.steps.channelOf(place, input) >= 0;
      this.picture.labels[grid.index].textContent = isRead ? `filter ${place.filter}` : "kernel";
    });
  }

  /** Cover the cells that no step has reached: whole rows below, and the rest of the row being filled. */
  showCovers(place) {
    const { steps, picture } = this;
    const [rows, columns] = steps.shape;
    const [top, left] = steps.frame;
    this.byRole.output.forEach((grid, filter) => {
      const done =
        filter < place.filter
          ? rows * columns
          : filter > place.filter
            ? 0
            : place.position + (steps.isComplete(place) ? 1 : 0);
      const [row, column] = [Math.floor(done / columns), done % columns];
      const at = (x, y) => `${(grid.x + left + x) * picture.cell} ${(grid.y + top + y) * picture.cell}`;
      const path =
        row === rows
          ? ""
          : `M${at(column, row)} L${at(columns, row)} L${at(columns, rows)} L${at(0, rows)} L${at(0, row + 1)} L${at(column, row + 1)} Z`;
      setAttribute(this.covers[filter], "d", path);
      this.covers[filter].dataset.revealed = done;
    });
    if (!this.byRole.output.length) return;
    const grid = this.byRole.output[place.filter];
    const box = picture.box(grid, steps.cellAt(grid, place.position));
    for (const key in box) this.cursor.setAttribute(key, box[key]);
  }

  showTap(place, isNow) {
    const show = (rect, grid, cell) => {
      rect.style.display = grid && isNow && place.grain === "tap" ? "" : "none";
      if (rect.style.display) return;
      const box = this.picture.box(grid, cell);
      rect.setAttribute("x", box.x);
      rect.setAttribute("y", box.y);
    };
    const input = this.steps.first(place.filter) + place.channel;
    show(this.kernelTap, this.byRole.kernel[input], place.tap);
    show(this.inputTap, this.byRole.input[input], this.steps.read(place.position, place.tap));
  }
}
