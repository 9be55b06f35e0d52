// The maps of a bank of filters beside each other: a map, and any of its pixels, can be chosen.

import { find, findOf } from "./find.js";
import { fullAnswer, mapsOf, paintedAnswers, strongestOf } from "./image_bank.js";
import { drawPixels } from "./image_canvas.js";
import { painted } from "./image_convolution.js";
import { fill } from "./names.js";
import { writeSaid, writeShort } from "./numbers.js";

/** @import { Bank, BankMap, ImageMessage, Picture } from "./image_lab" */

const MANY = 7; // tiles beyond which they stand in two rows

export class BankTiles {
  /**
   * @param {HTMLElement} root
   * @param {(angle: number, place: [number, number] | null) => void} take is called with a filter and the pixel that was clicked
   */
  constructor(root, take) {
    this.root = root;
    this.take = take;
    /** What the maps were made of. @type {{ picture: Picture | null, said: string }} */
    this.made = { picture: null, said: "" };
    /** @type {Bank["filters"]} */
    this.filters = [];
    /** @type {BankMap[] | null} */
    this.maps = null;
    /** At each pixel, the map that answers most. @type {Uint8Array} */
    this.strongest = new Uint8Array();
    /** @type {Record<string, string>} */
    this.words = {};
    /** The pixel that is pointed at. @type {[number, number] | null} */
    this.pointed = null;
  }

  /**
   * @param {Picture} picture
   * @param {ImageMessage} message
   * @param {string[]} palette
   */
  show(picture, { bank, view, after, words }, palette) {
    this.root.hidden = !bank;
    this.words = words;
    if (!bank) return;
    const { chosen, ...asked } = bank;
    const said = JSON.stringify([asked, view, after, palette]);
    if (picture !== this.made.picture || said !== this.made.said) {
      this.made = { picture, said };
      this.filters = bank.filters;
      this.maps = mapsOf(picture, bank, after);
      if (this.maps) this.paint(this.maps, bank, view, after === "nothing" ? view : `${view}_relu`, words, palette);
    }
    find(this.root, ".tiles").hidden = !this.maps;
    find(this.root, "h2").textContent = fill(words.bank, { count: bank.filters.length });
    const use = this.maps ? words.bank_use : words.bank_too_small;
    find(this.root, ".bank-use").textContent = fill(use, { count: bank.filters.length });
    find(this.root, ".bank-scale").hidden = !this.maps;
    this.tiles().forEach((tile, at) => {
      if (this.filters[at]) tile.setAttribute("aria-pressed", String(this.filters[at].angle === chosen));
      else tile.removeAttribute("aria-pressed"); // all together are no filter
    });
  }

  /**
   * @param {BankMap[]} maps
   * @param {Bank} bank
   * @param {ImageMessage["view"]} view
   * @param {string} scale the name of the sentence on their scale, after `bank_`
   * @param {Record<string, string>} words
   * @param {string[]} palette
   */
  paint(maps, bank, view, scale, words, palette) {
    const count = maps.length;
    const full = fullAnswer(maps, bank, view);
    this.strongest = strongestOf(maps, view);
    this.build(count + 1);
    this.tiles().forEach((tile, at) => {
      const filter = this.filters[at];
      const name = filter ? fill(words.angle, { angle: filter.angle }) : words.together;
      find(tile, ".name").textContent = name;
      tile.setAttribute("aria-label", filter ? fill(words.map, { angle: filter.angle }) : fill(words.together_map, { count }));
      const kernel = findOf(tile, ".of-kernel", HTMLCanvasElement);
      kernel.hidden = !filter;
      if (filter) drawPixels(kernel, ...drawnKernel(filter.kernel.weights, palette));
      const which = filter ? () => at : (/** @type {number} */ index) => this.strongest[index];
      const canvas = findOf(tile, ".of-map", HTMLCanvasElement);
      drawPixels(canvas, maps[0], paintedAnswers(maps, which, full, view, palette));
      tile.onclick = (event) => this.chosen(at, event.detail ? placeIn(canvas, event) : this.pointed);
    });
    const end = writeSaid(full.value / full.divisor);
    find(this.root, ".bank-scale").textContent = fill(words[`bank_${scale}`], { end });
  }

  /** Keep so many tiles: one that has the focus stays. @param {number} count */
  build(count) {
    const place = find(this.root, ".tiles");
    place.style.setProperty("--across", String(count > MANY ? Math.ceil(count / 2) : count));
    while (place.children.length > count) place.lastElementChild?.remove();
    while (place.children.length < count) {
      const tile = document.createElement("button");
      Object.assign(tile, { type: "button", className: "tile" });
      tile.innerHTML =
        '<span class="of-filter"><canvas class="of-kernel"></canvas><span><b class="name"></b><span class="answer"></span></span></span>' +
        '<span class="frame"><canvas class="of-map"></canvas><span class="at" hidden></span></span>';
      place.append(tile);
    }
  }

  /** The size of its maps. */
  size() {
    const map = this.maps?.[0];
    return map ? { height: map.height, width: map.width } : null;
  }

  tiles() {
    return [...this.root.querySelectorAll("button")];
  }

  /**
   * @param {number} at which of the tiles
   * @param {[number, number] | null} place
   */
  chosen(at, place) {
    const map = this.maps?.[0];
    if (!map) return;
    const [y, x] = place ?? [map.height >> 1, map.width >> 1];
    const filter = this.filters[at] ?? this.filters[this.strongest[y * map.width + x]];
    this.take(filter.angle, place);
  }

  /**
   * Show what each filter answers at a pixel, and where that is: not where the maps are of another size than the result.
   *
   * @param {[number, number] | null} place
   * @param {{ height: number, width: number } | null} result
   */
  point(place, result) {
    const { maps } = this;
    const isSame = !!maps && !!result && result.height === maps[0].height && result.width === maps[0].width;
    this.pointed = isSame ? place : null;
    this.tiles().forEach((tile, at) => {
      const mark = find(tile, ".at");
      mark.hidden = !this.pointed;
      find(tile, ".answer").textContent = "";
      tile.removeAttribute("aria-description");
      if (!this.pointed || !maps) return;
      const { height, width } = maps[0];
      const [y, x] = this.pointed;
      const index = y * width + x;
      const map = maps[at] ?? maps[this.strongest[index]];
      const answer = writeShort(map.values[index] / map.divisor);
      find(tile, ".answer").textContent = answer;
      tile.setAttribute("aria-description", fill(this.words.answer, { answer, row: y, column: x }));
      Object.assign(mark.style, { top: `${(100 * (y + 0.5)) / height}%`, left: `${(100 * (x + 0.5)) / width}%` });
    });
  }
}

/**
 * The pixel of a map that a click meets.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {MouseEvent} event
 * @returns {[number, number] | null} null beside the map: then it is the filter alone that is chosen
 */
function placeIn(canvas, { clientX, clientY }) {
  const box = canvas.getBoundingClientRect();
  const y = Math.floor(((clientY - box.top) / box.height) * canvas.height);
  const x = Math.floor(((clientX - box.left) / box.width) * canvas.width);
  return y >= 0 && x >= 0 && y < canvas.height && x < canvas.width ? [y, x] : null;
}

/**
 * A kernel as a picture: its weights in the colours of values.
 *
 * @param {number[][]} weights
 * @param {string[]} palette
 * @returns {[{ height: number, width: number }, Uint8ClampedArray<ArrayBuffer>]}
 */
function drawnKernel(weights, palette) {
  const size = { height: weights.length, width: weights[0].length };
  return [size, painted({ ...size, values: Int32Array.from(weights.flat()) }, 1, "signed", palette)];
}
