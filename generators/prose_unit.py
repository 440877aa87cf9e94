"""The passages of one slide, page or section: notes first, then only what the slide says beyond them.

Deixis and noise are gone before (`prose_lines`, `prose_notes`); what a bullet becomes is decided in `prose_bullets`.
Nothing is invented and nothing is moved past its neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from content.document import QUOTE
from content.draft import Sentence
from generators.alone import cut_title, open_end
from generators.material import Passage
from generators.prose_asked import pairs, said_pairs, told_pairs
from generators.prose_beyond import SAID, beyond, fuller, overlap, told_words, words_of
from generators.prose_bullets import Kind, Said, items_of, kind_of, say, tree
from generators.prose_bullets import sentence as as_sentence
from generators.prose_case import calm
from generators.prose_cues import Cues
from generators.prose_fit import fitted
from generators.prose_line import ENDS, Line, ids
from generators.prose_lines import Sheet
from generators.prose_lists import (
    ITEM,
    after_sentence,
    announcing,
    around_table,
    breaks_off,
    coded,
    earlier,
    ended,
    few,
    item_length,
    item_list,
    leading_in,
    listed,
    paragraph,
    remark,
    replies,
    spoken_of,
    standing_big,
    takes_up,
    with_caption,
    with_title,
)
from generators.prose_noise import is_code
from generators.prose_notes import Told, clean, tell, unlabelled
from generators.prose_passages import assemble, readable_table
from generators.prose_quoted import block_quote, with_quotations
from generators.prose_sound import promised, self_contained
from generators.prose_titles import CHAPTER, without_label, without_prefix
from language.fold import folded
from language.words import content_words, tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Sentences of notes that can be counted, and the share that points at what a reader does not see.
_SPEAKS, _POINTING, _TWO = 4, 0.25, 2
#: Words of notes that are a stump when something was taken out of their slide.
_STUMP = 20
#: Share of the notes to a slide of code that must be left for them to be read.
_TORSO = 0.5
_MAX_HEADING = 90
#: What stands by itself, and the fewest words of it.
_STANDS = frozenset({Kind.SENTENCE, Kind.COMMAND, Kind.QUESTION})
_STATES = frozenset({Kind.SENTENCE, Kind.COMMAND})
_CLAUSE = 4


@dataclass(slots=True)
class Deck:
    """What the building of every passage needs to know of the whole deck."""

    cues: Cues
    docs: dict[str, Doc]
    forms: dict[str, str]
    count: Counter[str]
    #: Numbers of the units that are slides.
    slides: frozenset[int] = frozenset()
    seen: set[str] = field(default_factory=set)
    #: Numbers of the units that clearing took something out of.
    touched: frozenset[int] = frozenset()
    #: Content words of the notes of the sheet before.
    spoken: frozenset[str] = frozenset()
    heading: str = ""
    #: Ids of the source sentences that are whole sentences, with a verb of their own.
    whole: set[str] = field(default_factory=set)


def _heading(sheet: Sheet, deck: Deck) -> Sentence | None:
    """The slide's title as a heading, None when it says nothing."""
    if sheet.title is None:
        return None
    text = deck.cues.single["build_mark"].sub("", calm(sheet.title.text, deck.forms)).strip(" .:;-–—,")
    if sheet.running:
        text = CHAPTER.sub("", text)
    text = without_prefix(text, deck.cues)
    if not (sheet.running or sheet.groups):
        text = without_label(text, deck.cues)
    named = sheet.label is not None  # what stands under it has names of its own
    if (len(text) < 4 and not named) or len(text) > _MAX_HEADING or is_code(text) or (
            deck.cues.has("empty_title", text) and not named) or (sheet.running and cut_title(text, deck.cues.language)):
        return None
    return Sentence(text=text, sources=sheet.title.sources)


