// Steps: how many there are, where each one stands, and what is looked up there.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Timeline } from "../../stage/player/timeline.js";
import { ScatterView } from "../../stage/player/scatter_view.js";
import { WindowsView } from "../../stage/player/windows_view.js";
import { POOLING, TRANSPOSED, WINDOWS } from "./tables.js";

/** @import { Cursor } from "../../stage/player/types" */
/** @import { WindowsStep, WindowsTable } from "./tables.js" */

/**
 * A layer view of the class that it has to be of.
 *
 * @template {object} View
 * @param {object} layerView
 * @param {new (...given: any[]) => View} type
 */
function ofType(layerView, type) {
  if (!(layerView instanceof type)) throw new assert.AssertionError({ message: `no ${type.name}` });
  return layerView;
}

/** @param {WindowsTable["steps"]} steps */
function byGranularity(steps) {
  return /** @type {["output" | "channel" | "tap", WindowsStep[]][]} */ (Object.entries(steps));
}

for (const { name, layers, steps } of WINDOWS) {
  const timeline = new Timeline(layers);

  test(`windows, ${name}: every step stands where its multiply does, and every number is found there`, () => {
    for (const [granularity, all] of byGranularity(steps)) {
      assert.equal(timeline.count(granularity), all.length);
      all.forEach((expected, step) => {
        const cursor = timeline.cursorAt(granularity, step);
        const layerView = ofType(timeline.layerViews[cursor.layer], WindowsView);
        const { channel, tap } = cursor;
        assert.deepEqual(
          {
            layer: cursor.layer,
            filter: cursor.filter,
            position: cursor.position,
            channel,
            tap,
            product: layerView.product(cursor, channel, tap) + 0,
            partial: layerView.channelDone(cursor, channel) ? layerView.partial(cursor, channel) : null,
            running: layerView.runningSum(cursor),
            complete: layerView.isComplete(cursor),
            multiplies: timeline.multiplies(cursor),
            output: layerView.isComplete(cursor) ? layerView.output(cursor.filter, cursor.position) : null,
          },
          { ...expected, product: expected.product + 0 },
          `${granularity} ${step}`,
        );
      });
    }
    assert.equal(timeline.allMultiplies, steps.tap.length);
  });

  test(`windows, ${name}: another granularity goes on at the same output`, () => {
    /** @type {(one: WindowsStep, other: WindowsStep) => boolean} */
    const isSame = (one, other) =>
      one.layer === other.layer && one.filter === other.filter && one.position === other.position;
    for (const [from, all] of byGranularity(steps)) {
      for (const [to, others] of byGranularity(steps)) {
        all.forEach((expected, step) => {
          const first = others.findIndex((other) => isSame(other, expected));
          assert.equal(timeline.stepAt(to, timeline.cursorAt(from, step)), first, `${from} ${step} to ${to}`);
        });
      }
    }
  });

  test(`windows, ${name}: past the last step is the end, and nothing is done at the start`, () => {
    const last = timeline.cursorAt("tap", timeline.count("tap"));
    assert.equal(timeline.multiplies(last), steps.tap.length);
    for (const layerView of timeline.layerViews.map((one) => ofType(one, WindowsView))) {
      assert.equal(layerView.runningSum(layerView.start), null);
      assert.equal(layerView.tapDone(layerView.start, 0, 0), false);
    }
  });
}

for (const { name, layers, values } of POOLING) {
  test(`pooling, ${name}: every window reads its values, and has its result`, () => {
    const timeline = new Timeline(layers);
    const layerView = ofType(timeline.layerViews[0], WindowsView);
    assert.deepEqual(timeline.granularities.map((one) => one.name), ["output", "tap"]);
    assert.equal(timeline.count("output"), values.length);
    assert.equal(timeline.count("tap"), values.length * 4);
    values.forEach(({ read, result }, step) => {
      const cursor = timeline.cursorAt("output", step);
      const found = read.map((_, tap) => layerView.product(cursor, 0, tap));
      assert.deepEqual(found.map((value) => (Number.isNaN(value) ? null : value)), read);
      assert.equal(layerView.output(cursor.filter, cursor.position), result);
      if (name === "max") {
        const chosen = layerView.value("chosen", cursor.filter * layerView.loops.positions + cursor.position);
        assert.equal(read[chosen], result);
      } else {
        const divisor = layerView.value("divisors", cursor.position);
        assert.equal(divisor, read.filter((value) => value !== null).length);
      }
    });
  });
}

