"""Settings: `kamerwijzer.toml`, and environment variables of the same names.

A key `port` in the file is the variable KAMERWIJZER_PORT; the variable goes before the file, and
an option of a command before both. `use_settings` checks the file and puts what it says into the
environment, so that the app and every process that is started see the same.
"""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from search.errors import UsageError
from search.records import is_database

if TYPE_CHECKING:
    from search.records import Limits

__all__ = [
    "KEYS",
    "MB",
    "Key",
    "index_setting",
    "limits_of",
    "read_settings",
    "setting",
    "use_settings",
    "variable",
]

_FILE = "kamerwijzer.toml"
_FILE_VARIABLE = "KAMERWIJZER_SETTINGS"
MB = 1_000_000
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Key:
    """A setting: what it is for, what it is when nobody says, and what may be said."""

    about: str
    default: str
    check: Callable[[object], str]
    """Gives the value as text; raises ValueError, in Dutch, for one that can't be."""


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
    """Name the environment variable of a setting."""
    return f"KAMERWIJZER_{key.upper()}"


def read_settings(path: Path) -> dict[str, str]:
    """Read and check a settings file: the values as texts, by key.

    Raises UsageError that names the file, the line and what could stand there.
    """
    try:
        # Windows' own editor begins a file with a mark that TOML does not know.
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
    """Say where a file stops being TOML; `said` is what Python makes of it, in English."""
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
    """Give the line on which a key stands."""
    found = re.search(
        rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.]|^[ \t]*\[+{re.escape(key)}",
        text,
        re.MULTILINE,
    )
    return text.count("\n", 0, found.start()) + 1 if found else 1


def use_settings(environment: MutableMapping[str, str] = os.environ) -> None:
    """Put what the settings file says into the environment, where no variable says otherwise.

    The file is that of KAMERWIJZER_SETTINGS, else kamerwijzer.toml in the current folder, if it is
    there. Raises UsageError for a file or a variable that can't be used.
    """
    named = environment.get(_FILE_VARIABLE)
    path = Path(named or _FILE)
    if named or path.is_file():
        for key, value in read_settings(path).items():
            if not environment.get(variable(key)):
                environment[variable(key)] = value
    for key in KEYS:
        if environment.get(variable(key)):
            environment[variable(key)] = setting(key, environment)


def setting(key: str, environment: Mapping[str, str] = os.environ) -> str:
    """Give the value of a setting: what its variable says, else what holds when nobody says.

    Raises UsageError, which names the variable, for a value that can't be used.
    """
    said = environment.get(variable(key))
    return (
        _checked(said, key, f"De omgevingsvariabele {variable(key)}") if said else KEYS[key].default
    )


def index_setting(environment: Mapping[str, str] = os.environ) -> str:
    """Give where the index is: the database of the settings if there is one, else the folder."""
    return setting("database_url", environment) or setting("index", environment)


def limits_of(environment: Mapping[str, str] = os.environ) -> Limits:
    """Give what one file may cost, by the settings."""
    from search.records import Limits

    return Limits(
        bytes=int(setting("file_mb", environment)) * MB,
        unpacked=int(setting("unpacked_mb", environment)) * MB,
        characters=int(setting("characters", environment)),
        pages=int(setting("pages", environment)),
        seconds=float(setting("seconds", environment)),
    )
