// The page of pictures: a picture under a kernel, computed here, so that a changed weight shows at once.

import { BankTiles } from "./bank_tiles.js";
import { isDark } from "./colors.js";
import { find, findOf } from "./find.js";
import { chosenOf, resultsOf } from "./image_after.js";
import { drawPixels } from "./image_canvas.js";
import { convolve, greyOf, largestOf, painted, undivided, windowAt } from "./image_convolution.js";
import { decode, readPicture } from "./image_file.js";
import { barsOfPixels, barsOfResults, drawBars } from "./image_histogram.js";
import { ImageWeights } from "./image_weights.js";
import { equation, showTaps } from "./image_window.js";
import { Mounted } from "./mounted.js";
import { fill } from "./names.js";
import { writeCount, writeNumber, writeSaid } from "./numbers.js";
import { saveFile } from "./save_file.js";
import { ThemeChanges } from "./theme_changes.js";

/** @import { ImageKernel, ImageMessage, Picture, Results, Sums } from "./image_lab" */

/** @typedef {(name: string, value: unknown) => void} Tell */

const RESULT_FILE = "result.png";
const FAR = 10; // pixels that an arrow key goes with Shift
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @typedef {{ picture: Picture, about: string, sample: string }} Own what is said about it, and what it stands in the place of */

/**
 * The window keeps the picture of somebody's own, until a sample is asked for. It outlives the lab, which goes with its
 * page, and while a control says what cannot be, and this script, which may be loaded anew.
 *
 * @type {Window & { ownPicture?: Own | null }}
 */
const kept = window;

class ImageLab {
  /**
   * @param {HTMLElement} root
   * @param {ImageMessage} message
   */
  constructor(root, message) {
    this.root = root;
    this.message = message;
    /** Says something to the server. @type {Tell} */
    this.send = () => {};
    /** @type {Picture | null} */
    this.picture = null;
    /** The sample that is shown, or that a picture of somebody's own stands in the place of. */
    this.sample = "";
    /** What is said about the picture: nothing about a sample. */
    this.about = "";
    /** How many times a picture was asked for: one that comes late does not take the place of a later one. */
    this.asked = 0;
    /** The kernel in use: what has come, or what was typed since. @type {ImageKernel} */
    this.kernel = message.kernel;
    /** @type {Sums | null} */
    this.sums = null;
    /** What is made of the sums, and shown. @type {Results | null} */
    this.result = null;
    /** The result that is pointed at. @type {[number, number] | null} */
    this.pointed = null;
    this.isPinned = false;
    /** The size of the result in which it is pointed at. @type {{ height: number, width: number } | null} */
    this.pointedIn = null;
    this.source = findOf(root, "canvas.source", HTMLCanvasElement);
    this.target = findOf(root, "canvas.result", HTMLCanvasElement);
    this.weights = new ImageWeights(
      find(root, ".weights"),
      (weights) => this.useKernel({ ...this.kernel, weights }),
      (weights) => this.send("weights", weights),
    );
    this.bank = new BankTiles(find(root, ".bank"), (angle, place) => this.takeFilter(angle, place));
    this.histograms = findOf(root, ".histograms", HTMLDetailsElement);
    this.histograms.ontoggle = () => this.showHistograms();
    this.theme = new ThemeChanges(root, () => this.paint());
    this.listen();
  }

  destroy() {
    this.theme.destroy();
    document.removeEventListener("paste", this.onPaste);
    document.removeEventListener("keydown", this.onEscape);
  }

  listen() {
    const chosen = findOf(this.root, "input[type=file]", HTMLInputElement);
    find(this.root, ".open").onclick = () => chosen.click();
    chosen.onchange = () => {
      if (chosen.files?.[0]) this.bring(chosen.files[0]);
      chosen.value = ""; // the same file once more is a choice, too
    };
    find(this.root, ".paste").onclick = () => this.paste();
    find(this.root, ".save").onclick = () => this.target.toBlob((file) => file && saveFile(file, RESULT_FILE));
    find(this.root, ".back").onclick = () => this.showSample();
    /** @param {ClipboardEvent} event */
    this.onPaste = ({ clipboardData }) => this.bringOne(clipboardData?.files);
    document.addEventListener("paste", this.onPaste);
    this.root.ondragover = (event) => {
      event.preventDefault();
      this.root.classList.add("dropping");
    };
    this.root.ondragleave = () => this.root.classList.remove("dropping");
    this.root.ondrop = (event) => {
      event.preventDefault();
      this.root.classList.remove("dropping");
      this.bringOne(event.dataTransfer?.files);
    };
    this.target.onpointermove = (event) => {
      if (!this.isPinned) this.point(this.placeUnder(event));
    };
    this.target.onclick = (event) => {
      this.isPinned = true;
      this.point(this.placeUnder(event));
    };
    this.target.onkeydown = (event) => this.key(event);
    /** Wherever the focus is, but where Escape is of what is typed in or of a dialog. @param {KeyboardEvent} event */
    this.onEscape = (event) => {
      const [target] = event.composedPath();
      const isOfOther = target instanceof Element && target.closest("input, textarea, [role=combobox], [role=dialog]");
      if (event.key !== "Escape" || isOfOther || document.querySelector("[role=dialog]")) return;
      this.isPinned = false;
      this.point(null);
    };
    document.addEventListener("keydown", this.onEscape);
  }

