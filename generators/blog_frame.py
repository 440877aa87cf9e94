"""What a draft says of where it stands: which talk it comes from, what all of that is about, and what comes next.

A reader who lands on the third piece has read no first one. One line above the piece names the talk, the place in the
series, and one sentence of the author: on the client of a case, and in the first piece on the whole; one line below names
the next piece.
Every word of them is a sentence of the deck, a value of the profile, or a label of the wording file. Nothing is said
where nothing is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.alone import dangling, goes_on, on_screen, only_clause, points_back, whole_thought
from generators.blog_case import Client
from generators.blog_close import stands_alone, summary_of
from generators.context import Context
from generators.prose_cues import Cues, cues
from generators.render import Plain, wording
from generators.titles import known_title, subtitle
from language.clashes import Clash, clashes
from language.fold import folded
from language.numbers import numbers_in
from language.words import content_words

#: The unit, the block and the sentence that an id names.
_ID = re.compile(r"(s\d+)\.b(\d+)\.(\d+)$")
#: What is printed one after the other: wording and the author's words.
Parts = tuple[Sentence | Plain, ...]
#: Words of the sentence on the whole, and of a line under the title that is no sentence.
_FEWEST, _MOST = 8, 30
#: Share of its words that a sentence may have in common with what is printed beside it before it says that again.
_AGAIN = 0.7
#: Words that a talk says most, and how many of those and of its title a sentence on all of it must have.
_OFTEN, _SHARED = 8, 2
#: Sentences at the start of a document among which the one on all of it stands.
_FIRST = 4
#: Cues of a sentence that needs another one, or speaks to a class, or of the speaker.
_LEANS = ("pronoun_start", "line_reference", "leaning", "no_start", "unknown_person", "absent", "instruction", "pupil",
          "leans_back", "first_person")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of all that the pieces come from."""

    title: Sentence | None
    #: One sentence on the whole; None where none stands alone.
    about: Sentence | None
    speaker: Sentence | Plain
    event: Plain
    #: It was shown, and is not a text.
    shown: bool
    client: Client | None
    #: What the document says in two ways.
    clashes: tuple[Clash, ...] = ()


def whole_of(context: Context, client: Client | None) -> Whole:
    """What is known of a source: its own title where it is a good one, who spoke and where, and the sentence on all of it."""
    cue = cues(context.cleared.language)
    title = known_title(context)
    authors = context.profile.authors
    return Whole(title, _about(context, title, cue), Plain(authors[0].name if authors else ""), Plain(context.profile.event),
                 any(unit.kind == "slide" for unit in context.cleared.content_units()), client,
                 clashes([(name, each.text) for name, each in context.index.by_id.items()], context.cleared.language))


def standfirst(whole: Whole, title: Sentence, said: Sequence[Sentence], place: int, count: int, context: Context) -> Parts:
    """The line above a piece; () where there is nothing to say. `said` is what the piece prints, `place` counts from 1."""
    language = context.language
    known = {folded(s.text).rstrip(" .") for s in said}
    deck = whole.title if whole.title is not None and folded(whole.title.text) != folded(title.text) else None
    out: list[Sentence | Plain] = []
    if deck is not None:
        out += filled(language, "frame_talk" if whole.shown else "frame_text", title=deck)
    elif whole.speaker or whole.event or (whole.title is not None and count > 1):
        out += filled(language, "frame_same" if whole.shown else "frame_same_text")
    if out:
        out += filled(language, "frame_by", speaker=whole.speaker) if whole.speaker else ()
        out += filled(language, "frame_event", event=whole.event) if whole.event else ()
    if count > 1:
        out += filled(language, "frame_part" if out else "frame_part_alone", number=_number(place), count=_number(count))
    out += filled(language, "frame_end") if out else ()
    if whole.client is not None and (count > 1 or whole.client.named("\n".join(s.text for s in said))):
        if folded(whole.client.sentence.text).rstrip(" .") not in known:
            out += _after(out, (_stopped(whole.client.sentence),))
    elif place == 1 and whole.about is not None and not _repeats(whole.about, [title, *said], cues(context.cleared.language)):
        out += _after(out, (whole.about,))
    return tuple(out)


def series_line(titles: Sequence[Sentence], place: int, deck: Sentence | None, context: Context) -> Parts:
    """"Next: Wrong answers" below a piece of several; the last one names the one before it. `place` counts from 1. The name
    of the deck, which the line above the piece says, goes from a title that has it in front.
    """
    if len(titles) < 2:
        return ()
    last = place == len(titles)
    title = titles[place - 2 if last else place]
    name, mark, rest = title.text.partition(": ")
    if mark and deck is not None and folded(deck.text) != folded(title.text) and folded(deck.text).startswith(folded(name)):
        title = title.model_copy(update={"text": rest})
    return filled(context.language, "series_before" if last else "series_next", title=title)


def checks(found: Sequence[Clash], said: Sequence[Sentence], context: Context) -> tuple[Parts, ...]:
    """What a piece says in one way and its document in another, for the author to look at."""
    def ours(each: Clash) -> bool:
        return any(set(s.sources) & set(each.sources) and each.one in s.text for s in said)

    return tuple(filled(context.language, "check", one=Sentence(text=each.one, sources=each.sources),
                        other=Sentence(text=each.other, sources=each.other_sources)) for each in found if ours(each))


