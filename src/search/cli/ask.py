"""The command line's `ask`: one question, or many from a file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from search.cli.filters import add_filters, filters_of
from search.cli.output import print_json, terminal_width, wrap
from search.cli.parser import DutchParser
from search.cli.stance import views_line
from search.errors import QuestionError, UsageError
from search.progress import message
from search.records import Answer, Certainty, Hit
from search.settings import Settings
from search.wording import date_label, doubt_line, uncertainty

__all__ = ["add_ask"]


def add_ask(parser: DutchParser) -> None:
    """Add the arguments of `ask`."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "question", metavar="VRAAG", nargs="?", help="de vraag, tussen aanhalingstekens"
    )
    what.add_argument(
        "--questions",
        metavar="BESTAND",
        type=Path,
        help='veel vragen in één keer: JSONL, per regel {"id", "question"}',
    )
    parser.add_argument("--top", metavar="N", type=int, default=10, help="aantal treffers (10)")
    add_filters(parser)
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.add_argument(
        "--reranker",
        metavar="NAAM_OF_MAP",
        default="",
        help="laat een cross-encoder de beste passages opnieuw ordenen",
    )
    parser.set_defaults(run=_ask)


def _ask(options: argparse.Namespace, settings: Settings) -> None:
    from search.engine import Engine
    from search.exports import answer_json
    from search.quoting import withheld_line

    filters = filters_of(options)
    questions = list(_questions(options.questions)) if options.questions else []
    with Engine.open(settings, reranker=options.reranker, message=message) as engine:
        for identifier, question in questions:
            try:
                answer, error = engine.ask(question, filters, options.top), {}
            except QuestionError as refused:
                # The other questions of the file are answered all the same.
                answer, error = Answer(question, False, 0.0, None, ()), {"error": str(refused)}
            print_json({"id": identifier, **answer_json(answer), **error})
        if options.questions:
            return
        answer = engine.ask(options.question, filters, options.top)
    if options.json:
        print_json(answer_json(answer))
    else:
        _print_answer(answer)
    if answer.withheld:
        message(withheld_line(answer.withheld))


def _questions(path: Path) -> Iterator[tuple[object, str]]:
    """Read a JSONL file of questions; raises UsageError that names the file and the line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} kan niet worden gelezen: {error}.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            identifier, question = values["id"], values["question"]
            if not isinstance(question, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            raise UsageError(
                f'{path}, regel {number}: verwacht wordt {{"id": …, "question": "…"}}.'
            ) from None
        yield identifier, question


def _print_answer(answer: Answer) -> None:
    from search.quoting import ANSWER_WITHHELD

    columns = terminal_width()
    for named in answer.opens:
        print("\n".join(wrap(named.citation, "", columns)))
        print(f"    {named.url}\n" if named.url else "")
    for line in answer.absent:
        print("\n".join(wrap(line, "", columns)))
    shown = answer.shown
    if answer.quote:
        if answer.certainty is Certainty.POSSIBLE:
            print("\n".join(wrap(f"Mogelijk antwoord. {uncertainty(answer)}", "", columns)))
        print("\n".join(wrap(f"«{answer.quote.text}»", "", columns)))
        print(f"    {answer.quote.citation}")
        if answer.quoted and (reservation := _reservation(answer.quoted)):
            print("\n".join(wrap(f"Let op, hierna staat: «{reservation}»", "    ", columns)))
        print()
    elif answer.answer_withheld:
        print("\n".join(wrap(ANSWER_WITHHELD, "", columns)))
        print("Gevonden passages:\n" if answer.hits else "")
    elif answer.opens:
        print("Passages daaruit:\n" if answer.hits else "")
    else:
        print("Geen antwoord in de bronnen.")
        print("Wat er het dichtst bij komt:\n" if shown else "")
    for hit in shown:
        print("\n".join(_hit_lines(hit, columns)), end="\n\n")


def _reservation(hit: Hit) -> str:
    """Return the sentence after the marks of a hit that takes something back, or nothing."""
    span, start = hit.reservation, hit.passage.start
    return hit.passage.text[span.start - start : span.end - start] if span else ""


def _hit_lines(hit: Hit, columns: int) -> list[str]:
    passage, theme = hit.passage, hit.passage.theme
    kind = "" if passage.kind == "alinea" else f" [{passage.kind}]"
    lines = [f"{hit.rank}. {hit.citation}{kind}", *wrap(passage.text, "   ", columns)]
    place = " › ".join(passage.section)
    about = [
        hit.metadata.date or date_label(hit.metadata),
        hit.metadata.issuer,
        f"thema: {theme.label} ({theme.origin})",
        place,
    ]
    lines.append("   " + " · ".join(part for part in about if part))
    views = views_line(passage.labels)
    lines.extend(wrap(views, "   ", columns) if views else ())
    doubt = doubt_line(passage.sentences)
    lines.extend(wrap(doubt, "   ", columns) if doubt else ())
    lines.extend(f"   ook in: {other.citation}" for other in hit.also_in)
    for near in hit.nearly_in:
        lines.append(f"   bijna gelijk in: {near.place.citation}")
        lines.extend(wrap(f"hier staat «{near.here}», daar «{near.there}»", "      ", columns))
    return [*lines, f"   {hit.url}"] if hit.url else lines
