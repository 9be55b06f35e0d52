// The player's own state in the address, behind the #: the step (counted from 1, as on the page), granularity, speed,
// loop, pin, how numbers are written and what is predicted. It changes too often for the server to hear of it: the browser
// writes it into the entry of its history that is there, and reads it when that entry is opened.

import { DIGITS_CHOICES } from "./numbers.js";
import { FIRST_SPEED, SPEEDS } from "./player.js";

/** @import { Stage, Target } from "./types" */

/** Roles of grids that older links call otherwise. @type {Record<string, string>} */
const OLD_ROLES = { turned: "flipped_kernel", turned_products: "flipped_products" };

const WRITE_EVERY = 500; // ms; browsers refuse floods of writes, the strictest more than 100 in 30 s

export class Fragment {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {string | null} */
    this.pendingHash = location.hash; // what is to be shown once there is a record; null once it is, or the person has gone on
    this.given = ""; // what the page wanted to be shown last
    this.written = -Infinity; // when it was written last
    /** What waits to be written; 0 for nothing. @type {ReturnType<typeof setTimeout> | 0} */
    this.timer = 0;
    this.isShowing = false; // while the player is put where a fragment says
    this.onStep = () => this.open();
    this.onAsked = () => this.write();
    for (const event of ["popstate", "hashchange"]) window.addEventListener(event, this.onStep);
    for (const event of ["stage-share", "stage-download"]) document.addEventListener(event, this.onAsked);
  }

  destroy() {
    clearTimeout(this.timer);
    for (const event of ["popstate", "hashchange"]) window.removeEventListener(event, this.onStep);
    for (const event of ["stage-share", "stage-download"]) document.removeEventListener(event, this.onAsked);
  }

  /** Another entry of the history was opened: show what it says now, and again if the server sends its record. */
  open() {
    const hash = location.hash;
    this.pendingHash = hash;
    const { timeline, player } = this.stage;
    if (timeline && !player.disabled && hash.slice(1) !== this.text()) this.show(hash);
  }

  /**
   * The server has run the page: show what was asked for, or write again what its own write has dropped.
   *
   * @param {string} [given] is what the page wants to be shown at first, as a lesson does; what the address says goes before
   */
  settle(given = "") {
    if (given !== this.given) this.pendingHash ||= `#${given}`;
    this.given = given;
    if (this.pendingHash === null) return this.write();
    const hash = this.pendingHash;
    this.pendingHash = null;
    this.show(hash);
  }

  /** The person did something: that counts, whatever was asked for before. */
  changed() {
    if (this.isShowing || this.stage.updating) return;
    this.pendingHash = null;
    this.later();
  }

  later() {
    if (this.timer) return;
    const wait = Math.max(0, this.written + WRITE_EVERY - performance.now());
    this.timer = setTimeout(() => this.write(), wait);
  }

  write() {
    clearTimeout(this.timer);
    this.timer = 0;
    // while the picture is ahead of the address, that is another entry of the history than the one that is to come
    if (this.pendingHash !== null || !this.stage.timeline || this.stage.isAhead) return;
    const text = this.text();
    if (text === location.hash.slice(1)) return;
    this.written = performance.now();
    history.replaceState(history.state, "", location.pathname + location.search + (text && `#${text}`));
  }

  /** What the player shows, without what is as it is at first. */
  text() {
    const { digits, player, pointer, prediction } = this.stage;
    const { pinned } = pointer;
    /** @type {Record<string, string | number | boolean | null>} */
    const values = {
      step: player.step > 0 && player.step + 1,
      grain: null,
      speed: player.speed !== FIRST_SPEED && player.speed,
      loop: player.loop && 1,
      pin: pinned && asPin(pinned),
      digits: digits.choice !== DIGITS_CHOICES[0] && digits.choice,
      predict: prediction.kind || null,
    };
    const unsaid = this.unsaidGranularity(Object.values(values).some(Boolean));
    values.grain = player.granularity !== unsaid && player.granularity;
    return Object.keys(values)
      .filter((name) => values[name])
      .map((name) => `${name}=${values[name]}`)
      .join("&");
  }

  /**
   * The granularity of a fragment that names none: the first one, but where it says nothing at all, the opening one.
   *
   * @param {boolean} saysMore
   */
  unsaidGranularity(saysMore) {
    const { granularities, opening } = this.stage.player.timeline;
    return saysMore ? granularities[0].name : opening;
  }

  /** @param {string} hash */
  show(hash) {
    this.isShowing = true;
    const problems = this.apply(new URLSearchParams(hash.slice(1)));
    this.isShowing = false;
    if (problems.length) this.stage.sentence.textContent = problems.join(" ");
  }

  /**
   * Put the player where a fragment says; returns a sentence for each thing that cannot be.
   *
   * @param {URLSearchParams} params
   */
  apply(params) {
    const { digits, player, pointer, prediction } = this.stage;
    /** @type {string[]} */
    const problems = [];
    /** @type {(name: string, values: (string | number)[], otherwise: string | number) => string} */
    const oneOf = (name, values, otherwise) => {
      const text = params.get(name);
      if (text === null || values.map(String).includes(text)) return text ?? String(otherwise);
      problems.push(`The link says ${name} ${text.slice(0, 20)}; it is one of ${values.join(", ")}.`);
      return String(otherwise);
    };
    player.pause();
    const asked = params.get("predict") ?? "";
    if (asked !== prediction.kind) prediction.choose(asked);
    if (asked !== prediction.kind) problems.push(`The link says predict ${asked.slice(0, 20)}; of this layer that is not asked.`);
    const granularities = player.timeline.granularities.map(({ name }) => name);
    const granularity = oneOf("grain", granularities, this.unsaidGranularity(params.toString() !== ""));
    player.granularity = granularities.find((name) => name === granularity) ?? granularities[0];
    player.isChosen = params.has("grain");
    player.speed = Number(oneOf("speed", SPEEDS, FIRST_SPEED));
    player.loop = oneOf("loop", [0, 1], 0) === "1";
    const written = oneOf("digits", DIGITS_CHOICES, DIGITS_CHOICES[0]);
    digits.choose(DIGITS_CHOICES.find((choice) => choice === written) ?? DIGITS_CHOICES[0]);
    if (player.question) player.granularity = player.question.granularity;
    const step = params.get("step") ?? "1";
    const isThere = /^\d{1,9}$/.test(step) && Number(step) >= 1 && Number(step) <= player.count;
    if (!isThere) problems.push(`The link says step ${step.slice(0, 20)}; there are ${player.count}, and step 1 is shown.`);
    pointer.pinned = this.cell(params.get("pin"), problems);
    player.go(isThere ? Number(step) - 1 : 0);
    pointer.restore();
    return problems;
  }

  /**
   * The cell that a pin names, role.channel.cell or role.channel.cell.layer, or null.
   *
   * @param {string | null} pin
   * @param {string[]} problems
   */
  cell(pin, problems) {
    if (pin === null) return null;
    const [named, channel, cell, layer = "0"] = pin.split(".");
    const role = OLD_ROLES[named] ?? named;
    const grid = this.stage.picture.grids.find(
      (one) => one.role === role && String(one.channel) === channel && String(one.layer) === layer,
    );
    if (grid && /^\d{1,6}$/.test(cell) && Number(cell) < grid.rows * grid.columns) return { grid, cell: Number(cell) };
    problems.push("What the link pins is not on this stage.");
    return null;
  }
}

/**
 * A cell as a link names it: role.channel.cell, with the layer's number behind it where that is not 0.
 *
 * @param {Target} pinned
 */
function asPin({ grid, cell }) {
  return [grid.role, grid.channel, cell, ...(grid.layer ? [grid.layer] : [])].join(".");
}