def one_heading(before: Sequence[Passage], fresh: Sequence[Passage]) -> list[Passage]:
    """A heading that the passages before carry already is not said again."""
    last = next((p.heading for p in reversed(before) if p.heading), None)
    out = []
    for passage in fresh:
        if passage.heading and last and folded(passage.heading.text) == folded(last.text):
            passage = replace(passage, heading=None)
        out.append(passage)
    return out


def passages_of(sheet: Sheet, deck: Deck) -> tuple[list[Passage], list[Sentence]]:
    """The passages of one unit and the short forms of what its notes say."""
    cue = deck.cues
    commands = {name: _holds_verb(line, deck) for paragraph in sheet.notes for line in paragraph for name, _ in line.parts}
    asked = pairs(sheet.notes, cue, spoken=True)
    told = [_fresh(each, deck) for each in (
        told_pairs(asked, cue, sheet.code, commands, sheet.orders) if asked
        else tell(sheet.notes, cue, sheet.code, commands, _met(sheet, cue), sheet.orders))]
    unlabelled(told, sheet.title.text if sheet.title else "", cue)
    told = with_title(told, sheet.title, cue)
    fuller(told, sheet.groups, cue)
    length = sum(len(s.text.split()) for each in told for row in each.paragraphs for s in row)
    if sheet.unit in deck.touched and length < _STUMP:
        told = []  # a sentence or two around what clearing took out
    if not asked and not sheet.running and _torso(sheet, cue):
        told = []  # what is told is about what only the room could see
    if sheet.code and length < _TORSO * sum(len(line.text.split()) for row in sheet.notes for line in row):
        told, sheet.reason = [], "code"  # what is left speaks of what a reader does not see
    spoken = told_words(" ".join(s.text for each in told for row in each.paragraphs for s in row), cue)
    spoken |= told_words(" ".join(s.text for each in told for s in each.items), cue)
    spoken |= words_of(" ".join(each.heading.text for each in told if each.heading), cue)
    # What was told at the slide before need not be shown at this one.
    heading = _heading(sheet, deck)
    same = heading is not None and deck.heading == heading.text
    built = deck.spoken if same and not spoken else frozenset()
    spoken, deck.spoken = (spoken | deck.spoken if spoken else spoken), spoken or built
    deck.heading = heading.text if heading else ""
    if sheet.unit in deck.touched:
        sheet.program = []  # program text with a hole in it is none
    unseen = sheet.code and not sheet.program and not told
    if unseen and heading and cue.has("two_versions", heading.text):
        heading = None
    said: list[Said] = []
    points: list[Sentence] = []
    picked = spoken_of(told, cue) if few(sheet.groups) or sheet.labels else None
    if picked is None and few(sheet.groups) and not (sheet.tables or sheet.charts):
        picked = takes_up(told, sheet.groups[0], heading, cue)
    if picked is None and few(sheet.groups):
        picked = coded(told, sheet.groups[0])
    if picked:
        known = [len((own := words_of(line.text, cue)) & spoken) >= SAID * len(own)
                 for group in sheet.groups for line in group]
        if sum(known) * (2 if cue.has("one_of_them", picked.text) else 1) >= len(known):
            picked = None  # the notes say the lines themselves
    groups = sheet.groups
    table = readable_table(sheet.tables)
    shown = around_table(groups, sheet.tables[0], cue) if sheet.running and table and len(sheet.tables) == 1 else None
    groups = shown.groups if shown else groups
    under = remark(groups) if table and not (sheet.running or sheet.labels) else None
    groups = [] if under else groups
    cut = -1
    last: Sentence | None = None
    if caption := _caption(sheet, deck):
        # A figure as a title is half a sentence, and the line under it the other.
        heading, groups = (heading if told else None), []
        said += [Said(sentences=(caption,))] if not told or not words_of(caption.text, cue) <= spoken else []
    for place, group in enumerate(groups):
        cut = len(said) if shown and place == shown.place else cut
        if head := sheet.labels.get(group[0].shape):
            said.append(Said(run_in=Sentence(text=calm(head.text, deck.forms).rstrip(" :"), sources=head.sources)))
        lines = [replace(line, text=_label(text, deck.forms)) if not line.code else line
                 for line in (ended(each, cue) for each in group)
                 if (text := line.text if line.code else _shown(line, cue)) and not breaks_off(line, cue)
                 and not (unseen and cue.has("line_reference", line.text))]
        if asked and told:
            # Notes that ask and answer say it all; the slide is their short form.
            points += [as_sentence(line) for line in lines if kind_of(line, deck.docs.get(line.block), cue) in _STATES]
            continue
        if found := pairs([(line,) for line in group if not line.code and not sheet.running], cue, spoken=False):
            for question, answer in said_pairs(found, cue):
                said += [question] if question.run_in else []
                said += _running(answer, sheet, deck)
            continue
        led = sheet.running and place + 1 < len(groups) and listed(groups[place + 1])
        after = sheet.running and place > 0 and groups[place - 1][-1].text.endswith(":")
        if sheet.running and QUOTE in group[0].shape:
            said.append(block_quote(group))
            continue
        if sheet.running and listed(group) and (after or any(line.numbered or paragraph(line) for line in lines)):
            said.append(Said(items=item_list(lines)))
            continue
        if sheet.running or any(line.code for line in group) or (
                any(paragraph(line) for line in group) and not replies(lines)):
            said += _running(lines, sheet, deck, led)
            continue
        kinds = {id(line): _wished(kind_of(line, deck.docs.get(line.block), cue), heading, cue) for line in lines}
        counted = announcing(told, lines, picked is not None, cue) if told and len(groups) == 1 else None
        if counted and picked and earlier(counted, picked, told):
            picked = None
        elif (picked and not sheet.labels) or replies(lines):
            ordered = all(line.numbered for line in lines) or (picked is not None and cue.has("numbered_item", picked.text))
            said += [Said(items=replace(items_of(tree(lines, kinds), ordered), kept=picked is not None))] if lines else []
            last = leading_in(told, picked, heading, len(lines), cue) if picked and lines else None
            picked = None if last else picked
            continue
        kept, covered = beyond(tree(lines, kinds), spoken, cue)
        if built and not spoken:
            old = {id(node) for node in kept if not node.children and overlap(node, built, cue) >= SAID}
            old |= {id(node) for before, node in pairwise(kept) if id(before) in old and cue.has("sequence", node.line.text)}
            kept = [node for node in kept if id(node) not in old]
        if told and len(groups) == 1 and (last := counted or announcing(told, lines, bool(kept), cue)):
            said.append(Said(items=replace(item_list(lines), kept=True)))
            continue
        if kept and covered and heading and promised(heading.text, cue) == len(lines):
            said.append(Said(items=replace(item_list(lines), kept=True)))  # what its title counts is there as a whole
            continue
        points += [as_sentence(node.line) for node in covered if node.kind in {Kind.SENTENCE, Kind.COMMAND}]
        steps = heading is not None and cue.has("steps_title", heading.text) and all(
            node.kind is Kind.COMMAND for node in kept)
        definite = heading is not None and _definite(heading.text, deck)
        said += say(kept, sheet.title, definite, cue, steps)
    said = [_with_told(each, spoken, cue) if told and each.items else each for each in said]
    beside = said[cut:] if cut >= 0 else []
    said, beside = ([each for each in (_unsaid(each, deck) for each in part)
                     if each.sentences or each.items or each.run_in or each.code]
                    for part in (said[:cut] if cut >= 0 else said, beside))
    deck.whole.update(_whole(told, [*said, *beside], sheet, deck))
    deck.whole.update(caption.sources if caption else ())
    before, rest = after_sentence(told, last) if last else (told, [])
    passages = assemble(sheet, heading, before, said, picked is not None) + (assemble(sheet, None, rest, []) if rest else [])
    if heading and told and sheet.charts and passages and cue.has("chart_title", heading.text):
        passages[0] = replace(passages[0], captioned=True)
    if table:
        passages = [*passages[:-1], replace(passages[-1], table=table)] if passages else [
            Passage(sheet.unit, heading, (), (), table=table)]
    passages += assemble(sheet, None, [], beside) if beside else []
    passages = fitted(self_contained(passages, cue, deck.count), cue)
    if under:
        passages = [replace(p, remark=under) if p.table else p for p in passages]
    if sheet.quoted:
        passages = with_quotations(passages, sheet.quoted, sheet.unit, heading, bool(said))
        deck.whole.update(name for p in passages if p.quoted for s in p.prose for name in s.sources)
    if sheet.label and passages:
        passages[0] = replace(passages[0], run_in=Sentence(text=sheet.label.text, sources=sheet.label.sources))
    return with_caption(passages, shown.caption) if shown and shown.caption else passages, points


