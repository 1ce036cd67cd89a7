"""The witness shares no code with the readers, and loads none of it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import search.witness

ROOM = Path(search.witness.__file__).parent
# Of concurrency only the lock of pdfium, which must be one for both.
ALLOWED = ("search.concurrency", "search.errors", "search.records", "search.witness")


def test_no_module_imports_a_reader() -> None:
    imported = {
        (path.name, module)
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for module in _modules(node)
        if module.split(".")[0] == "search"
    }
    assert imported
    assert {each for each in imported if not each[1].startswith(ALLOWED)} == set()


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_reading_a_file_loads_no_reader() -> None:
    code = (
        "import sys; from search.witness import read_witness\n"
        "assert read_witness(b'<x><al>Een zin.</al></x>', 'a.xml').check('Een zin.').confirmed\n"
        "print([each for each in sys.modules if each.startswith('search.reading')])"
    )
    path = str(ROOM.parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": path},
    )
    assert done.stdout.strip() == "[]"
