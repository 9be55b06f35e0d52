// The whole screen for presenter view, which the browser gives and takes a while after it was asked for.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { FullScreen } from "../../stage/player/full_screen.js";

/** What the browser has been asked for and has not done yet. @type {(() => void)[]} */
let asked = [];
/** @type {(() => void) | undefined} */
let onChange;
let left = 0;
let isPresented = false; // whether the page that is there wants the screen
/** @type {FullScreen} */
let screen;

/** Let the browser do what it was asked for. */
function answer() {
  for (const act of asked.splice(0)) act();
}

beforeEach(() => {
  asked = [];
  left = 0;
  isPresented = false;
  const element = { requestFullscreen: () => become(element), matches: () => isPresented };
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
    querySelector: () => null,
    removeEventListener: () => {},
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

/**
 * Let time pass in small steps: a look may be followed by another one.
 *
 * @param {number} ms
 */
function pass(ms) {
  for (let at = 0; at < ms; at += 50) mock.timers.tick(50);
}

/** The page is gone that has the screen. */
function replace() {
  mock.timers.enable({ apis: ["setTimeout"] });
  screen.take();
  answer();
  screen.handOver();
  screen.leave();
  screen.destroy();
  answer();
}

test("the next page of a lesson has the screen, and may leave it", () => {
  replace();
  mock.timers.tick(1000);
  isPresented = true;
  const next = new FullScreen(() => (left += 1));
  next.inherit();
  pass(60_000);
  answer();
  assert.deepEqual([next.isFull, left], [true, 0]);
  next.leave();
  answer();
  assert.equal(document.fullscreenElement, null);
  mock.timers.reset();
});

test("where no page comes that wants the screen, it is given back", () => {
  replace();
  pass(60_000);
  answer();
  assert.equal(document.fullscreenElement, null);
  mock.timers.reset();
});
