"""Characters with their flags to streams, in the order in which a file has them."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.errors import ReadingError
from search.witness.records import Allowance, Flag, Stream, WitnessRun

__all__ = ["StreamWriter"]


@dataclass(slots=True)
class _Open:
    """A stream that is being written."""

    name: str
    runs: list[WitnessRun] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    flags: Flag = Flag.NONE

    def say(self, text: str, flags: Flag) -> None:
        if flags != self.flags:
            self.flush()
            self.flags = flags
        self.texts.append(text)

    def flush(self) -> None:
        if self.texts:
            self.runs.append(WitnessRun("".join(self.texts), self.flags))
            self.texts = []


class StreamWriter:
    """Collects the streams of a file; streams may be opened within each other."""

    def __init__(self, name: str, allowed: Allowance) -> None:
        """Begin with the running text; `name` is the file's, for messages."""
        self._name = name
        self._left = allowed.characters
        self._allowed = allowed.characters
        self._open = [_Open("tekst")]
        self._done: list[Stream] = []

    def say(self, text: str | None, flags: Flag = Flag.NONE) -> None:
        """Take characters. Raises ReadingError when there are more than may be."""
        if not text:
            return
        self._left -= len(text)
        if self._left < 0:
            raise ReadingError(
                f"{self._name} bevat meer dan {self._allowed} tekens; meer kan niet. "
                "Knip het bestand in delen."
            )
        self._open[-1].say(text, flags)

    def part(self) -> None:
        """End a line or paragraph."""
        self._open[-1].say("\n", Flag.NONE)

    def begin(self, name: str) -> None:
        """Go on in a stream of its own, until `end`."""
        self._open.append(_Open(name))

    def end(self) -> None:
        """Go back to the stream around the one that was begun last."""
        if len(self._open) > 1:
            self._close(self._open.pop())

    def finished(self) -> tuple[Stream, ...]:
        """Return all streams, the running text first."""
        while len(self._open) > 1:
            self.end()
        self._close(self._open[0])
        return (self._done[-1], *self._done[:-1])

    def _close(self, stream: _Open) -> None:
        stream.flush()
        self._done.append(Stream(stream.name, tuple(stream.runs)))
