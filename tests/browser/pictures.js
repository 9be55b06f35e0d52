// Takes pictures on a page that works offline, whose module this is put into, and reads them as a person would.

Object.assign(window, { mount, stages, Snapshot, written, painted, gifFrames, shownSteps, leftOut, video, videoType });
// The stage drawn again with cells of `unit` pixels, whatever the room.
window.take = (data, theme, unit) => {
  mount({ parentElement: document.body, data: { ...data, fixed: true, offline: true }, setTriggerValue() {} });
  const stage = stages.lives.get(document.querySelector(".stage-root"));
  const [width, height] = ["width", "height"].map((side) => Math.max(...data.arrangements.map((one) => one[side])) * unit);
  return new Snapshot(stage, "Title", { theme, width, height, scale: 1 });
};

// Where a cell of a grid stands, in cells of the picture: so many slices stand across, a cell apart.
const placeOf = (grid, index) => {
  const [row, column] = [Math.floor(index / grid.columns), index % grid.columns];
  const high = grid.rows / grid.slices;
  const slice = Math.floor(row / high);
  return [
    grid.x + (slice % grid.across) * (grid.columns + 1) + column * grid.column_step,
    grid.y + Math.floor(slice / grid.across) * (high + 1) + (row % high),
  ];
};

// Read a picture's file: of every grid of the wanted roles, what is on top in each cell (a color, or null for one that
// waits), and what is written there. `off` are cells that the painted picture shows in another color.
window.readPicture = (snapshot, granularity, step, roles, isPainted) => {
  const shapes = snapshot.at(granularity, step);
  const svg = new DOMParser().parseFromString(written(shapes), "image/svg+xml").documentElement;
  const context = document.createElement("canvas").getContext("2d");
  const { grids, cell } = snapshot.picture;
  // What lies over each row of cells, from the bottom to the top, so that a cell looks through its own row alone.
  const height = Math.max(...grids.map((grid) => grid.y + grid.rows));
  const rows = Array.from({ length: Math.ceil(height) }, () => ({ shapes: [], texts: [] }));
  const rowsOf = (top, bottom) => rows.slice(Math.max(0, Math.floor(top / cell)), Math.max(0, Math.floor(bottom / cell) + 1));
  const addShape = (shape, top, bottom) => rowsOf(top, bottom).forEach((row) => row.shapes.push(shape));
  let order = 0;
  const walk = (element, x, y, opacity) => {
    const number = (name) => Number(element.getAttribute(name) ?? 0);
    const name = element.tagName;
    const shift = /translate\(([-.e\d]+)[ ,]+([-.e\d]+)\)/.exec(element.getAttribute("transform") ?? "");
    if (shift) [x, y] = [x + Number(shift[1]), y + Number(shift[2])];
    opacity *= Number(element.getAttribute("opacity") ?? 1);
    const fill = element.getAttribute("fill") ?? "#000000";
    order++;
    if (name === "text") {
      const text = { order, x: x + number("x"), y: y + number("y"), text: element.textContent };
      rowsOf(text.y - cell / 4, text.y + cell / 4).forEach((row) => row.texts.push(text));
    }
    if (name === "rect" && fill !== "none") {
      const [left, top] = [x + number("x"), y + number("y")];
      const [right, bottom] = [left + number("width"), top + number("height")];
      addShape({ order, fill, opacity, has: (at, down) => at >= left && at <= right && down >= top && down <= bottom }, top, bottom);
    }
    if (name === "path" && fill !== "none") {
      const path = new Path2D(element.getAttribute("d"));
      const rule = element.getAttribute("fill-rule") ?? "nonzero";
      addShape({ order, fill, opacity, has: (at, down) => context.isPointInPath(path, at - x, down - y, rule) }, 0, Infinity);
    }
    for (const child of element.children) walk(child, x, y, opacity);
  };
  const picture = svg.querySelector(":scope > g[transform]");
  const corner = picture.getAttribute("transform").match(/[-.\d]+/g).map(Number);
  for (const child of picture.children) walk(child, 0, 0, 1);
  const canvas = isPainted && painted(shapes, 1);
  const pixels = canvas && canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const off = [];
  const waits = (fill) => fill === snapshot.colors.soft || fill.startsWith("url(#covered");
  const isVeil = ({ fill, opacity }) => opacity < 0.9 || (fill.startsWith("url(") && !waits(fill));
  const cells = {};
  for (const grid of grids) {
    if (!roles.includes(grid.role)) continue;
    const key = `${grid.layer} ${grid.role} ${grid.channel}`;
    cells[key] = Array.from({ length: grid.rows * grid.columns }, (_, index) => {
      const at = (share) => placeOf(grid, index).map((one) => (one + share) * cell);
      const [x, y] = at(0.3);
      const { shapes } = rows[Math.floor(y / cell)];
      let next = shapes.length - 1;
      let isVeiled = false;
      while (next >= 0) {
        if (shapes[next].has(x, y)) {
          if (!isVeil(shapes[next])) break;
          isVeiled = true;
        }
        next--;
      }
      const top = shapes[next]; // undefined where nothing is
      const fill = !top || waits(top.fill) ? null : top.fill;
      const [middle, down] = at(0.5);
      const { texts } = rows[Math.floor(down / cell)];
      const text = texts.findLast((one) => one.order > (top?.order ?? 0) && Math.abs(one.x - middle) < cell / 4 && Math.abs(one.y - down) < cell / 4);
      if (pixels && !isVeiled && top) {
        const [right, below] = at(0.15).map((share, axis) => Math.floor(share + corner[axis]));
        const start = 4 * (below * canvas.width + right);
        const seen = [...pixels.slice(start, start + 3)];
        const wanted = (fill ?? snapshot.colors.soft).match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16));
        if (seen.some((level, index) => Math.abs(level - wanted[index]) > 2)) off.push([key, index, seen, wanted]);
      }
      return [fill, text ? text.text : null];
    });
  }
  return { cells, off };
};

