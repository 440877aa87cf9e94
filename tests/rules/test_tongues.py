"""The language of each block, and what follows from it: dictionaries, models, and what is said of slides without one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from content.document import Block, Document, Part, Source, Unit
from content.finding import Category, Finding, Severity
from content.settings import Settings
from rules import natural, scan_text
from rules.catalogue import catalogue
from rules.customers import CustomerList
from rules.dutch import dutch_word
from rules.engine import document_of, run
from rules.tongues import languages_of, tongues_of

ENGLISH = "We moved the archive in a weekend, and that was fine for all of the people in the team who use it every day."
GERMAN = ("Wir haben die Abläufe gemeinsam mit den Kollegen aus dem Lager überarbeitet. Die Wartezeit ist von neun auf vier "
          "Tage gesunken.")
FINNISH = ("Asiakkaat kysyvät usein, miten tieto jaetaan, mutta me emme ole vielä valmiita. Suunnitelma on tehty ja se "
           "otetaan käyttöön keväällä, kun kaikki ovat mukana.")
DUTCH = "Wij hebben het werk anders verdeeld, en dat bevalt. Het team heeft nu zelf de regie over het rooster van de week."


def deck(*slides: str | Sequence[str], language: str = "en", part: Part = Part.BODY) -> Document:
    """A deck with one slide for each text; a sequence is a slide of several blocks."""
    units = []
    for number, slide in enumerate(slides, start=1):
        texts = [slide] if isinstance(slide, str) else list(slide)
        units.append(Unit(number=number, kind="slide", blocks=tuple(
            Block(id=f"s{number}.b{n}", part=part, text=text) for n, text in enumerate(texts, start=1))))
    return Document(id="0" * 64, source=Source(name="deck.pptx", sha256="0" * 64, media_type="x", bytes=1),
                    language=language, units=tuple(units))


def findings(document: Document) -> tuple[Finding, ...]:
    return run(document, CustomerList.empty(), Settings(), catalogue(), names=True)


def unread(document: Document) -> list[Finding]:
    return [found for found in findings(document) if found.category is Category.UNREAD]


def test_blocks_are_in_their_own_language_their_slides_or_the_documents() -> None:
    document = deck(ENGLISH, [GERMAN, "Nächste Schritte"], [ENGLISH, DUTCH], "Roadmap")
    assert tongues_of(document) == {"s2.b1": "de", "s2.b2": "de", "s3.b2": "nl"}
    assert languages_of(document) == {"en", "de", "nl"}


@pytest.mark.parametrize(("text", "code"), [
    ("Klant: wil snelheid en gemak", "nl"), ("Verandermanagement", "nl"), ("het wachtwoord is gewijzigd", "nl"),
    ("Change Management", "en"), ("The password was changed", "en"), ("Agenda", "en"), ("Tolvberg", "en"), ("12 345", "en"),
    (DUTCH, "nl"), (ENGLISH, "en"),
])
def test_a_bare_text_is_recognised(text: str, code: str) -> None:
    assert tongues_of(document_of(text)).get("s1.b1", "en") == code


def test_one_low_finding_names_the_slides_without_a_model() -> None:
    [found] = unread(deck(ENGLISH, ENGLISH, GERMAN, GERMAN, ENGLISH, FINNISH, ENGLISH, GERMAN, ENGLISH))
    assert (found.rule, found.severity, found.unit) == ("unread.names", Severity.LOW, 3)
    assert found.why.startswith("Slides 3, 4 and 8 are German, slide 6 is Finnish.")
    assert "de_core_news_sm, fi_core_news_sm" in found.suggestion


def test_a_document_in_one_language_is_said_as_a_whole() -> None:
    [found] = unread(deck(DUTCH, DUTCH, "Samen Werken Aan Morgen", language="nl"))
    assert found.why.startswith("The text is Dutch.")


@pytest.mark.parametrize("slide", [
    "Wir sind stolz", "Kapazität\nRessourcen\nZeitplan\nBudget\nRisiken\nVerantwortliche\nMeilensteine\nQualität",
    "Anna de la Cruz | Pieter van der Berg | Hans von Stein | Maria del Carmen | Luis de los Santos | Jan de Wit",
    "def der(die, das):\n    return {und: ist for und in die}\nclass Wir:\n    pass", "Bonjour!", "Voilà: le jour J",
    "https://de.example.org/der/die/das/und/ist", ENGLISH,
])
def test_nothing_is_said_of_short_slides_nouns_names_and_code(slide: str) -> None:
    assert unread(deck(ENGLISH, slide, ENGLISH)) == []


def test_a_model_is_asked_for_the_blocks_of_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, list[str]] = {}

    def parse(texts: Sequence[str], language: str, *, names: bool = False) -> list[None]:
        assert names
        asked[language] = list(texts)
        return [None] * len(texts)

    monkeypatch.setattr(natural, "has_model", lambda language: language in ("en", "de"))
    monkeypatch.setattr(natural, "parse", parse)
    document = deck(ENGLISH, GERMAN, FINNISH)
    blocks = list(document.blocks())
    docs = natural.parse_blocks(blocks, "en", tongues_of(document))
    assert asked == {"en": [ENGLISH], "de": [GERMAN]} and set(docs) == {"s1.b1", "s2.b1"}


def test_rules_work_on_dutch_slides_of_an_english_deck_and_the_other_way_round() -> None:
    mixed = "Het wachtwoord van de wifi is Egel2023! en dat weet iedereen die bij ons in de hal werkt."
    assert "credential.password" in {found.rule for found in findings(deck(ENGLISH, mixed))}
    english = "The wifi password is Tiger42! and all of the people who work in this hall know that."
    assert "credential.password" in {found.rule for found in findings(deck(DUTCH, english, language="nl"))}


def test_the_same_word_is_read_in_the_language_of_its_slide() -> None:
    """"Kok" is a family name in English and a cook in Dutch."""
    found = {f.text for f in findings(deck(ENGLISH, DUTCH + "\nDe Kok zet het menu op het bord"))}
    assert "Kok" not in found and "De Kok" not in found
    assert "Petra Kok" in {f.text for f in findings(deck(ENGLISH, DUTCH + "\nDaarna sprak Petra Kok met de wijk"))}


@pytest.mark.parametrize(("text", "name"), [
    ("MET DANK AAN LINDA VAN DER BEEK", "LINDA VAN DER BEEK"), ("mevrouw Ter Weel belde terug", "Ter Weel"),
    ("Overleg met ing. S. Hoogland over het dak", "S. Hoogland"), ("Notulist: Wei Jong", "Wei Jong"),
    ("Dit hoorden we van Gijsbert 't Lam", "Gijsbert 't Lam"), ("Groet, Noortje", "Noortje"),
    ("Daarna belde Lotte over de sleutels", "Lotte"),
])
def test_dutch_names(text: str, name: str) -> None:
    assert name in {f.text for f in scan_text(text) if f.category is Category.PERSON}


@pytest.mark.parametrize(("text", "name"), [
    ("De gemeente Oudebeek doet mee", "gemeente Oudebeek"), ("Drukkerij Vosseloo levert op tijd", "Drukkerij Vosseloo"),
    ("Samen met de Technische Universiteit Hooglede", "Technische Universiteit Hooglede"),
    ("Wij bouwden dit met Vereniging Mooi en Groen", "Vereniging Mooi en Groen"),
    ("Leverancier Drumolux levert de lampen", "Drumolux"), ("Wasserij Brons VZW wast alles", "Wasserij Brons VZW"),
])
def test_dutch_organisations(text: str, name: str) -> None:
    assert name in {f.text for f in scan_text(text) if f.category is Category.ORGANISATION}


@pytest.mark.parametrize("text", [
    "De school in de wijk begint om negen uur", "Gemeente Centraal", "Stichting of vereniging?", "Partner in verandering",
    "Klant aan het woord", "De Raad van Bestuur vergadert op donderdag", "Bank voor de lunch: zie intranet",
    "Onze Aanpak In Vijf Stappen", "Actie: planning maken", "Wie: alle teamleiders", "In april volgt de evaluatie",
    "Het centrum van de stad is autovrij", "WAT LEERT DE ZORG VAN DE LUCHTVAART?", "Beste werkgever van het jaar",
])
def test_dutch_lines_that_name_nobody(text: str) -> None:
    assert [f.text for f in scan_text(text) if f.category in (Category.PERSON, Category.ORGANISATION)] == []


@pytest.mark.parametrize(("word", "known"), [
    ("verandermanagement", True), ("klanttevredenheidsonderzoek", True), ("brieven", True), ("lopen", True), ("bommen", True),
    ("molenkamp", False), ("tolvberg", False), ("a" * 100_000, False), ("mede-eigenaar", True),
])
def test_dutch_words_by_list_inflection_and_parts(word: str, known: bool) -> None:
    assert dutch_word(word) is known
