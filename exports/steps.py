"""What is played, step by step, from what the browser is given: the same places, counted the same way.

A step number and a grain name a place. The acts of the browser's player have the same words; nothing is computed
here that the record does not hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from stage.encoding import decode

GRAINS = {
    "windows": ("output", "channel", "tap"),
    "pooling": ("output", "tap"),
    "stamps": ("stamp", "output", "multiply"),
}
"""What a step can be, for each kind of act; the first where nothing is said."""

Array = NDArray[Any]


@dataclass(frozen=True)
class Place:
    """Where a step stands; `channel` and `tap` are the last ones done, `output` and `cell` what is gathered, or -1."""

    act: int
    grain: str
    filter: int
    position: int
    channel: int
    tap: int
    output: int = -1
    cell: int = -1


class Act:
    """One layer that is played; `said` is what the browser is given of it."""

    def __init__(self, said: dict[str, Any], index: int) -> None:
        self.said = said
        self.index = index
        self.kind: str = said["kind"]
        self.ends: dict[str, float] = said["ends"]
        self.firsts: list[int] = said["firsts"]
        loops: dict[str, int] = said["loops"]
        self.filters, self.positions, self.channels, self.taps = (
            loops[name] for name in ("filters", "positions", "channels", "taps")
        )
        self.arrays = {name: decode(packed) for name, packed in said["arrays"].items()}
        self.products = self.arrays["products"].reshape(self.filters, self.channels, self.taps, self.positions)
        self.kernel = self._by_filter("kernel")
        self.bias: Array | None = self.arrays.get("bias")

    def _by_filter(self, name: str) -> Array | None:
        found = self.arrays.get(name)
        return None if found is None else found.reshape(self.filters, self.channels, self.taps)

    def flat(self, name: str) -> Array:
        """An array of maps, (maps, cells)."""
        return self.arrays[name].reshape(self.filters, -1)

    def channel_of(self, place: Place, channel: int) -> int:
        """Which of a place's channels an input channel is, or -1 where its filter does not read it."""
        within = channel - self.firsts[place.filter]
        return within if 0 <= within < self.channels else -1

    def is_done(self, place: Place, channel: int, tap: int) -> bool:
        """Whether a product of a place is made."""
        return (channel, tap) <= (place.channel, place.tap)

    def is_channel_done(self, place: Place, channel: int) -> bool:
        """Whether a channel's sum is complete."""
        return self.is_done(place, channel, self.taps - 1)

    def is_complete(self, place: Place) -> bool:
        """Whether all that belongs to a place is done."""
        return self.is_channel_done(place, self.channels - 1)

    def count(self, grain: str) -> int:
        """How many steps of a grain there are."""
        raise NotImplementedError

    def place(self, grain: str, step: int) -> Place:
        """Where step `step` of a grain stands."""
        raise NotImplementedError

    def before(self) -> Place:
        """The place before the first step."""
        raise NotImplementedError

    def after(self) -> Place:
        """The place of the last step."""
        raise NotImplementedError


