"""Small checks of an installation: each says what it found, and which command mends it."""

from __future__ import annotations

import platform
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import numpy as np
from packaging.requirements import Requirement

from search.embedding import load_encoder
from search.errors import KamerwijzerError
from search.quoting import SourceCheck
from search.reading import READERS
from search.records import Limits, Quote, Span
from search.settings import Settings
from search.storage import Index, LocalStore, Manifest, Store, corpus_of, store_of
from search.witness import Allowance, read_witness
from search.wording import count

__all__ = ["Finding", "examine"]

_INDEX = "kamerwijzer index"
_LEAST_FREE = 200_000_000
"""Bytes that should be free besides."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `mend` is the command that mends it, empty where nothing is wrong.

    `details` names what is wrong, one a line.
    """

    check: str
    ok: bool
    message: str
    mend: str = ""
    details: tuple[str, ...] = ()


def examine(settings: Settings) -> list[Finding]:
    """Examine the corpus, the index, the model and every passage and sentence against its file.

    A check that needs one that failed is left out.
    """
    corpus, store = corpus_of(settings), store_of(settings.index)
    around = [_orphans(corpus, store), *_disk(store), _versions()]
    try:
        opened = store.open()
    except KamerwijzerError as error:
        return [Finding("index", False, str(error), _INDEX), *around]
    try:
        manifest = opened.manifest
        return [
            _whole(opened),
            _corpus(manifest, corpus),
            _read(manifest),
            _model(manifest.model, manifest.fingerprint, settings),
            _vectors(opened),
            _quotes(corpus, opened, settings.limits),
            _witness(corpus, opened, settings.limits),
            *around,
        ]
    finally:
        opened.close()


def _whole(index: Index) -> Finding:
    """Read all of the index, and say what it holds and how its vectors are compared."""
    try:
        index.check(thorough=True)
    except KamerwijzerError as error:
        return Finding("index", False, str(error), _INDEX)
    has = index.manifest
    documents = count(has.documents, "document", "documenten")
    counted = f"{documents}, {count(has.passages, 'passage', 'passages')}"
    return Finding("index", True, f"De index is heel: {counted}. Vectoren: {has.vectors}.")


def _corpus(manifest: Manifest, corpus: Path) -> Finding:
    """Check that the corpus is the one that was indexed."""
    try:
        manifest.check_corpus(corpus)
    except KamerwijzerError as error:
        return Finding("corpus", False, str(error), _INDEX)
    return Finding("corpus", True, "De index hoort bij de documenten in de corpusmap.")


def _read(manifest: Manifest) -> Finding:
    """Name the files that could not be read."""
    if not manifest.failed:
        return Finding("bestanden", True, "Alle bestanden in de corpusmap zijn gelezen.")
    return Finding(
        "bestanden",
        False,
        f"{len(manifest.failed)} bestanden konden niet worden gelezen en doen niet mee. Herstel, "
        "vervang of verwijder ze.",
        _INDEX,
        tuple(manifest.failed.values()),
    )


def _model(name: str, fingerprint: str, settings: Settings) -> Finding:
    """Check that the model that the index was built with is there, and is the same one."""
    try:
        encoder = load_encoder(name, cache=settings.cache)
    except KamerwijzerError as error:
        return Finding("model", False, str(error), _INDEX)
    if encoder.fingerprint != fingerprint:
        return Finding("model", False, "De index is gebouwd met een ander taalmodel.", _INDEX)
    return Finding("model", True, f"Het taalmodel ‘{name}’ is aanwezig en hoort bij de index.")


def _vectors(index: Index) -> Finding:
    """Check that each passage and each sentence has a vector of numbers."""
    found = 0
    for document in index.listed():
        passages = index.passages_of(document.id)
        first = passages[0].id if passages else 0
        rows = [index.passage_rows(first, len(passages)), *index.sentence_rows(passages).values()]
        found += sum(len(each) for each in rows)
        if not all(np.isfinite(each).all() for each in rows):
            return Finding("vectoren", False, "Er zijn vectoren die geen getallen zijn.", _INDEX)
    if found != index.manifest.passages + index.manifest.sentences:
        return Finding("vectoren", False, "De vectoren horen niet bij de passages.", _INDEX)
    return Finding("vectoren", True, f"Elke passage en elke zin heeft een vector ({found}).")


