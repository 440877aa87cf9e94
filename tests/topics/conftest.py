"""Decks made by hand, in memory: no file is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from content.document import Block, Document, Part, Source, Unit

Slide = dict[str, object]


def make_deck(slides: Sequence[Slide], language: str = "en", kind: str = "slide") -> Document:
    """A document of slides given as {title, body: [...], notes, layout, section, hidden, level}."""
    units = []
    for number, slide in enumerate(slides, start=1):
        texts: list[tuple[Part, str]] = []
        if slide.get("title"):
            texts.append((Part.TITLE, str(slide["title"])))
        texts += [(Part.BODY, str(text)) for text in slide.get("body", ())]  # type: ignore[attr-defined]
        if slide.get("notes"):
            texts.append((Part.NOTES, str(slide["notes"])))
        level = int(str(slide.get("level", 0)))
        blocks = tuple(Block(id=f"s{number}.b{n}", part=part, text=text, level=level if part is Part.TITLE else 0)
                       for n, (part, text) in enumerate(texts, start=1))
        units.append(Unit(number=number, kind=kind, title=str(slide.get("title", "")), blocks=blocks,
                          layout=str(slide.get("layout", "")), section=str(slide.get("section", "")),
                          hidden=bool(slide.get("hidden", False))))
    return Document(id="d" * 64, source=Source(name="a.pptx", sha256="d" * 64, media_type="x", bytes=1),
                    language=language, units=tuple(units))


SUBJECTS = {
    "bread": [
        "Flour and water make the dough",
        "The oven bakes the loaf at high heat",
        "Yeast lets the dough rise overnight",
        "Bakers knead dough before baking",
        "A sourdough starter needs flour every day",
        "Crust forms when the oven is hot",
    ],
    "sailing": [
        "The mast carries the sail",
        "Wind fills the sail and the boat leans",
        "A sailor trims the jib to the wind",
        "The keel keeps the boat upright",
        "Harbours shelter boats in a storm",
        "Ropes and knots hold the sail",
    ],
    "taxes": [
        "Income tax is due in spring",
        "The accountant files the tax return",
        "Deductions lower the taxable income",
        "Receipts prove every deduction",
        "Late returns cost a fine from the tax office",
        "Value added tax is paid each quarter",
    ],
    "gardens": [
        "Roses need pruning in winter",
        "Compost feeds the soil of the garden",
        "Seeds sprout in warm soil",
        "Weeds take water from the plants",
        "A hedge shelters the garden from wind",
        "Tulip bulbs are planted in autumn",
    ],
}


@pytest.fixture
def deck() -> Callable[..., Document]:
    return make_deck


@pytest.fixture
def talk() -> Document:
    """A talk of 29 slides on four subjects without any structure but its words, framed by title, agenda and thanks."""
    slides: list[Slide] = [{"title": "Things worth knowing", "body": ["Ilse Varano"], "layout": "Title Slide"},
                           {"title": "Agenda", "body": ["Bread", "Boats", "Taxes", "Gardens"]}]
    for name, lines in SUBJECTS.items():
        for n, line in enumerate(lines):
            slides.append({"title": line, "body": [lines[(n + 1) % 6], lines[(n + 3) % 6]],
                           "notes": f"{lines[(n + 2) % 6]}. {lines[(n + 4) % 6]} and that is what {name} is about."})
    slides.append({"title": "Thank you"})
    return make_deck(slides)
