// Presenter view: the stage fills the screen, its type grows with it, and the controls hide until they are wanted.

const HIDE_AFTER = 2500; // ms without the mouse having moved

class Presenter {
  static SCALE = 2.4; // how much larger cells and type may be than on a page

  constructor(stage) {
    this.stage = stage;
    this.isOn = false;
    this.keys = stage.root.querySelector("dialog.keys");
    this.keys.addEventListener("click", () => this.keys.close());
    this.keys.addEventListener("keydown", (event) => {
      if (event.key === "?" || event.key === "p") this.keys.close();
    });
    this.onPresent = () => this.toggle();
    this.onWanted = () => this.want();
    document.addEventListener("stage-present", this.onPresent);
    for (const event of ["pointermove", "pointerdown", "focusin"]) stage.root.addEventListener(event, this.onWanted);
  }

  destroy() {
    clearTimeout(this.hiding);
    document.removeEventListener("stage-present", this.onPresent);
    this.apply(false);
  }

  toggle() {
    this.asked = !this.isOn;
    this.set(this.asked);
    this.stage.send("present", this.asked);
  }

  /** What the server says, once it has heard of what was asked for last. */
  take(isOn) {
    if (isOn === undefined) return;
    if (this.asked === isOn) this.asked = undefined;
    if (this.asked === undefined) this.set(isOn);
  }

  set(isOn) {
    if (isOn === this.isOn) return;
    this.apply(isOn);
    if (this.stage.score) this.stage.redraw(true);
  }

  apply(isOn) {
    this.isOn = isOn;
    this.stage.root.classList.toggle("presenting", isOn);
    document.documentElement.classList.toggle("presenting", isOn);
  }

  /** Show the controls for a while. */
  want() {
    if (!this.isOn) return;
    this.stage.root.classList.add("wanted");
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => this.stage.root.classList.remove("wanted"), HIDE_AFTER);
  }

  showKeys() {
    this.keys.showModal();
  }
}
