"""Whether the title of a draft covers what stands under its subheadings, and what it is called where it does not.

"Insufficient logging" over a piece whose first half is about old libraries promises less than it gives. Where a label
leaves a subject of weight out, the subjects are named together in the author's words, or the one that is most of the
piece; a title that states, asks or advises is the author's own summary and stays. Nothing is named that is not there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Sentence
from generators.blog_plan import Piece
from generators.prose_cues import Cues
from generators.prose_sound import promised
from language.fold import folded
from language.words import content_words, stem, tokens

#: Share of a piece that makes a subject one of weight, that may be left out of its title, and that makes a subject the piece.
_WEIGHT, _LEFT, _MOST = 0.12, 0.25, 0.5
#: Share of a piece under which the subject of its title is a detail of it.
_DETAIL = 0.25
#: How often the words of a title stand in a subject that it covers without being its heading.
_TOLD = 4
#: Subjects of a title at most, and its length.
_NAMES, _LONGEST = 4, 90
#: Words of a title that names several subjects.
_WORDS = 9
#: Words of a heading that is a label; share of a piece that the named subjects must be.
_LABEL, _COVERED = 4, 0.6
#: Share of the subjects of a piece (of three and more) that hold a word which tells none of them from another.
_COMMON = 0.7
#: Letters of a word that is of what follows it; words that several headings begin with alike, to be named once.
_SMALL, _ALIKE = 4, 2
#: The number of a section in front of its title, with a mark or with a capital behind it; a label counted in brackets.
_PLACE = re.compile(r"^\d{1,2}(?:(?:\.\d{1,2})*\s*[.):–—-]\s*|(?:\.\d{1,2})+\s+)(?=[^\W\d])")
_NUMBERED = re.compile(r"^\d{1,2}\s+([A-Z].*)$")
_LABELLED = re.compile(r"^[^\W\d][\w’' -]{0,30}\(\d{1,2}\)\s*:\s+")
_JOINT = re.compile(r"\s*:\s+|\s+[-–—]\s+|\s*—\s*")
#: The code of a hypothesis or a research question in front of what it is about.
_CODE = re.compile(r"^(?:(?:H|RQ)\d{1,2}[a-z]?\s*[:.–—-]?|[A-Z]{1,3}\d{1,2}:\d{4}|\+[A-Z][a-z]{0,2})\s+(?=\w+\W+\w)")


@dataclass(frozen=True, slots=True)
class Subject:
    """What stands under one heading of a piece (None: before the first), its words, and the small headings in it."""

    heading: Sentence | None
    text: str
    small: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """Words of its text."""
        return len(self.text.split())


def unlabelled(title: Sentence, cue: Cues) -> Sentence:
    """"Query" for "Preferred solution - Query - 2": without the label that any deck could have, and without the count."""
    text = unnumbered(without_number(title.text, cue), cue)
    joint = _JOINT.search(text)
    if joint and generic(text[:joint.start()], cue):
        text = text[joint.end():]
    return title if text == title.text or not text.strip() else title.model_copy(update={"text": text[:1].upper() + text[1:]})


def unnumbered(text: str, cue: Cues) -> str:
    """A title without its place among others: "Cold flour" for "2.1 Cold flour", "Rule 4: cold flour", "H2 Cold flour" and
    "Ways (1): cold flour". A number that counts something ("3 mistakes") stays.
    """
    bare = _PLACE.sub("", _CODE.sub("", text))
    found = _NUMBERED.match(text)
    if bare == text and found and not promised(text, cue):
        words = [word for word in found[1].split()[1:] if len(word) > _SMALL]
        # "7 Habits Of Effective Bakers" has capitals throughout, and "7 Loaves" are loaves.
        counts = text[:2].strip() != "1" and cue.has("plural", found[1].split()[0])
        bare = text if counts or sum(word[0].isupper() for word in words) * 2 > len(words) else found[1]
    for label in (cue.single["series_label"], _LABELLED):
        rest = label.sub("", bare)
        bare = rest if len(rest.split()) > 1 else bare
    return bare if bare == text else bare[:1].upper() + bare[1:]


def without_number(text: str, cue: Cues) -> str:
    """A title without its number among those that go on: "Cold flour" for "Cold flour - 2"."""
    return cue.single["goes_on_as"].sub("", text) or text


def generic(text: str, cue: Cues) -> bool:
    """Whether a text is of words that could stand on any deck, or of none."""
    return all(cue.has("generic_word", word) for word in re.findall(r"\w+", text))


def subjects(piece: Piece, cue: Cues) -> list[Subject]:
    """The subjects of a piece in their order; neighbours under one heading are one, and a listicle has one a topic."""
    out: list[Subject] = []
    for passage in piece.passages:
        head = passage.heading
        if piece.listicle:
            head = next((m.title for m in piece.materials if m.topic.first <= passage.unit <= m.topic.last), head)
        head = unlabelled(head, cue) if head is not None else None
        said = " ".join(s.text for s in (*passage.prose, *(s for each in passage.lists for s in (
            *((each.lead,) if each.lead else ()), *each.items)), *(cell for row in passage.table for cell in row)))
        small = (passage.run_in.text,) if passage.run_in else ()
        last = out[-1] if out else None
        if last is not None and (head is None or (last.heading and folded(head.text) == folded(last.heading.text))):
            out[-1] = Subject(last.heading, f"{last.text} {said}", (*last.small, *small))
        else:
            out.append(Subject(head, said, small))
    return out


def states(text: str, cue: Cues) -> bool:
    """Whether a title is a statement, a question or advice, and no label."""
    says = ("finite", "advice", "question_start", "asking_start")
    return text.endswith(("?", "!")) or any(cue.has(name, text) for name in says)


def covering(title: Sentence, piece: Piece, deck: Sentence | None, cue: Cues) -> Sentence | None:
    """The title, or one that names the subjects of weight that it leaves out, or the one subject that is the piece; None
    where it leaves out more than a title can name.
    """
    found = subjects(piece, cue)
    total = sum(each.words for each in found) or 1
    heavy = [each for each in found if each.heading is not None and each.heading.sources and each.words >= _WEIGHT * total
             and not generic(each.heading.text, cue) and not cue.has("empty_title", each.heading.text)
             and not cue.has("byline_title", each.heading.text)]
    heads = [each.heading for each in heavy if each.heading is not None]
    mine = sum(each.words for each in found if each.heading is not None and folded(each.heading.text) == folded(title.text))
    stock = sum(each.words for each in found if each.heading is not None and generic(each.heading.text, cue))
    if 0 < mine < _DETAIL * total and stock >= _MOST * total:
        return None  # the most of it stands under "Objections", which is no title either
    if (len(heavy) < 2 and not mine) or (states(title.text, cue) and not _begin(heads)):
        return title
    label = len(title.text.split()) <= _LABEL or bool(_begin(heads))
    own = next((each for each in found if each.heading is not None and folded(each.heading.text) == folded(title.text)), None)
    common = _common(found, deck, cue)
    missing = [each for each in heavy if each is not own and not _covers(title, common, each, own, cue)]
    left = sum(each.words for each in missing)
    # Many small parts under a title of some length are what it sums up; so is the most of them under their own.
    if left < _LEFT * total or left + mine < _COVERED * total or (not label and mine >= _MOST * total):
        return title
    main = max(missing, key=lambda each: each.words)
    if 0 < mine < _DETAIL * total and main.words >= _MOST * total and main.heading is not None:
        return main.heading
    named = [each for each in found if each is own or any(each is other for other in missing)]
    if not _begin(heads):
        named = [each for each in named if each is own or not any(_within(each, other, cue) for other in named)]
    names = [each.heading for each in named if each.heading is not None]
    if own is None:
        names = [title, *names]
    # The title of a topic is above many parts; that of one of them is not.
    umbrella = own is None or any(folded(unlabelled(m.title, cue).text) == folded(title.text) for m in piece.materials)
    if len(names) > _NAMES:
        return title if umbrella else None
    half = main.heading if main.words >= _MOST * total else None
    return _together(names, piece, cue) or half or (title if umbrella or mine >= _MOST * total else None)


def _common(found: Sequence[Subject], deck: Sentence | None, cue: Cues) -> frozenset[str]:
    """Words that tell no subject of a piece from another: those of the deck's title, and those of most subjects."""
    said = [content_words(each.text, cue.language) for each in found]
    count = Counter(word for each in said for word in each)
    common = {word for word, n in count.items() if len(said) > 2 and n >= _COMMON * len(said)}
    everywhere = content_words(deck.text, cue.language) if deck is not None else frozenset()
    return everywhere | common


