// The stage: one picture, what moves over it, and the player. Streamlit calls the default export on every run of the page.

import { isDark } from "./colors.js";
import { ControlChanges } from "./control_changes.js";
import { Controls } from "./controls.js";
import { Digits } from "./digits.js";
import { Drawing } from "./drawing.js";
import { find, findOf } from "./find.js";
import { equationLines, roomHeight } from "./fit.js";
import { Fragment } from "./fragment.js";
import { Hint } from "./hint.js";
import { HEARD_WORDS } from "./generated_constants.js";
import { Heard } from "./heard.js";
import { KeyList } from "./key_list.js";
import { Mounted } from "./mounted.js";
import { fill } from "./names.js";
import { Player } from "./player.js";
import { Pointer } from "./pointer.js";
import { Prediction } from "./prediction.js";
import { Presenter } from "./presenter.js";
import { TakeAway } from "./take_away.js";
import { Tally } from "./tally.js";
import { ThemeChanges } from "./theme_changes.js";
import { Timeline } from "./timeline.js";

/** @import { Wanted } from "./take_away.js" */
/** @import { Cursor, Editable, Send, Target, Theme } from "./types" */
/** @import { LegendEntry, Message, Stage as Recorded, Surroundings } from "./wire" */

const MOST_NOTES = 12; // what is heard of the notes on cells: nobody listens to more

class Stage {
  /**
   * @param {HTMLElement} parent
   * @param {Send} send
   */
  constructor(parent, send) {
    this.parent = parent;
    this.send = send;
    this.root = find(parent, ".stage-root");
    this.canvas = find(this.root, ".canvas");
    this.bar = find(this.root, ".controls");
    this.sentence = find(this.root, ".sentence");
    this.live = find(this.root, ".announce");
    this.heard = new Heard(find(this.root, ".heard"));
    this.legend = find(this.root, ".legend-said");
    this.editButton = find(this.root, ".edit");
    /** What is drawn and played, once there is something. @type {(Recorded & Surroundings) | undefined} */
    this.data = undefined;
    /** @type {Timeline | undefined} */
    this.timeline = undefined;
    this.updating = false; // while it takes over what the server says
    this.drawn = ""; // how the picture was drawn last
    this.announcing = 0;
    /** The step whose picture stands there: a cell that is pointed at may have one of its own. @type {Cursor} */
    this.shownCursor = { layer: 0, granularity: "output", filter: 0, position: 0, channel: -1, tap: -1, output: -1, cell: -1 };
    /** @type {TakeAway | undefined} */
    this.takeAway = undefined;
    const overlay = findOf(this.root, ".overlay", SVGSVGElement);
    const ground = findOf(this.root, ".ground", HTMLCanvasElement);
    this.drawing = new Drawing(overlay, find(this.root, ".equation"), ground, find(this.root, ".plot"));
    this.player = new Player(
      (cursor) => this.show(cursor),
      (player) => {
        this.controls.show(player);
        this.fragment.changed();
        this.announce();
      },
      () => this.pointer.letGo(),
    );
    this.tally = new Tally(find(this.root, ".tally"));
    this.presenter = new Presenter(this);
    this.keyList = new KeyList(this.root);
    this.digits = new Digits(this.root, () => {
      this.redraw(true);
      this.fragment.changed();
    });
    this.controls = new Controls(this.root, this.player, this.presenter, this.keyList, this.digits);
    this.changes = new ControlChanges(this);
    this.overlay = overlay;
    this.pointer = new Pointer(this, overlay, findOf(this.root, ".editor", HTMLInputElement));
    this.prediction = new Prediction(this);
    this.fragment = new Fragment(this);
    this.editButton.addEventListener("click", () => this.pointer.openEditor(this.pointer.pinned));
    this.resized = new ResizeObserver(() => this.timeline && this.redraw());
    this.resized.observe(this.root);
    this.resized.observe(this.canvas);
    /** @param {Event} event */
    this.onPictures = (event) => event instanceof CustomEvent && this.offerPictures(event.detail);
    document.addEventListener("stage-pictures", this.onPictures);
    this.themes = new ThemeChanges(this.root, () => this.timeline && this.redraw());
    this.hint = new Hint(this); // last: from now on it hears all that happens on the page
  }

