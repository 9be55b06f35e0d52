// Grey pictures beside each other, each at a whole zoom, with a pixel marked; a click says which pixel it was.

import { findOf } from "./find.js";
import { Mounted } from "./mounted.js";

/** @import { PictureRowMessage, ShownPicture } from "./picture_row" */

/** @typedef {{ name: string, row: number, column: number }} Picked */

class PictureRow {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {PictureRowMessage} */
    this.message = { pictures: [], widest: 0 };
    /** Says which pixel was clicked. @type {(picked: Picked) => void} */
    this.pick = () => {};
    this.watcher = new ResizeObserver(() => this.zoom());
    this.watcher.observe(root);
  }

  destroy() {
    this.watcher.disconnect();
  }

  /** @param {PictureRowMessage} message */
  apply(message) {
    this.message = message;
    this.root.style.setProperty("--widest", `${message.widest}px`);
    const { length } = message.pictures;
    while (this.root.children.length > length) this.root.lastElementChild?.remove();
    while (this.root.children.length < length) this.root.append(newFigure());
    message.pictures.forEach((picture, index) => this.show(this.figure(index), picture));
    this.zoom();
    this.root.dataset.ready = "true";
  }

  /** @param {number} index */
  figure(index) {
    return /** @type {HTMLElement} */ (this.root.children[index]);
  }

  /**
   * @param {HTMLElement} figure
   * @param {ShownPicture} picture
   */
  show(figure, picture) {
    const { name, title, number, caption, height, width, alt } = picture;
    figure.dataset.name = name;
    const titles = document.createElement("strong");
    titles.textContent = title;
    const numbers = document.createElement("b");
    numbers.className = "number";
    numbers.textContent = number;
    findOf(figure, "figcaption", HTMLElement).replaceChildren(titles, numbers, number ? " · " : "", caption);
    const canvas = findOf(figure, "canvas", HTMLCanvasElement);
    Object.assign(canvas, { width, height });
    canvas.setAttribute("aria-label", alt);
    const colours = Uint32Array.from(atob(picture.pixels), (byte) => 0xff000000 + 0x010101 * byte.charCodeAt(0));
    const data = new ImageData(new Uint8ClampedArray(colours.buffer), width, height);
    canvas.getContext("2d", { willReadFrequently: true })?.putImageData(data, 0, 0);
    canvas.onclick = ({ clientX, clientY }) => {
      const box = canvas.getBoundingClientRect();
      const row = Math.floor(((clientY - box.top) / box.height) * height);
      const column = Math.floor(((clientX - box.left) / box.width) * width);
      this.pick({ name, row: within(row, height), column: within(column, width) });
    };
  }

  /** Draws each picture at the largest whole zoom that there is room for. */
  zoom() {
    const room = Math.min(this.message.widest, this.root.clientWidth);
    this.message.pictures.forEach(({ height, width, mark }, index) => {
      const figure = this.figure(index);
      const zoom = Math.max(1, Math.floor(room / width));
      const canvas = findOf(figure, "canvas", HTMLCanvasElement);
      canvas.style.width = `${width * zoom}px`;
      canvas.style.height = `${height * zoom}px`;
      const [row, column, span] = mark;
      const size = { top: row * zoom - 2, left: column * zoom - 2, width: span * zoom, height: span * zoom };
      const style = findOf(figure, ".mark", HTMLElement).style;
      for (const [side, length] of Object.entries(size)) style.setProperty(side, `${length}px`);
    });
  }
}

/**
 * @param {number} place
 * @param {number} length
 */
function within(place, length) {
  return Math.max(0, Math.min(length - 1, place));
}

function newFigure() {
  const figure = document.createElement("figure");
  figure.innerHTML =
    '<figcaption></figcaption><div class="frame"><canvas role="img"></canvas><div class="mark"></div></div>';
  return figure;
}

/** @type {Mounted<PictureRow>} */
const rows = new Mounted();

/**
 * @param {{
 *   parentElement: HTMLElement,
 *   data: PictureRowMessage,
 *   setTriggerValue: (name: string, value: unknown) => void,
 * }} component
 */
export default function ({ parentElement, data, setTriggerValue }) {
  const { life: row, leave } = rows.at(findOf(parentElement, ".picture-row", HTMLElement), (root) => new PictureRow(root));
  row.pick = (picked) => setTriggerValue("pixel", picked);
  row.apply(data);
  return leave;
}
