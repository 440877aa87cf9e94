"""A slide with an open mark of confidentiality gives nothing to write from until somebody decided on the mark."""

from __future__ import annotations

import pytest

from content.decision import Action, Decision
from content.document import Block, Document, Part, Source, Unit
from content.settings import Settings
from rules.clearing import Clearing, clear
from rules.customers import CustomerList
from rules.engine import scan


def talk(marks: dict[int, tuple[Part, str]], kind: str = "slide", language: str = "en") -> Document:
    units = tuple(Unit(number=n, kind=kind, title=f"Ferry {n}", blocks=tuple(
        Block(id=f"s{n}.b{place}", part=part, text=text) for place, (part, text) in enumerate((
            (Part.TITLE, f"Ferry {n}"), (Part.BODY, f"The ferry of pier {n} leaves when the tide turns."), *(
                [marks[n]] if n in marks else [])), start=1))) for n in range(1, 10))
    return Document(id="d" * 64, source=Source(name="ferries.pptx", sha256="d" * 64, media_type="x/y", bytes=1), language=language,
                    title="Ferries", units=units)


def cleared(document: Document, *decisions: Decision) -> Clearing:
    return clear(document, scan(document, CustomerList.empty(), Settings()), decisions, Settings(), CustomerList.empty())


@pytest.mark.parametrize(("language", "part", "mark"), [
    ("en", Part.BODY, "CONFIDENTIAL"), ("en", Part.FOOTER, "Strictly confidential"), ("nl", Part.BODY, "Vertrouwelijk"),
    ("nl", Part.NOTES, "Alleen voor intern gebruik"), ("en", Part.BODY, "TLP:AMBER"), ("en", Part.BODY, "Please do not distribute."),
    ("nl", Part.BODY, "Niet verspreiden")])
def test_a_marked_slide_waits_whole(language, part, mark):
    made = cleared(talk({4: (part, mark)}, language=language))
    assert made.open and made.cleared.left_out == {4: "waiting"}
    assert not any("pier 4" in block.text for _, block in made.cleared.blocks())
    # Its other words are no secret of theirs: the gate does not hunt for them.
    assert not any("tide" in each.text for each in made.withheld.strings)


def test_what_is_decided_on_does_not_wait():
    document = talk({4: (Part.BODY, "CONFIDENTIAL")})
    (open_,) = {each.group for each in cleared(document).open}
    for action in (Action.KEEP, Action.REMOVE):
        made = cleared(document, Decision(group=open_, action=action, by="Ilse", reason="It is public by now"))
        assert made.cleared.left_out == {} and any("pier 4" in block.text for _, block in made.cleared.blocks())


@pytest.mark.parametrize(("marks", "kind"), [
    ({1: (Part.BODY, "CONFIDENTIAL")}, "slide"),  # of the whole file
    (dict.fromkeys(range(1, 10), (Part.FOOTER, "Confidential")), "slide"),  # of the template
    ({4: (Part.BODY, "CONFIDENTIAL")}, "section"),  # of a document, which has no slides
    ({4: (Part.NOTES, "Please keep this between us.")}, "slide"),  # a sentence, which goes alone
    ({4: (Part.BODY, "The timetable of the winter ferries is not yet published, so ask at the pier.")}, "slide"),
])
def test_a_mark_of_the_file_and_a_sentence_hold_the_pack_alone(marks, kind):
    made = cleared(talk(marks, kind))
    assert made.open and made.cleared.left_out == {}
    assert any("pier 4" in block.text for _, block in made.cleared.blocks())
