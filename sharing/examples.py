"""Examples for the comparison page: jobs for every kind of convolution, and stacks of layers."""

from dataclasses import dataclass
from typing import Any

from sharing.comparison import JobPadding


@dataclass(frozen=True)
class Example:
    """A named choice of some of the page's fields; a sentence that says enough on a card, and more for its page."""

    title: str
    summary: str
    fields: dict[str, Any]
    details: str = ""

    @property
    def look_for(self) -> str:
        """All that is said of it: what to look for."""
        return f"{self.summary} {self.details}" if self.details else self.summary


def _job(
    height: int, channels: tuple[int, int], kernel_size: int, padding: int = 0, groups: int = 1, **more: int
) -> dict[str, Any]:
    common: dict[str, Any] = {"stride": 1, "dilation": 1, "depth_multiplier": 1, "output_padding": 0, "bias": True}
    common |= {"padding_given": JobPadding.NUMBERS, "apart": False}
    sizes = {"height": height, "width": height, "in_channels": channels[0], "out_channels": channels[1]}
    return common | sizes | {"kernel_size": kernel_size, "padding": padding, "groups": groups} | more


JOBS = {
    "wide": Example(
        "256 channels on 14×14, nearly nine times",
        "At 256 channels the saving is 8.69 and not 9: there is still 1/256 beside 1/9.",
        _job(14, (256, 256), 3, 1, 8),
    ),
    "one-deep-filter": Example(
        "12×12×3 to 8×8×256: 19,200 weights or 843",
        "One standard layer has 19,200 weights; a depthwise one of 75 and a pointwise one of 768 do the job too.",
        _job(12, (3, 256), 5),
    ),
    "grouped": Example(
        "256 to 32 channels in eight groups",
        "Each filter sees 32 channels: an eighth of the weights, 9,216 for 73,728.",
        _job(12, (256, 32), 3, 1, 8),
    ),
    "narrow": Example(
        "8 channels: only 4.24 times",
        "Each depthwise filter serves only 8 output channels, so that the depthwise half takes 1/8 of the standard "
        "layer's mult-adds beside the pointwise half's 1/9: the saving is 4.24, far from 9.",
        _job(14, (8, 8), 3, 1, 2),
    ),
    "one-out": Example(
        "One output channel: separable is dearer",
        "With one filter there is nothing to share: the depthwise layer does all the work, and the pointwise one more.",
        _job(14, (64, 1), 3, 1),
    ),
    "one-by-one": Example(
        "A 1×1 kernel: separable is dearer",
        "The standard layer is pointwise already; a depthwise one before it only adds to it.",
        _job(14, (64, 64), 1),
    ),
    "upsampling": Example(
        "Twice the size by a transposed layer",
        "A transposed layer pays for its input positions, 1,024, and not for its 4,096 outputs; some tools say four "
        "times as much.",
        _job(32, (3, 3), 4, 1, stride=2),
    ),
    "depthwise-transposed": Example(
        "A depthwise transposed layer, 512 channels",
        "With as many groups as channels a transposed layer multiplies 512 times less: 29,491,200, and not 15.1 G.",
        _job(80, (512, 512), 3, 1, 512, stride=2, output_padding=1),
        "Tools that take the 160×160 outputs for its positions say four times as much.",
    ),
    "large-input": Example(
        "The first layer on 1440×1440",
        "A 7×7 kernel with stride 2 on a photograph: 2,438,553,600 mult-adds for 4,736 parameters.",
        _job(1440, (3, 32), 7, 3, stride=2),
    ),
    "dilated": Example(
        "Stride 2, dilation 2: a third is padding",
        "144 taps, of which 100 touch real data: the others multiply zeros, and papers count them all the same.",
        _job(9, (1, 1), 3, 1, stride=2, dilation=2),
    ),
}
"""Jobs, by a name of their own."""


