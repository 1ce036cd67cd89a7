"""Opens an index in a fresh process, asks it questions, and says how long each stage takes.

    python -m benchmarks.scale.asking FOLDER

FOLDER holds `corpus`, `index` and `questions.json`, as `benchmarks.scale.building` makes them.
"""

from __future__ import annotations

import time

_BEGUN = time.perf_counter()

import argparse  # noqa: E402 - the clock runs before anything else is imported
import json  # noqa: E402
from collections.abc import Callable, Iterable, Sequence  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from search.engine import Engine  # noqa: E402
from search.settings import Settings  # noqa: E402

_TOP = 10
_WARM = 20
_PROFILED = 100
_FILTERED = 60
"""Questions that are asked once before any is timed; that are profiled; asked by each filter."""


def _timed(work: Callable[[Any], object], given: Iterable[Any]) -> dict[str, float]:
    """Do work on each thing; returns median, 95th percentile and maximum in milliseconds."""
    import numpy as np

    took = []
    for each in given:
        begun = time.perf_counter()
        work(each)
        took.append(1000 * (time.perf_counter() - begun))
    return {
        "median": float(np.median(took)),
        "p95": float(np.percentile(took, 95)),
        "most": max(took),
    }


def _opened(folder: Path, first: str) -> tuple[Engine, dict[str, Any]]:
    """Open the index and answer one question; returns the seconds and bytes that took."""
    from benchmarks.scale.clock import memory

    imported = time.perf_counter()
    engine = Engine.open(Settings(folder / "corpus", folder / "index"))
    opened = time.perf_counter()
    held = memory()
    engine.ask(first)
    answered = time.perf_counter()
    return engine, {
        "seconds": {
            "imports": imported - _BEGUN,
            "opening": opened - imported,
            "first question": answered - opened,
            "all": answered - _BEGUN,
        },
        "memory": {"opened": held, "first answer": memory()},
    }


def _inside(engine: Engine) -> tuple[Any, Any]:
    """Return the index and the retriever of an engine, to time each of them."""
    return engine._index, engine._retriever


def _profile(engine: Engine, questions: Sequence[str]) -> dict[str, float]:
    """Return milliseconds a question by stage; they add up to `all`."""
    from benchmarks.scale.clock import Clock

    from search.answers import answering

    clock = Clock()
    (index, retriever), source = _inside(engine), engine._source
    stages: tuple[tuple[object, str, str], ...] = (
        (retriever._encoder, "encode_questions", "embedding the question"),
        (index, "search_words", "words"),
        (index, "search_vectors", "vectors"),
        (index, "nearest_sentences", "sentences of the nearest"),
        (index, "frequencies", "frequencies"),
        (index, "passages", "reading hits"),
        (index, "sentence_rows", "reading hits"),
        (answering, "parse_question", "hints"),
        (answering, "choose_sentences", "choosing sentences"),
        (answering, "read_features", "judging"),
        (answering, "find_copies", "copies"),
        (source, "holds", "checking quotes"),
        (source, "passage_holds", "checking quotes"),
        (index, "check", "looking for changes"),
    )
    for owner, method, name in stages:
        clock.watch(owner, method, name)
    for question in questions:
        with clock.running("all"):
            engine.ask(question)
    each = {name: 1000 * seconds / len(questions) for name, seconds in clock.taken().items()}
    each["other"] = 2 * each["all"] - sum(each.values())
    return each


