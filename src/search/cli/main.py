"""One run of the command line: which command, with which settings, and its exit code.

Results go to standard output, messages to standard error. Exit codes: 0 done, 1 an error with its
message, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from search.cli.add import add_add
from search.cli.ask import add_ask
from search.cli.cite import add_cite
from search.cli.doctor import add_doctor
from search.cli.documents import add_documents
from search.cli.evaluate import add_evaluate
from search.cli.fetch import add_fetch
from search.cli.index import add_index
from search.cli.parser import DutchParser
from search.cli.quote import add_quote
from search.cli.reactions import add_reactions
from search.cli.remove import add_remove
from search.cli.serve import Serve, add_serve
from search.cli.stance import add_stance
from search.errors import KamerwijzerError, UsageError
from search.progress import message
from search.settings import KEYS, Settings

__all__ = ["command_parser", "run"]

_EXAMPLE = 'kamerwijzer ask "Wat vindt het kabinet van richtgetallen?"'


def run(arguments: Sequence[str] | None, serve: Serve) -> int:
    """Run one command and return its exit code; `serve` starts the app."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        options = command_parser(serve).parse_args(arguments)
        options.run(options, _settings(options))
    except UsageError as error:
        message(str(error))
        return 2
    except KamerwijzerError as error:
        message(str(error))
        return 1
    except BrokenPipeError:
        # The program that read our output has ended, for instance `head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        message("\nAfgebroken.")
        return 130
    return 0


def _settings(options: argparse.Namespace) -> Settings:
    given = vars(options)
    return Settings.read({key: str(given[key]) for key in KEYS if given.get(key) is not None})


def command_parser(serve: Serve) -> DutchParser:
    """Return the parser of all commands."""
    parser = DutchParser(
        prog="kamerwijzer",
        description="Letterlijke passages uit Nederlandse overheidsteksten bij uw vraag.",
        epilog=f"Voorbeeld: {_EXAMPLE}",
    )
    commands = parser.add_subparsers(
        title="opdrachten",
        dest="command",
        required=True,
        metavar="OPDRACHT",
        parser_class=DutchParser,
    )
    for name, summary, add in (
        ("index", "bouw de index van de documenten in de corpusmap", add_index),
        ("add", "voeg bestanden toe aan de documenten", add_add),
        ("fetch", "haal officiële publicaties op", add_fetch),
        ("remove", "verwijder documenten", add_remove),
        ("ask", "stel een vraag aan de documenten", add_ask),
        ("stance", "toon wat het kabinet en anderen ergens van vinden", add_stance),
        ("reactions", "toon per aanbeveling hoe het kabinet reageert", add_reactions),
        ("quote", "controleer of een citaat woord voor woord klopt", add_quote),
        ("cite", "schrijf de verwijzing naar een publicatie", add_cite),
        ("documents", "toon de documenten in de index", add_documents),
        ("doctor", "controleer index, model en citaten", add_doctor),
        ("serve", "start de app in de browser", lambda parser: add_serve(parser, serve)),
        ("evaluate", "meet hoe goed het zoeken en antwoorden is", add_evaluate),
    ):
        add(_command(commands, name, summary))
    return parser


def _command(
    commands: argparse._SubParsersAction[DutchParser], name: str, summary: str
) -> DutchParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
    parser.add_argument(
        "--corpus",
        metavar="MAP",
        help="map met documenten (anders: die van de index, of corpus)",
    )
    parser.add_argument(
        "--index",
        metavar="MAP_OF_DATABASE",
        help="map van de index, of het adres van een database (anders: index)",
    )
    return parser
