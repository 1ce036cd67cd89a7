"""Results of the suites, stored as JSON and shown on one page."""

from __future__ import annotations

import json
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from search.evaluation.page import quality_page

__all__ = ["save_result", "write_page"]


def save_result(folder: Path, suite: str, name: str, model: str, result: dict[str, Any]) -> Path:
    """Store a result as `<suite>-<name>.json` with date, commit, model and machine.

    An older result of the same suite and name is replaced. Returns the path.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{suite}-{name}.json"
    whole = {
        "suite": suite,
        "name": name,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(folder),
        "model": model,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "result": result,
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def write_page(folder: Path, page: Path) -> None:
    """Write the page of figures from all results in `folder`, with the notes next to the page."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    # Other benchmarks keep their results in the same folder.
    results = [each for each in found if "suite" in each]
    notes = page.with_name("quality-notes.md")
    text = notes.read_text(encoding="utf-8") if notes.is_file() else ""
    page.write_text(quality_page(results, text), encoding="utf-8")


def _commit(folder: Path) -> str:
    """Return the commit that is measured, with a + if files have changed; empty if unknown."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty=+"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return found.stdout.strip()