def _orphans(corpus: Path, store: Store) -> Finding:
    """Look for what belongs to nothing: sidecars without a document, builds that were stopped."""
    stems = {p.with_suffix("") for p in corpus.rglob("*") if p.suffix.lower() in READERS}
    sidecars = [p for p in corpus.rglob("*.toml") if p.with_suffix("") not in stems]
    stopped = list(store.folder.glob("gen-*.part")) if isinstance(store, LocalStore) else []
    if stopped and store.is_building():
        stopped = []
    if not sidecars and not stopped:
        return Finding("resten", True, "Er zijn geen resten van verwijderde of afgebroken dingen.")
    named = [f"{p}: hoort bij geen document; verwijder het" for p in sidecars]
    named += [f"{p}: van een afgebroken bouw; verdwijnt bij de volgende" for p in stopped]
    return Finding("resten", False, "Er zijn resten.", _INDEX if stopped else "", tuple(named))


def _disk(store: Store) -> list[Finding]:
    """Check that a new generation fits on the disk; a database's disk can't be seen."""
    if not isinstance(store, LocalStore):
        return []
    index = store.folder
    folder = next((p for p in (index, *index.absolute().parents) if p.is_dir()), Path())
    free = shutil.disk_usage(folder).free
    try:
        inside = (index / store.current()).rglob("*") if store.current() else ()
        size = sum(path.stat().st_size for path in inside if path.is_file())
    except OSError:
        size = 0
    told = f"{free / 1e9:.1f} GB vrij; een nieuwe index vraagt ongeveer {size / 1e6:.0f} MB"
    if free < 2 * size + _LEAST_FREE:
        return [Finding("schijf", False, f"De schijf is bijna vol: {told}. Maak ruimte.")]
    return [Finding("schijf", True, f"Er is ruimte: {told}.")]


def _versions() -> Finding:
    """Compare the packages that are installed with those that the program asks for."""
    try:
        wanted = [Requirement(each) for each in requires("kamerwijzer") or ()]
    except PackageNotFoundError:
        return Finding("versies", True, f"Python {platform.python_version()}.")
    other = []
    for each in wanted:
        if each.marker and not each.marker.evaluate({"extra": ""}):
            continue
        found = _installed(each.name)
        if not found or not each.specifier.contains(found, prereleases=True):
            other.append(f"{each.name}: {found or 'ontbreekt'}, verwacht {each.specifier}")
    if other:
        told = "Niet alle pakketten hebben een versie die past."
        return Finding("versies", False, told, "pip install --upgrade kamerwijzer", tuple(other))
    return Finding("versies", True, "Alle pakketten hebben een versie die past.")


def _installed(package: str) -> str:
    try:
        # The part after the plus names the machine that it was built for.
        return version(package).partition("+")[0]
    except PackageNotFoundError:
        return ""


def _quotes(corpus: Path, index: Index, limits: Limits) -> Finding:
    """Check every passage and every sentence of the index against the file it comes from."""
    source = SourceCheck.of_index(corpus, index, limits)
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


def _witness(corpus: Path, index: Index, limits: Limits) -> Finding:
    """Read every file a second time, and count by format what that does not confirm."""
    allowed = Allowance(limits.unpacked, limits.characters, limits.pages, limits.seconds)
    checked, doubtful = Counter[str](), Counter[str]()
    reasons = Counter[str]()
    for each in index.listed():
        path = corpus / each.path
        if not path.is_file():
            continue
        witness = read_witness(path.read_bytes(), path.name, allowed)
        for passage in index.passages_of(each.id):
            for s in passage.sentences:
                text = passage.text_of(s)
                found = witness.check(text, whole=True)
                checked[path.suffix.lower()] += 1
                if not found.confirmed:
                    doubtful[path.suffix.lower()] += 1
                    reasons[f"{path.suffix.lower()}: {found.reason}"] += 1
    counted = "; ".join(f"{doubtful[f]} van {n} in {f}" for f, n in sorted(checked.items()))
    told = f"Zinnen die een tweede lezing van het bestand niet bevestigt: {counted or 'geen'}."
    details = tuple(f"{number} × {reason}" for reason, number in reasons.most_common())
    return Finding("tweede lezing", True, told, "", details)


def _stored(index: Index, document: str) -> Iterator[Quote]:
    """Return each passage and each sentence of a document as it would be quoted."""
    for passage in index.passages_of(document):
        yield Quote(passage.text, document, passage.start, passage.end, "")
        for each in passage.sentences:
            words = passage.text_of(each)
            yield Quote(words, document, each.start, each.end, "")
