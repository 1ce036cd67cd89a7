"""Writes SPEED.md from the results that lie in results/, and the notes.

python -m benchmarks.speed
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.load import page as load
from benchmarks.scale import page as scale
from benchmarks.side_by_side import page as side_by_side

from benchmarks import postgres_page

_HERE = Path(__file__).parent
_HEAD = """\
# How fast, and how far

Written by `python -m benchmarks.speed` from the results in `results/`, but for the notes at the
end. What is wanted stands beside what was measured. All of it was measured on two cores without a
GPU, some of it beside other work, as the load says; compare ratios, not seconds.
"""


def main() -> None:
    """Write the page."""
    results, plots = _HERE / "results", _HERE / "plots"
    parts = [
        _HEAD,
        side_by_side.section(results / "side_by_side.json", plots),
        scale.section(results / "scale.json", plots),
        load.section(results / "load.json"),
        postgres_page.section(results / "postgres.json", results / "postgres_parity.json"),
        (_HERE / "speed-notes.md").read_text("utf-8"),
    ]
    (_HERE / "SPEED.md").write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
