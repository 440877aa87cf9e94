"""Decks that nobody would praise: each gives a pack that makes sense, or one clear line."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader

from content.errors import InputError
from flows.case import Request
from flows.steps import Outcome, build_pack

#: What no piece may ever hold.
RESIDUE = re.compile(r"\{\{|\{%|\bNone\b|\bTODO\b|<[\w.]+ object at|\bnan\b|“”|\*\*\*\*|\(\)")
CODE = "for (int i = 0; i < items.length; i++) { total += items[i].price(); }"
TALK = (
    ("Bread without a shop", "Three winters ago the last bakery in our street closed, and we bought its oven for 300 euros."),
    ("Who bakes on Monday?", "Two people bake on each day, and they are never of the same house."),
    ("A key is a promise", "A key is a promise that somebody will lock the door again."),
    ("Flour costs money", "Each house pays 12 euros a month, whether it bakes or not."),
    ("When it goes wrong", "A mistake that is eaten together is forgiven faster than one that is hidden."),
    ("Start with one oven", "Never start with rules, but start with bread and ten houses."),
)


def deck(path: Path, slides: list[tuple[str, list[str], str]], pictures: bool = False) -> Path:
    """Write a deck: title, bullets and notes a slide."""
    made = Presentation()
    image = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(image, "PNG")
    for title, bullets, notes in slides:
        slide = made.slides.add_slide(made.slide_layouts[1 if title or bullets else 6])
        if title or bullets:
            slide.shapes.title.text = title
            slide.placeholders[1].text_frame.text = "\n".join(bullets)
        if pictures:
            slide.shapes.add_picture(io.BytesIO(image.getvalue()), Inches(1), Inches(1))
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    made.core_properties.author = ""
    made.save(path)
    return path


def run(file: Path, **more: object) -> tuple[Outcome, dict[str, str]]:
    """The pack of a deck and what can be read in it, by path."""
    outcome = build_pack(Request(file=file, out=file.parent / "out", audio=False, **more))
    texts = {}
    for path in sorted(outcome.folder.rglob("*")):
        name = path.relative_to(outcome.folder).as_posix()
        if path.suffix == ".pdf":
            texts[name] = " ".join(page.extract_text() for page in PdfReader(path).pages)
        elif path.suffix in {".md", ".json", ".ics"}:
            texts[name] = path.read_text(encoding="utf-8")
    return outcome, texts


def pieces(texts: dict[str, str]) -> dict[str, str]:
    """What people read, without the pack's own lists."""
    return {name: text for name, text in texts.items() if name not in {"pack.json", "findings.json"}}


def sensible(texts: dict[str, str]) -> None:
    """Nothing empty, no residue, no piece without a heading, and every file that the plan names is there."""
    assert "pack.json" in texts
    for name, text in pieces(texts).items():
        assert text.strip(), name
        assert not RESIDUE.search(re.sub(r"`[^`]*`", "", text)), (name, RESIDUE.search(text))
        assert not re.search(r"^#+\s*$", text, re.MULTILINE), name
    named = set(re.findall(r"\b(?:blog|cards|interviews|webchat)/[\w.-]+\.(?:md|png)", texts.get("plan.md", "")))
    files = {each["path"] for each in json.loads(texts["pack.json"])["artefacts"]}
    assert named <= files


CASES: dict[str, list[tuple[str, list[str], str]]] = {
    "code only": [(f"Loop {n}", [CODE, "return total;", "}"], "") for n in range(8)],
    "one bullet a slide": [(title, [title.lower()], "") for title, _ in TALK],
    "one sentence a slide": [(title, [said], "") for title, said in TALK],
    "all capitals": [(title.upper(), [said.upper()], "") for title, said in TALK],
    "200 bullets a slide": [("Everything", [f"House {n} pays {n + 2} euros a month for its bread." for n in range(200)], "")] * 2,
    "mixed languages": [*((title, [said], said) for title, said in TALK),
                        *((f"Brood {n}", [f"Elk huis betaalt {n + 3} euro per maand, of het nu bakt of niet."], "") for n in range(6))],
    "right to left": [(f"לחם ברחוב {n}", [f"כל בית משלם {n + 3} שקלים בחודש עבור הלחם שלו."], "") for n in range(6)],
    "emoji": [(f"🍞 {title} 🔑", [f"{said} 😀👩‍🍳"], "🥖🥖🥖") for title, said in TALK],
    "no titles": [("", [said], said) for _, said in TALK],
    "the same slide": [("Bread", ["Bread is baked here every day."], "")] * 12,
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_bad_deck_gives_a_pack_that_makes_sense(tmp_path, case):
    outcome, texts = run(deck(tmp_path / "talk.pptx", CASES[case]))
    sensible(texts)
    assert outcome.topics >= 1
    assert re.fullmatch(r"[a-z0-9-]+", outcome.slug)


def test_pictures_alone_say_that_nobody_read_them(tmp_path):
    outcome, texts = run(deck(tmp_path / "talk.pptx", [("", [], "")] * 5, pictures=True))
    assert outcome.unread == 5 and outcome.status.value == "held"
    # There is nothing to write from: no piece, and nothing that announces one.
    assert not any(name.startswith(("blog/", "cards/", "interviews/", "webchat/", "plan", "heads-up")) for name in texts)
    assert "only a picture" in texts["findings.json"] or "only a picture" in (outcome.folder / "report.html").read_text("utf-8")


def test_a_deck_without_slides_is_told_in_one_line(tmp_path):
    file = deck(tmp_path / "talk.pptx", [])
    try:
        _, texts = run(file)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert not any(name.startswith(("blog/", "interviews/", "cards/")) for name in texts)


def test_code_is_never_quoted_or_asked_about(tmp_path):
    _, texts = run(deck(tmp_path / "talk.pptx", CASES["code only"]))
    for name, text in pieces(texts).items():
        if name.startswith(("interviews/", "webchat/", "social/", "heads-up", "carousel")):
            assert "items.length" not in text and "return total" not in text, name


def test_a_shout_is_no_quotation(tmp_path):
    loud, _ = run(deck(tmp_path / "talk.pptx", CASES["all capitals"]))
    assert not list(loud.folder.rglob("cards/*.png"))
    calm, _ = run(deck(tmp_path / "talk.pptx", CASES["one sentence a slide"]))
    assert list(calm.folder.rglob("cards/*.png"))


def test_what_the_fonts_lack_is_left_out_and_never_a_box(tmp_path):
    for case in ("right to left", "emoji"):
        folder = tmp_path / case.replace(" ", "")
        folder.mkdir()
        outcome, texts = run(deck(folder / "talk.pptx", CASES[case]))
        drawn = list(outcome.folder.rglob("cards/*.png"))
        for card in drawn:
            said = Image.open(card).info["Description"]
            assert not re.search(r"[\u0590-\u05ff\U0001f300-\U0001faff]", said)
        assert "\ufffd" not in texts.get("carousel.pdf", "")


def test_nobody_is_named_as_author_who_is_not_in_the_profile(tmp_path):
    file = deck(tmp_path / "talk.pptx", CASES["no titles"])
    made = Presentation(file)
    made.core_properties.author = made.core_properties.last_modified_by = "Wilma Torvik"
    made.save(file)
    _, texts = run(file)
    assert not [name for name, text in pieces(texts).items() if "Torvik" in text or re.search(r"^author:", text, re.MULTILINE)]
