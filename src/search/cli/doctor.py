"""The command line's `doctor`: is all that is kept sound."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from search.cli.output import print_json
from search.cli.parser import DutchParser
from search.errors import KamerwijzerError
from search.settings import Settings

if TYPE_CHECKING:
    from search.doctor import Finding

__all__ = ["add_doctor"]

_MOST_FAULTS = 20
"""Details of one finding that are shown; --json shows all."""


def add_doctor(parser: DutchParser) -> None:
    """Add the arguments of `doctor`."""
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace, settings: Settings) -> None:
    from search.doctor import examine

    findings = examine(settings)
    if options.json:
        print_json({"findings": [asdict(each) for each in findings]})
    else:
        for each in findings:
            _print_finding(each)
    wrong = [each for each in findings if not each.ok]
    if wrong:
        named = ", ".join(each.check for each in wrong)
        raise KamerwijzerError(f"Niet in orde: {named}.")


def _print_finding(finding: Finding) -> None:
    print(f"{'✓' if finding.ok else '✗'} {finding.check}: {finding.message}")
    for detail in finding.details[:_MOST_FAULTS]:
        print(f"    {detail}")
    if len(finding.details) > _MOST_FAULTS:
        print(f"    en nog {len(finding.details) - _MOST_FAULTS}")
    if finding.mend:
        print(f"    Herstel met: {finding.mend}")
