"""The pieces as they will be: where each sentence comes from, changed in place, cut differently, and nothing run."""

from __future__ import annotations

import re

import pytest

from content.draft import Origin, Sentence
from content.errors import InputError
from desk.rights import Forbidden
from desk.services import edits, pieces
from desk.services.material import scanned
from desk.web import prose
from store.submissions import Stale
from tests.desk import releasing


@pytest.fixture
def ready(tmp_path, monkeypatch):
    made = releasing.make_ready(tmp_path, monkeypatch)
    yield made
    made.work.stop()
    made.office.engine.dispose()


def test_every_sentence_says_its_slide(ready):
    page = ready.browser("ana").get(f"/pieces/{ready.id}").text
    said = re.findall(r'<a class="said" href="/pieces/[^"]+#sentence" data-from="slide \d', page)
    assert len(said) > 3
    assert "/pieces/" + ready.id + "/approve" not in page  # it is her own
    assert f"/pieces/{ready.id}/approve" in ready.browser("ben").get(f"/pieces/{ready.id}").text


def test_a_sentence_stands_beside_its_source_and_can_be_rewritten_without_script(ready):
    piece, segment, before, text = ready.sentence()
    browser = ready.browser("ana")
    page = browser.get(f"/pieces/{ready.id}", params={"piece": piece, "at": segment}).text
    assert 'id="sentence"' in page
    assert page.count(text.strip()) >= 3  # in the piece, on the slide, in the form
    del browser.headers["x-csrf-token"]
    secret = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    sent = {"csrf": secret, "piece": piece, "segment": segment, "before": before, "text": "We now write notes every week."}
    answer = browser.post(f"/pieces/{ready.id}/edit", data=sent)
    assert "from before your last decisions" in answer.text
    ready.work.drain()
    done = browser.get(f"/pieces/{ready.id}", params={"piece": piece}).text
    assert "We now write notes every week." in done
    assert "written by hand" in done
    assert "from before your last decisions" not in done


def test_a_refused_edit_is_said_where_it_was_written_and_can_be_taken_back(ready):
    piece, segment, before, _ = ready.sentence()
    made = edits.edit(ready.office, ready.people["rex"], ready.id, piece, segment, before, "Read {{ name }} <b>now</b>.")
    ready.work.drain()
    page = ready.browser("rex").get(f"/pieces/{ready.id}", params={"piece": piece}).text
    assert "Not taken:" in page
    assert "<b>now</b>" not in page
    edits.undo(ready.office, ready.people["rex"], ready.id, made)
    ready.work.drain()
    assert any(each.name == piece for each in scanned(ready.office, ready.id).drafts)


def test_two_people_on_one_sentence_the_second_is_told(ready):
    piece, segment, before, _ = ready.sentence()
    edits.edit(ready.office, ready.people["ana"], ready.id, piece, segment, before, "One way to say it.")
    with pytest.raises(Stale, match="Ana"):
        edits.edit(ready.office, ready.people["rex"], ready.id, piece, segment, before, "Another way to say it.")
    edits.edit(ready.office, ready.people["ana"], ready.id, piece, segment, before, "A better way to say it.")
    with pytest.raises(Stale, match="in between"):
        edits.edit(ready.office, ready.people["rex"], ready.id, piece, segment, "0" * 64, "Another way to say it.")


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_words_that_cannot_stand_there(ready, text):
    piece, segment, before, _ = ready.sentence()
    with pytest.raises(InputError):
        edits.edit(ready.office, ready.people["ana"], ready.id, piece, segment, before, text)


def test_others_look_and_do_not_touch(ready):
    piece, segment, before, _ = ready.sentence()
    with pytest.raises(Forbidden):
        edits.edit(ready.office, ready.people["pia"], ready.id, piece, segment, before, "Mine.")
    assert ready.browser("zoe").get(f"/pieces/{ready.id}").status_code == 404


