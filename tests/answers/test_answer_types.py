"""What kind of words a question asks for."""

from __future__ import annotations

import pytest

from search.answers.answer_types import answer_type_bonus, lacks_number


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("Hoeveel plekken komen er?", "Er komen een paar plekken bij.", True),
        ("Hoeveel plekken komen er?", "Er komen 40 plekken bij.", False),
        ("Hoeveel plekken komen er?", "Er komen vier plekken bij.", False),
        ("Hoeveel plekken komen er?", "Bij Natura 2000 komen er in 2021 plekken bij.", True),
        ("Hoeveel plekken komen er?", "Er komen 2.000 plekken bij.", False),
        ("Welk percentage haalt het?", "De helft haalt het.", False),
        ("Welk bedrag is er?", "Daarvoor is een bedrag uitgetrokken.", True),
        ("Wie gaat erover?", "De gemeente gaat erover.", False),
    ],
)
def test_an_amount_wants_a_number(question: str, text: str, lacks: bool) -> None:
    assert lacks_number(question, text) is lacks


def test_the_article_een_is_no_number() -> None:
    bonus = answer_type_bonus("Hoeveel kost het?")
    assert not bonus("Het is een dure maatregel.")
    assert bonus("Het kost drie miljoen.")
