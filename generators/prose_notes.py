"""Speaker notes as prose: what is spoken to the room taken out, everything else left word for word.

A sentence is kept, kept without its pointing ("as you can see"), or dropped; it is never rephrased. A sentence that leans
on a dropped one ("It shows ...") is dropped with it, since nobody could tell any more what "it" is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from content.draft import Sentence
from generators.alone import goes_on, open_end, to_room
from generators.prose_cues import Cues
from generators.prose_line import ENDS, Line, ids
from generators.prose_noise import has_address, is_code
from language.numbers import numbers_in
from language.verbless import can_tell, verbless
from language.words import content_words

_EMPTY = re.compile(r"^[\W_]*$")
#: "3." by itself, and in front of a sentence: the number of a list that was written as running text.
_NUMBER = re.compile(r"^\W*\d{1,2}\W*$")
#: Words of a clause that can stand by itself.
_CLAUSE = 4
#: Words of a sentence that says something in front of an aside.
_WORDS = 3
#: Words of a reply that says nothing by itself.
_REPLY = 4
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s+(?=[^\W\d_])")
#: Marks of emphasis that lost their other half; a word written twice by mistake.
_STARS = re.compile(r"\*{2,}|(?<!\S)\*(?=\w)|(?<=\w)\*(?=\W|$)")
_TWICE = re.compile(
    r"\b(the|an?|of|to|in|on|is|are|and|for|with|by|we|you|it|be|de|het|een|van|op|te|en|voor|met|we|je) \1\b", re.IGNORECASE)


@dataclass(slots=True)
class Told:
    """What the notes of a unit say: paragraphs of sentences, each stretch under the subhead that the notes give it."""

    heading: Sentence | None = None
    paragraphs: list[tuple[Sentence, ...]] = field(default_factory=list)
    #: Lines of the notes that are no sentences: a list that the author wrote down.
    items: list[Sentence] = field(default_factory=list)


def clean(text: str, cues: Cues, code: bool = False, shown: bool = False) -> str:
    """One sentence without stage directions and pointing; '' when nothing of it is for a reader.

    `shown`: it stands on the slide, where "hand out pens" speaks to the audience and not to the speaker.
    """
    if _EMPTY.match(text) or _NUMBER.match(text):
        return ""
    if _to_the_room(text, cues, shown):
        head = "" if shown else _head(text, cues)
        return clean(head, cues, code) if head else ""
    out = _tidy(" ".join(cues.cut("labels", cues.cut("stage", _NUMBERED.sub("", text))).split()))
    out = _tidy(cues.cut("deixis", out))
    # Again without the label or the pointing: "Notes: talk through ..." is an instruction.
    if _to_the_room(out, cues, shown):
        return ""
    if has_address(out) or is_code(out) or (code and cues.any("code_drop", out)):
        return ""
    out = re.sub(r"(?<!\w)\*{1,2}(\w[^*]*)\*{1,2}(?!\w)", r"\1", out)
    out = _STARS.sub("", out)
    out = _TWICE.sub(r"\1", out)
    for find, put in cues.rewrite:
        out = find.sub(put, out)
    out = _tidy(out)
    return "" if _EMPTY.match(out) or not _balanced(out) else out[:1].upper() + out[1:]


def _to_the_room(text: str, cues: Cues, shown: bool) -> bool:
    """Whether a sentence is about the slides, or for whoever speaks or sits there. `shown`: it stands on a slide."""
    return cues.any("drop", text) or (not shown and (cues.any("directions", text) or to_room(text, cues.language, sure=True)))


def _head(text: str, cues: Cues) -> str:
    """What stands before the last clause where that alone is about the slides or the room, and it is a sentence itself."""
    for found in reversed(list(cues.single["clause_break"].finditer(text))):
        head = text[:found.start()]
        if len(head.split()) < _CLAUSE or not _balanced(head) or _subordinate(head, cues) or _verbless(head + ".", cues):
            continue
        if _to_the_room(text[found.end():], cues, False) and not _to_the_room(head, cues, False):
            return head + "."
    return ""


def _subordinate(text: str, cues: Cues) -> bool:
    return cues.has("hanging", text) or cues.has("subordinate", text)


def _tidy(text: str) -> str:
    """Blanks and stray marks that a cut leaves behind; never touches ".NET" or a mark inside a word."""
    text = re.sub(r"\s+([,;:!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"\s+\.(?=\s|$)", ".", text)
    return re.sub(r"^[\s,;:–—>-]+", "", text).strip()


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("[") == text.count("]")


def tell(paragraphs: Sequence[Sequence[Line]], cues: Cues, code: bool, finite: dict[str, bool],
         met: frozenset[str] = frozenset(), away: frozenset[str] = frozenset()) -> list[Told]:
    """The notes of a unit. `finite` says of a source sentence (by id) whether it holds a finite verb or commands; `met` are
    the words of its slide; `away` the sentences (by id) that are no text for a reader.
    """
    told = [Told()]
    run: list[Sentence] = []
    gone: frozenset[str] = frozenset()
    kept = met
    for lines in paragraphs:
        current: list[Sentence] = []
        lost = spoken = waved = False
        before = ""
        for line in lines:
            for number, (name, source) in enumerate(line.parts):
                cue = cues.single["subhead"].search(source)
                if cue and len(cue[1].split()) <= 9:
                    told[-1].paragraphs += [tuple(current)] if current else []
                    current = []
                    told.append(Told(heading=Sentence(text=cue[1].strip(" -–—:>."), sources=ids(name))))
                    continue
                # The line's own text has its bullet or number taken off.
                raw = line.text if len(line.parts) == 1 else _bare(source, line.text) if number == 0 else source
                text = clean(raw, cues, code) if name not in away else ""
                lost = lost and not (cues.has("process_begins", text) and cues.has("shows_process", before))
                before = source
                reply = (spoken and is_reply(text, cues)) or (
                    waved and len(text.split()) <= _REPLY and cues.has("anaphora", text))
                waved = bool(text) and aside(_cut_off(raw, text), cues)
                if not text or reply or (lost and hangs_on_lost(text, cues)) or names_lost(text, gone, kept, cues):
                    beside = aside(source, cues)
                    lost, spoken = lost or not (reply or beside), True
                    if beside and current and cues.has("reply", current[-1].text) and len(current[-1].text.split()) < _WORDS:
                        current.pop()  # "Yes. You may laugh."
                    gone |= content_words(source, cues.language) if not text else frozenset()
                    continue
                lost = spoken = False
                if not ENDS.search(text):
                    # The last of some sentences without the full stop that the others have was never finished.
                    if open_end(text, cues.language) or (
                            2 <= number == len(line.parts) - 1 and not text.endswith((":", "…"))):
                        lost = True
                        continue
                    if not finite.get(name, False) or text.endswith((":", ",", "…")):
                        lost = True
                        if text[-1] not in ":,…":
                            run.append(Sentence(text=text, sources=ids(name)))
                        continue
                    text += "."
                elif len(text.split()) < 3 and not text.endswith("?") and not current and number + 1 == len(line.parts):
                    # "They will." answers the sentence before it; by itself it is a word to the room.
                    lost = True
                    continue
                _close(run, told)
                kept |= content_words(text, cues.language)
                current.append(Sentence(text=text, sources=ids(name)))
        if current:
            told[-1].paragraphs.append(tuple(current))
    _close(run, told)
    return [each for each in told if each.paragraphs or each.items]


def hangs_on_lost(text: str, cues: Cues) -> bool:
    """Whether a sentence hangs on the one before it, which was left out: it speaks of it, or is a short reply to it."""
    if cues.has("expletive", text):
        return False
    return cues.has("anaphora", text) or is_reply(text, cues)


def is_reply(text: str, cues: Cues) -> bool:
    """Whether a sentence only answers or goes on with what was just said, in a word or two: "Yes.", "And the third."."""
    short = len(text.split()) <= _REPLY
    return short and (cues.has("reply", text) or (cues.has("anaphora", text) and _verbless(text, cues)))


def aside(source: str, cues: Cues) -> bool:
    """Whether a sentence that was left out was said beside the talk: what follows hangs on the sentence before it."""
    return to_room(source, cues.language, sure=True) or cues.any("directions", source)


def _cut_off(raw: str, text: str) -> str:
    """What was cut from the end of a sentence, '' where its end stands."""
    bare = text.rstrip(".")
    return raw[len(bare):].lstrip(" ,;") if raw.startswith(bare) else ""


def unlabelled(told: Sequence[Told], heading: str, cues: Cues) -> None:
    """Take the labels off notes under a heading ("Step one.", "Money, quickly."): what they announce follows them."""
    while heading and told and told[0].paragraphs and told[0].heading is None:
        row = told[0].paragraphs[0]
        rest = row[1:] or (told[0].paragraphs[1] if len(told[0].paragraphs) > 1 else ())
        if not rest or goes_on(rest[0].text, cues.language) or not _label(row[0].text, heading, cues):
            break
        told[0].paragraphs[0:1] = [row[1:]] if row[1:] else []
    if heading and told and told[0].paragraphs and told[0].heading is None:
        # "Step six, get a stopwatch." under "Step 6: measure it"
        row = told[0].paragraphs[0]
        found = cues.single["label_start"].match(row[0].text)
        if found and _repeats(found[1], heading, cues):
            text = row[0].text[found.end():]
            told[0].paragraphs[0] = (row[0].model_copy(update={"text": text[:1].upper() + text[1:]}), *row[1:])


def _label(text: str, heading: str, cues: Cues) -> bool:
    """Whether a sentence without a verb only says the heading over again, or is a word or two before what it announces."""
    bare = cues.single["label_tail"].sub("", text).rstrip(" .!")
    asked = cues.single["announced"].match(text)
    if asked and _repeats(asked[1], heading, cues):
        return True
    if text.endswith("?") or not _verbless(bare + ".", cues):
        return False
    if _repeats(bare, heading, cues):
        return True
    if cues.has("no_label", bare) or numbers_in(bare, cues.language):
        return False
    # Where no tagger knows verbs, a word or two may be a sentence: "De pont zonk."
    asks = heading.endswith("?") or cues.has("question_start", heading) or not can_tell(cues.language)
    return len(bare.split()) <= _CLAUSE and (not asks or cues.has("label_tail", text))


def _repeats(text: str, heading: str, cues: Cues) -> bool:
    """Whether a heading has all the words of a text, and its numbers, whether in words or in figures."""
    plain = cues.single["one"].sub("", text)
    figures = numbers_in(plain, cues.language)
    if not {number.value for number in figures} <= {number.value for number in numbers_in(heading, cues.language)}:
        return False
    for number in figures[::-1]:
        plain = plain[:number.start] + plain[number.end:]
    words = content_words(plain, cues.language)
    return bool(words) and words <= content_words(heading, cues.language)


def _verbless(text: str, cues: Cues) -> bool:
    """Whether a text holds no finite verb, as far as its language lets one tell."""
    if cues.has("finite", text) or cues.has("advice", text):
        return False
    return not can_tell(cues.language) or verbless([text])[0]


def names_lost(text: str, gone: frozenset[str], kept: frozenset[str], cues: Cues) -> bool:
    """Whether a sentence begins with "the" thing that only a sentence which was left out has named."""
    found = cues.single["definite"].match(text) if not cues.has("counted_start", text) else None
    named = content_words(found[1], cues.language) if found else frozenset()
    return bool(named) and named <= gone and not named & kept


def _close(run: list[Sentence], told: list[Told]) -> None:
    """Two or more lines in a row that are no sentences are a list; a lone one is a cue to the speaker."""
    if len(run) >= 2 and any(len(each.text.split()) >= 3 for each in run):
        told[-1].items += run
        told.append(Told())
    run.clear()


def _bare(source: str, line: str) -> str:
    """The first sentence of a line without the mark in front that the line has lost."""
    position = source.find(line[:12])
    return source[position:] if 0 < position <= 6 else source