  /** @param {ImageMessage} message */
  apply(message) {
    this.message = message;
    find(this.root, ".stays").textContent = message.words.stays;
    if (this.weights.show(message.kernel.weights, message.limits.weight, message.words.weight)) {
      this.kernel = message.kernel;
    }
    const own = kept.ownPicture;
    if (this.sample === message.picture) this.compute();
    else if (!this.sample && own?.sample === message.picture) this.showOwn(own);
    else this.showSample();
  }

  /** @param {ImageKernel} kernel */
  useKernel(kernel) {
    this.kernel = kernel;
    this.compute();
  }

  /**
   * Ask the server for a filter of the bank; its result is then pointed at where its map was.
   *
   * @param {number} angle
   * @param {[number, number] | null} place
   */
  takeFilter(angle, place) {
    if (place) {
      this.isPinned = true;
      this.point(place);
      this.pointed = place; // also where the result is smaller that is still shown
      this.pointedIn = this.bank.size();
    }
    this.send("angle", angle);
    // Where most of the result is below the screen, as on a phone, a choice would seem to do nothing.
    const { top, bottom } = this.target.getBoundingClientRect();
    if ((top + bottom) / 2 > innerHeight) this.target.scrollIntoView({ block: "nearest" });
  }

  async showSample() {
    const { picture, name, limits, words } = this.message;
    const asked = ++this.asked;
    kept.ownPicture = null;
    this.sample = picture;
    this.tell("", false);
    try {
      const answer = await fetch(new URL(picture, window.__streamlit?.BACKEND_BASE_URL ?? location.href));
      if (!answer.ok) throw new Error(answer.statusText);
      const brought = await decode(await answer.blob(), limits.side);
      if (asked === this.asked) this.showPicture(brought.picture, name, "");
    } catch {
      if (asked !== this.asked) return;
      this.sample = ""; // the next run of the page asks again
      this.tell(words.no_sample, true);
    }
  }

  /** @param {Own} own */
  showOwn(own) {
    kept.ownPicture = own;
    this.sample = own.sample;
    this.showPicture(own.picture, this.message.words.own, own.about);
  }

  /** @param {FileList | undefined} files */
  bringOne(files) {
    const file = files?.[0];
    if (file) this.bring(file);
  }

  async paste() {
    try {
      for (const item of await navigator.clipboard.read()) {
        const type = item.types.find((one) => one.startsWith("image/"));
        if (type) return this.bring(await item.getType(type));
      }
    } catch {
      // a page that came over plain http has no clipboard of its own, and somebody may say no
    }
    this.tell(this.message.words.no_clipboard, true);
  }

  /** @param {Blob} file */
  async bring(file) {
    const { limits, words } = this.message;
    const asked = ++this.asked;
    const brought = await readPicture(file, limits);
    if (asked !== this.asked) return;
    if ("refused" in brought) {
      this.tell(fill(words[brought.refused], brought), true);
      return;
    }
    const { picture, width, height } = brought;
    const places = { width, height, shown_width: picture.width, shown_height: picture.height };
    const about = fill(picture.width === width && picture.height === height ? words.whole : words.scaled, places);
    this.showOwn({ picture, about, sample: this.message.picture });
  }

  /**
   * @param {string} text
   * @param {boolean} isRefusal
   */
  tell(text, isRefusal) {
    const told = find(this.root, ".told");
    told.textContent = text;
    told.classList.toggle("refused", isRefusal);
  }

  /**
   * @param {Picture} picture
   * @param {string} name
   * @param {string} about
   */
  showPicture(picture, name, about) {
    this.picture = picture;
    this.about = about;
    this.tell(about, false);
    this.pointed = null;
    this.isPinned = false;
    find(this.root, ".back").hidden = !about;
    this.source.setAttribute("aria-label", name);
    const size = { name, height: picture.height, width: picture.width };
    find(this.root, ".source-size").textContent = fill(this.message.words.source, size);
    const colours = new Uint32Array(picture.pixels.length);
    picture.pixels.forEach((pixel, index) => (colours[index] = 0xff000000 + 0x010101 * pixel));
    drawPixels(this.source, picture, new Uint8ClampedArray(colours.buffer));
    this.compute();
  }

