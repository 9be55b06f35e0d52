"""A model's summary, as Keras, torchinfo and torchsummary print it: names, output shapes and counts of parameters.

It does not say kernels, strides and paddings. Each layer's are worked out: the kernel from the parameters, the stride
and the padding from the sizes before and after. Whatever gives the same sizes and parameters has the same counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import ceil, isqrt

from sharing.pasted.calls import Call
from sharing.pasted.layers import read_call, separable_rows
from sharing.pasted.messages import PastedCode, refusal
from sharing.pasted.results import PastedStack
from sharing.pasted.signatures import VOLUMES, is_layer

Size = tuple[int, int, int]

_KERAS_ROW = re.compile(
    r"\s*[\w/.-]{1,80} ?\((?P<kind>\w{1,60})\)?\s{1,80}\[?\(?(?P<shape>[\d, None]{3,80})\)?\]?"
    r"\s{1,80}(?P<params>[\d,]{1,20})\b"
)
_TORCHINFO_ROW = re.compile(
    r"[\s├└│─|]{0,80}(?P<kind>\w{1,60})(?: \(\w{1,60}\))?: (?P<depth>\d{1,3})-\d{1,4}\s{1,99}(?P<rest>\S.*)"
)
_TORCHSUMMARY_ROW = re.compile(
    r"\s{1,60}(?P<kind>\w{1,60})-\d{1,4}\s{1,60}\[(?P<shape>[-\d, ]{3,60})\]\s{1,60}(?P<params>[\d,]{1,20})\s*$"
)
_RULES = re.compile(r"[\s=_━─┏┓┗┛┡┩├┤┴┬╇┼┳┻╋└┘┌┐+)-]*$")
_TOTALS = re.compile(
    r"\s{0,8}(?:(?:Total|Trainable|Non-trainable|Params|Forward|Input size|Estimated|Optimizer|Model)\b.*)"
)
_HEAD = re.compile(r".*\b(?:Output Shape|Param #)")
_SHAPE = re.compile(r"\[[-\d, ]{1,60}\]")
_LARGEST_KERNEL, _LARGEST_STRIDE = 31, 8
WORKED_OUT = (
    "A summary does not say kernels, strides and paddings: they are worked out from the sizes and the parameters, and "
    "a pooling window is taken to be as large as its stride."
)


@dataclass(frozen=True)
class _Row:
    """A layer's line: its class, its output (channels, rows, columns), its parameters, its kernel if that is said."""

    line: int
    kind: str
    made: Size
    params: int
    kernel: int | None = None


def is_summary(text: str) -> bool:
    """Return whether a text has the head of a summary's table."""
    return bool(re.search(r"Output Shape\s{1,80}[│┃|]?\s{0,80}.{0,200}?Param #", text))


def read_summary(text: str, first_line: int = 1) -> PastedStack:
    """Return the layers of a summary as a stack; LayerError, with the line, where one cannot be read or worked out."""
    is_keras = not re.search(r"depth-idx|^\s+\w+-\d+\s+\[-?1,", text, re.MULTILINE)
    rows = list(_keras_rows(text, first_line) if is_keras else _torch_rows(text, first_line))
    if not rows:
        raise refusal(PastedCode.PASTED_EMPTY, first_line)
    given = rows.pop(0).made if rows[0].kind == "InputLayer" else None
    lines: list[str] = []
    inputs, notes = given, [WORKED_OUT]
    for row in rows:
        if given is None:
            given = inputs = _first_input(row)
            notes.append(
                f"The input is not said: (channels, height, width) is taken as {given}, as the first layer allows."
            )
        lines += _lines(row, given, is_keras)
        given = row.made
    return PastedStack(tuple(lines), inputs, inputs[0] if inputs else None, tuple(notes))


def _keras_rows(text: str, first_line: int) -> Iterator[_Row]:
    pending: tuple[int, list[str]] | None = None
    for number, line in enumerate(text.splitlines(), first_line):
        if "│" in line:
            cells = [cell.strip() for cell in line.strip().strip("│").split("│")]
            if pending and len(cells) > 1 and not cells[1]:
                pending[1][0] += " " + cells[0]
                continue
            if pending:
                yield _keras_row(" ".join(f"{cell}  " for cell in pending[1]), pending[0])
            pending = (number, cells)
        elif _RULES.fullmatch(line) or _HEAD.match(line) or _TOTALS.match(line):
            continue
        else:
            yield _keras_row(line, number)
    if pending:
        yield _keras_row(" ".join(f"{cell}  " for cell in pending[1]), pending[0])


