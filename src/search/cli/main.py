"""The command line: `kamerwijzer index | ask | stance | reactions | quote | documents | …`.

Results go to standard output, messages to standard error. Exit codes: 0 done, 1 an error with its
message, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from search.cli.cite import add_cite
from search.cli.corpus import add_add, add_index, add_remove
from search.cli.evaluate import add_evaluate
from search.cli.fetch import add_fetch
from search.cli.filters import add_filters, filters_of
from search.cli.output import DutchParser, message, print_json, terminal_width, wrap
from search.cli.quote import add_doctor, add_quote
from search.cli.stance import add_reactions, add_stance, views_line
from search.errors import KamerwijzerError, QuestionError, UsageError
from search.records import Answer, Hit, read_location
from search.settings import index_setting, setting, use_settings

__all__ = ["main"]

_EXAMPLE = 'kamerwijzer ask "Wat vindt het kabinet van richtgetallen?"'


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        # First, since they decide what the options are when nobody gives them.
        use_settings()
        options = _parser().parse_args(arguments)
        options.run(options)
    except UsageError as error:
        message(str(error))
        return 2
    except KamerwijzerError as error:
        message(str(error))
        return 1
    except BrokenPipeError:
        # The reader of our output has gone; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        message("\nAfgebroken.")
        return 130
    return 0


def _parser() -> DutchParser:
    parser = DutchParser(
        prog="kamerwijzer",
        description="Letterlijke passages uit Nederlandse overheidsteksten bij uw vraag.",
        epilog=f"Voorbeeld: {_EXAMPLE}",
    )
    commands = parser.add_subparsers(
        title="opdrachten",
        dest="command",
        required=True,
        metavar="OPDRACHT",
        parser_class=DutchParser,
    )
    add_index(_command(commands, "index", "bouw de index van de documenten in de corpusmap"))
    add_add(_command(commands, "add", "voeg bestanden toe aan de documenten"))
    add_fetch(_command(commands, "fetch", "haal officiële publicaties op"))
    add_remove(_command(commands, "remove", "verwijder documenten"))
    _add_ask(commands)
    add_stance(_command(commands, "stance", "toon wat het kabinet en anderen ergens van vinden"))
    add_reactions(_command(commands, "reactions", "toon per aanbeveling hoe het kabinet reageert"))
    add_quote(_command(commands, "quote", "controleer of een citaat woord voor woord klopt"))
    add_cite(_command(commands, "cite", "schrijf de verwijzing naar een publicatie"))
    _add_documents(commands)
    add_doctor(_command(commands, "doctor", "controleer index, model en citaten"))
    _add_serve(commands)
    add_evaluate(_command(commands, "evaluate", "meet hoe goed het zoeken en antwoorden is"))
    return parser


def _command(
    commands: argparse._SubParsersAction[DutchParser], name: str, summary: str
) -> DutchParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
    parser.add_argument(
        "--corpus",
        metavar="MAP",
        type=Path,
        help="map met documenten (anders: corpus)",
        default=Path(setting("corpus")),
    )
    parser.add_argument(
        "--index",
        metavar="MAP_OF_DATABASE",
        type=read_location,
        default=read_location(index_setting()),
        help="map van de index, of het adres van een database (anders: index)",
    )
    return parser


def _add_ask(commands: argparse._SubParsersAction[DutchParser]) -> None:
    parser = _command(commands, "ask", "stel een vraag aan de documenten")
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


def _add_documents(commands: argparse._SubParsersAction[DutchParser]) -> None:
    parser = _command(commands, "documents", "toon de documenten in de index")
    parser.add_argument("--json", action="store_true", help="uitvoer als JSON")
    parser.set_defaults(run=_documents)


def _add_serve(commands: argparse._SubParsersAction[DutchParser]) -> None:
    parser = _command(commands, "serve", "start de app in de browser")
    parser.add_argument(
        "--port",
        metavar="N",
        type=int,
        help="poort (8501)",
        default=int(setting("port")),
    )
    parser.set_defaults(run=_serve)


def _ask(options: argparse.Namespace) -> None:
    from search.engine import Engine
    from search.exports import answer_json
    from search.quoting import withheld_line

    filters = filters_of(options)
    questions = list(_questions(options.questions)) if options.questions else []
    engine = Engine.open(options.corpus, options.index, reranker=options.reranker, message=message)
    for identifier, question in questions:
        try:
            answer, error = engine.ask(question, filters, options.top), {}
        except QuestionError as refused:
            # One question that can't be asked must not keep the others from their answers.
            answer, error = Answer(question, False, 0.0, None, ()), {"error": str(refused)}
        print_json({"id": identifier, **answer_json(answer), **error})
    if not options.questions:
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


def _documents(options: argparse.Namespace) -> None:
    from search.engine import Engine
    from search.exports import entry_json

    engine = Engine.open(options.corpus, options.index, message=message)
    entries = engine.documents()
    if options.json:
        print_json([entry_json(entry) for entry in entries])
        return
    for entry in entries:
        themes = ", ".join(f"{t.label} ({t.origin})" for t in entry.themes)
        about = [entry.metadata.date, entry.metadata.issuer, f"thema: {themes}" if themes else ""]
        print(f"{entry.id}\n    {entry.metadata.name}\n    {entry.citation}")
        print(f"    {' · '.join(part for part in about if part)}")
        print(f"    {entry.passages} passages, {entry.words} woorden\n")


def _serve(options: argparse.Namespace) -> None:
    from search.ui.serve import serve

    serve(options.corpus, options.index, options.port)


def _print_answer(answer: Answer) -> None:
    columns = terminal_width()
    if answer.quote:
        print("\n".join(wrap(f"«{answer.quote.text}»", "", columns)))
        print(f"    {answer.quote.citation}\n")
    else:
        print("Geen antwoord in de bronnen.")
        print("De dichtstbijzijnde passages:\n" if answer.hits else "")
    for hit in answer.hits:
        print("\n".join(_hit_lines(hit, columns)), end="\n\n")


def _hit_lines(hit: Hit, columns: int) -> list[str]:
    passage, theme = hit.passage, hit.passage.theme
    kind = "" if passage.kind == "alinea" else f" [{passage.kind}]"
    lines = [f"{hit.rank}. {hit.citation}{kind}", *wrap(passage.text, "   ", columns)]
    place = " › ".join(passage.section)
    about = [
        hit.metadata.date,
        hit.metadata.issuer,
        f"thema: {theme.label} ({theme.origin})",
        place,
    ]
    lines.append("   " + " · ".join(part for part in about if part))
    views = views_line(passage.labels)
    lines.extend(wrap(views, "   ", columns) if views else ())
    lines.extend(f"   ook in: {other.citation}" for other in hit.also_in)
    return [*lines, f"   {hit.url}"] if hit.url else lines


if __name__ == "__main__":
    sys.exit(main())