def _caption(sheet: Sheet, deck: Deck) -> Sentence | None:
    """A slide of one big figure with its caption as a sentence; None where it is none."""
    lines = [line for group in sheet.groups for line in group]
    if sheet.running or sheet.tables or sheet.charts:
        return None
    return standing_big(sheet.title, lines, [kind_of(line, deck.docs.get(line.block), deck.cues) for line in lines],
                     deck.cues)


def _met(sheet: Sheet, cue: Cues) -> frozenset[str]:
    """The words of a slide, without its program text."""
    return content_words(" ".join(line.text for group in sheet.groups for line in group if not line.code), cue.language)


def _torso(sheet: Sheet, cue: Cues) -> bool:
    """Whether a quarter of the sentences of the notes point at the screen, at a drawing or at a demonstration."""
    sentences = [text for row in sheet.notes for line in row for _, text in line.parts]
    away = sum(cue.any("drop", text) or cue.has("absent", text) or cue.has("demo", text) for text in sentences)
    fewest = 1 if sentences and cue.has("greeting", sentences[0]) else _TWO
    return len(sentences) >= _SPEAKS and away >= max(fewest, _POINTING * len(sentences))


def _wished(kind: Kind, heading: Sentence | None, cue: Cues) -> Kind:
    """"No log-in" under "What we wanted" is a wish and stays a phrase."""
    return Kind.NOUN if kind is Kind.NEGATIVE and heading and cue.has("wish_title", heading.text) else kind


