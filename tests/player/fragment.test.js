// The player's state in the address: what is written of it, and what is read again.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { separableTable } from "./tables.js";

/** @import { PlacedGrid, Stage } from "../../stage/player/types" */

/** The address that was written last. */
let written = "";

/**
 * What the modules use of a browser: an address, and events that nobody fires.
 *
 * @param {string} hash
 */
function openBrowser(hash) {
  const listen = { addEventListener() {}, removeEventListener() {} };
  Object.assign(globalThis, {
    window: { ...listen },
    document: { ...listen, hidden: false },
    location: { hash, pathname: "/standard", search: "?v=1" },
    history: {
      state: "kept",
      /** @type {(state: string, title: string, address: string) => void} */
      replaceState(state, _, address) {
        assert.equal(state, "kept");
        location.hash = address.includes("#") ? address.slice(address.indexOf("#")) : "";
        written = address;
      },
    },
  });
}

const { Fragment } = await import("../../stage/player/fragment.js");
const { Player } = await import("../../stage/player/player.js");
const { Timeline } = await import("../../stage/player/timeline.js");

const { layers } = separableTable();
const GRIDS = /** @type {PlacedGrid[]} */ ([
  { role: "input", channel: 1, layer: 0, rows: 3, columns: 4, index: 0 },
  { role: "middle", channel: 2, layer: 1, rows: 2, columns: 3, index: 1 },
]);

let { stage, fragment } = openStage("");

beforeEach(() => ({ stage, fragment } = openStage("")));

/**
 * What a fragment asks of a stage, opened at an address, and the fragment.
 *
 * @param {string} hash
 */
function openStage(hash) {
  openBrowser(hash);
  const player = new Player(
    () => {},
    () => {},
    () => {},
  );
  player.disabled = false;
  const timeline = new Timeline(layers);
  player.load(timeline);
  const asked = {
    player,
    timeline,
    pointer: { pinned: null, restore() {} },
    picture: { grids: GRIDS },
    sentence: { textContent: "" },
    prediction: {
      kind: "",
      /** @param {string} asked */
      choose(asked) {
        this.kind = asked === "sum" ? asked : "";
      },
    },
    digits: {
      choice: "short",
      /** @param {string} choice */
      choose(choice) {
        this.choice = choice;
      },
    },
    updating: false,
  };
  const opened = /** @type {Stage} */ (/** @type {unknown} */ (asked));
  const own = new Fragment(opened);
  own.settle();
  return { stage: opened, fragment: own };
}

test("nothing is written of a player as it is at first", () => {
  assert.equal(fragment.text(), "");
});

test("a step counts from 1, and all that differs is written in one order", () => {
  stage.player.go(4);
  assert.equal(fragment.text(), "step=5");
  Object.assign(stage.player, { granularity: "tap", speed: 30, loop: true });
  assert.equal(fragment.text(), "step=5&grain=tap&speed=30&loop=1");
  stage.pointer.pinned = { grid: GRIDS[0], cell: 7 };
  assert.equal(fragment.text(), "step=5&grain=tap&speed=30&loop=1&pin=input.1.7");
  stage.pointer.pinned = { grid: GRIDS[1], cell: 5 };
  assert.equal(fragment.text(), "step=5&grain=tap&speed=30&loop=1&pin=middle.2.5.1");
});

test("what is written goes into the address behind the query, and what the history keeps stays", () => {
  stage.player.go(2);
  fragment.write();
  assert.equal(written, "/standard?v=1#step=3");
  stage.player.go(0);
  fragment.write();
  assert.equal(written, "/standard?v=1");
});

for (const text of ["", "step=7", "step=42", "grain=channel", "step=3&grain=tap&speed=0.5&loop=1&pin=middle.2.5.1", "pin=input.1.0", "step=2&digits=two&predict=sum"]) {
  test(`what "${text}" says is shown, and written again`, () => {
    ({ stage, fragment } = openStage(`#${text}`));
    assert.equal(fragment.text(), text);
    assert.equal(stage.sentence.textContent, "");
  });
}

test("what is read puts the player there", () => {
  ({ stage, fragment } = openStage("#step=3&grain=tap&speed=0.5&loop=1&pin=middle.2.5.1"));
  const { player, pointer } = stage;
  assert.deepEqual([player.step, player.granularity, player.speed, player.loop], [2, "tap", 0.5, true]);
  assert.deepEqual(pointer.pinned, { grid: GRIDS[1], cell: 5 });
});

test("what a lesson wants to be shown is shown once, and what the address says goes before it", () => {
  fragment.settle("predict=sum&step=3");
  assert.equal(fragment.text(), "step=3&predict=sum");
  stage.player.go(4);
  fragment.changed();
  fragment.settle("predict=sum&step=3");
  assert.equal(stage.player.step, 4);
  fragment.settle(""); // the next lesson wants nothing
  assert.equal(fragment.text(), "");
  ({ stage, fragment } = openStage("#step=7"));
  fragment.pendingHash = "#step=7";
  fragment.settle("predict=sum");
  assert.equal(fragment.text(), "step=7");
});

for (const [text, problem] of [
  ["predict=luck", "The link says predict luck; of this layer that is not asked."],
  ["step=0", "The link says step 0; there are 42, and step 1 is shown."],
  ["step=43", "The link says step 43; there are 42, and step 1 is shown."],
  ["step=1e1", "The link says step 1e1; there are 42, and step 1 is shown."],
  ["grain=stamp", "The link says grain stamp; it is one of output, channel, tap."],
  ["speed=7", "The link says speed 7; it is one of 0.5, 1, 2, 4, 8, 15, 30, 60."],
  ["loop=2", "The link says loop 2; it is one of 0, 1."],
  ["pin=input.9.0", "What the link pins is not on this stage."],
  ["pin=input.1.12", "What the link pins is not on this stage."],
  ["pin=middle.2.5", "What the link pins is not on this stage."],
]) {
  test(`what "${text}" says cannot be: a sentence says so, and the rest is as it is at first`, () => {
    ({ stage, fragment } = openStage(`#${text}`));
    assert.equal(stage.sentence.textContent, problem);
    assert.equal(fragment.text(), "");
  });
}
