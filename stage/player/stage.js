// The stage: one picture, what moves over it, and the player. Streamlit calls the default export on every run of the page.

import { Controls } from "./controls.js";
import { Drawing } from "./drawing.js";
import { Fragment } from "./fragment.js";
import { isDark } from "./numbers.js";
import { Player } from "./player.js";
import { Pointer } from "./pointer.js";
import { Presenter } from "./presenter.js";
import { TakeAway } from "./take_away.js";
import { Tally } from "./tally.js";
import { Timeline } from "./timeline.js";

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
    this.drawing = new Drawing(this.overlaySvg, find(".equation"), find(".ground"), find(".plot"));
    this.player = new Player(
      (cursor) => this.show(cursor),
      (player) => {
        this.controls.show(player);
        this.fragment.changed();
        this.announce();
      },
      () => this.pointer.letGo(),
    );
    this.tally = new Tally(find(".tally"));
    this.presenter = new Presenter(this);
    this.controls = new Controls(this.root, this.player, this.presenter);
    this.pointer = new Pointer(this, this.overlaySvg, find(".editor"));
    this.fragment = new Fragment(this);
    this.editButton.addEventListener("click", () => this.pointer.openEditor(this.pointer.pinned));
    this.resized = new ResizeObserver(() => this.timeline && this.redraw());
    this.resized.observe(this.root);
    this.resized.observe(find(".canvas"));
    this.onPictures = ({ detail }) => this.offerPictures(detail);
    document.addEventListener("stage-pictures", this.onPictures);
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.onScheme = () => requestAnimationFrame(() => this.timeline && this.redraw());
    this.scheme.addEventListener("change", this.onScheme);
  }

  destroy() {
    this.resized.disconnect();
    document.removeEventListener("stage-pictures", this.onPictures);
    this.scheme.removeEventListener("change", this.onScheme);
    this.controls.destroy();
    this.fragment.destroy();
    this.presenter.destroy();
    this.player.destroy();
    window.Plotly?.purge(this.picture.plot);
  }

  get picture() {
    return this.drawing.picture;
  }

  /** Take over what the server says after a run of the page. */
  update(data) {
    this.updating = true;
    this.apply(data);
    this.updating = false;
    if (!data.problem) this.fragment.settle();
  }

  /** Show another record, or say why there is none: then the last picture stays, veiled. */
  apply(data) {
    this.root.classList.toggle("alone", Boolean(data.alone)); // nothing stands around it, as in a frame of another page
    this.presenter.apply(data.presenting);
    this.root.dataset.problem = data.problem ?? "";
    this.player.disabled = Boolean(data.problem);
    this.root.querySelector(".controls").inert = this.player.disabled;
    if (data.problem) {
      this.player.pause();
      this.pointer.letGo();
      if (this.timeline) this.controls.show(this.player);
      this.root.dataset.ready = "true";
      return;
    }
    if (data.id !== this.data?.id) {
      this.timeline = new Timeline(data.layers);
      this.data = data;
      this.tally.load(this.timeline, data.standard_macs);
      this.player.load(this.timeline);
      this.redraw(true);
    }
    if (data.refused) this.pointer.reopen();
    this.controls.show(this.player);
    this.root.dataset.ready = "true";
  }

  /** Put the buttons that take pictures away where the page wants them: `wanted` as a TakeAway takes it. */
  offerPictures(wanted) {
    if (this.takeAway?.place === wanted.place) Object.assign(this.takeAway, wanted);
    else this.takeAway = new TakeAway(this, wanted);
  }

  /** The cell that is pinned and the step that is shown because of it, or null. */
  pinned() {
    const target = this.pointer.pinned;
    if (!target) return null;
    return { target, cursor: this.drawing.outputCursor(target, this.player.cursor) || this.player.cursor };
  }

  theme() {
    const ground = document.createElement("canvas").getContext("2d");
    ground.fillStyle = getComputedStyle(this.parent).getPropertyValue("--st-background-color").trim() || "#ffffff";
    return isDark(ground.fillStyle) ? "dark" : "light";
  }

  /** The room for the picture: about half of the window, or all that is left where the stage has it to itself. */
  room() {
    const { clientWidth, clientHeight } = this.root.querySelector(".canvas");
    const isFilled = this.root.matches(".alone, .presenting");
    const share = clientWidth < 640 ? 0.6 : 0.48;
    return [Math.floor(clientWidth), isFilled ? clientHeight : Math.max(240, Math.round(window.innerHeight * share))];
  }

  /** How the picture is to be drawn: {theme, width, height, scale}. */
  asDrawn() {
    const [width, height] = this.room();
    return { theme: this.theme(), width, height, scale: this.presenter.isOn ? Presenter.SCALE : 1 };
  }

  redraw(always = false) {
    const { theme, width, height, scale } = this.asDrawn();
    const drawn = `${width} ${height} ${scale} ${theme} ${window.devicePixelRatio}`;
    if (!always && drawn === this.drawn) return;
    this.drawn = drawn;
    this.root.dataset.theme = theme;
    this.drawing.draw(this.data, this.timeline, theme, width, height, scale);
    this.root.dataset.cell = this.picture.cell;
    this.pointer.restore();
  }

  show(cursor) {
    this.drawing.show(cursor);
    const channels = Math.max(...this.timeline.layerViews.map((layerView) => layerView.loops.channels));
    this.drawing.room.style.setProperty("--lines", Math.min(5, Math.max(3, channels + 2)));
    this.tally.show(cursor);
    this.root.dataset.shown = Number(this.root.dataset.shown ?? 0) + 1; // pictures so far, for whoever measures
  }

  /** Say what the stage shows, once it has stood still for a moment. */
  announce() {
    clearTimeout(this.announcing);
    if (this.player.playing) return;
    this.announcing = setTimeout(() => {
      const step = `Step ${this.player.step + 1} of ${this.player.count}: ${this.drawing.equation.spoken()}`;
      this.live.textContent = this.root.dataset.pointing ? this.sentence.textContent : step;
    }, 300);
  }

  /** Light what belongs to a cell; null goes back to the step the player stands at. */
  point(target, isPinned) {
    if (!this.timeline) return; // the page opened with a problem: there is no picture yet
    this.player.held = target !== null;
    this.drawing.unlight();
    this.root.dataset.pointing = target ? target.grid.role : "";
    this.root.dataset.pinned = isPinned && target ? "true" : "";
    this.editButton.hidden = !(isPinned && target && this.canEdit(target));
    const cursor = (target && this.drawing.outputCursor(target, this.player.cursor)) || this.player.cursor;
    this.show(cursor);
    this.sentence.textContent = target ? this.drawing.light(target, cursor) : HINT;
    this.fragment.later();
    this.announce();
  }

  /** What a cell's value is called by the page: {role, index, value}, or null where it cannot be edited. */
  editable(target) {
    if (this.data.fixed) return null;
    const layerView = this.drawing.layerViewsOf(target).at(-1);
    const cursor = this.player.cursor.layer === layerView.index ? this.player.cursor : layerView.end;
    const { role, filter, channel, tap, cell } = this.drawing.links[layerView.index].meaning(target, cursor);
    const roles = layerView.editable;
    if (!(role in roles) || channel === -1) return null;
    if (role === "bias") return { role: roles.bias, index: cursor.filter, value: layerView.bias(cursor.filter) };
    if (role === "kernel") {
      const index = layerView.kernelIndex(filter, channel, tap);
      return { role: roles.kernel, index, value: layerView.kernel(filter, channel, tap) };
    }
    const index = layerView.inputIndex(channel, cell);
    return index === null ? null : { role: roles.input, index, value: layerView.input(channel, cell) };
  }

  canEdit(target) {
    return this.editable(target) !== null;
  }

  valueAt(target) {
    return String(this.editable(target).value);
  }

  edit(target, text) {
    const { role, index } = this.editable(target);
    this.send("edit", { role, index, text });
  }
}

const stages = new WeakMap();

/** Once the plotly.js is there that Streamlit's own chart publishes, do `then`, unless the page was left meanwhile. */
function whenPlotly(root, then) {
  if (window.Plotly) then();
  else requestAnimationFrame(() => root.isConnected && whenPlotly(root, then));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".stage-root");
  if (!stages.has(root)) {
    const stage = new Stage(parentElement, setTriggerValue);
    stages.set(root, stage);
    // a page that works offline has no Plotly: the ground is its picture
    if (!data.offline) whenPlotly(root, () => stage.picture.drawPlot());
  }
  stages.get(root).update(data);
  return () => {
    // Streamlit cleans up before every new run too; only a stage that left the document is done
    setTimeout(() => {
      if (root.isConnected || !stages.has(root)) return;
      stages.get(root).destroy();
      stages.delete(root);
    });
  };
}
