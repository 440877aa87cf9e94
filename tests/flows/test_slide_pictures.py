"""Slides as they look in a pack: only where the rule of pictures lets them in, and the drawing everywhere else.

LibreOffice is stood in for by a small program, so that the test says what the slides look like.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from content.cleared import ClearedDocument
from content.document import Document
from content.draft import Artefact
from content.finding import Finding
from extractors import deck_pictures
from flows.case import Case, Request, open_case, request_json, request_of
from flows.slide_pictures import as_they_look
from flows.steps import build_pack, run_stage
from generators.slide_pictures import drawings

KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
COLOURS = ("#112233", "#AA0000", "#00AA00", "#0000AA", "#AAAA00", "#00AAAA")
NOTES = (
    "The question board began in the spring, and whoever asked there had an answer before noon. Nobody had believed that a "
    "plank with paper on it would be read by anyone. It took a month, and then people came to look before they came to ask.",
    "We had never counted the questions of a single week. When we did, the largest pile came from those whom we had thought "
    "silent. They had been asking for years, only never where the rest of us could hear them.",
    "The workshop was surprised to find itself at the top of the list. Its people had been told to look things up in a "
    "folder that nobody had opened since the roof leaked. They asked each other instead, and that was quicker.",
    "This is the plank itself, with the nails that the carpenter put in too low. Children of visitors draw on the lower "
    "half of it. We left their drawings there, because they make people smile before they read.",
    "Another plank like ours was hung up in a bakery far away. They changed the paper for slates, which can be wiped when "
    "the answer is known. We have thought about slates too, and we like to keep what was asked.",
)
BARE, MASKED, CHART, PHOTO, NEAR = 1, 2, 3, 4, 5


def chart(deck, title: str, categories: tuple[str, ...]) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    data = CategoryChartData()
    data.categories = categories
    data.add_series("Questions", (12, 7, 3))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Inches(1), Inches(2), Inches(8), Inches(4.5), data)
    slide.notes_slide.notes_text_frame.text = NOTES[len(deck.slides) - 1]


def photograph(deck, title: str, line: str, colour: str) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[3])
    slide.shapes.title.text = title
    slide.placeholders[1].text = line
    out = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, "PNG")
    slide.shapes.add_picture(io.BytesIO(out.getvalue()), Inches(5), Inches(2), Inches(4), Inches(3))
    slide.notes_slide.notes_text_frame.text = NOTES[len(deck.slides) - 1]


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("generators.blog_pieces.ARTICLE", 20)
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "What we count"
    slide.placeholders[1].text = "Every question\nEvery answer"
    slide.notes_slide.notes_text_frame.text = NOTES[0]
    chart(made, "Questions of customers", ("Halden Foods", "Workshop", "Canteen"))
    chart(made, "Questions of teams", ("Stores", "Workshop", "Canteen"))
    photograph(made, "The board on the wall", "It hangs in the hall", "orange")
    photograph(made, "The board at a customer", "Halden Foods hung up one too", "green")
    made.save(str(tmp_path / "talk.pptx"))
    (tmp_path / "customers.csv").write_text("name\nHalden Foods\n", encoding="utf-8")
    return tmp_path / "talk.pptx"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that draws each slide in a colour of its own."""
    pages = [Image.new("RGB", (960, 720), colour) for colour in COLOURS[:5]]
    pages[0].save(tmp_path / "made.pdf", save_all=True, append_images=pages[1:])
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho x >> "{tmp_path / "calls"}"\nwhile [ "$1" != "--outdir" ]; do shift; done\n'
                       f'mkdir -p "$2" && cp "{tmp_path / "made.pdf"}" "$2/deck.pdf"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return tmp_path


def cleared(deck: Path, wanted: str, decisions: list[dict[str, str]] | None = None) -> Case:
    said = deck.with_name("decisions.json")
    said.write_text(json.dumps(decisions or []), encoding="utf-8")
    case = open_case(Request(file=deck, out=deck.with_name("out"), customers=deck.with_name("customers.csv"), audio=False,
                             decisions=said, slide_pictures=wanted))
    for stage in ("extract", "scan", "clear"):
        run_stage(stage, case)
    return case


def own(case: Case) -> set[int]:
    return set(case.get("own_pictures", frozenset[int]))


def decision(case: Case, rule: str, action: str, unit: int = 0) -> dict[str, str]:
    found = next(each for each in case.get("findings", tuple[Finding, ...]) if each.rule.startswith(rule)
                 and (not unit or each.unit == unit))
    return {"group": found.group, "action": action, "reason": "somebody looked", "by": "ana", "at": "2026-11-01T10:00:00Z"}


