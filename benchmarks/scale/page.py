"""What came of `benchmarks.scale` in Markdown, with growth curves: a section of SPEED.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.scale.curves import exponent, growth_chart

__all__ = ["section"]

Size = Mapping[str, Any]

_LARGE = 10_000
"""Passages from which latency's growth is fitted."""
_DISK = {
    "texts.sqlite": "texts, SQLite",
    "lexical": "words",
    "phrases": "phrases",
    "passages.faiss": "vector index",
    "passages.npy": "vectors",
    "sentences.npy": "sentences' vectors",
    "corpus": "the corpus itself",
}
_BUILD = (
    "terms and words",
    "texts",
    "lexical",
    "phrases",
    "rows of vectors",
    "vector index",
    "checksums",
)
_STAGES = (
    "embedding the question",
    "words",
    "vectors",
    "sentences of the nearest",
    "reading hits",
    "choosing sentences",
    "copies",
    "judging",
    "checking quotes",
    "looking for changes",
)


def section(path: Path, plots: Path) -> str:
    """Write the section, with its heading on the second level, and its plots into a folder.

    The Markdown names the plots by the folder's own name, which must lie beside the page. Raises
    OSError or ValueError when the results are not there or are none of `benchmarks.scale`.
    """
    results = json.loads(path.read_text("utf-8"))
    if not isinstance(results, dict) or "sizes" not in results or "pipeline" not in results:
        raise ValueError(f"{path} holds no results of benchmarks.scale")
    sizes: list[Size] = results["sizes"]
    plots.mkdir(parents=True, exist_ok=True)
    for name, drawn in _charts(sizes):
        (plots / name).write_text(drawn, "utf-8")
    parts = (
        _opening(results),
        _asking(sizes, plots.name),
        _stages(sizes),
        _quality(sizes),
        _filters(sizes),
        _building(results, plots.name),
        _disk(sizes, plots.name),
        _growth(sizes),
    )
    return "\n".join("\n".join(part) for part in parts) + "\n"


def _opening(results: Mapping[str, Any]) -> list[str]:
    sizes, machine = results["sizes"], results["machine"]
    embedded = max(each["build"]["embedded"] for each in sizes)
    return [
        f"## From {_count(sizes[0])} to {_count(sizes[-1])} passages",
        "",
        "Made by `python -m benchmarks.scale`: real texts as far as they go, then letters of "
        "shuffled real sentences, each written to a file of its own. The vectors of the first "
        f"{embedded:,} passages were embedded, those beyond drawn around these, by steps that "
        "lie between real neighbours. Every size is built in one process and asked in another "
        "that is fresh. The vocabulary does not grow with such a corpus: at a million passages "
        "each word stands in more of them than in real ones, so that words cost more than they "
        "would.",
        "",
        f"{results['date']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['processor']}, {machine['system']}; load of the machine by size: "
        + ", ".join(f"{each['load']:.1f}" for each in sizes)
        + ".",
        "",
    ]