def _keras_row(text: str, line: int) -> _Row:
    found = _KERAS_ROW.match(text)
    if not found:
        raise refusal(PastedCode.NOT_PYTHON, line, text.strip())
    kind = found["kind"]
    if not is_layer(kind, is_keras=True):
        raise refusal(PastedCode.NO_LAYER_HERE, line, kind)
    _check_images(kind, line)
    sides = [int(side) for side in re.findall(r"\d{1,9}", found["shape"])]
    if len(sides) not in (1, 3):
        raise refusal(PastedCode.NOT_PYTHON, line, text.strip())
    made = (sides[2], sides[0], sides[1]) if len(sides) == 3 else (sides[0], 1, 1)
    return _Row(line, kind, made, int(found["params"].replace(",", "")))


def _torch_rows(text: str, first_line: int) -> Iterator[_Row]:
    columns: list[str] = []
    found: list[tuple[int, _Row | None, int, str]] = []
    for number, line in enumerate(text.splitlines(), first_line):
        if _HEAD.match(line):
            columns = re.split(r"\s{2,}", line.strip())[1:]
        elif row := _TORCHINFO_ROW.match(line):
            cells = dict(zip(columns, re.split(r"\s{2,}", row["rest"].strip()), strict=False))
            found.append((int(row["depth"]), _torch_row(row["kind"], cells, number), number, row["kind"]))
        elif row := _TORCHSUMMARY_ROW.match(line):
            cells = {"Output Shape": f"[{row['shape']}]", "Param #": row["params"]}
            found.append((1, _torch_row(row["kind"], cells, number), number, row["kind"]))
        elif not (_RULES.fullmatch(line) or _TOTALS.match(line) or re.match(r"\w+\s{2,}(\[|--)", line)):
            raise refusal(PastedCode.NOT_PYTHON, number, line.strip())
    for at, (depth, layer, line_number, kind) in enumerate(found):
        is_container = at + 1 < len(found) and found[at + 1][0] > depth
        if layer is None and not is_container:
            raise refusal(PastedCode.NO_LAYER_HERE, line_number, kind)
        if layer is not None:
            yield layer


def _torch_row(kind: str, cells: dict[str, str], line: int) -> _Row | None:
    if not is_layer(kind, is_keras=False):
        return None
    _check_images(kind, line)
    sides = [int(side) for side in re.findall(r"\d{1,9}", cells.get("Output Shape", ""))][1:]
    if len(sides) not in (1, 3):
        raise refusal(PastedCode.NOT_SAID, line, layer=kind, argument="output shape")
    channels, height, width = sides if len(sides) == 3 else (sides[0], 1, 1)
    params = re.sub(r"\D", "", cells.get("Param #", "")) or "0"
    kernel = re.findall(r"\d{1,9}", cells.get("Kernel Shape", ""))
    return _Row(line, kind, (channels, height, width), int(params), int(kernel[0]) if kernel else None)


def _check_images(kind: str, line: int) -> None:
    """LayerError where a layer takes volumes: a summary is read as a stack."""
    if kind in VOLUMES:
        raise refusal(PastedCode.NOT_ALONE, line, kind)