def _running(lines: Sequence[Line], sheet: Sheet, deck: Deck, led: bool = False) -> list[Said]:
    """Lines of which some are paragraphs: those sentence by sentence, the stretches between them as bullets. `led`: a list
    follows, into which the last line may lead.
    """
    said: list[Said] = []
    run: list[Line] = []
    most = 0.0 if sheet.running else item_length(lines)

    def close() -> None:
        # A lone phrase between paragraphs is a byline or a caption.
        if len(run) > 1 or (run and ENDS.search(run[0].text)):
            kinds = {id(line): kind_of(line, deck.docs.get(line.block), deck.cues) for line in run}
            said.extend(say(tree(run, kinds), sheet.title, False, deck.cues, all(line.numbered for line in run)))
        run.clear()

    for line in lines:
        if line.code:
            close()
            said.append(Said(code=tuple(Sentence(text=" " * (0 if at else line.indent) + text, sources=ids(name))
                                        for at, (name, text) in enumerate(line.parts))))
            continue
        leads = led and line is lines[-1] and line.text.endswith(":") and not line.level
        whole = leads or (sheet.running and bool(ENDS.search(line.text)) and len(line.text.split()) >= 5 and not line.level)
        # What stands under a lead is an item, however long; so is a phrase that begins a list of such.
        under = bool(run) and run[0].text.endswith(":") and line is not lines[-1] and len(line.text.split()) <= ITEM
        first = line is lines[0] and kind_of(line, deck.docs.get(line.block), deck.cues) in _STATES
        if not (paragraph(line) or whole) or (under and not leads) or (not first and len(line.text.split()) <= most):
            run.append(line)
            continue
        close()
        # The last sentence of a bullet may do without its full stop; one that is no sentence is no prose.
        stop = "" if sheet.running or line.text.endswith(":") else "."
        texts = [(name, clean(source, deck.cues, shown=True)) for name, source in line.parts if not source[:1].islower()]
        sentences = tuple(Sentence(text=text if ENDS.search(text) else text.rstrip(" ,;") + stop, sources=ids(name))
                          for name, text in texts if text and (ENDS.search(text) or (leads and text[-1] == ":") or (
                              stop and len(text.split()) >= 4 and not open_end(text, deck.cues.language))))
        if sentences:
            said.append(Said(sentences=sentences))
    close()
    return said