def _covers(title: Sentence, common: frozenset[str], each: Subject, own: Subject | None, cue: Cues) -> bool:
    """Whether a title speaks of a subject: shares a word with its heading, or is what its text keeps coming back to; or the
    subject of the title has it as one of its small headings.
    """
    if each.heading is None:
        return True
    whole = content_words(title.text, cue.language)
    telling, head = whole - common, content_words(each.heading.text, cue.language) - common
    # "Hot path" is the other half of "Cold path", whatever they share; a sentence that shares a word goes on with it.
    label = len(each.heading.text.split()) <= _LABEL
    within = bool(telling and telling <= head) or bool(head and head <= whole)
    if (within if label else telling & head) and not _begin([title, each.heading]):
        return True
    if own is not None and head and any(head <= content_words(small, cue.language) for small in own.small):
        return True
    words = [stem(word, cue.language) for word in tokens(each.text)]
    return bool(telling) and sum(word in telling for word in words) >= _TOLD * len(telling)


def _within(each: Subject, other: Subject, cue: Cues) -> bool:
    """Whether a subject goes under the name of a larger one: "Cost options" beside "Cost of the flour"."""
    if each is other or each.heading is None or other.heading is None or each.words >= other.words:
        return False
    mine, its = (content_words(head.text, cue.language) for head in (each.heading, other.heading))
    return 2 * len(mine & its) > len(mine)


