"""Where the record of a link is asked for: `record/<version>/<page>?<the link's parameters>`, below the app's address.

The version stands for all that a record is made by. So an answer never changes, and a page that is still open from an
older release is never given a newer one's record.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
MADE_BY = ("engine", "kinds", "learning", "pages", "sharing", "stage")
"""The folders whose programs, presets and recordings make a record."""


def record_path(page: str) -> str:
    """Return the path at which the records of a page are asked for, relative to the page's own address.

    >>> record_path("standard") == f"record/{version()}/standard"
    True
    """
    return f"record/{version()}/{page}"


@cache
def version() -> str:
    """Return sixteen hexadecimal digits that change with the programs, the presets, and NumPy's random numbers."""
    return _version_of(ROOT)


def _version_of(root: Path) -> str:
    hashed = sha256(np.__version__.encode())
    files = (path for folder in MADE_BY for end in ("npz", "py", "toml") for path in (root / folder).rglob(f"*.{end}"))
    for path in sorted(files):
        hashed.update(f"\n{path.relative_to(root).as_posix()}\n".encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]
