"""The sidecar of a file: metadata that are not in its text."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from search.errors import ReadingError
from search.records import Metadata

__all__ = ["SUFFIX", "add_sidecar", "is_sidecar", "sidecar_of"]

SUFFIX = ".toml"
_KEYS = ("subject", "title", "kind", "issuer", "date", "url", "licence", "chamber", "themes")
"""Only what the text lacks is taken from the sidecar."""


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
    new: dict[str, Any] = {}
    for key, value in values.items():
        if key not in _KEYS:
            raise ReadingError(
                f"{sidecar}: onbekende sleutel '{key}'. Bekend zijn: {', '.join(_KEYS)}."
            )
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
