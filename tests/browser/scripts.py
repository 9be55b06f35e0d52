"""What the tests run in the browser: each looks at the stage, and none changes anything but by its buttons."""

from tests.browser import driver

# What a run of the page changes on the stage: it draws another picture, or says another problem, or none.
PICTURE = """() => {
  const { shown, problem } = document.querySelector(".stage-root").dataset;
  return `${shown} ${problem}`;
}"""
RUN_ENDED = f"""before => document.querySelector('{driver.APP_IDLE}') && ({PICTURE})() !== before"""

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

# Everything the stage says at this moment, read in one go.
LOOK = """() => {
  const root = document.querySelector(".stage-root");
  const all = (selector, from = root) => [...from.querySelectorAll(selector)];
  const number = (element, name) => Number(element?.getAttribute(name));
  const text = (selector) => root.querySelector(selector)?.textContent ?? "";
  return {
    data: { ...root.dataset },
    grids: all("g.grid").map((grid) => ({ ...grid.dataset })),
    numbers: all("g.grid text.number").map((at) => ({ ...at.parentNode.dataset, text: at.textContent, cell: number(at, "data-cell") })),
    windows: all("g.window").map((group) => ({
      label: group.dataset.grid,
      kind: group.getAttribute("class"),
      shift: group.getAttribute("transform").match(/[-.0-9]+/g).map(Number),
      taps: all("rect.tap", group).map((rect) => [number(rect, "x"), number(rect, "y")]),
    })),
    live: all("g.cells").map((group) => ({
      role: group.getAttribute("class").split(" ")[1],
      cells: all("rect", group).map((rect, index) => ({
        shown: rect.classList.contains("value") && all("text", group)[index].textContent,
        fill: rect.getAttribute("fill"),
      })),
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
