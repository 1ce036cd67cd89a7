"""The pattern language of cues, the names in a sentence, and who speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.labels.context import question_flags, section_flags
from search.labels.grammar import asks_for_research, find_cues
from search.labels.parties import Role, find_mentions, mask, name_patterns, speaker
from search.labels.patterns import compile_pattern
from search.records import Holder, Stance


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("onderschrij*", "Wij onderschrijven dit", True),
        ("onderschrij*", "handonderschrijf", False),
        ("(mening|oordeel) niet", "die mening niet", True),
        ("ik deel ... niet", "Ik deel de mening van het lid niet.", True),
        ("ik deel ...2 niet", "Ik deel de mening van het lid niet.", False),
        ("ik deel ... niet", "Ik deel dit; hij deelt dat niet.", False),
        ("zeer? eens", "het eens", True),
        ("^ Nee", "«Nee, dat niet.»", True),
        ("^ Nee", "Dus nee", False),
        ("^ Verhoog", "4. Verhoog de leenvergoeding.", True),
        ("bereid $", "Daartoe ben ik bereid.", True),
        ("OM", "om te beginnen", False),
        ("OM", "Het OM beslist", True),
        ("raad van *", "de raad van toezicht", True),
    ],
)
def test_the_language_of_cues(pattern: str, text: str, found: bool) -> None:
    assert bool(compile_pattern(pattern, {}).search(text)) is found


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown name <xyz>"):
        compile_pattern("<xyz> stelt", name_patterns())


@pytest.mark.parametrize(
    ("sentence", "holder", "role"),
    [
        ("De WRR stelt dat gemeenten meer moeten doen.", Holder.ADVISOR, Role.SUBJECT),
        ("Daarom pleit de WRR voor meer ruimte.", Holder.ADVISOR, Role.SUBJECT),
        ("Volgens de VNG is dat niet nodig.", Holder.MUNICIPALITIES, Role.SOURCE),
        ("Uit onderzoek van de politie blijkt dat.", Holder.OTHER, Role.SOURCE),
        ("Zoals bekend heb ik daarover gesproken.", Holder.CABINET, Role.SUBJECT),
        ("De afspraken worden door het OM gemaakt.", Holder.OTHER, Role.AGENT),
    ],
)
def test_who_speaks(sentence: str, holder: Holder, role: Role) -> None:
    found = speaker(find_mentions(sentence))
    assert found is not None
    assert (found.holder, found.role) == (holder, role)


def test_a_cabinet_to_come_is_named_apart() -> None:
    names = [m.name for m in find_mentions("Het is aan een volgend kabinet, niet aan dit kabinet.")]
    assert names == ["volgend kabinet", "kabinet"]


@given(st.text(alphabet="deWRkabintOM voglsu.,;«»", max_size=80))
def test_a_mask_keeps_every_place(text: str) -> None:
    mentions = find_mentions(text)
    masked = mask(text, mentions)
    assert len(masked) == len(text)
    for mention in mentions:
        assert len(set(masked[mention.span.start : mention.span.end])) == 1


def test_a_cue_counts_in_its_situation_alone() -> None:
    yes = mask("Ja.", [])
    assert Stance.SUPPORT in {f.cue.stance for f in find_cues(yes, {"q:mening"})}
    assert Stance.SUPPORT not in {f.cue.stance for f in find_cues(yes, {"q:kennis"})}
    assert Stance.EXPLANATION in {f.cue.stance for f in find_cues(yes, {"q:kennis"})}


@pytest.mark.parametrize(
    ("question", "flag"),
    [
        ("Kent u het bericht?", "q:kennis"),
        ("Deelt u de mening dat dit niet kan?", "q:mening"),
        ("Bent u het eens met de stelling dat dit te veel is?", "q:mening"),
        ("Bent u daarom bereid om dit te onderzoeken?", "q:bereid"),
        ("Hoe beoordeelt u dit?", "q:oordeel"),
        ("Hoeveel meldingen zijn er gedaan?", "q:feit"),
        ("Waarom is daarvoor gekozen?", "q:waarom"),
    ],
)
def test_kinds_of_question(question: str, flag: str) -> None:
    assert flag in question_flags(question)


def test_the_deepest_heading_decides() -> None:
    assert section_flags(("Het rapport", "Reactie van het kabinet")) == {"s:reactie"}
    assert section_flags(("Het rapport", "Beleidsopgave")) == {"s:rapport"}
    assert section_flags(("Thema 4: Migratiebeleid",)) == frozenset()


def test_advice_to_find_out_is_told_from_advice_to_do() -> None:
    assert asks_for_research("De WRR adviseert deze optie verder te onderzoeken.")
    assert not asks_for_research("De WRR pleit voor latere selectie.")
