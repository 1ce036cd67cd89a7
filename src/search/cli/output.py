"""What the command line needs besides its verbs: Dutch usage texts, output, progress."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from search.errors import UsageError

__all__ = [
    "PROGRESS",
    "DutchParser",
    "ProgressLine",
    "duration",
    "message",
    "print_json",
    "read_file",
    "save_file",
    "terminal_width",
    "time_left",
    "wrap",
]

PROGRESS = "KAMERWIJZER_PROGRESS"
_BAR = 30
_SOON = 3.0
"""Seconds before which a guess of the time that is left would only jump about."""
_ERRORS = (
    (r"the following arguments are required: (.+)", r"er ontbreekt: \1"),
    (r"unrecognized arguments: (.+)", r"onbekend: \1"),
    (r"argument (.+): expected one argument", r"\1 verwacht een waarde"),
    (r"argument (.+): expected at least one argument", r"\1 verwacht minstens één waarde"),
    (r"argument (.+): invalid int value: '(.*)'", r"\1: '\2' is geen heel getal"),
    (
        r"argument (.+): invalid choice: '?(.*?)'? \(choose from (.+)\)",
        r"\1: '\2' bestaat niet; kies uit \3",
    ),
    (r"one of the arguments (.+) is required", r"geef één van: \1"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 kan niet samen met \2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 is niet eenduidig: \2"),
    (r"argument (.+): ignored explicit argument '(.*)'", r"\1 neemt geen waarde ('\2')"),
)


class _DutchFormatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class DutchParser(argparse.ArgumentParser):
    """An argument parser whose help and errors are Dutch; wrong usage exits with 2."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _DutchFormatter)
        super().__init__(**settings, add_help=False, allow_abbrev=False)
        self._positionals.title = "argumenten"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", "--hulp", action="help", help="toon deze hulp")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the usage, in Dutch, and exit with 2."""
        for english, dutch in _ERRORS:
            if re.fullmatch(english, message):
                message = re.sub(english, dutch, message)
                break
        self.exit(2, f"{self.format_usage()}{self.prog}: {message}\nHulp: {self.prog} --help\n")


def message(text: str) -> None:
    """Write a line for the user to standard error."""
    print(text, file=sys.stderr, flush=True)


def print_json(value: object) -> None:
    """Write one JSON object as a line to standard output."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


class ProgressLine:
    """Shows how far a long piece of work is, on one line that is written over.

    With KAMERWIJZER_PROGRESS=json each is a line of JSON, for whoever runs the command. Where
    standard error is no terminal, only the end of each step is told.
    """

    def __init__(self) -> None:
        self._step = ""
        self._began = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done of a step."""
        if what != self._step:
            self._step, self._began = what, time.monotonic()
        if os.environ.get(PROGRESS) == "json":
            message(json.dumps({"progress": [what, done, total]}, ensure_ascii=False))
        elif sys.stderr.isatty():
            self._draw(done, total)
        elif done == total:
            message(f"{what}: {total}")

    def _draw(self, done: int, total: int) -> None:
        full = _BAR * done // max(1, total)
        bar = "█" * full + "·" * (_BAR - full)
        left = time_left(done, total, time.monotonic() - self._began)
        rest = "" if left is None or done == total else f"  nog {duration(left)}"
        end = "\n" if done == total else ""
        line = f"{self._step:<20} {bar} {done}/{total}{rest}"
        # What stood there before may be longer: clear to the end of the line.
        print(f"\r{line}\x1b[K", end=end, file=sys.stderr, flush=True)


def time_left(done: int, total: int, spent: float) -> float | None:
    """Guess how many seconds a step still takes, once there is something to go by.

    `spent` is how many it took so far.
    """
    if not done or not total or spent < _SOON:
        return None
    return spent / done * max(0, total - done)


def duration(seconds: float) -> str:
    """Say a number of seconds as people do: "40 seconden", "3 minuten"."""
    if seconds < 60:
        whole = max(1, round(seconds))
        return "1 seconde" if whole == 1 else f"{whole} seconden"
    minutes = round(seconds / 60)
    return "1 minuut" if minutes == 1 else f"{minutes} minuten"


def wrap(text: str, indent: str, columns: int) -> Sequence[str]:
    """Break a text into indented lines of at most `columns` characters."""
    import textwrap

    return [
        line
        for paragraph in text.split("\n")
        for line in textwrap.wrap(
            paragraph,
            columns,
            initial_indent=indent,
            subsequent_indent=indent,
            # A quote must be there in one piece for whoever looks for its words.
            break_on_hyphens=False,
        )
    ]


def terminal_width() -> int:
    """Give how many characters a line of output may have."""
    return min(100, shutil.get_terminal_size((100, 24)).columns)


def read_file(path: Path) -> bytes:
    """Read a file that the user names; raises UsageError when that can't be done."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path} kan niet worden gelezen ({error.strerror or error}). Kies een ander bestand."
        ) from error


def save_file(path: Path, content: bytes) -> None:
    """Write a file that the user names; raises UsageError when that can't be done."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"{path} kan niet worden geschreven ({error.strerror or error}). "
            "Kies een ander bestand."
        ) from error
    message(f"Bewaard in {path}.")
