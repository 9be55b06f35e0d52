// What a teacher shows with in presenter view: a pen that draws over the stage, and a spotlight round the pointer.

import { find, findOf } from "./find.js";

export class Pen {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.paper = findOf(root, ".paper", SVGSVGElement);
    this.button = find(root, "[data-control=pen]");
    /** What is being drawn. @type {SVGPolylineElement | null} */
    this.line = null;
    this.paper.addEventListener("pointerdown", (event) => this.begin(event));
    this.paper.addEventListener("pointermove", (event) => this.draw(event));
    for (const end of ["pointerup", "pointercancel"]) this.paper.addEventListener(end, () => (this.line = null));
    this.set(false);
  }

  get isOn() {
    return !this.paper.classList.contains("away");
  }

  /** @param {boolean} isOn; put away, it leaves what it drew */
  set(isOn) {
    this.line = null;
    this.paper.classList.toggle("away", !isOn);
    this.button.setAttribute("aria-pressed", String(isOn));
  }

  /** @param {PointerEvent} event */
  begin(event) {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault(); // nothing is selected, and the focus stays where it is
    this.paper.setPointerCapture(event.pointerId);
    this.line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
    this.paper.append(this.line);
    this.draw(event);
    this.draw(event); // a dot is a line from a point to itself
  }

  /** @param {PointerEvent} event */
  draw(event) {
    if (!this.line || !event.isPrimary) return;
    const point = this.paper.createSVGPoint();
    [point.x, point.y] = [event.clientX, event.clientY];
    this.line.points.appendItem(point);
  }

  wipe() {
    this.line = null;
    this.paper.replaceChildren();
  }
}

export class Spotlight {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.light = find(root, ".spotlight");
    this.button = find(root, "[data-control=spotlight]");
    root.addEventListener("pointermove", ({ clientX, clientY }) => {
      this.light.style.setProperty("--x", `${clientX}px`);
      this.light.style.setProperty("--y", `${clientY}px`);
    });
    this.set(false);
  }

  get isOn() {
    return !this.light.hidden;
  }

  /** @param {boolean} isOn */
  set(isOn) {
    this.light.hidden = !isOn;
    this.button.setAttribute("aria-pressed", String(isOn));
  }
}