  destroy() {
    this.resized.disconnect();
    document.removeEventListener("stage-pictures", this.onPictures);
    this.themes.destroy();
    this.controls.destroy();
    this.changes.destroy();
    this.hint.destroy();
    this.fragment.destroy();
    this.prediction.destroy();
    this.presenter.destroy();
    this.player.destroy();
    if (this.picture.plot) window.Plotly?.purge(this.picture.plot);
  }

  get picture() {
    return this.drawing.picture;
  }

  /**
   * Hear what the server says after a run of the page.
   *
   * @param {Message} data
   */
  update(data) {
    if (this.changes.hear(data)) this.take(data);
  }

  /**
   * Take over what the server says.
   *
   * @param {Message} data
   */
  take(data) {
    this.updating = true;
    this.presenter.head(data);
    this.apply(data);
    this.updating = false;
    if (this.picture.isPlotBehind) this.picture.drawPlot();
    // what of a run is on the stage, for whoever waits for it: a picture can be there before its run
    this.root.dataset.run = JSON.stringify(["problem" in data ? data.problem : data.id, data.refused, data.presenting]);
    if (!("problem" in data)) this.fragment.settle(data.fragment);
  }

  /**
   * Show the record of a changed control before the run comes that says the rest.
   *
   * @param {Recorded} record
   */
  preview(record) {
    this.updating = true;
    this.apply({ ...record, alone: this.data?.alone, fixed: this.data?.fixed });
    this.updating = false;
  }

  /** Whether the picture is ahead of what the page's words and its address say. */
  get isAhead() {
    return this.changes.isAhead;
  }

  /**
   * Show another record, or say why there is none: then the last picture stays, veiled.
   *
   * @param {Message} data
   */
  apply(data) {
    this.root.classList.toggle("alone", Boolean(data.alone)); // nothing stands around it, as in a frame of another page
    this.presenter.apply(data.presenting, data.press);
    const hasProblem = "problem" in data;
    this.root.dataset.problem = hasProblem ? data.problem : "";
    this.player.disabled = hasProblem;
    this.bar.inert = false;
    for (const part of this.bar.children) part.toggleAttribute("inert", hasProblem && !part.matches(".lesson, .more"));
    if (hasProblem) {
      this.sizeCanvas();
      this.player.pause();
      this.pointer.letGo();
      if (this.timeline) this.controls.show(this.player);
      this.root.dataset.ready = "true";
      return;
    }
    if (data.id !== this.data?.id) {
      this.timeline = new Timeline(data.layers, data.opening);
      this.data = data;
      this.tally.load(this.timeline, data.standard_macs);
      this.legend.replaceChildren(...data.legend.map(said));
      this.digits.load(this.timeline);
      this.keyList.load(this.timeline.granularities, !data.fixed);
      this.player.load(this.timeline);
      this.prediction.load(this.timeline);
      this.redraw(true);
    }
    if (data.refused) this.pointer.reopen();
    this.controls.show(this.player);
    this.root.dataset.ready = "true";
  }

  /**
   * Put the buttons that take pictures away where the page wants them: `wanted` as a TakeAway takes it.
   *
   * @param {Wanted} wanted
   */
  offerPictures(wanted) {
    if (this.takeAway?.wanted.place === wanted.place) this.takeAway.wanted = wanted;
    else this.takeAway = new TakeAway(this, wanted);
  }

  /** The cell that is pinned and the step that is shown because of it, or null. */
  pinned() {
    const target = this.pointer.pinned;
    if (!target) return null;
    return { target, cursor: this.drawing.outputCursor(target, this.player.cursor) || this.player.cursor };
  }

  /** @returns {Theme} */
  theme() {
    const background = getComputedStyle(this.parent).getPropertyValue("--st-background-color").trim() || "#ffffff";
    const known = themes.get(background);
    if (known) return known;
    const ground = document.createElement("canvas").getContext("2d");
    if (!ground) return "light"; // the browser has no memory for another canvas
    ground.fillStyle = background;
    const theme = isDark(String(ground.fillStyle)) ? "dark" : "light";
    themes.set(background, theme);
    return theme;
  }

