"""Dutch words that say nothing about the subject of a text: data, not code."""

from __future__ import annotations

__all__ = ["STOP_WORDS"]

STOP_WORDS = frozenset(
    # articles, pronouns
    "de het een ene der des den ter ten te ik jij je u hij zij ze wij we jullie mij me jou hem "
    "haar ons hun hen zich mijn jouw uw zijn onze dit dat deze die dien dier wie wat welk welke "
    "zulk zulke zo zelf elk elke ieder iedere men iemand niemand iets niets alles er hier daar "
    "waar ergens "
    # prepositions and their pronominal forms
    "aan achter af bij binnen boven buiten door in langs met na naar naast om onder op over per "
    "rond sinds te tegen ten ter tijdens tot tussen uit van vanaf vanuit via volgens voor "
    "voorbij wegens zonder ervan eraan erop erover ervoor erbij erin ermee eruit hierin hieraan "
    "hierop hierover hiervoor hierbij hiervan hiermee daarin daaraan daarop daarover daarvoor "
    "daarbij daarvan daarmee waarin waaraan waarop waarover waarvoor waarbij waarvan waarmee "
    "waardoor waarom waarna "
    # conjunctions, adverbs
    "en of maar want dus noch dan als toen omdat doordat hoewel terwijl zodat mits tenzij "
    "indien ook nog al wel niet geen nu toch eens even heel zeer te meer meest veel weinig vaak "
    "soms altijd nooit weer reeds echter verder voorts tevens bovendien daarom daarnaast "
    "daardoor namelijk immers overigens zowel alsmede evenals onder andere hoe wanneer waarheen "
    "hoeveel "
    # auxiliaries
    "ben bent is was waren geweest zijn zij wees heb hebt heeft hebben had hadden gehad word "
    "wordt worden werd werden geworden zal zult zullen zou zouden kan kun kunt kunnen kon "
    "konden gekund mag mogen mocht mochten moet moeten moest moesten wil wilt willen wilde "
    "wilden doe doet doen deed deden gedaan laat laten ga gaat gaan ging gingen komt komen "
    "blijft blijven".split()
)
