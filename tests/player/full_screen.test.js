// The whole screen for presenter view, which the browser gives and takes a while after it was asked for.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { FullScreen } from "../../stage/player/full_screen.js";

/** What the browser has been asked for and has not done yet. @type {(() => void)[]} */
let asked = [];
/** @type {(() => void) | undefined} */
let onChange;
let left = 0;
/** @type {FullScreen} */
let screen;

/** Let the browser do what it was asked for. */
function answer() {
  for (const act of asked.splice(0)) act();
}

beforeEach(() => {
  asked = [];
  left = 0;
  const element = { requestFullscreen: () => become(element) };
  /** @param {object | null} whole */
  const become = (whole) => {
    asked.push(() => {
      if (page.fullscreenElement === whole) return;
      page.fullscreenElement = whole;
      onChange?.();
    });
    return Promise.resolve();
  };
  const page = {
    documentElement: element,
    /** @type {object | null} */
    fullscreenElement: null,
    exitFullscreen: () => become(null),
    /** @type {(event: string, listener: () => void) => void} */
    addEventListener: (_, listener) => (onChange = listener),
  };
  Object.assign(globalThis, { document: page });
  screen = new FullScreen(() => (left += 1));
});

test("who leaves it leaves presenter view", () => {
  screen.take();
  answer();
  assert.equal(screen.isFull, true);
  document.exitFullscreen(); // the browser's own Escape
  answer();
  assert.deepEqual([screen.isFull, left], [false, 1]);
});

test("left and taken again before the browser has answered, it is there in the end, and nobody has left it", () => {
  screen.take();
  answer();
  screen.leave();
  screen.take();
  answer();
  answer();
  assert.deepEqual([screen.isFull, left], [true, 0]);
});

test("taken and left before the browser has answered, it is not there in the end", () => {
  screen.take();
  screen.leave();
  answer();
  answer();
  assert.deepEqual([screen.isFull, left], [false, 0]);
});
