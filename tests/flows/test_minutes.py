"""`--minutes`: the wish goes with the request, over a worker's line and a case's folder, into the profile."""

from __future__ import annotations

from pathlib import Path

from flows.case import Request, load_case, open_case
from flows.steps import settings_of
from flows.worker import decode_request, encode_request


def test_the_wish_is_in_the_profile_and_counts_as_named(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    profile = settings_of(Request(file=file, out=tmp_path, minutes=7)).profile
    assert profile.minutes == 7
    assert "minutes" in profile.model_fields_set
    assert "minutes" not in settings_of(Request(file=file, out=tmp_path)).profile.model_fields_set


def test_what_the_settings_say_gives_way(tmp_path: Path) -> None:
    settings = tmp_path / "deckprism.toml"
    settings.write_text("[profile]\nminutes = 20\n", encoding="utf-8")
    request = Request(file=tmp_path / "deck.pptx", out=tmp_path, settings=settings)
    assert settings_of(request).profile.minutes == 20
    assert settings_of(Request(file=request.file, out=tmp_path, settings=settings, minutes=5)).profile.minutes == 5


def test_it_survives_the_line_to_a_worker_and_the_folder_of_a_case(tmp_path: Path) -> None:
    request = Request(file=tmp_path / "deck.pptx", out=tmp_path / "out", minutes=9)
    assert decode_request(encode_request(request)) == request
    case = open_case(request, tmp_path / "home")
    assert load_case(case.id, tmp_path / "home").request.minutes == 9
