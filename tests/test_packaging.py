"""What is installed is enough: every import is declared, and nothing looks for the checkout."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.paths import ROOT

SOURCE = ROOT / "src" / "search"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
READY = re.compile(r"Kamerwijzer staat klaar op http://127\.0\.0\.1:\d+\n")


def declared(*extras: str) -> set[str]:
    """Return the distributions that an installation with these extras brings."""
    lists = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][each] for each in extras)]
    return {canonicalize_name(Requirement(line).name) for each in lists for line in each}


def imported(path: Path) -> Iterator[str]:
    """Yield the top-level packages that a module imports, wherever in it, but the standard ones."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        tops = {name.partition(".")[0] for name in names}
        yield from tops - {"search"} - sys.stdlib_module_names


def test_every_package_that_is_imported_is_declared() -> None:
    known = packages_distributions()
    for path in SOURCE.rglob("*.py"):
        room = path.relative_to(SOURCE).as_posix()
        extras = ["postgres"] if "postgres" in room else []
        if room.startswith(("embedding/", "evaluation/")):
            extras.append("models")
        for name in imported(path):
            found = {canonicalize_name(each) for each in known.get(name, [name])}
            assert found & declared(*extras), f"{room} imports {name}"


def test_what_is_pinned_is_what_is_declared() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pinned = [Requirement(line.partition("#")[0]) for line in lines if re.match(r"\w", line)]
    assert {canonicalize_name(each.name) for each in pinned} == declared(
        "models", "postgres", "dev"
    )
    wanted = {
        canonicalize_name(each.name): each.specifier
        for group in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
        for each in map(Requirement, group)
    }
    for each in pinned:
        (pin,) = each.specifier
        assert wanted[canonicalize_name(each.name)].contains(pin.version), each.name


def test_every_file_of_the_package_is_packed() -> None:
    globs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    patterns = (*globs["package-data"]["*"], "*.py")
    files = [p for p in SOURCE.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert [p for p in files if not any(p.match(pattern) for pattern in patterns)] == []


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the package alone, as an installation does."""
    folder = tmp_path_factory.mktemp("elders")
    shutil.copytree(SOURCE, folder / "search", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.slow
def test_the_app_is_served_without_the_checkout(
    installed: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    folders = ["--corpus", str(built[0]), "--index", str(built[1])]
    start = f"import sys; sys.path.insert(0, {str(installed)!r}); import search; "
    code = f"{start} assert {str(installed)!r} in search.__file__; "
    run = "from search.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code + run, "serve", *folders, "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
        assert READY.fullmatch(line), process.stderr and process.stderr.read()
    command[command.index("serve") :] = ["doctor", *folders]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "versies: Alle pakketten hebben een versie die past." in done.stdout
