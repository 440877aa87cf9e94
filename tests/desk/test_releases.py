"""What goes out: once for each audience, signed, as approved; and comes back with a notice and a correction."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from content.errors import Fault, InputError
from desk.rights import Forbidden, NotThere
from desk.services import approvals, corrections, outgoing, publishing, releases
from desk.services.office import reading
from desk.services.releases import Wrong
from desk.services.signing import verify_folder
from store.submissions import Stale
from store.tables_review import Build, Release
from tests.desk import releasing


@pytest.fixture
def ready(tmp_path, monkeypatch):
    made = releasing.make_ready(tmp_path, monkeypatch, tmp_path / "out")
    yield made
    made.work.stop()
    made.office.engine.dispose()


def _approved(ready) -> str:
    approvals.approve(ready.office, ready.people["ben"], ready.id, ready.content)
    return ready.content


def _out(ready, audience: str = "all"):
    return next(iter((ready.office.publish_to / audience).iterdir()))


def test_nothing_goes_out_unapproved(ready):
    with pytest.raises(Stale, match="not approved"):
        releases.release(ready.office, ready.people["pia"], ready.id, "all")
    with pytest.raises(Forbidden):
        releases.release(ready.office, ready.people["ben"], ready.id, "all")


def test_a_release_is_signed_and_published_whole(ready):
    _approved(ready)
    made = releases.release(ready.office, ready.people["pia"], ready.id, "all")
    ready.work.drain()
    folder = _out(ready)
    assert verify_folder(ready.office.key, folder) == ""
    assert verify_folder(b"another key", folder) != ""
    assert not {each.name for each in folder.iterdir()} & publishing.FOR_THE_DESK
    kept = next((publishing.releases_folder(ready.office) / made.id).iterdir())
    assert json.loads((kept / "pack.json").read_text())["status"] == "released"
    assert ready.state() == "released"
    text = next(folder.glob("blog/*.md"))
    text.write_text(text.read_text() + "One word more.\n")
    assert "is not as it was released" in verify_folder(ready.office.key, folder)


def test_asked_for_twice_or_at_once_it_is_one_release(ready):
    _approved(ready)
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: releases.release(ready.office, ready.people["pia"], ready.id, "all"), range(6)))
    assert len({each.id for each in made}) == 1
    with reading(ready.office.engine) as session:
        assert len(session.scalars(select(Release)).all()) == 1


def test_publishing_twice_changes_nothing_and_a_broken_try_leaves_nothing(ready, monkeypatch):
    _approved(ready)
    made = releases.release(ready.office, ready.people["pia"], ready.id, "all")
    real = publishing._for_readers

    def broken(*given):
        real(*given)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "_for_readers", broken)
    with pytest.raises(OSError):
        publishing.publish(ready.office, made.id, "1")
    assert list((ready.office.publish_to / "all").iterdir()) == []
    monkeypatch.setattr(publishing, "_for_readers", real)
    publishing.publish(ready.office, made.id, "1")
    first = sorted((each.relative_to(_out(ready)), each.stat().st_mtime_ns) for each in _out(ready).rglob("*"))
    publishing.publish(ready.office, made.id, "1")
    assert sorted((each.relative_to(_out(ready)), each.stat().st_mtime_ns) for each in _out(ready).rglob("*")) == first


def test_files_changed_after_they_were_made_do_not_go_out(ready):
    _approved(ready)
    with reading(ready.office.engine) as session:
        build = session.scalar(select(Build))
    text = next((ready.office.builds() / build.id / build.slug).glob("blog/*.md"))
    text.write_text("Something else\n")
    with pytest.raises(Fault, match="changed on the disk"):
        releases.release(ready.office, ready.people["pia"], ready.id, "all")


def test_something_else_in_the_place_is_left_alone(ready):
    _approved(ready)
    made = releases.release(ready.office, ready.people["pia"], ready.id, "all")
    with reading(ready.office.engine) as session:
        slug = session.scalar(select(Build.slug))
    own = ready.office.publish_to / "all" / slug
    own.mkdir(parents=True)
    (own / "mine.txt").write_text("mine")
    with pytest.raises(Fault, match="holds something else"):
        publishing.publish(ready.office, made.id, "1")
    assert (own / "mine.txt").read_text() == "mine"


def test_the_pilot_group_comes_first_where_the_policy_asks(ready):
    ready.setting(pilot_first=True)
    _approved(ready)
    with pytest.raises(Stale, match="pilot group"):
        releases.release(ready.office, ready.people["pia"], ready.id, "all")
    releases.release(ready.office, ready.people["pia"], ready.id, "pilot")
    assert releases.release(ready.office, ready.people["pia"], ready.id, "all").audience == "all"


def test_customer_service_comes_first_where_the_policy_asks(ready):
    ready.setting(acknowledge=True)
    content = _approved(ready)
    with pytest.raises(Stale, match="customer service"):
        releases.release(ready.office, ready.people["pia"], ready.id, "all")
    approvals.acknowledge(ready.office, ready.people["kim"], ready.id, content)
    assert releases.release(ready.office, ready.people["pia"], ready.id, "all").content_hash == content


def test_the_zip_is_the_same_each_time_and_holds_only_our_paths(ready):
    _approved(ready)
    made = releases.release(ready.office, ready.people["pia"], ready.id, "all")
    page = ready.browser("pia")
    first, second = (page.get(f"/released/{made.id}/download") for _ in range(2))
    assert first.content == second.content
    assert "attachment" in first.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(first.content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        said = json.loads(archive.read(next(name for name in names if name.endswith("/release.json"))))
    assert said["content_hash"] == made.content_hash
    assert not any(name.startswith("/") or ".." in name for name in names)
    assert page.get("/released/../../etc/passwd/download").status_code == 404
    assert ready.browser("zoe").get(f"/released/{made.id}/download").status_code == 404


def test_withdrawn_it_is_gone_and_a_notice_stands_there(ready):
    _approved(ready)
    made = releases.release(ready.office, ready.people["pia"], ready.id, "all")
    ready.work.drain()
    with pytest.raises(InputError, match="reason"):
        releases.withdraw(ready.office, ready.people["pia"], ready.id, Wrong(" "))
    assert releases.withdraw(ready.office, ready.people["ana"], ready.id, Wrong("The week was wrong")) == ""
    ready.work.drain()
    assert {each.name for each in _out(ready).iterdir()} == {"withdrawn.md", "release.json"}
    assert ready.state() == "withdrawn"
    with pytest.raises(NotThere):
        outgoing.download(ready.office, ready.people["pia"], made.id)
    with pytest.raises(InputError, match="was withdrawn"):
        releases.release(ready.office, ready.people["pia"], ready.id, "all")


def test_withdrawn_before_it_was_published_nothing_is_published(ready):
    _approved(ready)
    releases.release(ready.office, ready.people["pia"], ready.id, "all")
    releases.withdraw(ready.office, ready.people["pia"], ready.id, Wrong("Too early"))
    ready.work.drain()
    assert not (ready.office.publish_to / "all").exists()


def test_a_correction_is_approved_by_another_person_and_goes_where_it_had_been(ready):
    _approved(ready)
    releases.release(ready.office, ready.people["pia"], ready.id, "all")
    ready.work.drain()
    made = releases.withdraw(ready.office, ready.people["ben"], ready.id,
                             Wrong("A figure", "We said *nine* weeks.", "It was six weeks."))
    with pytest.raises(Forbidden, match="wrote themselves"):
        corrections.approve(ready.office, ready.people["ben"], made, 1)
    with pytest.raises(Forbidden):
        corrections.approve(ready.office, ready.people["ana"], made, 1)
    with pytest.raises(Stale):
        corrections.release(ready.office, ready.people["pia"], made, 1)
    corrections.approve(ready.office, ready.people["cas"], made, 1)
    corrections.rewrite(ready.office, ready.people["pia"], made, 2, "# Correction\n\nIt was six weeks.")
    with pytest.raises(Stale):
        corrections.release(ready.office, ready.people["pia"], made, 3)  # the approval fell with the new words
    corrections.approve(ready.office, ready.people["cas"], made, 3)
    corrections.release(ready.office, ready.people["pia"], made, 4)
    ready.work.drain()
    assert (_out(ready) / "correction.md").read_text() == "# Correction\n\nIt was six weeks.\n"


@pytest.mark.parametrize(("language", "word"), [("en", "What is right."), ("nl", "Wat klopt.")])
def test_the_correction_is_written_in_both_languages(language, word):
    from generators.render import Plain, render

    text = "".join(each.text for each in render("correction.md.j2", language, {
        "title": Plain("T"), "wrong": Plain("W"), "right": Plain("R"), "places": [Plain("P")], "on": Plain("2026-01-02")}))
    assert word in text
    assert "- P" in text
    assert "2026-01-02" in text


def test_pages_and_api_say_the_same(ready):
    content = _approved(ready)
    assert "can be released" in ready.browser("pia").get(f"/pieces/{ready.id}").text
    api = ready.api("pia", "release", "read")
    first = api.post(f"/api/v1/submissions/{ready.id}/release", json={"audience": "pilot", "content_hash": content})
    assert first.status_code == 200
    assert first.json()["content_hash"] == content
    assert api.get(f"/api/v1/submissions/{ready.id}/download").headers["content-type"] == "application/zip"
    listed = ready.browser("pia").get("/released", params={"q": "notes"}).text
    assert "How notes travel" in listed
    assert "How notes travel" not in ready.browser("pia").get("/released", params={"q": "nothing like it"}).text
    assert "How notes travel" not in ready.browser("zoe").get("/released").text
    gone = api.post(f"/api/v1/submissions/{ready.id}/withdraw", json={"reason": "Too early"})
    assert gone.json() == {"correction": ""}
    assert api.post(f"/api/v1/submissions/{ready.id}/withdraw", json={"reason": "Too early"}).status_code == 409
