"""The corpus folder as fetched files are put into it: whole or not at all, and never over others.

A file's sidecar is written before the file itself. So what a stop leaves behind is at most a
sidecar without its file, which is read by nobody, and the next run goes on from there.
"""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from search.errors import UsageError
from search.files import PART, holds, write_atomically
from search.reading.sidecar import MOTION_TABLES, sidecar_of
from search.records import Metadata, MotionRecord

__all__ = ["CorpusFolder", "is_safe", "sidecar_text"]

_SAFE = re.compile(r"(?=.{1,100}\Z)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_KEYS = ("subject", "title", "kind", "issuer", "date", "url", "chamber", "themes")
_STALE = 3600.0
"""Seconds after which an unfinished file is no longer one that another run is writing."""


def is_safe(identifier: str) -> bool:
    """Return whether an id can be a file name: letters, digits and single hyphens, no path."""
    return _SAFE.fullmatch(identifier) is not None


def sidecar_text(metadata: Metadata, existing: str = "") -> str:
    """Return the text of a sidecar: what it holds already, as it is, and the keys that it lacks.

    What an earlier run wrote about a motion is replaced: there may have been a vote since. A
    sidecar that is not TOML is returned unchanged.
    """
    import tomli_w

    try:
        held = tomllib.loads(existing)
    except tomllib.TOMLDecodeError:
        return existing
    motion = tomli_w.dumps(_motion_tables(metadata.motion)) if metadata.motion else ""
    tables = {key: held[key] for key in MOTION_TABLES if key in held}
    ours = tomli_w.dumps(tables) if tables else ""
    if ours and motion and existing.endswith(ours):
        existing, tables = existing.removesuffix(ours), {}
    known = {key: getattr(metadata, key) for key in _KEYS}
    added = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in known.items()
        if value and key not in held
    }
    keys = tomli_w.dumps(added) if added else ""
    if tables:
        # Tables of the user's own stay. A key after a table would be one of that table.
        return keys + existing
    for more in filter(None, (keys, motion)):
        existing += more if not existing or existing.endswith("\n") else f"\n{more}"
    return existing


def _motion_tables(motion: MotionRecord) -> dict[str, object]:
    """Return what the Kamer did with a motion as the tables that `search.reading.sidecar` reads."""
    case = {
        "nummer": motion.number,
        "soort": motion.kind,
        "onderwerp": motion.subject,
        "kabinetsappreciatie": motion.appreciation,
    }
    decision = {
        "tekst": motion.decision,
        "soort": motion.decision_kind,
        "datum": motion.date,
    }
    votes = [
        {
            "fractie": vote.party,
            "soort": vote.choice,
            "aantal": vote.seats,
            **({"vergissing": True} if vote.mistaken else {}),
        }
        for vote in motion.votes
    ]
    tables = {
        "zaak": {key: value for key, value in case.items() if value},
        "besluit": {key: value for key, value in decision.items() if value},
        "stemming": votes,
    }
    return {key: value for key, value in tables.items() if value}


class CorpusFolder:
    """A corpus folder: which publications are there, and a place for new ones."""

    def __init__(self, corpus: Path, forms: Iterable[str]) -> None:
        """Look which files are there; `forms` are the file endings (without point) that count."""
        self._corpus = corpus
        self._forms = frozenset(forms)
        self._paths = {path.stem.lower(): path for path in self._files()}
        self._swept = False

    def _files(self) -> list[Path]:
        return [
            path
            for path in sorted(self._corpus.rglob("*"), reverse=True)
            if path.suffix.lower().removeprefix(".") in self._forms
            and not any(part.startswith(".") for part in path.relative_to(self._corpus).parts)
            and path.is_file()
        ]

    def find(self, names: Collection[str]) -> Path | None:
        """Return the file that is there under one of these ids, in whatever folder and form."""
        return next((self._paths[n.lower()] for n in names if n.lower() in self._paths), None)

    def name(self, path: Path) -> str:
        """Return a file's place within the corpus, with forward slashes."""
        return path.relative_to(self._corpus).as_posix()

    def put(self, identifier: str, form: str, content: bytes, metadata: Metadata) -> Path:
        """Write a new file with its sidecar, each at once; give its path.

        Raises UsageError when that can't be done, and ValueError for an id that is no file name.
        """
        if not is_safe(identifier) or not is_safe(form):
            raise ValueError(f"no file name: {identifier!r}.{form!r}")
        path = self._corpus / f"{identifier}.{form}"
        self._write(path, content, metadata)
        self._paths[identifier.lower()] = path
        return path

    def renew(self, path: Path, content: bytes, metadata: Metadata) -> bool:
        """Write a file over the one that is there, if they differ; tell whether they did.

        Its sidecar gets the keys that it lacks. Raises UsageError when that can't be done.
        """
        changed = not holds(path, content)
        self._write(path, content if changed else None, metadata)
        return changed

    def _write(self, path: Path, content: bytes | None, metadata: Metadata) -> None:
        sidecar = sidecar_of(path)
        try:
            self._sweep()
            existing = sidecar.read_text(encoding="utf-8") if sidecar.is_file() else ""
            text = sidecar_text(metadata, existing)
            if text != existing:
                write_atomically(sidecar, text.encode(), sync=True)
            if content is not None:
                write_atomically(path, content, sync=True)
        except UnicodeDecodeError as error:
            raise UsageError(f"{sidecar} is geen UTF-8. Sla het zo op, of haal het weg.") from error
        except OSError as error:
            raise UsageError(
                f"{error.filename or path} kan niet worden geschreven "
                f"({error.strerror or error}). Controleer de corpusmap {self._corpus}."
            ) from error

    def _sweep(self) -> None:
        """Make the folder, and remove what a run that was killed left unfinished."""
        if self._swept:
            return
        self._swept = True
        self._corpus.mkdir(parents=True, exist_ok=True)
        for part in self._corpus.glob(f".*{PART}"):
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > _STALE:
                    part.unlink()
