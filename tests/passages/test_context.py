"""The context by which a passage is searched, besides its own words."""

from __future__ import annotations

from pathlib import Path

from search.passages import make_passages, search_text
from search.reading import read_document

LETTER = """## Vraag 1

Bent u bekend met het bericht dat de brug over de Maas wordt gesloten?

## Antwoord op vraag 1

Ja, dat bericht is bij het ministerie bekend, en er is ook met de provincie over gesproken.

## Vraag 2

Wanneer gaat de brug weer open voor het verkeer van de omliggende dorpen?

## Vraag 3

Wie betaalt de omleiding?

## Antwoord op de vragen 2 en 3

Dat is nog niet bekend; de provincie onderzoekt het en informeert de gemeenten in het voorjaar.
"""


def _contexts(folder: Path) -> dict[str, str]:
    (folder / "antwoord.md").write_text(LETTER, encoding="utf-8")
    document = read_document(folder / "antwoord.md", folder)
    passages = make_passages(document, lambda texts: [len(text.split()) for text in texts])
    return {p.text[:12]: search_text(p, document).context for p in passages}


def test_an_answer_is_found_by_the_question_that_it_answers(tmp_path: Path) -> None:
    contexts = _contexts(tmp_path)
    assert "brug over de Maas" in contexts["Ja, dat beri"]
    assert "Wanneer gaat" not in contexts["Ja, dat beri"]
    assert "Wanneer gaat de brug" in contexts["Dat is nog n"]
    assert "Wie betaalt de omleiding?" in contexts["Dat is nog n"]


def test_a_question_has_no_other_context_than_its_heading(tmp_path: Path) -> None:
    contexts = _contexts(tmp_path)
    assert contexts["Bent u beken"] == "Vraag 1"
