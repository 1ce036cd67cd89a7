"""Settings: options of a command, environment variables, `kamerwijzer.toml`, in that order.

A key `port` in the file is the variable KAMERWIJZER_PORT. `Settings.read` reads all three once;
what it returns is passed on, and nothing else in the package looks at the environment for them.
"""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from search.errors import UsageError
from search.records import IndexLocation, Limits, is_database, read_location

__all__ = ["KEYS", "Key", "Settings", "read_settings_file", "variable"]

_FILE = "kamerwijzer.toml"
_FILE_VARIABLE = "KAMERWIJZER_SETTINGS"
_MB = 1_000_000
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Key:
    """A setting: what it is for, its default, and which values it takes."""

    about: str
    default: str
    check: Callable[[object], str]
    """Returns the value as text; raises ValueError, in Dutch, for one that can't be used."""


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ValueError("een tekst tussen aanhalingstekens")


def _whole(low: int, high: int) -> Callable[[object], str]:
    def check(value: object) -> str:
        digits = isinstance(value, str) and re.fullmatch(r"\s*\d{1,12}\s*", value)
        number = int(str(value)) if digits else value
        if isinstance(number, int) and not isinstance(number, bool) and low <= number <= high:
            return str(number)
        raise ValueError(f"een geheel getal van {low} tot en met {high}")

    return check


def _number(low: float, high: float) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = str(value).strip().replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if low <= number <= high:
            return text
        raise ValueError(f"een getal van {low:g} tot en met {high:g}")

    return check


def _address(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        local = parts.hostname in _THIS_MACHINE
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        parts, local = urlsplit(""), False
    extra = parts.username or parts.password or parts.query or parts.fragment
    if parts.hostname and not extra and parts.scheme in ("https", *(("http",) if local else ())):
        return text
    raise ValueError("een webadres met https, zoals https://repository.overheid.nl/sru,")


def _database(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if is_database(text):
        return text
    raise ValueError("het adres van een database, zoals postgresql://gebruiker@server/kamerwijzer,")


def _contact(value: object) -> str:
    # It goes into a header of each request: no brackets, which end the place it stands in there.
    if isinstance(value, str) and re.fullmatch(r"[ -'*-~]{1,200}", value.strip()):
        return value.strip()
    raise ValueError("een webadres of naam met gewone letters en tekens, zonder haakjes,")


KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "corpus": Key("de map met documenten", "corpus", _text),
        "index": Key("de map van de index", "index", _text),
        "database_url": Key("het adres van de PostgreSQL-database met de index", "", _database),
        "cache": Key("waar het taalmodel en bekende vectoren staan", "", _text),
        "model": Key("het taalmodel waarmee de index wordt gebouwd", "ingebouwd", _text),
        "port": Key("de poort van de app", "8501", _whole(1, 65535)),
        "file_mb": Key("hoe groot een bestand mag zijn, in MB", "50", _whole(1, 2000)),
        "unpacked_mb": Key("idem, uitgepakt (.docx, .odt)", "200", _whole(1, 8000)),
        "characters": Key(
            "hoeveel tekens een document mag hebben", "20000000", _whole(1000, 200_000_000)
        ),
        "pages": Key("hoeveel bladzijden een PDF mag hebben", "3000", _whole(1, 100_000)),
        "seconds": Key("hoe lang het lezen van een bestand mag duren", "60", _number(1, 3600)),
        "sru": Key(
            "het adres van de SRU-dienst van officiële publicaties",
            "https://repository.overheid.nl/sru",
            _address,
        ),
        "odata": Key(
            "het adres van de OData-dienst van de Tweede Kamer",
            "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/",
            _address,
        ),
        "repository": Key(
            "waar officiële publicaties staan", "https://zoek.officielebekendmakingen.nl/", _address
        ),
        "requests_per_second": Key(
            "hoe vaak per seconde een dienst wordt gevraagd", "2", _number(0.01, 20)
        ),
        "contact": Key(
            "wie er vraagt: een adres of naam voor de beheerders van die diensten",
            "lokale installatie",
            _contact,
        ),
    }
)
"""The settings, by key."""


