"""What comes of the measurements of one contender: medians over the rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.side_by_side.data import Prepared

__all__ = ["Measured", "figures_of"]

Measured = Mapping[str, Sequence[Any]]
"""By action and name of the set ("rank xquad_nl"), what each round told; see `__main__`."""


def figures_of(
    told: Measured, speed: Prepared, quality: Prepared, *, sentences: bool
) -> dict[str, Any]:
    """Return a contender's figures in seconds, bytes and shares of 1.

    `speed` is the set that times are taken of, `quality` the other; `sentences` says whether the
    contender embeds these besides the passages. Raises KeyError for what was not measured, but
    leaves out what it may lack: eight at once, and the embedding alone.
    """

    def middle(action: str, what: str) -> float:
        return float(median(each[what] for each in told[f"{action} {speed.name}"]))

    embedded = speed.tokens + (speed.sentence_tokens if sentences else 0)
    waits = [sorted(each["seconds"]) for each in told[f"warm {speed.name}"]]
    figures: dict[str, Any] = {
        "index_seconds": middle("index", "whole"),
        "passages_a_second": speed.passages / middle("index", "whole"),
        "embedded_tokens": embedded,
        "index_tokens_a_second": embedded / middle("index", "whole"),
        "index_memory": middle("index", "memory"),
        "bytes_a_passage": middle("index", "bytes") / speed.passages,
        "first_seconds": middle("first", "whole"),
        "warm_median": median(median(each) for each in waits),
        "warm_p95": median(each[int(0.95 * (len(each) - 1))] for each in waits),
        "memory": middle("warm", "memory"),
    }
    for each in (speed, quality):
        figures[f"ndcg {each.name}"] = each.quality(told[f"rank {each.name}"][0]["ranked"])
    if eight := told.get(f"eight {speed.name}"):
        figures["eight_a_second"] = median(each["questions"] / each["seconds"] for each in eight)
    if embeds := told.get("embed"):
        ways = {way: median(each[way] for each in embeds) for way in embeds[0]}
        figures["embed_ways"] = {way: speed.tokens / seconds for way, seconds in ways.items()}
        figures["embed_tokens_a_second"] = max(figures["embed_ways"].values())
    figures["rounds"] = {
        "index": [each["whole"] for each in told[f"index {speed.name}"]],
        "first": [each["whole"] for each in told[f"first {speed.name}"]],
    }
    return figures
