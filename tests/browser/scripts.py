"""What the tests run in the browser: each looks at the stage, and none changes anything but by its buttons."""

from tests.browser import driver

# What of a run of the page is on the stage: its record, or its problem. A picture can be there before its run.
PICTURE = """() => document.querySelector(".stage-root").dataset.run"""
RUN_ENDED = f"""before => document.querySelector('{driver.APP_IDLE}') && ({PICTURE})() !== before"""

# Step to another entry of the history, with nothing left of what a test before did outside the page's own state.
STEP = """(url) => {
  localStorage.clear();
  sessionStorage.clear();
  document.activeElement?.blur();
  document.querySelector(".stMain")?.scrollTo(0, 0);
  history.pushState(null, "", url);
  dispatchEvent(new PopStateEvent("popstate"));
}"""

# Look at the stage on every frame until `stop` is called.
WATCH = """() => {
  const root = document.querySelector(".stage-root");
  const frames = [];
  const look = () => {
    const now = document.querySelector(".stage-root");
    const plot = now?.querySelector(".plot");
    frames.push({
      same: now === root,
      drawn: [...(plot?.querySelectorAll(".hm image, .heatmaplayer image") ?? [])]
        .filter((image) => (image.getAttribute("href") ?? image.getAttribute("xlink:href"))?.startsWith("data:image")
          && image.getBoundingClientRect().height > 0).length,
      cells: now?.querySelectorAll("svg.overlay g.grid").length ?? 0,
      height: now?.getBoundingClientRect().height ?? 0,
    });
    if (!window.stopWatching) requestAnimationFrame(look);
  };
  window.stopWatching = false;
  window.watchedFrames = frames;
  look();
}"""
WATCHED = "() => { window.stopWatching = true; return window.watchedFrames; }"

# Play at full speed and write down, frame by frame, every step that was on the stage.
PLAYED = """async () => {
  const root = document.querySelector(".stage-root");
  const seen = [Number(root.dataset.step)];
  root.querySelector('[data-control="play"]').click();
  while (root.dataset.state === "playing") {
    await new Promise(requestAnimationFrame);
    if (Number(root.dataset.step) !== seen.at(-1)) seen.push(Number(root.dataset.step));
  }
  return seen;
}"""

# Whatever was under way in the page is painted by then.
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"

# Take the focus off a field, and let the page do all that it does because of that.
LEAVE_FIELD = f"() => {{ document.activeElement.blur(); return ({TWO_FRAMES})(); }}"

# Everything the stage says at this moment, read in one go.
LOOK = """() => {
  const root = document.querySelector(".stage-root");
  const all = (selector, from = root) => [...from.querySelectorAll(selector)];
  const number = (element, name) => Number(element?.getAttribute(name));
  const text = (selector) => root.querySelector(selector)?.textContent ?? "";
  const known = new Map(); // to spread the data of a grid takes longer than to read all of its numbers
  const about = (grid) => known.get(grid) ?? known.set(grid, { ...grid.dataset }).get(grid);
  return {
    data: { ...root.dataset },
    grids: all("g.grid").map((grid) => ({ ...grid.dataset })),
    numbers: all("g.grid text.number").map((at) => ({ ...about(at.parentNode), text: at.textContent, cell: number(at, "data-cell") })),
    windows: all("g.window").map((group) => ({
      label: group.dataset.grid,
      kind: group.getAttribute("class"),
      shift: group.getAttribute("transform").match(/[-.0-9]+/g).map(Number),
      taps: all("rect.tap", group).map((rect) => [number(rect, "x"), number(rect, "y")]),
    })),
    live: all("g.cells:not(.strip *)").map((group) => ({
      role: group.getAttribute("class").split(" ")[1],
      cells: ((texts) => all("rect", group).map((rect, index) => ({
        shown: rect.classList.contains("value") && texts[index].textContent,
        fill: rect.getAttribute("fill"),
      })))(all("text", group)),
    })),
    covers: all("path.cover").map((cover) => Number(cover.dataset.revealed)),
    taps: all("rect.tap-now").map((rect) => ({ hidden: rect.style.display === "none", x: number(rect, "x"), y: number(rect, "y") })),
    cursor: ["x", "y"].map((name) => number(root.querySelector("rect.cursor"), name)),
    links: all("rect.link").map((rect) => ({ ...rect.dataset, kind: rect.getAttribute("class").split(" ")[1] })),
    notes: all("text.link-note").map((note) => ({ x: number(note, "x"), y: number(note, "y"), text: note.textContent })),
    equation: [text(".equation-head"), ...all(".equation-channel").map((line) => line.textContent), text(".equation-total")],
    sentence: text(".messages .sentence"),
  };
}"""  # noqa: E501 - JavaScript


def as_json(look: str) -> str:
    """Return a script that says what `look` sees as JSON, which is read ten times as fast as a page's own objects."""
    return f"() => JSON.stringify(({look})())"


def walked(look: str) -> str:
    """Return a script that goes through all steps of the grain and says, as JSON, what `look` sees at each."""
    return f"""() => {{
      const press = (name) => document.querySelector(`.stage-root [data-control="${{name}}"]`).click();
      const {{ dataset }} = document.querySelector(".stage-root");
      press("first");
      const seen = [({look})()];
      for (let step = 1; step < Number(dataset.steps); step++) {{
        press("next");
        seen.push(({look})());
      }}
      return JSON.stringify(seen);
    }}"""


# Move the mouse from cell to cell, and say as JSON what is on the stage at each. The cells are [role, channel, row,
# column]; one that the mouse could not reach, for what lies over it, is an error.
HOVERED = f"""(cells) => {{
  const overlay = document.querySelector(".stage-root svg.overlay");
  const corner = overlay.getBoundingClientRect();
  const unit = Number(document.querySelector(".stage-root").dataset.cell);
  const seen = cells.map(([role, channel, row, column]) => {{
    const {{ dataset }} = [...overlay.querySelectorAll("g.grid")]
      .find((grid) => grid.dataset.role === role && Number(grid.dataset.channel) === channel);
    const [rows, columns, step, slices, across] = ["rows", "columns", "columnStep", "slices", "across"].map((name) => Number(dataset[name]));
    const slice = Math.floor(row / (rows / slices));
    const beside = (slice % across) * (columns + 1) + column * step;
    const down = Math.floor(slice / across) * (rows / slices + 1) + (row % (rows / slices));
    const clientX = corner.left + Number(dataset.left) + (beside + 0.5) * unit;
    const clientY = corner.top + Number(dataset.top) + (down + 0.5) * unit;
    const target = document.elementFromPoint(clientX, clientY);
    if (!overlay.contains(target)) throw new Error(`the mouse does not reach ${{role}} ${{channel}} [${{row}}, ${{column}}]`);
    target.dispatchEvent(new PointerEvent("pointermove", {{ clientX, clientY, bubbles: true, pointerType: "mouse" }}));
    return ({LOOK})();
  }});
  overlay.dispatchEvent(new PointerEvent("pointerleave"));
  return JSON.stringify(seen);
}}"""  # noqa: E501 - JavaScript