@pytest.mark.usefixtures("office")
def test_the_rule_of_pictures(deck: Path) -> None:
    assert own(cleared(deck, "")) == own(cleared(deck, "never")) == set(), "nobody asked"
    assert own(cleared(deck, "kept")) == {BARE, CHART}, "nobody kept the photographs, and a name is masked on two slides"
    case = cleared(deck, "all")
    assert own(case) == {BARE, CHART, PHOTO}
    assert {MASKED, NEAR} <= set(case.get("cleared", ClearedDocument).touched_units)
    name = {**decision(case, "customer", "keep")}
    looked = decision(case, "file.picture_near_name", "keep")
    assert own(cleared(deck, "kept", [name])) == {BARE, MASKED, CHART}
    assert own(cleared(deck, "kept", [name, looked])) == {BARE, MASKED, CHART, NEAR}
    assert NEAR not in own(cleared(deck, "all", [name, {**looked, "action": "remove"}])), "somebody looked and said no"


@pytest.mark.usefixtures("office")
def test_a_withheld_word_on_the_master_bars_every_slide(deck: Path) -> None:
    made = Presentation(str(deck))
    made.slide_masters[0].shapes[0].text_frame.text = "With thanks to Halden Foods"
    made.save(str(deck))
    assert own(cleared(deck, "all")) == set()


def test_without_libreoffice_there_are_drawings(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert own(cleared(deck, "all")) == set()


def test_bare_slides_are_those_that_can_show_no_picture(deck: Path) -> None:
    assert deck_pictures.bare_slides(deck, KIND) == {BARE, MASKED, CHART}
    assert deck_pictures.bare_slides(deck, "application/vnd.ms-powerpoint") == frozenset()
    made = Presentation(str(deck))
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG")
    made.slide_masters[0].part.get_or_add_image_part(io.BytesIO(out.getvalue()))
    made.save(str(deck))
    assert deck_pictures.bare_slides(deck, KIND) == frozenset(), "a logo on the master is on every slide"
    deck.write_bytes(b"PK no deck")
    assert deck_pictures.bare_slides(deck, KIND) == frozenset()


def files(pack: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted((pack / "pictures").glob("*"))}


def test_a_pack_shows_the_slide_where_it_may_and_a_masked_drawing_where_it_may_not(deck: Path, office: Path) -> None:
    made = build_pack(Request(file=deck, out=office / "packs", customers=office / "customers.csv", audio=False,
                              slide_pictures="all"))
    pictures = files(made.folder)
    assert set(pictures) == {"slide-002.png", "slide-003.png", "slide-004.png"}, "no bullets, and no photograph beside a name"
    drawn = Image.open(io.BytesIO(pictures["slide-002.png"]))
    assert "Workshop" in drawn.info["Comment"] and "Halden" not in drawn.info["Comment"]
    assert b"Halden" not in pictures["slide-002.png"]
    for number in (CHART, PHOTO):
        shown = Image.open(io.BytesIO(pictures[f"slide-00{number}.png"]))
        assert shown.convert("RGB").getpixel((600, 300)) == pytest.approx(tuple(
            int(COLOURS[number - 1][place:place + 2], 16) for place in (1, 3, 5)), abs=6)
        assert set(shown.info) == {"Description"}
    account = json.loads((made.folder / "pack.json").read_text(encoding="utf-8"))
    leak = next(each for each in account["gates"] if each["gate"] == "leak")
    assert [each.partition(":")[0] for each in leak["warnings"]] == ["pictures/slide-003.png", "pictures/slide-004.png"]
    assert {f"pictures/{name}" for name in pictures} <= {each["path"] for each in account["artefacts"]}
    assert (office / "calls").read_text() == "x\n", "the deck is drawn once"


def test_a_pack_of_which_nobody_asked_for_slides_has_drawings_alone(deck: Path, office: Path) -> None:
    request = Request(file=deck, out=office / "packs", customers=office / "customers.csv", audio=False)
    first, second = (files(build_pack(request).folder) for _ in range(2))
    assert first == second and set(first) == {"slide-002.png", "slide-003.png"}
    assert all("Drawing of slide" in Image.open(io.BytesIO(each)).info["Comment"] for each in first.values())
    assert not (office / "calls").exists(), "LibreOffice was not asked"


@pytest.mark.parametrize("script", ["exit 1\n", ""], ids=["fails", "makes nothing"])
def test_the_drawing_stays_where_the_deck_cannot_be_drawn(deck: Path, office: Path, script: str) -> None:
    (office / "bin" / "soffice").write_text("#!/bin/sh\n" + script)
    case = cleared(deck, "all")
    for stage in ("topics",):
        run_stage(stage, case)
    from flows.steps import _context

    drawn = drawings("pictures/slide-003.png", _context(case))
    other = Artefact(path="blog/x.md", data=b"x", media_type="text/markdown")
    assert as_they_look((other, *drawn), frozenset({3}), deck, case.get("document", Document)) == (other, *drawn)


def test_the_wish_goes_with_the_request() -> None:
    request = Request(file=Path("a"), out=Path("b"), slide_pictures="kept")
    assert request_of(request_json(request)) == request
    old = json.loads(request_json(request))
    del old["slide_pictures"]
    assert request_of(json.dumps(old).encode()).slide_pictures == ""