def gaps(said: Sequence[Sentence], context: Context) -> tuple[Parts, ...]:
    """Where lines that count on from each other ("In week one", "In week three") leave one out, for the author to mend: what
    was withheld is in no list.
    """
    cue = cues(context.cleared.language)
    out: list[Parts] = []
    last: tuple[Sentence, frozenset[str], int] | None = None
    for s in said:
        found = cue.single["counts_on"].match(s.text)
        if found is None:
            last = None
            continue
        words, number = content_words(found[0], cue.language), _counted(found[0], cue)
        if last and words & last[1] and number > last[2] + 1 and _apart(last[0], s):
            out.append(filled(context.language, "check_gap", one=last[0], other=s))
        last = (s, words, number)
    return tuple(out)


def _apart(one: Sentence, other: Sentence) -> bool:
    """Whether something stood between two sentences: an author may well count "month one, month three, month six"."""
    first, then = (_ID.match(each.sources[0]) if each.sources else None for each in (one, other))
    if first is None or then is None or first[1] != then[1]:
        return False
    return int(then[2]) > int(first[2]) + 1 or (first[2] == then[2] and int(then[3]) > int(first[3]) + 1)


def _counted(text: str, cue: Cues) -> int:
    """The number that "week two" or "the second week" counts; "one" is read as no number anywhere, and is 1 here."""
    ordinals = [each.strip() for each in cue.say["ordinals"].split(",")]
    found = next((n for n, each in enumerate(ordinals, start=1) if each in text.lower().split()), 0)
    counts = numbers_in(text, cue.language)
    return found or (int(counts[0].value) if counts else 1)


def traced_parts(*lines: Parts) -> tuple[Sentence, ...]:
    """The author's words in lines of a frame."""
    return tuple(part for line in lines for part in line if isinstance(part, Sentence))


def filled(language: str, key: str, **values: Sentence | Plain) -> Parts:
    """A phrase of the wording file with its gaps filled by the author's words or by values of the profile."""
    phrase, out, place = wording(language)[key], [], 0
    for gap in _SLOT.finditer(phrase):
        out += [Plain(phrase[place:gap.start()]), values[gap[1]]]
        place = gap.end()
    return tuple(part for part in (*out, Plain(phrase[place:])) if not isinstance(part, Plain) or part)


def _number(number: int) -> Plain:
    return Plain(str(number))


def _after(out: Sequence[Sentence | Plain], more: Parts) -> Parts:
    return (Plain(" "), *more) if out else more


def _about(context: Context, title: Sentence | None, cue: Cues) -> Sentence | None:
    """One sentence of the source on all of it: the line under its title, what it says of itself, or its own summing up."""
    under = subtitle(context)
    if under is not None and _FEWEST <= len(under.text.split()) <= _MOST and not (
            title and folded(under.text) in folded(title.text)):
        return _stopped(under)
    passages = [p for m in context.materials for p in m.passages]
    often = Counter(word for p in passages for s in p.prose for word in content_words(s.text, cue.language))
    most = {word for word, _ in often.most_common(_OFTEN)}
    named = content_words(title.text, cue.language) if title is not None else frozenset()
    most |= named

    def fits(s: Sentence) -> bool:
        # "PowerShell is a tool designed from the ground up" says first what it is; other sentences bring in nothing unsaid.
        return _alone(s, cue) and (len(content_words(s.text, cue.language) & most) >= _SHARED or is_about(s)) and (
            dangling(s.text, named, cue.language) <= is_about(s))

    def is_about(s: Sentence) -> bool:
        """"PowerShell is a command line tool": what the name of the talk is."""
        head = cue.single["says_what"].search(s.text)
        words = content_words(s.text[:head.start()], cue.language) if head else frozenset()
        return bool(words) and words <= named

    said = [s for p in passages for s in p.prose]
    own = [s for s in said if cue.has("of_itself", s.text) or cue.has("aim_of", s.text)]
    own += [s for p in passages[:1] if p.running for s in p.prose if cue.has("concludes", s.text)]
    headed = [s for p in passages if p.heading and cue.has("abstract_title", p.heading.text) for s in p.prose]
    first = [s for p in passages[:1] if p.running for s in p.prose][:_FIRST]
    sums = [s for p in passages for s in summary_of(p, context, cue) if stands_alone(s, cue)]
    return next((s for s in _each(own, headed, first, (s for s in said if is_about(s)), sums) if fits(s)), None)


def _stopped(sentence: Sentence) -> Sentence:
    return sentence if sentence.text[-1] in ".!?…" else sentence.model_copy(update={"text": sentence.text + "."})


def _each(*pools: Iterable[Sentence]) -> Iterator[Sentence]:
    for pool in pools:
        yield from pool


def _alone(sentence: Sentence, cue: Cues) -> bool:
    """Whether a sentence is understood by somebody who has read nothing, and says what holds and no story."""
    text, language = sentence.text, cue.language
    itself = cue.single["concludes"].sub("", cue.single["of_itself"].sub("", text))
    if itself == text and cue.has("narrative", text):
        return False
    if not (_FEWEST <= len(text.split()) <= _MOST and text[-1] in ".!" and whole_thought(text, language)):
        return False
    away = goes_on(itself, language) or points_back(itself, language) or on_screen(text, language)
    return not (away or only_clause(text, language)) and not any(cue.has(name, itself) for name in _LEANS)


def _repeats(sentence: Sentence, said: Sequence[Sentence], cue: Cues) -> bool:
    words = content_words(sentence.text, cue.language)
    return any(len(words & content_words(s.text, cue.language)) >= _AGAIN * len(words) for s in said)
