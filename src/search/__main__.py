"""The program `kamerwijzer`, also as `python -m search`: the command line and the app together."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from search.cli.main import run
from search.settings import Settings

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 an error, 2 wrong usage."""
    return run(arguments, _serve)


def _serve(settings: Settings) -> None:
    from search.ui.serve import serve  # slow to import: only where the app is wanted

    serve(settings)


if __name__ == "__main__":
    sys.exit(main())