def _whole(told: Sequence[Told], said: Sequence[Said], sheet: Sheet, deck: Deck) -> set[str]:
    """Ids of what stands on a unit in whole sentences: what is told, paragraphs, and bullets with a verb of their own."""
    out = {name for each in told for row in each.paragraphs for s in row for name in s.sources}
    plain = {name for each in said for s in each.sentences for name in s.sources}
    for line in (line for group in sheet.groups for line in group if not line.code):
        words = len(line.text.split())
        stands = kind_of(line, deck.docs.get(line.block), deck.cues) in _STANDS and words >= _CLAUSE
        if stands or (words >= 2 * _CLAUSE and ENDS.search(line.text)) or (paragraph(line) and plain & set(line.sources)):
            out.update(line.sources)
    return out


def _label(text: str, forms: dict[str, str]) -> str:
    """A line in capitals calmed down; a word or two of them among other lines is a label, and labels lead lists."""
    calmed = calm(text, forms)
    letters = [char for char in text if char.isalpha()]
    acronym = forms.get(text.lower(), "").isupper()
    if len(text.split()) <= 3 and len(letters) >= 5 and text.isupper() and not acronym:
        return text[:1] + text[1:].lower() + ("" if text.endswith((":", "?", "!")) else ":")
    return calmed


def _shown(line: Line, cue: Cues) -> str:
    """What of a bullet may be printed; body text is de-pointed too, but keeps fragments and its own capital."""
    shown = clean(line.text, cue, shown=True)
    return shown[:1].lower() + shown[1:] if line.text[:1].islower() else shown


def _holds_verb(line: Line, deck: Deck) -> bool:
    kind = kind_of(line, deck.docs.get(line.block), deck.cues)
    return kind in {Kind.SENTENCE, Kind.COMMAND, Kind.QUESTION} and len(line.text.split()) >= 4


def _definite(text: str, deck: Deck) -> bool:
    """Whether a title names one thing that the deck speaks of elsewhere too, so that it can be a subject."""
    words = tokens(text)
    if not words or len(words) > 4 or text.endswith("?"):
        return False
    proper = all(word[:1].isupper() for word in text.split())
    return deck.cues.has("definite_start", text) or (proper and all(deck.count[word] >= 3 for word in words))


def _fresh(told: Told, deck: Deck) -> Told:
    """Notes without the sentences that were said before anywhere in the deck."""
    told.paragraphs = [kept for row in told.paragraphs if (kept := tuple(s for s in row if _new(s, deck)))]
    return told


def _with_told(said: Said, spoken: frozenset[str], cue: Cues) -> Said:
    """A list with which of its items the notes say too."""
    if said.items is None:
        return said
    again = frozenset(s for s in said.items.items if len((own := words_of(s.text, cue)) & spoken) >= SAID * len(own))
    return replace(said, items=replace(said.items, told=again))


def _unsaid(said: Said, deck: Deck) -> Said:
    items = said.items
    if items:
        new = [s for s in items.items if _new(s, deck)]
        # A list that was said for the most part goes; another is there as a whole.
        items = items if items.kept or 2 * len(new) >= len(items.items) else None
    return replace(said, sentences=tuple(s for s in said.sentences if _new(s, deck)), items=items)


def _new(sentence: Sentence, deck: Deck) -> bool:
    key = folded(sentence.text).rstrip(" .:;,")
    known = key in deck.seen and len(key.split()) > 3
    deck.seen.add(key)
    return not known
