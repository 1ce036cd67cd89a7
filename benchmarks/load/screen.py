"""What a browser makes of the server's messages: the page's HTML, and what it keeps of it."""

from __future__ import annotations

import re
from html import unescape

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

__all__ = ["Screen", "quote_in", "trouble_in"]

_KEPT_FOR = 2
"""Runs of the script after which the browser forgets a message that was not used again."""
_BLOCKQUOTE = r'<blockquote class="kw-quote"><p>(.*?)</p></blockquote>'
_ANSWER = re.compile(rf'<section class="kw-answer".*?{_BLOCKQUOTE}', re.S)
_PASSAGE = re.compile(rf'<article class="kw-hit".*?{_BLOCKQUOTE}', re.S)
_TROUBLE = re.compile(r'<div class="kw kw-notice kw-trouble"[^>]*>(.*?)</div>', re.S)
_TAG = re.compile(r"<[^>]+>")


class Screen:
    """The page as one run of the script after another draws it.

    Large messages are kept for as long as Streamlit's own client keeps them, and the server is
    told which ones there are, so that it need not send them again.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._runs = 0
        self._html: dict[tuple[int, ...], str] = {}

    @property
    def html(self) -> str:
        """All HTML that the last run has drawn, in order of the page."""
        return "".join(html for _, html in sorted(self._html.items()))

    def kept(self) -> list[str]:
        """Return the hashes of the messages that the server may refer to."""
        return list(self._kept)

    def begin(self) -> None:
        """Begin a new run: what the last one drew is gone unless it is drawn again."""
        self._runs += 1
        self._html.clear()
        oldest = self._runs - _KEPT_FOR
        self._kept = {k: (used, m) for k, (used, m) in self._kept.items() if used >= oldest}

    def take(self, message: ForwardMsg) -> bool:
        """Handle one message; returns True if it ends the run.

        Raises KeyError when the server refers to a message that was never kept.
        """
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            _, kept = self._kept[message.ref_hash]
            self._kept[message.ref_hash] = (self._runs, kept)
            self._draw(tuple(message.metadata.delta_path), kept)
            return False
        if message.metadata.cacheable:
            self._kept[message.hash] = (self._runs, message)
        self._draw(tuple(message.metadata.delta_path), message)
        return kind == "script_finished"

    def _draw(self, place: tuple[int, ...], message: ForwardMsg) -> None:
        if message.WhichOneof("type") != "delta":
            return
        element = message.delta.new_element
        # A place holds the element that was last put there; another element replaces it.
        if element.WhichOneof("type") == "html":
            self._html[place] = element.html.body
        elif message.delta.WhichOneof("type") == "new_element":
            self._html.pop(place, None)


def quote_in(html: str) -> tuple[str, str]:
    """Return the quote of the answer card and the words of the first passage, or empty texts."""
    return _words(_ANSWER.search(html)), _words(_PASSAGE.search(html))


def trouble_in(html: str) -> str:
    """Return the text of an error message on the screen, or an empty text."""
    found = _TROUBLE.search(html)
    return " ".join(unescape(_TAG.sub(" ", found[1])).split()) if found else ""


def _words(found: re.Match[str] | None) -> str:
    return unescape(_TAG.sub("", found[1])) if found else ""
