"""A title of two headings, where the heading that would name a piece stands over a small part of it.

"What stayed on paper" over a piece of which half tells how the roll-out went promises less than it gives; "What stayed on
paper, and how the roll-out went" is in the author's words, and says both. Two headings are joined only where they are of one
form, so that the sentence holds in English and in Dutch: clauses with a question word, statements, or a label beside such a
clause. Nothing is reworded but the first letter of the second, and nothing is joined that would be too long to read.
"""

from __future__ import annotations

from content.draft import Sentence
from generators.blog_cover import inside
from generators.blog_plan import Piece
from generators.prose_cues import Cues
from language.pipeline import has_model, parse
from language.verbless import FINITE
from language.words import content_words

#: Letters of a joined title, words of each half, and the words of weight that a half needs to say something.
_LONGEST, _WORDS, _SAYS = 75, 10, 1
#: Share of a piece under which the section of a title is a small part, that a heading must be to be joined to it, and that
#: both of them must be.
_SMALL, _PART, _BOTH = 0.62, 0.15, 0.4
#: Cues of a heading that is joined to none: of a chart, of an order to the reader, of any deck, or one that leans.
_ALONE = ("chart_title", "empty_title", "stock_title", "bare_title", "byline_title", "summary_title", "steps_title",
          "series_label", "advice", "references_title")
#: What a label is built on, and among how many of its words that stands.
_NAMING, _EARLY = {"NOUN", "PROPN"}, 4
#: Tags of a first word that is no name.
_PLAIN = {"NN", "NNS", "JJ", "VBG", "DT", "CD"}
#: The forms of headings that go together.
_FORMS = {("clause", "clause"), ("statement", "statement"), ("label", "clause"), ("clause", "label")}


def shares(piece: Piece) -> dict[tuple[str, ...], float]:
    """Which share of a piece stands under each of its headings, up to the next one; by the heading's sources."""
    out: dict[tuple[str, ...], float] = {}
    name: tuple[str, ...] = ()
    for p in piece.passages:
        name = p.heading.sources if p.heading else name
        out[name] = out.get(name, 0.0) + p.words / (piece.words or 1)
    return out


def joined(title: Sentence, piece: Piece, cue: Cues) -> Sentence:
    """The title, or it and the largest heading of its piece that can be joined to it, in their order."""
    under = shares(piece)
    mine = under.get(title.sources, 1.0)
    if piece.listicle or mine >= _SMALL:
        return title
    heads = list({p.heading.sources: p.heading for p in piece.passages if p.heading}.values())
    place = {head.sources: n for n, head in enumerate(heads)}
    ways = []
    for head in heads:
        share = under[head.sources]
        if head.sources == title.sources or share < _PART or mine + share < _BOTH:
            continue
        both = _both(*((title, head) if place[title.sources] < place[head.sources] else (head, title)), piece, cue)
        ways += [(-share, place[head.sources], both)] if both is not None else []
    return min(ways, key=lambda each: each[:2])[2] if ways else title


def _both(one: Sentence, other: Sentence, piece: Piece, cue: Cues) -> Sentence | None:
    forms = (_form(one.text, cue), _form(other.text, cue))
    if forms not in _FORMS or cue.has("pronoun_start", other.text):
        return None
    second = _small(other.text.rstrip(" .:"), _said(piece), cue)
    if not second:
        return None
    text = f"{one.text.rstrip(' .:')}, {cue.say['and']} {second}"
    return Sentence(text=text, sources=(*one.sources, *other.sources)) if len(text) <= _LONGEST else None


def _form(text: str, cue: Cues) -> str:
    """"clause" for "What stayed on paper", "statement" for "Silence is not safe", "label" for "Questions without an answer";
    '' for what is joined to nothing.
    """
    words = text.split()
    apart = any(mark in text for mark in ",;:?!()–—\"“”…&") or f" {cue.say['and']} " in text
    clause = cue.has("clause_title", text)
    if apart or not (2 if clause else 3) <= len(words) <= _WORDS or any(cue.has(name, text) for name in _ALONE):
        return ""
    if len(content_words(text, cue.language)) < _SAYS or any(char.isdigit() for char in text):
        return ""
    if clause:
        return "clause"
    if cue.language != "en" or not has_model(cue.language):
        return ""  # whether "Fouten die we maakten" states something, no list of verbs tells
    (parsed,) = parse([text], cue.language)
    root = next(token for token in parsed if token.dep_ == "ROOT")
    doing = parsed[0].tag_ == "VBG" and not any(token.tag_ in FINITE for token in parsed)
    if (root.pos_ in _NAMING and root.i < _EARLY) or doing:
        return "label"  # "Advice for those who want to try", "Keeping pages true"
    return "statement" if root.tag_ in FINITE else ""


def _small(text: str, said: str, cue: Cues) -> str:
    """A heading as it goes on within a sentence; '' where its first word may be a name."""
    found = inside(text, said, cue)
    if found is None and cue.language == "en" and text[1:] == text[1:].lower():
        plain = parse([text], cue.language)[0][0].tag_ in _PLAIN
        found = text[:1].lower() + text[1:] if plain else None
    return found or ""


def _said(piece: Piece) -> str:
    return " ".join(s.text for p in piece.passages for s in p.prose)

