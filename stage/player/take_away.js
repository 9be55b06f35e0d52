// The buttons that take a picture away: PNG and SVG of the step that is shown, and all steps as a GIF or a video. They stand
// in a dialog of the page, or under the stage of a page that works offline.

import { frameTime, gifFrames, leftOut, shownSteps, video, videoType } from "./film.js";
import { find, findOf } from "./find.js";
import { writeCount } from "./numbers.js";
import { words } from "./questions.js";
import { saveFile } from "./save_file.js";
import { Snapshot, painted, pngFile, svgFile } from "./snapshot.js";

/** @import { PicturedStage } from "./types" */

const BUTTONS = `
  <div class="row">
    <label>Colors <select class="theme"><option value="">as on the page</option><option>light</option><option>dark</option></select></label>
    <label>PNG size <select class="scale"><option value="1">1×</option><option value="2" selected>2×</option><option value="4">4×</option></select></label>
  </div>
  <div class="row">
    <button type="button" data-take="png">PNG</button>
    <button type="button" data-take="svg">SVG</button>
    <button type="button" data-take="gif">GIF</button>
    <button type="button" data-take="video">Video</button>
  </div>
  <div class="row progress" hidden><progress max="1"></progress><button type="button" class="cancel">Cancel</button></div>
  <div class="said" role="status"></div>`;
/**
 * What a page wants to offer of pictures.
 *
 * @typedef {object} Wanted
 * @property {HTMLElement} place for the buttons
 * @property {string} name that files are called after
 * @property {string} title that stands under a picture
 * @property {(film: { frames: string[], speed: number }) => void} [sendFrames] hands the frames of a GIF to a server,
 *   where there is one
 */

const NO_VIDEO = "This browser cannot record a video.";

export class TakeAway {
  /**
   * @param {PicturedStage} stage
   * @param {Wanted} wanted
   */
  constructor(stage, wanted) {
    const { place, sendFrames } = wanted;
    this.stage = stage;
    this.wanted = wanted;
    this.isBusy = false;
    this.isCancelled = false;
    place.innerHTML = BUTTONS;
    this.theme = findOf(place, ".theme", HTMLSelectElement);
    this.scale = findOf(place, ".scale", HTMLSelectElement);
    this.said = find(place, ".said");
    this.progress = find(place, ".progress");
    this.bar = findOf(place, "progress", HTMLProgressElement);
    this.buttons = ["png", "svg", "gif", "video"].map((kind) => {
      const button = findOf(place, `[data-take=${kind}]`, HTMLButtonElement);
      button.addEventListener("click", () => this.take(kind));
      return button;
    });
    find(place, ".cancel").addEventListener("click", () => (this.isCancelled = true));
    find(place, "[data-take=gif]").hidden = !sendFrames;
    findOf(place, "[data-take=video]", HTMLButtonElement).disabled = !videoType();
    this.said.textContent = videoType() ? "" : NO_VIDEO;
    this.withheld = ""; // why there are no pictures
    this.showButtons();
  }

  /**
   * Why a kind of file is not to be had: it would show what is asked; "" where it is.
   *
   * @param {string | undefined} kind
   */
  reason(kind) {
    const { prediction } = this.stage;
    if (prediction.isOpen) return words("no_picture");
    const isFilm = kind === "gif" || kind === "video";
    return isFilm && prediction.isGoingOn ? words("no_film") : "";
  }

  /** Show which buttons do something now. One that has the focus keeps it: disabled it would lose it. */
  showButtons() {
    for (const button of this.buttons) {
      if (this.isBusy || this.reason(button.dataset.take)) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    const withheld = this.reason("video");
    if (this.isBusy || withheld === this.withheld) return;
    this.withheld = withheld;
    this.said.textContent = withheld || (videoType() ? "" : NO_VIDEO);
  }

  /** The stage drawn again, in the colors that were chosen. */
  snapshot() {
    const { value } = this.theme;
    return new Snapshot(this.stage, this.wanted.title, value === "light" || value === "dark" ? { theme: value } : {});
  }

  /** @param {string} kind of file: png, svg, gif or video */
  async take(kind) {
    if (this.isBusy || this.reason(kind)) return;
    const { player } = this.stage;
    const { step, granularity, speed } = player;
    const { name, sendFrames } = this.wanted;
    const steps = shownSteps(player.count);
    const snapshot = this.snapshot();
    this.begin();
    try {
      if (kind === "png" || kind === "svg") {
        const shapes = snapshot.at(granularity, step, { pinned: this.stage.pinned() });
        const scale = Number(this.scale.value);
        const file = kind === "svg" ? svgFile(shapes) : await pngFile(painted(shapes, scale));
        const size = kind === "png" && scale > 1 ? `-${scale}x` : "";
        saveFile(file, `${name}-step${step + 1}${size}.${kind}`);
      } else if (kind === "gif") {
        this.said.textContent = `Drawing the steps. ${leftOut(player.count, steps)}`;
        const frames = await gifFrames(snapshot, granularity, steps, (share) => this.goOn(share));
        if (frames) sendFrames?.({ frames, speed });
        this.said.textContent = frames ? leftOut(player.count, steps) : "";
      } else {
        const seconds = Math.ceil((steps.length * frameTime(speed)) / 1000) + 2;
        this.said.textContent = `Recording as fast as the steps play: about ${writeCount(seconds)} s. ${leftOut(player.count, steps)}`;
        const file = await video(snapshot, granularity, steps, speed, (share) => this.goOn(share));
        if (file) saveFile(file, `${name}.${file.type === "video/mp4" ? "mp4" : "webm"}`);
        this.said.textContent = file ? leftOut(player.count, steps) : "";
      }
    } finally {
      snapshot.destroy();
      this.end();
    }
  }

  /** The button that was pressed keeps the focus meanwhile: one that is disabled loses it, and a dialog then hears no Escape. */
  begin() {
    this.isBusy = true;
    this.isCancelled = false;
    this.showButtons();
  }

  /**
   * Show how far it has come; returns whether to go on.
   *
   * @param {number} share
   */
  goOn(share) {
    this.progress.hidden = false;
    this.bar.value = share;
    return !this.isCancelled && this.progress.isConnected;
  }

  end() {
    this.isBusy = false;
    this.progress.hidden = true;
    this.showButtons();
  }
}
