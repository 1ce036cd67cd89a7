"""Which passages of a generation pass a user's filters."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["FilterMask"]


class FilterMask:
    """Whether each passage passes some filters, by id; computed once for all searches."""

    def __init__(self, passes: NDArray[np.bool_]) -> None:
        self.passes = passes
        self.count = int(np.count_nonzero(passes))

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        """The ids of the passages that pass, in ascending order."""
        return np.flatnonzero(self.passes)
