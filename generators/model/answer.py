"""What a model answered, read with suspicion: JSON out of text, then each sentence held to the items it says it replaces.

Only the form is judged here (ids, links, control characters, length); what a sentence says is judged by the gates.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Origin, Sentence
from generators.model.prompt import JOINED
from generators.model.slots import Rewrite, Slot, by_name, run_of
from language.fold import folded
from language.sentences import sentences
from language.words import content_words

_LIST = re.compile(r'"sentences"\s*:\s*\[\s*')
_GAP = re.compile(r"\s*,\s*")
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_LINK = re.compile(r"https?:|www\.|\]\(|(?<!\w)[@#]\w|\w@\w|\b[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
_MARKUP = re.compile(r"[<>`{}*_|\\\[\]]|^\s*(?:[-+#>]|\d+[.)])\s")
_ENDS = re.compile(r"[.!?…]\)?$")
#: Sentences that may stand in the place of one.
_SENTENCES = 2
_ITEMS = 200
#: Share of the content words that a sentence keeps of what it stands for: less, and something is lost without a word.
_KEPT = 0.6


class Unreadable(ValueError):
    """The answer is not the JSON object that was asked for; the message says how, without repeating it."""


@dataclass(frozen=True, slots=True)
class Read:
    """The sentences whose form is good, and what is wrong with the others by the item they would replace ('' when that
    cannot be told)."""

    rewrites: tuple[Rewrite, ...]
    wrong: tuple[tuple[str, str], ...]


def read(text: str, groups: Sequence[Sequence[Slot]]) -> Read:
    """Read an answer to these items. Raises Unreadable."""
    rows = _rows(text)
    known = by_name(groups)
    rewrites: list[Rewrite] = []
    wrong: list[tuple[str, str]] = []
    said: set[str] = set()
    taken: set[str] = set()
    for row in rows[:_ITEMS]:
        made = _sentence(row, groups)
        if isinstance(made, Rewrite):
            if taken & set(made.slots):
                made = (made.slots[0], "stands for an item that another sentence stands for")
            elif folded(made.sentence.text) in said:
                made = (made.slots[0], "says the same as another sentence")
        if not isinstance(made, Rewrite):
            wrong.append((made[0] if made[0] in known else "", made[1]))
            continue
        taken.update(made.slots)
        said.add(folded(made.sentence.text))
        if made.sentence.text != " ".join(known[name].text for name in made.slots):
            rewrites.append(made)
    wrong += [("", "is one of too many")] * (len(rows) > _ITEMS)
    return Read(tuple(rewrites), tuple(wrong))


def loses(rewrite: Rewrite, groups: Sequence[Sequence[Slot]], language: str) -> bool:
    """Whether a sentence keeps too little of what it stands for: "Of 42 houses." says nothing untrue, and nothing."""
    known = by_name(groups)
    wanted = content_words(" ".join(known[name].text for name in rewrite.slots), language)
    return len(content_words(rewrite.sentence.text, language) & wanted) < _KEPT * len(wanted)


def _rows(text: str) -> list[object]:
    fenced = _FENCE.search(text)
    start, end = text.find("{"), text.rfind("}")
    for candidate in (text, fenced[1] if fenced else "", text[start:end + 1] if 0 <= start < end else ""):
        try:
            value = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get("sentences"), list):
            return list(value["sentences"])
        raise Unreadable("is JSON of another shape")
    if rows := _begun(text):
        return rows
    raise Unreadable("is not JSON")


def _begun(text: str) -> list[object]:
    """The whole entries of a list that was cut off: what a small model wrote before it ran on can still be judged."""
    opening = _LIST.search(text)
    rows: list[object] = []
    position = opening.end() if opening else len(text)
    while position < len(text) and len(rows) <= _ITEMS:
        try:
            row, position = json.JSONDecoder().raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        rows.append(row)
        gap = _GAP.match(text, position)
        position = gap.end() if gap else len(text)
    return rows


def _sentence(row: object, groups: Sequence[Sequence[Slot]]) -> Rewrite | tuple[str, str]:
    """One sentence, or the item that it would replace and what is wrong with its form."""
    if not isinstance(row, dict):
        return "", "has a field missing or of another kind"
    text, names, sources = row.get("text"), _strings(row.get("replaces")), _strings(row.get("sources"))
    item = names[0] if names else ""
    if not isinstance(text, str) or not names or not sources:
        return item, "has a field missing or of another kind"
    run = run_of(names, groups)
    if not run:
        return item, "replaces items that are not there or no neighbours"
    if len(run) > JOINED:
        return item, f"replaces more than {JOINED} items"
    allowed = tuple(dict.fromkeys(name for slot in run for name in slot.sources))
    if not set(sources) <= set(allowed):
        return item, "names a source that its items do not rest on"
    if any(not set(sources) & set(slot.sources) for slot in run):
        return item, "replaces an item whose sources it does not name"
    if problem := _form(text, " ".join(slot.text for slot in run)):
        return item, problem
    # In the order in which the draft uses them, not in the model's: the trace gate lays the words along them.
    kept = tuple(name for name in allowed if name in set(sources))
    clean = " ".join(unicodedata.normalize("NFC", text).split())
    return Rewrite(tuple(slot.id for slot in run), Sentence(text=clean, sources=kept, origin=Origin.MODEL))


def _form(text: str, before: str) -> str:
    """What is wrong with the form of a text that stands for `before`, '' when nothing is."""
    if any(unicodedata.category(char)[0] == "C" and char not in "\n\t" for char in text):
        return "has characters that cannot be seen"
    text = " ".join(text.split())
    if not any(char.isalnum() for char in text):
        return "is empty"
    if not _ENDS.search(text):
        return "does not end as a sentence does"
    if len(text) > len(before) + 40 or len(sentences(text)) > max(_SENTENCES, len(sentences(before))):
        return "is longer than what it stands for"
    if _MARKUP.search(text) and not set(_MARKUP.findall(text)) <= set(_MARKUP.findall(before)):
        return "holds markup"
    if not {each.lower() for each in _LINK.findall(text)} <= {each.lower() for each in _LINK.findall(before)}:
        return "holds a link, an address or a tag"
    return ""


def _strings(value: object) -> list[str]:
    """A list of different strings; [] for anything else."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return []
    return list(dict.fromkeys(value))
