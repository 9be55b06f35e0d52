// The picture in the first HTML: it is placed where the stage will be, and goes when the stage is there.

import { find, findOf } from "./find.js";
import { equationLines, evenUp, fitStage, NUMBERS_FROM, roomHeight } from "./fit.js";
import { layOutLegend } from "./legend_layout.js";

/** @import { LegendEntry, Strip } from "./wire" */

const UNIT = 100; // of the picture, to a cell
const SIDEBAR = 300; // what Streamlit and page.css leave around the stage, in pixels
const HAS_SIDEBAR_FROM = 769;
const IS_WIDE_FROM = 641;
const TOP = { wide: 176, narrow: 224 };
const UNDER = { wide: 90, narrow: 214.8 }; // a stage that is alone in the window, beside its lines of arithmetic
const LINE = 23.2;

const picture = find(document.body, "#first-picture");
const drawing = findOf(picture, "svg", SVGSVGElement);
/** @type {{ width: number, height: number, label_rows: number, positions: [number, number][] }[]} */
const arrangements = JSON.parse(drawing.dataset.arrangements ?? "[]");
/** @type {Strip[]} */
const strips = JSON.parse(drawing.dataset.strips ?? "[]");
/** @type {LegendEntry[]} */
const legend = JSON.parse(drawing.dataset.legend ?? "[]");
const isAlone = picture.dataset.alone === "true";

/** The place of the stage's canvas, or where it is going to be. */
function canvasPlace() {
  const canvas = document.querySelector(".stage-root .canvas");
  if (canvas) return canvas.getBoundingClientRect();
  const isWide = window.innerWidth >= IS_WIDE_FROM;
  const { clientWidth, clientHeight } = document.documentElement;
  const under = (isWide ? UNDER.wide : UNDER.narrow) + LINE * equationLines(Number(drawing.dataset.lines));
  if (isAlone) return { left: 8, top: 8, width: clientWidth - 16, height: clientHeight - 16 - under };
  const beside = window.innerWidth >= HAS_SIDEBAR_FROM ? SIDEBAR : 0;
  const air = isWide ? 16 : 12.8;
  return { left: beside + air, top: isWide ? TOP.wide : TOP.narrow, width: clientWidth - beside - 2 * air, height: 0 };
}

function place() {
  const { left, top, width, height } = canvasPlace();
  const room = isAlone ? height : roomHeight(width);
  const lines = layOutLegend(legend, Math.floor(width), room, 1).height;
  const { arrangement, best, cell, under, beside } = fitStage(arrangements, strips, Math.floor(width), room - lines, 1);
  const size = { width: arrangement.width * cell + beside, height: evenUp(arrangement.height * cell + under + lines) };
  Object.assign(picture.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
  picture.style.height = `${isAlone ? room : Math.max(room, size.height)}px`;
  drawing.setAttribute("width", String(size.width));
  drawing.setAttribute("height", String(size.height));
  drawing.setAttribute("viewBox", `0 0 ${(size.width / cell) * UNIT} ${(size.height / cell) * UNIT}`);
  drawing.style.setProperty("--cell", String(cell));
  drawing.style.setProperty("--label-rows", String(arrangement.label_rows));
  drawing.classList.toggle("small", cell < NUMBERS_FROM);
  [...findOf(picture, ".grids", SVGGElement).children].forEach((grid, index) => {
    const [x, y] = arrangement.positions[index];
    grid.setAttribute("transform", `translate(${x * UNIT} ${y * UNIT})`);
  });
  [...findOf(picture, ".around", SVGGElement).children].forEach((around, index) => around.toggleAttribute("hidden", index !== best));
}

function placeUntilTheStageIsThere() {
  place();
  new MutationObserver((_, observer) => {
    if (document.querySelector('.stage-root[data-ready="true"], [data-testid="stException"], [role="dialog"]')) {
      picture.remove();
      observer.disconnect();
    } else if (document.querySelector(".stage-root")) place();
  }).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-ready"] });
}

if (/[#&]predict=/.test(location.hash)) picture.remove(); // it would tell what is asked
else placeUntilTheStageIsThere();
