"""Versions of one talk are found by what their slides say, whatever their order, and other talks are not."""

from __future__ import annotations

import random
from pathlib import Path

from content.cleared import ClearedDocument
from content.document import Block, Part, Source, Unit
from flows.across.prints import Print, keep, kept, print_of
from flows.across.versions import Older, Versions, versions

WORDS = ("paper", "river", "candle", "mountain", "garden", "letter", "harbour", "winter", "bridge", "window", "market",
         "station", "orchard", "kettle")


def line(seed: str) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(14)) + f" {seed}"


def cleared(*texts: str, title: str = "Talk") -> ClearedDocument:
    units = tuple(
        Unit(number=number, kind="slide", blocks=(
            Block(id=f"s{number}.b1", part=Part.BODY, text=text),
            Block(id=f"s{number}.b2", part=Part.NOTES, text=f"said on evening {number} in another way each time")))
        for number, text in enumerate(texts, start=1))
    return ClearedDocument(id="0" * 64, source=Source(name="a.pptx", sha256="0" * 64, media_type="x/y", bytes=1),
                           title=title, units=units, clearing="c")


def made(*texts: str, saved: str = "") -> Print:
    return print_of(cleared(*texts), {"modified": saved} if saved else {})


TALK = tuple(line(f"talk {number}") for number in range(8))


def test_a_shuffled_edited_and_longer_talk_is_a_version_and_the_differences_have_numbers(make_pack) -> None:
    edited = TALK[2].replace(TALK[2].split()[5], "lantern", 1)
    new = [TALK[4], TALK[0], edited, TALK[3], TALK[1], TALK[5], TALK[6], line("something new")]
    packs = [make_pack("old-1", made_of=made(*TALK, saved="2026-01-05T10:00:00Z")),
             make_pack("new-2", made_of=made(*new, saved="2026-02-05T10:00:00Z")),
             make_pack("other-3", made_of=made(*(line(f"other {number}") for number in range(8))))]
    assert versions(packs) == (Versions("new-2", "saved", (
        Older("old-1", same=6, edited=(3,), added=(8,), dropped=(8,)),)),)
    assert versions(packs[::-1])[0].newest == "new-2"


def test_without_dates_the_longest_is_the_newest(make_pack) -> None:
    packs = [make_pack("short", made_of=made(*TALK[:5])), make_pack("long", made_of=made(*TALK))]
    (talk,) = versions(packs)
    assert (talk.newest, talk.known_by, talk.older[0].added) == ("long", "slides", (6, 7, 8))


def test_a_shared_slide_or_two_make_no_version(make_pack) -> None:
    about, reach = line("who we are"), line("how to reach us")
    packs = [make_pack(f"deck-{number}", made_of=made(about, reach, *(line(f"{number} {slide}") for slide in range(6))))
             for number in range(40)]
    assert versions(packs) == ()


def test_forty_versions_are_one_talk(make_pack) -> None:
    packs = [make_pack(f"v{number:02d}", made_of=made(*TALK, line(f"of {number}"), saved=f"2026-03-{number + 1:02d}"))
             for number in range(28)]
    (talk,) = versions(packs)
    assert talk.newest == "v27"
    assert len(talk.older) == 27


def test_thin_slides_and_notes_say_nothing(make_pack) -> None:
    thin = ("Thank you", "Agenda", "Questions", "Break", "The end")
    assert made(*thin).units == ()
    assert versions([make_pack("a", made_of=made(*thin)), make_pack("b", made_of=made(*thin))]) == ()
    assert versions([make_pack("a"), make_pack("b")]) == ()


def test_a_print_comes_back_as_it_was_kept_and_holds_no_words(tmp_path: Path) -> None:
    document = cleared(*TALK)
    keep(tmp_path, document, {"modified": "2026-01-05T10:00:00Z", "author": "Wren Quillmarsh"})
    back = kept(tmp_path, "0" * 64, "c")
    assert back == print_of(document, {"modified": "2026-01-05T10:00:00Z"})
    assert back is not None
    assert (back.saved, back.shown) == ("2026-01-05T10:00:00", 8)
    (file,) = tmp_path.iterdir()
    assert not any(word in file.read_text() for word in (*WORDS, "Quillmarsh"))
    assert kept(tmp_path, "0" * 64, "other decisions") is None
    file.write_text("{broken")
    assert kept(tmp_path, "0" * 64, "c") is None


def test_what_is_no_date_is_no_date() -> None:
    assert print_of(cleared(*TALK), {"modified": "Monday, by Wren"}).saved == ""
