// Stamps: a transposed layer. A step is a stamp, an output gathered from stamps, or a single product that lands.

/** A place has a filter, which is an output map; and a position, channel and tap, or the output that is gathered. */
class Stamps {
  constructor(act) {
    Object.assign(this, act);
    this.unread = [[], []];
    const { filters, positions, channels, taps, outputs } = this.loops;
    this.inner = { stamp: positions, output: outputs, multiply: positions * channels * taps }; // steps in one map
    this.maps = filters;
  }

  count(grain) {
    return this.maps * this.inner[grain];
  }

  /** Where step `step` of a grain stands; channel and tap are the last ones already done. */
  place(grain, step) {
    const { channels, taps } = this.loops;
    const [filter, within] = [Math.floor(step / this.inner[grain]), step % this.inner[grain]];
    const place = { act: this.index, grain, filter, position: -1, channel: channels - 1, tap: taps - 1, output: -1, cell: -1 };
    if (grain === "output") return { ...place, output: within, cell: this.arrays.cells[within] };
    if (grain === "stamp") return { ...place, position: within };
    const product = within % (channels * taps);
    const position = Math.floor(within / (channels * taps));
    return { ...place, position, channel: Math.floor(product / taps), tap: product % taps };
  }

  /** The step of a grain that belongs to a place: the first that lands on its output, or that its stamp lands on. */
  stepAt(grain, place) {
    const { channels, taps } = this.loops;
    const first = place.filter * this.inner[grain];
    if ((grain === "output") === (place.output >= 0)) {
      if (grain === "output") return first + place.output;
      return first + place.position * (grain === "stamp" ? 1 : channels * taps);
    }
    if (grain === "output") return first + Math.max(0, this.reached(place.position)[0] ?? 0);
    const { position, tap } = this.gathered(place.cell)[0] ?? { position: 0, tap: 0 };
    return first + (grain === "stamp" ? position : position * channels * taps + tap);
  }

  /** The finished computation of a cell of an output. */
  outputPlace(filter, output) {
    return this.place("output", filter * this.loops.outputs + output);
  }

  get start() {
    return { ...this.place("stamp", 0), channel: -1, tap: -1 };
  }

  get end() {
    return this.place("stamp", this.count("stamp") - 1);
  }

  get hasBias() {
    return "bias" in this.arrays;
  }

  /** How many input channels there are. */
  get inputs() {
    return this.arrays.input.length / this.loops.positions;
  }

  /** The first input channel of the group that a filter belongs to. */
  first(filter) {
    return this.firsts[filter];
  }

  /** Which of a place's channels an input channel is, or -1 where it does not stamp that map. */
  channelOf(place, input) {
    const channel = input - this.first(place.filter);
    return channel >= 0 && channel < this.loops.channels ? channel : -1;
  }

  isDone(place, channel, tap) {
    return channel < place.channel || (channel === place.channel && tap <= place.tap);
  }

  /** Whether a place is the last one of its map. */
  isComplete(place) {
    const { outputs, positions, channels, taps } = this.loops;
    if (place.output >= 0) return place.output === outputs - 1;
    return place.position === positions - 1 && this.isDone(place, channels - 1, taps - 1);
  }

  /** The cell of the uncropped output on which a tap of the stamp at a position lands. */
  landing(position, tap) {
    return this.arrays.landings[position * this.loops.taps + tap];
  }

  /** The outputs that a stamp reaches, in order. */
  reached(position) {
    const cells = Array.from({ length: this.loops.taps }, (_, tap) => this.arrays.outputs[this.landing(position, tap)]);
    return cells.filter((output) => output >= 0);
  }

  /** What lands on a cell of the uncropped output, in order: the positions, and the tap of each that does. */
  gathered(cell) {
    const { taps } = this.loops;
    const found = [];
    for (let tap = taps - 1; tap >= 0; tap--) {
      const position = this.arrays.gathered[cell * taps + tap];
      if (position >= 0) found.push({ position, tap });
    }
    return found;
  }

  /** The value of a cell of the place's map after the last landing; null, or the bias, where there was none yet. */
  running(place, cell) {
    const { taps, channels, positions } = this.loops;
    let value = this.hasBias ? this.arrays.bias[place.filter] : null;
    for (let tap = taps - 1; tap >= 0; tap--) {
      const position = this.arrays.gathered[cell * taps + tap];
      if (position < 0) continue;
      if (position > place.position) break;
      const reached = tap <= place.tap ? place.channel : place.channel - 1;
      const channel = position < place.position ? channels - 1 : reached;
      if (channel < 0) break;
      value = this.arrays.landed[((place.filter * channels + channel) * taps + tap) * positions + position];
    }
    return value;
  }

  /** What a cell of the place's map shows at that place, or null. */
  shown(place, cell) {
    if (place.output < 0) return this.running(place, cell);
    const output = this.arrays.outputs[cell];
    return output >= 0 && output <= place.output ? this.output(place.filter, output) : null;
  }

  input(channel, position) {
    return this.arrays.input[channel * this.loops.positions + position];
  }

  kernel(filter, channel, tap) {
    return this.arrays.kernel[(filter * this.loops.channels + channel) * this.loops.taps + tap];
  }

  product(filter, channel, tap, position) {
    const { channels, taps, positions } = this.loops;
    return this.arrays.products[((filter * channels + channel) * taps + tap) * positions + position];
  }

  partial(filter, channel, output) {
    return this.arrays.partial[(filter * this.loops.channels + channel) * this.loops.outputs + output];
  }

  output(filter, output) {
    return this.arrays.output[filter * this.loops.outputs + output];
  }

  uncroppedValue(filter, cell) {
    return this.arrays.uncropped[filter * this.uncropped[0] * this.uncropped[1] + cell];
  }

  /** What a cell is that stands in an array with padding of its own. */
  kindOf(array, cell) {
    return array === "zero_inserted" ? this.arrays.kinds[cell] : CELLS.INPUT;
  }

  /** The number of an input value among all of them. */
  inputIndex(channel, position) {
    return channel * this.loops.positions + position;
  }
}
