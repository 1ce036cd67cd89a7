"""Builds indexes of 100 to 1,000,000 passages, asks each, and writes how everything grows.

    .venv/bin/python -m benchmarks.scale ../shared/eval ../shared/documents WORK

WORK holds what `benchmarks.scale.embedding` made, and takes one index at a time (6 GB at most).
Every size is built in a process of its own and asked in another.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine

from search.embedding import prepare_builtin

_ROOT = Path(__file__).resolve().parents[2]
_RESULTS = _ROOT / "benchmarks" / "results" / "scale.json"
_SIZES = (100, 1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
_WHOLE = (100, 1_000, 10_000)
"""Sizes at which a whole build is done too; what it adds is the same for each passage."""


def _run(module: str, *words: object, variables: Mapping[str, str] | None = None) -> Any:
    """Run a part in a process of its own, and give what it printed last; raises when it fails."""
    command = [sys.executable, "-m", f"benchmarks.scale.{module}", *map(str, words)]
    env = os.environ | {"PYTHONPATH": str(_ROOT)} | dict(variables or {})
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=env)
    return json.loads(done.stdout.splitlines()[-1])


def _whole(given: tuple[Path, ...], folder: Path, work: Path) -> Any:
    """Build with a cache that holds the model and nothing else."""
    cache = work / "empty-cache"
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(parents=True)
    model = prepare_builtin()
    (cache / model.name).symlink_to(model)
    return _run("building", *given, folder, -1, variables={"KAMERWIJZER_CACHE": str(cache)})


def _measure(
    given: tuple[Path, ...], work: Path, size: int, found: dict[str, Any], keep: bool
) -> dict[str, Any]:
    """Build and ask; what is `found` already of an index that was kept is not built again."""
    folder = work / f"size-{size}"
    if not found:
        shutil.rmtree(folder, ignore_errors=True)
        found = {"wanted": size, "build": _run("building", *given, folder, size)}
        if size in _WHOLE:
            found["whole"] = _whole(given, folder, work)
    found["load"] = os.getloadavg()[0]
    found["ask"] = _run("asking", folder)
    if not keep:
        shutil.rmtree(folder)
    return found


def main() -> None:
    """Measure every size; those of the results that are not asked for anew are kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("evaluation", type=Path, help="folder of the development sets")
    parser.add_argument("letters", type=Path, help="folder with letters")
    parser.add_argument("work", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES))
    parser.add_argument("--keep", action="store_true", help="keep the indexes")
    parser.add_argument("--again", action="store_true", help="ask the kept indexes again")
    parser.add_argument("--results", type=Path, default=_RESULTS)
    options = parser.parse_args()
    given = options.evaluation, options.letters, options.work
    before = json.loads(options.results.read_text("utf-8")) if options.results.exists() else {}
    sizes = {each["wanted"]: each for each in before.get("sizes", [])}
    results = {"date": date.today().isoformat(), "machine": machine()}
    if options.again:
        results["pipeline"] = before["pipeline"]
    else:
        sample = options.work / "sample"
        results["pipeline"] = _run("building", *given, sample, 0)
        shutil.rmtree(sample)
    for size in options.sizes:
        begun = time.perf_counter()
        sizes[size] = _measure(
            given, options.work, size, sizes[size] if options.again else {}, options.keep
        )
        print(f"{size} passages measured in {time.perf_counter() - begun:.0f} s", flush=True)
        results["sizes"] = [sizes[each] for each in sorted(sizes)]
        options.results.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
