// The player's own state in the address, behind the #: the step (counted from 1, as on the page), grain, speed, loop and
// pin. It changes too often for the server to hear of it: the browser writes it into the entry of its history that is
// there, and reads it when that entry is opened.

const WRITE_EVERY = 500; // ms; browsers refuse floods of writes, the strictest more than 100 in 30 s

class Fragment {
  constructor(stage) {
    this.stage = stage;
    this.wanted = location.hash; // what is to be shown once there is a record; null once it is, or the person has gone on
    this.written = -Infinity;
    this.onStep = () => this.open();
    for (const event of ["popstate", "hashchange"]) window.addEventListener(event, this.onStep);
  }

  destroy() {
    clearTimeout(this.timer);
    for (const event of ["popstate", "hashchange"]) window.removeEventListener(event, this.onStep);
  }

  /** Another entry of the history was opened: show what it says now, and again if the server sends its record. */
  open() {
    this.wanted = location.hash;
    const { score, player } = this.stage;
    if (score && !player.disabled && this.wanted.slice(1) !== this.text()) this.show(this.wanted);
  }

  /** The server has run the page: show what was asked for, or write again what its own write has dropped. */
  settle() {
    if (this.wanted === null) return this.write();
    const wanted = this.wanted;
    this.wanted = null;
    this.show(wanted);
  }

  /** The person did something: that counts, whatever was asked for before. */
  changed() {
    if (this.showing || this.stage.updating) return;
    this.wanted = null;
    this.later();
  }

  later() {
    if (this.timer) return;
    const wait = Math.max(0, this.written + WRITE_EVERY - performance.now());
    this.timer = setTimeout(() => this.write(), wait);
  }

  write() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const text = this.text();
    if (this.wanted !== null || !this.stage.score || text === location.hash.slice(1)) return;
    this.written = performance.now();
    history.replaceState(history.state, "", location.pathname + location.search + (text && `#${text}`));
  }

  /** What the player shows, without what is as it is at first. */
  text() {
    const { player, pointer } = this.stage;
    const { pinned } = pointer;
    const said = {
      step: player.step > 0 && player.step + 1,
      grain: player.grain !== player.score.grains[0].name && player.grain,
      speed: player.speed !== Player.SPEED && player.speed,
      loop: player.loop && 1,
      pin: pinned && [pinned.grid.role, pinned.grid.channel, pinned.cell, ...(pinned.grid.act ? [pinned.grid.act] : [])].join("."),
    };
    return Object.keys(said)
      .filter((name) => said[name])
      .map((name) => `${name}=${said[name]}`)
      .join("&");
  }

  show(hash) {
    this.showing = true;
    const problems = this.apply(new URLSearchParams(hash.slice(1)));
    this.showing = false;
    if (problems.length) this.stage.sentence.textContent = problems.join(" ");
  }

  /** Put the player where a fragment says; returns a sentence for each thing that cannot be. */
  apply(said) {
    const { player, pointer } = this.stage;
    const problems = [];
    const oneOf = (name, values, otherwise) => {
      const text = said.get(name);
      if (text === null || values.map(String).includes(text)) return text ?? String(otherwise);
      problems.push(`The link says ${name} ${text.slice(0, 20)}; it is one of ${values.join(", ")}.`);
      return String(otherwise);
    };
    player.pause();
    const grains = player.score.grains.map(({ name }) => name);
    player.grain = oneOf("grain", grains, grains[0]);
    player.speed = Number(oneOf("speed", SPEEDS, Player.SPEED));
    player.loop = oneOf("loop", [0, 1], 0) === "1";
    const step = said.get("step") ?? "1";
    const isThere = /^\d{1,9}$/.test(step) && Number(step) >= 1 && Number(step) <= player.count;
    if (!isThere) problems.push(`The link says step ${step.slice(0, 20)}; there are ${player.count}, and step 1 is shown.`);
    pointer.pinned = this.cell(said.get("pin"), problems);
    player.go(isThere ? Number(step) - 1 : 0);
    pointer.restore();
    return problems;
  }

  /** The cell that a pin names, role.channel.cell or role.channel.cell.act, or null. */
  cell(pin, problems) {
    if (pin === null) return null;
    const [role, channel, cell, act = "0"] = pin.split(".");
    const grid = this.stage.picture.grids.find(
      (one) => one.role === role && String(one.channel) === channel && String(one.act) === act,
    );
    if (grid && /^\d{1,6}$/.test(cell) && Number(cell) < grid.rows * grid.columns) return { grid, cell: Number(cell) };
    problems.push("What the link pins is not on this stage.");
    return null;
  }
}
