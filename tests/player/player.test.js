// Playing: from step to step, as fast as it is asked to, and no further than the last.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Player } from "../../stage/player/player.js";
import { Timeline } from "../../stage/player/timeline.js";
import { TRANSPOSED, WINDOWS, separableTable } from "./tables.js";

const { layers, steps } = separableTable();
const LAST = steps.output.length - 1;

let now = 0;
/** What is to be done in the next frame. @type {FrameRequestCallback[]} */
let frames = [];
/** The steps that were shown. @type {number[]} */
let shown = [];
let player = newPlayer();

/** A player that notes what it shows, and has nothing to play yet. */
function newPlayer() {
  Object.assign(globalThis, {
    document: { addEventListener() {}, hidden: false },
    /** @param {FrameRequestCallback} draw */
    requestAnimationFrame: (draw) => frames.push(draw),
    cancelAnimationFrame: () => (frames = []),
    performance: { now: () => now },
  });
  return new Player(
    () => shown.push(player.step),
    () => {},
    () => {},
  );
}

beforeEach(() => {
  now = 0;
  frames = [];
  shown = [];
  player = newPlayer();
  player.disabled = false;
  player.load(new Timeline(layers));
});

/**
 * Let so many milliseconds pass, and the browser draw a frame.
 *
 * @param {number} milliseconds
 */
function frame(milliseconds) {
  now += milliseconds;
  const [draw] = frames.splice(0);
  draw?.(now);
}

/** Press play, and let the first frame come as late as it likes: it shows the step at which playing begins. */
function play() {
  const { step } = player;
  player.play();
  frame(10_000);
  assert.equal(player.step, step);
}

test("a step is never before the first or after the last", () => {
  player.go(-1);
  assert.equal(player.step, 0);
  player.go(LAST + 1);
  assert.equal(player.step, LAST);
});

test("faster and slower go through the speeds, and stay at their ends", () => {
  /** @type {number[]} */
  const seen = [];
  for (let press = 0; press < 8; press++) {
    player.faster(1);
    seen.push(player.speed);
  }
  assert.deepEqual(seen, [4, 8, 15, 30, 60, 60, 60, 60]);
  for (let press = 0; press < 9; press++) player.faster(-1);
  assert.equal(player.speed, 0.5);
});

test("two steps a second are shown in a second, and playing ends at the last step", () => {
  play();
  for (let tenth = 0; tenth < 10; tenth++) frame(100);
  assert.deepEqual(shown, [1, 2]);
  for (let second = 0; second < 2 * LAST; second++) frame(500);
  assert.equal(player.step, LAST);
  assert.equal(player.playing, false);
  player.play();
  assert.equal(player.step, 0);
});

test("a late frame shows one step, and skips none", () => {
  player.speed = 60;
  play();
  for (let late = 0; late < 5; late++) frame(10_000);
  assert.deepEqual(shown, [1, 2, 3, 4, 5]);
  frame(1);
  frame(1);
  assert.equal(player.step, 5); // what the late frames owed is not made up for
});

test("a loop begins again", () => {
  player.setLoop(true);
  player.go(LAST - 1);
  play();
  frame(600);
  frame(600);
  assert.equal(player.step, 0);
  assert.equal(player.playing, true);
});

test("another granularity goes on at the same output", () => {
  player.go(3);
  player.setGranularity("tap");
  assert.equal(player.step, steps.tap.findIndex(({ layer, filter, position }) => layer + filter === 0 && position === 3));
});

test("another record with the same loops keeps the step, and one with others begins at the first", () => {
  player.go(3);
  player.load(new Timeline(structuredClone(layers)));
  assert.equal(player.step, 3);
  player.load(new Timeline(WINDOWS[0].layers));
  assert.equal(player.step, 0);
});

test("what one step is, is kept where the new record has it, and is else the first that it has", () => {
  player.setGranularity("channel");
  player.load(new Timeline(WINDOWS[1].layers));
  assert.equal(player.granularity, "channel");
  player.load(new Timeline(TRANSPOSED[0].layers));
  assert.equal(player.granularity, "stamp");
});

test("a record that opens with another granularity is played in it, until somebody chooses one", () => {
  const [{ layers: stamps }] = TRANSPOSED;
  const other = newPlayer();
  other.load(new Timeline(stamps, "output"));
  assert.equal(other.granularity, "output");
  other.load(new Timeline(stamps));
  assert.equal(other.granularity, "stamp");
  other.setGranularity("multiply");
  other.load(new Timeline(stamps, "output"));
  assert.equal(other.granularity, "multiply");
});

test("at first a step is the first that there is", () => {
  const other = newPlayer();
  other.load(new Timeline(TRANSPOSED[0].layers));
  assert.equal(other.granularity, "stamp");
});

test("nothing is played before there is something", () => {
  const empty = newPlayer();
  empty.toggle();
  assert.equal(empty.playing, false);
  assert.throws(() => empty.count, /nothing to play/);
});
