// Steps: a step number and a grain name a place in the loops filter > position > channel > tap.

const GRAINS = ["output", "channel", "tap"];

class Steps {
  constructor(steps) {
    Object.assign(this, steps);
    const { filters, positions, channels, taps } = this.loops;
    this.inner = { output: 1, channel: channels, tap: channels * taps }; // steps of each grain in one output value
    this.values = filters * positions;
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
      filter: Math.floor(value / positions),
      position: value % positions,
      channel: { output: channels - 1, channel: within, tap: Math.floor(within / taps) }[grain],
      tap: grain === "tap" ? within % taps : taps - 1,
      grain,
    };
  }

  /** The first step of a grain that belongs to the output value of a place. */
  stepAt(grain, place) {
    return (place.filter * this.loops.positions + place.position) * this.inner[grain];
  }

  /** The finished computation of a cell of an output grid. */
  outputPlace({ grid, cell }) {
    return this.place("output", grid.channel * this.loops.positions + cell);
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
    const [top, left, rows, columns] = this.inside;
    const [row, column] = [Math.floor(cell / this.padded[1]) - top, (cell % this.padded[1]) - left];
    return row >= 0 && row < rows && column >= 0 && column < columns;
  }

  get hasBias() {
    return "bias" in this.arrays;
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
}
