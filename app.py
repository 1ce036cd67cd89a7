"""The Kamerwijzer app for `streamlit run app.py`; `kamerwijzer serve` needs no such file."""

import sys
from pathlib import Path

_SOURCE = str(Path(__file__).resolve().parent / "src")
if _SOURCE not in sys.path:
    sys.path.insert(0, _SOURCE)

from search.ui.router import main  # noqa: E402

main()
