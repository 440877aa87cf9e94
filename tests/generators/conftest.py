"""Builds small cleared decks for the tests of the writers: every name and sentence in them is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from content.cleared import ClearedDocument
from content.document import Block, Part, Source, Unit
from content.draft import Sentence
from content.topic import Topic
from generators.context import Context, prepare
from generators.material import Passage

Slide = dict[str, object]


@pytest.fixture
def slide() -> Callable[..., Unit]:
    """slide(number, title, bullets, notes): bullets as strings or (level, string), notes as paragraphs."""

    def build(number: int, title: str = "", bullets: tuple[object, ...] = (), notes: tuple[str, ...] = (),
              table: tuple[tuple[str, ...], ...] = (), kind: str = "slide") -> Unit:
        blocks: list[Block] = []

        def add(part: Part, text: str, **more: object) -> None:
            blocks.append(Block(id=f"s{number}.b{len(blocks) + 1}", part=part, text=text, **more))

        if title:
            add(Part.TITLE, title)
        for each in bullets:
            level, text = each if isinstance(each, tuple) else (0, each)
            add(Part.BODY, text, level=level, shape="body")
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                add(Part.TABLE, text, shape="table", row=row, column=column)
        for text in notes:
            add(Part.NOTES, text, shape="notes")
        return Unit(number=number, kind=kind, title=title, blocks=tuple(blocks))

    return build


@pytest.fixture
def lines() -> Callable[..., tuple[Sentence, ...]]:
    """lines(*texts, unit, start): sentences of one slide, each in a block of its own, the first in block `start`."""

    def build(*texts: str, unit: int = 1, start: int = 1) -> tuple[Sentence, ...]:
        return tuple(Sentence(text=text, sources=(f"s{unit}.b{n}.1",)) for n, text in enumerate(texts, start=start))

    return build


@pytest.fixture
def passage() -> Callable[..., Passage]:
    """passage(unit, *texts, heading, ...): one paragraph in block 2 under the heading in block 1."""

    def build(unit: int, *texts: str, heading: str = "", spoken: bool = True, **more: object) -> Passage:
        row = tuple(Sentence(text=text, sources=(f"s{unit}.b2.{n}",)) for n, text in enumerate(texts, start=1))
        head = Sentence(text=heading, sources=(f"s{unit}.b1.1",)) if heading else None
        return Passage(unit, head, row, spoken=spoken, paragraphs=(row,) if row else (), **more)

    return build


@pytest.fixture
def context() -> Callable[..., Context]:
    """context(units, topics=((title, first, last), ...), language, asides, ...) -> Context."""

    def build(units: tuple[Unit, ...], topics: tuple[tuple[str, int, int], ...] = (), language: str = "en",
              asides: dict[int, str] | None = None, properties: dict[str, str] | None = None, **more: object) -> Context:
        cleared = ClearedDocument(
            id="0" * 64, source=Source(name="talk.pptx", sha256="0" * 64, media_type="x", bytes=1), language=language,
            units=units, properties=properties or {})
        spans = topics or ((units[0].title or "All of it", units[0].number, units[-1].number),)
        found = tuple(
            Topic(number=n, title=title, first=first, last=last, keyphrases=(),
                  asides={unit: kind for unit, kind in (asides or {}).items() if first <= unit <= last})
            for n, (title, first, last) in enumerate(spans, start=1))
        return prepare(cleared, found, **more)

    return build


#: Two invented talks, one slide a row: title, bullets, notes. They hold numbers, contrasts, questions, advice, stories.
ENGLISH = (
    ("Bread for a whole street", ("Ilka Torvund",), ()),
    ("A bakery without a shop", ("No counter, one oven", "42 houses, one key"), (
        "Three winters ago the last bakery in our street closed, and we bought its oven for 300 euros.",
        "Nobody wanted to run a shop, but everybody wanted bread.",
        "Of 42 houses, 31 took a key in the first month.")),
    ("Who bakes on Monday?", ("Two people a day",), (
        "Who bakes on Monday? Two people bake on each day, and they are never of the same house.",
        "A list on the door says who they are.",
        "You do not need to be good at it, you need to be there at six.")),
    ("What a key means", ("Everybody can enter",), (
        "A key is a promise that somebody will lock the door again.",
        "People think that an open door is an invitation to thieves.",
        "Instead the door was never left open in three years.")),
    ("The dough has a diary", ("One page a day",), (
        "Write down the weather, the flour and the hour.",
        "On a warm day the dough needs four hours, on a cold one it needs nine.",
        "The diary has 900 pages now, and 60 of them are about mistakes.")),
    ("Flour costs money", ("Shared purse",), (
        "Each house pays 12 euros a month, whether it bakes or not.",
        "Last year we had 1,400 euros left over and bought a second oven.",
        "Do not count loaves, because counting makes neighbours careful with each other.")),
    ("Why does nobody cheat?", ("The list is on the door",), (
        "Why does nobody cheat? Because everybody reads the list when they fetch their bread.",
        "What is seen by all needs no guard.",
        "One neighbour said: “I bake better since my name is on the door.”")),
    ("When it goes wrong", ("Burnt bread", "Salt forgotten"), (
        "In the second week I burnt 80 loaves because I was reading a letter.",
        "We ate them as toast and nobody said a word.",
        "A mistake that is eaten together is forgiven faster than one that is hidden.")),
    ("Start with one oven", ("Ask the last baker",), (
        "Ask the last baker before you buy anything.",
        "Begin with ten houses and one evening a week.",
        "Never start with rules, start with bread.")),
    ("What we would do again", ("Keys first",), (
        "Give out the keys before the first loaf is baked.",
        "A neighbour with a key is a colleague, a neighbour without one is a customer.",
        "How do you know that it works? You smell it on the stairs.")),
)
DUTCH = (
    ("Brood voor de hele straat", ("Ilka Torvund",), ()),
    ("Een bakkerij zonder winkel", ("Geen toonbank, één oven", "42 huizen, één sleutel"), (
        "Drie winters geleden sloot de laatste bakkerij in onze straat, en we kochten de oven voor 300 euro.",
        "Niemand wilde een winkel, maar iedereen wilde brood.",
        "Van de 42 huizen namen er 31 in de eerste maand een sleutel.")),
    ("Wie bakt er op maandag?", ("Twee mensen per dag",), (
        "Wie bakt er op maandag? Elke dag bakken twee mensen, en nooit uit hetzelfde huis.",
        "Een lijst op de deur zegt wie dat zijn.",
        "Je hoeft er niet goed in te zijn, je moet er om zes uur zijn.")),
    ("Wat een sleutel betekent", ("Iedereen kan naar binnen",), (
        "Een sleutel is een belofte dat iemand de deur weer dichtdoet.",
        "Mensen denken dat een open deur dieven uitnodigt.",
        "In drie jaar bleef de deur nooit open staan.")),
    ("Het deeg heeft een dagboek", ("Elke dag een bladzijde",), (
        "Schrijf op wat voor weer het is, welk meel en welk uur.",
        "Op een warme dag heeft het deeg vier uur nodig, op een koude negen.",
        "Het dagboek telt nu 900 bladzijden, en 60 daarvan gaan over fouten.")),
    ("Meel kost geld", ("Een gedeelde beurs",), (
        "Elk huis betaalt 12 euro per maand, of het nu bakt of niet.",
        "Vorig jaar hielden we 1.400 euro over en kochten we een tweede oven.",
        "Tel geen broden, want van tellen worden buren voorzichtig met elkaar.")),
    ("Waarom speelt niemand vals?", ("De lijst hangt op de deur",), (
        "Waarom speelt niemand vals? Omdat iedereen de lijst leest bij het halen van het brood.",
        "Wat iedereen ziet heeft geen bewaker nodig.",
        "Een buurvrouw zei: “Ik bak beter sinds mijn naam op de deur staat.”")),
    ("Als het misgaat", ("Verbrand brood", "Zout vergeten"), (
        "In de tweede week verbrandde ik 80 broden omdat ik een brief las.",
        "We aten ze als toast en niemand zei iets.",
        "Een fout die samen wordt opgegeten is sneller vergeven dan een die verstopt wordt.")),
    ("Begin met één oven", ("Vraag de laatste bakker",), (
        "Vraag de laatste bakker voordat je iets koopt.",
        "Begin met tien huizen en één avond per week.",
        "Begin nooit met regels, begin met brood.")),
    ("Wat we weer zouden doen", ("Eerst de sleutels",), (
        "Deel de sleutels uit voordat het eerste brood gebakken is.",
        "Een buur met een sleutel is een collega, een buur zonder is een klant.",
        "Hoe weet je dat het werkt? Je ruikt het op de trap.")),
)
_TOPICS = {"en": (("A bakery without a shop", 1, 4), ("The dough has a diary", 5, 7), ("When it goes wrong", 8, 10)),
           "nl": (("Een bakkerij zonder winkel", 1, 4), ("Het deeg heeft een dagboek", 5, 7), ("Als het misgaat", 8, 10))}


@pytest.fixture
def street(slide: Callable[..., Unit], context: Callable[..., Context]) -> Callable[..., Context]:
    """street(language, **more): an invented talk of ten slides and three topics, in English or Dutch."""

    def build(language: str = "en", **more: object) -> Context:
        rows = {"en": ENGLISH, "nl": DUTCH}[language]
        units = tuple(slide(n, title, bullets, notes) for n, (title, bullets, notes) in enumerate(rows, start=1))
        return context(units, _TOPICS[language], language, asides={1: "title"}, **more)

    return build


@pytest.fixture(scope="session")
def sample() -> Callable[..., Context]:
    """sample(name, **more): a deck of samples/, cleared by leaving out what no audience sees, with its topics."""
    from pathlib import Path

    from extractors import extract
    from topics import find_topics

    read: dict[str, tuple[ClearedDocument, tuple[Topic, ...]]] = {}

    def build(name: str, **more: object) -> Context:
        if name not in read:
            document = extract(Path("samples") / name)
            units = tuple(unit.model_copy(update={"blocks": tuple(block for block in unit.blocks if block.readable)})
                          for unit in document.units if not unit.hidden)
            cleared = ClearedDocument(id=document.id, source=document.source, title=document.title,
                                      language=document.language, units=units, size=document.size)
            read[name] = cleared, find_topics(cleared)
        return prepare(*read[name], **more)

    return build
