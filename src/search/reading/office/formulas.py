"""Formulas of Word (ECMA-376 part 1, 22.1) as a line of text: "½", "10⁶", "√(a + b)".

What can't be written on a line, as a matrix, becomes U+FFFD.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from search.reading.office.packages import attribute, local_name
from search.reading.office.symbols import UNKNOWN
from search.reading.raised_digits import lowered_digits, raised_digits

__all__ = ["linear_formula"]

_MAX_DEPTH = 40
_SINGLE = re.compile(r"[^\W_]+(?:[.,]\d+)*[⁰¹²³⁴-⁹₀-₉]*|\(.*\)|\[.*\]|\{.*\}|.?")
"""What needs no brackets to stay together."""
_VULGAR = {
    unicodedata.normalize("NFKC", each).replace("\u2044", "/"): each
    for each in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
}
_INVISIBLE = re.compile("[\u2061-\u2064\u200b]")
_TWO_DIMENSIONAL = ("m", "eqArr", "borderBox", "groupChr", "phant")
_OVERLINE = "\u0305"
_HAT = "\u0302"
_ACCENTS = {"¯": _OVERLINE, "‾": _OVERLINE, "^": _HAT, "~": "\u0303", "→": "\u20d7"}
"""Combining characters for signs that are not."""


def linear_formula(formula: Any) -> str:
    """Return an `oMath` element on a line."""
    return _INVISIBLE.sub("", _line(formula, 0)).strip()


def _line(element: Any, depth: int) -> str:
    if depth > _MAX_DEPTH:
        return UNKNOWN
    line = ""
    for child in element:
        part = _part(child, local_name(child), depth + 1)
        if local_name(child) == "f" and line[-1:].isdecimal() and part[:1].isdecimal():
            # "2 3/7" is not "23/7".
            line += " "
        line += part
    return line


def _part(element: Any, name: str, depth: int) -> str:
    if name == "t":
        return element.text or ""
    if name in _TWO_DIMENSIONAL:
        return UNKNOWN
    if name.endswith("Pr") or not name or name in ("del", "moveFrom"):
        return ""
    write = _WRITERS.get(name)
    return write(element, depth) if write else _line(element, depth)


def _argument(element: Any, name: str, depth: int) -> str:
    found = element.find(f"{{*}}{name}")
    return _line(found, depth).strip() if found is not None else ""


def _fraction(element: Any, depth: int) -> str:
    above, below = _argument(element, "num", depth), _argument(element, "den", depth)
    if _property(element, "type", "bar") == "noBar":
        return UNKNOWN
    line = f"{_grouped(above)}/{_grouped(below)}"
    return _VULGAR.get(line, line)


def _scripts(element: Any, depth: int) -> str:
    base = _grouped(_argument(element, "e", depth))
    below, above = _argument(element, "sub", depth), _argument(element, "sup", depth)
    return base + _lowered(below) + _raised(above)


def _scripts_before(element: Any, depth: int) -> str:
    below, above = _argument(element, "sub", depth), _argument(element, "sup", depth)
    if not all(each.isdecimal() or not each for each in (below, above)):
        return UNKNOWN
    return _raised(above) + _lowered(below) + _argument(element, "e", depth)


def _raised(text: str) -> str:
    if not text or text == "n":
        return "ⁿ" if text else ""
    raised = raised_digits(text)
    return raised if raised != text else f"^{_grouped(text)}"


def _lowered(text: str) -> str:
    lowered = lowered_digits(text)
    return lowered if lowered != text or not text else f"_{_grouped(text)}"


def _root(element: Any, depth: int) -> str:
    degree = _argument(element, "deg", depth)
    if degree and raised_digits(degree) == degree:
        return UNKNOWN
    sign = raised_digits(degree) if degree != "2" else ""
    return f"{sign}√{_grouped(_argument(element, 'e', depth))}"


def _large_operator(element: Any, depth: int) -> str:
    bounds = _lowered(_argument(element, "sub", depth)) + _raised(_argument(element, "sup", depth))
    return f"{_property(element, 'chr', '∫')}{bounds} {_argument(element, 'e', depth)}"


def _bracketed(element: Any, depth: int) -> str:
    inner = (_line(each, depth) for each in element.findall("{*}e"))
    inside = _property(element, "sepChr", "|").join(inner)
    return _property(element, "begChr", "(") + inside + _property(element, "endChr", ")")


def _function(element: Any, depth: int) -> str:
    argument = _argument(element, "e", depth)
    space = "" if argument.startswith("(") else " "
    return f"{_argument(element, 'fName', depth)}{space}{argument}"


def _limit(element: Any, depth: int) -> str:
    sign = "_" if local_name(element) == "limLow" else "^"
    return f"{_argument(element, 'e', depth)}{sign}{_grouped(_argument(element, 'lim', depth))}"


def _accented(element: Any, depth: int) -> str:
    base = _argument(element, "e", depth)
    is_bar = local_name(element) == "bar"
    accent = _OVERLINE if is_bar else _property(element, "chr", _HAT)
    accent = _ACCENTS.get(accent, accent)
    is_above = not is_bar or _property(element, "pos", "bot") == "top"
    is_known = is_above and len(base) == len(accent) == 1 and unicodedata.combining(accent)
    return base + accent if is_known else UNKNOWN


_WRITERS = {
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "sPre": _scripts_before,
    "rad": _root,
    "nary": _large_operator,
    "d": _bracketed,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "acc": _accented,
    "bar": _accented,
}


def _grouped(text: str) -> str:
    """Return a text in brackets, unless it stays together without."""
    return text if _SINGLE.fullmatch(text) else f"({text})"


def _property(element: Any, name: str, usual: str) -> str:
    """Return a property of an element: of `f` the one in `fPr`, and so on."""
    found: Iterator[Any] = element.iterfind(f"{{*}}{local_name(element)}Pr/{{*}}{name}")
    return next((attribute(each, "val") for each in found), usual)