for (const { name, layers, steps, cells } of TRANSPOSED) {
  const timeline = new Timeline(layers);
  const layerView = ofType(timeline.layerViews[0], ScatterView);
  /** @param {Cursor} cursor */
  const held = (cursor) => Array.from({ length: cells }, (_, cell) => layerView.running(cursor, cell));
  /** @type {(filter: number, cell: number) => number} */
  const outputAt = (filter, cell) => steps.output.findIndex((one) => one.filter === filter && one.cell === cell);

  test(`transposed, ${name}: the map holds what has landed, after every product and every stamp`, () => {
    for (const granularity of /** @type {const} */ (["multiply", "stamp"])) {
      assert.equal(timeline.count(granularity), steps[granularity].length);
      steps[granularity].forEach((expected, step) => {
        const cursor = timeline.cursorAt(granularity, step);
        assert.equal(cursor.filter, expected.filter);
        assert.equal(cursor.position, expected.position);
        assert.deepEqual(held(cursor).map(plain), expected.held.map(plain), `${granularity} ${step}`);
      });
    }
    steps.multiply.forEach((expected, step) => {
      const cursor = timeline.cursorAt("multiply", step);
      assert.equal(cursor.channel, expected.channel);
      assert.equal(cursor.tap, expected.tap);
      assert.equal(timeline.multiplies(cursor), step + 1);
      const product = layerView.product(cursor.filter, cursor.channel, cursor.tap, cursor.position);
      assert.equal(plain(product), plain(expected.product));
      assert.equal(layerView.scatterIndex(cursor.position, cursor.tap), expected.cell);
    });
  });

  test(`transposed, ${name}: every output has its value, and is gathered from what lands on it`, () => {
    assert.equal(timeline.count("output"), steps.output.length);
    steps.output.forEach((expected, step) => {
      const cursor = timeline.cursorAt("output", step);
      assert.equal(cursor.filter, expected.filter);
      assert.equal(cursor.cell, expected.cell);
      assert.equal(plain(layerView.output(cursor.filter, cursor.output)), plain(expected.value));
      const landing = steps.multiply.filter(
        (one) => one.filter === cursor.filter && one.channel === 0 && one.cell === cursor.cell,
      );
      assert.deepEqual(
        layerView.gathered(cursor.cell),
        landing.map(({ position, tap }) => ({ position, tap })),
      );
    });
  });

  test(`transposed, ${name}: another granularity goes on at the same stamp, or where it lands`, () => {
    steps.stamp.forEach((expected, step) => {
      const cursor = timeline.cursorAt("stamp", step);
      const first = steps.multiply.findIndex(
        (one) => one.filter === expected.filter && one.position === expected.position,
      );
      assert.equal(timeline.stepAt("multiply", cursor), first);
      const landing = steps.multiply.slice(first).map(({ cell }) => outputAt(expected.filter, cell));
      const reached = landing.slice(0, layerView.loops.taps).find((output) => output >= 0);
      if (reached !== undefined) assert.equal(timeline.stepAt("output", cursor), reached);
    });
    steps.multiply.forEach((expected, step) => {
      const cursor = timeline.cursorAt("multiply", step);
      const stamp = steps.stamp.findIndex(
        (one) => one.filter === expected.filter && one.position === expected.position,
      );
      assert.equal(timeline.stepAt("stamp", cursor), stamp);
    });
    steps.output.forEach(({ filter, cell }, step) => {
      const cursor = timeline.cursorAt("output", step);
      const multiply = steps.multiply.findIndex((one) => one.filter === filter && one.cell === cell);
      if (multiply >= 0) assert.equal(timeline.stepAt("multiply", cursor), multiply);
      const [landing] = steps.multiply.filter((one) => one.filter === cursor.filter && one.cell === cursor.cell);
      if (!landing) return; // nothing lands there
      const found = timeline.cursorAt("stamp", timeline.stepAt("stamp", cursor));
      assert.equal(found.filter, landing.filter);
      assert.equal(found.position, landing.position);
    });
  });
}

test("a timeline has the shape of another that has the same loops, whatever its numbers", () => {
  const [one, other] = WINDOWS;
  assert.equal(new Timeline(one.layers).shape, new Timeline(structuredClone(one.layers)).shape);
  assert.notEqual(new Timeline(one.layers).shape, new Timeline(other.layers).shape);
});

/**
 * A value whose zero has no sign; null stays null.
 *
 * @param {number | null} value
 */
function plain(value) {
  return value === null ? null : value + 0;
}

test("a step is named for what the only layer makes, and for an output where there are several", () => {
  const [{ layers }] = WINDOWS;
  const names = { input: [], kernel: [], output: [], wholes: { kernel: "dL/dY", output: "dL/dW" }, factor: "gradient", made: "dL/dW", groups: [] };
  const named = { ...layers[0], names };
  const [first, ...others] = new Timeline([named]).granularities;
  assert.deepEqual([first.name, first.label, first.means], ["output", "dL/dW", "One step is one value of dL/dW"]);
  assert.deepEqual(others.map(({ label }) => label), ["channel", "multiply"]);
  assert.equal(new Timeline([named, named]).granularities[0].label, "output");
  assert.equal(new Timeline([layers[0]]).granularities[0].label, "output");
});
