// Predicting: the stage withholds what comes next and asks for it. A wrong answer is named where it comes of a mistake that
// is known, and can be changed. At the end stands what was missed.

import { find, findOf } from "./find.js";
import { numberSize } from "./fit.js";
import { MOST_ASKED, MOST_PRODUCTS, SLICE_GAP } from "./generated_constants.js";
import { CornerQuestions, SizeQuestions, StampQuestions, SumQuestions, words } from "./questions.js";
import { sliceRows } from "./slices.js";
import { svgElement } from "./svg.js";

/** @import { Questions } from "./questions.js" */
/** @import { Timeline } from "./timeline.js" */
/** @import { Cursor, PlacedGrid, PredictingStage, Target } from "./types" */

/** What somebody said, and what is wrong with it: "" if nothing. @typedef {{ said: string, wrong: string }} Answer */

const FRAME_EDGE = 3; // pixels that the frame of a cell stands out over its grid
const SMALLEST_TYPE = 16; // pixels: into smaller type a phone zooms
const FEWEST_CHARACTERS = 2; // that there is room for
const [CHARACTER, LINE_HEIGHT] = [0.6, 1.2]; // of the size of its font
const FIELD_FRAME = 6; // pixels of its frame, both sides

export class Prediction {
  /** @param {PredictingStage} stage */
  constructor(stage) {
    this.stage = stage;
    this.select = findOf(stage.root, "[data-control=predict]", HTMLSelectElement);
    this.field = findOf(stage.root, ".answer", HTMLInputElement);
    this.panel = find(stage.root, ".question");
    this.text = find(this.panel, ".asked");
    this.choices = find(this.panel, ".choices");
    this.verdict = find(this.panel, ".verdict");
    this.review = find(stage.root, ".review");
    this.next = find(stage.root, "[data-control=next]");
    /** The questions that the layer offers, by what is predicted. @type {Map<string, Questions>} */
    this.offered = new Map();
    /** What is predicted; "" for nothing. */
    this.kind = "";
    /** What somebody wants to predict, of this layer or of the next one of which it is asked. */
    this.wanted = "";
    /** What the answers are of. */
    this.about = "";
    /** What was said, by the number of the question. @type {Map<number, Answer>} */
    this.answers = new Map();
    /** The questions whose answers are shown. @type {Set<number>} */
    this.shown = new Set();
    this.isOver = false; // whether the last one was
    this.written = ""; // which question is written
    this.reviewed = ""; // what was missed, as it is written
    /** What lies over the outputs while their size is asked. */
    this.veil = svgElement("g", {});
    this.select.addEventListener("change", () => this.start(this.select.value));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.placeField());
  }

  destroy() {
    this.withholdPage("");
  }

  /**
   * Take over a record. What was said of another layer is dropped, and kept of one that is shown in another view.
   *
   * @param {Timeline} timeline
   */
  load(timeline) {
    const [layerView] = timeline.layerViews;
    const asked = timeline.layerViews.length === 1 ? layerView.questions : undefined;
    this.offered.clear();
    if (asked) {
      const { sums, sizes, corners } = asked;
      if (sums) this.offered.set("sum", new SumQuestions(layerView));
      if (sizes.length > 1) this.offered.set("size", new SizeQuestions(layerView));
      if (corners) this.offered.set("cells", layerView.kind === "scatter" ? new StampQuestions(layerView) : new CornerQuestions(layerView));
    }
    const options = [...this.offered.keys()].map((kind) => new Option(words(kind, {}, layerView), kind));
    if (!this.offered.has("sum")) {
      const isMany = layerView.values > MOST_ASKED;
      options.push(new Option(isMany ? words("too_many", { most: MOST_ASKED }) : words("too_long", { most: MOST_PRODUCTS })));
      options[options.length - 1].disabled = true;
    }
    this.select.replaceChildren(new Option(words("off"), ""), ...options);
    this.select.hidden = !asked;
    const about = asked ? layerView.about : this.about;
    if (about !== this.about) this.forget();
    this.about = about;
    this.ask(this.offered.has(this.wanted) ? this.wanted : "");
  }

  /** What was said is said no more. */
  forget() {
    this.answers.clear();
    this.shown.clear();
    this.isOver = false;
    this.written = "";
    this.reviewed = "";
  }

  /**
   * Predict something of the layer from now on; nothing where that is not offered.
   *
   * @param {string} asked
   */
  choose(asked) {
    this.forget();
    this.wanted = this.offered.has(asked) ? asked : "";
    this.ask(this.wanted);
  }

  /**
   * Ask something of the layer from now on; it is yet to be drawn.
   *
   * @param {string} kind is one of those that are offered, or "" for nothing
   */
  ask(kind) {
    const { player } = this.stage;
    this.kind = kind;
    this.select.value = kind;
    player.question = null;
    if (!this.kind) return;
    player.takeGranularity(this.granularity);
    player.question = this;
  }

  /** What one step is while something is asked. */
  get granularity() {
    return this.questions?.granularity ?? "output";
  }

  /**
   * Somebody has chosen what to predict: nothing is computed yet.
   *
   * @param {string} asked
   */
  start(asked) {
    const { player } = this.stage;
    player.pause();
    player.letGo();
    this.choose(asked);
    player.go(this.kind ? 0 : player.step);
  }

  /** What is asked; only while something is predicted. */
  get questions() {
    return this.offered.get(this.kind);
  }

  /** The number of the question that belongs to the step. */
  get at() {
    return this.questions?.at(this.stage.player.step) ?? -1;
  }

  /** Whether the step is withheld until it is answered. */
  get isOpen() {
    const { at, questions } = this;
    return questions !== undefined && at < questions.count && !this.shown.has(at);
  }

  /** Whether something is asked, or is still to be. */
  get isGoingOn() {
    return this.isOpen || (this.kind !== "" && !this.isOver);
  }

  /**
   * What a question is about.
   *
   * @param {number} at
   */
  nameOf(at) {
    const [{ links }] = this.stage.drawing.layers;
    return this.questions?.nameOf(at, links) ?? "";
  }

  /** Let the hand that has come here answer. On a screen that is touched nothing is to slide over the picture unasked. */
  begin() {
    if (this.isOpen && matchMedia("(pointer: fine)").matches) this.place().focus({ preventScroll: true });
  }

  /** Where an answer is given. */
  place() {
    if (this.kind === "sum") return this.field;
    return this.kind === "size" ? find(this.choices, "button") : this.stage.overlay;
  }

  /** Show what is asked, unanswered. */
  skip() {
    this.reveal();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Enter") this.answer(this.field.value);
    else if (event.key === "Escape") this.field.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * Whether a tap on a cell is an answer.
   *
   * @param {Target} target
   */
  takesTap(target) {
    const said = this.isOpen ? this.questions?.tapped(target, this.stage.player.cursor) : undefined;
    if (said === undefined) return false;
    this.answer(said);
    return true;
  }

  /**
   * Hear an answer: a right one is shown in its place, and a wrong one can be changed.
   *
   * @param {string} said
   */
  answer(said) {
    const { at, kind, questions } = this;
    const wrong = questions?.judge(at, said);
    if (wrong === undefined) return;
    if (wrong !== null) this.answers.set(at, { said, wrong });
    if (wrong === "") return this.reveal();
    this.field.setAttribute("aria-invalid", "true");
    const why = words(wrong ?? "no_answer", {}, questions?.layerView);
    this.verdict.textContent = wrong === null ? why : words(`wrong.${kind}`, { said, why });
    if (document.activeElement === this.field) this.field.select();
    if (this.stage.root.dataset.pointing) this.stage.sentence.textContent = this.verdict.textContent; // what is said of the cell
    this.verdict.scrollIntoView({ block: "nearest" });
    this.stage.announce();
  }

  /** What is asked is withheld no more. */
  reveal() {
    const { activeElement } = document;
    const hadFocus = activeElement === this.place() || this.panel.contains(activeElement);
    const { at, questions } = this;
    this.shown.add(at);
    this.isOver ||= at + 1 === questions?.count;
    this.stage.player.refresh();
    const next = this.isOver ? (this.review.querySelector("button") ?? this.next) : this.next;
    if (hadFocus) next.focus({ preventScroll: true });
  }

  /**
   * Ask a question again.
   *
   * @param {number} at
   */
  again(at) {
    this.shown.delete(at);
    this.stage.player.go(at);
    find(this.stage.root, ".canvas").scrollIntoView({ block: "nearest" });
    this.begin();
  }

  /** What is said of a step that is shown; "" where nothing was asked there. */
  get said() {
    const { at, kind, questions } = this;
    if (!questions || this.isOpen || at >= questions.count) return "";
    const answer = this.answers.get(at);
    const manner = !answer ? "shown" : answer.wrong ? "shown_after" : "right";
    const places = { name: this.nameOf(at), said: answer?.said ?? "", ...questions.right(at) };
    return words(`${manner}.${kind}`, places, questions.layerView);
  }

  /**
   * What is said aloud: what is asked, or what came of that before the step that is shown, and what was missed in the end.
   *
   * @param {string} step
   */
  spoken(step) {
    const { at, questions, verdict } = this;
    if (!this.isOpen || !questions) return [this.said, step, this.isOver && this.missed().heading].filter(Boolean).join(" ");
    return verdict.textContent || words("progress", { done: at, count: questions.count, question: this.text.textContent ?? "" });
  }

  /**
   * What is said of a cell that is pointed at while something of it is withheld, or null where all of it may be lit.
   *
   * @param {Target} target
   * @param {Cursor} cursor
   */
  withheld(target, cursor) {
    if (!this.isOpen) return null;
    const [{ links, layerView }] = this.stage.drawing.layers;
    const meaning = links.meaning(target, cursor);
    const output = meaning.role === "output" && meaning.position >= 0 ? layerView.outputCursor(meaning.filter, meaning.position) : null;
    if (this.kind === "sum" && !(output && layerView.stepAt("output", output) >= this.at)) return null;
    if (meaning.role === "output" && this.questions?.tapped(target, cursor) === undefined) return words("withheld");
    links.pointTo(target);
    const { grid, cell } = target;
    const [row, column, high] = [Math.floor(cell / grid.columns), cell % grid.columns, sliceRows(grid)];
    const places = { grid: grid.label, slice: Math.floor(row / high), row: row % high, column };
    return words("pointed", places, this.questions?.layerView);
  }

  /**
   * Whether nothing of a grid may be told: how large it is, is asked.
   *
   * @param {PlacedGrid} grid
   */
  hides(grid) {
    return this.isOpen && this.kind === "size" && (grid.role === "output" || grid.role === "uncropped");
  }

  /** Show what is asked at this step, and at the end what was missed. */
  show() {
    const { root, drawing } = this.stage;
    const asked = this.isOpen ? this.kind : "";
    root.dataset.asked = asked;
    this.field.hidden = asked !== "sum";
    if (asked) this.write();
    else this.written = "";
    if (asked && drawing.room.firstChild !== this.panel) drawing.room.replaceChildren(this.panel);
    if (asked === "sum") this.placeField();
    this.veil.remove();
    if (asked === "size") this.veilOutputs();
    this.withholdPage(asked === "size" || (this.kind === "sum" && this.isGoingOn) ? this.kind : "");
    this.showMissed();
  }

  /** Write the question, unless it stands there already with what somebody is typing. */
  write() {
    const { at, kind, questions } = this;
    if (!questions || this.written === `${kind} ${at}`) return;
    this.written = `${kind} ${at}`;
    this.text.textContent = questions.ask(this.nameOf(at));
    this.verdict.textContent = "";
    this.field.value = this.answers.get(at)?.said ?? "";
    this.field.setAttribute("aria-label", this.text.textContent);
    this.field.removeAttribute("aria-invalid");
    const labels = kind === "sum" ? [words("check")] : questions.choices;
    this.choices.replaceChildren(...labels.map((label) => button(label, () => this.answer(kind === "sum" ? this.field.value : label))));
  }

  /** Put the field over the cell of the output that is asked for: as large as that, or as what is typed needs. */
  placeField() {
    const { root, overlay, drawing } = this.stage;
    const [{ layerView }] = drawing.layers;
    const { cell, scale } = drawing.picture;
    const place = layerView.outputPlace(drawing.picture.gridsOf(layerView.index), layerView.cursorAt("output", this.at));
    const box = drawing.picture.box(place.grid, place.cell);
    const [around, stage] = [overlay.getBoundingClientRect(), root.getBoundingClientRect()];
    const characters = Math.max(this.field.value.length, FEWEST_CHARACTERS);
    const font = Math.max(numberSize(cell, FEWEST_CHARACTERS, scale), SMALLEST_TYPE);
    const width = Math.max(box.width, Math.ceil((characters + 1) * CHARACTER * font) + FIELD_FRAME);
    const height = Math.max(box.height, Math.ceil(LINE_HEIGHT * font) + FIELD_FRAME);
    const left = around.left - stage.left + box.x + (box.width - width) / 2;
    const { style } = this.field;
    Object.assign(style, {
      left: `${Math.max(0, Math.min(left, stage.width - width))}px`,
      top: `${around.top - stage.top + box.y + (box.height - height) / 2}px`,
      width: `${width}px`,
      height: `${height}px`,
      fontSize: `${font}px`,
    });
  }

  /** Let nothing be seen of how large the output is. */
  veilOutputs() {
    const { picture } = this.stage.drawing;
    const { cell } = picture;
    this.veil = svgElement("g", { class: "veiled" }, picture.overlay);
    for (const { x, y, width, height, slices } of picture.grids.filter((grid) => this.hides(grid))) {
      const box = { x: x * cell - FRAME_EDGE, y: y * cell - FRAME_EDGE, width: width * cell + 2 * FRAME_EDGE, height: height * cell + 2 * FRAME_EDGE + (slices > 1 ? SLICE_GAP * cell : 0) };
      svgElement("rect", { ...box, class: "hidden-size" }, this.veil);
      const middle = { x: (x + width / 2) * cell, y: (y + height / 2) * cell, "font-size": 32, class: "sign" };
      svgElement("text", middle, this.veil).textContent = "?";
    }
  }

  /**
   * While the size is asked, nothing around the stage may tell it; nor what its numbers are, until the last sum was asked.
   *
   * @param {string} asked
   */
  withholdPage(asked) {
    for (const kind of ["size", "sum"]) document.documentElement.classList.toggle(`asking-${kind}`, asked === kind);
  }

  /** The questions that were not answered right, and a sentence over them. */
  missed() {
    const all = Array.from({ length: this.questions?.count ?? 0 }, (_, at) => at);
    const missed = all.filter((at) => this.answers.get(at)?.wrong !== "");
    return { missed, heading: words(missed.length ? "over.missed" : "over") };
  }

  /** Once the last question was asked: those that were missed, each a way back to its step. */
  showMissed() {
    const { kind, review } = this;
    review.hidden = !this.isOver;
    if (!this.isOver) return;
    const { missed, heading } = this.missed();
    const reviewed = `${kind} ${missed}`;
    if (this.reviewed === reviewed) return; // a button of it may have the focus
    this.reviewed = reviewed;
    const name = kind === "size" ? "missed.size" : "missed";
    const ways = missed.map((at) => button(words(name, { name: this.nameOf(at) }, this.questions?.layerView), () => this.again(at)));
    review.replaceChildren(heading, ...ways);
  }
}

/**
 * @param {string} label
 * @param {() => void} press
 */
function button(label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}
