"""Compares kinds of FAISS index on the passages' vectors: recall, latency, memory, disk, build.

    .venv/bin/python -m benchmarks.scale.vectors_study ROWS QUESTIONS WORK

ROWS is the `passages.npy` of a large index that `python -m benchmarks.scale --keep` made, and
QUESTIONS the `questions.json` beside that index. Each kind is built, and searched memory-mapped,
in a process of its own. What an index finds is scored anew by the rows, as `search.storage` does.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from benchmarks.scale.clock import memory
from benchmarks.scale.questions import read_asked
from numpy.typing import NDArray

from search.concurrency import usable_cores
from search.embedding import load_encoder
from search.storage.local.rowfiles import RowFile, RowWriter
from search.storage.local.vectors import CLUSTER_PLAN, write_vectors

__all__ = ["KINDS", "study"]

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]

_RESULTS = Path(__file__).resolve().parents[1] / "results" / "vectors.json"
_SIZES = (10_000, 50_000, 100_000, 300_000, 1_000_000)
_SHARES = (0.001, 0.01, 0.1, 0.5)
_TOP, _TEN = 100, 10
_TIMED = 200
_ADDED = 50_000


def _flat(rows: RowFile, path: Path) -> None:
    index = faiss.IndexFlatIP(rows.dimensions)
    for first in range(0, len(rows), _ADDED):
        index.add(rows.rows(first, _ADDED))
    faiss.write_index(index, str(path))


def _halves(rows: RowFile, path: Path) -> None:
    write_vectors(path, rows, _always(flat=True))


def _neighbourhoods(rows: RowFile, path: Path) -> None:
    write_vectors(path, rows, _always(flat=False))


def _always(*, flat: bool) -> Any:
    from dataclasses import replace

    return replace(CLUSTER_PLAN, flat_up_to=sys.maxsize if flat else 0)


def _graph(rows: RowFile, path: Path) -> None:
    index: Any = faiss.IndexHNSWSQ(
        rows.dimensions,
        faiss.ScalarQuantizer.QT_8bit,  # type: ignore[arg-type]
        32,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.hnsw.efConstruction = 80
    sample = np.random.default_rng(0).choice(len(rows), min(len(rows), _ADDED), replace=False)
    index.train(rows.chosen(np.sort(sample)))
    for first in range(0, len(rows), _ADDED):
        index.add(rows.rows(first, _ADDED))
    faiss.write_index(index, str(path))


KINDS: Mapping[str, tuple[Callable[[RowFile, Path], None], tuple[int, ...], int]] = {
    "flat, fp32": (_flat, (0,), sys.maxsize),
    "flat, fp16": (_halves, (0,), sys.maxsize),
    "IVF, SQ8": (_neighbourhoods, (64, 128, 256, 512), sys.maxsize),
    "HNSW32, SQ8": (_graph, (200, 400, 800), 300_000),
}
"""How each kind is built, what is tried of its one knob, and the most vectors it is tried on."""


def study(kind: str, rows: RowFile, questions: Vectors, path: Path) -> dict[str, Any]:
    """Build one kind of index over rows and search it; returns figures by the value of its knob.

    `questions` has shape (n, dimensions); `path` is where the index is written.
    """
    build, knobs, _ = KINDS[kind]
    faiss.omp_set_num_threads(usable_cores())
    begun = time.perf_counter()
    build(rows, path)
    built = time.perf_counter() - begun
    exact = _exact(rows, questions)
    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
    found = {str(knob): _searched(index, kind, knob, rows, questions, exact) for knob in knobs}
    return {"seconds": built, "bytes": path.stat().st_size, "knobs": found}


def _exact(rows: RowFile, questions: Vectors, allowed: Ids | None = None) -> Ids:
    """Return the ids of the nearest rows of each question, best first, shape (n, top)."""
    ids = np.empty((len(questions), 0), dtype=np.int64)
    scores = np.empty((len(questions), 0), dtype=np.float32)
    for first in range(0, len(rows), _ADDED):
        near = np.arange(first, min(first + _ADDED, len(rows)))
        if allowed is not None:
            near = near[np.isin(near, allowed, assume_unique=True)]
        scores = np.concatenate([scores, questions @ rows.chosen(near).T], axis=1)
        ids = np.concatenate([ids, np.tile(near, (len(questions), 1))], axis=1)
        best = np.argsort(-scores, axis=1, kind="stable")[:, :_TOP]
        ids = np.take_along_axis(ids, best, axis=1)
        scores = np.take_along_axis(scores, best, axis=1)
    return ids


def _searched(
    index: Any, kind: str, knob: int, rows: RowFile, questions: Vectors, exact: Ids
) -> dict[str, float]:
    depth = _TOP if kind.startswith("flat") else CLUSTER_PLAN.rescored * _TOP

    def search(question: Vectors) -> Ids:
        ids = index.search(question[None], depth, params=_limits(kind, knob))[1][0]
        return _rescored(rows, question, ids[ids >= 0])

    faiss.omp_set_num_threads(1)
    found = [search(question) for question in questions]
    figures = _recalls(found, exact)
    for threads in (1, 2):
        faiss.omp_set_num_threads(threads)
        took = list(_milliseconds(search, questions[:_TIMED]))
        figures[f"median, {threads} threads"] = float(np.median(took))
        figures[f"p95, {threads} threads"] = float(np.percentile(took, 95))
    return figures


def _limits(kind: str, knob: int, selector: Any = None) -> Any:
    if kind.startswith("IVF"):
        return faiss.SearchParametersIVF(nprobe=knob, sel=selector)  # type: ignore[call-arg]
    if kind.startswith("HNSW"):
        # The library's types don't know of it.
        untyped: Any = faiss
        return untyped.SearchParametersHNSW(efSearch=knob, sel=selector)
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


def _rescored(rows: RowFile, question: Vectors, ids: Ids) -> Ids:
    ids = np.sort(ids)
    return ids[np.argsort(-(rows.chosen(ids) @ question), kind="stable")[:_TOP]]


def _recalls(found: list[Ids], exact: Ids) -> dict[str, float]:
    pairs = [(own.tolist(), best.tolist()) for own, best in zip(found, exact, strict=True)]
    return {
        f"recall@{top}": float(
            np.mean([len({*own[:top]} & {*best[:top]}) / len(best[:top]) for own, best in pairs])
        )
        for top in (_TEN, _TOP)
    }


def _milliseconds(work: Callable[[Vectors], object], questions: Vectors) -> Iterator[float]:
    for question in questions:
        begun = time.perf_counter()
        work(question)
        yield 1000 * (time.perf_counter() - begun)


def _filtered(rows: RowFile, questions: Vectors, path: Path) -> list[dict[str, float]]:
    """Search among a share of the rows: these alone, or the index with ever more probes."""
    index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
    faiss.omp_set_num_threads(1)
    chance, measured = np.random.default_rng(4), []
    for share in _SHARES:
        # Whole runs pass, as whole documents do.
        runs = chance.random(len(rows) // 70 + 1) < share
        allowed = np.flatnonzero(np.repeat(runs, 70)[: len(rows)])
        exact = _exact(rows, questions, allowed)

        def alone(question: Vectors, among: Ids = allowed) -> Ids:
            return _rescored(rows, question, among)

        took = list(_milliseconds(alone, questions[:20])) if share <= 0.1 else [float("nan")]
        figures = {
            "share": share,
            "passages": len(allowed),
            "alone, median": float(np.median(took)),
        }
        selector: Any = faiss.IDSelectorBitmap(_bits(allowed, len(rows)))  # type: ignore[call-arg,arg-type]
        for probes in (CLUSTER_PLAN.probed, CLUSTER_PLAN.probes(share)):

            def search(question: Vectors, probes: int = probes, passing: Any = selector) -> Ids:
                limits = _limits("IVF", min(probes, index.nlist), passing)
                ids = index.search(question[None], CLUSTER_PLAN.rescored * _TOP, params=limits)[1][
                    0
                ]
                return _rescored(rows, question, ids[ids >= 0])

            recalls = _recalls([search(question) for question in questions], exact)
            figures |= {f"{probes} probes, {name}": value for name, value in recalls.items()}
            took = list(_milliseconds(search, questions[:_TIMED]))
            figures[f"{probes} probes, median"] = float(np.median(took))
        measured.append(figures)
    return measured


def _bits(allowed: Ids, total: int) -> NDArray[np.uint8]:
    passes = np.zeros(total, dtype=np.bool_)
    passes[allowed] = True
    return np.packbits(passes, bitorder="little")


def _first(rows: Path, number: int, path: Path) -> RowFile:
    """Write the first rows of a file to one of their own."""
    given = RowFile(rows)
    with RowWriter(path, given.dimensions) as writer:
        for first in range(0, number, _ADDED):
            writer.add(given.rows(first, min(_ADDED, number - first)))
    return RowFile(path)


def _one(options: argparse.Namespace) -> None:
    """Study one kind at one size, and print the figures."""
    texts = [each.question for each in read_asked(options.questions)]
    questions = load_encoder().encode_questions(texts)
    rows = _first(options.rows, options.size, options.work / "rows.npy")
    before = memory()
    path = options.work / "index.faiss"
    if options.kind == "filters":
        _neighbourhoods(rows, path)
        print(json.dumps(_filtered(rows, questions[:_TIMED], path)))
        return
    found = study(options.kind, rows, questions, path)
    print(json.dumps({**found, "memory": {"before": before, "after": memory()}}))


def main() -> None:
    """Study each kind at each size, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--kind")
    parser.add_argument("--size", type=int)
    parser.add_argument("--results", type=Path, default=_RESULTS)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.kind:
        _one(options)
        return
    results: dict[str, Any] = {}
    most = len(RowFile(options.rows))
    for size in (each for each in _SIZES if each <= most):
        for kind in (*KINDS, "filters"):
            if kind in KINDS and size > KINDS[kind][2]:
                continue
            command = [sys.executable, "-m", "benchmarks.scale.vectors_study"]
            given = [options.rows, options.questions, options.work, "--kind", kind, "--size", size]
            done = subprocess.run(
                [*command, *map(str, given)], stdout=subprocess.PIPE, text=True, check=True
            )
            found = json.loads(done.stdout.splitlines()[-1])
            print(size, kind, found, flush=True)
            results.setdefault(str(size), {})[kind] = found
            options.results.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