  compute() {
    if (!this.picture) return;
    const { moving, after, words } = this.message;
    this.sums = convolve(this.picture, this.kernel.weights, moving);
    this.result = this.sums && resultsOf(this.sums, this.kernel, after);
    if (!this.result) this.tell(this.sums ? words.too_small_to_pool : words.too_small, true);
    else if (this.target.hidden) this.tell(this.about, false);
    this.target.hidden = !this.result;
    find(this.root, ".save").hidden = !this.result;
    this.paint();
  }

  paint() {
    const { result, kernel, message } = this;
    const ground = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const palette = message.palettes[/^#\w{6}$/.test(ground) && isDark(ground) ? "dark" : "light"];
    if (this.picture) this.bank.show(this.picture, message, palette);
    if (!result) {
      this.point(null);
      return;
    }
    const { view, after, words } = message;
    drawPixels(this.target, result, painted(result, kernel.divisor, view, palette));
    this.root.dataset.ready = "true";
    find(this.root, ".result-size").textContent = fill(words.result, { height: result.height, width: result.width });
    const largest = writeSaid(largestOf(result) / kernel.divisor);
    const scale = words[after === "nothing" ? view : `${view}_relu`];
    find(this.root, ".scale").textContent = fill(scale, { largest, ...beyond(result, kernel.divisor) });
    this.target.setAttribute("aria-label", words.keys);
    const { divisor, offset } = kernel;
    const over = fill(words[overWords(kernel)], { divisor: writeNumber(divisor), offset: writeNumber(offset) });
    find(this.root, ".over").textContent = inOneLine([over, words[after]]);
    this.showHistograms();
    this.point(this.carriedOver(result));
  }

  /**
   * Where it is pointed at in a result of another size: at the same place in the picture.
   *
   * @param {{ height: number, width: number }} result
   * @returns {[number, number] | null}
   */
  carriedOver({ height, width }) {
    const { pointed, pointedIn } = this;
    if (!pointed || !pointedIn) return pointed;
    return [Math.floor((pointed[0] * height) / pointedIn.height), Math.floor((pointed[1] * width) / pointedIn.width)];
  }

  /** Only while they are open: a changed weight has to show at once. */
  showHistograms() {
    const { picture, result, kernel, root } = this;
    const { view, words } = this.message;
    find(root, ".histograms summary").textContent = words.histograms;
    if (!this.histograms.open || !picture || !result) return;
    const largest = largestOf(result);
    const end = writeSaid(largest / kernel.divisor);
    const bars = { source: barsOfPixels(picture.pixels), result: barsOfResults(result, kernel.divisor, view, largest) };
    for (const [name, counts] of Object.entries(bars)) {
      drawBars(findOf(root, `.${name}-bars`, SVGElement), counts);
      const said = words[`histogram_${name === "source" || view === "signed" ? name : "shown"}`];
      find(root, `.${name}-said`).textContent = fill(said, { end, most: writeCount(Math.max(...counts)) });
    }
  }

  /** @param {MouseEvent} event @returns {[number, number] | null} */
  placeUnder({ clientX, clientY }) {
    if (!this.result) return null;
    const box = pictureBox(this.target);
    const [x, y] = [(clientX - box.left) / box.scale, (clientY - box.top) / box.scale];
    return [Math.floor(y), Math.floor(x)];
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.result || event.ctrlKey || event.metaKey || event.altKey) return;
    const { height, width } = this.result;
    const [y, x] = this.pointed ?? [Math.floor(height / 2), Math.floor(width / 2)];
    if (event.key in ARROWS) {
      event.preventDefault();
      event.stopPropagation();
      const [down, across] = this.pointed ? ARROWS[event.key] : [0, 0];
      const far = event.shiftKey ? FAR : 1;
      this.isPinned = true;
      this.point([y + far * down, x + far * across]);
    }
  }