def test_a_piece_is_left_out_and_taken_back(ready):
    piece = ready.sentence()[0]
    edits.leave_out(ready.office, ready.people["ana"], ready.id, piece, 0)
    with pytest.raises(Stale, match="Ana changed this"):
        edits.leave_out(ready.office, ready.people["rex"], ready.id, piece, 0)
    ready.work.drain()
    assert all(each.name != piece for each in scanned(ready.office, ready.id).drafts)
    assert piece in ready.browser("ana").get(f"/pieces/{ready.id}?view=left-out").text
    edits.leave_out(ready.office, ready.people["ana"], ready.id, piece, 1, out=False)
    ready.work.drain()
    assert any(each.name == piece for each in scanned(ready.office, ready.id).drafts)


def test_a_topic_begins_where_somebody_wants_it(ready):
    known = scanned(ready.office, ready.id).topics
    if len(known) < 2:
        with pytest.raises(InputError, match="no beginning"):
            edits.move_boundary(ready.office, ready.people["ana"], ready.id, 2, 3, 0)
        return
    wanted = known[1].first - 1 if known[1].first - 1 > known[0].first else known[1].first + 1
    edits.move_boundary(ready.office, ready.people["ana"], ready.id, 2, wanted, 0)
    ready.work.drain()
    assert scanned(ready.office, ready.id).topics[1].first == wanted
    with pytest.raises(InputError):
        edits.move_boundary(ready.office, ready.people["ana"], ready.id, 2, known[0].first, 1)


def test_a_topic_moves_through_the_api_and_what_is_old_is_refused(ready):
    browser, address = ready.browser("ana"), f"/api/v1/submissions/{ready.id}"
    seen = browser.get(f"{address}/pieces").json()
    known = scanned(ready.office, ready.id).topics
    assert [(each["number"], each["first"], each["last"]) for each in seen["topics"]] == [
        (each.number, each.first, each.last) for each in known]
    assert seen["shaped"] == 0 and all(each["grade"] in {"strong", "fair", "thin"} for each in seen["topics"])
    assert browser.post(f"{address}/topic", json={"topic": 99, "first": 2, "version": 0}).status_code == 400
    back = browser.post(f"{address}/topic", json={"version": 0})
    assert back.status_code == 200 and back.json() == {"begins": [], "version": 1}
    assert browser.post(f"{address}/topic", json={"version": 0}).status_code == 409


def test_only_files_of_the_pack_are_handed_over(ready):
    browser = ready.browser("ana")
    seen = pieces.overview(ready.office, ready.people["ana"], ready.id)
    path = pieces.piece(ready.office, ready.people["ana"], ready.id, ready.sentence()[0], seen).files[0]
    given = browser.get(f"/pieces/{ready.id}/files/{path}")
    assert given.status_code == 200
    assert "attachment" in given.headers["content-disposition"]
    for wrong in ("../pieces/drafts.json", "%2e%2e/pieces/drafts.json", "/etc/passwd", "pieces/drafts.json"):
        assert browser.get(f"/pieces/{ready.id}/files/{wrong}").status_code == 404


def test_the_api_lists_pieces_and_keeps_rights(ready):
    said = ready.api("ana", "read").get(f"/api/v1/submissions/{ready.id}/pieces").json()
    assert said["current"] is True
    assert any(sentence["units"] for each in said["pieces"] for sentence in each["sentences"])
    assert ready.api("zoe", "read").get(f"/api/v1/submissions/{ready.id}/pieces").status_code == 404


@pytest.mark.parametrize("hostile", [
    "<script>alert(1)</script>", "![x](https://evil.invalid/a.png)", "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>", "[x](data:text/html,y)", "\U0010ff007\U0010ff01\"><b>", "<https://evil.invalid> `a`"])
def test_nothing_of_a_piece_is_passed_as_it_is(hostile):
    segments = [Sentence(text="# ", origin=Origin.TEMPLATE), Sentence(text=hostile, origin=Origin.EDITOR),
                Sentence(text="\n\nAfter.\n", origin=Origin.TEMPLATE)]
    anchors = {1: ('/pieces/a?b="c"', 'from "here"')}
    for drawn in ("".join(prose.markdown(prose.marked(segments), anchors, 1)),
                  str(prose.plain(prose.marked(segments), anchors, 1))):
        assert not re.search(r"<(script|img|b)\b", drawn)
        assert not re.search(r'href="(javascript|data):', drawn)
        assert "\U0010ff00" not in drawn


