// The player's buttons, seek bar and keys: they say what the person wants and show what the player does.

import { SPEEDS } from "./player.js";
import { setAttribute } from "./svg.js";

export class Controls {
  /** `player` has play, pause, toggle, go, faster, setGranularity, setLoop and letGo; `presenter` toggle and showKeys. */
  constructor(root, player, presenter) {
    this.root = root;
    this.player = player;
    const controls = [...root.querySelectorAll("[data-control]")];
    this.elements = Object.fromEntries(controls.map((element) => [element.dataset.control, element]));
    const actions = {
      first: () => player.go(0),
      previous: () => player.go(player.step - 1),
      play: () => player.toggle(),
      next: () => player.go(player.step + 1),
      last: () => player.go(player.count - 1),
      slower: () => player.faster(-1),
      faster: () => player.faster(1),
      loop: () => player.setLoop(!player.loop),
      present: () => presenter.toggle(),
      keys: () => presenter.showKeys(),
    };
    for (const name in actions) this.elements[name].addEventListener("click", actions[name]);
    this.granularities = [...root.querySelectorAll(".granularities button")];
    this.granularities.forEach((button, index) => {
      actions[index + 1] = () => player.timeline.granularities[index] && player.setGranularity(player.timeline.granularities[index].name);
      button.addEventListener("click", actions[index + 1]);
    });
    this.elements.seek.addEventListener("input", (event) => player.go(Number(event.target.value)));
    // a click leaves the focus where it is, so that Space goes on playing; a button reached by Tab is pressed by Space
    root.querySelector(".controls").addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault();
    });
    this.onKey = (event) => this.key(event, actions);
    document.addEventListener("keydown", this.onKey);
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey);
  }

  key(event, actions) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const names = {
      " ": "play",
      ArrowLeft: "previous",
      ArrowRight: "next",
      ArrowUp: "previous",
      ArrowDown: "next",
      Home: "first",
      End: "last",
      "+": "faster",
      "=": "faster",
      "-": "slower",
      1: 1,
      2: 2,
      3: 3,
      p: "present",
      P: "present",
      "?": "keys",
    };
    if (this.player.disabled && !["present", "keys"].includes(names[event.key])) return;
    if (event.key === "Escape") return this.player.letGo();
    const action = actions[names[event.key]];
    if (!action || this.isTyping(event)) return;
    event.preventDefault();
    action();
  }

  /** Keys belong to the field that has the focus, Space to a button too; the player's own seek bar leaves it the keys. */
  isTyping(event) {
    const { key } = event;
    const [target] = event.composedPath(); // a button in a shadow root is behind the event's own target
    if (this.root.contains(target) && target.matches("input[type=range]")) return false;
    if (
      target.closest(
        "dialog, input, textarea, select, [contenteditable=true], [role=listbox], [role=combobox], [role=slider], [role=menu], [role=radiogroup], [role=dialog]",
      )
    )
      return true;
    return key === " " && target.closest("button, summary, a") !== null;
  }

  show({ step, count, playing, speed, loop, granularity, timeline }) {
    const seek = this.elements.seek;
    seek.max = count - 1;
    seek.value = step;
    seek.setAttribute("aria-valuetext", `step ${step + 1} of ${count}`);
    this.elements.count.textContent = `${step + 1} / ${count}`;
    this.elements.speed.textContent = `${speed}/s`;
    setAttribute(this.elements.play, "aria-label", playing ? "Pause" : "Play");
    this.root.dataset.state = playing ? "playing" : "paused";
    this.root.dataset.step = step;
    this.root.dataset.steps = count;
    setAttribute(this.elements.loop, "aria-pressed", String(loop));
    this.granularities.forEach((button, index) => {
      const one = timeline.granularities[index];
      button.hidden = !one;
      if (!one) return;
      setAttribute(button, "data-control", one.name);
      setAttribute(button, "aria-pressed", String(one.name === granularity));
      setAttribute(button, "title", `${one.means} (${index + 1})`);
      if (button.textContent !== one.label) button.textContent = one.label;
    });
    this.elements.slower.disabled = speed === SPEEDS[0];
    this.elements.faster.disabled = speed === SPEEDS[SPEEDS.length - 1];
  }
}
