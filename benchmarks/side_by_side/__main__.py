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
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.side_by_side.data import Prepared, prepare
from benchmarks.side_by_side.figures import figures_of
from benchmarks.side_by_side.running import (
    CONTENDERS,
    HERE,
    PACKAGES,
    emptied,
    environment,
    processor,
    run,
    size_of,
    versions,
)
from platformdirs import user_cache_path

from search.embedding import export_sentence_transformer, prepare_builtin

_RESULTS = HERE.parent / "results" / "side_by_side.json"
_OWN = "Kamerwijzer"
_SPEED, _QUALITY = "rijksoverheid_vac", "xquad_nl"
_ASKED = 400
"""Questions of a set that are asked."""


class _Bench:
    """The folders, the interpreters, and what was measured so far."""

    def __init__(self, folder: Path, sets: Path, python: Path, weights: Path) -> None:
        self._folder = folder
        self._pythons = dict.fromkeys(CONTENDERS, python) | {_OWN: Path(sys.executable)}
        self._weights = weights
        self._model = prepare_builtin(message=print)
        self.speed = prepare(sets / _SPEED, folder / _SPEED, _ASKED)
        self.quality = prepare(sets / _QUALITY, folder / _QUALITY, _ASKED)
        self.measured: dict[str, dict[str, list[Any]]] = {name: {} for name in CONTENDERS}
        self.left_out: dict[str, str] = {}
        self.failed: dict[str, str] = {}

    def note(self, name: str, what: str, value: object) -> None:
        self.measured[name].setdefault(what, []).append(value)

    def act(self, name: str, action: str, data: Prepared) -> dict[str, Any]:
        """Let a contender do something; returns its answer, with seconds and bytes."""
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
                # What answers one at a time is worth showing, whether or not it can do eight.
                failures = self.failed if action == "eight" else self.left_out
                failures[name] = str(error)
                continue
            print(
                f"{name:14} {action:6} {data.name:18} {told['whole']:7.2f} s "
                f"{told['memory'] / 1e6:6.0f} MB",
                flush=True,
            )
            self.note(name, f"{action} {data.name}", told)

    def embed(self) -> None:
        """Embed the same passages by either library."""
        texts = self._folder / "texts.json"
        lines = (self.speed.folder / "passages.jsonl").read_text("utf-8").splitlines()
        texts.write_text(json.dumps([json.loads(line)["text"] for line in lines]), "utf-8")
        for name in (_OWN, "plain script"):
            words: list[str | Path] = [HERE / "embedding.py", CONTENDERS[name], texts]
            ran = run(self._pythons[name], words, {"WEIGHTS": str(self._weights)})
            took = ", ".join(f"{way} {s:.2f} s" for way, s in ran.told["seconds"].items())
            print(f"{name:14} embed  {took}", flush=True)
            self.note(name, "embed", ran.told["seconds"])

    def versions(self) -> dict[str, dict[str, str]]:
        """Return the versions of the packages of each contender that took part."""
        return {
            name: versions(self._pythons[name], PACKAGES[name])
            for name in CONTENDERS
            if name not in self.left_out
        }


def main() -> None:
    """Do all of it and write the results."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.side_by_side",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sets", type=Path, help="folder of the development sets")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--environment", type=Path, default=user_cache_path("kamerwijzer") / "side-by-side"
    )
    parser.add_argument("--results", type=Path, default=_RESULTS)
    options = parser.parse_args()
    python = environment(options.environment / "venv")
    weights = _weights(options.environment / "weights")
    where = {**machine(), "model": processor()}  # before this adds to the machine's load
    with tempfile.TemporaryDirectory(prefix="kamerwijzer-bench-") as name:
        bench = _Bench(Path(name), options.sets, python, weights)
        for _ in range(options.rounds):
            bench.embed()
            for action in ("index", "first", "warm", "eight"):
                bench.round(action, bench.speed)
        bench.round("rank", bench.speed)
        for action in ("index", "rank"):
            bench.round(action, bench.quality)
        results = {
            "date": date.today().isoformat(),
            "commit": _commit(),
            "machine": where,
            "rounds": options.rounds,
            **_results(bench),
        }
    options.results.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _weights(folder: Path) -> Path:
    """Return the built-in model for sentence-transformers, exported if it does not exist."""
    if not folder.exists():
        part = emptied(folder.with_name(f"{folder.name}.part"))
        export_sentence_transformer(part)
        part.rename(folder)
    return folder


def _commit() -> str:
    """Return the commit that is measured, marked if files have changed; "" if unknown."""
    words = ["git", "-C", str(HERE), "describe", "--always", "--dirty", "--exclude=*"]
    try:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _results(bench: _Bench) -> dict[str, Any]:
    sets = {
        each.name: {
            "documents": len(each.data.documents),
            "passages": each.passages,
            "tokens": each.tokens,
            "sentence_tokens": each.sentence_tokens,
            "questions": len(each.asked),
        }
        for each in (bench.speed, bench.quality)
    }
    figures = {
        name: figures_of(told, bench.speed, bench.quality, sentences=name == _OWN)
        for name, told in bench.measured.items()
        if name not in bench.left_out
    }
    return {
        "sets": sets,
        "left_out": bench.left_out,
        "failed": bench.failed,
        "versions": bench.versions(),
        "contenders": figures,
    }


if __name__ == "__main__":
    main()