def test_sentences_over_several_lines_and_in_bold_keep_the_page_whole():
    segments = [Sentence(text="- **", origin=Origin.TEMPLATE), Sentence(text="First.\n\nSecond line", sources=("s1.b1.1",)),
                Sentence(text="**\n- last\n\n<!-- note\n- for the editor -->", origin=Origin.TEMPLATE)]
    text, notes = prose.notes_of(prose.marked(segments))
    drawn = "".join(prose.markdown(text, {1: ("/x", "slide 1")}))
    assert notes == ("note", "for the editor")
    assert drawn.count("<a ") == drawn.count("</a>") == 2
    assert "for the editor" not in drawn


def test_what_is_not_there_is_said(ready):
    assert ready.browser("ana").get("/pieces/unknown").status_code == 404
    assert ready.browser("ana").get(f"/pieces/{ready.id}?piece=blog/none").status_code == 404


def talk_with_a_chart() -> bytes:
    """A deck of one told slide, and one with a chart that is told too."""
    import io

    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text, first.placeholders[1].text = "Bread for the town", "Forty loaves a day"
    first.notes_slide.notes_text_frame.text = (
        "The oven was built in the spring, and the first bread was sold before noon. Nobody had believed that a town of this "
        "size would walk up the hill for it. They came in pairs at first, and then with carts. The baker had worked in a mill before, and "
        "he knew what flour does when the weather turns. He kept a book in which he wrote every morning how the dough had "
        "risen and who had helped him. When he went to sea for the second winter, three neighbours baked from that book for six "
        "weeks. The bread was not as good as his, they said, and the whole town ate it to the last crust. Since then anybody "
        "who wants to learn may come before sunrise and write a page of the book. The book has a place of its own now, on a "
        "shelf above the trough, where the flour cannot reach it. Two bakers from the next valley came to read it last autumn "
        "and stayed for three days. They went home with a loaf each and with a list of what they would do in another way. We "
        "asked them to send us that list when they have tried it, and the first half of it came with the post in March.")
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Loaves [by place]"
    data = CategoryChartData()
    data.categories = ("The hall", "The yard", "The street")
    data.add_series("Loaves", (40, 12, 7))
    second.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Inches(1), Inches(2), Inches(8), Inches(4.5), data)
    second.notes_slide.notes_text_frame.text = (
        "The hall eats more bread than all other places together. It has the longest table and the largest families, and they "
        "come back in the evening for what is left. The yard bakes for itself on Sundays and says that nobody can tell. We counted "
        "for one whole month, with a pencil on a string beside the door. Before we counted, everybody thought that the street "
        "took the most, because one sees those people carry it home. The hall carries nothing, since it sits above the oven. "
        "We have moved the second baking to the afternoon since we know this, and less of it goes to the pigs.")
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def test_the_pictures_of_a_draft_are_seen_before_it_is_approved(tmp_path, monkeypatch):
    made = releasing.make_ready(tmp_path, monkeypatch, content=talk_with_a_chart())
    try:
        seen = pieces.overview(made.office, made.people["ana"], made.id)
        name = next(each.name for each in seen.entries if each.kind == "blog")
        shown = pieces.piece(made.office, made.people["ana"], made.id, name, seen)
        (picture,) = shown.pictures
        assert picture.path == "pictures/slide-002.png" and picture.path in shown.files
        assert picture.alt == "Loaves [by place]: The hall 40; The yard 12; The street 7"
        page = made.browser("ben").get(f"/pieces/{made.id}", params={"piece": name}).text
        assert f'src="/pieces/{made.id}/files/pictures/slide-002.png"' in page and f'alt="{picture.alt}"' in page
        given = made.browser("ben").get(f"/pieces/{made.id}/files/pictures/slide-002.png")
        assert given.headers["content-type"] == "image/png" and given.content.startswith(b"\x89PNG")
    finally:
        made.work.stop()
        made.office.engine.dispose()
