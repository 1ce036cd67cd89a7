"""What came of `benchmarks.side_by_side` in Markdown: a section of SPEED.md, with a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["bars", "section"]

_FIRST, _PLAIN = "Kamerwijzer", "plain script"
_ROWS = (
    ("passages_a_second", "indexing, passages a second", "{:.1f}"),
    ("index_memory", "most memory while indexing, MB", "mb"),
    ("bytes_a_passage", "disk, bytes a passage", "{:,.0f}"),
    ("first_seconds", "fresh process to its first answer, s", "{:.2f}"),
    ("warm_median", "one question, median ms", "ms"),
    ("warm_p95", "one question, p95 ms", "ms"),
    ("eight_a_second", "questions a second, eight at once", "{:.0f}"),
    ("memory", "most memory while answering, MB", "mb"),
)
_GIVEN = """\
Kamerwijzer is given the files, and does all that it does: it reads, cuts and labels them, embeds
passages and sentences, and answers with the sentence marked, labels, copies folded and every quote
checked against its file. The others are given the passages that Kamerwijzer cut, with their
headings and the right prefix, so that none loses what lies beyond the model's 512 tokens; they give
passages and nothing else. The plain script searches by meaning alone, the other three by words as
well. All have the same weights, in float32 but for Kamerwijzer, whose matrices are int8. haiku.rag
is not here: version 0.6.0 takes its vectors from a server (Ollama, OpenAI, VoyageAI), not from a
folder of weights."""


def section(path: Path, plots: Path) -> str:
    """Write the section, and its picture into a folder that lies beside the page.

    Raises OSError or ValueError when the results are not there.
    """
    results = json.loads(path.read_text("utf-8"))
    found: Mapping[str, Mapping[str, float]] = results["contenders"]
    sets = results["sets"]
    speed = next(iter(sets))
    names = list(found)
    lines = [
        "## Beside what else one might use",
        "",
        f"Made by `make bench`. {results['date']}, {results['machine']['cores']} cores, "
        f"{results['machine']['memory_gb']} GB, {results['machine']['system']}; load when it began "
        f"{results['machine']['load_at_start']}. {sets[speed]['passages']:,} passages "
        f"({sets[speed]['tokens']:,} tokens) and {sets[speed]['questions']} questions of {speed}; "
        f"contenders in turn, {results['rounds']} rounds (indexing once), medians; every figure of "
        "a process of its own.",
        "",
        _GIVEN,
        "",
        _row(["", *names]),
        _row(["---", *["---:"] * len(names)]),
    ]
    for key, about, how in _ROWS:
        lines.append(_row([about, *(_written(found[name][key], how) for name in names)]))
    for each in sets:
        values = (f"{100 * found[name][f'ndcg {each}']:.1f}" for name in names)
        lines.append(_row([f"nDCG@10, {each}", *values]))
    lines += ["", *_ratios(found), "", *_left_out(results["left_out"])]
    plots.mkdir(exist_ok=True)
    waits = {name: found[name]["first_seconds"] for name in names}
    (plots / "first.svg").write_text(bars("Seconds to the first answer", waits), "utf-8")
    lines.append(f"![Seconds from a fresh process to its first answer]({plots.name}/first.svg)")
    return "\n".join(lines) + "\n"


def _ratios(found: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Hold Kamerwijzer against the plain script, beside what is wanted."""
    own, plain = found[_FIRST], found[_PLAIN]
    embedded = own["embedded_tokens_a_second"], plain["embedded_tokens_a_second"]
    first = own["first_seconds"], plain["first_seconds"]
    return [
        _row(["against the plain script", "wanted", "measured"]),
        _row(["---", "---:", "---:"]),
        _row(["embedding the same passages, tokens a second", "≥ 1.5 ×",
              f"{embedded[0] / embedded[1]:.2f} × ({embedded[0]:,.0f} to {embedded[1]:,.0f})"]),
        _row(["fresh process to its first answer", "≤ ¼, ≤ 1.5 s",
              f"{first[0] / first[1]:.2f}, {first[0]:.2f} s"]),
    ]  # fmt: skip


def _left_out(reasons: Mapping[str, str]) -> list[str]:
    return [f"{name} is left out: {reason}\n" for name, reason in reasons.items()]


def _written(value: float, how: str) -> str:
    if how == "mb":
        return f"{value / 1e6:,.0f}"
    if not value:
        return "fails"
    return f"{1000 * value:.1f}" if how == "ms" else how.format(value)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def bars(title: str, values: Mapping[str, float]) -> str:
    """Draw values as bars in SVG; legible on white and on black."""
    most, width, height = max(values.values()), 420, 26
    rows: list[str] = []
    for number, (name, value) in enumerate(values.items()):
        top = 34 + number * height
        length = width * value / most
        colour = "#3b76bf" if name == _FIRST else "#8a94a1"
        rows.append(
            f'<text x="112" y="{top + 13}" text-anchor="end">{name}</text>'
            f'<rect x="120" y="{top}" width="{length:.1f}" height="18" rx="2" fill="{colour}"/>'
            f'<text x="{126 + length:.1f}" y="{top + 13}">{value:.2f}</text>'
        )
    size: Any = f'width="600" height="{44 + len(values) * height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" '
        f'font-size="13" fill="#7a8490" role="img" aria-label="{title}">'
        f'<text x="120" y="20" font-weight="bold">{title}</text>{"".join(rows)}</svg>\n'
    )
