"""The pattern language of cues and names, translated into regular expressions.

    kabinet            the word, in capitals or not
    onderschrij*       a word that begins with this; *raad: that ends with this
    (mening|oordeel)   one of these; each may be several words
    ook?               a word or group that may be left out
    ...                up to six words in between; ...3: up to three
    *                  any word
    ^ and $            the beginning (or after a list number) and the end of the sentence
    <kab>              a name of the cabinet (`parties.tsv`); <adv>, <gem>, <kam>, <and> likewise
    <kab:deel|deelt>   the cabinet as the subject of one of these verbs, before or after it

A gap stays within its clause: it passes a comma, but no semicolon, colon or full stop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["compile_pattern", "needed_words", "translate"]

_TOKEN = re.compile(r"<[^<>]+>|\((?:[^()]|\([^()]*\))*\)\??|\S+")
_BETWEEN = r"[\s,]+"
_FREE = r"(?:[^\s;:?!]*[^\s;:.?!]\s+)"
"""A word of a gap with the punctuation around it."""
_LONGEST_GAP = 6


def compile_pattern(text: str, names: Mapping[str, str]) -> re.Pattern[str]:
    """Return a compiled pattern; `names` holds a regular expression for each name in <…>.

    Raise ValueError for an unknown name.
    """
    return re.compile(translate(text, names), re.IGNORECASE)


def needed_words(text: str) -> tuple[str, ...]:
    """Return pieces of words, in small letters, of which every match of the pattern holds one.

    Searching for them is many times faster than trying the pattern. Empty if it needs none.
    """
    best: tuple[str, ...] = ()
    for token in _TOKEN.findall(text):
        pieces = _needed_by(token)
        if pieces and min(map(len, pieces)) > min(map(len, best), default=0):
            best = pieces
    return best


def _needed_by(token: str) -> tuple[str, ...]:
    """Return the pieces of which a token needs one; none for a gap, a name or an optional word."""
    if token in ("^", "$", "*") or token.startswith("...") or token.endswith("?"):
        return ()
    if token.startswith("<"):
        # A name is written in many ways, but its verb as it is here.
        verbs = token[1:-1].partition(":")[2]
        found = [needed_words(each) for each in verbs.split("|")]
    elif token.startswith("("):
        found = [needed_words(each) for each in _alternatives(token[1:-1])]
    else:
        return (token.strip("*").lower(),)
    return tuple(piece for pieces in found for piece in pieces) if all(found) else ()


def translate(text: str, names: Mapping[str, str]) -> str:
    """Return a pattern as a regular expression; raise ValueError for an unknown name."""
    pieces: list[str] = []
    joined = True
    for token in _TOKEN.findall(text):
        if token == "^":
            # After the number of a list item a sentence begins too.
            pieces.append(r"\A[\s«\"'“‘(–-]*(?:(?:\d{1,2}|[a-z])[.)]\s+)?")
            continue
        if token == "$":
            pieces.append(r"[\s.»\"'”’)]*\Z")
            continue
        if token.startswith("..."):
            most = int(token[3:] or _LONGEST_GAP)
            pieces.append(f"{'' if joined else _BETWEEN}{_FREE}{{0,{most}}}?")
            joined = True
            continue
        optional = token.endswith("?") and len(token) > 1
        piece = _piece(token.removesuffix("?"), names)
        between = "" if joined else _BETWEEN
        if optional:
            # The space is optional together with the word.
            pieces.append(f"(?:{between}{piece})?" if between else f"(?:{piece}{_BETWEEN})?")
            continue
        pieces.append(between + piece)
        joined = False
    return "".join(pieces)


def _piece(token: str, names: Mapping[str, str]) -> str:
    if token.startswith("<"):
        name, _, verbs = token[1:-1].partition(":")
        if name not in names:
            raise ValueError(f"unknown name <{name}>; known are: {', '.join(sorted(names))}")
        party = names[name]
        if not verbs:
            return party
        verb = f"(?:{'|'.join(translate(each, names) for each in verbs.split('|'))})"
        near = rf"(?:{_BETWEEN}[^\s,;:.?!]+){{0,3}}?{_BETWEEN}"
        return (
            rf"(?:{party}{near}{verb}|{verb}{_BETWEEN}(?:ook |dan |hier |daar |er |zich )?{party})"
        )
    if token.startswith("("):
        inner = _alternatives(token[1:-1])
        return f"(?:{'|'.join(translate(each, names) for each in inner)})"
    return _word(token)


def _alternatives(text: str) -> list[str]:
    """Return the parts between the bars that are outside inner brackets."""
    found, depth, start = [], 0, 0
    for i, character in enumerate(text):
        depth += (character in "(<") - (character in ")>")
        if character == "|" and depth == 0:
            found.append(text[start:i])
            start = i + 1
    return [*found, text[start:]]


def _word(token: str) -> str:
    if token == "*":
        return r"[\w’'-]+"
    start = r"\w*" if token.startswith("*") else ""
    end = r"[\w’'-]*" if token.endswith("*") else ""
    word = re.escape(token.strip("*"))
    if len(word) > 1 and word.isupper():
        # An abbreviation is another word in small letters: OM and "om", NAM and "nam".
        word = f"(?-i:{word})"
    return rf"(?<![\w-]){start}{word}{end}(?![\w-])"
