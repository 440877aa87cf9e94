"""A listicle: an opening sentence of the author, then one numbered entry a slide, its title and what stands under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from content.draft import Sentence
from generators.blog_form import bullets, by_unit
from generators.blog_hook import Opening
from generators.blog_open import opens
from generators.blog_plan import Piece, Section
from generators.blog_runs_on import in_a_row
from generators.material import ItemList, Material, Passage, length
from generators.prose_cues import Cues
from generators.prose_rank import standalone, telling_number
from generators.prose_sound import promised
from language.words import content_words

#: Sentences of one entry under which none is taken away to open the piece.
_LEFT = 3
#: Words of a paragraph that leads into a list.
_LEAST, _MOST = 12, 70
#: "Rule 1: ...", "2) ...".
_NUMBERED = re.compile(r"(?:[^\W\d_]+ ?)?#?\d{1,2}\s*[:.)–—-]\s")


def opening_of(piece: Piece, cues: Cues) -> dict[str, Opening]:
    """The sentence that opens it: one that says what the piece is about and stands alone; none where there is none.

    It is taken only from an entry that keeps something to say.
    """
    lead = piece.passages[0] if piece.passages else None
    if lead is not None and lead.heading is None and lead.prose and not lead.lists:
        return {_angle(lead.prose, cues): Opening(lead.prose, 0.0)}
    heads = [group[0].heading.text for group in by_unit(piece.passages) if group[0].heading]
    wanted = content_words(" ".join([*(m.title.text for m in piece.materials), *heads]), cues.language)
    best: tuple[float, Sentence] | None = None
    for group in by_unit(piece.passages)[:1]:
        # What another entry says belongs to it, and says nothing of all of them.
        count = sum(len(p.prose) + sum(len(each.items) for each in p.lists) for p in group)
        for passage in (each for each in group if not each.captioned):
            # From within a paragraph it would leave a gap.
            for s, then in [(row[0], row[1]) for row in passage.rows if len(row) > 1]:
                if count < _LEFT or not standalone(s, cues) or cues.has("leaning", s.text) or not opens(then.text, cues):
                    continue
                near = len(wanted & content_words(s.text, cues.language))
                worth = near + cues.has("finite", s.text)
                if near and opens(s.text, cues) and (best is None or worth > best[0]):
                    best = worth, s
    return {_angle((best[1],), cues): Opening((best[1],), 0.0)} if best and best[0] >= 1 else {}


def intro(materials: Sequence[Material], entries: Sequence[tuple[Passage, ...]], cues: Cues) -> Passage | None:
    """A paragraph of a slide before a list that can lead into it: it stands alone and speaks of what the entries speak of."""
    taken = {group[0].unit for group in entries}
    heads = [group[0].heading.text for group in entries if group[0].heading]
    about = content_words(" ".join([*(m.title.text for m in materials), *heads]), cues.language)
    best: tuple[float, Passage] | None = None
    for passage in (p for m in materials for p in m.passages if p.unit < min(taken)):
        alone = tuple(each.items for each in passage.lists if len(each.items) == 1 and not each.lead and not passage.prose)
        for row in alone or passage.rows:
            size = length(row)
            if not row or not _LEAST <= size <= _MOST or not opens(row[0].text, cues) or not standalone(row[0], cues) or (
                    row[0].text.endswith("?") or " — " in row[-1].text or not cues.has("finite", row[0].text)
                    or cues.has("advice", row[0].text)):
                continue
            near = len(about & content_words(" ".join(s.text for s in row), cues.language))
            if near and (best is None or near > best[0]):
                best = near, Passage(passage.unit, None, row, paragraphs=(row,))
    return best[1] if best else None


def _angle(row: Sequence[Sentence], cues: Cues) -> str:
    text = " ".join(s.text for s in row)
    if telling_number(text, cues.language):
        return "number"
    return "contrast" if cues.has("contrast", text) else "how-to"


def entry_sections(passages: Sequence[Passage]) -> list[Section]:
    """Each slide under its own heading; what stood in bullets stays in bullets."""
    return [Section(group[0].heading, tuple(_listed(each) for each in group)) for group in by_unit(passages)]


def numbered(sections: Sequence[Section], title: str, cues: Cues) -> bool:
    """Whether the entries get numbers: where they are a series, or as many as the title counts, and stand in lists; not
    where any of their headings has a number of its own ("Rule 1: ..."), which would be another one.
    """
    heads = [section.heading.text for section in sections if section.heading]
    if any(_NUMBERED.match(head) for head in heads):
        return False
    told = sum(length(p.prose) for section in sections for p in section.passages)
    return 2 * told <= sum(section.words for section in sections) and (
        in_a_row(heads, cues) or promised(title, cues) == len(heads))


def _listed(passage: Passage) -> Passage:
    rows = passage.rows
    if not rows or not all(len(row) > 1 and bullets(row, passage) for row in rows):
        return passage
    items = tuple(ItemList(row) for row in rows)
    return replace(passage, prose=(), paragraphs=(), lists=(*items, *passage.lists))
