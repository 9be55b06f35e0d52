// The stage: one picture, what moves over it, and the player. Streamlit calls the default export on every run of the page.

const HINT = "Point at a cell, or tap it, to see what belongs to it.";

class Stage {
  constructor(parent, send) {
    this.parent = parent;
    this.send = send;
    this.root = parent.querySelector(".stage-root");
    const find = (name) => this.root.querySelector(name);
    this.overlaySvg = find(".overlay");
    this.sentence = find(".sentence");
    this.live = find(".announce");
    this.editButton = find(".edit");
    this.picture = new Picture(find(".plot"), this.overlaySvg);
    this.player = new Player(
      (place) => this.show(place),
      (player) => {
        this.controls.show(player);
        this.fragment.changed();
        this.announce();
      },
    );
    this.tally = new Tally(find(".tally"));
    this.player.onLetGo = () => this.pointer.letGo();
    this.presenter = new Presenter(this);
    this.controls = new Controls(this.root, this.player, this.presenter);
    this.pointer = new Pointer(this, this.overlaySvg, find(".editor"));
    this.fragment = new Fragment(this);
    this.editButton.addEventListener("click", () => this.pointer.openEditor(this.pointer.pinned));
    this.resized = new ResizeObserver(() => this.score && this.redraw());
    this.resized.observe(this.root);
    this.resized.observe(find(".canvas"));
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.onScheme = () => requestAnimationFrame(() => this.score && this.redraw());
    this.scheme.addEventListener("change", this.onScheme);
  }

  destroy() {
    this.resized.disconnect();
    this.scheme.removeEventListener("change", this.onScheme);
    this.controls.destroy();
    this.fragment.destroy();
    this.presenter.destroy();
    this.player.destroy();
    if (this.score) window.Plotly.purge(this.picture.plot);
  }

  /** Take over what the server says after a run of the page. */
  update(data) {
    this.updating = true;
    this.take(data);
    this.updating = false;
    if (!data.problem) this.fragment.settle();
  }

  /** Show another record, or say why there is none: then the last picture stays, veiled. */
  take(data) {
    this.root.classList.toggle("alone", Boolean(data.alone)); // nothing stands around it, as in a frame of another page
    this.presenter.take(data.presenting);
    this.root.dataset.problem = data.problem ?? "";
    this.player.disabled = Boolean(data.problem);
    this.root.querySelector(".controls").inert = this.player.disabled;
    if (data.problem) {
      this.player.pause();
      this.pointer.letGo();
      if (this.score) this.controls.show(this.player);
      this.root.dataset.ready = "true";
      return;
    }
    if (data.id !== this.data?.id) {
      for (const { arrays } of data.acts) for (const name in arrays) arrays[name] = decode(arrays[name]);
      this.score = new Score(data.acts);
      this.data = data;
      this.tally.load(this.score, data.tally);
      this.player.load(this.score);
      this.redraw(true);
    }
    if (data.refused) this.pointer.reopen();
    this.controls.show(this.player);
    this.root.dataset.ready = "true";
  }

  theme() {
    const ground = document.createElement("canvas").getContext("2d");
    ground.fillStyle = getComputedStyle(this.parent).getPropertyValue("--st-background-color").trim() || "#ffffff";
    return inkOn(ground.fillStyle) === "#ffffff" ? "dark" : "light";
  }

  /** The room for the picture: about half of the window, or all that is left where the stage has it to itself. */
  room() {
    const { clientWidth, clientHeight } = this.root.querySelector(".canvas");
    const isFilled = this.root.matches(".alone, .presenting");
    const share = clientWidth < 640 ? 0.6 : 0.48;
    return [Math.floor(clientWidth), isFilled ? clientHeight : Math.max(240, Math.round(window.innerHeight * share))];
  }

  redraw(always = false) {
    const [width, height] = this.room();
    const scale = this.presenter.isOn ? Presenter.SCALE : 1;
    const drawn = `${width} ${height} ${scale} ${this.theme()}`;
    if (!always && drawn === this.drawn) return;
    this.drawn = drawn;
    this.root.dataset.theme = this.theme();
    this.picture.draw(this.data, this.score, this.theme(), width, height, scale);
    this.root.dataset.cell = this.picture.cell;
    this.shows = this.score.acts.map((act) => KINDS[act.kind].show(this.picture, act, this.picture.gridsOf(act.index)));
    this.links = this.shows.map((show) => show.links);
    this.equations = this.score.acts.map((act, index) => this.makeEquation(act, this.links[index]));
    this.pointer.restore();
  }

  /** The lines of one act's arithmetic; those of the act that plays are shown. */
  makeEquation(act, links) {
    const lines = document.createElement("div");
    const equation = new KINDS[act.kind].Equation(lines, act, links);
    return Object.assign(equation, { lines });
  }