def _stack(channels: int, side: int, text: str) -> dict[str, Any]:
    return {"input_channels": channels, "input_height": side, "input_width": side, "stack": text}


STACKS = {
    "small-network": Example(
        "A small network on 28×28",
        "Each of two blocks halves the image.",
        _stack(1, 28, "conv 16 3 p1; relu; maxpool 2; conv 32 3 p1; relu; maxpool 2; linear 1568>10"),
        "Three quarters of the parameters are in the linear layer; seven eighths of the mult-adds are in the second "
        "convolution.",
    ),
    "fully-connected": Example(
        "A hundred hidden units on 224×224",
        "Each unit has a weight for each pixel: 5,017,600.",
        _stack(1, 224, "linear 100 nobias"),
    ),
    "one-kernel": Example(
        "One 5×5 kernel on 224×224",
        "The same 25 weights at every place, in place of 5,017,600.",
        _stack(1, 224, "conv 1 5 nobias"),
    ),
    "unstrided": Example(
        "From 224×224 to 4×4 without a stride",
        "Each 5×5 layer takes four rows and columns off: it needs 55 of them, and sees 221×221 in the end.",
        _stack(1, 224, "conv 1 5 nobias x55"),
    ),
    "strided": Example(
        "From 224×224 to 4×4 with stride 2",
        "Five layers do what took 55: each halves the image, and doubles how fast the receptive field grows.",
        _stack(1, 224, "conv 1 5 s2 nobias x5"),
    ),
    "there-and-back": Example(
        "Down to half the size and back",
        "The transposed layer with the same numbers brings 64×64 back: the shape, not the values.",
        _stack(3, 64, "conv 3 4 s2 p1; transposed 3 4 s2 p1"),
    ),
    "too-small": Example(
        "LeNet on 28×28: a layer too many",
        "Made for 32×32, its third convolution finds 4×4 cells here, and its kernel has 5×5.",
        _stack(1, 28, "conv 6 5; maxpool 2; conv 16 5; maxpool 2; conv 120 5; linear 84; linear 10"),
    ),
    "residual": Example(
        "A residual block with a projection",
        "What comes in is added to what three layers made of it; a 1×1 layer brings it to the same shape first.",
        _stack(
            64,
            56,
            "conv 128 3 s2 p1 nobias; batchnorm; relu; conv 128 3 p1 nobias; y = batchnorm; "
            "conv 128 1 s2 nobias from input; batchnorm; add y; relu",
        ),
        "The shortcut takes a twenty-eighth of the mult-adds.",
    ),
    "u-net": Example(
        "A small U-Net: what went down comes back beside",
        "Each level's map is put beside the enlarged one of the level below, so that edges keep their place.",
        _stack(
            1,
            64,
            "conv 16 3 p1; a = relu; maxpool 2; conv 32 3 p1; b = relu; maxpool 2; conv 64 3 p1; relu; "
            "transposed 32 2 s2; concat b; conv 32 3 p1; relu; transposed 16 2 s2; concat a; conv 16 3 p1; relu; "
            "pointwise 2",
        ),
    ),
    "inception": Example(
        "An inception block: four branches side by side",
        "1×1, 3×3 and 5×5 kernels and a pooling read the same input, and their channels stand behind each other.",
        _stack(
            192,
            28,
            "a = pointwise 64 from input; pointwise 96 from input; b = conv 128 3 p1; pointwise 16 from input; "
            "c = conv 32 5 p2; maxpool 3 s1 p1 from input; pointwise 32; concat a b c",
        ),
    ),
    "unpooling": Example(
        "Pooled twice, and unpooled by the indices",
        "An unpooling puts each value where its max pooling found it, so that an odd size comes back too.",
        _stack(
            3, 45, "conv 16 3 p1; relu; a = maxpool 2; conv 32 3 p1; b = maxpool 2; unpool b; conv 16 3 p1; unpool a"
        ),
    ),
}
"""Stacks of layers, by a name of their own."""