def _first_input(row: _Row) -> Size:
    """The input that the first layer most plainly has: 1 or 3 channels, and the size that comes out at stride 1."""
    channels, height, width = row.made
    if row.kind in ("Conv2D", "Conv2d"):
        for given, bias in product((1, 3), (1, 0)):
            if _root(row.params - bias * channels, channels * given):
                return given, height, width
        raise refusal(PastedCode.NOT_SAID, row.line, layer=row.kind, argument="input channels")
    if row.kind in ("Dense", "Linear"):
        return max(1, row.params // channels - 1), 1, 1
    return row.made


def _root(params: int, unit: int) -> int | None:
    """The side of a square kernel that has these parameters, `unit` for each of its places; None where none has."""
    area, rest = divmod(params, unit)
    side = isqrt(max(0, area))
    return side if not rest and 0 < side <= _LARGEST_KERNEL and side * side == area else None


def _lines(row: _Row, given: Size, is_keras: bool) -> tuple[str, ...]:
    kind = row.kind
    if kind in ("Conv2D", "Conv2d", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "ConvTranspose2d"):
        return _conv_lines(row, given, is_keras)
    if kind in ("MaxPooling2D", "AveragePooling2D", "MaxPool2d", "AvgPool2d"):
        return (_pool_line(row, given, is_keras),)
    if kind in ("Dense", "Linear"):
        features = given[0] * given[1] * given[2]
        no_bias = row.params == features * row.made[0]
        return (f"linear {features}>{row.made[0]}" + (" nobias" if no_bias else ""),)
    if kind in ("AdaptiveAvgPool2d", "AdaptiveMaxPool2d"):
        size: tuple[object, ...] = (row.made[1:],)
    elif kind in ("Upsample", "UpSampling2D"):
        size = () if is_keras else (None, row.made[1] // given[1])
        if row.made[1:] != (
            given[1] * (2 if is_keras else row.made[1] // given[1]),
            given[2] * 2 if is_keras else row.made[2],
        ):
            raise refusal(PastedCode.NOT_SAID, row.line, layer=kind, argument="size")
    elif kind == "PixelShuffle":
        size = (row.made[1] // given[1],)
    elif kind == "Activation":
        return ("relu",)
    elif kind in ("BatchNorm2d",):
        size = (given[0],)
    elif kind == "InputLayer":
        raise refusal(PastedCode.NO_CHAIN, row.line, kind)
    else:
        size = (0.5,) if "Dropout" in kind else ()
    return read_call(Call(kind, row.line, size, is_keras=is_keras)).rows


def _conv_lines(row: _Row, given: Size, is_keras: bool) -> tuple[str, ...]:
    channels, made = given[0], row.made[0]
    for bias in (True, False):
        weights = row.params - made * bias
        match row.kind:
            case "SeparableConv2D":
                tries = [(_root(weights - channels * made, channels), "separable", "")]
            case "DepthwiseConv2D":
                multiplier = f" m{made // channels}" if made > channels else ""
                tries = [(_root(weights, made), "depthwise", multiplier)]
            case "Conv2DTranspose" | "ConvTranspose2d":
                tries = [(_root(weights, channels * made), "transposed", "")]
            case _:
                tries = [(_root(weights, channels * made), "conv", "")]
                tries += (
                    [(_root(weights, made), "conv", f" g{channels}")] if made % channels == 0 and channels > 1 else []
                )
        for kernel, word, more in tries:
            if kernel and row.kernel in (None, kernel):
                moves = _moves(row, given, kernel, is_keras, word == "transposed")
                size = "" if word == "depthwise" else f" {made}" if word == "separable" else f" {channels}>{made}"
                if word == "separable" and bias:
                    return separable_rows(f" {kernel}{moves}", made)
                return (f"{word}{size} {kernel}{moves}{more}{'' if bias else ' nobias'}",)
    raise refusal(PastedCode.NOT_SAID, row.line, layer=row.kind, argument="kernel_size")


def _moves(row: _Row, given: Size, kernel: int, is_keras: bool, is_transposed: bool) -> str:
    """The stride and the padding that make these sizes, the smallest first, as the stack writes them."""
    paddings: list[int | str] = ["valid", "same"] if is_keras else list(range(kernel // 2, -1, -1))
    more = range(2) if is_transposed and not is_keras else range(1)
    for stride, padding, extra in product(range(1, _LARGEST_STRIDE + 1), paddings, more):
        sizes = [_size(side, kernel, stride, padding, extra, is_transposed) for side in given[1:]]
        if tuple(sizes) == row.made[1:] and extra < stride:
            said = f" s{stride}" if stride > 1 else ""
            said += " same_upper" if padding == "same" else f" p{padding}" if padding not in ("valid", 0) else ""
            return said + (f" o{extra}" if extra else "")
    raise refusal(PastedCode.NOT_SAID, row.line, layer=row.kind, argument="stride")


def _size(side: int, kernel: int, stride: int, padding: int | str, extra: int, is_transposed: bool) -> int:
    if padding == "same":
        return side * stride if is_transposed else ceil(side / stride)
    amount = padding if isinstance(padding, int) else 0
    if is_transposed:
        return (side - 1) * stride - 2 * amount + kernel + extra
    return (side + 2 * amount - kernel) // stride + 1 if side + 2 * amount >= kernel else 0


def _pool_line(row: _Row, given: Size, is_keras: bool) -> str:
    word = "maxpool" if row.kind.startswith("Max") else "avgpool"
    for stride in range(1, max(given[1:]) + 1):
        if tuple(side // stride for side in given[1:]) == row.made[1:]:
            return f"{word} {stride}"
        if tuple(ceil(side / stride) for side in given[1:]) == row.made[1:]:
            return f"{word} {stride}{' same_upper' if is_keras else ' ceil'}"
    raise refusal(PastedCode.NOT_SAID, row.line, layer=row.kind, argument="kernel_size")
