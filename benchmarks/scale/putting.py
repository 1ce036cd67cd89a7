"""Puts one document together: its file, and the records that reading the file would give."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from benchmarks.scale.pool import Unit

from search.dutch import analyse, read_date, words_of
from search.labels import official_themes
from search.passages import surroundings
from search.reading.recognition import recognise
from search.reading.titles import title_case
from search.records import (
    Block,
    Document,
    Dossier,
    Kind,
    Label,
    Metadata,
    Passage,
    Section,
    Segment,
    Sentence,
    SourceMap,
    Span,
    Theme,
    ThemeOrigin,
)

__all__ = ["Made", "Putting"]

_NO_TOPIC = -1


@dataclass(frozen=True, slots=True)
class Made:
    """A document with what an index makes of it, but for the vectors of its passages.

    `rows` gives, for each sentence of the passages in order, its row in the pool's vectors;
    `topics` the subject of each passage, by its number in the pool, -1 where none is known.
    """

    document: Document
    themes: tuple[Theme, ...]
    passages: tuple[Passage, ...]
    runs: tuple[range, ...]
    terms: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    rows: tuple[int, ...]
    topics: tuple[int, ...]


@lru_cache(maxsize=1)
def _uris() -> Mapping[str, str]:
    return {theme.label: theme.uri for theme in official_themes()}


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words_of(text))


class Putting:
    """A document as it grows: the text of the file and, beside it, the canonical text."""

    def __init__(
        self,
        path: str,
        head: Sequence[tuple[str, int]],
        head_tokens: int,
        sidecar: Mapping[str, str | Sequence[str]],
    ) -> None:
        """Begin with a head: its lines, with the rows of their vectors, and their tokens.

        The lines are those of a Kamerstuk: chamber, vergaderjaar, dossier with title, number with
        title, addressee, place and date.
        """
        self._path = path
        self._id = path.rpartition(".")[0]
        self._sidecar = sidecar
        self._text: list[str] = []
        self._length = 0
        self._source: list[str] = []
        self._source_length = 0
        self._blocks: list[Block] = []
        self._segments: list[Segment] = []
        self._paths: list[tuple[str, ...]] = [()]
        self._starts = [0]
        self._words: list[str] = []
        self._terms: list[tuple[str, ...]] = []
        self._sizes: list[int] = []
        self._rows: list[int] = []
        self._topics: list[int] = []
        self.passages: list[Passage] = []
        self._metadata = self._read_head([line for line, _ in head])
        self._add_head(head, head_tokens)

    def _read_head(self, lines: Sequence[str]) -> Metadata:
        dossier, title = lines[2][:6].replace(" ", ""), lines[2][7:]
        number, said = lines[3].removeprefix("Nr. ").split(" ", 1)
        kinds = {"BRIEF": "Brief regering", "VERSLAG": "Verslag"}
        return Metadata(
            title=title_case(said, []),
            kind=kinds.get(said.split(" ", 1)[0], "Memorie van toelichting"),
            date=read_date(lines[5]),
            chamber="II",
            vergaderjaar=lines[1].removeprefix("Vergaderjaar ").replace("–", "-"),
            dossiers=(Dossier(dossier, title),),
            ondernummer=number,
        )

    def _add_head(self, head: Sequence[tuple[str, int]], tokens: int) -> None:
        sentences = []
        for line, row in head:
            start = self._block(Kind.LETTERHEAD, line, "")
            sentences.append(Sentence(start, self._length))
            self._rows.append(row)
            self._words.extend(words_of(line))
        text = "\n".join(line for line, _ in head)
        self._passage(Kind.LETTERHEAD, sentences, tuple(analyse(text)), tokens, _NO_TOPIC)

    def heading(self, text: str, level: int) -> None:
        """Open a section, at level 1 (a chapter) or 2."""
        self._paths.append((*self._paths[-1][: level - 1], text))
        self._starts.append(self._length + 2)
        self._block(Kind.HEADING, text, "#" * (level + 1) + " ")
        self._words.extend(_words(text))

    def paragraph(self, units: Sequence[Unit], topic: int) -> None:
        """Add a paragraph of at most 200 tokens."""
        start = self._block(Kind.PARAGRAPH, " ".join(unit.text for unit in units), "")
        sentences = []
        for unit in units:
            sentences.append(_sentence(unit, start))
            start += len(unit.text) + 1
        self._add_units(Kind.PARAGRAPH, sentences, units, topic)

    def list(self, lead: Unit, items: Sequence[Unit], topic: int) -> None:
        """Add a list of at most 200 tokens with the sentence that introduces it."""
        sentences = [_sentence(lead, self._block(Kind.PARAGRAPH, lead.text, ""))]
        for item in items:
            start = self._block(Kind.LIST_ITEM, item.text, "- ")
            sentences.append(_sentence(item, start))
        self._add_units(Kind.LIST_ITEM, sentences, (lead, *items), topic)

    def finish(self, corpus: Path) -> Made:
        """Write the file and its sidecar into the corpus folder, and give the document."""
        path = corpus / self._path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join([*self._source, "\n"]).encode())
        lines = (f"{key} = {json.dumps(v, ensure_ascii=False)}" for key, v in self._sidecar.items())
        path.with_suffix(".toml").write_bytes("\n".join([*lines, ""]).encode())
        named = self._sidecar["themes"]
        themes = tuple(Theme(n, ThemeOrigin.METADATA, _uris()[n]) for n in named)
        passages = tuple(p if p.section else replace(p, theme=themes[0]) for p in self.passages)
        return Made(
            self._document(),
            themes,
            passages,
            tuple(surroundings(passages, self._sizes)),
            tuple(self._terms),
            tuple(self._words),
            tuple(self._rows),
            tuple(self._topics),
        )

    def _document(self) -> Document:
        ends = [*(start - 2 for start in self._starts[1:]), self._length]
        sections = zip(self._paths, self._starts, ends, strict=True)
        sidecar = {k: tuple(v) if k == "themes" else v for k, v in self._sidecar.items()}
        document = Document(
            id=self._id,
            path=self._path,
            text="".join(self._text),
            metadata=replace(self._metadata, **sidecar),  # type: ignore[arg-type]
            sections=tuple(Section(*each) for each in sections),
            blocks=tuple(self._blocks),
            footnotes=(),
            signatories=(),
            source_map=SourceMap(tuple(self._segments)),
        )
        # As a reader completes it, from the words of the document itself.
        name = self._path.rpartition("/")[2]
        return replace(document, metadata=recognise(document, "".join(self._source), name))

    def _block(self, kind: Kind, text: str, mark: str) -> int:
        """Append a block to both texts, in the file with its mark, and return where it begins."""
        if self._blocks:
            before = self._blocks[-1].kind
            between = _separator(before, kind)
            self._text.append(between)
            self._length += len(between)
            in_list = before is kind is Kind.LIST_ITEM
            mark = ("\n" if in_list else "\n\n") + mark
        start = self._length
        self._text.append(text)
        self._length += len(text)
        self._source += (mark, text)
        at = self._source_length + len(mark)
        self._source_length = at + len(text)
        self._segments.append(Segment(start, len(text), at, len(text)))
        self._blocks.append(Block(kind, start, self._length, len(self._paths) - 1))
        return start

    def _add_units(
        self, kind: Kind, sentences: Sequence[Sentence], units: Sequence[Unit], topic: int
    ) -> None:
        terms: list[str] = []
        for unit in units:
            terms += unit.terms
            self._words += unit.words
            self._rows.append(unit.row)
        self._passage(kind, sentences, tuple(terms), sum(unit.tokens for unit in units), topic)

    def _passage(
        self,
        kind: Kind,
        sentences: Sequence[Sentence],
        terms: tuple[str, ...],
        tokens: int,
        topic: int,
    ) -> None:
        start, end = sentences[0].start, sentences[-1].end
        path = self._paths[-1]
        held = "".join(self._text[self._parts_back(start) :])
        chapter = Theme(path[0], ThemeOrigin.STRUCTURE) if path else Theme("", ThemeOrigin.METADATA)
        self.passages.append(
            Passage(
                id=len(self.passages),
                document=self._id,
                kind=kind,
                start=start,
                end=end,
                text=held,
                section=path,
                sentences=tuple(sentences),
                theme=chapter,
            )
        )
        self._terms.append(terms)
        self._sizes.append(tokens)
        self._topics.append(topic)

    def _parts_back(self, start: int) -> int:
        """Return the part of the text that begins at `start`."""
        at, number = self._length, len(self._text)
        while at > start:
            number -= 1
            at -= len(self._text[number])
        return number


def _separator(before: Kind, after: Kind) -> str:
    """Return what the reader puts between two blocks."""
    if after is Kind.LIST_ITEM:
        return "\n"
    return "\n" if before is after is Kind.LETTERHEAD else "\n\n"


def _sentence(unit: Unit, start: int) -> Sentence:
    """Put a sentence at a place of the text, the cues of its label with it."""
    label: Label | None = unit.label
    if label and label.cues and start:
        label = replace(
            label, cues=tuple(Span(start + cue.start, start + cue.end) for cue in label.cues)
        )
    return Sentence(start, start + len(unit.text), label)
