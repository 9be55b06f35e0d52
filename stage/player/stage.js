// The stage: one picture, what moves over it, and the player. Streamlit calls the default export on every run of the page.

const HINT = "Point at a cell, or tap it, to see what belongs to it.";

class Stage {
  constructor(parent, send) {
    this.parent = parent;
    this.send = send;
    this.root = parent.querySelector(".stage-root");
    const find = (name) => this.root.querySelector(name);
    this.overlaySvg = find(".overlay");
    this.sentence = find(".sentence");
    this.live = find(".announce");
    this.editButton = find(".edit");
    this.picture = new Picture(find(".plot"), this.overlaySvg);
    this.player = new Player(
      (place) => this.show(place),
      (player) => {
        this.controls.show(player);
        this.announce();
      },
    );
    this.player.onLetGo = () => this.pointer.letGo();
    this.controls = new Controls(this.root, this.player);
    this.pointer = new Pointer(this, this.overlaySvg, find(".editor"));
    this.editButton.addEventListener("click", () => this.pointer.openEditor(this.pointer.pinned));
    this.resized = new ResizeObserver(() => this.steps && this.redraw());
    this.resized.observe(this.root);
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.onScheme = () => requestAnimationFrame(() => this.steps && this.redraw());
    this.scheme.addEventListener("change", this.onScheme);
  }

  destroy() {
    this.resized.disconnect();
    this.scheme.removeEventListener("change", this.onScheme);
    this.controls.destroy();
    this.player.destroy();
    if (this.steps) window.Plotly.purge(this.picture.plot);
  }

  /** Show another record, or say why there is none: then the last picture stays, veiled. */
  update(data) {
    this.root.dataset.problem = data.problem ?? "";
    this.player.disabled = Boolean(data.problem);
    this.root.querySelector(".controls").inert = this.player.disabled;
    if (data.problem) {
      this.player.pause();
      this.pointer.letGo();
      if (this.steps) this.controls.show(this.player);
      this.root.dataset.ready = "true";
      return;
    }
    if (data.id !== this.data?.id) {
      for (const name in data.steps.arrays) data.steps.arrays[name] = decode(data.steps.arrays[name]);
      this.steps = new Steps(data.steps);
      this.data = data;
      this.player.load(this.steps);
      this.redraw(true);
    }
    if (data.refused) this.pointer.reopen();
    this.controls.show(this.player);
    this.root.dataset.ready = "true";
  }

  theme() {
    const ground = document.createElement("canvas").getContext("2d");
    ground.fillStyle = getComputedStyle(this.parent).getPropertyValue("--st-background-color").trim() || "#ffffff";
    return inkOn(ground.fillStyle) === "#ffffff" ? "dark" : "light";
  }

  redraw(always = false) {
    const width = Math.floor(this.root.querySelector(".canvas").clientWidth);
    const height = Math.max(240, Math.round(window.innerHeight * (width < 640 ? 0.6 : 0.48)));
    const drawn = `${width} ${height} ${this.theme()}`;
    if (!always && drawn === this.drawn) return;
    this.drawn = drawn;
    this.root.dataset.theme = this.theme();
    this.picture.draw(this.data, this.steps, this.theme(), width, height);
    this.overlay = new Overlay(this.picture, this.steps);
    this.links = new Links(this.picture, this.steps);
    this.root.dataset.cell = this.picture.cell;
    const lines = this.root.querySelector(".equation");
    lines.replaceChildren();
    lines.style.setProperty("--lines", Math.min(5, Math.max(3, this.steps.loops.channels + 2)));
    this.equation = new Equation(lines, this.steps, (place) => this.outputName(place));
    this.pointer.restore();
  }

  outputName({ filter, position }) {
    const grid = this.overlay.byRole.output[filter];
    return this.links.name(grid, position);
  }

  show(place) {
    this.overlay.show(place);
    this.equation.show(place);
    this.root.dataset.shown = Number(this.root.dataset.shown ?? 0) + 1; // pictures so far, for whoever measures
  }

  /** Say what the stage shows, once it has stood still for a moment. */
  announce() {
    clearTimeout(this.announcing);
    if (this.player.playing) return;
    this.announcing = setTimeout(() => {
      const step = `Step ${this.player.step + 1} of ${this.player.count}: ${this.equation.spoken()}`;
      this.live.textContent = this.root.dataset.pointing ? this.sentence.textContent : step;
    }, 300);
  }

  /** Light what belongs to a cell; null goes back to the step the player stands at. */
  point(target, isPinned) {
    if (!this.steps) return; // the page opened with a problem: there is no picture yet
    this.player.held = target !== null;
    this.links.clear();
    this.root.dataset.pointing = target ? target.grid.role : "";
    this.root.dataset.pinned = isPinned && target ? "true" : "";
    this.editButton.hidden = !(isPinned && target && this.canEdit(target));
    const stands = target?.grid.role === "output" ? this.steps.outputPlace(target) : this.player.place;
    this.show(stands);
    this.sentence.textContent = target ? this.links.show(target, stands) : HINT;
    this.announce();
  }

  canEdit({ grid, cell }) {
    return grid.role === "kernel" || grid.role === "bias" || (grid.role === "input" && this.steps.isInside(cell));
  }

  valueAt({ grid, cell }) {
    const { filter } = this.player.place;
    if (grid.role === "bias") return String(this.steps.arrays.bias[filter]);
    return String(
      grid.role === "kernel" ? this.steps.kernel(filter, grid.channel, cell) : this.steps.input(grid.channel, cell),
    );
  }

  edit({ grid, cell }, text) {
    const { filter } = this.player.place;
    const index = {
      bias: [filter],
      kernel: [filter, grid.channel, cell],
      input: [grid.channel, this.steps.arrays.sources[cell]],
    }[grid.role];
    this.send("edit", { role: grid.role, index, text });
  }
}

const stages = new WeakMap();

/** Wait for the plotly.js that Streamlit's own chart publishes, then do `then`. */
function whenPlotly(then) {
  if (window.Plotly) then();
  else requestAnimationFrame(() => whenPlotly(then));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".stage-root");
  whenPlotly(() => {
    if (!root.isConnected) return; // the page was left while plotly.js loaded
    if (!stages.has(root)) stages.set(root, new Stage(parentElement, setTriggerValue));
    stages.get(root).update(data);
  });
  return () => {
    // Streamlit cleans up before every new run too; only a stage that left the document is done
    setTimeout(() => {
      if (root.isConnected || !stages.has(root)) return;
      stages.get(root).destroy();
      stages.delete(root);
    });
  };
}
