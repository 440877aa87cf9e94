"""A run without a customer list or a model of its language says so where people look, and where machines do."""

from __future__ import annotations

import html
import json
from pathlib import Path

from desk.commands.run import closing
from flows.case import Request
from flows.steps import Outcome, build_pack

DUTCH = ("# Vragen op het bord\n\nVan de 412 vragen zijn er 61 beantwoord door mensen buiten het team. De monteurs wachtten niet op een "
         "leidinggevende. Een antwoord kost twaalf minuten per dag, en dat is weinig. Wij schrijven het antwoord onder de vraag.\n")
ENGLISH = ("# Asking in the open\n\nOf 412 questions, 61 were answered by people outside the team. "
           "The engineers did not wait for a manager. Answering takes twelve minutes a day.\n")


def pack(folder: Path, text: str, customers: str = "") -> Outcome:
    (folder / "note.md").write_text(text, encoding="utf-8")
    known = None
    if customers:
        known = folder / "customers.csv"
        known.write_text(f"name\n{customers}\n", encoding="utf-8")
    return build_pack(Request(file=folder / "note.md", out=folder / "out", customers=known, audio=False))


def account(outcome: Outcome) -> dict[str, str]:
    gates = json.loads((outcome.folder / "pack.json").read_text(encoding="utf-8"))["gates"]
    (leak,) = (each["not_measured"] for each in gates if each["gate"] == "leak")
    return leak


def page(outcome: Outcome) -> str:
    return html.unescape((outcome.folder / "report.html").read_text(encoding="utf-8"))


def test_no_list_is_said(tmp_path: Path) -> None:
    made = pack(tmp_path, ENGLISH)
    assert account(made) == {"customers": "no customer list was given"} == made.unsought
    assert any(line.startswith("Not looked for: customers by name") for line in closing(made))
    assert "No customer list was given" in page(made).partition("<main")[0]


def test_with_a_list_and_a_model_nothing_is_said(tmp_path: Path) -> None:
    made = pack(tmp_path, ENGLISH, "Halden Foods")
    assert account(made) == {} == made.unsought
    assert not any("Not looked for" in line for line in closing(made)) and "Not looked for" not in page(made)


def test_a_language_without_a_model_is_said_in_the_language_of_the_page(tmp_path: Path) -> None:
    made = pack(tmp_path, DUTCH, "Halden Foods")
    assert account(made) == {"names": "no model for names is installed for Dutch"}
    assert any("no model for names is installed for Dutch" in line for line in closing(made))
    banner = page(made).partition("<main")[0]
    assert "Niet naar gezocht." in banner and "geen taalmodel dat namen herkent" in banner
    # The finding itself gives its reason too.
    assert "alleen met lijsten en signaalwoorden gezocht, omdat" in page(made)
