// The buttons that take a picture away: PNG and SVG of the step that is shown, and all steps as a GIF or a video. They stand
// in a dialog of the page, or under the stage of a page that works offline.

import { frameTime, gifFrames, leftOut, shownSteps, video, videoType } from "./film.js";
import { Snapshot, painted, pngFile, svgFile } from "./snapshot.js";

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
const NO_VIDEO = "This browser cannot record a video.";

export class TakeAway {
  /**
   * `place` is the element for the buttons, `name` what files are called after, `title` what stands under a picture, and
   * `sendFrames({frames, speed})` hands the frames of a GIF to a server, where there is one.
   */
  constructor(stage, { place, name, title, sendFrames }) {
    Object.assign(this, { stage, place, name, title, sendFrames });
    place.innerHTML = BUTTONS;
    const find = (selector) => place.querySelector(selector);
    Object.assign(this, { theme: find(".theme"), scale: find(".scale"), said: find(".said"), progress: find(".progress") });
    this.bar = find("progress");
    this.buttons = [...place.querySelectorAll("[data-take]")];
    for (const button of this.buttons) button.addEventListener("click", () => this.take(button.dataset.take));
    find(".cancel").addEventListener("click", () => (this.isCancelled = true));
    find('[data-take="gif"]').hidden = !sendFrames;
    find('[data-take="video"]').disabled = !videoType();
    this.said.textContent = videoType() ? "" : NO_VIDEO;
  }

  /** The stage drawn again, in the colors that were chosen. */
  snapshot(room = {}) {
    return new Snapshot(this.stage, this.title, this.theme.value ? { theme: this.theme.value, ...room } : room);
  }

  async take(kind) {
    const { player } = this.stage;
    const { step, granularity, speed } = player;
    const steps = shownSteps(player.count);
    const snapshot = this.snapshot();
    this.begin();
    try {
      if (kind === "png" || kind === "svg") {
        const shapes = snapshot.at(granularity, step, { pinned: this.stage.pinned() });
        const scale = Number(this.scale.value);
        const file = kind === "svg" ? svgFile(shapes) : await pngFile(painted(shapes, scale));
        const size = kind === "png" && scale > 1 ? `-${scale}x` : "";
        this.save(file, `${this.name}-step${step + 1}${size}.${kind}`);
      } else if (kind === "gif") {
        this.said.textContent = `Drawing the steps. ${leftOut(player.count, steps)}`;
        const frames = await gifFrames(snapshot, granularity, steps, (share) => this.goOn(share));
        if (frames) this.sendFrames({ frames, speed });
        this.said.textContent = frames ? leftOut(player.count, steps) : "";
      } else {
        const seconds = Math.ceil((steps.length * frameTime(speed)) / 1000) + 2;
        this.said.textContent = `Recording as fast as the steps play: about ${seconds.toLocaleString("en")} s. ${leftOut(player.count, steps)}`;
        const file = await video(snapshot, granularity, steps, speed, (share) => this.goOn(share));
        if (file) this.save(file, `${this.name}.${file.type === "video/mp4" ? "mp4" : "webm"}`);
        this.said.textContent = file ? leftOut(player.count, steps) : "";
      }
    } finally {
      snapshot.destroy();
      this.end();
    }
  }

  begin() {
    this.isCancelled = false;
    for (const button of this.buttons) button.disabled = true;
  }

  /** Show how far it has come; returns whether to go on. */
  goOn(share) {
    this.progress.hidden = false;
    this.bar.value = share;
    return !this.isCancelled && this.progress.isConnected;
  }

  end() {
    this.progress.hidden = true;
    for (const button of this.buttons) button.disabled = button.dataset.take === "video" && !videoType();
  }

  save(file, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // the browser has it by then
  }
}