  show(place) {
    this.score.acts.forEach((act, index) => {
      const isNow = index === place.act;
      const stands = isNow ? place : index < place.act ? act.end : act.start;
      for (const layer of this.shows[index].layers) layer.show(stands, isNow);
    });
    const equation = this.equations[place.act];
    const room = this.root.querySelector(".equation");
    if (room.firstChild !== equation.lines) room.replaceChildren(equation.lines);
    const channels = Math.max(...this.score.acts.map((act) => act.loops.channels));
    room.style.setProperty("--lines", Math.min(5, Math.max(3, channels + 2)));
    equation.show(place);
    this.tally.show(place);
    this.equation = equation;
    this.root.dataset.shown = Number(this.root.dataset.shown ?? 0) + 1; // pictures so far, for whoever measures
  }

  /** Say what the stage shows, once it has stood still for a moment. */
  announce() {
    clearTimeout(this.announcing);
    if (this.player.playing) return;
    this.announcing = setTimeout(() => {
      const step = `Step ${this.player.step + 1} of ${this.player.count}: ${this.equation.spoken()}`;
      this.live.textContent = this.root.dataset.pointing ? this.sentence.textContent : step;
    }, 300);
  }

  /** Light what belongs to a cell; null goes back to the step the player stands at. */
  point(target, isPinned) {
    if (!this.score) return; // the page opened with a problem: there is no picture yet
    this.player.held = target !== null;
    for (const links of this.links) links.clear();
    this.root.dataset.pointing = target ? target.grid.role : "";
    this.root.dataset.pinned = isPinned && target ? "true" : "";
    this.editButton.hidden = !(isPinned && target && this.canEdit(target));
    const stands = (target && this.outputPlace(target)) || this.player.place;
    this.show(stands);
    this.sentence.textContent = target ? this.sayAll(target, stands) : HINT;
    this.fragment.later();
    this.announce();
  }

  /** What the acts that a cell belongs to say of it, each lighting its own part. */
  sayAll(target, stands) {
    return this.actsOf(target)
      .map((act) => this.links[act.index].show(target, act.index === stands.act ? stands : act.end))
      .join("; ");
  }

  /** The acts that a grid is part of: two where one's output is the other's input. */
  actsOf({ grid }) {
    return this.score.acts.filter((act) => {
      const belongs = grid.role === "middle" ? [grid.act - 1, grid.act] : [grid.act];
      return belongs.includes(act.index);
    });
  }

  /** The finished computation of a cell of an output, or null of any other cell. */
  outputPlace(target) {
    for (const act of this.actsOf(target)) {
      const { role, filter, position } = this.links[act.index].meaning(target, this.player.place);
      if (role === "output" && position >= 0) return act.outputPlace(filter, position);
    }
    return null;
  }

  /** What a cell's value is called by the page: {role, index, value}, or null where it cannot be edited. */
  editable(target) {
    if (this.data.fixed) return null;
    const act = this.actsOf(target).at(-1);
    const stands = this.player.place.act === act.index ? this.player.place : act.end;
    const { role, filter, channel, tap, cell } = this.links[act.index].meaning(target, stands);
    const { arrays, loops, roles } = act;
    if (!(role in roles) || channel === -1) return null;
    if (role === "bias") return { role: roles.bias, index: stands.filter, value: arrays.bias[stands.filter] };
    if (role === "kernel") {
      const flat = (filter * loops.channels + channel) * loops.taps + tap;
      return { role: roles.kernel, index: arrays.origins ? arrays.origins[flat] : flat, value: act.kernel(filter, channel, tap) };
    }
    const index = act.inputIndex(channel, cell);
    return index === null ? null : { role: roles.input, index, value: act.input(channel, cell) };
  }

  canEdit(target) {
    return this.editable(target) !== null;
  }

  valueAt(target) {
    return String(this.editable(target).value);
  }

  edit(target, text) {
    const { role, index } = this.editable(target);
    this.send("edit", { role, index, text });
  }
}

const stages = new WeakMap();

/** Wait for the plotly.js that Streamlit's own chart publishes, then do `then`. */
function whenPlotly(then) {
  if (window.Plotly) then();
  else requestAnimationFrame(() => whenPlotly(then));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".stage-root");
  whenPlotly(() => {
    if (!root.isConnected) return; // the page was left while plotly.js loaded
    if (!stages.has(root)) stages.set(root, new Stage(parentElement, setTriggerValue));
    stages.get(root).update(data);
  });
  return () => {
    // Streamlit cleans up before every new run too; only a stage that left the document is done
    setTimeout(() => {
      if (root.isConnected || !stages.has(root)) return;
      stages.get(root).destroy();
      stages.delete(root);
    });
  };
}
