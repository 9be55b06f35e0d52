// The records that the browser has asked for: few under way, few kept, and no more asking where nobody answers.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Records } from "../../stage/player/records.js";

/** The addresses that were asked for. @type {string[]} */
let asked = [];

/**
 * Let the server answer.
 *
 * @param {(address: string) => Response | Promise<Response>} give
 */
function serve(give) {
  asked = [];
  globalThis.fetch = async (address) => {
    asked.push(String(address));
    return give(String(address));
  };
}

const answer = (characters = 0) => new Response(JSON.stringify({ text: "x".repeat(characters) }));

beforeEach(() => serve(() => answer()));

test("what was answered is asked for once", async () => {
  const records = new Records();
  const [one, other] = await Promise.all([records.ask("a"), records.ask("a")]);
  assert.equal(one, other);
  assert.equal(await records.ask("a"), one);
  assert.equal(records.known("a"), one);
  assert.deepEqual(asked, ["a"]);
});

test("the oldest are forgotten, by their number and by their size", async () => {
  const records = new Records();
  for (let number = 0; number < 30; number++) await records.ask(`small ${number}`);
  assert.equal(records.kept.size, 24);
  assert.equal(records.known("small 5"), undefined);
  assert.ok(records.known("small 29"));
  serve(() => answer(3_000_000));
  for (const name of ["large 1", "large 2", "large 3"]) await records.ask(name);
  assert.deepEqual([...records.kept.keys()], ["large 2", "large 3"]);
});

test("few are under way at once, and what is wanted no more is not asked for", async () => {
  /** @type {(() => void)[]} */
  const waiting = [];
  serve(() => new Promise((done) => waiting.push(() => done(answer()))));
  const records = new Records();
  const first = ["a", "b", "c"].map((address) => records.ask(address));
  let isPast = false;
  const late = records.ask("d", () => isPast);
  const last = records.ask("e");
  records.prefetch("f");
  assert.deepEqual(asked, ["a", "b", "c"]);
  isPast = true;
  waiting[0]();
  await first[0];
  assert.equal(await late, null);
  while (asked.length < 4) await new Promise(setImmediate);
  assert.deepEqual(asked, ["a", "b", "c", "e"]);
  for (const done of waiting) done();
  assert.ok(await last);
});

test("where nobody answers, nobody is asked for a while", async () => {
  for (const give of [() => Promise.reject(new TypeError()), () => new Response("", { status: 404 }), () => new Response("<html>")]) {
    serve(give);
    const records = new Records();
    assert.equal(await records.ask("a"), null);
    assert.equal(await records.ask("b"), null);
    assert.deepEqual(asked, ["a"]);
  }
});

test("a link that is refused stands for itself alone", async () => {
  serve((address) => (address === "a" ? new Response("{}", { status: 400 }) : answer()));
  const records = new Records();
  assert.equal(await records.ask("a"), null);
  assert.ok(await records.ask("b"));
  assert.equal(records.known("a"), undefined);
});
