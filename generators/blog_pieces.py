"""Which topics become drafts, which go together, and which are left to their author as starters.

The order is the deck's. Topics that are told in sentences become articles, thin ones with a neighbour that is told too;
what stands in full-sentence bullets becomes a listicle; the rest holds too little and is not padded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from content.document import Part, Unit
from content.draft import Sentence
from generators.blog_boxes import left_boxes
from generators.blog_case import Client, answered, client
from generators.blog_check import all_counted, counted
from generators.blog_form import (
    ARTICLE,
    LEAST,
    PROSE,
    ROUGH,
    SMOOTH,
    SOUND,
    TOLD,
    Jotted,
    all_told,
    by_slide,
    fit,
    form,
    jotted,
    rough,
    substance,
    together,
)
from generators.blog_front import restricted, with_preface, without_front
from generators.blog_lists import listicles
from generators.blog_pages import labels_of, names_of, pages_of
from generators.blog_pairs import told_pairs
from generators.blog_plan import Piece
from generators.blog_refused import MOST, Seen, Step, Why, torn, why
from generators.blog_sound import Ground, ground, pictured
from generators.blog_steps import Stage, talk_of, through
from generators.blog_subjects import chapters, in_chapters, main_subject
from generators.blog_told_case import case_of, with_needs, without_told
from generators.context import Context
from generators.material import Material, Passage, length
from generators.prose_cues import Cues, cues
from generators.slide_pictures import picture_for

#: Words to which a long piece is brought down when it cannot be cut in two.
LIMIT = 1200
#: Share of the words of a thin topic that must be told for it to go with its neighbour, and of its slides that show code
#: from which it does not.
JOINED, CODE = 0.6, 0.33
#: Articles that a deck is cut into at most.
_PIECES = 7
#: The number of a block in its unit, at the end of its id.
_BLOCK = re.compile(r"\.b(\d+)$")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the topics of a deck become."""

    drafts: tuple[Piece, ...]
    #: Topics that hold too little to be a draft.
    starters: tuple[Material, ...] = ()
    #: Whom a case is about.
    client: Client | None = None
    #: Unit -> why no draft tells it; one that is not here holds too little.
    reasons: Mapping[int, Why] = field(default_factory=dict)
    #: Slides of bullets without notes that no draft holds, since they stand between told ones.
    boxes: frozenset[int] = frozenset()


def planned(context: Context) -> Plan:
    """The plan of a talk: both who write its drafts and who write its starters go by it."""
    gone = half_withheld(context.cleared.content_units(), context.cleared.touched_units | context.cleared.open_units)

    def laid_beside() -> Ground:
        unprinted = (unit for unit in pictured(context.cleared) if picture_for(unit, context) is None)
        return ground(context.cleared, context.index, frozenset(unprinted))

    return context.once("plan", None, lambda: plan(_without(context.materials, gone), cues(context.cleared.language),
                                                   laid_beside()))


def half_withheld(units: Iterable[Unit], touched: frozenset[int]) -> frozenset[int]:
    """The sections, of those `touched`, of which half of the paragraphs or more were withheld: what is left says something
    else than its heading. The numbers of blocks go on, so a number that is missing before another was a block; the one that
    the section began with is among them, since links and notes, which are in no clean text either, come after a paragraph.
    """
    out = set()
    for unit in units:
        body = [block for block in unit.blocks if block.part is Part.BODY]
        numbers = {int(found[1]) for block in unit.blocks if (found := _BLOCK.search(block.id))}
        if unit.number in touched and body and numbers and max(numbers) - len(numbers) >= len(body) and not (
                (found := _BLOCK.search(body[0].id)) and int(found[1]) - 1 in numbers):
            out.add(unit.number)
    return frozenset(out)


def _without(materials: Sequence[Material], gone: frozenset[int]) -> list[Material]:
    """The materials without the running text of some sections."""
    out = []
    for m in materials:
        kept = [p for p in m.passages if not (p.running and p.unit in gone)]
        if len(kept) < len(m.passages):
            m = restricted(m, kept, {p.unit for p in m.passages} - {p.unit for p in kept})
        out.append(m)
    return [m for m in out if m.passages or not any(unit in gone for unit in range(m.topic.first, m.topic.last + 1))]


