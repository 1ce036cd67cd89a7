"""The public face: light to import, complete, and silent about its users."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from typing import Any

import pytest

import search

HEAVY = ("numpy", "onnxruntime", "streamlit", "torch", "nltk", "faiss", "tantivy", "lxml")
CHILD = (
    "import subprocess, sys; import search; "
    "print(subprocess.check_output([sys.executable, '-c', "
    "'import os; print(os.environ.get(\"ORT_DISABLE_TELEMETRY\"))'], text=True).strip())"
)


def python(code: str, **environment: str) -> str:
    """Run code in a fresh process, without the variables that this one has set; return its output.

    What the tests imported before has set them here too.
    """
    ours = ("ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY")
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=inherited | environment,
    )
    return done.stdout.strip()


def test_importing_it_imports_nothing_that_is_large() -> None:
    found: Any = json.loads(python("import json, sys, search; print(json.dumps([*sys.modules]))"))
    assert not set(HEAVY) & set(found)
    # Its rooms are imported when they are used.
    assert [name for name in found if name.startswith("search.")] == []


@pytest.mark.parametrize("name", ["ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY"])
def test_usage_reports_are_off(name: str) -> None:
    code = f"import os, search; print(os.environ[{name!r}])"
    assert python(code) == "1"
    # Also when a room is imported first, as the command and the app do.
    assert python(code.replace("search;", "search.cli.main;")) == "1"


def test_usage_reports_are_off_before_onnxruntime_is_imported() -> None:
    code = (
        "import os, sys; from search.embedding.builtin import onnx_encoder; "
        "print('onnxruntime' in sys.modules, os.environ['ORT_DISABLE_TELEMETRY'])"
    )
    assert python(code).endswith(" 1")


def test_usage_reports_are_off_in_a_child() -> None:
    assert python(CHILD) == "1"


def test_what_a_user_has_set_is_kept() -> None:
    assert python(CHILD, ORT_DISABLE_TELEMETRY="0") == "0"


def test_the_public_names_can_be_seen_and_imported() -> None:
    assert set(search.__all__) <= set(dir(search))
    assert list(search.__all__) == sorted(search.__all__)
    namespace: dict[str, object] = {}
    exec("from search import *", namespace)
    assert set(search.__all__) <= set(namespace)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Motor'"):
        search.Motor  # noqa: B018
    assert not hasattr(search, "engine_of")


def test_the_version_is_that_of_the_package() -> None:
    assert search.__version__ == version("kamerwijzer")