def variable(key: str) -> str:
    """Return the name of the environment variable of a setting."""
    return f"KAMERWIJZER_{key.upper()}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is, and what may be spent; one object for a whole run."""

    corpus: Path | None = None
    """The folder of documents; None means the one that the index was built from, else ./corpus."""
    index: IndexLocation = Path("index")
    cache: Path | None = None
    """Where prepared models and known vectors are kept; None means the user's cache folder."""
    model: str = ""
    """The embedding model to index with; empty means that of the index, else the built-in one."""
    port: int = 8501
    limits: Limits = Limits()
    sru: str = "https://repository.overheid.nl/sru"
    odata: str = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/"
    repository: str = "https://zoek.officielebekendmakingen.nl/"
    requests_per_second: float = 2.0
    contact: str = "lokale installatie"

    @classmethod
    def read(
        cls,
        options: Mapping[str, str | None] = MappingProxyType({}),
        environment: Mapping[str, str] = os.environ,
    ) -> Settings:
        """Return the settings that the options, the environment and the settings file say.

        `options` are those of a command, by key; one that is None or empty was not given. The
        file is that of KAMERWIJZER_SETTINGS, else kamerwijzer.toml in the current folder, if it
        is there. Raises UsageError for a value that can't be used, with where it was found.
        """
        said = _from_file(environment)
        for key in KEYS:
            if value := environment.get(variable(key)):
                said[key] = _checked(value, key, f"De omgevingsvariabele {variable(key)}")
        given = {key: value for key, value in options.items() if value}
        if "index" in given:
            said.pop("database_url", None)
        return _settings(said | given)


def _settings(said: Mapping[str, str]) -> Settings:
    """Return checked texts, by key, as settings."""
    value = {key: said.get(key, known.default) for key, known in KEYS.items()}
    cache = Path(value["cache"]).expanduser() if value["cache"] else None
    return Settings(
        corpus=Path(said["corpus"]) if "corpus" in said else None,
        index=read_location(value["database_url"] or value["index"]),
        cache=cache,
        model=said.get("model", ""),
        port=int(value["port"]),
        limits=Limits(
            bytes=int(value["file_mb"]) * _MB,
            unpacked=int(value["unpacked_mb"]) * _MB,
            characters=int(value["characters"]),
            pages=int(value["pages"]),
            seconds=float(value["seconds"]),
            ocr_cache=cache,
        ),
        sru=value["sru"],
        odata=value["odata"],
        repository=value["repository"],
        requests_per_second=float(value["requests_per_second"]),
        contact=value["contact"],
    )


def _from_file(environment: Mapping[str, str]) -> dict[str, str]:
    named = environment.get(_FILE_VARIABLE)
    path = Path(named or _FILE)
    return read_settings_file(path) if named or path.is_file() else {}


def read_settings_file(path: Path) -> dict[str, str]:
    """Return the checked values of a settings file as texts, by key.

    Raises UsageError that names the file, the line and what could be there.
    """
    try:
        # Windows' own editor begins a file with a byte order mark, which is not TOML.
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"Het instellingenbestand {path} is er niet.") from error
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{path} kan niet worden gelezen ({reason}).") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}, regel {line}: dit is geen UTF-8. Bewaar het zo.") from error
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except ValueError as error:
        raise UsageError(_no_toml(path, text, str(error))) from error
    return {
        key: _checked(value, key, f"{path}, regel {_line(text, key)}")
        for key, value in values.items()
    }


def _no_toml(path: Path, text: str, said: str) -> str:
    """Return where a file stops being TOML; `said` is Python's message, in English."""
    found = _PLACE.search(said)
    where = "" if not found else f", regel {found[1] or text.count(chr(10)) + 1}"
    return (
        f"{path}{where}: dit is geen geldige TOML ({_PLACE.sub('', said)}). Schrijf op elke regel "
        "een naam, een = en een waarde; tekst tussen aanhalingstekens."
    )


def _checked(value: object, key: str, where: str) -> str:
    known = KEYS.get(key)
    if known is None:
        raise UsageError(f"{where}: onbekende instelling ‘{key}’. Bekend zijn: {', '.join(KEYS)}.")
    try:
        return known.check(value)
    except ValueError as error:
        # An address may hold a password.
        said = re.sub(r"(?<=//)[^@\s]*@", "…@", repr(value))
        raise UsageError(f"{where}: ‘{key}’ moet {error} zijn, niet {said}.") from error


def _line(text: str, key: str) -> int:
    """Return the number of the line that sets a key."""
    found = re.search(
        rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.]|^[ \t]*\[+{re.escape(key)}",
        text,
        re.MULTILINE,
    )
    return text.count("\n", 0, found.start()) + 1 if found else 1