def plan(materials: Sequence[Material], cue: Cues, under: Ground | None = None) -> Plan:
    """Drafts in the deck's order, and the topics that no draft takes. `under` is the document that they are laid beside.

    What is done to the pieces stands in blog_steps, and what takes one out on the way in blog_refused.
    """
    materials = without_front(materials, cue)
    whole = frozenset(name for m in materials for name in m.whole)
    torn_text = any(m.reading.torn for m in materials)
    told, listed = ([], list(materials)) if torn_text else _sorted_out(materials, whole, cue)
    reasons = _reasons(listed, whole, cue)
    told, listed, articles, thin = _articles(told, listed, materials, whole, cue, under)
    listed = sorted([*listed, *thin], key=lambda m: m.topic.first)
    cases = _units(piece for piece in articles if piece.case)
    lists, used = ([], set()) if torn_text else listicles(without_told(listed, cases), whole, cue)
    articles = _sifted(with_preface(articles, cue), Step.JOINED, cue, reasons)
    cut = _cut_long(settled(articles))
    fitting = _sifted(cut, Step.CUT, cue, reasons)
    unfit = _units(piece for piece in cut if piece not in fitting)
    talk = talk_of(materials, whole, under, cue)
    full = through(Stage.TOLD, sorted([*fitting, *lists], key=_place), talk)
    made = through(Stage.LISTED, full, talk)
    laid = through(Stage.LAID, made, talk)
    whom = client((p for m in materials for p in m.passages), cue)
    sound = all_counted([counted(piece, cue) for piece in laid if not piece.listicle])
    found = [why(piece, Step.LAID, Seen(before, cue, sound, whom is not None))
             for before, piece in zip(made, laid, strict=True)]
    kept = through(Stage.KEPT, [piece for piece, reason in zip(laid, found, strict=True) if reason is None], talk)
    # What is no draft after all is told by none, and goes to its author.
    gone = {n: reason for n, reason in enumerate(found) if reason is not None}
    for n, reason in gone.items():
        reasons.update(dict.fromkeys(_units([made[n]]), reason))
    used -= {m.topic.number for n in gone if made[n].listicle for m in made[n].materials}
    taken = (_units(articles) - unfit) - (_units(made[n] for n in gone) - _units(kept))
    listed = without_told(listed, cases & taken) if cases else listed
    starters = [*(m for m in listed if m.topic.number not in used), *_left(told, thin, taken)]
    boxes = left_boxes([piece for n, piece in enumerate(full) if n not in gone], kept)
    return Plan(tuple(kept), tuple(sorted(starters, key=lambda m: m.topic.first)), whom, reasons, boxes)


def _articles(told: list[Piece], listed: list[Material], materials: Sequence[Material], whole: frozenset[str], cue: Cues,
              under: Ground | None) -> tuple[list[Piece], list[Material], list[Piece], list[Material]]:
    """The told topics and the others, without what the pages of a reference take from them; the articles that they and a case
    make; and the thin topics that go into none.
    """
    case = case_of(materials, told, cue, under)
    beside = [left for piece in told if (left := _beside(piece, case.units)).passages] if case.piece else told
    if in_chapters(beside, materials, cue):
        articles = with_needs(_chapters(beside, materials, whole, cue), case, beside, cue)
        return told, listed, [*([case.piece] if case.piece else []), *articles], []
    # A case is told as one where the rest of its deck has chapters; elsewhere it stays with its topics.
    pages = _paged(materials, whole, cue, under)
    paged = {m.topic.number for page in pages for m in page.materials}
    articles, thin = _joined(
        [main_subject(piece, cue) for piece in told if piece.materials[0].topic.number not in paged], whole)
    told = [*told, *(_fitted(m, whole, cue) for m in listed if m.topic.number in paged)]
    listed = [m for m in listed if m.topic.number not in paged]
    return told, listed, sorted([*articles, *pages], key=_place), thin


def _paged(materials: Sequence[Material], whole: frozenset[str], cue: Cues, under: Ground | None) -> list[Piece]:
    """The pages of a reference that are told; none of any other document."""
    labels = labels_of(materials) if under else frozenset()
    if not labels or not under:
        return []
    names = names_of(materials, under.source)
    cut = [(piece, pages_of(piece, labels, names)) for piece in (_fitted(m, whole, cue) for m in materials)]
    return [page for piece, pages in cut if pages != [piece] for page in pages
            if _is_told(page, whole, cue) or substance(page.passages, whole).share >= SOUND]


def _fitted(material: Material, whole: frozenset[str], cue: Cues) -> Piece:
    """A topic as a piece that could be told."""
    return fit(told_pairs(answered(Piece((material,), material.passages), cue), cue), whole, cue)


