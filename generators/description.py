"""The text for hosting the deck itself: what is wrong with its own title and description, and better ones.

Titles are joined from the author's own phrases only; the description says what, for whom, outline, speaker, event and
licence as far as they are known. Nothing is claimed that the source or the profile does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.draft import Artefact, Draft, Sentence
from generators.context import Context
from generators.phrases import traced
from generators.prose_cues import cues
from generators.render import Plain, render, say
from generators.title_check import chatty, verdict
from generators.titles import Candidate, candidates
from language.words import content_words

KIND = "description"
_TAGS = 10
_LEAD = 260
_LABELS = ("heading", "own", "titles", "description", "characters", "outline", "audience", "speakers", "event", "licence",
           "tags", "category")


@dataclass(frozen=True, slots=True)
class Row:
    """A title candidate as the template prints it."""

    title: Sentence
    length: int
    reason: Plain


class Description:
    """One draft: title candidates, description, tags and category."""

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
            "event": Plain(context.profile.event), "licence": Plain(context.profile.licence),
            "tags": _tags(context), "category": _category(context),
        }
        return (Draft(kind=KIND, name="description", path="description.md", title=found[0].title, language=language,
                      segments=render("description.md.j2", language, values),
                      metadata={"titles": tuple(each.title for each in found), "tags": _tags(context)}),)

    def artefacts(self, drafts: Sequence[Draft], context: Context) -> tuple[Artefact, ...]:
        """description.md."""
        return tuple(Artefact(path=draft.path, data=draft.text.encode(), media_type="text/markdown") for draft in drafts)


GENERATOR = Description()


def _problems(context: Context) -> list[Plain]:
    """What is nondescript about the file's own title and description, one line each."""
    cleared, language = context.cleared, context.language
    words = " ".join(s.text for s in context.index.by_id.values())
    own = cleared.properties.get("title", "")
    out = [say(language, f"own_title_{why}") for why in verdict(own, words, cleared.properties, cleared.language)]
    text = cleared.properties.get("description", "") or cleared.properties.get("comments", "")
    if not text.strip():
        out.append(say(language, "own_description_missing"))
    elif chatty(text, cleared.language):
        out.append(say(language, "own_description_chatty"))
    return out or [say(language, "own_title_good")]


def _lead(context: Context, found: Sequence[Candidate]) -> list[Sentence]:
    """Two whole sentences of different topics that hold most of the words of the titles, in the deck's order."""
    cue = cues(context.cleared.language)
    language = context.cleared.language
    titles = [each.title.text for each in found] + [m.title.text for m in context.materials]
    wanted = content_words(" ".join(titles), language)
    pool = []
    for order, material in enumerate(context.materials):
        fit = [s for s in material.best[:8] if 6 <= len(s.text.split()) <= 30 and not cue.has("leaning", s.text)]
        if fit:
            best = max(fit, key=lambda s: len(content_words(s.text, language) & wanted))
            pool.append((len(content_words(best.text, language) & wanted), order, best))
    first = sorted(pool, key=lambda each: (-each[0], each[1]))[:2]
    out = [sentence for _, _, sentence in sorted(first, key=lambda each: each[1])]
    return out if sum(len(s.text) for s in out) <= _LEAD else out[:1]


def _speakers(context: Context) -> Plain:
    return Plain(", ".join(author.name for author in context.profile.authors))


def _tags(context: Context) -> tuple[Sentence, ...]:
    """Keyphrases of all topics in turn, the first of each before the second of any."""
    lists = [material.keyphrases for material in context.materials]
    longest = max((len(each) for each in lists), default=0)
    phrases = (each[rank] for rank in range(longest) for each in lists if rank < len(each))
    return traced(phrases, context.index, context.index.by_unit, context.cleared.language, _TAGS)


def _category(context: Context) -> Plain:
    """The category whose words (wording file) stand most often in the source; the general one when none does."""
    from generators.render import wording
    from language.words import tokens

    phrases = wording(context.language)
    said = [word for s in context.index.by_id.values() for word in tokens(s.text)]
    scores = {}
    for key, value in sorted(phrases.items()):
        if key.startswith("category_words_"):
            wanted = frozenset(value.split())
            scores[key.removeprefix("category_words_")] = sum(word in wanted for word in said)
    best = max(scores, key=lambda name: scores[name], default="")
    enough = bool(best) and scores[best] >= max(3, 0.004 * len(said))
    return Plain(phrases[f"category_{best}"] if enough else phrases["category_general"])
