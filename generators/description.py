"""The text for hosting the deck itself: what is wrong with its own title and description, and better ones.

Titles are joined from the author's own phrases only; the description says what, for whom, outline, speaker, event and
licence as far as they are known. Nothing is claimed that the source or the profile does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Draft, Sentence
from generators.alone import leans
from generators.blog_close import stands_alone, summary_of
from generators.category import category_name
from generators.chapters import chapters
from generators.context import Context
from generators.limits import limits
from generators.markdown_files import MarkdownFiles
from generators.phrases import subjects, traced
from generators.prose_cues import Cues, cues
from generators.quotable import worth
from generators.render import Plain, escape_markdown, render, say
from generators.title_check import chatty, verdict
from generators.titles import Candidate, candidates, subtitle
from language.counting import count
from language.fold import folded
from language.words import content_words, word_list

KIND = "description"
_TAGS = 10
_LEAD = 420
#: The longest title or description of the file that is quoted, in characters, and the shortest subtitle, in words.
_QUOTED, _WORDS = 90, 4
#: Words of the title that the first sentence has.
_SHARED = 2
_LABELS = ("heading", "own", "titles", "description", "characters", "outline", "audience", "speakers", "event", "licence",
           "chapters", "tags", "category")


@dataclass(frozen=True, slots=True)
class Row:
    """A title candidate as the template prints it."""

    title: Sentence
    length: int
    reason: Plain


class Description(MarkdownFiles):
    """One draft: title candidates, description, chapters where times are known, tags and category."""

    kind = KIND
    limits: tuple[str, ...] = ()
    after = False

    def drafts(self, context: Context) -> tuple[Draft, ...]:
        """The description of the deck; () when no title can be made of its words."""
        found = candidates(context)
        if not found:
            return ()
        language = context.language
        values: dict[str, object] = {
            "t": {key: say(language, f"desc_{key}") for key in _LABELS},
            "held": say(language, "held") if context.held else Plain(""), "problems": _problems(context),
            "rows": [Row(each.title, len(each.title.text), say(language, f"title_{each.reason}")) for each in found],
            "lead": _lead(context, found), "outline": [m.title for m in context.materials if m.passages],
            "audience": Plain(", ".join(context.profile.audiences)), "speakers": _speakers(context),
            "credited": None if context.profile.authors else _credited(context),
            "event": Plain(context.profile.event), "licence": Plain(context.profile.licence),
            "chapters": chapters(context), "tags": _tags(context), "category": category_name(context),
        }
        return (Draft(kind=KIND, name="description", path="description.md", title=found[0].title, language=language,
                      segments=render("description.md.j2", language, values),
                      metadata={"titles": tuple(each.title for each in found), "tags": _tags(context)}),)


GENERATOR = Description()


def _problems(context: Context) -> list[Plain]:
    """What is nondescript about the file's own title and description, one line each."""
    cleared, language = context.cleared, context.language
    words = "\n".join(" ".join(" ".join(s.text for s in unit).split()) for unit in context.index.by_unit.values())
    own = cleared.properties.get("title", "")
    out = [say(language, f"own_title_{why}", title=_quoted(own, context))
           for why in verdict(own, words, cleared.properties, cleared.language)]
    text = cleared.properties.get("description", "") or cleared.properties.get("comments", "")
    if not text.strip():
        out.append(say(language, "own_description_missing"))
    elif chatty(text, cleared.language):
        out.append(say(language, "own_description_chatty", title=_quoted(text, context)))
    return out or [say(language, "own_title_good")]


def _quoted(text: str, context: Context) -> str:
    """A property of the cleared file between quotation marks, to be named in a line about it; '' for one that is long, or
    that holds words which template text may not have.
    """
    bare = " ".join(text.split())
    banned = {*word_list("cliche", context.language), *(word.lower() for word in context.profile.banned_words)}
    if not bare or len(bare) > _QUOTED or any(mark in bare for mark in "{}") or any(word in bare.lower() for word in banned):
        return ""
    return f" “{escape_markdown(bare)}”"


