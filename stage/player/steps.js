// Steps: a step number and a grain name a place in the loops filter > position > channel > tap of one of the acts.

const CELLS = { INPUT: 0, PADDING: 1, INSERTED: 2, EXTRA: 3 };

/** One layer whose windows are read. A channel of a place counts within what its filter reads. */
class Windows {
  constructor(act) {
    Object.assign(this, act);
    const { filters, positions, channels, taps } = this.loops;
    this.inner = { output: 1, channel: channels, tap: channels * taps }; // steps of each grain in one output value
    this.values = filters * positions;
    this.filtersInGroup = this.firsts.filter((first) => first === this.firsts[0]).length;
  }

  count(grain) {
    return this.values * this.inner[grain];
  }

  /** Where step `step` of a grain stands; channel and tap are the last ones already done. */
  place(grain, step) {
    const { positions, channels, taps } = this.loops;
    const value = Math.floor(step / this.inner[grain]);
    const within = step % this.inner[grain];
    return {
      act: this.index,
      filter: Math.floor(value / positions),
      position: value % positions,
      channel: { output: channels - 1, channel: within, tap: Math.floor(within / taps) }[grain],
      tap: grain === "tap" ? within % taps : taps - 1,
      grain,
    };
  }

  /** How many multiplies are done at a place. */
  multiplies({ filter, position, channel, tap }) {
    const { positions, channels, taps } = this.loops;
    return ((filter * positions + position) * channels + channel) * taps + tap + 1;
  }

  /** The first step of a grain that belongs to the output value of a place. */
  stepAt(grain, place) {
    return (place.filter * this.loops.positions + place.position) * this.inner[grain];
  }

  /** Before the first step, and after the last one. */
  get start() {
    return { act: this.index, filter: 0, position: 0, channel: -1, tap: -1, grain: "output" };
  }

  get end() {
    return this.place("output", this.values - 1);
  }

  /** The first input channel that a filter reads, and the group of a filter. */
  first(filter) {
    return this.firsts[filter];
  }

  group(filter) {
    return Math.floor(this.firsts[filter] / this.loops.channels);
  }

  /** Which of a place's channels an input channel is, or -1 where its filter does not read it. */
  channelOf(place, input) {
    const channel = input - this.first(place.filter);
    return channel >= 0 && channel < this.loops.channels ? channel : -1;
  }

  isComplete(place) {
    return this.channelDone(place, place.channel) && place.channel === this.loops.channels - 1;
  }

  tapDone(place, channel, tap) {
    return channel < place.channel || (channel === place.channel && tap <= place.tap);
  }

  channelDone(place, channel) {
    return this.tapDone(place, channel, this.loops.taps - 1);
  }

  /** Whether a cell of a padded input is the input's own, and not padding. */
  isInside(cell) {
    return this.arrays.kinds[cell] === CELLS.INPUT;
  }

  /** What a cell is that stands in an array with padding of its own. */
  kindOf(array, cell) {
    return array === "input" ? this.arrays.kinds[cell] : CELLS.INPUT;
  }

  /** The number of a padded cell among all input values, or null where it is not the input's own. */
  inputIndex(channel, cell) {
    return this.isInside(cell) ? channel * this.length[0] * this.length[1] + this.arrays.sources[cell] : null;
  }

  /** The finished computation of a cell of an output. */
  outputPlace(filter, position) {
    return this.place("output", filter * this.loops.positions + position);
  }

  get hasBias() {
    return "bias" in this.arrays;
  }

  get hasKernel() {
    return "kernel" in this.arrays;
  }

  /** The padded cell under a tap at a position. */
  read(position, tap) {
    return this.arrays.reads[position * this.loops.taps + tap];
  }

  kernel(filter, channel, tap) {
    return this.arrays.kernel[(filter * this.loops.channels + channel) * this.loops.taps + tap];
  }

  input(channel, cell) {
    return this.arrays.input[channel * this.padded[0] * this.padded[1] + cell];
  }

  product(place, channel, tap) {
    const { channels, taps, positions } = this.loops;
    return this.arrays.products[((place.filter * channels + channel) * taps + tap) * positions + place.position];
  }

  partial(place, channel) {
    return this.arrays.partial[(place.filter * this.loops.channels + channel) * this.loops.positions + place.position];
  }

  /** The sum over the channels done so far, or null before the first is. */
  runningSum(place) {
    const done = this.channelDone(place, place.channel) ? place.channel : place.channel - 1;
    if (done < 0) return null;
    return this.arrays.sum[(place.filter * this.loops.channels + done) * this.loops.positions + place.position];
  }

  output(filter, position) {
    return this.arrays.output[filter * this.loops.positions + position];
  }

  /** The position that a cell of an output grid shows, or -1 on the border that the next layer puts round it. */
  positionAt(grid, cell) {
    const [top, left] = this.frame;
    const [row, column] = [Math.floor(cell / grid.columns) - top, (cell % grid.columns) - left];
    const [rows, columns] = this.shape;
    return row < 0 || column < 0 || row >= rows || column >= columns ? -1 : row * columns + column;
  }

  cellAt(grid, position) {
    const [top, left] = this.frame;
    const columns = this.shape[1];
    return (Math.floor(position / columns) + top) * grid.columns + left + (position % columns);
  }
}

/** All acts, one after the other. */
class Score {
  constructor(acts) {
    this.acts = acts.map((act, index) => new KINDS[act.kind].Act({ ...act, index }));
  }

  /** What one step can be. */
  get grains() {
    return KINDS[this.acts[0].kind].grains;
  }

  count(grain) {
    return this.acts.reduce((sum, act) => sum + act.count(grain), 0);
  }

  place(grain, step) {
    let left = step;
    for (const act of this.acts) {
      if (left < act.count(grain)) return act.place(grain, left);
      left -= act.count(grain);
    }
    return this.acts[this.acts.length - 1].end;
  }

  stepAt(grain, place) {
    const before = this.acts.slice(0, place.act).reduce((sum, act) => sum + act.count(grain), 0);
    return before + this.acts[place.act].stepAt(grain, place);
  }

  /** How many multiplies are done at a place, and how many there are. */
  multiplies(place) {
    const before = this.acts.slice(0, place.act).reduce((sum, act) => sum + act.count("tap"), 0);
    return before + this.acts[place.act].multiplies(place);
  }

  /** The act that a place is in. */
  at(place) {
    return this.acts[place.act];
  }

  /** What tells one shape of score from another. */
  get shape() {
    return JSON.stringify(this.acts.map((act) => [act.kind, act.loops]));
  }
}