  /**
   * The cell of the maps, or of the strip under them, at a point of the overlay in pixels.
   *
   * @param {number} x
   * @param {number} y
   */
  cellAt(x, y) {
    return this.picture.cellAt(x, y) ?? this.drawing.magnifiedAt(x, y);
  }

  /** The room for the picture: about half of the window, or all that is left where the stage has it to itself. */
  room() {
    const { clientWidth, clientHeight } = this.canvas;
    const isFilled = this.root.matches(".alone, .presenting");
    return [Math.floor(clientWidth), isFilled ? clientHeight : roomHeight(clientWidth)];
  }

  /** How the picture is to be drawn: {theme, width, height, scale}. */
  asDrawn() {
    const [width, height] = this.room();
    return { theme: this.theme(), width, height, scale: this.presenter.isOn ? Presenter.SCALE : 1 };
  }

  /** Give the canvas its height, the same for every layer that has room in it: what stands under it keeps its place. */
  sizeCanvas() {
    const isFilled = this.root.matches(".alone, .presenting");
    this.canvas.style.minHeight = isFilled ? "" : `${roomHeight(this.canvas.clientWidth)}px`;
  }

  /** @param {boolean} always, or only where it would come out in another way */
  redraw(always = false) {
    this.sizeCanvas();
    if (!this.data || !this.timeline) return;
    const { theme, width, height, scale } = this.asDrawn();
    const drawn = `${width} ${height} ${scale} ${theme} ${window.devicePixelRatio}`;
    if (!always && drawn === this.drawn) return;
    this.drawn = drawn;
    this.presenter.pen.wipe(); // what was drawn was drawn over another picture
    this.root.dataset.theme = theme;
    this.drawing.draw(this.data, this.timeline, theme, width, height, scale);
    // A reader of the screen hears cells one by one, by pointing: bare numbers say nothing, and some are still covered.
    for (const part of this.overlay.children) part.setAttribute("aria-hidden", "true");
    if (!this.isAhead) this.picture.drawPlot(); // it takes longer than all the rest, and follows with the run
    this.root.dataset.cell = String(this.picture.cell);
    this.pointer.restore();
  }

  /** The step that is shown: of what is asked nothing is done yet. */
  get cursor() {
    const { cursor } = this.player;
    return this.prediction.isOpen ? { ...cursor, channel: -1, tap: -1 } : cursor;
  }

  /** @param {Cursor} cursor */
  show(cursor) {
    this.shownCursor = cursor;
    if (this.prediction.isOpen) this.drawing.move(this.cursor);
    else this.drawing.show(cursor);
    this.prediction.show();
    this.takeAway?.showButtons();
    if (this.prediction.kind && !this.root.dataset.pointing) this.sentence.textContent = this.prediction.said;
    const lines = Math.max(...this.drawing.layers.map(({ layerView }) => layerView.lines));
    this.drawing.room.style.setProperty("--lines", String(equationLines(lines)));
    this.tally.show(cursor);
    this.root.dataset.shown = String(Number(this.root.dataset.shown ?? 0) + 1); // pictures so far, for whoever measures
  }

  /** Say what the stage shows, once it has stood still for a moment. */
  announce() {
    clearTimeout(this.announcing);
    if (this.player.playing) return;
    this.announcing = setTimeout(() => {
      if (!this.timeline) return;
      const step = `Step ${this.player.step + 1} of ${this.player.count}: ${this.drawing.equation?.spoken() ?? ""}`;
      const pointed = [this.sentence.textContent, ...this.drawing.notes.slice(0, MOST_NOTES)].join("; ");
      this.live.textContent = this.root.dataset.pointing ? pointed : this.prediction.spoken(step);
      this.hear();
    }, 300);
  }

  /** Give a screen reader the numbers that stand on the stage. */
  hear() {
    const { player, prediction, sentence } = this;
    const step = fill(HEARD_WORDS.step, { step: player.step + 1, count: player.count });
    const pointed = this.root.dataset.pointing ? fill(HEARD_WORDS.pointed, { sentence: sentence.textContent ?? "" }) : "";
    const asked = prediction.isOpen ? HEARD_WORDS.asked : "";
    this.heard.show(this.drawing, this.shownCursor, pointed || [step, asked].filter(Boolean).join(" "), (grid) => prediction.hides(grid));
  }

