// What lives in elements of the page ends where they have left it, and begins anew where they come back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Mounted } from "../../stage/player/mounted.js";

/** As much of an element as there has to be. */
class Root {
  isConnected = true;
  parts = ["play", "question"];
  /** @type {Root | null} */
  replacedBy = null;

  cloneNode() {
    const copy = new Root();
    copy.parts = [...this.parts];
    return copy;
  }

  /** @param {Root} other */
  replaceWith(other) {
    this.replacedBy = other;
  }
}

/** @param {Root} root */
function asElement(root) {
  return /** @type {Element} */ (/** @type {unknown} */ (root));
}

/** @param {string[]} ended */
function lifeThatMovesItsParts(ended) {
  /** @param {Element} element */
  return (element) => {
    const root = /** @type {Root} */ (/** @type {unknown} */ (element));
    const found = root.parts.join(" ");
    root.parts.pop();
    return { root, found, destroy: () => void ended.push(found) };
  };
}

/** @returns {Mounted<ReturnType<ReturnType<typeof lifeThatMovesItsParts>>>} */
function newMounted() {
  return new Mounted();
}

const later = () => new Promise((done) => setTimeout(done));

test("a run of the page meets what lives there", async () => {
  const [mounted, root] = [newMounted(), new Root()];
  const begin = lifeThatMovesItsParts([]);
  const first = mounted.at(asElement(root), begin);
  first.leave();
  await later();
  assert.equal(mounted.at(asElement(root), begin).life, first.life);
});

test("an element that comes back is as it was before anything lived in it", async () => {
  const [mounted, root] = [newMounted(), new Root()];
  /** @type {string[]} */
  const ended = [];
  const begin = lifeThatMovesItsParts(ended);
  mounted.at(asElement(root), begin).leave();
  root.isConnected = false;
  await later();
  assert.deepEqual(ended, ["play question"]);
  root.isConnected = true;
  const { life } = mounted.at(asElement(root), begin);
  assert.equal(life.found, "play question");
  assert.equal(root.replacedBy, life.root);
  assert.equal(mounted.at(asElement(life.root), begin).life, life);
});
