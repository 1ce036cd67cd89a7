"""What came of `benchmarks.side_by_side` in Markdown: a section of SPEED.md, with a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.side_by_side.bars import Bars, bar_charts

__all__ = ["section"]

Figures = Mapping[str, Any]

_OWN, _PLAIN = "Kamerwijzer", "plain script"
_PICTURE = "side-by-side.svg"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: the figure's key, what it is, and how it is written."""

    key: str
    about: str
    form: str
    factor: float = 1.0
    more_is_better: bool = False

    def value(self, figures: Figures) -> float | None:
        """Return a contender's value in the row's unit, or None if it has none."""
        found = figures.get(self.key)
        return None if found is None else self.factor * float(found)

    def written(self, figures: Figures) -> str:
        """Return that value as text."""
        value = self.value(figures)
        return "–" if value is None else self.form.format(value)


_ROWS = (
    _Row("index_seconds", "indexing all, from the start of the process, s", "{:.1f}"),
    _Row("passages_a_second", "passages a second of that", "{:.0f}", more_is_better=True),
    _Row("embedded_tokens", "tokens that are embedded for it", "{:,.0f}"),
    _Row("index_tokens_a_second", "tokens a second of that", "{:,.0f}", more_is_better=True),
    _Row("index_memory", "most memory while indexing, MB", "{:,.0f}", 1e-6),
    _Row("bytes_a_passage", "disk, bytes a passage", "{:,.0f}"),
    _Row("first_seconds", "fresh process to its first answer, s", "{:.2f}"),
    _Row("warm_median", "one question, median, ms", "{:.1f}", 1000),
    _Row("warm_p95", "one question, p95, ms", "{:.1f}", 1000),
    _Row("eight_a_second", "questions a second, eight at once", "{:.0f}", more_is_better=True),
    _Row("memory", "most memory while answering, MB", "{:,.0f}", 1e-6),
)
_GIVEN = """\
Kamerwijzer is given the files and does all that it does: it reads, cuts and labels them, embeds
passages and each of their sentences, keeps the texts, the words and the phrases, and answers with
the sentence marked, labels, copies folded and every quote checked against its file. The others are
given the passages that Kamerwijzer cut, with their headings, so that none loses what lies beyond
the model's 512 tokens; they embed these alone, and answer with passages. Each answers with its ten
best passages; for nDCG, documents are ranked by the best of their passages among fifty. All have
the same weights and E5's prefixes, in float32 but for Kamerwijzer, whose matrices are int8.

- **plain script**: sentence-transformers and faiss's `IndexFlatIP`, by meaning alone.
- **txtai**: `hybrid=True, content=True`. Its words can't be searched from two threads at once
  (“Recursive use of cursors not allowed”), so that its eight take turns.
- **Haystack**: an in-memory store, BM25 and embeddings, joined by reciprocal ranks.
- **LlamaIndex**: its own vector store and BM25 with Dutch stems and stop words, fused by
  reciprocal ranks, without a language model.
- haiku.rag is not here: version 0.6.0, the newest for Python 3.11, takes its vectors from a server
  (Ollama, OpenAI, VoyageAI), and not from a folder of weights."""


