// The player: which step is shown, and when the next one is.

export const SPEEDS = [0.5, 1, 2, 4, 8, 15, 30, 60]; // steps a second
export const FIRST_SPEED = 2;

export class Player {
  /** `onShow(cursor)` draws what stands there; `onChange(player)` is told whenever anything the controls show has changed. */
  constructor(onShow, onChange) {
    Object.assign(this, {
      onShow,
      onChange,
      granularity: "", // the first there is, once there is something to play
      step: 0,
      speed: FIRST_SPEED,
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
    return this.timeline.count(this.granularity);
  }

  get cursor() {
    return this.timeline.cursorAt(this.granularity, this.step);
  }

  /** Play another record; the step is kept where the new one has the same loops. */
  load(timeline) {
    const isSameShape = this.timeline && this.timeline.shape === timeline.shape;
    this.timeline = timeline;
    if (!timeline.granularities.some(({ name }) => name === this.granularity)) this.granularity = timeline.granularities[0].name;
    if (!isSameShape) {
      this.pause();
      this.step = 0;
    }
  }

  refresh() {
    this.onShow(this.cursor);
    this.onChange(this);
  }

  go(step) {
    this.step = Math.max(0, Math.min(this.count - 1, step));
    this.refresh();
  }

  setGranularity(granularity) {
    const { cursor } = this;
    this.granularity = granularity;
    this.go(this.timeline.stepAt(granularity, cursor));
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
