"""Lets `python -m search` do what `kamerwijzer` does."""

import sys

from search.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