def _begin(heads: Sequence[Sentence]) -> list[str]:
    """The words with which headings begin alike, two or more; [] where they do not."""
    rows = [each.text.split() for each in heads]
    if len(rows) < 2:
        return []
    same = 0
    while all(same < len(row) - 1 and folded(row[same]) == folded(rows[0][same]) for row in rows):
        same += 1
    return rows[0][:same] if same >= _ALIKE else []


def _together(names: Sequence[Sentence], piece: Piece, cue: Cues) -> Sentence | None:
    """"What is next for bakers and for millers" out of "What is next for bakers" and "What is next for millers"; None where
    they are too long for a title.
    """
    once = _begin(names)
    while once and once[-1].islower() and len(once[-1]) <= _SMALL:
        once = once[:-1]  # "for bakers and for millers": a small word is of what comes after it
    said = " ".join(s.text for p in piece.passages for s in p.prose)
    parts = [each.text.rstrip(" .:;,") for each in names]
    later = [" ".join(each.split()[len(once):]) for each in parts[1:]]
    # Either all of them stand there as within a sentence, or none.
    small = [inside(each, said, cue) for each in later]
    capital = re.search(r"\s[A-Z]", parts[0]) is not None
    parts = [parts[0], *(later if None in small or capital else (each for each in small if each is not None))]
    joint = f" {cue.say['and']} "
    text = ", ".join(parts[:-1]) + joint + parts[-1]
    # Names with an "and" of their own do not become one.
    own = any(joint in each or "&" in each for each in parts)
    whole = not _begin(names) and any(len(each.split()) > _LABEL for each in parts)  # statements do not become one
    if own or whole or len(text) > _LONGEST or len(text.split()) > _WORDS or any(each.text.endswith("?") for each in names):
        return None
    return Sentence(text=text, sources=tuple(dict.fromkeys(source for each in names for source in each.sources)))


def inside(name: str, said: str, cue: Cues) -> str | None:
    """A heading as it stands inside a title: small, where the piece itself writes its first word small; None elsewhere."""
    first, _, rest = name.partition(" ")
    small = first[:1].lower() + first[1:]
    plain = first[1:].islower() and rest == rest.lower() and (
        first.endswith("ing") or cue.has("small_start", name) or re.search(rf"\b{re.escape(small)}\b", said))
    return f"{small} {rest}".rstrip() if plain else None
