"""The command line's `evaluate`: one suite on one set."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from search.cli.output import print_json
from search.cli.parser import DutchParser
from search.progress import message
from search.settings import Settings

if TYPE_CHECKING:
    from search.embedding import Encoder
    from search.reader import Reader

__all__ = ["add_evaluate"]

_SUITES = {
    "retrieval": "vindt het zoeken het juiste document? (map met corpus, queries en qrels)",
    "questions": "staat het bewijs bij de treffers? (JSONL met vragen en bewijs, op de index)",
    "abstention": "zwijgt het als de bronnen zwijgen? (map met ook abstain.json)",
    "sentences": "wordt de zin gekozen die antwoordt? (answer_sentence.jsonl)",
    "stance": "wiens standpunt is het, en welk? (TSV met zinnen en hun labels)",
}


def add_evaluate(parser: DutchParser) -> None:
    """Add the arguments of `evaluate`."""
    suites = "\n".join(f"  {name:<12}{what}" for name, what in _SUITES.items())
    parser.epilog = f"suites:\n{suites}"
    parser.add_argument("suite", metavar="SUITE", choices=_SUITES, help=", ".join(_SUITES))
    parser.add_argument("set", metavar="SET", type=Path, help="map of bestand met de vragen")
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.add_argument(
        "--model", metavar="NAAM_OF_MAP", default="ingebouwd", help="een ander model"
    )
    parser.add_argument(
        "--reranker", metavar="NAAM_OF_MAP", default="", help="meet met een cross-encoder"
    )
    parser.add_argument(
        "--without-reader", action="store_true", help="meet zonder de lezer, ter vergelijking"
    )
    parser.add_argument(
        "--results",
        metavar="MAP",
        type=Path,
        help="bewaar het resultaat hier en werk QUALITY.md ernaast bij",
    )
    parser.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace, settings: Settings) -> None:
    from search.evaluation import save_result, write_page

    run = {
        "retrieval": _retrieval,
        "questions": _questions,
        "abstention": _abstention,
        "sentences": _sentences,
        "stance": _stance,
    }[options.suite]
    model, result = run(options, settings)
    name = options.set.resolve().stem
    if options.results:
        if options.suite == "sentences":
            name = options.set.resolve().parent.name
        path = save_result(options.results, options.suite, name, model, result)
        write_page(options.results, options.results.parent / "QUALITY.md")
        message(f"Bewaard in {path}.")
    if options.json:
        print_json(result)
    else:
        _print(result)


def _encoder(options: argparse.Namespace, settings: Settings) -> Encoder:
    from search.embedding import CachedEncoder, load_encoder

    return CachedEncoder(
        load_encoder(options.model, cache=settings.cache, message=message), settings.cache
    )


def _reader(options: argparse.Namespace, settings: Settings, encoder: Encoder) -> Reader | None:
    from search.reader import load_reader

    if options.without_reader:
        return None
    return load_reader(encoder, cache=settings.cache, message=message)


def _retrieval(options: argparse.Namespace, settings: Settings) -> tuple[str, dict[str, Any]]:
    from search.embedding import load_reranker
    from search.evaluation import evaluate_retrieval, read_retrieval_set

    encoder = _encoder(options, settings)
    reranker = load_reranker(options.reranker) if options.reranker else None
    reader = _reader(options, settings, encoder)
    data = read_retrieval_set(options.set)
    return encoder.name, evaluate_retrieval(data, encoder, reranker, reader)


def _questions(options: argparse.Namespace, settings: Settings) -> tuple[str, dict[str, Any]]:
    from search.engine import Engine
    from search.evaluation import evaluate_questions, read_questions

    with Engine.open(
        settings, reranker=options.reranker, reader=not options.without_reader, message=message
    ) as engine:
        return engine.model, evaluate_questions(engine, read_questions(options.set))


def _abstention(options: argparse.Namespace, settings: Settings) -> tuple[str, dict[str, Any]]:
    from search.evaluation import evaluate_abstention, read_abstention, read_retrieval_set

    encoder = _encoder(options, settings)
    data = read_retrieval_set(options.set)
    reader = _reader(options, settings, encoder)
    split = read_abstention(options.set, data)
    return encoder.name, evaluate_abstention(data, split, encoder, reader)


def _sentences(options: argparse.Namespace, settings: Settings) -> tuple[str, dict[str, Any]]:
    from search.evaluation import evaluate_sentences, read_sentences

    encoder = _encoder(options, settings)
    reader = _reader(options, settings, encoder)
    return encoder.name, evaluate_sentences(read_sentences(options.set), encoder, reader)


def _stance(options: argparse.Namespace, settings: Settings) -> tuple[str, dict[str, Any]]:
    from search.evaluation import evaluate_stances, read_stances

    encoder = _encoder(options, settings)
    return encoder.name, evaluate_stances(read_stances(options.set), encoder)


def _print(result: Mapping[str, Any], indent: str = "") -> None:
    """Print figures by name, nested ones under their heading; lists of failures by their size."""
    for name, value in result.items():
        if name == "intervals":
            continue
        if isinstance(value, Mapping):
            print(f"{indent}{name}")
            _print(value, f"{indent}  ")
        elif isinstance(value, list):
            print(f"{indent}{name:<28}{len(value)}")
        else:
            print(
                f"{indent}{name:<28}{value:.4g}"
                if isinstance(value, float)
                else f"{indent}{name:<28}{value}"
            )
