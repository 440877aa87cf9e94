"""The client against a service that is slow, busy, broken, huge or leads elsewhere: it ends in time, and with one line."""

from __future__ import annotations

import json
import logging
import time

import pytest

from content.model import WriterSettings
from generators.model.budget import Budget, Tokens
from generators.model.client import Client, NoAnswer
from generators.model.endpoint import endpoint

ASKED = [{"role": "system", "content": "rules"}, {"role": "user", "content": "data"}]
SCHEMA: dict[str, object] = {"type": "object"}


@pytest.fixture
def client(service):
    made: list[Client] = []

    def build(**settings: object) -> Client:
        where = endpoint(WriterSettings(model="quill-1", url=service.url, **settings), {"DECKPRISM_WRITER_KEY": "sk-invented"})
        made.append(Client(where, Budget(where.limits, where.price), sleep=pauses.append))
        return made[-1]

    pauses: list[float] = []
    build.pauses = pauses
    yield build
    for each in made:
        each.close()


def replies(service, *given):
    """The service gives these one after the other, the last one for ever."""
    left = list(given)
    service.answer = lambda asked: left.pop(0) if len(left) > 1 else left[0]


def test_a_request_is_plain_and_deterministic(client, service, helpers):
    answer = client().ask(ASKED, SCHEMA, 100)
    assert answer.tokens == Tokens(500, 100) and not answer.cut
    sent = service.asked[0]
    assert sent["temperature"] == 0 and sent["seed"] and sent["max_tokens"] == 100 and sent["messages"] == ASKED
    assert sent["response_format"]["type"] == "json_schema" and not {"tools", "functions", "tool_choice"} & set(sent)
    assert service.paths == ["/v1/chat/completions"] and service.headers[0]["Authorization"] == "Bearer sk-invented"
    assert service.headers[0]["Accept-Encoding"] == "identity"


@pytest.fixture(autouse=True)
def plain_answers(service, helpers):
    service.answer = lambda asked: helpers.said([])


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_service_is_asked_again(client, service, helpers, status):
    replies(service, helpers.Reply(status=status), helpers.said([]))
    asking = client()
    assert asking.ask(ASKED, SCHEMA, 100).text and len(service.raw) == 2 and client.pauses == [1.0]
    assert asking.budget.requests == 2


def test_it_waits_as_long_as_the_service_asks_but_not_for_ever(client, service, helpers):
    replies(service, helpers.Reply(status=429, headers={"Retry-After": "7"}), helpers.Reply(status=429, headers={"Retry-After": "9999"}),
            helpers.said([]))
    client().ask(ASKED, SCHEMA, 100)
    assert client.pauses == [7.0, 30.0]


def test_three_tries_and_no_more(client, service, helpers):
    replies(service, helpers.Reply(status=500, body=b"Traceback: data"))
    with pytest.raises(NoAnswer, match=r"answered 500, 3 times$") as error:
        client().ask(ASKED, SCHEMA, 100)
    assert len(service.raw) == 3 and not error.value.final


@pytest.mark.parametrize(("status", "what"), [(401, "does not accept the key"), (403, "does not accept the key"), (404, "answered 404")])
def test_what_no_other_try_mends_is_not_tried_again(client, service, helpers, status, what):
    replies(service, helpers.Reply(status=status, body=b'{"error": "key sk-invented is wrong"}'))
    with pytest.raises(NoAnswer, match=what) as error:
        client().ask(ASKED, SCHEMA, 100)
    assert error.value.final and len(service.raw) == 1 and "sk-" not in error.value.why


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(client, service, helpers, status):
    elsewhere = service.url.replace("/v1", "/elsewhere")
    replies(service, helpers.Reply(status=status, headers={"Location": elsewhere}))
    with pytest.raises(NoAnswer, match="not followed") as error:
        client().ask(ASKED, SCHEMA, 100)
    assert service.paths == ["/v1/chat/completions"] and error.value.final


def test_a_service_without_schemas_is_asked_for_json_then_for_text_and_that_is_remembered(client, service, helpers):
    def choosy(asked: dict):
        return helpers.Reply(status=400) if "response_format" in asked else helpers.said([])

    service.answer = choosy
    asking = client()
    asking.ask(ASKED, SCHEMA, 100)
    asking.ask(ASKED, SCHEMA, 100)
    forms = [each.get("response_format", {}).get("type", "") for each in service.asked]
    assert forms == ["json_schema", "json_object", "", ""]


