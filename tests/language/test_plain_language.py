"""The language of one slide: found where it is plain, and nothing where it is not."""

from __future__ import annotations

import pytest

from language import detect
from language.detect import language_name, plain_language, script_of


@pytest.mark.parametrize(("code", "text"), [
    ("fi", "Miksi tämä on tärkeää? Asiakkaat kysyvät usein, miten tieto jaetaan, mutta me emme ole vielä valmiita ja se on "
           "hyvä tietää."),
    ("de", "Wir haben die Abläufe gemeinsam mit den Kollegen überarbeitet. Die Wartezeit ist auf vier Tage gesunken."),
    ("nl", "Projectleider: Sjoerd Terpstra\nDat weet iedereen die bij ons in de hal werkt, en wij vinden het prima."),
    ("fr", "Les équipes ont besoin de temps pour changer leurs habitudes. Nous avons commencé avec deux sites."),
    ("es", "Los equipos necesitan más tiempo para cambiar sus hábitos, y por eso empezamos con dos sedes este año."),
    ("it", "Le squadre hanno bisogno di tempo per cambiare le abitudini, e non sono ancora pronte per il lancio."),
    ("sv", "Det är inte så lätt att dela med sig av det man vet, men vi har börjat och det går bra för alla."),
    ("pl", "To nie jest łatwe, ale zespół już się tym zajmuje i może pomóc, jak tylko są na to środki dla nas."),
    ("en", "We moved the archive in a weekend, and that was fine for all of the people in the team who use it."),
    ("el", "Μοιραζόμαστε όσα ξέρουμε με όποιον τα χρειάζεται, και αυτό δεν είναι πάντα εύκολο."),
])
def test_a_slide_of_sentences_is_in_a_language(code: str, text: str) -> None:
    assert plain_language(text) == code


@pytest.mark.parametrize("text", [
    "", "Ok", "Wir sind stolz",
    "Kapazität\nRessourcen\nZeitplan\nBudget\nRisiken\nVerantwortliche\nMeilensteine\nQualität\nÜbergabe\nSchulung\nBetrieb",
    "Budjetti\nAikataulu\nRiskit\nVastuut\nKapasiteetti\nResurssit\nTavoitteet\nMittarit\nYhteenveto\nKysymykset\nLiitteet",
    "Anna de la Cruz | Pieter van der Berg | Hans von Stein | Maria del Carmen | Luis de los Santos | Jan de Wit | Eva van "
    "den Hoek",
    "SELECT de.id, la.name FROM de JOIN la ON de.id = la.id WHERE die = 1 AND der IS NOT NULL AND das = 3",
    "Change management, agile delivery, cloud migration, data platform, roadmap, budget, governance, stakeholders, vision",
])
def test_short_text_nouns_names_and_code_are_in_none(text: str) -> None:
    assert plain_language(text) in ("", "en")


def test_the_slide_never_asks_the_slow_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(detect, "_model", fail)
    for text in ("Kapazität Ressourcen Zeitplan Budget Risiken Verantwortliche Meilensteine Qualität " * 3, "Ok", "x " * 90):
        plain_language(text)


def test_words_of_two_languages_speak_for_neither() -> None:
    owners = detect._owners()
    assert not detect._SHARED & owners.keys()
    assert owners["het"] == ("nl",) and len(owners["de"]) > 2


def test_scripts_and_names_of_languages() -> None:
    assert script_of("知識を共有する") == "ja" and script_of("Überblick") == "" and script_of("plain") == ""
    assert language_name("fi") == "Finnish" and "xx" in language_name("xx")