def _beside(piece: Piece, units: set[int]) -> Piece:
    """The piece without some slides, and its topics too."""
    return replace(piece, materials=tuple(without_told(piece.materials, units)),
                   passages=tuple(p for p in piece.passages if p.unit not in units))


def _sifted(pieces: Sequence[Piece], step: Step, cue: Cues, reasons: dict[int, Why]) -> list[Piece]:
    """The pieces that are not refused at a step; why the others are joins `reasons`, under their units."""
    kept = []
    for piece in pieces:
        reason = why(piece, step, Seen(piece, cue))
        if reason is None:
            kept.append(piece)
        else:
            reasons.update(dict.fromkeys(_units([piece]), reason))
    return kept


def _reasons(listed: Sequence[Material], whole: frozenset[str], cue: Cues) -> dict[int, Why]:
    """Unit -> why a topic that was not told is none: where enough is said in sentences, it was jotted down."""
    out: dict[int, Why] = {}
    for m in listed:
        found = substance(m.passages, whole)
        own = jotted(m.passages, cue)
        much = found.prose >= LEAST * found.words and found.share >= PROSE and own.share >= SMOOTH
        reason = Why.JOTTED if much else Why.LINES if found.whole >= ARTICLE else (
            Why.LISTS if found.words >= ARTICLE else Why.THIN)
        out.update(dict.fromkeys((p.unit for p in m.passages), reason))
    return out


def _sorted_out(materials: Sequence[Material], whole: frozenset[str], cue: Cues) -> tuple[list[Piece], list[Material]]:
    """The topics that are told, each as a piece, and the others."""
    pieces = [_fitted(m, whole, cue) for m in materials]
    talk = all_told([jotted(piece.passages, cue) for piece in pieces
                     if 2 * substance(piece.passages, whole).prose >= piece.words])
    told = [piece for piece in pieces if _written(piece, talk, cue) and _is_told(piece, whole, cue)]
    numbers = {m.topic.number for piece in told for m in piece.materials}
    return told, [m for m in materials if m.topic.number not in numbers]


def _place(piece: Piece) -> int:
    """Where a piece stands in its deck: a need that was set above it stands elsewhere."""
    own = [p.unit for p in piece.passages if any(m.topic.first <= p.unit <= m.topic.last for m in piece.materials)]
    return min(own or _units([piece]))


def _units(pieces: Iterable[Piece]) -> set[int]:
    return {p.unit for piece in pieces for p in piece.passages}


def _is_told(piece: Piece, whole: frozenset[str], cue: Cues) -> bool:
    found = substance(piece.passages, whole)
    told = 2 * found.prose >= found.whole or (
        found.prose >= TOLD * found.whole and found.share >= SOUND and found.whole >= ARTICLE)
    if not piece.passages or found.share < PROSE or not told or found.prose < LEAST * found.words:
        return False
    if cue.has("form", piece.materials[0].title.text):
        return False
    if piece.materials[0].reading.slides and 2 * together(piece.passages) < piece.words:
        return False  # slides of a PDF: lines that stand alone, however whole, are bullets
    return not form(piece.passages, cue)


def _written(piece: Piece, talk: Jotted, cue: Cues) -> bool:
    """Whether the notes of a topic were written to be read or said, and not jotted down: judged with its whole talk, unless
    it was plainly written whatever the rest is.
    """
    own = jotted(piece.passages, cue)
    return own.within(talk) < ROUGH or (own.words > 0 and own.share < SMOOTH)


def _chapters(told: Sequence[Piece], materials: Sequence[Material], whole: frozenset[str], cue: Cues) -> list[Piece]:
    """The subjects of a deck in chapters that are articles of their own."""
    return [each for found in chapters(told, materials, cue) for each in found
            if _is_told(each, whole, cue) and rough(each.passages, cue) < ROUGH
            and substance(each.passages, whole).whole >= ARTICLE]


def _left(told: Sequence[Piece], thin: Sequence[Material], taken: set[int]) -> list[Material]:
    """What told topics hold beside the units that articles have `taken`, for their author: named after its first slide."""
    out = []
    for piece in told:
        (material,) = piece.materials
        kept = [p for p in piece.passages if p.unit not in taken]
        if kept and material not in thin:
            out.append(restricted(material, kept, {p.unit for p in material.passages} - {p.unit for p in kept}))
    return out


