"""What a stretch of a talk can be: an article, a listicle, or only a starter for its author.

Decided by what is there and counted, never by what would be nice: words of whole sentences, their share, entries that
say something under a heading. What holds too little is not padded; it goes to the author as an outline with questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from content.draft import Sentence
from generators.blog_plan import Piece
from generators.material import ItemList, Passage, length
from generators.prose_cues import Cues
from language.verbless import can_tell, verbless

#: Words in whole sentences that make an article, and the least share of them in all its words.
ARTICLE, PROSE = 240, 0.5
#: Least share of the words in sentences of paragraphs: below it a piece reads as a list that somebody interrupted.
LEAST = 0.4
#: Share of whole sentences in paragraphs, and of whole sentences in all, that make an article of a text with long lists.
TOLD, SOUND = 0.3, 0.8
#: Share of the words in sentences that were jotted down to be spoken, from which notes are no article. Of spoken talks that
#: were written out a topic has 0.23 at most, of jotted ones 0.35 at least, each weighed with its whole talk.
ROUGH = 0.25
#: Words of the whole talk that a topic is judged with: of ten sentences a share says little.
_WITH = 250
#: Share of them up to which a topic is an article although the notes of its deck are none.
SMOOTH = 0.15
#: Words of an article that goes with a neighbour of its kind, and the most of both together.
SHORT, JOINED = 300, 800
#: Entries of a listicle out of several topics and its words in whole sentences; of one topic; of few entries.
ENTRIES, LISTICLE = 5, 180
OWN, OWN_WORDS, FEW_WORDS = 4, 120, 150
#: Share of the words of a topic that its entries must hold: what is left out would be missed.
COVERED = 0.72
#: Mean words of a sentence in an entry, the words of an entry of one sentence, and whole sentences in its words, by share.
ENTRY, LONE, _SOUND = 6, 10, 0.6
#: Words of an item that is a label, and the share of such items that makes a list one of labels.
_LABEL, _LABELS = 3, 0.6
#: Items of a list that is hardly one.
_PAIR = 2
#: Share of the items of a slide that are no sentences, and their words on average, that make it a list of phrases.
_PHRASES, _TERSE = 0.5, 7
#: Sentences to whoever fills in a form, and their share, that make a text one.
_ASKED, _FORM = 2, 0.08
#: Questions of a document, and their share of all it says, that make it a list of questions to be answered.
_QUESTIONS, _ASKING = 6, 0.2
#: Sentences that can be judged as a whole.
_COUNTED = 8
#: Words of a lone phrase that says something by itself.
_SAYS = 8
#: A paragraph that tells something, in sentences or in words, and how many of them make a stretch no list of remarks.
_SENTENCES, _TELLING, PARAGRAPHS = 2, 35, 3
#: Items of three words or more of a list that a slide without notes says by itself, and their share.
_LEAST_ITEMS, _MOST_ITEMS = 3, 0.75
#: Phrases that do not begin an article, and that are too many for one.
_FEW, _MANY = 3, 8


@dataclass(frozen=True, slots=True)
class Substance:
    """What a stretch holds, in words: of whole sentences in paragraphs, of whole sentences in lists, of all."""

    prose: int
    points: int
    words: int

    @property
    def whole(self) -> int:
        """Words in whole sentences, wherever they stand."""
        return self.prose + self.points

    @property
    def share(self) -> float:
        """Share of whole sentences, 0 to 1."""
        return self.whole / self.words if self.words else 0.0


def substance(passages: Sequence[Passage], whole: frozenset[str], cue: Cues | None = None,
              weighed: bool = False) -> Substance:
    """Count a stretch; `whole` are the ids of whole sentences. Tables count among all words only.

    With `cue` an advantage or a drawback of three words counts as whole under a lead that says which of them it is, or
    under a heading that does (`weighed`).
    """
    prose = points = 0
    for passage in passages:
        for row in passage.rows:
            words = sum(_words(s) for s in row if set(s.sources) <= whole)
            prose, points = (prose, points + words) if bullets(row, passage) else (prose + words, points)
    points += sum(_words(s) for p in passages for each in p.lists for s in each.own if is_whole(s, each, whole) or (
        cue is not None and _words(s) >= _LABEL and (weighed or _weighs(each, cue))))
    return Substance(prose, points, sum(p.words for p in passages))


@dataclass(frozen=True, slots=True)
class Jotted:
    """Words of sentences that were jotted down to be spoken, and of all that is told in sentences."""

    bad: int = 0
    words: int = 0

    @property
    def share(self) -> float:
        """Share of what was jotted down, 0 to 1."""
        return self.bad / self.words if self.words else 0.0

    def within(self, talk: Jotted) -> float:
        """The share as the rest of its talk makes it likely: the fewer words, the more the talk counts."""
        return (self.bad + _WITH * talk.share) / (self.words + _WITH)


def rough(passages: Sequence[Passage], cue: Cues) -> float:
    """Share of the words of a stretch in sentences that were jotted down, 0 to 1; of few sentences none is."""
    return jotted(passages, cue).share


def jotted(passages: Sequence[Passage], cue: Cues) -> Jotted:
    """The words of a stretch in sentences that were jotted down to be spoken: without a verb, begun as one talks, in a row
    of questions, or set with signs of equality.

    Words and not sentences: who speaks says "At night. Alone." between two whole sentences, who jots says nothing else.
    """
    rows = [row for p in passages for row in p.rows if not bullets(row, p)]
    said = [s.text for row in rows for s in row]
    if len(said) < _COUNTED:
        return Jotted()
    bad = verbless(said) if can_tell(cue.language) else [_scrap(text, cue) for text in said]
    asked = [text.endswith("?") for text in said]
    runs = [asked[n] and (asked[n - 1:n] == [True] and asked[n + 1:n + 2] == [True]) for n in range(len(said))]
    # Pages of slides are read as running text: there a sentence that begins with its verb has lost what does it.
    pages = all(p.running for p in passages)
    sizes = [len(text.split()) for text in said]
    return Jotted(sum(size for b, r, text, size in zip(bad, runs, said, sizes, strict=True) if b or r or cue.has(
        "spoken_start", text) or (pages and cue.has("verb_start", text))), sum(sizes))


def _scrap(text: str, cue: Cues) -> bool:
    """Whether a short sentence has no verb that the cues of its language know, where no tagger tells."""
    return len(text.split()) <= _SAYS and not (text.endswith("?") or cue.has("finite", text) or cue.has("advice", text))


def all_told(stretches: Sequence[Jotted]) -> Jotted:
    """Several stretches as one."""
    return Jotted(sum(each.bad for each in stretches), sum(each.words for each in stretches))


def tells(row: Sequence[Sentence]) -> bool:
    """Whether a paragraph tells something, and is more than a remark."""
    return len(row) >= _SENTENCES or length(row) >= _TELLING


def connected(passages: Sequence[Passage]) -> bool:
    """Whether a stretch holds three paragraphs that tell something: below that it is a list of remarks."""
    return sum(tells(row) for p in passages for row in p.rows) >= PARAGRAPHS


def form(passages: Sequence[Passage], cue: Cues) -> bool:
    """Whether a stretch is a form: one sentence in twelve speaks to whoever fills it in."""
    said = [s.text for p in passages for s in (*p.prose, *(i for each in p.lists for i in each.items),
                                               *(cell for row in p.table for cell in row))]
    asked = sum(cue.has("form", text) for text in said)
    if asked >= _ASKED and asked >= _FORM * len(said):
        return True
    # A document that asks its reader one thing after another wants the answers written into it.
    questions = sum(text.endswith("?") for p in passages if p.running for text in (s.text for s in p.prose))
    return questions >= _QUESTIONS and questions >= _ASKING * len(said)


def bullets(row: Sequence[Sentence], passage: Passage) -> bool:
    """Whether a paragraph was made of bullets: each of its sentences stood in a block of its own on a slide."""
    if passage.running or not row:
        return False
    blocks = {s.sources[0].rpartition(".")[0] for s in row}
    return len(blocks) == len(row) if len(row) > 1 else not passage.spoken


def together(passages: Sequence[Passage]) -> int:
    """Words of the sentences that stand with another one in a block: what somebody tells, and no row of lines."""
    said = [s for p in passages for s in p.prose]
    blocks = Counter(s.sources[0].rpartition(".")[0] for s in said if s.sources)
    return sum(_words(s) for s in said if s.sources and blocks[s.sources[0].rpartition(".")[0]] > 1)


def is_whole(item: Sentence, among: ItemList, whole: frozenset[str]) -> bool:
    """Whether an item of a list is a sentence, or ends the sentence that leads into it."""
    led = among.lead is not None and set(among.lead.sources) <= whole
    return bool(set(item.sources) & whole) or (led and _words(item) >= _LABEL)


def entries(piece: Piece, whole: frozenset[str], cue: Cues) -> list[tuple[Passage, ...]]:
    """The entries of a listicle, in their order: slides with a title, of which all that stands under it is in sentences.

    A slide is an entry as a whole or not at all: half of it may say the opposite of all of it.
    """
    out: list[tuple[Passage, ...]] = []
    last = -1
    for place, group in enumerate(by_slide(piece.passages)):
        if group[0].heading is None and out and last == place - 1 and all(
                p.prose and not (p.lists or p.table) for p in group) and substance(group, whole, cue).share >= _SOUND:
            # A slide without a title, all in sentences, goes on with the one before it.
            out[-1] = (*out[-1], *group)
            last = place
            continue
        weighed = cue.has("weighed", group[0].heading.text) if group[0].heading else False
        lists = [each for p in group for each in p.lists]
        said = [s for p in group for s in (*p.prose, *(i for each in p.lists for i in each.items))]
        found = substance(group, whole, cue, weighed)
        asked = sum(s.text.endswith("?") for s in said)
        full = (len(said) > 1 or found.whole >= LONE) and found.whole >= _mean(lists, weighed, cue) * len(said)
        if group[0].heading and full and found.share >= _SOUND and (
                3 * asked <= len(said)) and not any(p.table for p in group) and (
                all(each.lead or p.run_in for p in group for each in p.lists[1:])
                and len({bool(each.lead) for each in lists}) <= 1
                and not any(_strays(each, cue) or _mixed(each) for each in lists)):
            out.append(group)
            last = place
    return out


def _mean(lists: Sequence[ItemList], weighed: bool, cue: Cues) -> int:
    """Words of whole sentences that an entry wants for each sentence: what is weighed may be put shortly."""
    return _LABEL if weighed or any(_weighs(each, cue) for each in lists) else ENTRY


def _weighs(each: ItemList, cue: Cues) -> bool:
    """Whether the lead of a list says that it speaks for or against something."""
    return each.lead is not None and cue.has("weighed", each.lead.text)


def _mixed(each: ItemList) -> bool:
    """Whether labels stand among the sentences of a list: "Blockers" after "Use the shared board"."""
    return any(_words(item) < _LABEL for item in each.items) and any(_words(item) > 2 * _LABEL for item in each.items)


def _strays(each: ItemList, cue: Cues) -> bool:
    """Whether a list says something else than its lead: "The part has been designed to:" and then "The price is ..."."""
    return each.lead is not None and any(cue.has("subject_start", item.text) and _words(item) > _LABEL for item in each.items)


def by_slide(passages: Sequence[Passage]) -> list[tuple[Passage, ...]]:
    """Passages of one slide, page or section together."""
    return [tuple(group) for _, group in groupby(passages, key=lambda passage: passage.unit)]


def by_unit(passages: Sequence[Passage]) -> list[tuple[Passage, ...]]:
    """Passages of one unit together; a unit that goes on under the heading before it belongs to that one."""
    out: list[list[Passage]] = []
    for passage in passages:
        if out and (passage.unit == out[-1][-1].unit or not passage.heading):
            out[-1].append(passage)
        else:
            out.append([passage])
    return [tuple(each) for each in out]


def fit(piece: Piece, whole: frozenset[str], cue: Cues) -> Piece:
    """The piece without what does not belong in an article: lists of labels, list after list of phrases, loose ends."""
    spoken = any(p.spoken and p.prose for p in piece.passages)
    kept = [p for group in by_slide(piece.passages) for each in (_one_list(group) if spoken else group)
            if (p := _fit(each, whole)) is not None]
    groups = by_slide(kept)
    if any(p.spoken and p.prose for p in kept):
        # Among what is told a slide of phrases alone is a note to nobody.
        told = [any(p.spoken and p.prose for p in group) for group in groups]
        groups = [group for place, group in enumerate(groups) if not _bare(group, whole) or (
            group[0].heading is not None and cue.has("finite", group[0].heading.text)) or (
            any(told[:place]) and _listed(group))]
    while len(groups) > 1 and _phrases(groups[0], whole) >= _FEW:
        groups = groups[1:]  # an article does not begin with a list of phrases
    groups = [group for group in groups if _phrases(group, whole) < _MANY]
    return replace(piece, passages=tuple(p for group in groups for p in group))


def _bare(group: Sequence[Passage], whole: frozenset[str]) -> bool:
    """Whether a slide is a list of short phrases, with nothing told."""
    items = [(s, is_whole(s, each, whole)) for p in group for each in p.lists for s in each.items]
    words = sum(_words(s) for s, _ in items)
    return bool(items) and not any(p.prose or p.table for p in group) and (
        sum(not sound for _, sound in items) >= _PHRASES * len(items)) and words <= _TERSE * len(items)


def _listed(group: Sequence[Passage]) -> bool:
    """Whether a slide without notes says what it lists: under a title of more than a word three items or more, of three words
    or more on the whole, and all of it no longer than what one tells about a slide.
    """
    items = [s for p in group for each in p.lists for s in (*((each.lead,) if each.lead else ()), *each.items)]
    head = group[0].heading
    if head is None or _words(head) < _PAIR or any(p.prose or p.table or p.code or p.run_in for p in group):
        return False
    full = sum(_words(s) >= _LABEL for s in items)
    return len(items) < _MANY and full >= max(_LEAST_ITEMS, _MOST_ITEMS * len(items))


def _one_list(group: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """A slide that is a list and no more, with one list: what stands under one of its points goes on behind it."""
    if not _listed(group) or not any(each.lead for p in group for each in p.lists):
        return group
    items = tuple(s for p in group for each in p.lists for s in (
        *((each.lead.model_copy(update={"text": each.lead.text.rstrip(" :")}),) if each.lead else ()), *each.items))
    deep = frozenset(s for p in group for each in p.lists if each.lead for s in each.items)
    return (replace(group[0], lists=(ItemList(items, deep=deep),)),)


def _phrases(group: Sequence[Passage], whole: frozenset[str]) -> int:
    """Items that are no sentences, of a slide that is told in nothing else; 0 where anything is told."""
    if any(p.prose or p.table for p in group):
        return 0
    return sum(not is_whole(s, each, whole) for p in group for each in p.lists for s in each.items)


def _fit(passage: Passage, whole: frozenset[str]) -> Passage | None:
    told = passage.spoken and not passage.running and len(passage.prose) >= _SENTENCES
    lists = tuple(each for each in passage.lists if not labels(each) and (passage.table or not (
        _lone(each, whole) or (told and _caption(each, whole)))))
    rows = list(passage.rows)
    alone = [each for each in lists if rows and len(each.items) == 1 and each.lead is None and not passage.table
             and not passage.code and is_whole(each.items[0], each, whole)]
    for each in alone:
        # One item is no list; a whole sentence goes on where the text ends.
        text = each.items[0].text[:1].upper() + each.items[0].text[1:]
        rows.append((each.items[0].model_copy(update={"text": text if text[-1] in ".!?”\"" else text.rstrip(" ,;:") + "."}),))
    lists = tuple(each for each in lists if each not in alone)
    if rows and not (lists or passage.table or passage.code) and rows[-1] and rows[-1][-1].text.endswith(":"):
        # A sentence that leads into what is not printed leads nowhere.
        rows[-1] = rows[-1][:-1]
    left = replace(passage, lists=lists).retold(row for row in rows if row)
    return left if left.prose or left.lists or left.table else None


def _lone(each: ItemList, whole: frozenset[str]) -> bool:
    """Whether a list is a phrase or two that nothing leads into."""
    return not each.kept and len(each.items) <= _PAIR and each.lead is None and all(
        _words(item) < _SAYS and not is_whole(item, each, whole) for item in each.items)


def _caption(each: ItemList, whole: frozenset[str]) -> bool:
    """Whether a list is one line that is no sentence, or begins in the middle of one: a caption beside what is told."""
    return len(each.items) == 1 and each.lead is None and (
        not is_whole(each.items[0], each, whole) or each.items[0].text[:1].islower())


def labels(each: ItemList) -> bool:
    """Whether a list is one of labels: of a word or three an item, with no sentence that leads into it or speaks of it."""
    if each.kept:
        return False
    short = sum(_words(item) <= _LABEL for item in each.items)
    if each.lead is not None:
        return short == len(each.items) < _LABEL
    lone = len(each.items) == 1 and _words(each.items[0]) < _LABEL + 2
    return lone or short >= _LABELS * len(each.items)


def _words(sentence: Sentence) -> int:
    return len(sentence.text.split())
