"""The command line's `serve`: the app on this machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from search.cli.parser import DutchParser
from search.settings import Settings

__all__ = ["Serve", "add_serve"]

Serve = Callable[[Settings], None]
"""Serves the app until it is stopped. The command line does not know the app, so it is given."""


def add_serve(parser: DutchParser, serve: Serve) -> None:
    """Add the arguments of `serve`."""
    parser.add_argument("--port", metavar="N", type=int, help="poort (8501)")

    def run(_: argparse.Namespace, settings: Settings) -> None:
        serve(settings)

    parser.set_defaults(run=run)
