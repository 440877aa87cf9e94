"""What the desk says of an episode: spoken with its length, or a script and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.services import progress, sound
from desk.web.routes.jobs import made
from tests.desk import releasing


def test_a_spoken_episode_says_its_measured_length():
    assert sound.made_of_it(518) == "episode of 8:38"
    assert sound.made_of_it(0) == "audio script"


@pytest.mark.parametrize(("status", "wanted", "said"), [
    ("held", True, "when nothing is open any more"), ("clear", True, "no voice"), ("clear", False, "deckprism say"),
    ("held", False, "not asked for")])
def test_a_silent_one_says_why(status, wanted, said):
    assert said in sound.unspoken(status, wanted)


def test_no_channel_means_all_of_them():
    assert sound.asked_for(()) and sound.asked_for(("blog", "audio")) and not sound.asked_for(("blog",))


def test_the_page_of_a_submission_says_what_became_of_the_episode(tmp_path, monkeypatch):
    ready = releasing.make_ready(tmp_path, monkeypatch)
    try:
        found = progress.status(ready.office, ready.people["ana"], ready.id)
    finally:
        ready.work.stop()
        ready.office.engine.dispose()
    counts = (("made:audio", 1), ("made:blog", 2))
    held = replace(found, figures=counts, build_status="held", channels=("audio", "blog"))
    assert made(held) == ("2 blog drafts and 1 audio script. The episode is a script so far: it is spoken when nothing is "
                          "open any more.")
    spoken = replace(held, figures=(*counts, ("spoken", 518)), build_status="clear")
    assert made(spoken) == "2 blog drafts and 1 episode of 8:38."
    assert made(replace(held, figures=(("made:blog", 2),))) == "2 blog drafts."
