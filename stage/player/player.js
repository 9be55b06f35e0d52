// The player: which step is shown, and when the next one is.

/** @import { Timeline } from "./timeline.js" */
/** @import { Cursor, Granularity, Question } from "./types" */

export const SPEEDS = [0.5, 1, 2, 4, 8, 15, 30, 60]; // steps a second
export const FIRST_SPEED = 2;

export class Player {
  /**
   * @param {(cursor: Cursor) => void} onShow draws what stands at a cursor
   * @param {(player: Player) => void} onChange is called whenever anything the controls show has changed
   * @param {() => void} onLetGo lets go of the cell that is pointed at
   */
  constructor(onShow, onChange, onLetGo) {
    this.onShow = onShow;
    this.onChange = onChange;
    this.onLetGo = onLetGo;
    /** @type {Timeline | undefined} */
    this.loaded = undefined;
    /** What one step is: the first there is, once there is something to play. @type {Granularity} */
    this.granularity = "output";
    this.isChosen = false; // whether somebody chose it, or a link
    this.step = 0;
    this.speed = FIRST_SPEED;
    this.loop = false;
    /** What is asked at each step, where somebody predicts. @type {Question | null} */
    this.question = null;
    this.playing = false;
    this.disabled = true; // until there is something to play
    this.due = 0; // steps owed, a fraction
    this.last = 0; // when the last frame was
    this.frame = 0;
    this.onHidden = () => document.hidden && this.pause();
    document.addEventListener("visibilitychange", this.onHidden);
  }

  destroy() {
    this.pause();
    document.removeEventListener("visibilitychange", this.onHidden);
  }

  /** What is played; an error before there is anything. */
  get timeline() {
    if (!this.loaded) throw new Error("there is nothing to play yet");
    return this.loaded;
  }

  get count() {
    return this.timeline.count(this.granularity);
  }

  get cursor() {
    return this.timeline.cursorAt(this.granularity, this.step);
  }

  /**
   * Play another record; the step is kept where the new one has the same loops, and a granularity that was chosen.
   *
   * @param {Timeline} timeline
   */
  load(timeline) {
    const isSameShape = this.loaded?.shape === timeline.shape;
    const names = timeline.granularities.map(({ name }) => name);
    this.isChosen &&= names.includes(this.granularity);
    const granularity = this.isChosen ? this.granularity : timeline.opening;
    this.step = isSameShape ? this.stepIn(granularity) : 0;
    this.granularity = granularity;
    this.loaded = timeline;
    if (!isSameShape) this.pause();
  }

  refresh() {
    this.onShow(this.cursor);
    this.onChange(this);
  }

  /** @param {number} step */
  go(step) {
    this.step = Math.max(0, Math.min(this.count - 1, step));
    this.refresh();
  }

  /** The next step, or what is asked at this one. */
  next() {
    if (this.question?.isOpen) return this.question.skip();
    this.go(this.step + 1);
    this.question?.begin();
  }

  /**
   * The step of a granularity at which the player stands.
   *
   * @param {Granularity} granularity
   */
  stepIn(granularity) {
    return granularity === this.granularity ? this.step : this.timeline.stepAt(granularity, this.cursor);
  }

  /** @param {Granularity} granularity */
  setGranularity(granularity) {
    if (this.question) return; // what is asked is of one kind of step
    this.takeGranularity(granularity);
    this.go(this.step);
  }

  /**
   * Make something else of one step, without showing it yet.
   *
   * @param {Granularity} granularity
   */
  takeGranularity(granularity) {
    this.step = this.stepIn(granularity);
    this.granularity = granularity;
    this.isChosen = true;
  }

  /** @param {boolean} loop */
  setLoop(loop) {
    this.loop = loop;
    this.onChange(this);
  }

  /** @param {number} by is how many of the speeds faster */
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
    if (!this.question?.isOpen && this.step === this.count - 1) this.go(0);
    if (this.question?.isOpen) return this.question.begin();
    this.playing = true;
    this.due = 0;
    this.frame = requestAnimationFrame((now) => {
      this.last = now; // time begins with the first frame: however late it comes, the first step is seen
      this.tick(now);
    });
    this.onChange(this);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.onChange(this);
  }

  /**
   * One frame: at most one step, so that no step is ever skipped; what a late frame owes is not piled up.
   *
   * @param {number} now in milliseconds
   */
  tick(now) {
    this.frame = requestAnimationFrame((later) => this.tick(later));
    this.due = Math.min(this.due + ((now - this.last) / 1000) * this.speed, 1.5);
    this.last = now;
    if (this.due < 0.98) return;
    this.due -= 1;
    if (this.step < this.count - 1) this.go(this.step + 1);
    else if (this.loop) this.go(0);
    else this.pause();
    if (!this.question?.isOpen) return;
    this.pause();
    this.question.begin();
  }

  letGo() {
    this.onLetGo();
  }
}