def test_a_service_that_takes_no_form_at_all_is_given_up(client, service, helpers):
    replies(service, helpers.Reply(status=422))
    with pytest.raises(NoAnswer, match="does not take the request") as error:
        client().ask(ASKED, SCHEMA, 100)
    assert error.value.final and len(service.raw) == 3


def test_a_silent_service_costs_its_time_out_and_counts_as_paid(client, service, helpers):
    replies(service, helpers.Reply(delay=30))
    asking = client(timeout=0.2)
    started = time.monotonic()
    with pytest.raises(NoAnswer, match=r"no answer in 0\.2 seconds, 3 times"):
        asking.ask(ASKED, SCHEMA, 100)
    assert time.monotonic() - started < 10 and asking.budget.tokens > 300


def test_a_service_that_drips_is_not_waited_for(client, service, helpers):
    slow = helpers.said([])
    slow.drip = 0.05
    replies(service, slow)
    started = time.monotonic()
    with pytest.raises(NoAnswer, match="no answer in"):
        client(timeout=0.3).ask(ASKED, SCHEMA, 100)
    assert time.monotonic() - started < 10


def test_a_huge_answer_is_cut_off(client, service, helpers):
    replies(service, helpers.said("x" * 3_000_000))
    with pytest.raises(NoAnswer, match="larger than any"):
        client().ask(ASKED, SCHEMA, 100)
    assert len(service.raw) == 1


def test_a_packed_answer_is_refused(client, service, helpers):
    import gzip

    replies(service, helpers.Reply(body=gzip.compress(b"{}"), headers={"Content-Encoding": "gzip"}))
    with pytest.raises(NoAnswer, match="packed"):
        client().ask(ASKED, SCHEMA, 100)


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"null", b'{"choices": []}', b'{"choices": [{"message": null}]}',
                                  b'{"choices": {"0": 1}}', b"[" * 100_000, b"\xff\xfe", b'{"choices": [1]}'])
def test_a_broken_answer_is_none(client, service, helpers, body):
    replies(service, helpers.Reply(body=body))
    asking = client()
    with pytest.raises(NoAnswer, match="not one of a chat service"):
        asking.ask(ASKED, SCHEMA, 100)
    assert asking.budget.requests == 1


@pytest.mark.parametrize("usage", [{}, {"prompt_tokens": -5, "completion_tokens": 1}, {"prompt_tokens": True, "completion_tokens": 1},
                                   {"prompt_tokens": "9", "completion_tokens": 1}, [], "many", {"prompt_tokens": 10**12, "completion_tokens": 1}])
def test_tokens_that_make_no_sense_are_estimated(client, service, helpers, usage):
    replies(service, helpers.said([], usage=usage))
    answer = client().ask(ASKED, SCHEMA, 100)
    assert not answer.tokens.counted and answer.tokens.prompt > 20 and answer.tokens.completion > 10


def test_no_request_that_could_pass_a_ceiling_is_sent(client, service):
    for settings, why in (({"max_requests": 1}, "1 requests"), ({"max_tokens": 1500}, "1,500 tokens"),
                          ({"max_cost": 0.0016, "prices": {"quill-1": {"input": 1, "output": 1}}}, "0.0016 USD")):
        service.raw.clear()
        asking = client(**settings)
        asking.ask(ASKED, SCHEMA, 1000 if "max_requests" not in settings else 100)
        with pytest.raises(NoAnswer, match=why) as error:
            asking.ask(ASKED, SCHEMA, 1000)
        assert error.value.final and len(service.raw) == 1


def test_a_service_that_is_not_there_is_said_so(client, service):
    service.url = "http://127.0.0.1:9/v1"
    with pytest.raises(NoAnswer, match="the connection failed, 3 times"):
        client().ask(ASKED, SCHEMA, 100)


def test_the_key_and_the_text_are_in_no_log_and_no_repr(client, service, helpers, caplog):
    caplog.set_level(logging.DEBUG)
    asking = client()
    asking.ask([{"role": "user", "content": "Quillmarsh pays late"}], SCHEMA, 100)
    seen = caplog.text + repr(asking) + repr(asking.endpoint) + json.dumps([each.getMessage() for each in caplog.records])
    assert "sk-invented" not in seen and "Quillmarsh" not in seen


def test_a_proxy_of_the_environment_stands_not_between_a_machine_and_itself(client, service, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert client().ask(ASKED, SCHEMA, 100).text