def _quality(engine: Engine, asked: Sequence[Any]) -> dict[str, float]:
    """Compare the vector arm, and all that follows from it, with an exact arm."""
    import numpy as np
    from benchmarks.scale.exact import exact_neighbours, found_share
    from benchmarks.scale.questions import gain

    from search.retrieval import CANDIDATES

    index, retriever = _inside(engine)
    vectors = retriever._encoder.encode_questions([each.question for each in asked])
    found = [index.search_vectors(vector, CANDIDATES) for vector in vectors]
    exact = exact_neighbours(index, vectors, CANDIDATES)
    known = {vector.tobytes(): best for vector, best in zip(vectors, exact, strict=True)}
    before = index.search_vectors
    ranked = [retriever.search(each.question).ranked[:_TOP] for each in asked]
    index.search_vectors = lambda question, *_: known[question.tobytes()]
    ideal = [retriever.search(each.question).ranked[:_TOP] for each in asked]
    index.search_vectors = before

    def gains(rankings: Sequence[Sequence[Any]]) -> float:
        values = []
        for each, ranking in zip(asked, rankings, strict=True):
            if each.held:
                ids = [scored.passage for scored in ranking]
                texts = index.passages(ids)
                values.append(gain(each, [texts[i].text for i in ids]))
        return float(np.mean(values)) if values else 0.0

    same = [
        len({s.passage for s in one} & {s.passage for s in other}) / max(1, len(other))
        for one, other in zip(ranked, ideal, strict=True)
    ]
    return {
        "vectors, recall@10": found_share(found, exact, _TOP),
        "vectors, recall@100": found_share(found, exact, CANDIDATES),
        "all arms, overlap@10": float(np.mean(same)),
        "ndcg@10": gains(ranked),
        "ndcg@10, exact": gains(ideal),
        "questions": len(asked),
        "with an answer": sum(bool(each.held) for each in asked),
    }


def _ask(engine: Engine, filters: Any, question: str) -> None:
    engine.ask(question, filters)


def _filtered(engine: Engine, questions: Sequence[str]) -> dict[str, dict[str, float]]:
    """Ask with filters of many kinds: what each lets through, how long it takes, how exact."""
    from benchmarks.scale.exact import exact_neighbours, found_share

    from search.records import Filters, Holder, Stance
    from search.retrieval import CANDIDATES

    index, retriever = _inside(engine)
    last = index.documents_of_passages()[-1]
    themes = [theme.label for theme in index.stored(last).themes]
    kinds = {
        "one document": Filters(documents=(last,)),
        "a month": Filters(date_from="2021-03-01", date_to="2021-03-31"),
        "a stance": Filters(holders=(Holder.CABINET,), stances=(Stance.COMMITMENT,)),
        "a theme": Filters(themes=tuple(themes[:1])),
        "a holder": Filters(holders=(Holder.ADVISOR,)),
        "half of the years": Filters(date_from="2017-01-01"),
    }
    vectors = retriever._encoder.encode_questions(questions)
    measured = {}
    for name, filters in kinds.items():
        allowed = index.filter_mask(filters)
        if allowed is None or not allowed.count:
            continue
        found = [index.search_vectors(vector, CANDIDATES, filters) for vector in vectors]
        exact = exact_neighbours(index, vectors, CANDIDATES, allowed.ids)
        asks = _timed(partial(_ask, engine, filters), questions)
        measured[name] = {
            "share": allowed.count / index.manifest.passages,
            "passages": allowed.count,
            "vectors, recall@10": found_share(found, exact, _TOP),
            "vectors, recall@100": found_share(found, exact, CANDIDATES),
            "median": asks["median"],
            "p95": asks["p95"],
        }
    return measured


def main() -> None:
    """Ask, measure and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    texts = json.loads((options.folder / "questions.json").read_text("utf-8"))
    questions = [each["question"] for each in texts]
    engine, told = _opened(options.folder, questions[0])

    from benchmarks.scale.clock import memory
    from benchmarks.scale.questions import read_asked

    asked = read_asked(options.folder / "questions.json")
    for question in questions[:_WARM]:
        engine.ask(question)
    told["milliseconds"] = _timed(engine.ask, questions[_WARM:])
    told["memory"]["all questions"] = memory()
    again = _timed(engine.ask, questions[_WARM:])
    told["milliseconds"]["median, again"] = again["median"]
    told["quote"] = _timed(engine.check_quotes, [e.answer for e in asked if e.answer][:_FILTERED])
    told["memory"]["and quotes"] = memory()
    told["filters"] = _filtered(engine, questions[:_FILTERED])
    told["quality"] = _quality(engine, asked)
    told["stages"] = _profile(engine, questions[-_PROFILED:])
    engine.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
