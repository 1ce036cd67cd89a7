"""A second, plain reading of a file, which says whether the file contains a text.

It shares no code with the readers of documents, so that what they lose or put in the wrong place
shows: a sign, a raised digit, a line of the margin in the middle of a sentence.
"""

from __future__ import annotations

from search.witness.reading import Witness, WitnessUnavailable, read_witness
from search.witness.records import (
    Allowance,
    Flag,
    Stream,
    WitnessFinding,
    WitnessRun,
    WitnessVerdict,
)

__all__ = [
    "Allowance",
    "Flag",
    "Stream",
    "Witness",
    "WitnessFinding",
    "WitnessRun",
    "WitnessUnavailable",
    "WitnessVerdict",
    "read_witness",
]
