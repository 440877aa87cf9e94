"""The pieces as report.html prints them: every sentence with the place it comes from and what stands there."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from content import look
from content.draft import Draft, Origin, Sentence
from content.opened import EPISODE, opened
from content.pack import Pack
from gates.report_rows import ORDER
from gates.wording import Wording
from language.drawn import Around, markdown, marked, notes_of, plain
from language.fold import folded
from language.numbers import spans
from language.source import SourceIndex, SourceSentence
from language.wordcount import words_of

#: Source sentences shown for one sentence, and characters of each.
_MOST, _LONG = 3, 320
#: Headings of a piece go down so far: the page has the title, the section and the kind above them.
_DOWN = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A run of text; `place` is '' for wording of the template. `quotes` is what its source says, where that differs."""

    text: str
    place: str = ""
    quotes: tuple[str, ...] = ()
    same: bool = False
    by_hand: bool = False
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One draft."""

    anchor: str
    title: str
    #: The files that a person opens, the first one first.
    opens: tuple[str, ...]
    name: str
    hue: int
    topic: int | None
    angle: str
    words: int
    units: str
    platform: str
    #: The piece as its reader sees it, each sentence with its source; `lines` when its line breaks are its own.
    drawn: Markup
    lines: bool
    #: What stands in its comments: for its author, not for its readers.
    notes: tuple[str, ...]


def anchors(pack: Pack) -> dict[str, str]:
    """Draft name -> the id of its place on the page."""
    return {draft.name: f"p{number}" for number, draft in enumerate(pack.drafts, start=1)}


def pieces(pack: Pack, index: SourceIndex, kind: str, words: Wording) -> list[tuple[str, list[Piece]]]:
    """The drafts by kind, in the order in which they are read."""
    names = anchors(pack)
    by_kind: dict[str, list[Piece]] = {}
    spoken = any(each.path == EPISODE for each in pack.artefacts)
    for draft in pack.drafts:
        by_kind.setdefault(draft.kind, []).append(_piece(draft, names[draft.name], index, kind, words, spoken))
    known = [each for each in ORDER if each in by_kind] + sorted(set(by_kind) - set(ORDER))
    return [(each, by_kind[each]) for each in known]


def _piece(draft: Draft, anchor: str, index: SourceIndex, kind: str, words: Wording, spoken: bool) -> Piece:
    units = sorted({unit for segment in draft.segments for unit in index.units(segment.sources)})
    return Piece(
        anchor, draft.title.text, opened(draft, spoken), draft.name, look.hue(draft.topic or 1), draft.topic,
        words.name("angle", draft.angle) if draft.angle else "", words_of(draft),
        f"{words.name('units' if len(units) > 1 else 'unit', kind)} {spans(units)}" if units else "",
        _platform(draft, words), *_drawn(draft, index, kind, words))


def _platform(draft: Draft, words: Wording) -> str:
    """"X", and for a thread on it "X thread"; '' for what goes on none."""
    if draft.limit is None:
        return ""
    platform, _, form = draft.limit.key.partition(".")
    name = words.name("platform", platform)
    return words.say("as_thread", platform=name) if form == "thread" else name


def _drawn(draft: Draft, index: SourceIndex, kind: str, words: Wording) -> tuple[Markup, bool, tuple[str, ...]]:
    """A piece as HTML, whether its lines are its own, and its notes. Markdown goes through the renderer of the desk."""
    around = _around(tuple(_said(segment, index, kind, words) for segment in draft.segments), words)
    text = marked(draft.segments)
    if draft.limit is not None or draft.kind == "carousel":
        return plain(text, around), True, ()
    shown, notes = notes_of(text)
    return markdown(shown, around, down=_DOWN)[0], False, notes


def _around(said: tuple[Said, ...], words: Wording) -> Around:
    """Around each run of a sentence what shows, at the foot of the page, where it comes from."""
    def around(number: int, first: bool) -> tuple[Markup, Markup] | None:
        part = said[number]
        if not part.place:
            return None
        start = Markup('<span class="s{}"{}>').format(" model" if part.by_model else "",
                                                     Markup(' tabindex="0"') if first else "")
        by = words.say("by_hand") if part.by_hand else (words.say("by_model") if part.by_model else "")
        told = Markup(", {}.").format(words.say("word_for_word")) if part.same else Markup(": ") + Markup(" ").join(
            Markup("“{}”").format(quote) for quote in part.quotes)
        end = Markup('<span class="from"> <b>{}</b>{}{}</span></span>').format(part.place, f" ({by})" if by else "", told)
        return start, end

    return around


def _said(segment: Sentence, index: SourceIndex, kind: str, words: Wording) -> Said:
    if segment.origin is Origin.TEMPLATE:
        return Said(segment.text)
    sources = [index.by_id[name] for name in segment.sources if name in index.by_id]
    places = dict.fromkeys(_place(each, kind, words) for each in sources)
    same = _plain(segment.text) == _plain(" ".join(each.text for each in sources))
    shown = () if same else tuple(each.text[:_LONG] + ("…" if len(each.text) > _LONG else "") for each in sources[:_MOST])
    return Said(segment.text, "; ".join(places) or "?", shown, same, segment.origin is Origin.EDITOR,
                segment.origin is Origin.MODEL)


def _place(source: SourceSentence, kind: str, words: Wording) -> str:
    return f"{words.name('unit', kind)} {source.unit}, {words.name('part', source.part.value)}"


def _plain(text: str) -> str:
    return " ".join(folded(text.replace("\\", "")).split())
