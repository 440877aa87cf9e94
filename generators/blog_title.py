"""The title of a draft: in the author's words, and saying what the piece says.

A piece that holds most of the deck has the deck's title, a piece of one topic the topic's. Where that says nothing, or
not what the piece is about, the titles of its slides are asked; two or three slides may be named side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from content.draft import Sentence
from generators.blog_form import by_unit
from generators.blog_plan import Piece
from generators.prose_cues import Cues
from language.fold import folded
from language.words import content_words

#: Share of a deck's content units that makes a piece the deck.
WHOLE = 0.6
#: Share of the slides of a piece that must hold a word of its title.
_SAID = 0.3
#: Slides of a piece that are named side by side, and the longest title.
_SIDE, _LONGEST = 3, 90
#: Share of the slides whose titles begin alike that makes the beginning a title.
_PART = 0.6


#: A last word that makes a heading and no title.
_STOCK = re.compile(r"\b(?:examples?|overview|details|summary|continued|voorbeeld(?:en)?|overzicht)\W*$", re.IGNORECASE)


def title_of(piece: Piece, own_deck: Sentence | None, most: bool, taken: set[str], cues: Cues) -> Sentence:
    """The title of a piece; never one that another draft has. `own_deck` is the deck's own title, None where it has no
    good one; `most` says that the piece holds most of the deck. `taken` are the titles that are gone, folded.
    """
    deck = own_deck if most else None
    own = [m.title for m in piece.materials] if piece.part < 2 else []
    heads = [p.heading for p in piece.passages if p.heading] or [p.run_in for p in piece.passages if p.run_in]
    if piece.listicle:
        heads = []  # the title of an entry is not that of the list
    about = _about(piece, cues)
    first: list[Sentence] = []
    if deck is not None:
        first.append(deck)
    if deck is None and (side := _side_by_side(piece, heads, cues)):
        first.append(side)
    if not own or says(own[0], cues) < 0 or len(own) > 1:
        first += _parts(heads)
    if own:
        size = {m.title: sum(p.words for p in m.passages) for m in piece.materials}
        first += sorted((t for t in own if says(t, cues) >= 0 and _share(t, about, cues) >= _SAID),
                        key=lambda t: (-round(_share(t, about, cues), 1), -size[t]))
    running = any(p.running for p in piece.passages)
    told = [*own, *heads]
    # Headings of a document are parts of it; those of slides often say more than the name of the part.
    rest = sorted(told, key=lambda s: -_worth(s, about, cues) - (0.4 if s in own[:1] else 0.0) - (
        1.0 if running and s in own[:1] else 0.0))
    for candidate in [*first, *(s for s in rest if says(s, cues) >= 0), *rest]:
        candidate = _of_deck(candidate, own_deck, cues)
        if candidate.sources and folded(candidate.text) not in taken and len(candidate.text) >= 4:
            return candidate
    return next((p.heading for p in piece.passages if p.heading and p.heading.sources), piece.materials[0].title)


def _of_deck(title: Sentence, deck: Sentence | None, cues: Cues) -> Sentence:
    """"Enterprise cloud: Customer needs": a title that could stand on any deck says on which it does."""
    words = re.findall(r"\w+", title.text)
    if deck is None or deck.text == title.text or not all(cues.has("generic_word", word) for word in words) or (
            len(deck.text) + len(title.text) > _LONGEST or ":" in deck.text):
        return title
    return Sentence(text=f"{deck.text}: {title.text}", sources=(*deck.sources, *title.sources))


def says(title: Sentence, cues: Cues) -> int:
    """How much a title promises: a question or a statement more than a noun; -1 for a single word or a stock phrase."""
    words = title.text.split()
    stock = cues.has("empty_title", title.text) or _STOCK.search(title.text)
    if stock or not 2 <= len(words) <= 14 or len(title.text) > _LONGEST:
        return -1
    value = 1 if len(content_words(title.text, cues.language)) >= 2 else 0
    value += cues.has("question_start", title.text) or title.text.endswith("?")
    value += cues.has("finite", title.text) or cues.has("advice", title.text)
    return value + (4 <= len(words) <= 10)


def _about(piece: Piece, cues: Cues) -> list[frozenset[str]]:
    """The content words of each slide of a piece."""
    return [content_words(" ".join([*(p.heading.text for p in group if p.heading), *(s.text for p in group for s in p.prose),
                                    *(s.text for p in group for each in p.lists for s in each.items)]), cues.language)
            for group in by_unit(piece.passages)]


def _share(title: Sentence, about: Sequence[frozenset[str]], cues: Cues) -> float:
    """Share of the slides that hold a word of the title."""
    words = content_words(title.text, cues.language)
    return sum(bool(words & each) for each in about) / len(about) if about else 0.0


def _worth(title: Sentence, about: Sequence[frozenset[str]], cues: Cues) -> float:
    return 0.25 * says(title, cues) + 2.0 * _share(title, about, cues)


def _side_by_side(piece: Piece, heads: Sequence[Sentence], cues: Cues) -> Sentence | None:
    """"Injection, Broken Authentication and Sensitive Data Exposure": two or three slides of text and nothing else."""
    names = list({folded(head.text): head for head in heads}.values())
    groups = by_unit(piece.passages)
    if piece.listicle or piece.part == 0 or len(names) != len(groups) or not 2 <= len(names) <= _SIDE or any(
            name.text[-1] in ".?!" or ":" in name.text or "," in name.text or cues.has("finite", name.text)
            or len(name.text.split()) > 5 for name in names):
        return None
    text = ", ".join(name.text for name in names[:-1]) + f" {cues.say['and']} {names[-1].text}"
    return Sentence(text=text, sources=tuple(i for name in names for i in name.sources)) if len(text) <= _LONGEST else None


def _parts(heads: Sequence[Sentence]) -> list[Sentence]:
    """"Migrating to microservices" where most slide titles are "Migrating to microservices: ..."."""
    count: Counter[str] = Counter()
    first: dict[str, Sentence] = {}
    for head in heads:
        name, mark, _ = head.text.partition(":")
        if mark and len(name.split()) >= 2:
            count[folded(name)] += 1
            first.setdefault(folded(name), head.model_copy(update={"text": name.strip()}))
    return [first[key] for key, n in count.most_common(1) if n >= 3 and n >= _PART * len(heads)]
