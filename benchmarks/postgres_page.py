"""What came of `postgres_speed.py` and `postgres_parity.py` in Markdown: a section of SPEED.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["section"]

_STEPS = (
    ("words", "by words"),
    ("vectors", "by meaning"),
    ("sentences", "sentences of the nearest"),
    ("question, no filter", "a question, model and answer sentence"),
    ("question, few", "with a filter that lets few through"),
    ("question, half", "with one that lets half through"),
    ("question, labels", "with one on holder and stance"),
)


def section(speed: Path, parity: Path) -> str:
    """Write the section; raises OSError or ValueError when the results are not there."""
    results, same = json.loads(speed.read_text("utf-8")), json.loads(parity.read_text("utf-8"))
    server = results["machine"]["server"].partition(" on ")[0]
    lines = [
        "## PostgreSQL",
        "",
        f"Made by `benchmarks/postgres_parity.py` and `postgres_speed.py`: {server} with pgvector "
        f"on the same {results['machine']['cores']} cores as what asks it. The same passages in a "
        "folder and in the database:",
        "",
        "| set | questions | overlap@10 | same quote | nDCG@10 folder | database |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, found in same.items():
        lines.append(
            f"| {name} | {found['questions']} | {found['overlap_at_10']:.2%} "
            f"| {found['same_quote']:.1%} | {found['ndcg_folder']:.2f} "
            f"| {found['ndcg_database']:.2f} |"
        )
    for each in results["results"]:
        lines += ["", *_size(each)]
    return "\n".join(lines) + "\n"


def _size(found: Any) -> list[str]:
    """Write what one size gave."""
    recall, build = found["recall"], found["build"]
    database, folder = found["database"], found["folder"]
    rows = [
        f"| {about} | {_wait(folder[key])} | {_wait(database[key])} |"
        for key, about in _STEPS
        if key in database and key in folder
    ]
    size = sum(found["bytes"].values()) - found["bytes"].get("rows alone", 0)
    return [
        f"**{found['passages']:,} passages** ({found['vectors']})",
        "",
        "| median, p95 in ms | folder | database |",
        "| --- | ---: | ---: |",
        *rows,
        f"| of the ten, the hundred nearest | {_recall(recall['folder'])} "
        f"| {_recall(recall['database'])} |",
        f"| build without embedding, s | {sum(build['folder'].values()):.1f} "
        f"| {sum(build['database'].values()):.1f} |",
        "",
        f"{size / found['passages']:,.0f} bytes a passage in the database.",
    ]


def _wait(found: Any) -> str:
    return f"{found['median_ms']:.1f}, {found['p95_ms']:.1f}"


def _recall(found: Any) -> str:
    return f"{found['at_10']:.1%}, {found['at_100']:.1%}"
