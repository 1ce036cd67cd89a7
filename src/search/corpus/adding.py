"""Files into the corpus folder and out of it, each read before it is taken."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from search.corpus.files import corpus_files, identify
from search.errors import ReadingError, UsageError
from search.files import checksum, holds, write_atomically
from search.reading import ADVICE, READERS, read_document, refusal_of, sidecar_of
from search.records import Limits

__all__ = [
    "AddOutcome",
    "Addition",
    "add_content",
    "add_path",
    "plain",
    "remove_documents",
    "safe_name",
]

_LONGEST_STEM = 200
"""Bytes; with an ending and what is put before a file that is not taken yet, 255 can be had."""
_LONGEST_ENDING = 12
_LARGEST_SIDECAR = 1_000_000
"""Bytes."""


class AddOutcome(StrEnum):
    """What became of a file that was offered; the values are shown."""

    ADDED = "toegevoegd"
    CHANGED = "bijgewerkt"
    PRESENT = "was er al"
    REFUSED = "geweigerd"


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that was offered, with the outcome, and the reason where it was not taken."""

    name: str
    """Its place within the corpus, with forward slashes."""
    outcome: AddOutcome
    reason: str = ""

    @property
    def taken(self) -> bool:
        """Return whether the corpus has changed by it."""
        return self.outcome in (AddOutcome.ADDED, AddOutcome.CHANGED)


def plain(text: str) -> str:
    """Return a text without control characters and marks that turn the direction of writing."""
    return "".join(c for c in text if c.isprintable())


