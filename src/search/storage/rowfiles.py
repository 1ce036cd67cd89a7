"""Vectors as rows of a NumPy file: written one document at a time, read memory-mapped."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["RowFile", "RowWriter"]

Vectors = NDArray[np.float32]


class RowWriter:
    """Writes rows in half precision as they come, so that they need not fit into memory."""

    def __init__(self, path: Path, dimensions: int) -> None:
        """Begin a file for rows of that many numbers; raises OSError."""
        self._dimensions = dimensions
        self.rows = 0
        self._file = path.open("wb")
        self._write_header()

    def _write_header(self) -> None:
        # The format leaves room for the first axis to grow, so that this may be written anew.
        header: Any = {
            "descr": np.lib.format.dtype_to_descr(np.dtype(np.float16)),
            "fortran_order": False,
            "shape": (self.rows, self._dimensions),
        }
        np.lib.format.write_array_header_1_0(self._file, header)

    def add(self, vectors: Vectors) -> None:
        """Write vectors, shape (any, dimensions); raises OSError."""
        self._file.write(np.ascontiguousarray(vectors, dtype=np.float16).tobytes())
        self.rows += len(vectors)

    def close(self) -> None:
        """Write how many rows there are, and close the file; raises OSError."""
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def __enter__(self) -> RowWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        else:
            self._file.close()


class RowFile:
    """Rows of a file, memory-mapped: only those that are asked for are read."""

    def __init__(self, path: Path) -> None:
        """Open a file; raises OSError or ValueError for one that is none."""
        self._rows: NDArray[np.float16] = np.load(path, mmap_mode="r", allow_pickle=False)

    def __len__(self) -> int:
        return int(self._rows.shape[0])

    @property
    def dimensions(self) -> int:
        """The length of each row."""
        return int(self._rows.shape[1])

    def rows(self, first: int, count: int) -> Vectors:
        """Give `count` rows from `first`, shape (count, dimensions)."""
        return np.asarray(self._rows[first : first + count], dtype=np.float32)

    def chosen(self, numbers: NDArray[np.int64]) -> Vectors:
        """Give the rows of those numbers, shape (numbers, dimensions)."""
        return np.asarray(self._rows[numbers], dtype=np.float32)
