"""Invented letters of the cabinet at two times: some change a position, others only seem to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engine import Engine
from search.indexing import build_index
from search.settings import Settings

LETTERS = {
    "tabak-2018": (
        "2018-11-23",
        "Preventieakkoord",
        "Ik ben niet bereid de verkoop van tabak in supermarkten te verbieden. "
        "De accijns op tabak wordt verhoogd.",
    ),
    "tabak-2022": (
        "2022-12-15",
        "Tabaksontmoediging",
        "Ik zal de verkoop van tabak in supermarkten verbieden vanaf 2024. "
        "Ik zie geen reden de leeftijdsgrens voor tabak te verhogen naar 21 jaar.",
    ),
    "referendum-2018": (
        "2018-02-01",
        "Intrekking van het raadgevend referendum",
        "Het kabinet wil het raadgevend referendum afschaffen.",
    ),
    "referendum-2022": (
        "2022-10-01",
        "Referenda",
        "Ik zie geen reden het raadgevend referendum te handhaven.",
    ),
    "geluid-2019": (
        "2019-02-01",
        "Geluid langs de A20",
        "Ik ben niet bereid een geluidsscherm langs de A20 te plaatsen.",
    ),
    "geluid-2021": (
        "2021-02-01",
        "Geluid langs de A13",
        "Ik zal een geluidsscherm langs de A13 plaatsen.",
    ),
    "blikjes-2018": (
        "2018-05-01",
        "Statiegeld",
        "Ik ben niet bereid statiegeld op blikjes in te voeren.",
    ),
    "blikjes-2021": (
        "2021-02-03",
        "Zwerfafval",
        "Ik ben bereid statiegeld op blikjes in te voeren.",
    ),
    "zorg-zonder-datum": (
        "",
        "Tabak en jongeren",
        "Ik zal de verkoop van tabak in supermarkten beperken.",
    ),
}
"""Date, title and text by id; the minister of health is the issuer of each."""


@pytest.fixture(scope="session")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Open an index of the letters."""
    corpus, index = tmp_path_factory.mktemp("brieven"), tmp_path_factory.mktemp("index")
    for name, (date, title, text) in LETTERS.items():
        (corpus / f"{name}.md").write_text(
            f"# {title}\n\nGeachte voorzitter,\n\nMet deze brief informeer ik u.\n\n{text}\n",
            encoding="utf-8",
        )
        known = {
            "title": title,
            "kind": "Brief regering",
            "issuer": "Minister van Volksgezondheid, Welzijn en Sport",
            "date": date,
        }
        lines = (f'{key} = "{value}"\n' for key, value in known.items() if value)
        (corpus / f"{name}.toml").write_text("".join(lines), encoding="utf-8")
    settings = Settings(corpus, index)
    build_index(settings)
    with Engine.open(settings, reader=False) as engine:
        yield engine
