"""The front matter of a Markdown file: metadata in the part of YAML that is used for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from search.dutch.dates import read_printed_date
from search.records import Metadata, Person

__all__ = ["FrontMatter", "split_front_matter"]

_LINE = re.compile(r"(?P<text>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_CONTENT = re.compile(r"(?:\w[\w .-]{0,39}:(?:\s.*)?|[ \t]*-(?:\s.*)?|[ \t].*|#.*)?")
_LONGEST = 50_000
"""Characters of front matter."""
_KEY = re.compile(r"(?P<key>\w[\w .-]{0,39}):(?:[ \t]+(?P<value>.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.+)")
_NAMES = {
    "title": ("title", "titel"),
    "subject": ("subject", "onderwerp"),
    "kind": ("type", "soort", "documenttype", "kind"),
    "issuer": ("publisher", "uitgever", "organisation", "organization", "organisatie", "issuer"),
    "date": ("date", "datum", "published", "publicatiedatum", "date_published"),
    "url": ("url", "canonical_url", "permalink", "source", "bron"),
    "licence": ("license", "licence", "licentie"),
}
"""The keys under which a field may be, the likeliest first."""
_AUTHORS = ("author", "authors", "auteur", "auteurs")
_ADDRESS = re.compile(r"https?://\S{4,500}")


class FrontMatter(NamedTuple):
    """Where the front matter of a file ends (0 if there is none), and what it says."""

    end: int
    metadata: Metadata


def split_front_matter(source: str) -> FrontMatter:
    """Return the front matter with which a file begins.

    Of YAML are read: "key: value", values that go on on indented lines, and lists ("key:" with
    "- item" under it, "key: [a, b]"). Other values are ignored.
    """
    lines = _front_lines(source)
    if not any(_KEY.fullmatch(line["text"]) for line in lines):
        return FrontMatter(0, Metadata())
    values, lists = _values([line["text"] for line in lines[1:-1]])
    return FrontMatter(lines[-1].end(), _metadata(values, lists))


def _front_lines(source: str) -> list[re.Match[str]]:
    """Return the lines of front matter with the rules around them, or nothing."""
    lines: list[re.Match[str]] = []
    if not source.startswith("---"):
        return lines
    for line in _LINE.finditer(source, 0, _LONGEST):
        text = line["text"].rstrip()
        lines.append(line)
        if len(lines) == 1:
            if text != "---":
                return []
        elif text in ("---", "..."):
            return lines
        elif not _CONTENT.fullmatch(line["text"]):
            return []
    return []


def _values(lines: Sequence[str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the value of each key that has one, and the items of each that has a list."""
    values: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    last = ""
    for line in lines:
        item, key = _ITEM.fullmatch(line), _KEY.fullmatch(line)
        if key and not line[0].isspace():
            last = key["key"].strip().lower()
            written = (key["value"] or "").strip()
            if written.startswith("[") and written.endswith("]"):
                lists[last] = [text for part in written[1:-1].split(",") if (text := _text(part))]
            else:
                values[last] = _text(written)
        elif item:
            lists.setdefault(last, []).append(_text(item["value"]))
        elif line[:1].isspace() and line.strip() and last in values and last not in lists:
            values[last] = f"{values[last]} {line.strip()}".strip()
    return values, lists


def _text(written: str) -> str:
    """Return the text that a value is, without quotation marks and comments."""
    text = written.strip()
    if len(text) > 1 and text[0] in "\"'" and text.endswith(text[0]):
        return text[1:-1].replace("''", "'").replace('\\"', '"')
    text = re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()
    return "" if text in ("|", ">", "|-", ">-", "~", "null") else text


def _metadata(values: Mapping[str, str], lists: Mapping[str, list[str]]) -> Metadata:
    """Return the metadata of the keys that are known; a key of the site's own says nothing."""
    found: dict[str, Any] = {
        name: next((values[key] for key in keys if values.get(key)), "")
        for name, keys in _NAMES.items()
    }
    if not _ADDRESS.fullmatch(found["url"]):
        found["url"] = ""
    found["date"] = read_printed_date(found["date"])
    authors = [each for key in _AUTHORS for each in (values.get(key, ""), *lists.get(key, ()))]
    people = tuple(Person(name, "auteur") for name in dict.fromkeys(authors) if name)
    return Metadata(**found, people=people)
