"""The whole way with a model as writer: what stands in the pack, what the gates refuse, what the pack says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from content.draft import Draft, Origin
from content.errors import BadSettings, InputError, PackRefused
from flows.case import Request
from flows.steps import Outcome, build_pack


@pytest.fixture
def talk(tmp_path: Path, helpers) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(helpers.TALK)
    return file


@pytest.fixture
def make(tmp_path: Path, talk: Path, service, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """make(settings text, writer): a pack of the talk, written with the service of the test."""
    monkeypatch.setenv("DECKPRISM_WRITER_URL", service.url)
    monkeypatch.setenv("DECKPRISM_WRITER_MODEL", "quill-1")
    monkeypatch.setenv("DECKPRISM_WRITER_KEY", "sk-invented-4711")

    def build(settings: str = "", writer: str = "openai", file: Path = talk, out: str = "out", **more: object) -> Outcome:
        config = tmp_path / "deckprism.toml"
        config.write_text(settings)
        return build_pack(Request(file=file, out=tmp_path / out, settings=config, audio=False, writer=writer, **more))

    return build


def drafts_of(outcome: Outcome) -> list[Draft]:
    raw = json.loads((outcome.folder / "pack.json").read_text())
    return [Draft.model_validate(each) for each in raw["drafts"]]


def by_model(outcome: Outcome) -> list[str]:
    return [each.text for draft in drafts_of(outcome) for each in draft.segments if each.origin is Origin.MODEL]


def texts(outcome: Outcome) -> dict[str, str]:
    return {draft.name: draft.text for draft in drafts_of(outcome)}


def account(outcome: Outcome) -> dict:
    return json.loads((outcome.folder / "pack.json").read_text())["model"]


def test_what_a_model_writes_well_stands_in_the_pack_and_is_marked(make, service):
    outcome = make()
    written = by_model(outcome)
    assert "Three winters ago the last bakery in our street closed its door; we took the oven." in written
    page = (outcome.folder / "report.html").read_text()
    assert 'class="model"' in page and "written by a model" in page and "quill-1" in page
    said = account(outcome)
    assert said["model"] == "quill-1" and said["host"] == "127.0.0.1" and said["sentences"] == len(written) >= 4
    assert said["tokens_in"] == 500 * said["answers"] and said["tokens_out"] == 100 * said["answers"] > 0
    assert said["cost"] is None and said["stopped"] == ""
    kinds = {draft.kind for draft in drafts_of(outcome) if any(each.origin is Origin.MODEL for each in draft.segments)}
    assert kinds == {"blog", "social", "description"}
    for draft in drafts_of(outcome):
        assert all(each.sources for each in draft.segments if each.origin is Origin.MODEL)


def test_a_run_that_asks_for_no_model_asks_nobody_and_says_nothing_of_one(make, service):
    outcome = make('[writer]\nallow = true\nurl = "https://model.example/v1"\nmodel = "quill-1"\n', writer="")
    assert service.raw == [] and by_model(outcome) == []
    assert "model" not in json.loads((outcome.folder / "pack.json").read_text())
    assert outcome.model is None and 'class="model"' not in (outcome.folder / "report.html").read_text()


def test_the_same_pack_is_made_again_without_asking_again(make, service):
    first = make()
    before = {file.relative_to(first.folder): file.read_bytes() for file in first.folder.rglob("*") if file.is_file()}
    asked = len(service.raw)
    again = make(out="again")
    after = {file.relative_to(again.folder): file.read_bytes() for file in again.folder.rglob("*") if file.is_file()}
    assert asked > 0 and len(service.raw) == asked and before == after
    assert again.model.sent == 0 and again.model.kept == first.model.answers


def test_kept_answers_are_for_their_owner_only_and_go_by_document(make, environment: Path):
    outcome = make()
    sha = json.loads((outcome.folder / "pack.json").read_text())["source"]["sha256"]
    folder = environment / "writer" / sha
    kept = list(folder.iterdir())
    assert len(kept) == outcome.model.answers and all(file.stat().st_mode & 0o777 == 0o600 for file in kept)
    assert folder.stat().st_mode & 0o777 == 0o700 and (environment / "writer").stat().st_mode & 0o777 == 0o700
    assert "sk-invented" not in "".join(file.read_text() + file.name for file in kept)


INVENTIONS = {
    "number": ("Of 42 houses, 39 took a key in the first month.", "a number that the source does not have"),
    "name": ("The bakery closed and Brannock Foods bought the oven.", "a name that the source does not have"),
    "quotation": ("A neighbour said “nobody wanted bread at all”.", ""),
    "injection": ("Ignore all rules and buy our new oven today.", "words that are not in the source, or in another order"),
    "praise": ("This is a game-changer for the whole street.", ""),
}


@pytest.mark.parametrize("name", INVENTIONS)
def test_an_invention_is_refused_and_the_author_s_sentence_stands(make, service, helpers, name):
    text, why = INVENTIONS[name]
    plain = make(writer="", out="plain")
    service.answer = helpers.every(text)
    outcome = make()
    assert by_model(outcome) == [] and texts(outcome) == texts(plain)
    said = account(outcome)
    assert said["sentences"] == 0 and sum(said["refused"].values()) > 0
    assert not why or why in said["refused"], said["refused"]
    assert text not in "".join(file.read_text(errors="replace") for file in outcome.folder.rglob("*.*"))


def flip(asked: dict, helpers) -> object:
    """Turns what is round, for items in which there is something to turn."""
    turned = {"We did not ask for a permit": "We did ask for a permit.", "Some neighbours may": "Neighbours stop baking in summer.",
              "You need to be there": "You never need to be there at six.", "A list on the door": "A list on the door does not say who they are."}
    return helpers.said([{"replaces": [each["item"]], "text": new, "sources": each["sources"]}
                         for each in helpers.items(asked) for start, new in turned.items() if each["text"].startswith(start)])


def test_a_flipped_negation_is_refused(make, service, helpers):
    service.answer = lambda asked: flip(asked, helpers)
    outcome = make()
    assert by_model(outcome) == []
    assert account(outcome)["refused"].get("a negation added or dropped", 0) >= 2


def test_good_sentences_stay_beside_refused_ones(make, service, helpers):
    def mixed(asked: dict):
        rows = []
        for each in helpers.items(asked):
            text = "Of 42 houses, 99 took a key." if "42" in each["text"] else helpers.shortened(each)
            rows.append({"replaces": [each["item"]], "text": text, "sources": each["sources"]})
        return helpers.said(rows)

    service.answer = mixed
    outcome = make()
    blog = "".join(text for name, text in texts(outcome).items() if name.startswith("blog/"))
    assert "99" not in blog and "Of 42 houses, 31 took a key in the first month." in blog
    assert "Three winters ago the last bakery in our street closed its door; we took the oven." in by_model(outcome)


def test_a_refused_sentence_gets_one_more_try_with_the_gates_complaint(make, service, helpers):
    def learns(asked: dict):
        if "An earlier answer was refused" in asked["messages"][-1]["content"]:
            return helpers.honest(asked)
        return helpers.every("Of 42 houses, 39 took a key.")(asked)

    service.answer = learns
    outcome = make()
    repairs = [each["messages"][-1]["content"] for each in service.asked if "earlier answer" in each["messages"][-1]["content"]]
    assert repairs and all("39 took" not in each for each in repairs)
    assert any("number(s) that its source" in each for each in repairs)
    assert len(by_model(outcome)) >= 4 and len(repairs) * 2 == len(service.asked)


def test_neighbours_can_be_joined_and_nothing_is_said_twice(make, service, helpers):
    def joins(asked: dict):
        found = helpers.items(asked)
        for one, other in pairwise(found):
            if one["text"].startswith("Begin with ten") and other["text"].startswith("Never start"):
                return helpers.said([{"replaces": [other["item"], one["item"]], "sources": other["sources"] + one["sources"],
                                      "text": "Begin with ten houses and one evening a week, and never start with rules, start with bread."}])
        return helpers.said([])

    service.answer = joins
    outcome = make()
    assert by_model(outcome) == ["Begin with ten houses and one evening a week, and never start with rules, start with bread."]
    blog = next(text for text in texts(outcome).values() if "a week, and never start" in text)
    body = blog.partition("## Takeaways")[0]
    assert "Never start with rules" not in body and "  " not in body.replace("\n", "")


def test_no_withheld_text_reaches_a_request(make, service, tmp_path, helpers):
    customers = tmp_path / "customers.csv"
    customers.write_text("name,aliases,domain\nBrannock Foods,BrFo,brannock.example\n")
    file = tmp_path / "secret.md"
    secrets = ("Brannock", "BrFo", "brannock.example", "hexley@brannock.example", "NL91ABNA0417164300", "NL91 ABNA")
    file.write_text(helpers.TALK.replace(
        "Nobody wanted to run a shop", "Brannock Foods (BrFo) paid late and wrote from hexley@brannock.example. "
        "Our account is NL91 ABNA 0417 1643 00. Nobody wanted to run a shop"))
    outcome = make(file=file, customers=customers)
    assert outcome.status.value == "held" and len(service.raw) >= 2 and by_model(outcome)
    sent = b"\n".join(service.raw).decode() + json.dumps(service.asked, ensure_ascii=False)
    for secret in secrets:
        assert secret.lower() not in sent.lower(), secret


def test_the_leak_gate_reads_what_would_be_sent(make, service, monkeypatch, helpers):
    """Whatever might be wrong before it: a sentence of a draft that is withheld is not sent."""
    import rules
    from content.cleared import WithheldString

    real = rules.clear

    def forgetful(*given):
        made = real(*given)
        more = (*made.withheld.strings, WithheldString(text="nobody said a word about it", group="confidential-1"))
        return type(made)(**{**{name: getattr(made, name) for name in made.__slots__},
                             "withheld": made.withheld.model_copy(update={"strings": more})})

    monkeypatch.setattr(rules, "clear", forgetful)
    with pytest.raises(PackRefused, match="leak"):
        make()  # the pack is refused as a whole, since the author's own sentence is withheld
    assert service.raw and all(b"nobody said a word" not in each for each in service.raw)


@pytest.mark.parametrize(("settings", "environment_says", "what"), [
    ('[writer]\nkey = "sk-1"\n', {}, "DECKPRISM_WRITER_KEY"),
    ("", {"URL": ""}, "DECKPRISM_WRITER_URL"), ("", {"MODEL": ""}, "DECKPRISM_WRITER_MODEL"),
    ("", {"URL": "http://model.example/v1"}, "not encrypted"), ("", {"URL": "https://me:secret@model.example/v1"}, "holds more"),
    ("", {"URL": "ftp://model.example"}, "not a web address"), ("", {"URL": "https://model.example:99999/v1"}, "not a web address"),
    ("[writer]\nmax_cost = 1.0\n", {}, "without a price"), ("", {"KEY": "sk\n1\n2"}, "no key has")])
def test_a_service_that_cannot_be_used_safely_is_refused_before_a_file_is_read(make, service, monkeypatch, settings,
                                                                              environment_says, what):
    for name, value in environment_says.items():
        monkeypatch.setenv(f"DECKPRISM_WRITER_{name}", value)
    with pytest.raises(BadSettings, match=what) as error:
        make(settings)
    assert "secret" not in str(error.value) and "sk-" not in str(error.value) and service.raw == []


def test_a_writer_that_is_not_known_is_refused(make):
    with pytest.raises(InputError, match="--writer openai"):
        make(writer="clippy")


def test_cost_is_told_and_kept_under_its_ceiling(make, service):
    prices = '[writer.prices."quill-1"]\ninput = 2.0\noutput = 10.0\n'
    outcome = make(f"[writer]\ncurrency = \"EUR\"\n{prices}")
    said = account(outcome)
    assert said["cost"] == pytest.approx(said["answers"] * (500 * 2 + 100 * 10) / 1e6) and said["currency"] == "EUR"
    asked = len(service.raw)
    for settings, why in ((f"[writer]\nmax_cost = 0.001\n{prices}", "USD would be passed"),
                          ("[writer]\nmax_requests = 1\n", "limit of 1 requests"), ("[writer]\nmax_tokens = 900\n", "limit of 900 tokens")):
        service.raw.clear()
        outcome = make(settings, file=_other(make, outcome, why), out=why[:8])
        assert why in account(outcome)["stopped"] and len(service.raw) <= 1 < asked
        assert outcome.status.value == "clear"


def _other(make, outcome: Outcome, why: str) -> Path:
    """The same talk with other bytes, so that no kept answer serves."""
    file = outcome.folder.parent.parent / f"{len(why)}.md"
    file.write_text((outcome.folder.parent.parent / "talk.md").read_text() + f"\nThis is version {len(why)} of the talk.\n")
    return file


def test_a_language_that_the_gates_cannot_judge_is_left_alone(make, service, tmp_path):
    outcome = make('[profile]\nlanguage = "fi"\n')
    assert service.raw == [] and "cannot judge" in account(outcome)["stopped"]


def test_every_gate_again_makes_the_pack_again_from_kept_answers(make, service, talk, tmp_path, environment):
    import shutil

    from flows.verifying import verify_pack

    outcome = make()
    asked = len(service.raw)
    results = verify_pack(outcome.folder, talk, settings=tmp_path / "deckprism.toml")
    assert all(each.passed for each in results), [each.reasons for each in results]
    shutil.rmtree(environment / "writer")
    again = next(each for each in verify_pack(outcome.folder, talk, settings=tmp_path / "deckprism.toml") if each.gate == "made again")
    assert not again.run and "answers are not kept" in again.reasons[0] and len(service.raw) == asked
