"""What commands read and write: JSON, wrapped lines, files that the user names."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from search.errors import UsageError
from search.progress import PROGRESS, ProgressLine, message

__all__ = ["print_json", "progress_line", "read_file", "save_file", "terminal_width", "wrap"]


def print_json(value: object) -> None:
    """Write one JSON object as a line to standard output."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def progress_line() -> ProgressLine:
    """Return a progress line, in JSON where the environment of the command asks for that."""
    return ProgressLine(as_json=os.environ.get(PROGRESS) == "json")


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
            # Someone may search the output for the words of a quote.
            break_on_hyphens=False,
        )
    ]


def terminal_width() -> int:
    """Return how many characters a line of output may have."""
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
