"""The page of figures, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search.evaluation.stance_page import stance_section
from search.evaluation.tables import figure, table

__all__ = ["quality_page"]

_HEAD = """# Quality

Made by `make evaluate` from the results in `results/`; not written by hand but for the notes at
the end. Figures are in hundredths; in brackets the 95 % bootstrap interval.
"""
_ARMS = ("lexical", "dense", "product")
_MEASURES = ("ndcg@10", "recall@10", "recall@100", "mrr@10", "hit@1")

_REFUSALS = (
    "auroc",
    "ece",
    "refusal_precision",
    "refusal_recall",
    "coverage",
    "unanswerable_refused_or_possible",
)

Result = dict[str, Any]


def quality_page(results: Sequence[Result], notes: str = "") -> str:
    """Return the page: a table for each suite, the questions that fail, and the notes."""
    by_suite: dict[str, list[Result]] = {}
    for result in results:
        by_suite.setdefault(result["suite"], []).append(result)
    parts = [_HEAD]
    for suite, write in (
        ("retrieval", _retrieval),
        ("questions", _questions),
        ("abstention", _abstention),
        ("sentences", _sentences),
        ("stance", stance_section),
    ):
        if by_suite.get(suite):
            parts.append(write(by_suite[suite]))
    parts.append(_failures(results))
    if notes:
        parts.append(notes)
    return "\n".join(part.rstrip() + "\n" for part in parts if part)


def _retrieval(results: Sequence[Result]) -> str:
    rows = [
        [
            result["name"] if arm == "lexical" else "",
            arm,
            *(_with_interval(result["result"], arm, measure) for measure in _MEASURES),
            f"{result['result']['milliseconds']['median']:.0f}" if arm == "product" else "",
        ]
        for result in results
        for arm in _ARMS
    ]
    return "## Retrieval\n\n" + table(["set", "arm", *_MEASURES, "ms a question"], rows)


def _with_interval(result: Result, arm: str, measure: str) -> str:
    low, high = result["intervals"][arm][measure]
    return f"{figure(result[arm][measure])} ({figure(low)}-{figure(high)})"


def _questions(results: Sequence[Result]) -> str:
    names = ("hit@1", "hit@3", "hit@5", "mrr", "mark_holds_evidence", "answer_holds_evidence")
    rows = [
        [
            each["name"],
            *(figure(each["result"].get(name)) for name in names),
            f"{each['result']['milliseconds']['median']:.0f}",
        ]
        for each in results
    ]
    whether = [
        [each["name"], *(figure(each["result"]["abstention"].get(name)) for name in _REFUSALS)]
        for each in results
    ]
    return "\n".join(
        (
            "## Questions with their evidence\n",
            table(["set", *names, "ms a question"], rows),
            "Answer, possible answer, or none:\n",
            table(["set", *_REFUSALS], whether),
            *(_reliability(each["name"], each["result"]) for each in results),
        )
    )


def _reliability(name: str, result: Result) -> str:
    """Return the reliability diagram of a set as a table, a bar for each tenth."""
    bins = result.get("reliability", [])
    if not bins:
        return ""
    rows = [
        [str(count), figure(confidence), figure(share), "█" * round(20 * share)]
        for count, confidence, share in bins
    ]
    heads = ["questions", "mean confidence", "with an answer", ""]
    return f"How often there is an answer, by confidence ({name}):\n\n" + table(heads, rows)


def _abstention(results: Sequence[Result]) -> str:
    names = _REFUSALS[:-1]
    rows = [[e["name"], *(figure(e["result"].get(name)) for name in names)] for e in results]
    return "## Abstention\n\n" + table(["set", *names], rows)


def _sentences(results: Sequence[Result]) -> str:
    rows = [
        [e["name"], figure(e["result"]["accuracy"]), figure(e["result"]["first_sentence"])]
        for e in results
    ]
    return "## The answer sentence\n\n" + table(["set", "chosen", "always the first"], rows)


def _failures(results: Sequence[Result]) -> str:
    lines = []
    for result in results:
        failures = result["result"].get("failures", [])
        if failures and result["suite"] != "stance":
            lines += [f"\n### {result['suite']}: {result['name']} ({len(failures)})\n"]
            lines += [f"- {_failure(each)}" for each in failures]
    return "## Questions that fail\n" + "\n".join(lines) if lines else ""


def _failure(failure: dict[str, Any]) -> str:
    details = [f"{key} {value}" for key, value in failure.items() if key not in ("id", "question")]
    return f"`{failure['id']}` {failure['question']}" + (
        f" ({', '.join(details)})" if details else ""
    )
