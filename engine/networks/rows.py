"""The layers of a network, row by row, each applied to the output of the one before it, and their totals."""

from dataclasses import dataclass

from engine.cost import Cost
from engine.layers import Conv2d
from engine.modules import BatchNorm2d, GlobalAvgPool2d, Linear, Shape
from engine.pooling import MaxPool2d
from engine.stack import Applied, StackLayer, apply


@dataclass(frozen=True)
class NetworkRow:
    """One layer of a network, under its name.

    `norm_params` are those of the batch norm after it. A layer that stands `beside` reads what an earlier one made,
    like a shortcut's projection, and the layers after it do not read its output in place of the row before.
    """

    name: str
    applied: Applied
    norm_params: int
    beside: bool

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
        """All that the network learns: weights, biases, and the batch norms' scales and shifts."""
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
        self.shape = inputs
        self._last: Applied | None = None

    def add(self, name: str, layer: StackLayer, norm: bool = False) -> None:
        """Write down the next layer."""
        applied = apply(layer, self.shape, self._last)
        self.rows.append(NetworkRow(name, applied, _norm_params(applied) if norm else 0, beside=False))
        self.shape, self._last = applied.outputs, applied

    def beside(self, name: str, layer: StackLayer, inputs: Shape, norm: bool = False) -> Shape:
        """Write down a layer that reads something else; return the shape of what it makes."""
        applied = apply(layer, inputs)
        self.rows.append(NetworkRow(name, applied, _norm_params(applied) if norm else 0, beside=True))
        return applied.outputs

    def conv(
        self, name: str, out_channels: int, kernel_size: int, stride: int = 1, groups: int = 1, norm: bool = True
    ) -> None:
        """Write down a convolution that keeps the size but for its stride; a batch norm after it replaces its bias."""
        layer = Conv2d(self.shape[0], out_channels, kernel_size, stride, kernel_size // 2, 1, groups, not norm)
        self.add(name, layer, norm)

    def depthwise(self, name: str, kernel_size: int, stride: int) -> None:
        """Write down a depthwise convolution with its batch norm."""
        self.conv(name, self.shape[0], kernel_size, stride, groups=self.shape[0])

    def pool(self, name: str, kernel_size: int, stride: int, padding: int = 0) -> None:
        """Write down a max pooling."""
        self.add(name, MaxPool2d(kernel_size, stride, padding))

    def linear(self, name: str, out_features: int) -> None:
        """Write down a fully connected layer."""
        channels, height, width = self.shape
        self.add(name, Linear(channels * height * width, out_features))

    def classify(self) -> None:
        """Write down what most networks end in: the mean of each channel, and a linear layer for a thousand classes."""
        self.add("pool", GlobalAvgPool2d())
        self.linear("linear", 1000)


def totals(rows: tuple[NetworkRow, ...]) -> Totals:
    """Return the sums over the rows of a network.

    >>> listing = Listing((3, 8, 8))
    >>> listing.conv("first", out_channels=4, kernel_size=3)
    >>> totals(tuple(listing.rows)).weights
    108
    """
    weights, params = sum(row.cost.weights for row in rows), sum(row.cost.params for row in rows)
    linear = sum(row.cost.macs for row in rows if isinstance(row.applied.layer, Linear))
    return Totals(
        weights=weights,
        biases=params - weights,
        norm_params=sum(row.norm_params for row in rows),
        conv_macs=sum(row.cost.macs for row in rows) - linear,
        linear_macs=linear,
        valid_macs=sum(row.cost.valid_macs for row in rows),
    )


def _norm_params(applied: Applied) -> int:
    return apply(BatchNorm2d(applied.outputs[0]), applied.outputs).cost.params
