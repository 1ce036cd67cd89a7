"""What the command line needs besides its verbs: Dutch usage texts, output, progress."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from search.errors import UsageError

__all__ = [
    "PROGRESS",
    "DutchParser",
    "message",
    "print_json",
    "read_file",
    "save_file",
    "show_progress",
    "terminal_width",
    "wrap",
]

PROGRESS = "KAMERWIJZER_PROGRESS"
_ERRORS = (
    (r"the following arguments are required: (.+)", r"er ontbreekt: \1"),
    (r"unrecognized arguments: (.+)", r"onbekend: \1"),
    (r"argument (.+): expected one argument", r"\1 verwacht een waarde"),
    (r"argument (.+): expected at least one argument", r"\1 verwacht minstens één waarde"),
    (r"argument (.+): invalid int value: '(.*)'", r"\1: '\2' is geen heel getal"),
    (r"argument (.+): invalid choice: '?(.*?)'? \(choose from (.+)\)",
     r"\1: '\2' bestaat niet; kies uit \3"),
    (r"one of the arguments (.+) is required", r"geef één van: \1"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 kan niet samen met \2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 is niet eenduidig: \2"),
    (r"argument (.+): ignored explicit argument '(.*)'", r"\1 neemt geen waarde ('\2')"),
)  # fmt: skip


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


def show_progress(what: str, done: int, total: int) -> None:
    """Show how far a long piece of work is, on one line that is written over.

    With KAMERWIJZER_PROGRESS=json each is a line of JSON, for whoever runs the command.
    """
    if os.environ.get(PROGRESS) == "json":
        message(json.dumps({"progress": [what, done, total]}, ensure_ascii=False))
        return
    if not sys.stderr.isatty():
        if done == total:
            message(f"{what}: {total}")
        return
    width = 30
    full = width * done // max(1, total)
    bar = "█" * full + "·" * (width - full)
    end = "\n" if done == total else ""
    print(f"\r{what:<20} {bar} {done}/{total}", end=end, file=sys.stderr, flush=True)


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
