"""What the page of upsampling says: of each way, and whether and why there is a checkerboard."""

from engine import periodic_overlaps
from engine.messages import Templates, fill
from pages.shared.enlarging import Enlargement, beyond
from sharing.upsampling import UpsamplingState, UpsamplingWay
from stage.number_text import write_short

TEMPLATES: Templates = {
    "uneven.checkered": (
        "**Transposed:** {kernel} is not divisible by {stride}, so that {counts:and} taps reach neighbouring pixels "
        "of a row, and the sums of the weights that reach a phase are {sums:and}. **Checkerboard: {number}.**"
    ),
    "uneven.equal": (
        "**Transposed:** {kernel} is not divisible by {stride}, so that {counts:and} taps reach neighbouring pixels "
        "of a row. And still the sums of the weights that reach a phase are {sums:and}. **Checkerboard: 0.**"
    ),
    "even.checkered": (
        "**Transposed:** {kernel} is divisible by {stride}, so that as many taps reach every pixel. And still the "
        "sums of the weights that reach a phase are {sums:and}. **Checkerboard: {number}.**"
    ),
    "even.equal": (
        "**Transposed:** {kernel} is divisible by {stride}, so that as many taps reach every pixel, and the sums of "
        "the weights that reach a phase are {sums:and}. **Checkerboard: 0.**"
    ),
    "sums.same": "{sum} each",
    "sums.many": "from {least} to {most}",
    "picture": "{size}×{size} pixels",
    "caption": "{rows}×{columns}. {does}",
    "caption.beyond": "{rows}×{columns}. {does} {beyond:pixel|pixels} clipped.",
    "transposed": "Every pixel stamps the kernel.",
    "nearest": "Pixels are repeated first.",
    "bilinear": "Pixels are mixed first.",
    "pixel_shuffle": "{count} filters make {count} small pictures, which are woven.",
    "unpooling": "Each value at its index of a max pooling.",
    "number": "checkerboard {number}",
    "alt": "{title}: {rows} rows, {columns} columns, checkerboard {number}",
    "alt.picture": "{title}: {rows} rows, {columns} columns",
    "sums": "sum of weights by phase",
    "sums.mean": "the same, on the mean",
    "taps": "taps on each pixel, top left",
    "taps.last": "the last layer’s taps, top left",
    "pixel": "Pixel {row}, {column}: **{value}**",
    "play.transposed": "Play its stamps",
    "play.window": "Play its window",
    "point": (
        "Numbers from 0; a click on any picture, or the two numbers in the sidebar, choose the pixel. It is marked in "
        "each, and in the small picture the pixel that lies there."
    ),
    "phases": (
        "**Where the number comes from.** Pixels that are {period} apart have the same phase, and get the same "
        "weights, but for the border, where fewer taps reach. A picture of one grey becomes these sums times that "
        "grey: where they are unequal, they show as a checkerboard. Its number is the largest less the smallest. "
        "Unpooling has no fixed phases: its grain follows the picture, and its sums are means."
    ),
}
"""The English catalogue."""

_MOST_SUMS = 4


def verdict(state: UpsamplingState, found: Enlargement) -> str:
    """Whether the transposed way has a checkerboard, and why."""
    kernel = found.layers[0].weight.shape[-1]
    counts = periodic_overlaps(kernel, state.stride)
    spread = found.checkerboard
    key = f"{'uneven' if len(set(counts)) > 1 else 'even'}.{'checkered' if spread else 'equal'}"
    sums: tuple[str, ...]
    if not spread:
        sums = (fill(TEMPLATES["sums.same"], {"sum": write_short(round(float(found.sums.ravel()[0]), 9))}),)
    elif found.sums.size > _MOST_SUMS:
        least, most = (write_short(float(end)) for end in (found.sums.min(), found.sums.max()))
        sums = (fill(TEMPLATES["sums.many"], {"least": least, "most": most}),)
    else:
        sums = tuple(write_short(round(float(value), 9)) for value in found.sums.ravel())
    places = {"kernel": kernel, "stride": state.stride, "counts": counts, "sums": sums, "number": number_text(spread)}
    return fill(TEMPLATES[key], places)


def number_text(number: float) -> str:
    """The number for a checkerboard, behind "≈" where it is rounded: the sums that are shown are rounded, too.

    >>> number_text(0.5), number_text(4 / 3)
    ('0.50', '≈ 1.33')
    """
    return write_short(number) if number == round(number, 2) else f"≈ {write_short(number)}"


def caption(state: UpsamplingState, found: Enlargement) -> str:
    """What a way does, and how large its result is."""
    rows, columns = found.result.shape
    does = fill(TEMPLATES[found.way.value], {"count": state.stride**2})
    places = {"rows": rows, "columns": columns, "does": does, "beyond": beyond(found.result)}
    return fill(TEMPLATES["caption.beyond" if places["beyond"] else "caption"], places)


def sums_title(way: UpsamplingWay) -> str:
    """What the map of sums is called."""
    return TEMPLATES["sums.mean" if way is UpsamplingWay.UNPOOLING else "sums"]
