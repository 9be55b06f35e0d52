// The player: which step is shown, and when the next one is.

class Player {
  static SPEED = 2; // steps a second at first

  /** `onShow(place)` draws a place; `onChange(player)` is told whenever anything the controls show has changed. */
  constructor(onShow, onChange) {
    Object.assign(this, {
      onShow,
      onChange,
      grain: "", // the first there is, once there is something to play
      step: 0,
      speed: Player.SPEED,
      loop: false,
      playing: false,
      disabled: true, // until there is something to play
    });
    this.held = false; // while somebody points at a cell, playing waits
    this.onHidden = () => document.hidden && this.pause();
    document.addEventListener("visibilitychange", this.onHidden);
  }

  destroy() {
    this.pause();
    document.removeEventListener("visibilitychange", this.onHidden);
  }

  get count() {
    return this.score.count(this.grain);
  }

  get place() {
    return this.score.place(this.grain, this.step);
  }

  /** Play another record; the step is kept where the new one has the same loops. */
  load(score) {
    const isSameShape = this.score && this.score.shape === score.shape;
    this.score = score;
    if (!score.grains.some(({ name }) => name === this.grain)) this.grain = score.grains[0].name;
    if (!isSameShape) {
      this.pause();
      this.step = 0;
    }
  }

  refresh() {
    this.onShow(this.place);
    this.onChange(this);
  }

  go(step) {
    this.step = Math.max(0, Math.min(this.count - 1, step));
    this.refresh();
  }

  setGrain(grain) {
    const { place } = this;
    this.grain = grain;
    this.go(this.score.stepAt(grain, place));
  }

  setLoop(loop) {
    this.loop = loop;
    this.onChange(this);
  }

  faster(by) {
    const index = SPEEDS.indexOf(this.speed) + by;
    this.speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, index))];
    this.onChange(this);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.disabled) return;
    this.letGo();
    if (this.step === this.count - 1) this.go(0);
    this.playing = true;
    this.due = 0; // steps owed, a fraction
    this.last = performance.now();
    this.frame = requestAnimationFrame((now) => this.tick(now));
    this.onChange(this);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.onChange(this);
  }

  /** One frame: at most one step, so that no step is ever skipped; what a late frame owes is not piled up. */
  tick(now) {
    this.frame = requestAnimationFrame((later) => this.tick(later));
    this.due = this.held ? 0 : Math.min(this.due + ((now - this.last) / 1000) * this.speed, 1.5);
    this.last = now;
    if (this.due < 0.98) return;
    this.due -= 1;
    if (this.step < this.count - 1) this.go(this.step + 1);
    else if (this.loop) this.go(0);
    else this.pause();
  }

  letGo() {
    this.onLetGo();
  }
}