// Read the first, a middle and the last step of every granularity. What is given and returned is JSON, which is read ten
// times as fast as a page's own objects.
window.readAll = (data, theme, unit, roles) => {
  const snapshot = take(JSON.parse(data), theme, unit);
  const { timeline } = snapshot;
  const found = timeline.granularities.flatMap(({ name }, number) => {
    const count = timeline.count(name);
    const steps = [...new Set([0, Math.floor(count / 2), count - 1])];
    return steps.map((step, index) => ({ granularity: name, step, ...readPicture(snapshot, name, step, roles, number === 0 && index === 1) }));
  });
  snapshot.destroy();
  return JSON.stringify(found);
};

// A picture's file as a text in which a change can be read: an element a line, numbers rounded, no font of this machine.
window.plainFile = (data, granularity, step) => {
  const snapshot = take(data, "light", 30);
  const text = written(snapshot.at(granularity, step));
  snapshot.destroy();
  return text
    .replace(/ (font-family|textLength)="[^"]*"/g, "") // they depend on the machine
    .replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(2))))
    .replaceAll("><", ">\n<") + "\n";
};

// A picture's file as it is opened elsewhere, as a PNG in base64.
window.rasterized = async (text) => {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: image.naturalWidth, height: image.naturalHeight });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
};

// A place in each cell of a grid, clear of its number and its frame, in pixels of a picture that is taken away.
window.cellsOf = (role) => {
  const snapshot = new Snapshot(stages.lives.get(document.querySelector(".stage-root")), "Title");
  const shapes = snapshot.at(snapshot.timeline.granularities[0].name, 0);
  const picture = shapes.children.find((one) => one.attributes.transform);
  const [left, top] = picture.attributes.transform.match(/[-.\d]+/g).map(Number);
  const { grids, cell } = snapshot.picture;
  const grid = grids.find((one) => one.role === role);
  snapshot.destroy();
  return Array.from({ length: grid.rows * grid.columns }, (_, index) => {
    const [x, y] = placeOf(grid, index);
    return [Math.round(left + (x + 0.18) * cell), Math.round(top + (y + 0.18) * cell)];
  });
};

// The middle of a cell of the stage, in pixels of the window.
window.screenOf = (role, index) => {
  const stage = stages.lives.get(document.querySelector(".stage-root"));
  const grid = stage.picture.grids.find((one) => one.role === role);
  const box = stage.picture.box(grid, index);
  const overlay = stage.root.querySelector(".overlay").getBoundingClientRect();
  return [overlay.left + box.x + box.width / 2, overlay.top + box.y + box.height / 2];
};

// A video as it is played elsewhere: its size, and how many colors its first picture has.
window.firstPicture = async (file) => {
  const bytes = Uint8Array.from(atob(file), (one) => one.charCodeAt(0));
  const video = document.createElement("video");
  video.muted = true;
  video.src = URL.createObjectURL(new Blob([bytes], { type: videoType().split(";")[0] }));
  await new Promise((done, failed) => Object.assign(video, { onloadeddata: done, onerror: failed }));
  video.currentTime = 0.1;
  await new Promise((done) => (video.onseeked = done));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d").drawImage(video, 0, 0);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, colors: new Set(new Uint32Array(data.buffer)).size };
};
