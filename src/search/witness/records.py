"""What the witness saw in a file, and what it says of a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag, StrEnum

__all__ = ["Allowance", "Flag", "Stream", "WitnessFinding", "WitnessRun", "WitnessVerdict"]


class Flag(IntFlag):
    """What is special about a run of characters."""

    NONE = 0
    RAISED = 1
    LOWERED = 2
    HIDDEN = 4
    DELETED = 8
    SYMBOL = 16
    """The file does not say which character this is: a private code, or a font of pictures."""
    FORMULA = 32
    NOTE = 64
    """The file itself says that this is the mark of a note."""
    LABEL = 128
    """A number that the file does not write out but lets the program count: "2.1", "a."."""


@dataclass(frozen=True, slots=True)
class WitnessRun:
    """Characters that follow each other and have the same flags."""

    text: str
    flags: Flag = Flag.NONE


@dataclass(frozen=True, slots=True)
class Stream:
    """A text that is read on its own: the running text, a note, a page header."""

    name: str
    runs: tuple[WitnessRun, ...]

    @property
    def text(self) -> str:
        """All characters, hidden and deleted ones too."""
        return "".join(run.text for run in self.runs)


class WitnessVerdict(StrEnum):
    """What the witness says of a text; only what is confirmed may be shown as a quote."""

    CONFIRMED = "bevestigd"
    UNCONFIRMED = "niet te controleren"
    """Not found in the file, or the file has characters there that the text lacks."""
    CONTRADICTED = "weersproken"
    """The characters are there, but not as the text gives them: a raised digit as a plain one."""


@dataclass(frozen=True, slots=True)
class WitnessFinding:
    """What the witness says of one text."""

    verdict: WitnessVerdict
    reason: str = ""
    """Why the text is not confirmed, in Dutch; empty when it is."""
    flags: Flag = Flag.NONE
    """What the file has at that place and made the difference."""

    @property
    def confirmed(self) -> bool:
        """Whether the text may be quoted."""
        return self.verdict is WitnessVerdict.CONFIRMED


@dataclass(frozen=True, slots=True)
class Allowance:
    """What reading one file may cost; a file that asks more has no witness."""

    unpacked: int = 200_000_000
    """Bytes of a packed file when it is unpacked."""
    characters: int = 20_000_000
    pages: int = 3_000
    seconds: float = 60.0
    """Of this thread's CPU time."""
