"""The tree of errors is the one that its docstring draws."""

from __future__ import annotations

import re

from search import errors
from search.errors import KamerwijzerError


def drawn() -> dict[str, str]:
    """Read the tree in the docstring: each error with its parent."""
    parents: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    assert errors.__doc__
    for line in errors.__doc__.splitlines():
        found = re.match(r"([\s│├└─]*)(\b[A-Z]\w+[a-z])\b", line)
        if not found or not line.startswith("    "):
            continue
        depth, name = len(found[1]), found[2]
        while above and above[-1][0] >= depth:
            above.pop()
        parents[name] = above[-1][1] if above else "Exception"
        above.append((depth, name))
    return parents


def test_tree_of_the_docstring_is_the_tree_of_the_code() -> None:
    real = {
        name: each.__mro__[1].__name__
        for name, each in vars(errors).items()
        if isinstance(each, type) and issubclass(each, Exception)
    }
    assert drawn() == real


def test_all_are_exported_and_of_one_family() -> None:
    assert set(errors.__all__) == set(drawn())
    assert all(issubclass(getattr(errors, name), KamerwijzerError) for name in errors.__all__)
