"""The documentation is what the program is: commands, options, settings, names, links, examples."""

from __future__ import annotations

import argparse
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs.draw_rooms import drawing, layers
from tests.paths import ROOT

import search
from search.cli.main import command_parser
from search.engine import Engine
from search.exports import answer_json
from search.settings import KEYS

README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = (
    README,
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "index" / "README.md",
    *sorted(DOCS.glob("*.md")),
)
COMMON = "Options of every command"


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command."""
    parser = command_parser(lambda _: None)
    choices = next(a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(choices)


def sections(page: str) -> dict[str, str]:
    """Return what a page of docs/ says under each heading of the second level."""
    parts = re.split(r"^## (.+)$", (DOCS / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the tables in a text, without heads and rules."""
    for line in text.splitlines():
        if line.startswith(("| `", "| [`")):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def options_in(text: str) -> set[str]:
    """Return the options that the tables of a text explain."""
    return {name for row in rows(text) for name in re.findall(r"`(--?[a-z][a-z-]*)", row[0])}


def test_every_command_has_its_section_and_no_other() -> None:
    found = {
        title.removeprefix("kamerwijzer ")
        for title in sections("command-line.md")
        if title.startswith("kamerwijzer ")
    }
    assert found == set(parsers())
    listed = (DOCS / "command-line.md").read_text("utf-8").split(f"## {COMMON}")[0]
    assert set(re.findall(r"^\| \[`([a-z]+)`\]", listed, re.MULTILINE)) == set(parsers())


@pytest.mark.parametrize("command", sorted(parsers()))
def test_every_option_is_explained_and_no_other(command: str) -> None:
    documented = sections("command-line.md")
    own, common = options_in(documented[f"kamerwijzer {command}"]), options_in(documented[COMMON])
    real = {name for action in parsers()[command]._actions for name in action.option_strings}
    assert own | common == real
    assert not own & common


def test_no_page_names_an_option_that_does_not_exist() -> None:
    real = {o for p in parsers().values() for a in p._actions for o in a.option_strings}
    for page in (README, DOCS / "command-line.md", DOCS / "settings.md"):
        for line in page.read_text(encoding="utf-8").splitlines():
            named = re.findall(r"kamerwijzer [^`]*?(--[a-z][a-z-]*)|`(--[a-z][a-z-]*)", line)
            assert {option for pair in named for option in pair if option} <= real, line


@pytest.mark.parametrize("page", [README, DOCS / "command-line.md"], ids=lambda path: path.name)
def test_every_example_of_a_command_can_be_parsed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    examples = re.findall(r"^(?:\$ |    )kamerwijzer ([^#\n]+)", text, re.MULTILINE)
    # Words in capitals stand for what a user fills in; any word will do but for a suite.
    filled = [re.sub(r"\W*…|\|\w+", "", e).replace("SUITE", "questions") for e in examples]
    assert len(filled) > 5
    for example in filled:
        command_parser(lambda _: None).parse_args(shlex.split(example))


def keys_of(value: object) -> set[str]:
    """Return the keys of a JSON value and of all in it."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def test_the_json_of_an_answer_has_the_keys_that_are_shown(engine: Engine) -> None:
    (shown,) = re.findall(
        r"```json\n(.*?)```", sections("command-line.md")["kamerwijzer ask"], re.DOTALL
    )
    answer = answer_json(engine.ask("Komt er een jaarlijkse Staat van migratie?", top=1))
    assert set(re.findall(r'"(\w+)":', shown)) == keys_of(answer)


def test_every_suite_of_evaluate_is_explained() -> None:
    suites = next(a.choices for a in parsers()["evaluate"]._actions if a.dest == "suite")
    found = {row[0].strip("`") for row in rows(sections("command-line.md")["kamerwijzer evaluate"])}
    assert {name for name in found if not name.startswith("--")} == set(suites or ())


def test_every_setting_is_explained_with_its_default_and_no_other() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8").split("## Other variables")[0]
    explained = {row[0].strip("`"): row for row in rows(text)}
    assert list(explained) == list(KEYS)
    for key, known in KEYS.items():
        assert not known.default or f"`{known.default}`" in explained[key][2], key


def test_every_public_name_is_explained_and_no_other() -> None:
    text = (DOCS / "python.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^(?:### |\| )`(\w+)`", text, re.MULTILINE))
    assert explained == set(search.__all__)
    for name in search.__all__:
        assert getattr(search, name) is not None


def test_every_member_of_the_engine_is_explained_and_no_other() -> None:
    text = (DOCS / "python.md").read_text(encoding="utf-8")
    members = {name for name in vars(Engine) if not name.startswith("_")}
    assert set(re.findall(r"^\| `\.(\w+)", text, re.MULTILINE)) == members


def python_examples(page: Path) -> list[tuple[str, str]]:
    """Return each Python example of a page with what it says that is printed."""
    text = page.read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "printed"), [*python_examples(README), *python_examples(DOCS / "python.md")]
)
def test_python_examples_print_what_is_said(
    code: str,
    printed: str,
    built: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    corpus, index = built
    for name in [name for name in os.environ if name.startswith("KAMERWIJZER_")]:
        monkeypatch.delenv(name)
    settings = f"corpus = {corpus.as_posix()!r}\nindex = {index.as_posix()!r}\n"
    (tmp_path / "kamerwijzer.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "example", "exec"), {})
    assert capsys.readouterr().out == printed


def test_the_readme_shows_python_in_five_lines() -> None:
    ((code, _),) = python_examples(README)
    assert len([line for line in code.splitlines() if line]) == 5


def test_every_example_of_python_is_one_that_is_tested() -> None:
    for page in (README, DOCS / "python.md"):
        assert page.read_text("utf-8").count("```python") == len(python_examples(page))


def test_the_readme_is_one_that_people_read() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 160


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", title.lower()) for title in titles)
    return {title.replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_what_exists(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", text):
        if re.match(r"<?https?:", target):
            continue
        found = page.parent / target if target else page
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), anchor


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_of_the_repository_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|tests|benchmarks|docs|corpus|index)/[\w/.*-]*)`", text)
    for path in named:
        assert any(ROOT.glob(path.rstrip("/"))), path


def test_the_drawing_of_the_rooms_is_what_the_imports_give_now() -> None:
    """When this fails: `python docs/draw_rooms.py`, and look at what it drew."""
    assert (DOCS / "rooms.svg").read_text(encoding="utf-8") == drawing()


def test_every_room_is_explained_and_no_other() -> None:
    explained = [row[0].strip("`") for row in rows(sections("how-it-works.md")["The rooms"])]
    assert explained == [room for row in layers() for room in row]