def safe_name(name: str) -> str:
    """Return a file name that stays in its folder: no path, no control or hidden characters."""
    last = _part(name.replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = last.rpartition(".")
    return f"{_cut(stem)}{dot}{ending[:_LONGEST_ENDING]}"


def _part(text: str) -> str:
    """Return one part of a path as a name that every file system takes, or nothing."""
    return re.sub(r'[<>:"|?*\\/]', "-", plain(unicodedata.normalize("NFC", text))).strip(" .")


def _cut(text: str) -> str:
    return text.encode()[:_LONGEST_STEM].decode(errors="ignore")


def add_path(path: Path, corpus: Path, limits: Limits = Limits()) -> Iterator[Addition]:
    """Add a file, or every readable file in a folder, and yield each outcome.

    Within a folder hidden files and links that lead out of it are left; the folders in it are
    kept, so that two files of one name do not get in each other's way.
    """
    if not os.path.isdir(path):
        yield _add_file(path, corpus, limits)
        return
    root = path.resolve()
    for each in sorted(path.rglob("*")):
        inner = each.relative_to(path)
        hidden = any(part.startswith(".") for part in inner.parts)
        is_document = each.suffix.lower() in READERS or each.suffix.lower() in ADVICE
        if is_document and not hidden and each.is_file() and each.resolve().is_relative_to(root):
            yield _add_file(each, corpus, limits, inner.parts[:-1])


def _add_file(path: Path, corpus: Path, limits: Limits, folders: Sequence[str] = ()) -> Addition:
    """Add one file with its sidecar."""
    name, shown = safe_name(path.name), plain(str(path))
    try:
        # A pipe or a device would never end.
        if not os.path.isfile(path):
            raise ReadingError(f"{shown} is er niet, of is geen gewoon bestand.")
        _check_size(path.stat().st_size, shown, limits)
        content, beside = path.read_bytes(), sidecar_of(path)
        sidecar = b""
        if os.path.isfile(beside) and not beside.is_symlink():
            _check_size(beside.stat().st_size, plain(str(beside)), Limits(bytes=_LARGEST_SIDECAR))
            sidecar = beside.read_bytes()
    except ReadingError as error:
        return Addition(name, AddOutcome.REFUSED, str(error))
    except OSError as error:
        reason = f"{shown} kan niet worden gelezen ({error.strerror or error})."
        return Addition(name, AddOutcome.REFUSED, reason)
    return add_content(path.name, content, corpus, limits, folders=folders, sidecar=sidecar)


def _check_size(size: int, shown: str, limits: Limits) -> None:
    if size > limits.bytes:
        most = f"hooguit {limits.bytes / 1e6:.0f} MB kan"
        raise ReadingError(f"{shown} is te groot ({size / 1e6:.0f} MB; {most}).")


def add_content(
    name: str,
    content: bytes,
    corpus: Path,
    limits: Limits = Limits(),
    *,
    folders: Sequence[str] = (),
    sidecar: bytes = b"",
) -> Addition:
    """Add a file of this name and content to the corpus folder, if it can be read.

    A file with the same content is there already, whatever its name; one of the same name is
    replaced, and the document keeps its id. `folders` are those within the corpus; `sidecar` is
    put beside the file.
    """
    safe = safe_name(name)
    try:
        target = _target(safe, corpus, folders)
        safe = target.relative_to(corpus).as_posix()
        _check_size(len(content), f"‘{safe}’", limits)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _waiting(target) as waiting:
            return _take(waiting, target, content, sidecar, corpus, limits)
    except ReadingError as error:
        return Addition(safe, AddOutcome.REFUSED, str(error))
    except OSError as error:
        reason = f"{corpus} kan niet worden beschreven ({error.strerror or error})."
        return Addition(safe, AddOutcome.REFUSED, reason)


def _target(safe: str, corpus: Path, folders: Sequence[str]) -> Path:
    """Return the place of a new file; raises ReadingError for a name that has none.

    A name that differs from another file's in its ending alone gets that ending before it too
    ("brief-pdf.pdf" beside "brief.md"): else one of the two would take the other's id over.
    """
    stem, ending = os.path.splitext(safe)
    if ending.lower() in ADVICE and stem:
        raise ReadingError(refusal_of(f"‘{safe}’", ending))
    if ending.lower() not in READERS or not stem:
        known = ", ".join(sorted(READERS))
        raise ReadingError(f"‘{safe}’ heeft een onbekend formaat. Gelezen worden: {known}.")
    parent = corpus.joinpath(*filter(None, (_cut(_part(each)) for each in folders)))
    if not parent.resolve().is_relative_to(corpus.resolve()):
        raise ReadingError(f"De map van ‘{safe}’ ligt buiten de corpusmap.")
    if not (parent / safe).exists() and parent.is_dir():
        others = (p for p in parent.iterdir() if p.stem == stem and p.suffix.lower() in READERS)
        if any(others):
            safe = f"{stem}-{ending[1:]}{ending}"
    return parent / safe


@contextmanager
def _waiting(target: Path) -> Iterator[Path]:
    """Return a hidden place beside a file's own, which is empty again afterwards."""
    waiting = target.with_name(f".{secrets.token_hex(6)}-{target.name}")
    try:
        yield waiting
    finally:
        for each in (waiting, sidecar_of(waiting)):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def _take(
    waiting: Path, target: Path, content: bytes, sidecar: bytes, corpus: Path, limits: Limits
) -> Addition:
    """Put a file, and its sidecar, in its place when it is new and can be read."""
    safe = target.relative_to(corpus).as_posix()
    write_atomically(waiting, content)
    if sidecar:
        write_atomically(sidecar_of(waiting), sidecar)
    # Nothing is the same as nothing, but it is refused.
    same = _same_content(waiting, corpus) if content else ""
    if same and not (same == safe and sidecar and not holds(sidecar_of(target), sidecar)):
        return Addition(safe, AddOutcome.PRESENT, f"Dezelfde inhoud staat er al als {plain(same)}.")
    try:
        read_document(waiting, corpus, "proef", limits)
    except ReadingError as error:
        said = str(error)
        for place, shown in ((waiting, safe), (sidecar_of(waiting), sidecar_of(target).name)):
            said = said.replace(str(place), shown).replace(place.name, shown)
        raise ReadingError(said) from error
    outcome = AddOutcome.CHANGED if target.exists() else AddOutcome.ADDED
    if sidecar:
        os.replace(sidecar_of(waiting), sidecar_of(target))
    os.replace(waiting, target)
    return Addition(safe, outcome)


def _same_content(path: Path, corpus: Path) -> str:
    """Name the file of the corpus that has the same content, or give nothing."""
    size, own = path.stat().st_size, checksum(path)
    with suppress(ReadingError):
        for each in corpus_files(corpus):
            if each.stat().st_size == size and checksum(each) == own:
                return each.relative_to(corpus).as_posix()
    return ""


def remove_documents(identifiers: Sequence[str], corpus: Path) -> tuple[Path, ...]:
    """Remove documents' files, and their sidecars, from the corpus folder; give their places.

    Raises UsageError when there is no document of one of the ids, and then removes none; also
    when a file can't be removed.
    """
    by_id = {name: path for path, name in identify(corpus_files(corpus), corpus).items()}
    for identifier in identifiers:
        if identifier not in by_id:
            known = ", ".join(sorted(by_id)[:10])
            raise UsageError(
                f"Er is geen document ‘{plain(identifier)}’. Wel bijvoorbeeld: {plain(known)}."
            )
    paths = tuple(by_id.pop(identifier) for identifier in dict.fromkeys(identifiers))
    kept = {sidecar_of(path) for path in by_id.values()}
    for path in paths:
        try:
            path.unlink(missing_ok=True)
            if sidecar_of(path) not in kept:
                sidecar_of(path).unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(
                f"{plain(str(path))} kan niet worden verwijderd ({error.strerror or error})."
            ) from error
    return paths
