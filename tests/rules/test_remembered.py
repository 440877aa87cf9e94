"""What was decided stays decided when a deck is only rearranged, and nothing else is ever settled by it."""

from __future__ import annotations

import hashlib
import random
from datetime import date

import pytest

from content.decision import Action, Decision, Remember, Scope
from content.document import Block, Document, Part, Source, Unit
from content.finding import Category, Finding
from content.settings import Settings
from rules.customers import CustomerList
from rules.engine import scan
from rules.remembered import Kept, Memory, marks, recall

CUSTOMERS = CustomerList.of(("Halden Foods", "Castellan Pharmacies", "Varndale Logistics"))
SLIDES = (
    "Halden Foods asked us twice on slide 4 of 20.", "We met Maria Kowalczyk at the depot.", "Write to jan@plumwood.example.",
    "Our revenue will be € 4.2 million next year.", "The line of Halden Foods is long.", "Castellan Pharmacies was glad.",
    "We answer within four minutes, guaranteed.", "Plumwood | Confidential | 7", "HALDEN FOODS, a year later",
    "Daniel Harcourt was off sick for three months.", "Nothing to see here, we only wait.", "The password is Zw3lb!Plog7.",
)


def deck(slides: list[str], title: str = "How we listened", salt: str = "") -> Document:
    digest = hashlib.sha256((repr(slides) + salt).encode()).hexdigest()
    return Document(id=digest, source=Source(name="talk.pptx", sha256=digest, media_type="x", bytes=1), title=title, units=tuple(
        Unit(number=number, kind="slide", blocks=(Block(id=f"s{number}.b1", part=Part.BODY, text=text),))
        for number, text in enumerate(slides, start=1)))


def found(document: Document) -> tuple[Finding, ...]:
    """What people decide about; what would help the title is looked at on its own."""
    return tuple(each for each in scan(document, CUSTOMERS, Settings()) if each.category is not Category.QUALITY)


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def memory(document: Document, findings: tuple[Finding, ...], scope: Scope, action: Action = Action.KEEP,
           text: str | None = None) -> Memory:
    kept = {}
    for finding in findings:
        labels = {finding.label, finding.text} if finding.category is Category.CUSTOMER else ()
        for mark in marks(finding, document, scope, labels):
            kept[hashed(mark)] = Kept(finding.group, scope, finding.category, action, text, "fine", "Pia", "2026-01-05", None, "Pia")
    return Memory(kept, hashed)


def test_a_rearranged_deck_raises_nothing_anew() -> None:
    before = deck(list(SLIDES))
    findings = scan(before, CUSTOMERS, Settings())
    assert len({each.category for each in findings}) >= 7
    known = memory(before, findings, Scope.WORDS)
    for seed in range(12):
        draw = random.Random(seed)
        slides = [f"A new slide of round {seed}.", *SLIDES, "And one more that says little."]
        draw.shuffle(slides)
        number = draw.randint(1, 90)
        slides = [slide.replace("slide 4 of 20", f"Slide {number}  of {number + 9}").replace("| 7", f"| {number}") for slide in slides]
        after = deck(slides, title=f"Another talk {seed}")
        again = found(after)
        left = [each for each in again if each.id not in recall(again, after, known).settled]
        assert left == [], seed


def test_blanks_and_capitals_change_nothing_and_text_around_it_may_change() -> None:
    before = deck(["We like to listen. Halden Foods asked us twice. It was warm."])
    known = memory(before, found(before), Scope.WORDS)
    after = deck(["Halden  foods asked us TWICE. And then it rained for days."])
    assert {each.category for each in found(after)} == {Category.CUSTOMER}
    assert recall(found(after), after, known).settled == {each.id for each in found(after)}


@pytest.mark.parametrize("changed", [
    "Castellan Pharmacies asked us twice.", "Halden Foods asked us once.", "Varndale Logistics and Halden Foods asked us twice."])
def test_another_customer_or_sentence_is_new(changed: str) -> None:
    before = deck(["Halden Foods asked us twice."])
    known = memory(before, found(before), Scope.WORDS)
    after = deck([changed])
    assert found(after)
    assert recall(found(after), after, known).settled == frozenset()


def test_another_customer_with_the_same_spelling_is_new() -> None:
    before = deck(["Halden Foods is here. Halden asked us twice."])
    known = memory(before, found(before), Scope.EVERYWHERE)
    others = CustomerList.of(("Halden Shipping",))
    after = deck(["Halden Shipping is here. Halden asked us twice."])
    findings = [each for each in scan(after, others, Settings()) if each.category is Category.CUSTOMER]
    assert findings
    assert recall(findings, after, known).settled == frozenset()


def test_another_figure_is_new_where_figures_are_what_was_decided() -> None:
    before = deck(["Our revenue will be € 4.2 million next year."])
    known = memory(before, found(before), Scope.WORDS)
    after = deck(["Our revenue will be € 9.7 million next year."])
    assert any(each.category is Category.FIGURES for each in found(after))
    assert recall(found(after), after, known).settled == frozenset()


def test_another_category_is_new() -> None:
    before = deck(["Halden Foods asked us twice."])
    finding = found(before)[0]
    known = memory(before, (finding,), Scope.EVERYWHERE)
    other = finding.model_copy(update={"category": Category.ORGANISATION})
    assert recall((other,), before, known).settled == frozenset()
    assert recall((finding,), before, known).settled == {finding.id}


