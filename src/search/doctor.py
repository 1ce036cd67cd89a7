"""Small checks of an installation: each says what it found, and which command mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from search.embedding import load_encoder
from search.errors import KamerwijzerError
from search.quoting import SourceCheck
from search.records import Quote, Span
from search.settings import limits_of
from search.storage import Index, current_folder

__all__ = ["Finding", "examine"]

_INDEX = "kamerwijzer index"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `mend` is the command that mends it, or empty where nothing is wrong.

    `details` names what is wrong, one a line.
    """

    check: str
    ok: bool
    message: str
    mend: str = ""
    details: tuple[str, ...] = ()


def examine(corpus: Path, index: Path) -> list[Finding]:
    """Examine the corpus, the index, the model and every passage and sentence against its file.

    A check that can't be made because an earlier one failed is left out.
    """
    findings = []
    try:
        opened = Index(current_folder(index))
    except KamerwijzerError as error:
        return [Finding("index", False, str(error), _INDEX)]
    try:
        manifest = opened.manifest
        counted = f"{manifest.documents} documenten, {manifest.passages} passages"
        findings.append(Finding("index", True, f"De index is heel: {counted}."))
        findings.append(_guarded("corpus", "De index hoort bij de documenten in de corpusmap.",
                                 lambda: manifest.check_corpus(corpus)))  # fmt: skip
        findings.append(_model(manifest.model, manifest.fingerprint))
        findings.append(_quotes(corpus, opened))
    finally:
        opened.close()
    return findings


def _guarded(check: str, good: str, run: Callable[[], object]) -> Finding:
    try:
        run()
    except KamerwijzerError as error:
        return Finding(check, False, str(error), _INDEX)
    return Finding(check, True, good)


def _model(name: str, fingerprint: str) -> Finding:
    """Check that the model that the index was built with is there, and is the same one."""
    try:
        encoder = load_encoder(name)
    except KamerwijzerError as error:
        return Finding("model", False, str(error), _INDEX)
    if encoder.fingerprint != fingerprint:
        return Finding("model", False, "De index is gebouwd met een ander taalmodel.", _INDEX)
    return Finding("model", True, f"Het taalmodel ‘{name}’ is aanwezig en hoort bij de index.")


def _quotes(corpus: Path, index: Index) -> Finding:
    """Check every passage and every sentence of the index against the file it comes from."""
    source = SourceCheck(
        corpus, {each.id: each.path for each in index.listed()}, index.document, limits_of()
    )
    checked, faults = 0, []
    for each in index.listed():
        for quote in _stored(index, each.id):
            checked += 1
            fault = source.fault(quote.document, Span(quote.start, quote.end), quote.text)
            if fault:
                faults.append(f"{quote.document}, {quote.start}–{quote.end}: {fault}")
    if not faults:
        return Finding(
            "citaten", True, f"Alle {checked} citaten staan woord voor woord in hun bestand."
        )
    return Finding(
        "citaten",
        False,
        f"{len(faults)} van {checked} citaten staan niet woord voor woord in hun bestand; "
        "Kamerwijzer toont ze niet als citaat.",
        _INDEX,
        tuple(faults),
    )


def _stored(index: Index, document: str) -> Iterator[Quote]:
    """Give each passage and each sentence of a document as it would be quoted."""
    for passage in index.passages_of(document):
        yield Quote(passage.text, document, passage.start, passage.end, "")
        for each in passage.sentences:
            words = passage.text[each.start - passage.start : each.end - passage.start]
            yield Quote(words, document, each.start, each.end, "")
