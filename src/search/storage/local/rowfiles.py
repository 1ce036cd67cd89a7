"""Vectors as rows of a NumPy file: written document by document, read row by row."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamaged
from search.storage.interface import Vectors

__all__ = ["RowFile", "RowWriter"]


class RowWriter:
    """Writes rows in half precision as they come, so that they need not fit in memory."""

    def __init__(self, path: Path, dimensions: int) -> None:
        """Begin a file of rows with that many numbers; raises OSError."""
        self._dimensions = dimensions
        self.rows = 0
        self._file = path.open("wb")
        self._write_header()

    def _write_header(self) -> None:
        # The format leaves room for the first axis to grow, so that this can be rewritten.
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
        """Write the number of rows and close the file; raises OSError."""
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
    """Rows of a file, read when they are needed. Safe in threads.

    They are not memory-mapped: all pages of a map that were ever touched count as memory of the
    process, and a million passages have three gigabytes of rows.
    """

    def __init__(self, path: Path) -> None:
        """Open a file; raises OSError or ValueError for another kind of file."""
        rows: np.memmap[Any, np.dtype[np.float16]] = np.load(
            path, mmap_mode="r", allow_pickle=False
        )
        if rows.ndim != 2 or rows.dtype != np.float16:
            raise ValueError(f"{path} holds no rows of half precision")
        self._path = path
        self._number, self.dimensions = int(rows.shape[0]), int(rows.shape[1])
        self._begin = int(rows.offset)
        self._width = self.dimensions * rows.itemsize
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        finalize(self, os.close, self._file)
        self._lock = Lock()

    def __len__(self) -> int:
        return self._number

    def rows(self, first: int, count: int) -> Vectors:
        """Return `count` rows from `first`, or as many as there are: shape (rows, dimensions)."""
        count = max(0, min(count, self._number - first))
        return self._as_rows(self._read(first, count))

    def chosen(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return the rows with those numbers, shape (numbers, dimensions)."""
        return self._as_rows(b"".join(self._read(number, 1) for number in numbers.tolist()))

    def _as_rows(self, content: bytes) -> Vectors:
        rows = np.frombuffer(content, dtype=np.float16).reshape(-1, self.dimensions)
        return np.asarray(rows, dtype=np.float32)

    def _read(self, first: int, count: int) -> bytes:
        """Return the bytes of rows; raises IndexDamaged when the file has been cut off."""
        offset, size = self._begin + first * self._width, count * self._width
        if hasattr(os, "pread"):
            content = os.pread(self._file, size, offset)
        else:
            with self._lock:
                os.lseek(self._file, offset, os.SEEK_SET)
                content = os.read(self._file, size)
        if len(content) != size:
            raise IndexDamaged(
                f"De index is beschadigd: {self._path} is afgekapt. "
                "Bouw de index opnieuw met: kamerwijzer index"
            )
        return content