def test_document_scope_holds_in_the_file_and_in_the_talk_only() -> None:
    before = deck(["Halden Foods asked us twice."])
    known = memory(before, found(before), Scope.DOCUMENT)
    for after, settled in ((deck(["Halden Foods came back."]), True), (deck(["Halden Foods came back."], "HOW we  listened"), True),
                           (deck(["Halden Foods came back."], "Another talk"), False)):
        assert bool(recall(found(after), after, known).settled) is settled


@pytest.mark.parametrize("title", ["", "Presentation", "PowerPoint Presentation", "Untitled 2", "Slide 1", "Microsoft Word - a.doc"])
def test_a_title_that_says_nothing_joins_no_talks(title: str) -> None:
    before = deck(["Halden Foods asked us twice."], title)
    known = memory(before, found(before), Scope.DOCUMENT)
    after = deck(["Halden Foods came back."], title)
    assert recall(found(after), after, known).settled == frozenset()


def test_everywhere_is_everywhere_once_confirmed() -> None:
    kept = Kept("m-1", Scope.EVERYWHERE, Category.CUSTOMER, Action.KEEP, None, "fine", "Pia", "")
    assert not kept.acts(date(2026, 1, 1))
    confirmed = Kept("m-1", Scope.EVERYWHERE, Category.CUSTOMER, Action.KEEP, None, "fine", "Pia", "", None, "Noor")
    assert confirmed.acts(None)


@pytest.mark.parametrize(("day", "acts"), [(None, False), (date(2026, 3, 1), True), (date(2026, 3, 2), False)])
def test_until(day: date | None, acts: bool) -> None:
    assert Kept("m", Scope.WORDS, Category.PERSON, Action.KEEP, None, "x", "", "", date(2026, 3, 1), "Noor").acts(day) is acts


def test_a_whole_group_becomes_one_decision_and_a_part_several() -> None:
    before = deck(["Halden Foods asked us twice.", "The line of Halden Foods is long."])
    findings = found(before)
    whole = recall(findings, before, memory(before, findings, Scope.WORDS, Action.REPLACE, "a food company"))
    assert [(each.group, each.action, each.text) for each in whole.decisions] == [(findings[0].group, Action.REPLACE, "a food company")]
    part = recall(findings, before, memory(before, findings[:1], Scope.WORDS))
    assert [each.finding for each in part.decisions] == [findings[0].id]
    assert whole.settled == frozenset()


def test_a_given_decision_wins() -> None:
    before = deck(["Halden Foods asked us twice."])
    findings = found(before)
    known = memory(before, findings, Scope.WORDS)
    given = Decision(group=findings[0].group, action=Action.REMOVE)
    assert recall(findings, before, known, (given,)).decisions == ()


def test_narrow_beats_wide() -> None:
    before = deck(["Halden Foods asked us twice."])
    findings = found(before)
    wide = memory(before, findings, Scope.EVERYWHERE)
    narrow = memory(before, findings, Scope.WORDS, Action.REMOVE)
    both = Memory({**wide.kept, **narrow.kept}, hashed)
    assert [each.action for each in recall(findings, before, both).decisions] == [Action.REMOVE]


def test_places_without_text() -> None:
    document = deck(["Nothing to see here, we only wait."])
    hidden = Finding(id="f-1", group="hidden-1", rule="hidden.unit", category=Category.HIDDEN, severity="medium", confidence=1,
                     unit=1, part="slide", why="hidden", label="slide 1")
    unread = hidden.model_copy(update={"id": "f-2", "category": Category.UNREAD})
    assert marks(hidden, document, Scope.WORDS) and not marks(hidden, document, Scope.EVERYWHERE)
    assert not marks(unread, document, Scope.WORDS) and marks(unread, document, Scope.DOCUMENT)
    moved = deck(["A new slide.", "Nothing to see here, we only wait."])
    assert marks(hidden.model_copy(update={"unit": 2}), moved, Scope.WORDS) == marks(hidden, document, Scope.WORDS)
    same_talk = deck(["Nothing to see here, we only wait."], salt="x")
    assert marks(unread, same_talk, Scope.DOCUMENT) != marks(unread, document, Scope.DOCUMENT), "what is unread may differ"


def test_what_is_said_of_the_file_itself_stays_settled_while_its_title_does() -> None:
    before = deck(["We only wait."], "SHOUTING AT THE HARBOUR")
    findings = tuple(each for each in scan(before, CUSTOMERS, Settings()) if each.category is Category.QUALITY)
    assert findings
    known = memory(before, findings, Scope.WORDS)
    for title, settled in (("SHOUTING AT THE HARBOUR", True), ("SHOUTING AT THE SEA", False)):
        after = deck(["We wait.", "And wait."], title)
        again = [each for each in scan(after, CUSTOMERS, Settings()) if each.rule == "quality.title.capitals"]
        assert bool(recall(again, after, known).settled) is settled


def test_decisions_say_remember_in_three_ways() -> None:
    def one(remember: object) -> Remember | None:
        return Decision.model_validate({"group": "g", "action": "remove", "remember": remember}).remember

    assert one(True) == Remember() and one(False) is None and one({}) == Remember()
    assert one({"scope": "document", "until": "2026-03-01"}) == Remember(scope=Scope.DOCUMENT, until=date(2026, 3, 1))
    for wrong in ("yes", {"scope": "galaxy"}, {"until": "soon"}, {"colour": 1}, 3):
        with pytest.raises(ValueError, match="remember"):
            one(wrong)
