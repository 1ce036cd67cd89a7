"""Measures Kamerwijzer beside what one might use instead, and writes the results.

    python -m benchmarks.side_by_side ../shared/eval

Every figure is of a process of its own; contenders take turns, round after round, so that what
else the machine does meets all alike. The others live in an environment of their own, which is
made the first time (some 3 GB).
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.load.machine import machine
from benchmarks.side_by_side.data import Prepared, prepare
from benchmarks.side_by_side.running import CONTENDERS, HERE, emptied, environment, run, size_of
from platformdirs import user_cache_path

from search.embedding import export_sentence_transformer, prepare_builtin

_RESULTS = HERE.parent / "results" / "side_by_side.json"
_SPEED, _QUALITY = "rijksoverheid_vac", "xquad_nl"
_ASKED = 400
"""Questions of a set that are asked."""


class _Bench:
    """The folders, the interpreters, and what was measured so far."""

    def __init__(self, folder: Path, sets: Path, python: Path, weights: Path) -> None:
        self._folder = folder
        self._pythons = dict.fromkeys(CONTENDERS, python) | {"Kamerwijzer": Path(sys.executable)}
        self._weights = weights
        self._model = prepare_builtin(print)
        self.speed = prepare(sets / _SPEED, folder / _SPEED, _ASKED)
        self.quality = prepare(sets / _QUALITY, folder / _QUALITY, _ASKED)
        self.measured: dict[str, dict[str, list[Any]]] = {name: {} for name in CONTENDERS}
        self.left_out: dict[str, str] = {}

    def note(self, name: str, what: str, value: object) -> None:
        self.measured[name].setdefault(what, []).append(value)

    def act(self, name: str, action: str, data: Prepared) -> dict[str, Any]:
        """Let a contender do something; gives what it said, with seconds and bytes."""
        store = self._folder / f"{data.name}-{CONTENDERS[name]}"
        if action == "index":
            emptied(store)
            emptied(self._folder / "cache")
            # The model lies there as after an installation; no vector is remembered.
            shutil.copytree(self._model, self._folder / "cache" / self._model.name)
        script = HERE / "contenders" / f"{CONTENDERS[name]}.py"
        variables = {
            "WEIGHTS": str(self._weights),
            "KAMERWIJZER_CACHE": str(self._folder / "cache"),
        }
        ran = run(self._pythons[name], [script, action, data.folder, store], variables)
        told = {**ran.told, "whole": ran.seconds, "memory": ran.memory}
        return told | ({"bytes": size_of(store)} if action == "index" else {})

    def round(self, action: str, data: Prepared) -> None:
        """Let each contender do something in turn."""
        for name in [n for n in CONTENDERS if n not in self.left_out]:
            try:
                told = self.act(name, action, data)
            except RuntimeError as error:
                print(f"{name}: {action} failed, {error}", flush=True)
                if action != "eight":
                    self.left_out[name] = str(error)
                continue
            print(f"{name:14} {action:6} {data.name:18} {told['whole']:7.2f} s "
                  f"{told['memory'] / 1e6:6.0f} MB", flush=True)  # fmt: skip
            self.note(name, f"{action} {data.name}", told)

    def embed(self) -> None:
        """Embed the same passages by either library."""
        texts = self._folder / "texts.json"
        lines = (self.speed.folder / "passages.jsonl").read_text("utf-8").splitlines()
        texts.write_text(json.dumps([json.loads(line)["text"] for line in lines]), "utf-8")
        for name in ("Kamerwijzer", "plain script"):
            words = [HERE / "embedding.py", CONTENDERS[name], texts]
            ran = run(self._pythons[name], words, {"WEIGHTS": str(self._weights)})
            print(f"{name:14} embed  {ran.told['seconds']:7.2f} s", flush=True)
            self.note(name, "embed", ran.told["seconds"])


def main() -> None:
    """Do all of it and write the results."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.side_by_side",
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("sets", type=Path, help="folder of the development sets")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--environment", type=Path,
                        default=user_cache_path("kamerwijzer") / "side-by-side")  # fmt: skip
    parser.add_argument("--results", type=Path, default=_RESULTS)
    options = parser.parse_args()
    python = environment(options.environment / "venv")
    weights = options.environment / "weights"
    if not weights.exists():
        export_sentence_transformer(weights)
    with tempfile.TemporaryDirectory(prefix="kamerwijzer-bench-") as name:
        bench = _Bench(Path(name), options.sets, python, weights)
        for number in range(options.rounds):
            bench.embed()
            # Of all that is measured this takes by far the longest.
            for action in (*(("index",) if not number else ()), "first", "warm", "eight"):
                bench.round(action, bench.speed)
        for action in ("index", "warm"):
            bench.round(action, bench.quality)
        results = _results(bench, options.rounds)
    options.results.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _results(bench: _Bench, rounds: int) -> dict[str, Any]:
    sets = {
        each.name: {"documents": len(each.data.documents), "passages": each.passages,
                    "tokens": each.tokens, "questions": len(each.asked)}
        for each in (bench.speed, bench.quality)
    }  # fmt: skip
    figures = {n: _figures(bench, n) for n in CONTENDERS if n not in bench.left_out}
    return {"date": date.today().isoformat(), "machine": machine(), "rounds": rounds,
            "sets": sets, "left_out": bench.left_out, "contenders": figures}  # fmt: skip


def _figures(bench: _Bench, name: str) -> dict[str, float]:
    """Give a contender's medians over the rounds."""
    told = bench.measured[name]
    speed, quality = bench.speed, bench.quality

    def median(action: str, what: str) -> float:
        return statistics.median(each[what] for each in told[f"{action} {speed.name}"])

    waits = [sorted(each["seconds"]) for each in told[f"warm {speed.name}"]]
    eight = [each["questions"] / each["seconds"] for each in told.get(f"eight {speed.name}", [])]
    figures = {
        "index_seconds": median("index", "whole"),
        "passages_a_second": speed.passages / median("index", "whole"),
        "index_memory": median("index", "memory"),
        "bytes_a_passage": median("index", "bytes") / speed.passages,
        "first_seconds": median("first", "whole"),
        "warm_median": statistics.median(statistics.median(each) for each in waits),
        "warm_p95": statistics.median(each[int(0.95 * (len(each) - 1))] for each in waits),
        "eight_a_second": statistics.median(eight) if eight else 0.0,
        "memory": median("warm", "memory"),
        f"ndcg {speed.name}": speed.quality(told[f"warm {speed.name}"][0]["ranked"]),
        f"ndcg {quality.name}": quality.quality(told[f"warm {quality.name}"][0]["ranked"]),
    }
    if "embed" in told:
        figures["embedded_tokens_a_second"] = speed.tokens / statistics.median(told["embed"])
    return figures


if __name__ == "__main__":
    main()
