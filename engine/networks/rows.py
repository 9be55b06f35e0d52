"""The layers of a network, row by row, each applied to the output of the one before it, and their totals."""

from dataclasses import dataclass, replace

from engine.cost import Cost
from engine.layers import Conv2d
from engine.merging import Add, Concat, Multiply
from engine.modules import BatchNorm2d, GlobalAvgPool2d, LayerNorm2d, LayerScale, Linear, Shape
from engine.pooling import MaxPool2d
from engine.stack import Applied, StackLayer, apply, entrance

INPUT = -1
"""The number of what a network begins with, where its rows are numbered from 0."""


@dataclass(frozen=True)
class NetworkRow:
    """One layer of a network, under its name.

    It reads the row of the number `reads`, and `others` beside it. `norm_params` are those of the batch norm after it,
    and `activation` what follows that, "relu" or a name of `engine.ACTIVATIONS`, or "". A layer that stands `beside`
    makes what a later one adds or multiplies, like a shortcut's projection, and the row after it does not read it.
    """

    name: str
    applied: Applied
    norm_params: int
    beside: bool
    reads: int
    others: tuple[int, ...] = ()
    activation: str = ""

    @property
    def cost(self) -> Cost:
        """What the layer costs, without its batch norm."""
        return self.applied.cost


@dataclass(frozen=True)
class Totals:
    """The sums over a network's layers, each kind of parameter and of mult-add apart."""

    weights: int
    biases: int
    norm_params: int
    conv_macs: int
    linear_macs: int
    valid_macs: int

    @property
    def params(self) -> int:
        """All that the network learns: weights, biases, and the norms' scales and shifts."""
        return self.weights + self.biases + self.norm_params

    @property
    def macs(self) -> int:
        """The mult-adds of all its convolutions and linear layers."""
        return self.conv_macs + self.linear_macs


@dataclass(frozen=True)
class Fact:
    """A count published of a network, its source, our count, and the convention by which the two agree."""

    quantity: str
    printed: str
    source: str
    ours: int
    convention: str


class Listing:
    """Builds the rows of a network, from an input of (channels, height, width) on."""

    def __init__(self, inputs: Shape) -> None:
        self.rows: list[NetworkRow] = []
        self._begin = entrance(inputs)
        self.at = INPUT
        """The number of the row that the next one reads."""

    @property
    def shape(self) -> Shape:
        """What the next layer reads."""
        return self._made(self.at).outputs

    def add(self, name: str, layer: StackLayer, norm: bool = False, activation: str = "") -> None:
        """Write down the next layer."""
        self._write(name, layer, self.at, norm, activation, is_beside=False)
        self.at = len(self.rows) - 1

    def beside(self, name: str, layer: StackLayer, reads: int, norm: bool = False, activation: str = "") -> int:
        """Write down a layer that reads the row of a number; return its own."""
        self._write(name, layer, reads, norm, activation, is_beside=True)
        return len(self.rows) - 1

    def merge(self, name: str, layer: Add | Concat | Multiply, others: tuple[int, ...], activation: str = "") -> None:
        """Write down a layer that reads rows of these numbers beside the one before it.

        What factors for channels see, which is everything, is left out of the receptive fields, as is usual.
        """
        last = self._made(self.at)
        applied = apply(layer, last.outputs, last, tuple(map(self._made, others)))
        if isinstance(layer, Multiply):
            applied = replace(applied, rows=last.rows, columns=last.columns, others=())
        self.rows.append(NetworkRow(name, applied, 0, False, self.at, others, activation))
        self.at = len(self.rows) - 1

    def _made(self, number: int) -> Applied:
        return self._begin if number == INPUT else self.rows[number].applied

    def _write(self, name: str, layer: StackLayer, reads: int, norm: bool, activation: str, is_beside: bool) -> None:
        source = self._made(reads)
        applied = apply(layer, source.outputs, source)
        norm_params = _norm_params(applied) if norm else 0
        self.rows.append(NetworkRow(name, applied, norm_params, is_beside, reads, activation=activation))

    def conv(
        self,
        name: str,
        out_channels: int,
        kernel_size: int,
        stride: int = 1,
        groups: int = 1,
        norm: bool = True,
        activation: str = "relu",
    ) -> None:
        """Write down a convolution that keeps the size but for its stride; a batch norm after it replaces its bias."""
        layer = Conv2d(self.shape[0], out_channels, kernel_size, stride, kernel_size // 2, 1, groups, not norm)
        self.add(name, layer, norm, activation)

    def depthwise(self, name: str, kernel_size: int, stride: int, activation: str = "relu") -> None:
        """Write down a depthwise convolution with its batch norm."""
        self.conv(name, self.shape[0], kernel_size, stride, groups=self.shape[0], activation=activation)

    def gate(self, name: str, squeezed: int, inner: str, outer: str) -> None:
        """Write down a squeeze-and-excite: each channel's mean, through two layers, becomes a factor for the channel.

        `inner` and `outer` are the activations after the two. Source: Hu et al., "Squeeze-and-Excitation Networks"
        (arXiv 1709.01507). The multiplying itself is not counted.
        """
        channels = self.shape[0]
        means = self.beside(f"{name} mean", GlobalAvgPool2d(), self.at)
        fewer = self.beside(f"{name} squeeze", Conv2d(channels, squeezed, 1), means, activation=inner)
        factors = self.beside(f"{name} excite", Conv2d(squeezed, channels, 1), fewer, activation=outer)
        self.merge(f"{name} gate", Multiply(), (factors,))

    def pool(self, name: str, kernel_size: int, stride: int, padding: int = 0) -> None:
        """Write down a max pooling."""
        self.add(name, MaxPool2d(kernel_size, stride, padding))

    def linear(self, name: str, out_features: int, activation: str = "") -> None:
        """Write down a fully connected layer."""
        channels, height, width = self.shape
        self.add(name, Linear(channels * height * width, out_features), activation=activation)

    def average(self) -> None:
        """Write down the mean of each channel."""
        self.add("pool", GlobalAvgPool2d())

    def classify(self) -> None:
        """Write down what most networks end in: the mean of each channel, and a linear layer for a thousand classes."""
        self.average()
        self.linear("linear", 1000)


def totals(rows: tuple[NetworkRow, ...]) -> Totals:
    """Return the sums over the rows of a network.

    >>> listing = Listing((3, 8, 8))
    >>> listing.conv("first", out_channels=4, kernel_size=3)
    >>> totals(tuple(listing.rows)).weights
    108
    """
    norms = [row for row in rows if isinstance(row.applied.layer, LayerNorm2d | LayerScale)]
    own = [row for row in rows if row not in norms]
    weights, params = sum(row.cost.weights for row in own), sum(row.cost.params for row in own)
    linear = sum(row.cost.macs for row in rows if isinstance(row.applied.layer, Linear))
    return Totals(
        weights=weights,
        biases=params - weights,
        norm_params=sum(row.norm_params for row in rows) + sum(row.cost.params for row in norms),
        conv_macs=sum(row.cost.macs for row in rows) - linear,
        linear_macs=linear,
        valid_macs=sum(row.cost.valid_macs for row in rows),
    )


def _norm_params(applied: Applied) -> int:
    return apply(BatchNorm2d(applied.outputs[0]), applied.outputs).cost.params