def section(path: Path, plots: Path) -> str:
    """Write the section, and its picture into a folder that lies beside the page.

    Raises OSError or ValueError when the results are not there.
    """
    results = json.loads(path.read_text("utf-8"))
    if not isinstance(results, dict) or "contenders" not in results:
        raise ValueError(f"{path} holds no results of benchmarks.side_by_side")
    found: Mapping[str, Figures] = results["contenders"]
    rows = (
        *_ROWS,
        *(
            _Row(f"ndcg {name}", f"nDCG@10, {name}", "{:.1f}", 100, more_is_better=True)
            for name in results["sets"]
        ),
    )
    plots.mkdir(parents=True, exist_ok=True)
    (plots / _PICTURE).write_text(_picture(found, rows), "utf-8")
    parts = (
        _opening(results),
        _table(found, rows),
        [f"![Times, memory and quality of each]({plots.name}/{_PICTURE})", ""],
        _ratios(found),
        _worse(found, rows),
        _not_shown(results),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _opening(results: Mapping[str, Any]) -> list[str]:
    machine, sets = results["machine"], results["sets"]
    counted = "; ".join(
        f"{name}: {each['documents']} documents, {each['passages']:,} passages "
        f"({each['tokens']:,} tokens), {each['questions']} questions"
        for name, each in sets.items()
    )
    made = ", ".join(
        f"{name} {version}"
        for name, version in {
            package: version
            for packages in results["versions"].values()
            for package, version in packages.items()
        }.items()
    )
    return [
        "## Beside what else one might use",
        "",
        f"Made by `make bench` on {results['date']} at commit {results['commit'] or 'unknown'}: "
        f"{machine['cores']} cores ({machine['model']}), {machine['memory_gb']} GB, "
        f"{machine['system']}; load when it began {machine['load_at_start']}. {counted}. Times "
        f"are of {next(iter(sets))}: contenders in turn, {results['rounds']} rounds, medians; "
        f"every figure of a process of its own. {made}.",
        "",
        _GIVEN,
        "",
    ]


def _table(found: Mapping[str, Figures], rows: Sequence[_Row]) -> list[str]:
    return [
        _line(("", *found)),
        _line(("---", *["---:"] * len(found))),
        *(_line((row.about, *(row.written(each) for each in found.values()))) for row in rows),
        "",
    ]


def _picture(found: Mapping[str, Figures], rows: Sequence[_Row]) -> str:
    """Draw some of the rows; what a contender lacks is left out of its chart."""
    shown = (
        "first_seconds",
        "warm_median",
        "index_tokens_a_second",
        "eight_a_second",
        "memory",
        "bytes_a_passage",
    )
    charts = []
    for row in rows:
        if row.key in shown or row.key.startswith("ndcg"):
            values = {name: row.value(each) for name, each in found.items()}
            there = {name: value for name, value in values.items() if value is not None}
            charts.append(Bars(_title(row), row.form, there))
    return bar_charts("Times, memory and quality of each contender", charts, _OWN)


def _title(row: _Row) -> str:
    about = {
        "index_tokens_a_second": "indexing, tokens a second",
        "warm_median": "one question, ms (median)",
        "first_seconds": "first answer of a fresh process, s",
        "memory": "memory while answering, MB",
    }
    return about.get(row.key, row.about)


def _ratios(found: Mapping[str, Figures]) -> list[str]:
    """Return a comparison of Kamerwijzer with the plain script and the targets."""
    if not {_OWN, _PLAIN} <= found.keys():
        return []
    own, plain = found[_OWN], found[_PLAIN]
    embedded = own["embed_tokens_a_second"], plain["embed_tokens_a_second"]
    first = own["first_seconds"], plain["first_seconds"]
    ways = ", ".join(f"{way} {speed:,.0f}" for way, speed in plain["embed_ways"].items())
    return [
        _line(("against the plain script", "wanted", "measured")),
        _line(("---", "---:", "---:")),
        _line(
            (
                "embedding the same passages, tokens a second",
                "≥ 1.5 ×",
                f"{embedded[0] / embedded[1]:.2f} × ({embedded[0]:,.0f} to {embedded[1]:,.0f})",
            )
        ),
        _line(
            (
                "fresh process to its first answer",
                "≤ ¼, ≤ 1.5 s",
                f"{first[0] / first[1]:.2f}, {first[0]:.2f} s",
            )
        ),
        "",
        f"The embedding alone has the model loaded; of the plain script the best way counts "
        f"(tokens a second, sorted by length: {ways}).",
        "",
    ]


def _worse(found: Mapping[str, Figures], rows: Sequence[_Row]) -> list[str]:
    """Return in words where another contender is better."""
    if _OWN not in found:
        return []
    lines = []
    for row in rows:
        mine = row.value(found[_OWN])
        others = {n: v for n, each in found.items() if (v := row.value(each)) is not None}
        if row.key == "embedded_tokens" or mine is None:
            continue
        best = (max if row.more_is_better else min)(others, key=lambda name: others[name])
        if others[best] != mine:
            lines.append(
                f"- {row.about}: {row.form.format(mine)}; {best} {row.form.format(others[best])}"
            )
    return ["Where Kamerwijzer is not the best:", "", *lines, ""] if lines else []


def _not_shown(results: Mapping[str, Any]) -> list[str]:
    left_out = [f"- {n} is left out: `{why}`" for n, why in results["left_out"].items()]
    failed = [f"- {n} can't answer eight at once: `{why}`" for n, why in results["failed"].items()]
    return [*left_out, *failed, ""] if left_out or failed else []


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