def _joined(told: Sequence[Piece], whole: frozenset[str]) -> tuple[list[Piece], list[Material]]:
    """Told topics, thin ones with the thinner of their neighbours; those that stay thin come back apart.

    A thin topic belongs to the story of its neighbour when it is told, and does not speak of program text that is not there.
    """
    alone = [piece for piece in told if _stands_off(piece, whole)]
    pieces = [piece for piece in told if piece not in alone]

    def size(place: int) -> int:
        return substance(pieces[place].passages, whole).whole

    while len(pieces) > 1:
        thin = min(range(len(pieces)), key=size)
        if size(thin) >= ARTICLE:
            break
        other = min((n for n in (thin - 1, thin + 1) if 0 <= n < len(pieces)), key=size)
        first, second = sorted((thin, other))
        pieces[first:second + 1] = [Piece((*pieces[first].materials, *pieces[second].materials),
                                          (*pieces[first].passages, *pieces[second].passages))]
    if pieces and size(0) < ARTICLE and len(pieces) == 1:
        alone += pieces
        pieces = []
    return pieces, [m for piece in alone for m in piece.materials]


def _stands_off(piece: Piece, whole: frozenset[str]) -> bool:
    """Whether a topic is too thin for a piece and no part of a story: bullets for the most, or talk about program text."""
    found = substance(piece.passages, whole)
    if found.whole >= ARTICLE or any(p.running for p in piece.passages):
        return False
    (material,) = piece.materials
    shown = {p.unit for p in material.passages}
    code = sum(why == "code" for why in material.skipped.values())
    return found.prose < JOINED * found.words or code >= CODE * (len(shown) + code)


def settled(pieces: Sequence[Piece]) -> list[Piece]:
    """Running text that a page break put at the head of a piece goes back under the heading that it stands under."""
    out: list[Piece] = []
    for piece in pieces:
        own = list(piece.passages)
        while out and len(own) > 1 and own[0].running and own[0].heading is None and any(p.heading for p in own[1:]):
            out[-1] = replace(out[-1], passages=(*out[-1].passages, own.pop(0)))
        out.append(replace(piece, passages=tuple(own)))
    return out


def _cut_long(pieces: Sequence[Piece]) -> list[Piece]:
    """The longest articles cut in two while there is room for more; what is still long is brought down."""
    whole = list(pieces)
    while len(whole) < _PIECES:
        longest = max(range(len(whole)), key=lambda n: whole[n].words, default=-1)
        cut = _middle(whole[longest].passages) if longest >= 0 and whole[longest].words > MOST else 0
        if not cut:
            break
        piece = whole[longest]
        first = piece.part or 1
        whole[longest:longest + 1] = [replace(piece, passages=piece.passages[:cut], part=first),
                                      replace(piece, passages=piece.passages[cut:], part=first + 1)]
    return [piece if torn(piece) else shorten(piece) for piece in whole]


def shorten(piece: Piece) -> Piece:
    """A piece of at most about 1,200 words: of a longer one the slides that hold most of its telling sentences.

    The first slide stays, since it leads into the rest; the order stays too.
    """
    if piece.words <= MOST:
        return piece
    telling = {s for m in piece.materials for pool in (m.best, m.examples, m.numbers, m.stories, m.questions) for s in pool}
    groups = [tuple(_cut(passage) for passage in group) for group in by_slide(piece.passages)]
    size = [sum(passage.words for passage in group) for group in groups]
    worth = [sum(s in telling for passage in group for s in passage.prose) / max(words, 30)
             for group, words in zip(groups, size, strict=True)]
    kept: set[int] = set()
    words = 0
    for position in sorted(range(len(groups)), key=lambda n: (n > 0, -worth[n], n)):
        if not kept or words + size[position] <= LIMIT:
            kept.add(position)
            words += size[position]
    return replace(piece, passages=tuple(passage for n in sorted(kept) for passage in groups[n]))


def _cut(passage: Passage) -> Passage:
    """A passage of more than a third of the limit down to its first paragraphs."""
    rows: list[tuple[Sentence, ...]] = []
    for row in passage.rows:
        if rows and sum(length(each) for each in rows) + length(row) > LIMIT // 3:
            return replace(passage, lists=()).retold(rows)
        rows.append(row)
    return passage


def _middle(passages: Sequence[Passage]) -> int:
    """The passage with a heading nearest to the middle of the words, 0 when there is none."""
    total = sum(passage.words for passage in passages)
    done, best, gap = 0, 0, float(total)
    for position, passage in enumerate(passages):
        if position and passage.heading and abs(done - total / 2) < gap and 0.3 * total < done < 0.7 * total:
            best, gap = position, abs(done - total / 2)
        done += passage.words
    return best
