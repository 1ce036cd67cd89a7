"""Lets `python -m search` do what `kamerwijzer` does."""

import sys

from search.cli import main

sys.exit(main())
