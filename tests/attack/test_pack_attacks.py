"""A finished pack that somebody wrote into and put right again, and runs that were killed or ran side by side."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content.draft import Artefact
from flows.steps import Request, build_pack
from flows.verifying import verify_pack
from gates.package import write_pack

TALK = """# How people share what they know

People write when they are asked by name. A question costs five minutes and an answer saves an hour.
We measured it: forty planners kept a diary for one week, and they spent nine hours searching.
Most of those hours went into documents that nobody had opened for a year. The rest went into waiting for a colleague
who was on the road. Three planners told us that they had stopped searching at all, and made up an answer that sounded right.
One of those answers cost us a full day on a building site, because the crane was ordered for the wrong side of the street.
Nobody was to blame for it. The man who knew the street was on the same floor, and nobody had thought of him.

## What we did about it

Every Monday somebody asks one question. By Friday the answers are written down where everybody finds them.
Thank the person who answered, because it costs nothing and people remember it.
We began with questions that had cost somebody an afternoon, since everybody has one of those. The first was about the parking
permit of a lorry, and eleven people read the answer within two days. After a month we threw away the list of experts, because
nobody had ever called one of them. A face beside an answer did more than any list, and it needed no meeting.

## What came of it

After half a year the planners searched for five hours a week instead of nine. Nobody wants to go back.
New colleagues read the old questions in their first week, and they ask better ones in their second. Two answers turned out to be
wrong, and both were put right within the hour by people whom we had never seen write a line. We did not plan for that. It came
because the question stood where everybody could see it, and because somebody had said thank you the last time.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("made")
    source = folder / "talk.md"
    source.write_text(TALK, encoding="utf-8")
    return source, build_pack(Request(file=source, out=folder / "out", audio=False)).folder


def account(pack: Path, change: Callable[[dict[str, object]], None]) -> None:
    body = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    change(body)
    for row in body["artefacts"]:
        data = (pack / row["path"]).read_bytes()
        row["sha256"], row["bytes"] = hashlib.sha256(data).hexdigest(), len(data)
    (pack / "pack.json").write_text(json.dumps(body, ensure_ascii=False, sort_keys=True, indent=2) + "\n", encoding="utf-8")


def claim(pack: Path) -> None:
    """Template text that says something, with hash and account put right."""
    file = next((pack / "blog").glob("*.md"))
    name = f"blog/{file.name}"

    def change(body) -> None:
        draft = next(each for each in body["drafts"] if each["path"] == name)
        draft["segments"].append({"text": "Our profit rose to 99 million.\n", "origin": "template"})
        file.write_text(file.read_text(encoding="utf-8") + "Our profit rose to 99 million.\n", encoding="utf-8")

    account(pack, change)


def forget(pack: Path) -> None:
    """A draft that is taken out of the account, and its file rewritten."""
    next((pack / "blog").glob("*.md")).write_text("Our profit rose to 99 million.\n", encoding="utf-8")
    account(pack, lambda body: body.update(drafts=[]))


def declare(pack: Path) -> None:
    (pack / "press.md").write_text("Our profit rose to 99 million.\n", encoding="utf-8")
    account(pack, lambda body: body["artefacts"].append({"path": "press.md", "media_type": "text/markdown"}))


def script(pack: Path) -> None:
    file = pack / "report.html"
    file.write_text(file.read_text(encoding="utf-8").replace("</body>", "<script>1</script></body>"), encoding="utf-8")
    account(pack, lambda body: None)


def release(pack: Path) -> None:
    account(pack, lambda body: body.update(status="released"))


def empty(pack: Path) -> None:
    (pack / "a folder with a telling name").mkdir()


def link(pack: Path) -> None:
    (pack / "link.md").symlink_to(pack / "plan.md")


@pytest.mark.parametrize("harm", [claim, forget, declare, script, release, empty, link])
def test_with_its_source_at_hand_nothing_can_be_written_into_a_pack(made, tmp_path, harm):
    source, pack = made
    copy = tmp_path / pack.name
    shutil.copytree(pack, copy)
    assert all(result.passed for result in verify_pack(copy, source))
    harm(copy)
    assert not all(result.passed for result in verify_pack(copy, source))


def files(text: str, sha256: str) -> tuple[Artefact, ...]:
    body = json.dumps({"source": {"sha256": sha256}}).encode()
    return (Artefact(path="a.md", data=text.encode(), media_type="text/markdown"),
            Artefact(path="pack.json", data=body, media_type="application/json"))


def test_what_killed_runs_left_is_swept_and_a_pack_moved_aside_comes_back(tmp_path):
    for name in (".making-abcdefgh", ".old-abcdefgh", ".making-abcdefg1", "my.making-abcdefgh"):
        (tmp_path / name).mkdir()
    write_pack(tmp_path / ".old-abcdefgh", "lost-pack", "1", files("lost", "1"))
    for name in (".making-abcdefgh", ".old-abcdefgh", "my.making-abcdefgh"):
        os.utime(tmp_path / name, (1, 1))
    write_pack(tmp_path, "new-pack", "2", files("new", "2"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".making-abcdefg1", "lost-pack", "my.making-abcdefgh", "new-pack"]
    assert (tmp_path / "lost-pack" / "a.md").read_text() == "lost"


def test_many_at_once_leave_one_whole_pack(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: write_pack(tmp_path, "pack", "1", files(str(number), "1")), range(24)))
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]
    assert sorted(path.name for path in (tmp_path / "pack").iterdir()) == ["a.md", "pack.json"]


def test_a_talk_about_templates_is_not_taken_for_a_template_that_failed(tmp_path):
    source = tmp_path / "talk.md"
    source.write_text(TALK.replace("asked by name", "asked by {{ name }} in {% raw %} text"), encoding="utf-8")
    outcome = build_pack(Request(file=source, out=tmp_path / "out", audio=False))
    assert not outcome.refused
    assert "{{ name }}" in next((outcome.folder / "blog").glob("*.md")).read_text(encoding="utf-8")


def test_a_hidden_slide_with_words_of_our_templates_refuses_no_pack(tmp_path):
    from pptx import Presentation

    deck = Presentation()
    for title, lines, hidden in (
            ("How people share what they know", ("Ask one question each week.", "Write the answer where everybody finds it."), False),
            ("Before the camera runs", ("What should I have asked, and did not?", "Held for review: what nobody has decided yet "
             "is masked.", "The pump of plant nine leaks oil into the yard."), True)):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text_frame.text = "\n".join(lines)
        if hidden:
            slide._element.set("show", "0")
    deck.save(tmp_path / "talk.pptx")
    outcome = build_pack(Request(file=tmp_path / "talk.pptx", out=tmp_path / "out", audio=False))
    assert outcome.pieces
    assert not any(b"plant nine" in file.read_bytes() for file in outcome.folder.rglob("*") if file.is_file())
