"""A sentence that is nothing without the one before it is told from one that begins anew. All sentences are invented."""

from __future__ import annotations

import pytest

from language.leaning import announces, elliptic, leaning


@pytest.mark.parametrize(("language", "text"), [
    ("en", "And if it does, we sail."), ("en", "Yes."), ("en", "No, and nobody asked."), ("en", "We don't know."),
    ("en", "The new pier: roughly four times that."), ("en", "Not yet."), ("en", "Why not?"), ("en", "They couldn't either."),
    ("nl", "En als dat zo is, varen we uit."), ("nl", "Ja."), ("nl", "Nee, en niemand vroeg ernaar."),
    ("nl", "Dat weten we niet."), ("nl", "De nieuwe steiger: ruwweg vier keer zoveel."), ("nl", "Nog niet."),
])
def test_an_answer_and_an_ellipsis_are_nothing_alone(language: str, text: str) -> None:
    assert elliptic(text, language)
    assert leaning(text, language)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "This matters to every ferry."), ("en", "That is why the pier was closed."), ("en", "But the boats stayed."),
    ("en", "For instance, a rope of nine metres."), ("en", "Half a day."), ("nl", "Daarom ging de steiger dicht."),
    ("nl", "Maar de boten bleven."), ("nl", "Het kostte negen weken."), ("nl", "Bijvoorbeeld een touw van negen meter."),
])
def test_what_takes_a_word_up_leans_and_is_no_ellipsis(language: str, text: str) -> None:
    assert leaning(text, language)
    assert not elliptic(text, language)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "It is hard to tie a boat in the dark."), ("en", "This year the ferry has a roof."), ("en", "So what should a pilot do?"),
    ("en", "And the pilot counted the guests again."), ("en", "If you own a boat, tie it."), ("en", "Nobody knows where the rope is."),
    ("en", "Lunch was late."), ("nl", "Het is lastig om in het donker een boot vast te leggen."),
    ("nl", "Dit jaar heeft de pont een dak."), ("nl", "Als je een boot hebt, leg hem vast."), ("nl", "De gids telde de gasten."),
    ("fr", "Oui."),
])
def test_what_begins_anew_does_not_lean(language: str, text: str) -> None:
    assert not leaning(text, language)


def test_a_pronoun_for_a_person_leans_only_where_nobody_can_have_been_named() -> None:
    assert leaning("She tied the boat herself.", "en")
    assert not leaning("She tied the boat herself.", "en", alone=False)
    assert leaning("Hij legde de boot zelf vast.", "nl")
    assert not leaning("Hij legde de boot zelf vast.", "nl", alone=False)


def test_a_lead_in_and_a_question_for_a_figure_announce_what_follows() -> None:
    assert announces("Three ropes are needed:", "en")
    assert announces("And what does a ferry cost?", "en")
    assert announces("Hoeveel kost een pont?", "nl")
    assert not announces("Where does the ferry land?", "en")