  /** @param {[number, number] | null} place one beyond the result's edge is brought there */
  point(place) {
    const { sums, result, picture, kernel, message } = this;
    const marks = [find(this.root, ".mark.window"), find(this.root, ".mark.pixel")];
    const [title, link] = [find(this.root, ".place"), findOf(this.root, ".to-stage", HTMLAnchorElement)];
    const taps = find(this.root, ".taps");
    this.pointed = place;
    if (!place || !sums || !result || !picture) {
      marks.forEach((mark) => (mark.hidden = true));
      link.hidden = true;
      taps.replaceChildren();
      title.textContent = message.words.point;
      find(this.root, ".equation").textContent = "";
      this.bank.point(null, result);
      return;
    }
    const y = Math.max(0, Math.min(result.height - 1, place[0]));
    const x = Math.max(0, Math.min(result.width - 1, place[1]));
    this.pointed = [y, x];
    this.pointedIn = { height: result.height, width: result.width };
    this.bank.point(this.pointed, result);
    const { moving, words, limits } = message;
    const chosen = message.after === "relu_pool" ? chosenOf(sums, kernel, y, x) : null;
    const { row, column } = chosen ?? { row: y, column: x };
    const pixels = windowAt(picture, kernel.weights, moving, row, column);
    title.textContent = fill(words.place, { row: y, column: x });
    showTaps(taps, pixels, kernel.weights);
    find(this.root, ".equation").textContent = this.said(sums.sums[row * sums.width + column], chosen);
    const [rows, columns] = [kernel.weights.length, kernel.weights[0].length];
    const top = row * moving.stride - moving.padding[0];
    const left = column * moving.stride - moving.padding[1];
    const extent = [moving.dilation * (rows - 1) + 1, moving.dilation * (columns - 1) + 1];
    layOver(marks[0], this.source, top, left, extent[0], extent[1]);
    layOver(marks[1], this.target, y, x, 1, 1);
    link.hidden = Math.max(rows, columns) > limits.stage;
    link.href = fill(message.stage, { rows, columns, input: inLink(pixels), kernel: inLink(kernel.weights) });
    link.textContent = words.to_stage;
  }

  /**
   * What becomes of a sum, to the colour that is shown.
   *
   * @param {number} sum
   * @param {ReturnType<typeof chosenOf> | null} chosen where it was chosen by the pooling
   */
  said(sum, chosen) {
    const { kernel } = this;
    const { words, view, after } = this.message;
    const value = undivided(sum, kernel);
    const sentences = [fill(words.equation, { equation: equation(sum, kernel) })];
    if (after !== "nothing") sentences.push(value < 0 ? words.relu_cuts : words.relu_keeps);
    if (chosen) {
      const cells = chosen.cells.map((cell) => writeNumber(cell / kernel.divisor)).join(", ");
      sentences.push(fill(words.pooled, { cells, row: chosen.row, column: chosen.column }));
    }
    const shown = after === "nothing" ? value : Math.max(0, value);
    const grey = greyOf(view === "magnitude" ? Math.abs(shown) : shown, kernel.divisor);
    if (view !== "signed") sentences.push(fill(words.shown, { grey }));
    return inOneLine(sentences);
  }
}

/** Sentences, of which some may be empty, as one line. @param {string[]} sentences */
function inOneLine(sentences) {
  return sentences.filter(Boolean).join(" ");
}

/**
 * Where the picture of a canvas stands in the window, and how many pixels of the screen one of its own has.
 *
 * @param {HTMLCanvasElement} canvas
 */
function pictureBox(canvas) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return { left, top, scale: Math.min(width / canvas.width, height / canvas.height) };
}

/**
 * Lay a mark over cells of a picture.
 *
 * @param {HTMLElement} mark
 * @param {HTMLCanvasElement} canvas
 * @param {number} top
 * @param {number} left
 * @param {number} rows
 * @param {number} columns
 */
function layOver(mark, canvas, top, left, rows, columns) {
  const { scale } = pictureBox(canvas);
  mark.hidden = false;
  const size = { top, left, height: rows, width: columns };
  for (const [name, cells] of Object.entries(size)) mark.style.setProperty(name, `${cells * scale}px`);
}

/**
 * How many results lie below 0, and how many above 255.
 *
 * @param {Results} results
 * @param {number} divisor
 */
function beyond({ values }, divisor) {
  let [below, above] = [0, 0];
  for (const value of values) {
    if (value < 0) below += 1;
    else if (value > 255 * divisor) above += 1;
  }
  return { below: writeCount(below), above: writeCount(above) };
}

/** The name of the sentence on what is done to a sum. @param {ImageKernel} kernel */
function overWords({ divisor, offset }) {
  if (offset) return divisor === 1 ? "added" : "with_offset";
  return divisor === 1 ? "sum" : "divided";
}

/** Rows of numbers as a link has them. @param {number[][]} rows */
function inLink(rows) {
  return rows.map((row) => row.join("+")).join("_");
}

/** @type {Mounted<ImageLab>} */
const labs = new Mounted();

/** @param {{ parentElement: HTMLElement, data: ImageMessage, setTriggerValue: Tell }} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const { life: lab, leave } = labs.at(find(parentElement, ".lab"), (root) => new ImageLab(root, data));
  lab.send = setTriggerValue;
  lab.apply(data);
  return leave;
}
