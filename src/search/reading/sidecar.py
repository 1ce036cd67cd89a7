"""The sidecar of a file: metadata that are not in its text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from search.errors import ReadingError
from search.records import Metadata, MotionRecord, Vote

__all__ = ["MOTION_TABLES", "SUFFIX", "add_sidecar", "is_sidecar", "sidecar_of"]

SUFFIX = ".toml"
_KEYS = ("subject", "title", "kind", "issuer", "date", "url", "licence", "chamber", "themes")
"""Only what the text lacks is taken from the sidecar."""
MOTION_TABLES = ("zaak", "besluit", "stemming")
"""Tables of what the Kamer did with a motion; see `search.records.MotionRecord`."""
_CASE = {"nummer": str, "soort": str, "onderwerp": str, "kabinetsappreciatie": str}
_DECISION = {"tekst": str, "soort": str, "datum": str}
_VOTE = {"fractie": str, "soort": str, "aantal": int, "vergissing": bool}


def sidecar_of(path: Path) -> Path:
    """Return the path of a file's sidecar: the same name with the suffix .toml."""
    return path.with_suffix(SUFFIX)


def is_sidecar(path: Path) -> bool:
    """Return whether a sidecar exists; a link is not followed, as it may lead out of the corpus."""
    return path.is_file() and not path.is_symlink()


def add_sidecar(metadata: Metadata, path: Path) -> Metadata:
    """Fill the empty fields from the sidecar of `path`, where there is one.

    Raises ReadingError for a sidecar that is not TOML, has an unknown key or a value of the wrong
    kind.
    """
    sidecar = sidecar_of(path)
    if not is_sidecar(sidecar):
        return metadata
    try:
        values = tomllib.loads(sidecar.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ReadingError(f"{sidecar} kan niet worden gelezen als TOML: {error}.") from error
    tables = {key: values.pop(key) for key in MOTION_TABLES if key in values}
    new: dict[str, Any] = {"motion": _motion(sidecar, tables)} if tables else {}
    for key, value in values.items():
        if key not in _KEYS:
            known = ", ".join((*_KEYS, *MOTION_TABLES))
            raise ReadingError(f"{sidecar}: onbekende sleutel '{key}'. Bekend zijn: {known}.")
        new[key] = getattr(metadata, key) or _checked(sidecar, key, value)
    return replace(metadata, **new)


def _checked(sidecar: Path, key: str, value: object) -> object:
    if key == "themes":
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        raise ReadingError(f"{sidecar}: '{key}' moet een lijst van teksten zijn.")
    if key == "date" and type(value) is date:
        return value.isoformat()
    if not isinstance(value, str):
        raise ReadingError(f"{sidecar}: '{key}' moet een tekst tussen aanhalingstekens zijn.")
    if key == "date":
        try:
            # Any other form that Python takes ("20210326") becomes jjjj-mm-dd.
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise ReadingError(f"{sidecar}: '{value}' is geen datum; schrijf jjjj-mm-dd.") from None
    return value


def _motion(sidecar: Path, tables: dict[str, Any]) -> MotionRecord:
    case = _table(sidecar, "zaak", tables.get("zaak", {}), _CASE)
    decision = _table(sidecar, "besluit", tables.get("besluit", {}), _DECISION)
    listed = tables.get("stemming", [])
    if not isinstance(listed, list):
        raise ReadingError(f"{sidecar}: schrijf elke stem als [[stemming]].")
    votes = [_table(sidecar, "stemming", each, _VOTE) for each in listed]
    day = decision.get("datum", "")
    return MotionRecord(
        number=case.get("nummer", ""),
        kind=case.get("soort", ""),
        subject=case.get("onderwerp", ""),
        appreciation=case.get("kabinetsappreciatie", ""),
        decision=decision.get("tekst", ""),
        decision_kind=decision.get("soort", ""),
        date=str(_checked(sidecar, "date", day)) if day else "",
        votes=tuple(
            Vote(
                each.get("fractie", ""),
                each.get("soort", ""),
                each.get("aantal", 0),
                each.get("vergissing", False),
            )
            for each in votes
        ),
    )


def _table(sidecar: Path, name: str, values: object, kinds: Mapping[str, type]) -> dict[str, Any]:
    """Return a table; raises ReadingError for an unknown key or a value of the wrong kind."""
    if not isinstance(values, dict):
        raise ReadingError(f"{sidecar}: '{name}' moet een tabel zijn.")
    table = {k: v.isoformat() if type(v) is date else v for k, v in values.items()}
    for key, value in table.items():
        if key not in kinds:
            raise ReadingError(
                f"{sidecar}: onbekende sleutel '{key}' in [{name}]. "
                f"Bekend zijn: {', '.join(kinds)}."
            )
        if type(value) is not kinds[key]:
            raise ReadingError(f"{sidecar}: '{key}' in [{name}] heeft een waarde die niet kan.")
    return table
