"""The sample pictures: where each is served, and its pixels. `pictures/LICENCES.txt` says where they come from."""

from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sharing.images import SamplePicture

FOLDER = Path(__file__).with_name("pictures")


@cache
def sample_address(picture: SamplePicture) -> str:
    """Where a sample is served, below the address of the app: another one for every picture, so that it can be kept."""
    return f"pictures/{picture}.{sha256(_read(picture)).hexdigest()[:12]}.png"


@cache
def sample_files() -> dict[str, bytes]:
    """The samples by their addresses."""
    return {sample_address(picture): _read(picture) for picture in SamplePicture}


@cache
def sample_pixels(picture: SamplePicture) -> NDArray[np.uint8]:
    """The grey pixels of a sample, (rows, columns)."""
    with Image.open(BytesIO(_read(picture))) as image:
        pixels = np.asarray(image)
    pixels.flags.writeable = False
    return pixels


def _read(picture: SamplePicture) -> bytes:
    return (FOLDER / f"{picture}.png").read_bytes()
