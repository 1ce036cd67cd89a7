"""An argument parser that speaks Dutch."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

__all__ = ["DutchParser"]

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
        """Print in Dutch what is wrong with the usage, and exit with 2."""
        for english, dutch in _ERRORS:
            if re.fullmatch(english, message):
                message = re.sub(english, dutch, message)
                break
        self.exit(2, f"{self.format_usage()}{self.prog}: {message}\nHulp: {self.prog} --help\n")
