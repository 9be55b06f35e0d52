// The terms on a page explain themselves: they have dots under them, and who points at one reads what it means.

import { meanings } from "./meanings.js";

const MAIN = '[data-testid="stMain"] [data-testid="stMarkdownContainer"] :is(p, li, td)';
const BLOCKS = `${MAIN}, [data-testid="stWidgetLabel"] p, [data-film] p`;
const NOT_IN = ".stage-root, .katex, code, button, [role=radio], [role=tab], [role=dialog], h1, h2, h3, h4, h5, h6";
const GAP = 4; // px between a term and what is said of it
const REST = 300; // ms that a mouse rests on a term: one that only passes is told nothing

const words = Object.keys(meanings).sort((one, other) => other.length - one.length);
const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
const TERM = new RegExp(`(?<![\\p{L}\\p{N}_])(${escaped.join("|")})s?(?![\\p{L}\\p{N}_])`, "giu");

/** @typedef {{ range: Range, meaning: string }} Place */
/** Every first use of a term in a block of text. @type {Place[]} */
let places = [];

const said = Object.assign(document.createElement("div"), { className: "term-meaning", hidden: true });
said.setAttribute("role", "tooltip");
document.body.append(said);

/** Find the terms anew, and put dots under them where the browser can without changing the page. */
function find() {
  places = [...document.querySelectorAll(BLOCKS)].filter((block) => !block.closest(NOT_IN)).flatMap(termsIn);
  // in forced colours a highlight looks like text that was selected
  const marked = matchMedia("(forced-colors: active)").matches ? [] : places;
  if ("highlights" in CSS) CSS.highlights.set("term", new Highlight(...marked.map(({ range }) => range)));
}

/**
 * @param {Element} block
 * @returns {Place[]}
 */
function termsIn(block) {
  const seen = new Set();
  const found = [];
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement?.closest(NOT_IN)) continue;
    for (const match of (node.nodeValue ?? "").matchAll(TERM)) {
      const meaning = meanings[match[1].toLowerCase()];
      if (seen.has(meaning)) continue;
      seen.add(meaning);
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      found.push({ range, meaning });
    }
  }
  return found;
}

/**
 * Say what the term at a place of the window means; nothing where there is none.
 *
 * @param {number} x
 * @param {number} y
 */
function sayAt(x, y) {
  for (const { range, meaning } of places) {
    if (range.startContainer.parentElement?.closest("[inert]")) continue; // it lies behind presenter view
    const box = [...range.getClientRects()].find(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom);
    if (box) return say(meaning, box);
  }
  said.hidden = true;
}

/**
 * @param {string} meaning
 * @param {DOMRect} box
 */
function say(meaning, box) {
  if (!said.hidden && said.textContent === meaning) return;
  said.textContent = meaning;
  said.hidden = false;
  const { width, height } = said.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(box.left, innerWidth - width - GAP));
  const isAbove = box.top - GAP - height >= 0; // there it covers no control that the label belongs to
  Object.assign(said.style, { left: `${left}px`, top: `${isAbove ? box.top - GAP - height : box.bottom + GAP}px` });
}

/** Whether it happened to what is said: it stays while somebody points at it. @type {(event: Event) => boolean} */
const isOnIt = ({ target }) => target instanceof Node && said.contains(target);
const hide = () => {
  clearTimeout(resting);
  said.hidden = true;
};

let resting = 0;
document.addEventListener("pointermove", (event) => {
  if (event.pointerType !== "mouse" || isOnIt(event)) return;
  clearTimeout(resting);
  if (!event.buttons) resting = setTimeout(sayAt, said.hidden ? REST : REST / 3, event.clientX, event.clientY);
});
document.addEventListener("pointerdown", (event) => {
  if (!isOnIt(event)) sayAt(event.clientX, event.clientY);
});
document.addEventListener("keydown", hide, true);
document.addEventListener("scroll", hide, true);

let finding = 0;
new MutationObserver((changes) => {
  if (changes.every(({ target }) => target.parentElement?.closest(".stage-root"))) return; // a step of the player
  clearTimeout(finding);
  finding = setTimeout(find, 200); // once the page is at rest: a run changes it piece by piece
}).observe(document.body, { subtree: true, childList: true, characterData: true });
find();
