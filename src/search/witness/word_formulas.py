"""Formulas of Word (ECMA-376 part 1, 22.1) as a line of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from search.witness.packages import name_of, value_of
from search.witness.records import Flag, WitnessRun

__all__ = ["is_formula", "runs_of"]

_DEEPEST = 40
_SIMPLE = re.compile(r"[\w.,]*")
_UNKNOWN = frozenset({"m", "eqArr", "borderBox", "phant", "sPre", "limLow", "limUpp", "groupChr"})


def is_formula(element: Any) -> bool:
    """Return whether an element is a formula as a whole."""
    return isinstance(element.tag, str) and element.tag.endswith("/math}oMath")


def runs_of(formula: Any) -> list[WitnessRun]:
    """Return the characters of a formula; what can't be written on a line is a symbol."""
    return list(_runs(formula, Flag.FORMULA, 0))


def _runs(element: Any, flags: Flag, depth: int) -> Iterator[WitnessRun]:
    if depth > _DEEPEST:
        yield WitnessRun("\ufffd", flags | Flag.SYMBOL)
        return
    for child in element:
        yield from _part(child, flags, depth + 1)


def _part(element: Any, flags: Flag, depth: int) -> Iterator[WitnessRun]:
    name = name_of(element)
    if name == "t":
        yield WitnessRun(element.text or "", flags)
    elif name == "f":
        yield from _fraction(element, flags, depth)
    elif name in ("sSup", "sSub", "sSubSup", "nary"):
        if name == "nary":
            yield WitnessRun(value_of(element, "naryPr/chr") or "∫", flags)
        yield from _in(element, "e" if name != "nary" else "", flags, depth)
        yield from _in(element, "sub", flags | Flag.LOWERED, depth)
        yield from _in(element, "sup", flags | Flag.RAISED, depth)
        if name == "nary":
            yield from _in(element, "e", flags, depth)
    elif name == "rad":
        yield from _in(element, "deg", flags | Flag.RAISED, depth)
        yield WitnessRun("√", flags)
        yield from _grouped(list(_in(element, "e", flags, depth)), flags)
    elif name == "d":
        yield from _bracketed(element, flags, depth)
    elif name in _UNKNOWN:
        yield WitnessRun("\ufffd", flags | Flag.SYMBOL)
        yield from _runs(element, flags, depth)
    elif not name.endswith("Pr"):
        yield from _runs(element, flags, depth)


def _in(element: Any, name: str, flags: Flag, depth: int) -> Iterator[WitnessRun]:
    for child in element:
        if name and name_of(child) == name:
            yield from _runs(child, flags, depth)


def _fraction(element: Any, flags: Flag, depth: int) -> Iterator[WitnessRun]:
    if value_of(element, "fPr/type") == "noBar":
        yield WitnessRun("\ufffd", flags | Flag.SYMBOL)
    # "2½" is not "21/2".
    yield WitnessRun(" ", flags)
    yield from _grouped(list(_in(element, "num", flags, depth)), flags)
    yield WitnessRun("/", flags)
    yield from _grouped(list(_in(element, "den", flags, depth)), flags)
    yield WitnessRun(" ", flags)


def _grouped(runs: list[WitnessRun], flags: Flag) -> list[WitnessRun]:
    text = "".join(run.text for run in runs).strip()
    simple = _SIMPLE.fullmatch(text) and all(run.flags == flags for run in runs)
    return runs if simple else [WitnessRun("(", flags), *runs, WitnessRun(")", flags)]


def _bracketed(element: Any, flags: Flag, depth: int) -> Iterator[WitnessRun]:
    properties = element.find("{*}dPr")
    opens, parts, closes = (
        _sign(properties, name, usual)
        for name, usual in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    )
    yield WitnessRun(opens, flags)
    first = True
    for child in element:
        if name_of(child) == "e":
            if not first:
                yield WitnessRun(parts, flags)
            first = False
            yield from _runs(child, flags, depth)
    yield WitnessRun(closes, flags)


def _sign(properties: Any, name: str, usual: str) -> str:
    found = properties.find(f"{{*}}{name}") if properties is not None else None
    if found is None:
        return usual
    return next((v for k, v in found.attrib.items() if k.endswith("}val")), "")
