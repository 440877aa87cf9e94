"""Questions with their answers as a reader of an article needs them, and not as a class was given them.

"How will your solution allow exceptions?" is put to somebody who sits in a room. It stands above its answer only in a
form that asks or names the thing itself, got by cutting and never by rewording; where there is none, the answer is told
under the title of its slide if it stands alone, and goes otherwise. Objections that are answered one by one stay for web
chats: they are no article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from content.draft import Sentence
from generators.alone import dangling
from generators.blog_open import opens
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import Cues
from language.pipeline import has_model, parse
from language.sentences import split
from language.verbless import can_tell, verbless
from language.words import content_words

#: Words of a small heading, fewest and most; of a question that needs nothing told before it, and no clause taken off.
_FEWEST, _MOST, _SHORT, _LONG = 4, 26, 25, 16
#: Sentences and words that an answer may lose at its start to stand alone, and the words that it must then have.
_DROPPED, _LOST, _ANSWER = 2, 45, 30
#: Share of what stands under a heading of objections that pairs must be.
_PAIRS = 0.5
#: Share of the telling words of a question that a title must hold to stand for it.
_COVERED = 0.5
#: Words of a sentence that can be told to have no verb.
_FRAGMENT = 8
_ADVERB = re.compile(r"^\w+ly\s+", re.IGNORECASE)


def asks(passage: Passage, cue: Cues) -> bool:
    """Whether a passage is an answer with its question, or the order to answer it, above it."""
    return passage.run_in is not None and (passage.run_in.text.endswith("?") or cue.has("trainee", passage.run_in.text) or (
        cue.has("asking_start", passage.run_in.text) and len(passage.run_in.text.split()) > _SHORT // 2))


def told_pairs(piece: Piece, cue: Cues) -> Piece:
    """The piece with its questions in a form for readers, and without the answers that do not stand without theirs."""
    out: list[Passage] = []
    waiting: tuple[int, Sentence] | None = None
    rest = _without_objections([_ordered(p, cue) for p in piece.passages], cue)
    # Small headings of which some ask and some do not are the parts of a slide, all of one kind.
    parted = {p.unit for p in rest if p.run_in and not asks(p, cue)}
    groups = _groups(rest, cue)
    for place, group in enumerate(groups):
        first = group[0]
        lone = first.heading is not None and not any(
            asks(each[0], cue) for each in takewhile(lambda other: other[0].heading is None, groups[place + 1:]))
        # What running text asks, it asks its readers.
        classed = asks(first, cue) and first.unit not in parted and not first.running
        kept = list(_told(group, out, lone, cue)) if classed else list(group)
        if not kept:
            waiting = (first.unit, first.heading) if first.heading else waiting
            continue
        if waiting and waiting[0] == first.unit and first.heading is None:
            kept[0] = replace(kept[0], heading=waiting[1])
        waiting = None
        out += kept
    # The first passage of a unit says whether it was spoken.
    told = {first.unit for first in {p.unit: p for p in reversed(out)}.values() if first.spoken or first.running}
    return replace(piece, passages=tuple(
        left for p in out if (left := p if p.unit in told and not p.asked else _with_subjects(p, cue)).words))


def mostly_asked(passages: Sequence[Passage]) -> bool:
    """Whether more than half of a piece is answers to questions."""
    words = sum(p.words for p in passages)
    inside, unit = 0, 0
    for p in passages:
        unit = p.unit if p.asked else unit if p.unit == unit and not (p.heading or p.run_in) else 0
        inside += p.words if p.unit == unit else 0
    return 2 * inside > words


def _groups(passages: Sequence[Passage], cue: Cues) -> list[tuple[Passage, ...]]:
    """Each question with all that answers it; other passages by themselves."""
    out: list[list[Passage]] = []
    for p in passages:
        last = out[-1] if out else None
        if last and asks(last[0], cue) and p.unit == last[0].unit and not (p.run_in or p.heading):
            last.append(p)
        else:
            out.append([p])
    return [tuple(group) for group in out]


def _without_objections(passages: Sequence[Passage], cue: Cues) -> list[Passage]:
    """Passages without what stands under a heading of objections where that is mostly pairs."""
    kept: list[Passage] = []
    group: list[Passage] = []

    def close() -> None:
        words = sum(p.words for p in group)
        inside = sum(p.words for pair in _groups(group, cue) if asks(pair[0], cue) for p in pair)
        if not group or group[0].heading is None or not cue.has("category_title", group[0].heading.text) or (
                inside < _PAIRS * words):
            kept.extend(group)
        group.clear()

    for p in passages:
        if p.heading is not None:
            close()
        group.append(p)
    close()
    return kept


def _told(pair: Sequence[Passage], before: Sequence[Passage], lone: bool, cue: Cues) -> Sequence[Passage]:
    """A pair as it is printed; () where nothing of it stands without what a class was told. `lone`: the only question under
    the title of its slide, which says it shorter where the answer can begin there.
    """
    first = pair[0]
    question = first.run_in
    if question is None:
        return pair
    rest = [p for each in pair if (p := _with_subjects(each, cue)).words]
    if not rest:
        return ()
    rest[0] = replace(rest[0], heading=first.heading, run_in=None)
    title = content_words(first.heading.text, cue.language) if first.heading else frozenset()
    short = for_readers(question, title, cue)
    # A part of a question ("Boats of guests") says less than the title that it stands under.
    less = short is None or covers(title, question, cue) or (
        cue.has("question_start", question.text) and not short.text.endswith("?"))
    if lone and less and rest[0].prose and opens(rest[0].prose[0].text, cue) and title and (
            not cue.has("category_title", first.heading.text if first.heading else "")):
        return rest
    if short is not None and not before and first.heading is not None and cue.has("of_whom", short.text) and (
            rest[0].prose and opens(rest[0].prose[0].text, cue)):
        return rest  # "How can they tie it?" begins nothing
    if short is not None:
        short, stated = _shortest(short, cue)
        rows = list(rest[0].rows)
        rows[:1] = [(*stated, *(rows[0] if rows else ()))] if stated or rows else []
        lead = replace(rest[0], run_in=short, asked=True).retold(rows)
        return (lead, *rest[1:])
    if first.heading is None and any(p.asked for p in _since_heading(before)):
        return ()  # under the question before it, it would answer that
    alone = _alone(rest[0], _stated(question, cue), cue)
    return (alone, *rest[1:]) if alone is not None else ()


def _ordered(passage: Passage, cue: Cues) -> Passage:
    """A passage that begins with an order to a class as an answer with that above it: it says what the rest is for."""
    rows = list(passage.rows)
    if passage.run_in or passage.running or len(rows) < 2 or not cue.has("trainee", rows[0][0].text) or not (
            cue.has("order_thing", rows[0][0].text) or cue.has("order_to", rows[0][0].text)):
        return passage
    order = Sentence(text=" ".join(s.text for s in rows[0]), sources=tuple(name for s in rows[0] for name in s.sources))
    return replace(passage, run_in=order).retold(rows[1:])


def covers(title: frozenset[str], question: Sentence, cue: Cues) -> bool:
    """Whether the title of a slide says what a question asks: half of its words that tell."""
    words = content_words(question.text, cue.language)
    return len(words & title) >= _COVERED * len(words)


def _since_heading(before: Sequence[Passage]) -> Sequence[Passage]:
    start = next((n for n in range(len(before) - 1, -1, -1) if before[n].heading is not None), 0)
    return before[start:]


def for_readers(question: Sentence, known: frozenset[str], cue: Cues) -> Sentence | None:
    """A question without what only a class is asked; None where it asks for nothing else. Cut, never reworded. `known` are
    words that a reader has met.
    """
    texts = _sentences(question.text)
    if any(torn(text, cue) for text in texts):
        return None
    if not any(cue.has("trainee", text) for text in texts):
        return question
    for text in texts:
        cut = _cut(text, cue)
        asked = cut.endswith("?") or cut != text
        leans = cut == text and (dangling(cut, known, cue.language) or len(cut.split()) <= _FEWEST or any(
            cue.has(name, cut) for name in ("leaning", "anaphora", "leans_back", "connective")))
        if asked and not leans and not cue.has("trainee", cut) and _FEWEST <= len(cut.split()) <= _MOST:
            ordered = cue.has("order_to", text) or cue.has("order_thing", text)
            cut = cut.rstrip(" ?.") if ordered and not cue.has("question_start", cut) else cut
            return question.model_copy(update={"text": cut[:1].upper() + cut[1:]})
    return None


def _cut(text: str, cue: Cues) -> str:
    """A question or an order without what makes it one to a class: "How can you help the crew tie it?" asks how the crew can;
    of "Design a route for the ferry" the route is left.
    """
    if not cue.has("trainee", text):
        return text
    cut = cue.single["trainee_clause"].sub("", text)
    asked = cue.single["helped"].sub(lambda found: " ".join(each for each in found.groups() if each) + " ", cut)
    if asked != cut and not torn(asked, cue):
        return asked
    ordered = cue.single["order_to"].sub("", cut)
    return ordered if ordered != cut else cue.single["order_thing"].sub("", cut)


def torn(text: str, cue: Cues) -> bool:
    """Whether a question has lost what it asks about: "What can the ferry to arrive sooner?" has no verb of its own. It is no
    heading, and what it asked cannot be mended here. English only.
    """
    if not text.endswith("?") or cue.language != "en" or not has_model("en"):
        return False
    (doc,) = parse([text], "en")
    start = next((n for n, token in enumerate(doc) if token.tag_ == "MD" or token.lower_ in {"do", "does", "did"}), None)
    if start is None:
        return False
    after = doc[start + 1:]
    return any(token.tag_ == "VB" for token in after) and not any(
        token.tag_ in {"VB", "VBP", "VBN"} and doc[token.i - 1].tag_ != "TO" for token in after)


def _shortest(question: Sentence, cue: Cues) -> tuple[Sentence, tuple[Sentence, ...]]:
    """A long question as its asking sentence, and what it says before that, which is told; as it is where it is short, or
    where that sentence says nothing by itself ("How might they do this?").
    """
    if len(question.text.split()) > _LONG:
        cut = cue.single["aside_clause"].sub("", question.text)
        if len(cut.split()) >= 2 * _FEWEST - 2:
            question = question.model_copy(update={"text": cut})
    # "Before loading it, how ..." speaks of what nobody has named.
    if (led := cue.single["lead_clause"].match(question.text)) and _nameless(led[0], cue) and (
            len(question.text[led.end():].split()) >= _FEWEST):
        cut = question.text[led.end():]
        question = question.model_copy(update={"text": cut[:1].upper() + cut[1:]})
    # "For both models, how ..." stands after what was said of the two.
    cut = cue.single["back_clause"].sub("", question.text)
    if cut != question.text and len(cut.split()) >= _FEWEST:
        question = question.model_copy(update={"text": cut[:1].upper() + cut[1:]})
    texts = _sentences(question.text)
    place = next((n for n, text in enumerate(texts) if text.endswith("?")), 0)
    if not place or len(question.text.split()) <= _SHORT or len(texts[place].split()) < 2 * _FEWEST or any(
            not text.endswith(".") for text in texts[:place]):
        return question, ()
    return question.model_copy(update={"text": texts[place]}), tuple(
        question.model_copy(update={"text": text}) for text in texts[:place])


def _nameless(clause: str, cue: Cues) -> bool:
    """Whether a clause says "it" or "them" with no noun of that number (without a tagger: no word that tells) before it."""
    for found in cue.single["bare_object"].finditer(clause):
        before = clause[:found.start()]
        if cue.language == "en" and has_model("en"):
            (doc,) = parse([before], "en")
            tags = {"NN", "NNP"} if found[0].lower() == "it" else {"NNS", "NNPS"}
            if not any(token.tag_ in tags and token.dep_ != "compound" for token in doc):
                return True
        elif not content_words(" ".join(before.split()[1:]), cue.language):
            return True
    return False


def _stated(question: Sentence, cue: Cues) -> tuple[Sentence, ...]:
    """What a question says before it asks: the case that its answer speaks of."""
    texts = [text for text in _sentences(question.text) if not text.endswith("?") and not cue.has("trainee", text)]
    return tuple(question.model_copy(update={"text": text if text[-1] in ".!" else text + "."}) for text in texts)


def _alone(passage: Passage, stated: tuple[Sentence, ...], cue: Cues) -> Passage | None:
    """An answer that stands without its question: after what that stated, or from its first sentence that can open."""
    rows = list(passage.rows)
    if stated and opens(stated[0].text, cue) and rows:
        rows[0] = (*stated, *rows[0])
        return passage.retold(rows)
    gone = words = 0
    while rows and not opens(rows[0][0].text, cue):
        gone, words = gone + 1, words + len(rows[0][0].text.split())
        rows[0] = rows[0][1:]
        rows = [row for row in rows if row]
        if gone > _DROPPED or words > _LOST:
            return None
    if sum(len(s.text.split()) for row in rows for s in row) < _ANSWER:
        return None
    return passage.retold(rows)


def _with_subjects(passage: Passage, cue: Cues) -> Passage:
    """The paragraphs of an answer without sentences that lack what does it ("Discovers columns."), or a verb, and what leans
    on those. A short first word answers ("Power BI."), and so does advice.
    """
    rows = list(passage.rows)
    kept: list[tuple[Sentence, ...]] = []
    for place, row in enumerate(rows):
        left: list[Sentence] = []
        lost = False
        for s in row:
            answer = place == 0 and s is rows[0][0] and len(s.text.split()) <= _FEWEST
            lost = not answer and (bare(s.text, cue) or (lost and cue.has("anaphora", s.text)))
            if not lost:
                left.append(s)
        if left:
            kept.append(tuple(left))
    return passage.retold(kept)


def bare(text: str, cue: Cues) -> bool:
    """Whether a sentence begins with what is done and never says by what, or does nothing at all."""
    if text.endswith(("?", ":")):
        return False
    if cue.language != "en" or not has_model("en"):
        return cue.has("verb_start", text)
    if cue.has("brochure_start", text):
        return True
    (doc,) = parse([_ADVERB.sub("", text)], "en")
    if doc[0].tag_ == "VBZ" or (cue.has("means_start", text) and doc[0].head.i == 0):
        return True
    # "Loading a table loads faster" and "Cache the results" are taken for nouns by the tagger.
    begins = doc[0].tag_ == "VBG" or (len(doc) > 1 and doc[1].tag_ in {"DT", "PRP$"})
    return not begins and can_tell("en") and len(text.split()) >= _FRAGMENT and verbless([text])[0]


def bare_ones(texts: Sequence[str], cue: Cues) -> list[bool]:
    """The same of many sentences, which are parsed in one batch: that takes half of the time."""
    if cue.language == "en" and has_model("en"):
        parse([_ADVERB.sub("", text) for text in texts], "en")
    return [bare(text, cue) for text in texts]


def _sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in split(text)]
