"""Frames that a visitor's browser drew, joined to a GIF."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops
from PIL.GifImagePlugin import getdata, getheader

from stage.film import LAST_STAYS, LONGEST_FRAME, MOST_FRAMES, SHORTEST_FRAME

MOST_PIXELS = 120_000_000
"""Of all frames together: reading them takes two seconds."""
MOST_PIXELS_OF_ONE = 9_000_000
"""Of one frame, more than a screen has: while it is joined, a pixel takes some ten bytes."""
MOST_CHARACTERS = 28_000_000
"""Of all frames together as they are sent."""
_COLORS = 255
_SEEN_THROUGH = 255  # the number of one color more, in which a frame leaves what was there before
_END = b";"
_UNCHANGED = [255] + [0] * 255  # where two frames differ by 0
_SAMPLES = 9
_MOST_DISTINCT = 2**16  # colors of one frame that are counted as they are: a stage has some thousands
_ROUNDED = [level & ~3 for level in range(256)]  # as Pillow rounds levels, of which it looks for the nearest color

Tell = Callable[[str, float], None]


class FramesError(ValueError):
    """What was sent is not the frames of a GIF; says why in a sentence."""


@dataclass(frozen=True)
class Frames:
    """The frames of a GIF as PNG or WebP files, all of the same `size` (width, height), and how many a second."""

    images: tuple[bytes, ...]
    size: tuple[int, int]
    speed: float


def read_frames(sent: Any) -> Frames:
    """Read what a browser sent: {"frames": [base64, ...], "speed": frames a second}.

    Nothing in it is trusted. FramesError where it is not that, or more than a GIF may be made of.
    """
    images = sent.get("frames") if isinstance(sent, dict) else None
    speed = sent.get("speed") if isinstance(sent, dict) else None
    if not isinstance(images, list) or not images or not all(isinstance(one, str) for one in images):
        raise FramesError("There are no frames to make a GIF of.")
    if isinstance(speed, bool) or not isinstance(speed, int | float) or not 0.1 <= speed <= 1000:
        raise FramesError("The frames do not say how many are shown a second.")
    if len(images) > MOST_FRAMES:
        raise FramesError(f"{len(images):,} frames are too many for a GIF; it holds up to {MOST_FRAMES}.")
    if sum(map(len, images)) > MOST_CHARACTERS:
        raise FramesError(f"The frames are too large for a GIF: together more than {MOST_CHARACTERS / 1e6:.0f} MB.")
    try:
        decoded = tuple(b64decode(one, validate=True) for one in images)
    except (NotBase64, ValueError) as error:
        raise FramesError("A frame is not an image.") from error
    sizes = {_size(one) for one in decoded}
    if len(sizes) > 1:
        raise FramesError("The frames are not all of one size.")
    (size,) = sizes
    if size[0] * size[1] > MOST_PIXELS_OF_ONE:
        raise FramesError(
            f"Frames of {size[0]:,} by {size[1]:,} pixels are too large for a GIF; "
            f"each may have {MOST_PIXELS_OF_ONE / 1e6:.0f} million pixels."
        )
    if size[0] * size[1] * len(decoded) > MOST_PIXELS:
        raise FramesError(
            f"{len(decoded):,} frames of {size[0]:,} by {size[1]:,} pixels are too large for a GIF; "
            f"together they may have {MOST_PIXELS / 1e6:.0f} million pixels."
        )
    return Frames(decoded, size, float(speed))


def join(frames: Frames, tell: Tell = lambda step, share: None) -> bytes:
    """The frames as a GIF that goes on and on, as many a second as they say, or nearly; the last one stays.

    `tell` hears before every frame which share of them is done. FramesError where one cannot be read.
    """
    count = len(frames.images)
    colors = _palette(frames)
    rounded = Image.new("P", (1, 1))
    rounded.putpalette([_ROUNDED[level] for level in colors])
    stays = round(max(SHORTEST_FRAME, min(LONGEST_FRAME, 1000 / frames.speed)))
    out = BytesIO()

    def quantized() -> Iterator[Image.Image]:
        for number, image in enumerate(frames.images):
            tell("Joining the frames", number / count)
            found = _opened(image).quantize(palette=rounded, dither=Image.Dither.NONE)
            found.putpalette(colors)
            yield found

    # Pillow's own way to save a film holds all of its frames until the end.
    shown = quantized()
    last = next(shown)
    out.writelines(getheader(last, info={"loop": 0})[0])
    part = _Part(last)
    for found in shown:
        part.stays += stays
        changed = ImageChops.subtract_modulo(found, last)
        box = changed.getbbox()
        if box is not None:  # or the frame before stays longer
            out.writelines(part.written())
            part = _Part(found.crop(box), (box[0], box[1]), _SEEN_THROUGH)
            part.image.paste(_SEEN_THROUGH, mask=changed.crop(box).point(_UNCHANGED, "1"))
        last = found
    part.stays += LAST_STAYS
    out.writelines([*part.written(), _END])
    return out.getvalue()


@dataclass
class _Part:
    """What a frame changes of the picture: drawn at `at`, and shown for so many milliseconds."""

    image: Image.Image
    at: tuple[int, int] = (0, 0)
    seen_through: int | None = None
    stays: int = 0

    def written(self) -> list[bytes]:
        """It as a part of a GIF file."""
        transparency = {} if self.seen_through is None else {"transparency": self.seen_through}
        return getdata(self.image, self.at, duration=self.stays, disposal=1, **transparency)


def _size(image: bytes) -> tuple[int, int]:
    """The size of a PNG or WebP that does not move, read from its head."""
    try:
        with Image.open(BytesIO(image), formats=("PNG", "WEBP")) as found:
            is_moving, size = getattr(found, "is_animated", False), found.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FramesError("A frame is not an image.") from error
    if is_moving:
        raise FramesError("A frame is not an image, but a film.")
    return size


def _opened(image: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(image), formats=("PNG", "WEBP")) as found:
            return found.convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise FramesError("A frame is not an image.") from error


def _palette(frames: Frames) -> list[int]:
    """The levels of the colors that all frames share: the most frequent ones of a few of them, as they are.

    A picture is made of flat cells, so that these are the colors of its cells; what is left blurs the edges of digits.
    """
    count = len(frames.images)
    chosen = dict.fromkeys([count * number // _SAMPLES for number in range(_SAMPLES)] + [count - 1])
    found: Counter[Any] = Counter()
    for frame in chosen:
        image = _opened(frames.images[frame])
        for times, color in _counted(image):
            found[color] += times
    distinct: dict[Any, Any] = {}  # by the color as Pillow rounds it
    for color, _ in found.most_common():
        distinct.setdefault(tuple(_ROUNDED[level] for level in color), color)
    return [level for color in list(distinct.values())[:_COLORS] for level in color]


def _counted(image: Image.Image) -> list[Any]:
    """How often each color is in an image: [(times, color), ...].

    Of an image with more colors than a stage has, the rounded ones: every pixel can be sent with a color of its own,
    and then counting them would fill the memory.
    """
    return image.getcolors(_MOST_DISTINCT) or image.point(_ROUNDED * 3).getcolors(64**3) or []
