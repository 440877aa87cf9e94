"""Clearing: decisions and policy carried out on the whole document, in words that read naturally."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.cleared import ClearedDocument
from content.decision import Action, Decision, Policy
from content.document import Block, Document, Part, Picture, Source, Unit
from content.finding import Category, Finding, Severity
from content.settings import Author, Profile, Settings
from gates.leak_search import Search
from language.fold import fold, folded, squash
from rules.clearing import Clearing, clear
from rules.clearing_edits import Edit, Kind, apply
from rules.clearing_needles import distinctive
from rules.customers import CustomerList, find_customers
from rules.masks import customer_mask, numbered
from rules.phrases import article, definite, plural

CUSTOMERS = CustomerList.of([
    "Halden Foods B.V. | industry=food | code_name=Project Bluegannet | ticker=HLDF | domain=halden.example",
    "Orvell Marine Kettering | industry=food", "Target Corporation | industry=retail", "Brastow | industry=insurance",
])
HALDEN, ORVELL = "Halden Foods B.V.", "Orvell Marine Kettering"


def block(name: str, text: str, part: Part = Part.BODY, **more: object) -> Block:
    return Block.model_validate({"id": name, "part": part, "text": text, **more})


def document(*texts: str, language: str = "en", **more: object) -> Document:
    """One slide with a block for each text, unless `units` says otherwise."""
    units = (Unit(number=1, kind="slide", blocks=tuple(block(f"s1.b{n}", text) for n, text in enumerate(texts, 1))),)
    values = {"id": "d", "source": Source(name="talk.pptx", sha256="d", media_type="x/y", bytes=1), "language": language,
              "units": units, **more}
    return Document.model_validate(values)


def finding(doc: Document, words: str, category: Category, name: str = "", **more: object) -> Finding:
    """The first place of some words in a document, as a finding."""
    for unit, place in doc.blocks():
        at = place.text.find(words)
        if at >= 0:
            values = {"id": f"f-{place.id}-{at}-{category.value}", "group": f"{category.value}-{name or folded(words)}",
                      "rule": f"{category.value}.{category.value}", "category": category, "severity": Severity.HIGH,
                      "confidence": 0.9, "unit": unit.number, "part": place.part.value, "block": place.id, "start": at,
                      "end": at + len(words), "text": words, "why": "because", "label": name or words, **more}
            return Finding.model_validate(values)
    raise AssertionError(words)


def customers_in(doc: Document) -> list[Finding]:
    """What the customer detector finds, as findings with one group a customer."""
    places = [(unit, place) for unit, place in doc.blocks() if place.text]
    made = []
    for (unit, place), each in zip(places, find_customers([p.text for _, p in places], CUSTOMERS), strict=True):
        for match in each:
            row = CUSTOMERS.rows[match.owner]
            group = "customer-" + hashlib.sha256(row.name.encode()).hexdigest()[:6]
            made.append(Finding(
                id=f"f-{place.id}-{match.start}", group=group, rule=f"customer.{match.how}", category=Category.CUSTOMER,
                severity=Severity.HIGH if match.confidence >= 0.35 else Severity.LOW, confidence=match.confidence,
                unit=unit.number, part=place.part.value, block=place.id, start=match.start, end=match.end,
                text=place.text[match.start:match.end], why="because", label=row.name,
                mask="" if match.how == "code_name" else customer_mask(row, CUSTOMERS, doc.language)))
    return made


def cleared(doc: Document, findings: Sequence[Finding] | None = None, decisions: Sequence[Decision] = (),
            settings: Settings | None = None) -> Clearing:
    return clear(doc, customers_in(doc) if findings is None else findings, decisions, settings or Settings(), CUSTOMERS)


def texts(result: Clearing) -> list[str]:
    return [place.text for _, place in result.cleared.blocks()]


def one(text: str, language: str = "en") -> str:
    return "\n".join(texts(cleared(document(text, language=language))))


# ------------------------------------------------------------ wording


@pytest.mark.parametrize(("text", "expected"), [
    ("Halden Foods signed in May.", "A food company signed in May."),
    ("We built this for Halden Foods in 2023.", "We built this for a food company in 2023."),
    ("Halden Foods’ board liked it.", "A food company's board liked it."),
    ("I like Halden Foods's board.", "I like a food company's board."),
    ("The Halden Foods team was late.", "The food company team was late."),
    ("A Halden Foods engineer came.", "A food company engineer came."),
    ("An Halden Foods engineer came.", "A food company engineer came."),
    ("A Brastow engineer came.", "An insurer engineer came."),
    ("Our customer Halden Foods asked.", "Our customer asked."),
    ("At client Halden Foods we learned.", "At a food company we learned."),
    ("Customer Halden Foods asked.", "A food company asked."),
    ("HALDEN FOODS WAS FIRST", "A FOOD COMPANY WAS FIRST"),
    ("Clients: Halden Foods, Brastow", "Clients: a food company, an insurer"),
    ("A Brastow-style rollout", "An insurer-style rollout"),
    ("Non-Brastow systems stay.", "Non-insurer systems stay."),
    ("Halden Foods, Inc. came.", "A food company came."),
    ("Project Bluegannet starts.", "A project starts."),
    ("Great day #HaldenFoods", "Great day"),
    ("#HaldenFoods was trending.", ""),
    ("Mail pia@halden.example now.", ""),
    ("It is on www.halden.example. We wrote it.", "We wrote it."),
    ("The list (see pia@halden.example) is long and good.", "The list is long and good."),
    ("Halden Foods came, and Halden Foods paid.", "A food company came, and the food company paid."),
    ("HaldenFoodsBank and BrastowBank", "A food company and an insurer"),
])
def test_masks_read_naturally(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Halden Foods tekende in mei.", "Een voedingsbedrijf tekende in mei."),
    ("Bij Halden Foods leerden we veel.", "Bij een voedingsbedrijf leerden we veel."),
    ("Onze klant Halden Foods belde.", "Onze klant belde."),
    ("Halden Foods's directie belde.", "De directie van een voedingsbedrijf belde."),
    ("Het Brastow team was laat.", "Het team van een verzekeraar was laat."),
])
def test_dutch(text: str, expected: str) -> None:
    assert one(text, "nl") == expected


def test_unknowns_near_each_other_are_numbered_and_stay_the_same() -> None:
    result = texts(cleared(document("Halden Foods asked.", "Orvell Marine Kettering paid.", "OMK came.", "Halden-Foods went.")))
    assert result == ["A food company asked.", "A second food company paid.", "A second food company came.",
                      "A food company went."]


def test_articles_and_numbers() -> None:
    assert [article(word) for word in ("insurer", "university", "European bank", "hour", "bank", "unusual bank")] == [
        "an", "a", "a", "an", "a", "an"]
    assert numbered("a bank", 1, "en") == "a bank"
    assert numbered("a bank", 8, "en") == "an eighth bank"
    assert numbered("een bank", 2, "nl") == "een tweede bank"
    assert numbered("a bank", 99, "en") == "a further bank"
    assert [numbered("a colleague", 2, "en"), numbered("een collega", 2, "nl")] == ["another colleague", "een andere collega"]


@pytest.mark.parametrize(("mask", "language", "the", "many"), [
    ("an insurer", "en", "the insurer", "insurers"), ("another colleague", "en", "the other colleague", "other colleagues"),
    ("a chain of pharmacies", "en", "the chain of pharmacies", "chains of pharmacies"),
    ("a public body", "en", "the public body", "public bodies"), ("een verzekeraar", "nl", "de verzekeraar", "verzekeraars"),
    ("een groot voedingsbedrijf", "nl", "het grote voedingsbedrijf", "grote voedingsbedrijven"),
    ("een financieel bedrijf", "nl", "het financiële bedrijf", "financiële bedrijven"),
    ("een tweede winkelketen", "nl", "de tweede winkelketen", "tweede winkelketens"),
    ("een bedrijf in de voedselsector", "nl", "het bedrijf in de voedselsector", "bedrijven in de voedselsector"),
    ("een Nederlands bedrijf", "nl", "het Nederlandse bedrijf", "Nederlandse bedrijven"),
])
def test_the_and_many(mask: str, language: str, the: str, many: str) -> None:
    assert definite(mask, language) == the
    assert plural(mask, language) == many


def test_a_mask_is_as_telling_as_five_customers_share() -> None:
    rows = [f"Vos{n} Works | industry=food | country=Netherlands | size=large" for n in range(5)]
    many = CustomerList.of([*rows, "Kok Works | industry=food | country=Norway", "Zee Works"])
    assert customer_mask(many.rows[0], many, "en") == "a Dutch food company"
    assert customer_mask(many.rows[0], many, "nl") == "een Nederlands voedingsbedrijf"
    assert customer_mask(many.rows[5], many, "en") == "a food company"
    assert customer_mask(many.rows[5], many, "nl") == "een voedingsbedrijf"
    assert customer_mask(many.rows[6], many, "en") == "a customer"


# ------------------------------------------------------------ decisions


def decided(action: Action, doc: Document, **more: str) -> Clearing:
    group = customers_in(doc)[0].group
    return cleared(doc, decisions=[Decision(group=group, action=action, **more)])


def test_keep() -> None:
    result = decided(Action.KEEP, document("Halden Foods asked."), reason="they agreed")
    assert texts(result) == ["Halden Foods asked."]
    assert not result.open
    assert not result.withheld.strings
    assert result.cleared.touched_units == frozenset()


def test_replace_fits_the_sentence() -> None:
    result = decided(Action.REPLACE, document("Halden Foods’s board. The HALDEN FOODS team."), text="a baker")
    assert texts(result) == ["A baker's board. The baker team."]
    assert result.cleared.open_findings == 0
    assert any(string.text == "Halden Foods" for string in result.withheld.strings)
    again = decided(Action.REPLACE, document("Halden Foods came, and Halden Foods paid."), text="a chain of bakeries")
    assert texts(again) == ["A chain of bakeries came, and the chain of bakeries paid."]


def test_two_people_never_share_words_in_a_text() -> None:
    doc = document("Pia Vermolen and Hugo Starrenburg wrote it.", "Hugo Starrenburg asked.")
    found = [finding(doc, "Pia Vermolen", Category.PERSON), finding(doc, "Hugo Starrenburg", Category.PERSON)]
    assert texts(cleared(doc, found)) == ["A colleague and another colleague wrote it.", "A colleague asked."]
    said = [Decision(group=each.group, action=Action.REPLACE, text="a visitor") for each in found]
    assert texts(cleared(doc, found, said)) == ["A visitor and a second visitor wrote it.", "A visitor asked."]


@pytest.mark.parametrize(("language", "text", "risky", "left"), [
    ("en", "Try one round. We ask €900 for the first one. And if it works, we talk. Boats are slow.", "€900",
     "Try one round. Boats are slow."),
    ("en", "Three boats. Rent is €3,000 a year. The pier: about ten times that.", "€3,000", "Three boats."),
    ("en", "Paper is cheap. And how much does a boat cost? It costs us €40,000. Twice. Ropes are extra.", "€40,000",
     "Paper is cheap. Ropes are extra."),
    ("en", "Mara runs the pier. She pays €40 a day. She likes boats.", "€40", "Mara runs the pier. She likes boats."),
    ("nl", "Probeer een ronde. Wij vragen € 900 voor de eerste. En als dat werkt, praten we verder. Boten zijn traag.", "€ 900",
     "Probeer een ronde. Boten zijn traag."),
    ("nl", "Papier is goedkoop. Wat kost een boot? Hij kost ons € 40.000. Dat weten we niet zeker. Touw is extra.", "€ 40.000",
     "Papier is goedkoop. Touw is extra."),
])
def test_what_leads_in_to_a_withheld_sentence_and_what_leans_on_it_go_with_it(
        language: str, text: str, risky: str, left: str) -> None:
    doc = document(text).model_copy(update={"language": language})
    assert texts(cleared(doc, [finding(doc, risky, Category.FIGURES)])) == [left]


def test_replace_by_a_part_of_the_name_is_a_persons_word() -> None:
    assert texts(decided(Action.REPLACE, document("Halden Foods asked."), text="Halden")) == ["Halden asked."]


def test_remove() -> None:
    assert texts(decided(Action.REMOVE, document("We learned a lot at Halden Foods. It was good."))) == [
        "We learned a lot. It was good."]
    assert texts(decided(Action.REMOVE, document("Halden Foods asked. Lunch came at one."))) == ["Lunch came at one."]


def test_drop_unit() -> None:
    units = (Unit(number=1, kind="slide", title="Open", blocks=(block("s1.b1", "Nothing here."),)),
             Unit(number=2, kind="slide", title="A closed room", blocks=(
                 block("s2.b1", "Halden Foods asked."), block("s2.b2", "They will leave us in the spring of next year."))))
    result = decided(Action.DROP_UNIT, document(units=units))
    assert [unit.number for unit in result.cleared.units] == [1]
    assert result.cleared.left_out == {2: "dropped"}
    assert "They will leave us in the spring of next year." in {string.text for string in result.withheld.strings}


def test_a_finding_beats_its_group() -> None:
    doc = document("Halden Foods asked.", "Halden Foods paid.")
    first, second = customers_in(doc)
    result = cleared(doc, decisions=[Decision(group=first.group, action=Action.REPLACE, text="a baker"),
                                     Decision(finding=second.id, action=Action.KEEP, reason="a quotation")])
    assert texts(result) == ["A baker asked.", "Halden Foods paid."]


def test_decisions_that_fit_nothing_come_back() -> None:
    stray = Decision(group="customer-none", action=Action.REMOVE)
    assert cleared(document("Halden Foods asked."), decisions=[stray]).unused == (stray,)


def test_undecided_holds_and_low_does_not() -> None:
    doc = document("Maybe Orange.")
    low = finding(doc, "Orange", Category.ORGANISATION, severity=Severity.LOW)
    assert texts(cleared(doc, [low])) == ["Maybe Orange."]
    strict = Settings(policy=Policy(hold_from=Severity.LOW))
    assert texts(cleared(doc, [low], settings=strict)) == ["Maybe an organisation."]


# ------------------------------------------------------------ the whole document


def test_every_occurrence_goes_wherever_the_finding_was() -> None:
    units = (Unit(number=1, kind="slide", title="Halden Foods", section="For Halden Foods", layout="Halden layout", blocks=(
        block("s1.b1", "Halden Foods", Part.TITLE), block("s1.b2", "HAL-\nDEN FOODS and #haldenfoods came.", Part.NOTES))),)
    doc = document(units=units, title="Halden Foods", source=Source(name="Halden_Foods_Q3.pptx", sha256="d", media_type="x", bytes=1),
                   properties={"title": "Halden Foods", "author": "Wilma Torvik", "company": "Fernhollow"})
    result = cleared(doc, customers_in(doc)[:1])
    left = squash(fold(result.cleared.model_dump_json())).text
    assert "halden" not in left
    assert result.cleared.title == result.cleared.units[0].title == "A food company"
    assert result.cleared.source.name == "document.pptx"
    assert result.cleared.properties == {"author": "Wilma Torvik"}


def test_only_what_an_audience_saw_is_left() -> None:
    picture = Picture(id="p1", sha256="e", media_type="image/png", alt_text="the Brastow logo")
    units = (
        Unit(number=0, kind="file", blocks=(block("s0.b1", "a property", Part.PROPERTY),)),
        Unit(number=1, kind="slide", pictures=(picture,), blocks=(
            block("s1.b1", "seen", shape="Brastow box", where="ppt/brastow.xml"), block("s1.b2", "said", Part.NOTES),
            block("s1.b3", "a comment", Part.COMMENT), block("s1.b4", "unseen", visible=False))),
        Unit(number=2, kind="slide", hidden=True, blocks=(block("s2.b1", "The hidden slide has a long sentence on it."),)),
    )
    result = cleared(document(units=units))
    assert isinstance(result.cleared, ClearedDocument)
    assert texts(result) == ["seen", "said"]
    assert [place.id for _, place in result.cleared.blocks()] == ["s1.b1", "s1.b2"]
    assert result.cleared.units[0].pictures[0].alt_text == ""
    assert "rastow" not in result.cleared.model_dump_json()
    assert result.cleared.left_out == {2: "hidden"}
    assert [string.text for string in result.withheld.strings] == ["The hidden slide has a long sentence on it."]


@pytest.mark.parametrize("category", [
    Category.CREDENTIAL, Category.CONFIDENTIAL, Category.FIGURES, Category.PROMISE, Category.PRIVATE, Category.REPUTATION,
    Category.INJECTION, Category.IDENTIFIER])
def test_of_a_statement_the_sentence_goes(category: Category) -> None:
    doc = document("People share more in small groups. The forecast for next year is €48.2 million. We measured it.")
    result = cleared(doc, [finding(doc, "€48.2 million", category)])
    assert texts(result) == ["People share more in small groups. We measured it."]
    assert {"€48.2 million", "The forecast for next year is €48.2 million."} <= {s.text for s in result.withheld.strings}
    assert result.cleared.touched_units == {1}


def test_an_ordinary_figure_goes_only_where_it_was_found() -> None:
    doc = document("We will grow by 10 % next year.", "About 10 % of the readers write.")
    assert texts(cleared(doc, [finding(doc, "10 %", Category.FIGURES)])) == ["About 10 % of the readers write."]


def test_what_goes_on_about_them_goes_too() -> None:
    doc = document("Now the honest part. Their buyers are clueless. I would not miss them. We learned to ask.")
    result = cleared(doc, [finding(doc, "Their buyers are clueless", Category.REPUTATION)])
    assert texts(result) == ["Now the honest part. We learned to ask."]


def test_persons_in_full_and_by_their_surname() -> None:
    doc = document("Thanks to Pia Vermolen.", "Ms. Vermolen asked.", "VERMOLEN HAS THE FLOOR", "A vermouth, please.")
    assert texts(cleared(doc, [finding(doc, "Pia Vermolen", Category.PERSON)])) == [
        "Thanks to a colleague.", "A colleague asked.", "A COLLEAGUE HAS THE FLOOR", "A vermouth, please."]


def test_contacts_leave_no_stump() -> None:
    doc = document("The list is kept by the desk (pia@torvik.example). Call +31 20 794 0958.", "Questions: pia@torvik.example")
    found = [finding(doc, "pia@torvik.example", Category.CONTACT), finding(doc, "+31 20 794 0958", Category.CONTACT)]
    assert texts(cleared(doc, found)) == ["The list is kept by the desk."]


def test_own_names_and_kept_strings_are_never_withheld() -> None:
    doc = document("Fernhollow and Wilma Torvik wrote this.")
    found = [finding(doc, "Fernhollow", Category.ORGANISATION), finding(doc, "Wilma Torvik", Category.PERSON)]
    settings = Settings(profile=Profile(company="Fernhollow", authors=(Author(name="Wilma Torvik"),)))
    assert all(string.text not in {"Fernhollow", "Wilma Torvik"} for string in cleared(doc, found, settings=settings).withheld.strings)


def test_an_ordinary_word_is_withheld_only_in_its_context() -> None:
    result = cleared(document("The rollout at Target went well.", "Our target is ten."))
    assert texts(result) == ["The rollout at a retailer went well.", "Our target is ten."]
    strings = {string.text for string in result.withheld.strings}
    assert "at Target went" in strings and "Target Corporation" in strings and "Target" not in strings


def test_withheld_names_every_known_spelling() -> None:
    strings = {string.text: string for string in cleared(document("Halden Foods asked.")).withheld.strings}
    assert {"Halden Foods B.V.", "Halden Foods", "halden.example", "HLDF", "Project Bluegannet"} <= set(strings)
    assert strings["HLDF"].whole_word and strings["HLDF"].case_sensitive
    assert not strings["Halden Foods"].whole_word


@pytest.mark.parametrize(("text", "expected"), [
    ("10 %", False), ("next week", False), ("€48.2 million", True), ("TLP:AMBER", True), ("Vermolen", True), ("2026", True),
    ("pia@torvik.example", True), ("the other one", False), ("+31 20 794 0958", True), ("24/7", False)])
def test_distinctive(text: str, expected: bool) -> None:
    assert distinctive(text) is expected


def test_the_digest_tells_decisions_and_policy_apart() -> None:
    doc = document("Halden Foods asked.")
    plain, same = cleared(doc).cleared.clearing, cleared(doc).cleared.clearing
    kept = decided(Action.KEEP, doc, reason="they agreed").cleared.clearing
    lax = cleared(doc, settings=Settings(policy=Policy(hold_from=Severity.HIGH))).cleared.clearing
    assert plain == same and len({plain, kept, lax}) == 3 and len(plain) == 64


def test_a_name_that_ends_in_s_is_no_plural_of_its_alias() -> None:
    known = CustomerList.of(["Halden Foods | alias=Halden Food | industry=food"])
    doc = document("Halden Foods waited.")
    made = finding(doc, "Halden Foods", Category.CUSTOMER, rule="customer.name", label="Halden Foods")
    assert [place.text for _, place in clear(doc, [made], (), Settings(), known).cleared.blocks()] == ["A food company waited."]


def test_what_the_wordings_of_two_languages_in_one_deck_are() -> None:
    doc = document("Halden Foods asked us for a list.", "Dit is wat wij bij Halden Foods van de mensen hebben geleerd.")
    assert texts(cleared(doc)) == ["A food company asked us for a list.",
                                   "Dit is wat wij bij een voedingsbedrijf van de mensen hebben geleerd."]


# ------------------------------------------------------------ edits on their own


@given(st.text(alphabet="ab .,(é\n'’-", max_size=40), st.data())
def test_edits_never_fail_and_take_out_what_they_name(text: str, data: st.DataObject) -> None:
    whole = f"{text}XQZX{data.draw(st.text(alphabet='ab .,)é-', max_size=20))}"
    at = whole.index("XQZX")
    for kind in Kind:
        for language in ("en", "nl"):
            result = apply(whole, [Edit(at, at + 4, kind, "a baker" if kind in {Kind.MASK, Kind.TEXT} else "")], language)
            assert "XQZX" not in result
            assert "  " not in result


def test_overlapping_edits_leave_nothing_standing() -> None:
    text = "We met Pia Vermolen Foods in May."
    edits = [Edit(7, 19, Kind.MASK, "a colleague", "p"), Edit(11, 25, Kind.MASK, "a food company", "c")]
    result = apply(text, edits, "en")
    assert "Vermolen" not in result and "Pia" not in result and "Foods" not in result


def test_an_initial_with_a_short_name_is_no_end_of_a_sentence():
    """"E. Loaf" is not what "a whole plate. Loaf by loaf" says; a name of two words is still found in one word."""
    from rules.clearing_needles import person_strings

    def found(name: str, text: str) -> bool:
        return bool(Search(person_strings(name, name, "person-1")).find(text))

    assert found("E. Loaf", "Ask E. Loaf for the key") and not found("E. Loaf", "A whole plate. Loaf by loaf it went.")
    assert found("Jo Bosma", "write to jobosma at the harbour")
    assert found("E. Drowsley", "write to edrowsley at the harbour") and found("E. Drowsley", "e.drowsley@example.org")
    assert not found("E. Drowsley", "The drowsley bird sleeps.")


@pytest.mark.parametrize(("text", "out", "left"), [
    ("Watch the kiln. Rosa burnt herself twice. So the rule is plain. Gloves hang beside the door.", "Rosa burnt herself twice.",
     "Watch the kiln. Gloves hang beside the door."),
    ("Let op de oven. Rosa brandde zich tweemaal. Dus dat was dat. De handschoenen hangen bij de deur.", "Rosa brandde zich tweemaal.",
     "Let op de oven. De handschoenen hangen bij de deur."),
    # A conclusion that says more than that there is one stays, and so does what does not conclude.
    ("Rosa burnt herself twice. So nobody opens the kiln before it is as cold as the wall.", "Rosa burnt herself twice.",
     "So nobody opens the kiln before it is as cold as the wall."),
    ("Rosa burnt herself twice. Some kilns stay hot.", "Rosa burnt herself twice.", "Some kilns stay hot."),
    ("Rosa burnt herself twice.\nSo the rule is plain.", "Rosa burnt herself twice.", "So the rule is plain."),
])
def test_a_bare_conclusion_goes_with_the_sentence_it_was_drawn_from(text, out, left):
    start = text.index(out)
    language = "nl" if "Rosa brandde" in text else "en"
    assert apply(text, [Edit(start, start + len(out), Kind.SENTENCE)], language) == left