def _asking(sizes: Sequence[Size], plots: str) -> list[str]:
    lines = [
        "### One question: all arms, labels, answer sentence, each quote checked in its file",
        "",
        f"![Latency by number of passages]({plots}/scale-latency.svg)",
        "",
        "| passages | vector index | fresh process to answer, s | of it opening, s | median, ms "
        "| p95, ms | most, ms | asked again, median, ms | a quote of a sentence, median, ms "
        "| resident, MB | its own, MB |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in sizes:
        ask, held = each["ask"], each["ask"]["memory"]["all questions"]
        times = ask["milliseconds"]
        kind = "IVF, SQ8" if "IVF" in each["build"]["vectors"] else "flat"
        values = (
            _count(each),
            kind,
            f"{ask['seconds']['all']:.2f}",
            f"{ask['seconds']['opening']:.2f}",
            f"{times['median']:.1f}",
            f"{times['p95']:.1f}",
            f"{times['most']:.0f}",
            f"{times['median, again']:.1f}",
            f"{ask['quote']['median']:.1f}",
            f"{held['resident'] / 1e6:.0f}",
            f"{held['own'] / 1e6:.0f}",
        )
        lines.append(_row(values))
    return [
        *lines,
        "",
        "What is resident but not its own is mapped files, which the system takes back when "
        "others need the memory.",
        "",
        f"![Memory by number of passages]({plots}/scale-memory.svg)",
        "",
    ]


def _stages(sizes: Sequence[Size]) -> list[str]:
    lines = [
        "### Where a question's time goes, milliseconds",
        "",
        _row(("passages", *_STAGES, "other", "all")),
        _rule(len(_STAGES) + 3),
    ]
    for each in sizes:
        stages = each["ask"]["stages"]
        known = [stages.get(name, 0.0) for name in _STAGES]
        other = stages["all"] - sum(known)
        lines.append(_row((_count(each), *(f"{v:.1f}" for v in (*known, other, stages["all"])))))
    most = [(_count(each), *_largest(each["ask"]["stages"], _STAGES)) for each in sizes]
    said = "; ".join(f"{size}: {name}, {share:.0%}" for size, name, share in most)
    return [*lines, "", f"What takes most of it: {said}.", ""]


def _quality(sizes: Sequence[Size]) -> list[str]:
    lines = [
        "### How near to exact",
        "",
        "Against every vector compared with the question. A passage is relevant when it holds "
        "the sentence that answers (xquad_nl).",
        "",
        "| passages | vectors, recall@10 | recall@100 | all arms, overlap@10 | nDCG@10 "
        "| nDCG@10, exact vectors | difference, points |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in sizes:
        found = each["ask"]["quality"]
        difference = 100 * (found["ndcg@10"] - found["ndcg@10, exact"])
        values = (
            _count(each),
            f"{found['vectors, recall@10']:.4f}",
            f"{found['vectors, recall@100']:.4f}",
            f"{found['all arms, overlap@10']:.4f}",
            f"{100 * found['ndcg@10']:.2f}",
            f"{100 * found['ndcg@10, exact']:.2f}",
            f"{difference:+.2f}",
        )
        lines.append(_row(values))
    asked = sizes[-1]["ask"]["quality"]
    return [
        *lines,
        "",
        f"{asked['questions']} questions of the development sets; "
        f"{asked['with an answer']} have a known answer.",
        "",
    ]


def _filters(sizes: Sequence[Size]) -> list[str]:
    lines = [
        "### Filters",
        "",
        "| passages | filter | lets through | of all | vectors, recall@10 | recall@100 "
        "| question, median, ms | p95, ms |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for each in sizes:
        if each["build"]["passages"] < _LARGE:
            continue
        for name, found in each["ask"]["filters"].items():
            values = (
                _count(each),
                name,
                f"{found['passages']:,}",
                f"{found['share']:.2%}",
                f"{found['vectors, recall@10']:.4f}",
                f"{found['vectors, recall@100']:.4f}",
                f"{found['median']:.1f}",
                f"{found['p95']:.1f}",
            )
            lines.append(_row(values))
    return [*lines, ""]


def _building(results: Mapping[str, Any], plots: str) -> list[str]:
    sizes, pipeline = results["sizes"], results["pipeline"]
    each_ms = sum(pipeline.values())
    told = ", ".join(f"{name} {ms:.1f}" for name, ms in pipeline.items())
    lines = [
        "### Building",
        "",
        f"![Seconds of writing by number of passages]({plots}/scale-build.svg)",
        "",
        "What every passage costs, however large the corpus, milliseconds one stage after "
        f"another: {told}; {each_ms:.1f} in all. What writing the index adds, in seconds:",
        "",
        _row(
            (
                "passages",
                *_BUILD,
                "all",
                "milliseconds a passage",
                "most held, MB",
                "whole build, s",
            )
        ),
        _rule(len(_BUILD) + 5),
    ]
    for each in sizes:
        built = each["build"]
        seconds = [built["seconds"].get(name, 0.0) for name in _BUILD]
        whole = each.get("whole")
        values = (
            _count(each),
            *(f"{value:.1f}" for value in seconds),
            f"{built['whole']:.1f}",
            f"{1000 * built['whole'] / built['passages']:.2f}",
            f"{built['memory']['most'] / 1e6:.0f}",
            f"{whole['seconds']:.0f}" if whole else "",
        )
        lines.append(_row(values))
    largest = sizes[-1]["build"]
    hours = (largest["passages"] * each_ms / 1000 + largest["whole"]) / 3600
    most = [(_count(each), *_largest(each["build"]["seconds"], _BUILD)) for each in sizes]
    said = "; ".join(f"{size}: {name}, {share:.0%}" for size, name, share in most)
    return [
        *lines,
        "",
        "A whole build is `kamerwijzer index` with nothing remembered, done where it takes "
        f"minutes. {_count(sizes[-1])} passages would take {hours:.1f} hours of this machine, "
        f"{largest['whole'] / 60:.0f} minutes of them writing: what dominates a build of any size "
        "is the model. A build over an index that is there embeds only what is new.",
        "",
        f"What takes most of the writing: {said}.",
        "",
    ]


def _disk(sizes: Sequence[Size], plots: str) -> list[str]:
    lines = [
        "### On disk, MB",
        "",
        f"![Bytes by number of passages]({plots}/scale-disk.svg)",
        "",
        _row(("passages", *_DISK.values(), "index in all", "bytes a passage")),
        _rule(len(_DISK) + 3),
    ]
    for each in sizes:
        held = each["build"]["disk"]
        index = _index_bytes(each)
        parts = (f"{held.get(name, 0) / 1e6:.1f}" for name in _DISK)
        per = index / each["build"]["passages"]
        lines.append(_row((_count(each), *parts, f"{index / 1e6:.1f}", f"{per:,.0f}")))
    return [*lines, ""]


def _growth(sizes: Sequence[Size]) -> list[str]:
    """Return the exponents between neighbouring sizes, and over all large ones."""
    measures: dict[str, Callable[[Size], float]] = {
        "latency, median": lambda each: each["ask"]["milliseconds"]["median"],
        "latency, p95": lambda each: each["ask"]["milliseconds"]["p95"],
        "the vector arm": lambda each: each["ask"]["stages"].get("vectors", 0.0),
        "the lexical arm": lambda each: each["ask"]["stages"].get("words", 0.0),
        "opening": lambda each: each["ask"]["seconds"]["opening"],
        "resident memory": lambda each: each["ask"]["memory"]["all questions"]["resident"],
        "writing": lambda each: each["build"]["whole"],
        "index on disk": _index_bytes,
    }
    large = [each for each in sizes if each["build"]["passages"] >= _LARGE]
    steps = list(pairwise(sizes))
    heads = [f"{_short(a)}–{_short(b)}" for a, b in steps]
    whole = f"{_short(large[0])}–{_short(large[-1])}" if large else ""
    lines = [
        "### How it grows: the exponent b of passages to the power b",
        "",
        _row(("", *heads, f"fitted, {whole}")),
        _rule(len(heads) + 2),
    ]
    for name, measure in measures.items():
        local = (_exponent(measure, pair) for pair in steps)
        lines.append(_row((name, *local, f"**{_exponent(measure, large)}**")))
    return [*lines, ""]


def _exponent(measure: Callable[[Size], float], sizes: Sequence[Size]) -> str:
    return f"{exponent([(each['build']['passages'], measure(each)) for each in sizes]):.2f}"


def _charts(sizes: Sequence[Size]) -> Iterator[tuple[str, str]]:
    def line(measure: Callable[[Size], float]) -> list[tuple[float, float]]:
        return [(each["build"]["passages"], measure(each)) for each in sizes]

    times: dict[str, Callable[[Size], float]] = {
        "p95": lambda each: each["ask"]["milliseconds"]["p95"],
        "median": lambda each: each["ask"]["milliseconds"]["median"],
    }
    for name in ("vectors", "words", "checking quotes"):
        times[name] = lambda each, stage=name: each["ask"]["stages"].get(stage, 0.0)  # type: ignore[misc]
    yield (
        "scale-latency.svg",
        growth_chart(
            "One question",
            {name: line(each) for name, each in times.items()},
            "ms",
            {"wanted, p95 at 10⁶": 120, "wanted, median at 10⁶": 60},
        ),
    )
    held = {
        "resident": line(lambda each: each["ask"]["memory"]["all questions"]["resident"] / 1e6),
        "its own": line(lambda each: each["ask"]["memory"]["all questions"]["own"] / 1e6),
    }
    yield "scale-memory.svg", growth_chart("Memory, answering", held, "MB", {"wanted": 1500})
    parts = {
        name: line(lambda each, part=name: each["build"]["seconds"].get(part, 0.0))  # type: ignore[misc]
        for name in _BUILD
    }
    built = {"all": line(lambda each: each["build"]["whole"]), **parts}
    yield "scale-build.svg", growth_chart("Writing an index", built, "s")
    disk = {
        said: line(lambda each, part=name: each["build"]["disk"].get(part, 0) / 1e6)  # type: ignore[misc]
        for name, said in _DISK.items()
    }
    yield "scale-disk.svg", growth_chart("On disk", disk, "MB")


def _index_bytes(each: Size) -> float:
    return float(sum(size for name, size in each["build"]["disk"].items() if name != "corpus"))


def _largest(values: Mapping[str, float], names: Sequence[str]) -> tuple[str, float]:
    """Return the largest part, and its share of all parts."""
    known = {name: values.get(name, 0.0) for name in names}
    best = max(known, key=lambda name: known[name])
    return best, known[best] / (sum(known.values()) or 1.0)


def _count(each: Size) -> str:
    return f"{each['build']['passages']:,}"


def _short(each: Size) -> str:
    number = each["wanted"]
    return (
        f"{number // 1_000_000}M"
        if number >= 1_000_000
        else (f"{number // 1000}k" if number >= 1000 else str(number))
    )


def _row(values: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, values))} |"


def _rule(columns: int) -> str:
    return "|" + "---:|" * columns
