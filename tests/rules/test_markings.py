"""Marks are told from sentences by where they stand: alone, in a margin, in brackets, behind a dash, beside a name."""

from __future__ import annotations

import pytest

from content.document import Part
from content.finding import Category
from rules import scan_text
from rules.catalogue import catalogue
from rules.rule import Example
from rules.trial import try_example


def marked(text: str, part: Part = Part.BODY) -> bool:
    return any(finding.category is Category.CONFIDENTIAL
               for finding in try_example(Example(text=text, part=part), catalogue()))


@pytest.mark.parametrize("text", [
    "Velmora Confidential", "CONFIDENTIAL – board only", "Costs of the northern branch in the coming winter (draft)",
    "What we found in the cellar - strictly confidential", "Confidential: the new site", "INTERN",
    "Stuk voor de raad, niet openbaar", "© Velmora – Internal",
])
def test_marks(text: str) -> None:
    assert marked(text)


@pytest.mark.parametrize("text", [
    "Why we keep things confidential", "Secret: fresh basil", "The confidential clerk, a play", "Intern", "Internal",
    "Concept: samen sterker", "Restricted access to the vault",
])
def test_words_of_a_sentence_or_heading_are_no_marks(text: str) -> None:
    assert not marked(text)


def test_a_single_word_is_a_mark_in_a_footer() -> None:
    assert marked("Internal", Part.FOOTER)


@pytest.mark.parametrize("text", ["Please do not forward.", "No screenshots, please", "Told in confidence by the vendor",
                                  "They would rather not be named", "Niet publiceren voor donderdag"])
def test_wishes_said_in_words_are_found(text: str) -> None:
    assert any(finding.category is Category.CONFIDENTIAL for finding in scan_text(text))
