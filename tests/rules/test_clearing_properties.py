"""Whatever spelling stands wherever: nothing of it is left, twice is as once, and what holds no name stays as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rules
from content.decision import Action, Decision
from content.document import Block, Document, Part, Source, Unit
from content.settings import Settings
from language.fold import fold, squash
from rules.clearing import Clearing
from rules.customers_list import CustomerList

ROWS = ("Quarnholm Logistics B.V. | alias=QHL-00417;Quarnholm | ticker=QRNX | code_name=Stonecrop | industry=logistics | "
        "domain=quarnholm.example", "Pellgrave Marine | industry=shipping", "Ostvik Foods | industry=food")
CUSTOMERS = CustomerList.of(ROWS)
CYRILLIC = str.maketrans("aoei", "аоеі")
PLAIN = ("We plan the work of the next weeks together.", "Ask one question each week, and write the answer down.",
         "People read more when the page is short.", "A list of ten lines is long enough.")


def forms() -> tuple[str, ...]:
    """A sentence for each spelling of one customer that people and programs use."""
    name, low, full = "Quarnholm", "quarnholm", "Quarnholm Logistics"
    return (
        f"{full} signed in May.", f"{name} asked for a pilot.", f"{name.upper()} go-live", f"{low} prefers notes.",
        f"{name}'s board was happy.", f"{name}’s board was happy.", f"A {name}-style rollout", f"Non-{name} systems stay.",
        f"#{name} was trending.", "#QuarnholmLogistics rocks", f"Follow @{low} for news.", f"See {low}.com for details.",
        f"Mail jane.doe@{low}.com now.", f"https://portal.{low}.com/login", f"s3://{low}-prod-logs/2024",
        f"File: {name}_Q3_final.pptx", f"{name}Bank joint venture", f"{name} Logi is big.", f"{name.upper()}, Inc. is big.",
        f"{'.'.join(name.upper())}. is an in-joke.", "Quarn-\nholm was split at the line end.", "Quarnholm\nLogistics",
        " ".join(name), f"{name.translate(CYRILLIC)} with a letter from another alphabet", f"{name}™ tools",
        f"{name}Logi internal", f"the {name}s of this world", "Quarnhlom Logistics (typing error)", "CRM id QHL-00417",
        f"{low}_user_table", "ticker QRNX rose", "Project Stonecrop starts", "Quarn\u00adholm and Quarn\u200bholm",
        "".join(chr(ord(char) + 0xFEE0) for char in name),
    )


FORMS = forms()
LINES = st.lists(st.sampled_from(FORMS + PLAIN), min_size=1, max_size=4)


def made(units: Sequence[Sequence[str]], language: str) -> Document:
    digest = hashlib.sha256(repr((units, language)).encode()).hexdigest()
    slides = tuple(Unit(
        number=number, kind="slide", title=lines[0], section=lines[-1], blocks=tuple(
            Block(id=f"s{number}.b{place}", text=text, part=(Part.TITLE, Part.BODY, Part.TABLE, Part.NOTES)[place % 4])
            for place, text in enumerate(lines))) for number, lines in enumerate(units, 1))
    first = Unit(number=0, kind="file", blocks=tuple(
        Block(id=f"s0.b{number}", part=Part.PROPERTY, text=text, where=name)
        for number, (name, text) in enumerate((("title", units[0][0]), ("author", units[-1][-1])))))
    return Document(id=digest, key="k" + digest, language=language, title=units[0][0], units=(first, *slides),
                    properties={"title": units[0][0], "author": units[-1][-1], "description": units[0][-1]},
                    source=Source(name="Quarnholm_Logistics.pptx", sha256=digest, media_type="x/y", bytes=1))


def cleared(document: Document, *decisions: Decision) -> Clearing:
    known = Settings()
    return rules.clear(document, rules.scan(document, CUSTOMERS, known), decisions, known, CUSTOMERS)


def everything(clearing: Clearing) -> str:
    body = clearing.cleared.model_dump(mode="json", exclude={"id", "clearing"})
    body["source"].pop("sha256")
    return "\n".join(strings(body))


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (*strings(key), *strings(item))]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


#: Nobody can know a ticker, a code name or a number of a customer that stands nowhere by name: those need the list.
SECRETS = ("quarnholm", "quarnhlom", "qrnx", "stonecrop", "qhl00417")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=1, max_size=3), st.sampled_from(["en", "nl"]))
def test_no_spelling_is_in_any_field(units: list[list[str]], language: str) -> None:
    # The full name stands somewhere, so that short forms are known.
    left = everything(cleared(made([[FORMS[0], *units[0]], *units[1:]], language)))
    letters = squash(fold(left)).text
    assert not [secret for secret in SECRETS if secret in letters], left
    assert not [form for form in ("Quarn", "holm", "QRNX", "Stonecrop", "QHL") if form in left]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=1, max_size=3), st.sampled_from(["en", "nl"]))
def test_twice_is_as_once_and_the_rest_stays(units: list[list[str]], language: str) -> None:
    document = made(units, language)
    once = cleared(document).cleared
    again = Document.model_validate(once.model_dump(include={"id", "source", "title", "language", "properties", "units"}) | {"key": "k"})
    twice = cleared(again).cleared
    assert [block.text for _, block in twice.blocks()] == [block.text for _, block in once.blocks()]
    assert twice.title == once.title
    left = {block.id: block.text for _, block in once.blocks()}
    for unit in document.units[1:]:
        for block in unit.blocks:
            if block.text in PLAIN:
                assert left[block.id] == block.text


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=1, max_size=2), st.sampled_from(["a carrier", "one of our customers", "een vervoerder"]))
def test_with_a_replacement_nothing_is_left_either(units: list[list[str]], instead: str) -> None:
    document = made([[FORMS[0], *units[0]], *units[1:]], "en")
    groups = {each.group for each in rules.scan(document, CUSTOMERS, Settings()) if each.category.value == "customer"}
    clearing = cleared(document, *(Decision(group=group, action=Action.REPLACE, text=instead) for group in sorted(groups)))
    letters = squash(fold(everything(clearing))).text
    assert not [secret for secret in SECRETS if secret in letters]
    assert not clearing.unused and json.loads(clearing.cleared.model_dump_json())
