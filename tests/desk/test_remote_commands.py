"""submit, approve, release, withdraw, reject and reopen at a running desk: the same rules and rights as on its pages."""

from __future__ import annotations

import pytest

from content.errors import Fault, InputError
from desk.commands import release as commands
from desk.commands.remote import ask, token_from
from desk.commands.submit import submit
from desk.web.app import create_app
from desk.web.site import Site
from tests.desk import releasing
from tests.desk.serving import serving


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.delenv("DECKPRISM_TOKEN", raising=False)
    ready = releasing.make_ready(tmp_path / "desk", monkeypatch, tmp_path / "out")
    with serving(create_app(ready.office, Site())) as address:
        monkeypatch.setenv("DECKPRISM_DATA", str(tmp_path / "elsewhere"))  # what is done is done over there
        yield ready, address
    ready.office.engine.dispose()


def _token(ready, folder, name: str, *scopes: str):
    file = folder / f"{name}.token"
    file.write_text(ready.token(name, *scopes) + "\n", encoding="utf-8")
    return file


def test_the_whole_way_out_and_back(desk, tmp_path, capsys):
    ready, address = desk
    assert commands.approve(ready.id, address, _token(ready, tmp_path, "ben", "approve", "read")) == 0
    publisher = _token(ready, tmp_path, "pia", "release", "read")
    assert commands.release(ready.id, "pilot", address, publisher) == 0
    assert ready.state() == "released" and "Released to the pilot group" in capsys.readouterr().out
    assert commands.withdraw(ready.id, "wrong", "It was 30.", "It was 31.", address, publisher) == 0
    assert ready.state() == "withdrawn" and "The correction waits for approval" in capsys.readouterr().out
    assert not (tmp_path / "elsewhere").exists()


def test_sent_back_from_elsewhere(desk, tmp_path):
    ready, address = desk
    reviewer = _token(ready, tmp_path, "rex", "review", "read")
    assert commands.reject(ready.id, "Not public yet.", address, reviewer) == 0
    assert ready.state() == "rejected"
    with pytest.raises(InputError, match="rejected"):
        commands.approve(ready.id, address, _token(ready, tmp_path, "ben", "approve", "read"))


def test_taken_up_again_from_elsewhere(desk, tmp_path, capsys):
    ready, address = desk
    approver = _token(ready, tmp_path, "ben", "review", "read")
    assert commands.reject(ready.id, "Not public yet.", address, approver) == 0
    with pytest.raises(InputError, match="scope review"):
        commands.reopen(ready.id, address, _token(ready, tmp_path, "cas", "approve", "release", "read"))
    capsys.readouterr()
    assert commands.reopen(ready.id, address, approver) == 0
    assert ready.state() == "decided" and "Its pieces wait to be approved" in capsys.readouterr().out
    with pytest.raises(InputError, match="not rejected"):
        commands.reopen(ready.id, address, approver)


def test_handed_in_with_a_token_from_a_file(desk, tmp_path, capsys):
    ready, address = desk
    deck = tmp_path / "talk.pptx"
    deck.write_bytes(releasing.deck(sentence="A second talk has a sentence more."))
    assert submit([deck], title="A second talk", desk=address, token_file=_token(ready, tmp_path, "zoe", "submit")) == 0
    assert "handed in" in capsys.readouterr().out
    with pytest.raises(InputError, match="token-file absent"):
        submit([deck], desk=address, token_file=tmp_path / "absent")


def test_the_desk_refuses_as_its_pages_do(desk, tmp_path):
    ready, address = desk
    with pytest.raises(InputError, match="own submission"):
        commands.approve(ready.id, address, _token(ready, tmp_path, "ana", "approve", "read"))
    with pytest.raises(InputError, match="scope release"):
        commands.release(ready.id, "all", address, _token(ready, tmp_path, "pia", "read"))
    with pytest.raises(InputError, match="not known"):
        commands.release(ready.id, "friends", address, _token(ready, tmp_path, "pia", "release"))
    with pytest.raises(InputError, match="nothing here"):
        ask(address, ready.token("rex", "review", "read"), "../../check", "reject", {"reason": "because"})
    with pytest.raises(InputError):
        ask(address, "dp_nobody_0", ready.id, "approve", {})
    assert ready.state() == "decided"


def test_a_missing_token_or_desk_is_one_line(tmp_path, monkeypatch):
    monkeypatch.delenv("DECKPRISM_TOKEN", raising=False)
    with pytest.raises(InputError, match="DECKPRISM_TOKEN"):
        token_from(None)
    (tmp_path / "empty").write_text("\n")
    for name in ("empty", "absent"):
        with pytest.raises(InputError, match="token-file"):
            token_from(tmp_path / name)
    with pytest.raises(InputError, match="not an address"):
        ask("desk.example.org", "t", "x", "approve", {})
    with pytest.raises(Fault, match="cannot be reached"):
        ask("http://127.0.0.1:9", "t", "x", "approve", {})
