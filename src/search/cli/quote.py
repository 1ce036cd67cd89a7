"""The command line's `quote`: is this quote real."""

from __future__ import annotations

import argparse
from pathlib import Path

from search.cli.output import print_json, read_file, save_file, terminal_width, wrap
from search.cli.parser import DutchParser
from search.progress import message
from search.records import CheckedQuote, QuoteMatch, Verdict
from search.settings import Settings
from search.wording import VERDICTS

__all__ = ["add_quote"]


def add_quote(parser: DutchParser) -> None:
    """Add the arguments of `quote`."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "text", metavar="TEKST", nargs="?", help="een citaat, of een tekst met citaten"
    )
    what.add_argument(
        "--file",
        metavar="BESTAND",
        type=Path,
        help="controleer alle citaten in een concept (.txt, .md of .docx)",
    )
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.add_argument("--csv", metavar="BESTAND", type=Path, help="bewaar als CSV voor Excel")
    parser.set_defaults(run=_quote)


def _quote(options: argparse.Namespace, settings: Settings) -> None:
    from search.engine import Engine
    from search.exports import checked_csv, quotes_json
    from search.reading.drafts import read_draft

    text = options.text
    if options.file:
        text = read_draft(options.file.name, read_file(options.file))
    with Engine.open(settings, message=message) as engine:
        checked = engine.check_quotes(text)
    if options.csv:
        save_file(options.csv, checked_csv(checked))
    if options.json:
        print_json(quotes_json(checked))
    elif not options.csv:
        for each in checked:
            _print_checked(each)


def _print_checked(checked: CheckedQuote) -> None:
    columns = terminal_width()
    print("\n".join(wrap(f"«{checked.text}»", "", columns)))
    print(f"  {VERDICTS[checked.verdict].capitalize()}")
    for match in checked.matches:
        print(f"    {match.quote.citation}")
        if match.url:
            print(f"    {match.url}")
        if checked.verdict is Verdict.NEAR:
            print("\n".join(wrap(f"Verschil: {_marked(checked.text, match)}", "    ", columns)))
    if checked.nearest:
        print("  Dit komt er het dichtst bij; het is niet wat u citeert:")
        print("\n".join(wrap(f"«{checked.nearest.passage.text}»", "    ", columns)))
        print(f"    {checked.nearest.citation}")
    print()


def _marked(quoted: str, match: QuoteMatch) -> str:
    """Write a quote with its differences: [-what was typed-] {+what the source says+}."""
    from search.answers import said_at

    pieces, at = [], 0
    for each in match.differences:
        typed, said = quoted[each.quoted.start : each.quoted.end], said_at(match, each)
        pieces.append(quoted[at : each.quoted.start])
        marks = [f"[-{typed}-]" if typed else "", f"{{+{said}+}}" if said else ""]
        inserted = " ".join(mark for mark in marks if mark)
        # Words that were left out have no place in the quote, so they get a space before them.
        pieces.append(inserted if typed else f" {inserted}")
        at = each.quoted.end
    return "".join([*pieces, quoted[at:]])
