"""One thing wrong in a good pack, for each thing that a gate promises to see: seeded, so that a run can be repeated.

Each kind of change takes a draft that passed and gives it back with one thing turned: a number, a name, a negation, words
of a quotation, a source id. A change that happens to be true (the number stands in the source after all) is not made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from content.draft import Draft, Limit, Origin, Sentence
from language.fold import folded
from language.numbers import numbers_in
from language.source import SourceIndex
from language.words import content_words, tokens

#: Invented: in no deck.
NAMES = ("Orla Vint", "Tammerfelt", "Quessel & Moor", "Ilvar Brandsma", "Zeldenrust", "Hobkirk Dairy")
CLICHES = {"en": ("Let us delve into it.", "This is a game-changer.", "It unlocks a seamless future.", "A deep dive.",
                  "A robust, holistic view."),
           "nl": ("Een naadloze aanpak, holistisch gezien.", "Laaghangend fruit.", "De stip op de horizon.",
                  "Zo gaat het naar een hoger niveau.", "Dit is een game changer.")}
RESIDUE = ("{{ x }}", "{% if held %}", "Lorem ipsum dolor sit amet", "Click to add title", "TODO", "[Insert name here]",
           "<generators.blog.Thing object at 0x7f>", "cafÃ©", "Klik om tekst toe te voegen", "Undefined", "\ufffd")
PROMPTS = ("Click to edit Master title style", "Lorem ipsum dolor sit amet consectetur", "Your text here",
           "Insert title here",
           "Klik om een titel toe te voegen", "Second level", "TODO")
_NEGATION = {"en": r"\b(?:not|never)\s+", "nl": r"\b(?:niet|nooit)\s+"}
_TAKES_NOT = {"en": r"\b(?:is|are|was|were|can|will|could|should|must)\b",
              "nl": r"\b(?:is|zijn|was|waren|kan|kunnen|zal|wordt|werd|moet)\b"}
_NOT = {"en": "not", "nl": "niet"}
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_QUOTED = re.compile(r"(?<=[“«„])[^”»“]{8,}(?=[”»“])")


@dataclass(frozen=True, slots=True)
class Field:
    """What the changes draw from: the drafts of a good pack and the source they rest on."""

    drafts: tuple[Draft, ...]
    index: SourceIndex
    language: str
    random: Random

    def places(self, fits: Callable[[Sentence], bool]) -> list[tuple[int, int]]:
        """Where (draft, segment) a sentence fits."""
        return [(d, s) for d, draft in enumerate(self.drafts) for s, each in enumerate(draft.segments) if fits(each)]

    def source(self, sentence: Sentence) -> str:
        """The words that a sentence names as its source."""
        return "\n".join(self.index.texts(sentence.sources))


Change = Callable[[Field], tuple[Draft, ...] | None]


def _with(draft: Draft, place: int, *said: Sentence) -> Draft:
    return draft.model_copy(update={"segments": (*draft.segments[:place], *said, *draft.segments[place + 1:])})


def _edit(field: Field, fits: Callable[[Sentence], bool],
          turn: Callable[[Sentence], Sentence | None]) -> tuple[Draft, ...] | None:
    """One fitting sentence of one draft turned; None when the change would change nothing or say something true."""
    places = field.places(fits)
    if not places:
        return None
    d, s = field.random.choice(places)
    draft = field.drafts[d]
    new = turn(draft.segments[s])
    return None if new is None else (_with(draft, s, new),)


def _traced(sentence: Sentence) -> bool:
    return sentence.origin is Origin.SOURCE and bool(sentence.sources) and len(tokens(sentence.text)) >= 4


def number(field: Field) -> tuple[Draft, ...] | None:
    """A number becomes another one that its source does not have."""
    def turn(sentence: Sentence) -> Sentence | None:
        found = field.random.choice([each for each in numbers_in(sentence.text, field.language) if each.digits])
        other = str(int(found.value) + field.random.randint(1, 90)) if found.value < 10**6 else "7"
        text = sentence.text[:found.start] + other + ("%" if found.percent else "") + sentence.text[found.end:]
        known = {each.value for each in numbers_in(field.source(sentence), field.language)}
        fine = {each.value for each in numbers_in(text, field.language)} <= known
        return None if fine else sentence.model_copy(update={"text": text})

    return _edit(field, lambda each: _traced(each) and any(n.digits for n in numbers_in(each.text, field.language)), turn)


def name(field: Field) -> tuple[Draft, ...] | None:
    """A name becomes another one, or an invented one is put before the last words."""
    def turn(sentence: Sentence) -> Sentence:
        other = field.random.choice(NAMES)
        if found := _NAME.search(sentence.text):
            return sentence.model_copy(update={"text": sentence.text[:found.start()] + other + sentence.text[found.end():]})
        head, _, tail = sentence.text.rpartition(" ")
        joint = "of" if field.language == "en" else "van"
        return sentence.model_copy(update={"text": f"{head} {joint} {other} {tail}"})

    return _edit(field, _traced, turn)


def negation(field: Field) -> tuple[Draft, ...] | None:
    """A negation dropped where there is one, added where there is none."""
    drop, add = re.compile(_NEGATION[field.language], re.I), re.compile(_TAKES_NOT[field.language])
    dropped = field.random.random() < 0.5

    def turn(sentence: Sentence) -> Sentence | None:
        text = drop.sub("", sentence.text, count=1) if dropped else add.sub(
            lambda found: f"{found[0]} {_NOT[field.language]}", sentence.text, count=1)
        return None if folded(text) in folded(field.source(sentence)) else sentence.model_copy(update={"text": text})

    wanted = drop if dropped else add
    return _edit(field, lambda each: _traced(each) and bool(wanted.search(each.text)) and (
        dropped or not drop.search(each.text)), turn)


def quotation(field: Field) -> tuple[Draft, ...] | None:
    """A word of a quotation is left out or becomes another word of the deck."""
    def turn(sentence: Sentence) -> Sentence | None:
        start, end = (found.span() if (found := _QUOTED.search(sentence.text)) else (0, len(sentence.text)))
        words = sentence.text[start:end].split(" ")
        place = field.random.randrange(1, max(2, len(words) - 1))
        words[place:place + 1] = [] if field.random.random() < 0.5 else [_word(field)]
        text = sentence.text[:start] + " ".join(words) + sentence.text[end:]
        return None if folded(text) in folded(field.source(sentence)) else sentence.model_copy(update={"text": text})

    return _edit(field, lambda each: _traced(each) and (each.quotation or bool(_QUOTED.search(each.text))), turn)


def source_id(field: Field) -> tuple[Draft, ...] | None:
    """The source becomes one that is not there, none at all, or another sentence of the deck."""
    def turn(sentence: Sentence) -> Sentence | None:
        kind = field.random.randrange(3)
        if kind == 0:
            return sentence.model_copy(update={"sources": ("s999.b1.1",)})
        if kind == 1:
            return sentence.model_copy(update={"sources": ()})
        other = field.random.choice(sorted(field.index.by_id))
        words = content_words(field.index.by_id[other].text, field.language)
        if len(content_words(sentence.text, field.language) & words) > 1:
            return None
        return sentence.model_copy(update={"sources": (other,)})

    return _edit(field, _traced, turn)


def altered(field: Field) -> tuple[Draft, ...] | None:
    """A word in the middle becomes a word of elsewhere in the deck."""
    def turn(sentence: Sentence) -> Sentence | None:
        words = sentence.text.split(" ")
        long = [n for n, word in enumerate(words) if n and word.isalpha() and len(content_words(word, field.language)) == 1]
        other = _word(field)
        if not long or content_words(other, field.language) <= content_words(field.source(sentence), field.language):
            return None
        words[field.random.choice(long)] = other
        return sentence.model_copy(update={"text": " ".join(words)})

    return _edit(field, _traced, turn)


def _word(field: Field) -> str:
    while True:
        each = field.index.by_id[field.random.choice(sorted(field.index.by_id))]
        words = [word for word in each.text.split() if word.isalpha() and word.islower() and len(word) > 4]
        if words:
            return field.random.choice(words)


def _template(sentence: Sentence) -> bool:
    return sentence.origin is Origin.TEMPLATE


def cliche(field: Field) -> tuple[Draft, ...] | None:
    """A worn phrase in our own wording."""
    return _edit(field, _template, lambda each: each.model_copy(
        update={"text": f"{each.text} {field.random.choice(CLICHES[field.language])} "}))


def residue(field: Field) -> tuple[Draft, ...] | None:
    """What a template or a program leaves behind, in our own wording."""
    return _edit(field, _template, lambda each: each.model_copy(
        update={"text": f"{each.text} {field.random.choice(RESIDUE)} "}))


def prompt(field: Field) -> tuple[Draft, ...] | None:
    """The prompt of a layout instead of a sentence."""
    return _edit(field, _traced, lambda each: each.model_copy(update={"text": field.random.choice(PROMPTS)}))


def too_long(field: Field) -> tuple[Draft, ...] | None:
    """A post that says its last sentence until it is over the limit."""
    counted = [draft for draft in field.drafts if draft.limit is not None and draft.limit.hard]
    if not counted:
        return None
    draft = field.random.choice(counted)
    limit: Limit | None = draft.limit
    assert limit is not None
    # A thread is counted by its longest part, a card by its words.
    more = limit.limit // (1 if limit.unit == "words" else len(" longer.")) + 2 + field.random.randrange(40)
    longer = Sentence(text=" longer." * more, origin=Origin.TEMPLATE)
    return (_with(draft, len(draft.segments) - 1, draft.segments[-1], longer),)


def repeated(field: Field) -> tuple[Draft, ...] | None:
    """A blog draft of which a good third stands in another one too."""
    blogs = [draft for draft in field.drafts if draft.kind == "blog"]
    if len(blogs) < 2:
        return None
    one, other = field.random.sample(blogs, 2)
    taken = [each for each in one.segments if _traced(each)]
    share = field.random.uniform(0.45, 0.9)
    more = taken[:max(1, int(len(taken) * share))]
    both: Sequence[Draft] = (one, other.model_copy(update={"segments": (*more, *other.segments[:len(other.segments) // 3])}))
    return tuple(both)


def emptied(field: Field) -> tuple[Draft, ...] | None:
    """A heading under which nothing stands any more."""
    blogs = [draft for draft in field.drafts if draft.kind == "blog"]
    if not blogs:
        return None
    draft = field.random.choice(blogs)
    # A piece of template that says something before its heading ("Drawing of slide 12") would fill the section.
    places = [n for n, each in enumerate(draft.segments) if each.origin is Origin.TEMPLATE and "## " in each.text
              and not any(char.isalnum() for char in each.text.partition("## ")[0])]
    if not places:
        return None
    new = draft.segments[field.random.choice(places)]
    at = draft.segments.index(new)
    bare = Sentence(text="\n\n## More\n\n", origin=Origin.TEMPLATE)
    return (draft.model_copy(update={"segments": (*draft.segments[:at], bare, *draft.segments[at:])}),)


#: What is changed -> (the gate that must see it, how).
CHANGES: dict[str, tuple[str, Change]] = {
    "number": ("trace", number), "name": ("trace", name), "negation": ("trace", negation),
    "quotation": ("trace", quotation), "source id": ("trace", source_id), "altered sentence": ("trace", altered),
    "worn phrase": ("quality", cliche), "residue": ("quality", residue), "prompt": ("quality", prompt),
    "repetition": ("quality", repeated), "empty section": ("quality", emptied), "too long": ("limits", too_long)}
