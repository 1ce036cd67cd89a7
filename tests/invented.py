"""Two invented cabinet reactions, each in another layout than the letter of the corpus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engine import Engine
from search.indexing import build_index
from search.settings import Settings

ONE_BY_ONE = """# Kabinetsreactie op het advies Water bij de bron

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 3 juni 2024

## Inleiding

Op 2 april 2024 heeft de Raad voor de leefomgeving en infrastructuur (Rli) het advies Water bij de
bron uitgebracht. Met deze brief reageert het kabinet op het advies.

## Aanbeveling 1: Leg waterbergingen aan bij nieuwe woonwijken

De Rli adviseert om gemeenten te verplichten bij elke nieuwe woonwijk een waterberging aan te
leggen. De kosten daarvan zouden door het Rijk gedragen moeten worden.

### Reactie

Het kabinet onderschrijft het belang van waterbergingen bij nieuwe wijken en neemt deze aanbeveling
over. In 2025 zal het kabinet de bouwregels hiervoor aanpassen.

## Aanbeveling 2: Voer een heffing op grondwater in

De Rli pleit voor een landelijke heffing op het oppompen van grondwater door bedrijven.

### Reactie

Het kabinet wijst een landelijke heffing op grondwater af. Zo'n heffing zou bedrijven in droge
provincies onevenredig zwaar treffen.

## Aanbeveling 3: Stel een deltacommissaris voor zoet water aan

De Rli beveelt aan een aparte commissaris voor zoet water aan te stellen.

### Reactie

De besluitvorming over een aparte commissaris laat het kabinet over aan een volgend kabinet.

## Aanbeveling 4: Meet de bodemdaling in veengebieden jaarlijks

### Reactie

Het kabinet laat eerst onderzoeken wat een jaarlijkse meting van de bodemdaling zou opleveren.

## Aanbeveling 5

De Rli raadt aan alle rioolstelsels binnen tien jaar te vernieuwen.
"""

LIST_FIRST = """# Kabinetsreactie op het rapport Bibliotheken in beweging

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Utrecht, 9 september 2023

## Het advies

De Raad voor Cultuur stelt vast dat bibliotheken onder druk staan. De raad doet vier aanbevelingen:

1. Maak het lidmaatschap van de bibliotheek gratis voor studenten tot 27 jaar.
2. Open in iedere gemeente een bibliotheek die ook op zondag toegankelijk is.
3. Leid bibliothecarissen op in digitale vaardigheden en het herkennen van desinformatie.
4. Verhoog de leenvergoeding voor schrijvers en vertalers van jeugdboeken.

## Appreciatie

Het kabinet heeft waardering voor het gedegen rapport van de raad.

### Digitale vaardigheden

Het kabinet onderschrijft het belang van digitale vaardigheden bij bibliothecarissen. Daarom zal het
kabinet vanaf volgend jaar opleidingen bekostigen die desinformatie leren herkennen.

### Gratis lidmaatschap

Het kabinet ziet geen ruimte om het lidmaatschap van de bibliotheek gratis te maken voor studenten.
Het kabinet neemt deze aanbeveling daarom niet over.

### Schrijvers en vertalers

Het kabinet zal laten onderzoeken of de leenvergoeding voor schrijvers en vertalers verhoogd kan
worden.

### Openingstijden

Of er in iedere gemeente een bibliotheek op zondag open kan, is aan een volgend kabinet.

## Tot slot

Het kabinet stuurt uw Kamer in het voorjaar een voortgangsbrief.
"""


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Open an index of the two invented documents."""
    corpus = tmp_path_factory.mktemp("verzonnen")
    (corpus / "een-voor-een.md").write_text(ONE_BY_ONE, "utf-8")
    (corpus / "lijst-vooraf.md").write_text(LIST_FIRST, "utf-8")
    (corpus / "geen-advies.md").write_text("# Brief\n\nHet zwembad is open.\n", "utf-8")
    index = tmp_path_factory.mktemp("index-verzonnen")
    build_index(Settings(corpus, index))
    opened = Engine.open(Settings(corpus, index))
    yield opened
    opened.close()
