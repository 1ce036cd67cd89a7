"""A corpus whose files say something else than was indexed, without looking changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def falsify(corpus: Path, folder: Path, words: str, others: str) -> Path:
    """Copy a corpus into `folder` with `words` replaced by as many `others`; return the copy.

    Size and time of each file stay what they were, so that only a quote check sees the change.
    """
    assert len(words.encode()) == len(others.encode())
    copy = folder / "corpus"
    shutil.copytree(corpus, copy)
    for path in copy.iterdir():
        stat, content = path.stat(), path.read_bytes()
        if words.encode() in content:
            path.write_bytes(content.replace(words.encode(), others.encode()))
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return copy