class Windows(Act):
    """A layer whose windows are read."""

    def __init__(self, said: dict[str, Any], index: int) -> None:
        super().__init__(said, index)
        self.reads = self.arrays["reads"].reshape(self.positions, self.taps)
        self.columns: int = said["shape"][1]
        self.top, self.left = map(int, said["frame"])

    def _inner(self, grain: str) -> int:
        return {"output": 1, "channel": self.channels, "tap": self.channels * self.taps}[grain]

    def count(self, grain: str) -> int:
        """How many steps of a grain there are."""
        return self.filters * self.positions * self._inner(grain)

    def place(self, grain: str, step: int) -> Place:
        """Where step `step` of a grain stands."""
        value, within = divmod(step, self._inner(grain))
        channel, tap = {
            "output": (self.channels - 1, self.taps - 1),
            "channel": (within, self.taps - 1),
            "tap": divmod(within, self.taps),
        }[grain]
        return Place(self.index, grain, value // self.positions, value % self.positions, channel, tap)

    def before(self) -> Place:
        """The place before the first step."""
        return Place(self.index, "output", 0, 0, -1, -1)

    def after(self) -> Place:
        """The place of the last step."""
        return self.place("output", self.filters * self.positions - 1)

    def group(self, place: Place) -> int:
        """The group of a place's filter."""
        return self.firsts[place.filter] // self.channels

    def sum_so_far(self, place: Place) -> float | None:
        """The sum over the channels done so far, or None before the first is."""
        done = place.channel if self.is_channel_done(place, place.channel) else place.channel - 1
        sums = self.arrays["sum"].reshape(self.filters, self.channels, self.positions)
        return float(sums[place.filter, done, place.position]) if done >= 0 else None

    def made(self, place: Place) -> int:
        """How many output values are complete, map by map."""
        return place.filter * self.positions + place.position + (1 if self.is_complete(place) else 0)


class Stamps(Act):
    """A transposed layer: a step is a stamp, an output gathered from stamps, or a single product that lands."""

    def __init__(self, said: dict[str, Any], index: int) -> None:
        super().__init__(said, index)
        self.outputs: int = said["loops"]["outputs"]
        self.inputs = self.arrays["input"].size // self.positions
        self.landings = self.arrays["landings"].reshape(self.positions, self.taps)
        self.gathered = self.arrays["gathered"].reshape(-1, self.taps)
        shape = (self.filters, self.channels, self.taps, self.positions)
        self.landed = self.arrays["landed"].reshape(shape)
        first, last = (divmod(int(self.landings[0, tap]), said["uncropped"][1]) for tap in (0, self.taps - 1))
        self.window = last[0] - first[0] + 1, last[1] - first[1] + 1  # rows and columns under a stamp

    def _inner(self, grain: str) -> int:
        products = self.positions * self.channels * self.taps
        return {"stamp": self.positions, "output": self.outputs, "multiply": products}[grain]

    def count(self, grain: str) -> int:
        """How many steps of a grain there are."""
        return self.filters * self._inner(grain)

    def place(self, grain: str, step: int) -> Place:
        """Where step `step` of a grain stands."""
        filter_, within = divmod(step, self._inner(grain))
        last = self.channels - 1, self.taps - 1
        if grain == "output":
            return Place(self.index, grain, filter_, -1, *last, within, int(self.arrays["cells"].flat[within]))
        if grain == "stamp":
            return Place(self.index, grain, filter_, within, *last)
        position, product = divmod(within, self.channels * self.taps)
        return Place(self.index, grain, filter_, position, *divmod(product, self.taps))

    def before(self) -> Place:
        """The place before the first step."""
        return Place(self.index, "stamp", 0, 0, -1, -1)

    def after(self) -> Place:
        """The place of the last step."""
        return self.place("stamp", self.count("stamp") - 1)

    def is_map_complete(self, place: Place) -> bool:
        """Whether a place is the last one of its map."""
        if place.output >= 0:
            return place.output == self.outputs - 1
        return place.position == self.positions - 1 and self.is_complete(place)

    def landing_on(self, cell: int) -> Iterator[tuple[int, int]]:
        """What lands on a cell of the uncropped output, in order: position and tap."""
        for tap in range(self.taps - 1, -1, -1):
            if self.gathered[cell, tap] >= 0:
                yield int(self.gathered[cell, tap]), tap

    def shown(self, place: Place, cell: int) -> float | None:
        """What a cell of the place's map shows; None, or the bias, where nothing has landed yet."""
        if place.output >= 0:
            output = int(self.arrays["outputs"].flat[cell])
            return float(self.flat("output")[place.filter, output]) if 0 <= output <= place.output else None
        return self.running(place, cell)

    def running(self, place: Place, cell: int) -> float | None:
        """What has landed on a cell of the place's map so far; None, or the bias, where nothing has."""
        value = None if self.bias is None else float(self.bias[place.filter])
        for position, tap in self.landing_on(cell):
            if position > place.position:
                break
            reached = place.channel if tap <= place.tap else place.channel - 1
            channel = self.channels - 1 if position < place.position else reached
            if channel < 0:
                break
            value = float(self.landed[place.filter, channel, tap, position])
        return value


_KINDS = {"windows": Windows, "pooling": Windows, "stamps": Stamps}


class Score:
    """All acts of what the browser is given, one after the other."""

    def __init__(self, payload: dict[str, Any]) -> None:
        self.acts: list[Act] = [_KINDS[said["kind"]](said, index) for index, said in enumerate(payload["acts"])]
        self.grains = GRAINS[self.acts[0].kind]

    def count(self, grain: str) -> int:
        """How many steps of a grain there are."""
        return sum(act.count(grain) for act in self.acts)

    def place(self, grain: str, step: int) -> Place:
        """Where step `step` of a grain stands; IndexError beyond the last."""
        for act in self.acts:
            if step < act.count(grain):
                return act.place(grain, step)
            step -= act.count(grain)
        raise IndexError(step)

    def standing(self, place: Place, act: Act) -> Place:
        """Where an act stands while the score is at a place."""
        if act.index == place.act:
            return place
        return act.after() if act.index < place.act else act.before()
