"""The title of a draft: in the author's words, and saying what the piece says.

A piece that holds most of the deck has the deck's title, a piece of one topic the topic's. Where that says nothing, or
not what the piece is about, the titles of its slides are asked. What would be a label on a page of its own ("Wrong
answers", "Preferred solution - Query") says of which deck it is, and one that leaves out half of its piece names both
(blog_cover).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from content.draft import Sentence
from generators.blog_cover import covering, generic, states, unlabelled
from generators.blog_form import by_unit
from generators.blog_plan import Piece
from generators.prose_cues import Cues
from language.fold import folded
from language.words import content_words

#: Share of a deck's content units that makes a piece the deck.
WHOLE = 0.6
#: Share of the slides of a piece that must hold a word of its title.
_SAID = 0.3
#: The longest title, words of a title that is a label without its deck, and the share of a piece that must answer a
#: question for it to be the title.
_LONGEST, _LABEL, _ASKS = 90, 3, 0.4
#: Words of a title that names several labels.
_SEVERAL = 9
#: Share of the slides whose titles begin alike that makes the beginning a title.
_PART = 0.6
#: What stands between a label and what it is the label of.
_JOINT = re.compile(r"\s*:\s+|\s+[-–—]\s+|\s*—\s*")


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
    if not own or says(own[0], cues) < 0 or len(own) > 1:
        first += _parts(heads)
    if own:
        size = {m.title: sum(p.words for p in m.passages) for m in piece.materials}
        first += sorted((t for t in own if says(t, cues) >= 0 and _share(t, about, cues) >= _SAID),
                        key=lambda t: (-round(_share(t, about, cues), 1), -size[t]))
    running = any(p.running for p in piece.passages)
    share = _shares(piece)
    told = [t for t in (*own, *heads) if not t.text.endswith("?") or share.get(t.sources, 0.0) >= _ASKS]
    # Headings of a document are parts of it; those of slides often say more than the name of the part.
    rest = sorted(told, key=lambda s: -_worth(s, about, cues) - share.get(s.sources, 0.0) - (0.4 if s in own[:1] else 0.0) - (
        1.0 if running and s in own[:1] else 0.0))
    bare = [unlabelled(each, cues) for each in (*first, *rest)]
    known = {each.text for each in bare}
    good = [each for each in bare if says(each, cues) >= 0]
    covers = [each if each == deck else covering(each, piece, own_deck, cues) for each in good]
    labels = [each for each in bare if len(each.text) <= _LONGEST // 2 and not generic(each.text, cues)]
    short = [covering(each, piece, own_deck, cues) for each in labels]
    whole_deck = (own_deck,) if own_deck is not None else ()
    # The title of the deck promises more than a piece holds; that of one of its parts leaves out the others.
    ranked = [*(each for each in covers if each is not None), *(whole_deck if None in covers else ()), *good,
              *(each for each in short if each is not None), *whole_deck, *labels, *bare]
    for each in ranked:
        words = len(each.text.split())
        several = each.text not in known and not states(each.text, cues) and words <= _SEVERAL
        named = _of_deck(each, own_deck, cues, several)
        if named.sources and folded(named.text) not in taken and len(named.text) >= 4:
            return named
    return next((p.heading for p in piece.passages if p.heading and p.heading.sources), piece.materials[0].title)


def _of_deck(title: Sentence, deck: Sentence | None, cues: Cues, several: bool = False) -> Sentence:
    """"The question board: Wrong answers": a title that could stand on any deck, that is a label of a word or three, or that
    names several subjects, says on which it does; the deck's title up to its colon is enough.
    """
    label = generic(title.text, cues) or len(re.findall(r"\w+", title.text)) <= _LABEL or several
    if deck is None or deck.text == title.text or title.text.endswith("?") or not label:
        return title
    name = deck.text if len(deck.text.split()) <= _LABEL else _JOINT.split(deck.text)[0]
    if len(name.split()) < 2:
        name = deck.text
    near = content_words(name, cues.language) & content_words(title.text, cues.language)
    if near or ":" in name or name.endswith("?") or len(name) + len(title.text) > _LONGEST:
        return title
    return Sentence(text=f"{name}: {title.text}", sources=(*deck.sources, *title.sources))


def _shares(piece: Piece) -> dict[tuple[str, ...], float]:
    """Which share of a piece, in words of statements, stands under each of its headings; by the heading's sources."""
    out: dict[tuple[str, ...], float] = {}
    total = sum(p.words for p in piece.passages) or 1
    for group in by_unit(piece.passages):
        if group[0].heading is not None:
            said = [s for p in group for s in (*p.prose, *(i for each in p.lists for i in each.items)) if s.text[-1:] != "?"]
            name = group[0].heading.sources
            out[name] = out.get(name, 0.0) + sum(len(s.text.split()) for s in said) / total
    return out


def says(title: Sentence, cues: Cues) -> int:
    """How much a title promises: a question or a statement more than a noun; -1 for a single word or a stock phrase."""
    words = title.text.split()
    stock = cues.has("empty_title", title.text) or cues.has("stock_title", title.text) or generic(title.text, cues)
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