  /**
   * Light what belongs to a cell; null goes back to the step the player stands at.
   *
   * @param {Target | null} target
   * @param {boolean} isPinned
   */
  point(target, isPinned) {
    if (!this.timeline) return; // the page opened with a problem: there is no picture yet
    this.drawing.unlight();
    this.root.dataset.pointing = target ? target.grid.role : "";
    this.root.dataset.pinned = isPinned && target ? "true" : "";
    this.editButton.hidden = !(isPinned && target && this.editable(target));
    const pointed = target && !this.prediction.isOpen && this.drawing.outputCursor(target, this.player.cursor);
    const cursor = pointed || this.cursor;
    this.show(cursor);
    const withheld = target && this.prediction.withheld(target, cursor);
    this.sentence.textContent = target ? (withheld ?? this.drawing.light(target, cursor)) : this.prediction.said;
    this.fragment.later();
    this.announce();
  }

  /**
   * What a cell's value is called by the page, or null where it cannot be edited.
   *
   * @param {Target} target
   * @returns {Editable | null}
   */
  editable(target) {
    const layer = this.drawing.layersOf(target).at(-1);
    if (!layer || !this.data || this.data.fixed) return null;
    const { layerView, links } = layer;
    const cursor = this.player.cursor.layer === layerView.index ? this.player.cursor : layerView.end;
    const meaning = links.meaning(target, cursor);
    const role = layerView.editable[meaning.role];
    if (role === undefined || ("channel" in meaning && meaning.channel === -1)) return null;
    const shape = this.data.shapes[role];
    const dimensions = "dimensions" in layerView ? layerView.dimensions : 2;
    if (meaning.role === "bias") return { role, shape, dimensions, index: cursor.filter, value: layerView.bias(cursor.filter) };
    if (meaning.role === "kernel") {
      const { filter, channel, tap } = meaning;
      const index = layerView.kernelIndex(filter, channel, tap);
      return { role, shape, dimensions, index, value: layerView.kernel(filter, channel, tap) };
    }
    if (meaning.role !== "input") return null;
    const { channel, cell } = meaning;
    const index = layerView.inputIndex(channel, cell);
    return index === null ? null : { role, shape, dimensions, index, value: layerView.input(channel, cell) };
  }

  /** The text that was refused last is left as it was: the page has nothing to say of it any more. */
  withdrawEdit() {
    this.send("edit", { withdrawn: true });
  }

  /**
   * @param {Editable} edited
   * @param {string} text
   */
  edit({ role, shape, index }, text) {
    this.send("edit", { role, shape, index, text });
  }
}

/**
 * A line of a list.
 *
 * @param {LegendEntry} entry
 */
function said({ text, mark }) {
  const line = document.createElement("li");
  if (mark === "none") line.className = "legend-end";
  line.textContent = text;
  return line;
}

/** The theme that a background is of: making a canvas to find out takes as long as drawing. @type {Map<string, Theme>} */
const themes = new Map();

/** @type {Mounted<Stage>} */
const stages = new Mounted();

/**
 * Once the plotly.js is there that the loader fetches, do `then`, unless the page was left meanwhile.
 *
 * @param {Element} root
 * @param {() => void} then
 */
function whenPlotly(root, then) {
  if (window.Plotly) then();
  else requestAnimationFrame(() => root.isConnected && whenPlotly(root, then));
}

/** @param {{ parentElement: HTMLElement, data: Message, setTriggerValue: Send }} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = find(parentElement, ".stage-root");
  const { life: stage, leave } = stages.at(root, (own) => begin(own, parentElement, data, setTriggerValue));
  stage.update(data);
  return leave;
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} parent
 * @param {Message} data
 * @param {Send} send
 */
function begin(root, parent, data, send) {
  const stage = new Stage(parent, send);
  // a page that works offline has no Plotly: the ground is its picture
  if (!data.offline) whenPlotly(root, () => stage.picture.drawPlot());
  return stage;
}
