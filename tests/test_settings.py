"""The settings: read from a file, overruled by variables, and refused with the place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.paths import ROOT

from search.errors import UsageError
from search.settings import KEYS, Settings, read_settings_file, variable
from search.sources import source_settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(path: Path, text: str) -> str:
    """Write a settings file and give the error that it is refused with."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_settings_file(path)
    return str(error.value)


def test_every_default_is_itself_a_value_that_may_be_said() -> None:
    for key, known in KEYS.items():
        if known.default:
            assert known.check(known.default) == known.default, key


def test_a_file_gives_its_values_as_texts(tmp_path: Path) -> None:
    path = tmp_path / "kamerwijzer.toml"
    path.write_text('corpus = " stukken "\nport = 9000\nseconds = 2.5\nrequests_per_second = 1\n')
    assert read_settings_file(path) == {
        "corpus": "stukken",
        "port": "9000",
        "seconds": "2.5",
        "requests_per_second": "1",
    }


def test_a_file_of_windows_own_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kamerwijzer.toml"
    path.write_bytes(b"\xef\xbb\xbfport = 9000\r\n")
    assert read_settings_file(path) == {"port": "9000"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('port = "poort"', "‘port’ moet een geheel getal van 1 tot en met 65535 zijn"),
        ("port = 65536", "‘port’ moet een geheel getal van 1 tot en met 65535 zijn"),
        ("port = true", "‘port’ moet een geheel getal"),
        ("port = 80.5", "‘port’ moet een geheel getal"),
        (f'port = "{"9" * 5000}"', "‘port’ moet een geheel getal"),
        ("seconds = nan", "‘seconds’ moet een getal van 1 tot en met 3600 zijn"),
        ("seconds = inf", "‘seconds’ moet een getal"),
        ("seconds = [1]", "‘seconds’ moet een getal"),
        ("corpus = 3", "‘corpus’ moet een tekst tussen aanhalingstekens zijn"),
        ('corpus = " "', "‘corpus’ moet een tekst"),
        ('sru = "ftp://example.org"', "‘sru’ moet een webadres met https"),
        ('sru = "http://example.org"', "‘sru’ moet een webadres met https"),
        ('sru = "https://u:w@example.org"', "‘sru’ moet een webadres met https"),
        ('sru = "https://[::1"', "‘sru’ moet een webadres met https"),
        ('contact = "a (b)"', "‘contact’ moet"),
        ("poort = 8501", "onbekende instelling ‘poort’. Bekend zijn: corpus, index,"),
        ('"poort" = 8501', "onbekende instelling ‘poort’"),
        ("[poort]", "onbekende instelling ‘poort’"),
        ("port.a = 1", "‘port’ moet een geheel getal"),
    ],
)
def test_what_can_not_be_is_refused_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "x.toml"
    error = refused(path, f'# Instellingen\n\nindex = "index"\n{line}\n')
    assert error.startswith(f"{path}, regel 4: {said}")


@pytest.mark.parametrize(
    ("text", "line"),
    [("port = 1\ncorpus = \n", 2), ("port = 1\nport = 2\n", 2), ('a = 1\n\nb = "x', 3)],
)
def test_what_is_no_toml_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "x.toml"
    error = refused(path, text)
    assert error.startswith(f"{path}, regel {line}: dit is geen geldige TOML")
    assert "at line" not in error
    assert "at end" not in error


def test_what_is_no_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b'port = 1\ncorpus = "caf\xe9"\n')
    with pytest.raises(UsageError, match="regel 2: dit is geen UTF-8"):
        read_settings_file(path)


def test_an_option_goes_before_a_variable_and_that_before_the_file(home: Path) -> None:
    (home / "kamerwijzer.toml").write_text('port = 9000\nindex = "a"\npages = 7\n')
    environment = {"KAMERWIJZER_PORT": "9001", "KAMERWIJZER_INDEX": ""}
    settings = Settings.read(environment=environment)
    assert (settings.port, settings.index, settings.limits.pages) == (9001, Path("a"), 7)
    assert Settings.read({"port": "9002", "index": None}, environment).port == 9002


def test_another_file_can_be_named_and_must_then_be_there(home: Path) -> None:
    (home / "kamerwijzer.toml").write_text("port = 9000\n")
    (home / "ander.toml").write_text("port = 9002\n")
    assert Settings.read(environment={"KAMERWIJZER_SETTINGS": "ander.toml"}).port == 9002
    with pytest.raises(UsageError, match=r"Het instellingenbestand weg\.toml is er niet"):
        Settings.read(environment={"KAMERWIJZER_SETTINGS": "weg.toml"})


def test_what_nobody_says_is_the_default(home: Path) -> None:
    assert Settings.read(environment={}) == Settings()


def test_a_variable_that_can_not_be_is_named(home: Path) -> None:
    with pytest.raises(UsageError, match="De omgevingsvariabele KAMERWIJZER_PAGES: ‘pages’ moet"):
        Settings.read(environment={"KAMERWIJZER_PAGES": "veel"})


def test_a_number_with_a_comma_is_a_number(home: Path) -> None:
    environment = {"KAMERWIJZER_SECONDS": " 2,5 ", "KAMERWIJZER_REQUESTS_PER_SECOND": "0,5"}
    settings = Settings.read(environment=environment)
    assert settings.limits.seconds == 2.5
    assert source_settings(settings).per_second == 0.5


def test_limits_are_the_settings_in_their_own_units(home: Path) -> None:
    usual = Settings.read(environment={}).limits
    assert (usual.bytes, usual.unpacked, usual.characters) == (50_000_000, 200_000_000, 20_000_000)
    assert (usual.pages, usual.seconds) == (3000, 60.0)
    said = {"file_mb": "3", "unpacked_mb": "4", "characters": "5000", "pages": "6", "seconds": "7"}
    environment = {variable(key): value for key, value in said.items()}
    limits = Settings.read(environment=environment).limits
    assert (limits.bytes, limits.unpacked) == (3_000_000, 4_000_000)
    assert (limits.characters, limits.pages, limits.seconds) == (5000, 6, 7.0)


def test_only_the_settings_and_the_edges_look_at_the_environment() -> None:
    """Below the command line and the app, settings are passed on; nothing writes them there."""
    source = ROOT / "src" / "search"
    looking = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if re.search(r"\bos\.(?:environ|getenv|putenv)\b", path.read_text(encoding="utf-8"))
    }
    # __init__ turns the reports of other libraries off; scans hands all on to a child process.
    allowed = {"__init__.py", "settings.py", "reading/pdf/scans.py"}
    assert {name for name in looking if not name.startswith(("cli/", "ui/"))} <= allowed


def test_every_variable_that_the_program_reads_is_a_setting() -> None:
    """What is asked of the environment can be said in the file as well."""
    source = ROOT / "src" / "search"
    # Where the file itself is, and how one process speaks to another.
    own = {"KAMERWIJZER_SETTINGS", "KAMERWIJZER_PROGRESS"}
    asked = {
        name
        for path in source.rglob("*.py")
        for name in re.findall(r"\bKAMERWIJZER_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    assert asked - own <= {variable(key) for key in KEYS}


def test_a_wrong_file_stops_a_command_with_its_place(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from search.__main__ import main

    (home / "kamerwijzer.toml").write_text('\nport = "x"\n')
    assert main(["documents"]) == 2
    assert "kamerwijzer.toml, regel 2: ‘port’ moet" in capsys.readouterr().err