def _lead(context: Context, found: Sequence[Candidate]) -> list[Sentence]:
    """Two to four sentences that say what it is: the subtitle, one of general sense, one with figures."""
    language = context.cleared.language
    cue = cues(language)
    # A sentence that is offered as a title would be nearest to itself.
    titles = [each.title.text for each in found if each.reason != "line"] + [m.title.text for m in context.materials]
    lines = {folded(each.title.text).rstrip(".") for each in found}
    wanted = content_words(" ".join(titles), language)
    out: list[Sentence] = []
    under = subtitle(context)
    if under and len(under.text.split()) >= _WORDS:
        out.append(under.model_copy(update={"text": under.text if under.text[-1] in ".!?" else under.text + "."}))

    def near(s: Sentence) -> int:
        return min(4, len(content_words(s.text, language) & wanted))

    # What the author calls the sum of it says it best.
    sums = [s for m in context.materials for p in m.passages for s in summary_of(p, context, cue)
            if len(s.text.split()) > _WORDS and stands_alone(s, cue)]
    general = sums or [s for m in context.materials for s in m.best[:8] if s.text[-1] in ".!”\"" and stands_alone(s, cue)]
    figures = [s for m in context.materials for s in m.numbers[:4] if not leans(s.text, language)
               and not any(cue.has(name, s.text) for name in ("bare_pronoun", "line_reference", "leaning"))]
    # What the first sentence says is what the title names, and holds for everybody.
    named = content_words(found[0].title.text, language) | content_words(context.cleared.title, language)
    every = [s for m in context.materials for p in m.settled for s in p.prose if s.text[-1] in ".!"]
    first = [s for s in (*general, *every) if _says_what(s, named, cue) and folded(s.text).rstrip(".") not in lines]
    first = first or [s for s in general if not cue.has("holds_for_some", s.text)]
    for pool in (general if out else first or general, figures):
        left = [s for s in pool if s.text not in {each.text for each in out} and folded(s.text).rstrip(".") not in lines]
        if left:
            best = max(enumerate(left), key=lambda each: (near(each[1]) + worth(each[1].text, language), -each[0]))[1]
            if sum(len(s.text) for s in (*out, best)) <= _LEAD:
                out.append(best)
    return out or [s for m in context.materials for s in m.best[:1]][:1]


def _says_what(sentence: Sentence, named: frozenset[str], cue: Cues) -> bool:
    """Whether a sentence may come first: it stands alone, speaks of what the title names, and sets no condition."""
    text = sentence.text
    shared = content_words(text, cue.language) & named
    if len(shared) < min(_SHARED, len(named)) or not stands_alone(sentence, cue):
        return False
    return not any(cue.has(name, text) for name in ("holds_for_some", "first_person", "bare_pronoun"))


def _speakers(context: Context) -> Plain:
    return Plain(", ".join(author.name for author in context.profile.authors))


def _credited(context: Context) -> Sentence | None:
    """The author of the file, where the title slide names the same person."""
    author = " ".join(context.cleared.properties.get("author", "").split())
    units = context.cleared.content_units()
    own = context.index.by_unit.get(units[0].number, ()) if units and len(author.split()) >= 2 else ()
    return next((Sentence(text=author, sources=(s.id,)) for s in own if author.lower() in s.text.lower()), None)


def _tags(context: Context) -> tuple[Sentence, ...]:
    """What the whole document keeps coming back to."""
    units = sorted({p.unit for m in context.materials for p in m.passages} or context.index.by_unit)
    phrases = subjects([phrase for m in context.materials for phrase in m.keyphrases], units, context)
    found = traced(phrases, context.index, context.index.by_unit, context.cleared.language, _TAGS)
    most, taken = limits()["description.tags"], 0
    out = []
    for tag in found:
        # A tag with a blank in it travels with quotation marks.
        taken += count(tag.text, most.unit) + (2 if " " in tag.text else 0) + 1
        if taken <= most.limit:
            out.append(tag)
    return tuple(out)
