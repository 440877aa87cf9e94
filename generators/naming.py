"""Names that pieces share: slugs for files and addresses, and how the units of a source are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.cleared import ClearedDocument
from content.document import Part
from content.draft import Sentence
from generators.context import Context
from generators.render import wording
from language.fold import folded
from language.words import content_words

# python-slugify turns "C++" and "C#" both into "c": written out before it sees them.
_SPELLED = ((r"C\+\+", "cpp"), (r"\bC#", "csharp"), (r"\bF#", "fsharp"), (r"(?<!\w)\.NET\b", "dotnet"), (r"&", " and "))
_LONGEST = 60
#: "def total(rows)", "oven = 3;": program text; a title has a blank before its bracket.
_CALL = re.compile(r"\w_\w|\w\((?!s\)|en\)|e?s\))[a-z_, ]*\)|[;{}]\s*$|=>|==")


def slug(text: str) -> str:
    """A short ASCII name for a file or address; "piece" when nothing of the text can be written so."""
    from slugify import slugify

    for find, put in _SPELLED:
        text = re.sub(find, put, text, flags=re.IGNORECASE if "NET" in find else 0)
    return slugify(text, max_length=_LONGEST, word_boundary=True) or "piece"


def pack_slug(cleared: ClearedDocument) -> str:
    """The name of the pack's folder: the cleared title and the first six characters of the source's hash."""
    from slugify import slugify

    return f"{slugify(cleared.title, max_length=_LONGEST, word_boundary=True) or 'pack'}-{cleared.source.sha256[:6]}"


def deck_title(context: Context) -> Sentence:
    """The title of the deck as its first slides have it, traced; the first topic's title that says something otherwise."""
    title = context.cleared.title
    wanted = folded(title)
    parts: list[Sentence] = []
    for unit in context.cleared.content_units()[:3]:
        for each in context.index.by_unit.get(unit.number, ()):
            said = folded(each.text)
            if wanted and says_something(title) and (said == wanted or (
                    " " in wanted and re.match(rf"{re.escape(wanted)}(?:\s|:)", said))):
                # As the file has it: a slide may shout in capitals, or go on with the name of a place.
                return Sentence(text=title, sources=(each.id,))
            if said and said in wanted and says_something(each.text):
                parts.append(Sentence(text=each.text, sources=(each.id,)))
    # Half of the title is the title; a word of it is not.
    best = max(parts, key=lambda part: len(part.text), default=None)
    if best is not None and 2 * len(best.text) >= len(title):
        return best
    if said_there := _in_pieces(title, context):
        return said_there
    titles = [material.title for material in context.materials]
    return next((each for each in titles if says_something(each.text)), titles[0] if titles else Sentence(text=""))


def _in_pieces(title: str, context: Context) -> Sentence | None:
    """The title of a file whose first slide says all of it, a line each ("Fewer loaves." "Fuller ovens."); None elsewhere."""
    language = context.cleared.language
    words = content_words(title, language)
    first = next(iter(context.cleared.content_units()), None)
    lines = [] if first is None or not says_something(title) else [
        each for each in context.index.by_unit.get(first.number, ()) if each.part is not Part.NOTES
        and words & content_words(each.text, language)]
    told = content_words(" ".join(each.text for each in lines), language)
    # The name of a file may have the lines in another order than the slide; its sources stand as its words do.
    order = [content_words(word, language) for word in title.split()]
    lines.sort(key=lambda each: next((n for n, word in enumerate(order) if word & content_words(each.text, language)), 0))
    return Sentence(text=title, sources=tuple(each.id for each in lines)) if len(words) > 1 and words <= told else None


def says_something(title: str) -> bool:
    """Whether a title holds a word, is no program text, and has no gap that somebody was to fill in ("<name>", "[name]")."""
    if _CALL.search(title):
        return False
    return re.search(r"[^\W\d_]{3}", title) is not None and re.search(r"<[^<>]*>|\[[^\[\]]*\]|\{[^{}]*\}", title) is None


def unit_span(units: Sequence[int], context: Context) -> str:
    """"Slides 12–15, 18" in the language of the templates, after the kind of the source's units."""
    numbers = sorted(set(units))
    if not numbers:
        return ""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number <= runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    # A long list of single slides says less than the stretch they come from.
    shown = runs if len(runs) <= 3 else [[numbers[0], numbers[-1]]]
    kind = next((unit.kind for unit in context.cleared.units if unit.number == numbers[0]), "slide")
    words = wording(context.language)
    many = len(numbers) > 1
    noun = words.get(f"span_{kind}s" if many else f"span_{kind}", words["span_slides" if many else "span_slide"])
    return noun + " " + ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in shown)
