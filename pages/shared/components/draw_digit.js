// Paper to draw a digit on, by mouse, finger or stylus, or by keys: after each stroke the server hears of all of them.

/** @import { Component } from "./component" */

/**
 * @typedef {{ strokes: number[][], units: number, pen: number, most_points: number, most_strokes: number, label: string, undo: string,
 *   clear: string }} Data
 */

/** What is drawn on each paper, each stroke as x, y, x, y and so on, and where its pen stands for who draws by keys.
 * @type {WeakMap<HTMLCanvasElement, { strokes: number[][], pen: [number, number], isDown: boolean, pointer: number | null }>} */
const papers = new WeakMap();
const STEP = 10;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/**
 * @template {Element} Kind
 * @param {HTMLElement} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the component has no ${selector}`);
  return found;
}

/** @param {HTMLCanvasElement} canvas */
function inkOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser draws nothing");
  return context;
}

/** @param {Component<Data>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const canvas = find(parentElement, "canvas", HTMLCanvasElement);
  const [undo, clear] = [".undo", ".clear"].map((one) => find(parentElement, one, HTMLButtonElement));
  const context = inkOf(canvas);
  canvas.setAttribute("aria-label", data.label);
  undo.textContent = data.undo;
  clear.textContent = data.clear;
  const middle = data.units / 2;
  const paper = papers.get(canvas) ?? { strokes: data.strokes.map((one) => [...one]), pen: [middle, middle], isDown: false, pointer: null };
  papers.set(canvas, paper);

  const scale = 2; // for screens with two pixels a pixel
  if (canvas.width !== data.units * scale) canvas.width = canvas.height = data.units * scale;

  function draw() {
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, data.units, data.units);
    const ink = getComputedStyle(canvas).color;
    Object.assign(context, { strokeStyle: ink, fillStyle: ink, lineWidth: data.pen, lineCap: "round", lineJoin: "round" });
    for (const stroke of paper.strokes) {
      context.beginPath();
      context.moveTo(stroke[0], stroke[1]);
      for (let at = 0; at < stroke.length; at += 2) context.lineTo(stroke[at], stroke[at + 1]);
      context.stroke();
      if (stroke.length > 2) continue;
      context.arc(stroke[0], stroke[1], data.pen / 2, 0, 2 * Math.PI); // of a line without a length nothing is drawn
      context.fill();
    }
    if (document.activeElement === canvas || canvas.matches(":focus-visible")) {
      context.globalAlpha = paper.isDown ? 1 : 0.4;
      context.lineWidth = 1.5;
      context.beginPath();
      context.arc(...paper.pen, data.pen / 2 + 2, 0, 2 * Math.PI);
      context.stroke();
      context.globalAlpha = 1;
    }
    undo.disabled = clear.disabled = paper.strokes.length === 0;
  }

  function say() {
    draw();
    setTriggerValue("drawn", paper.strokes.map((one) => [...one]));
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  function place(event) {
    const box = canvas.getBoundingClientRect();
    /** @param {number} at @param {number} start @param {number} length */
    const unit = (at, start, length) => Math.round(Math.max(0, Math.min(1, (at - start) / length)) * data.units);
    return [unit(event.clientX, box.left, box.width), unit(event.clientY, box.top, box.height)];
  }

  /** @param {[number, number]} at */
  function begin(at) {
    if (paper.strokes.length < data.most_strokes) paper.strokes.push([...at]);
  }

  /** @param {[number, number]} at */
  function go(at) {
    const stroke = paper.strokes.at(-1);
    const points = paper.strokes.reduce((sum, one) => sum + one.length / 2, 0);
    if (stroke && points < data.most_points) stroke.push(...at);
  }

  canvas.onpointerdown = (event) => {
    if (paper.pointer !== null || event.button !== 0) return;
    paper.pointer = event.pointerId;
    canvas.setPointerCapture(event.pointerId);
    begin(place(event));
    draw();
  };
  canvas.onpointermove = (event) => {
    if (event.pointerId !== paper.pointer) return;
    const [x, y] = place(event);
    const [lastX, lastY] = paper.strokes.at(-1)?.slice(-2) ?? [x, y];
    if (Math.hypot(x - lastX, y - lastY) < 3) return;
    go([x, y]);
    draw();
  };
  canvas.onpointerup = canvas.onpointercancel = (event) => {
    if (event.pointerId !== paper.pointer) return;
    paper.pointer = null;
    say();
  };
  canvas.onkeydown = (event) => {
    const way = WAYS[event.key];
    if ((!way && event.key !== " ") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (way) {
      const [x, y] = paper.pen.map((one, axis) => Math.max(0, Math.min(data.units, one + way[axis])));
      paper.pen = [x, y];
      if (paper.isDown) go(paper.pen);
      draw();
      return;
    }
    paper.isDown = !paper.isDown;
    if (paper.isDown) {
      begin(paper.pen);
      draw();
    } else say();
  };
  canvas.onfocus = draw;
  canvas.onblur = () => {
    const wasDown = paper.isDown;
    paper.isDown = false;
    if (wasDown) say();
    else draw();
  };
  undo.onclick = () => {
    paper.strokes.pop();
    say();
  };
  clear.onclick = () => {
    paper.strokes = [];
    say();
  };
  draw();
}
