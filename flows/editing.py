"""Puts what people changed into the drafts: pieces left out, segments written by hand.

An edit fits where the text that it replaced still stands; one that does not fit is passed over and said so. Nothing
here judges what somebody wrote: the gates do.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence

from content.draft import Draft, Origin, Sentence
from flows.revision import EditedSegment, Revision

#: Kinds that show the author's words as a quotation or draw them: they can be left out, not rewritten.
FIXED = frozenset({"card", "carousel"})
#: What a piece that somebody left out is said to be, where refused pieces are listed.
TAKEN_OUT = "desk: taken out by a person"


#: `before` of an edit that is read back from a finished pack: it stands at its number, whatever stood there. No hash is this.
WHATEVER = "*"


def segment_hash(text: str) -> str:
    """SHA-256 of a segment as it stood, by which an edit finds it again."""
    return hashlib.sha256(text.encode()).hexdigest()


def revised(drafts: Sequence[Draft], revision: Revision, refused: dict[str, str]) -> tuple[Draft, ...]:
    """The drafts as people want them; the names of those left out go to `refused`."""
    if not revision.left_out and not revision.edits:
        return tuple(drafts)
    stay: list[Draft] = []
    for draft in drafts:
        if draft.name in revision.left_out:
            refused[draft.name] = TAKEN_OUT
        else:
            stay.append(edited(draft, [each for each in revision.edits if each.piece == draft.name]))
    return tuple(stay)


def edited(draft: Draft, edits: Sequence[EditedSegment]) -> Draft:
    """A draft with its edits, in their order: a later one may rewrite what an earlier one wrote."""
    if draft.kind in FIXED:
        return draft
    segments = list(draft.segments)
    for each in edits:
        place = _place(segments, each)
        if place is not None:
            segments[place] = _by_hand(segments[place], each.text)
    return draft.model_copy(update={"segments": tuple(segments)})


def fitting(drafts: Sequence[Draft], refused: dict[str, str], edits: Sequence[EditedSegment]) -> dict[int, str]:
    """What became of each edit by its id: '' when it stands in its piece, else why not."""
    by_name = {draft.name: draft for draft in drafts}
    said: dict[int, str] = {}
    for each in edits:
        draft = by_name.get(each.piece)
        if each.piece in refused:
            said[each.id] = refused[each.piece]
        elif draft is None:
            said[each.id] = "the piece is not written any more"
        elif draft.kind in FIXED:
            said[each.id] = "a quotation is shown as the author said it; leave the piece out instead"
        elif any(one.origin is Origin.EDITOR and one.text.strip() == _clean(each.text) for one in draft.segments):
            said[each.id] = ""
        else:
            own = segment_hash(_clean(each.text))
            later = any(other.piece == each.piece and other.id > each.id and other.before == own for other in edits)
            said[each.id] = "" if later else "the sentence that it changes is not there any more"
    return said


def _place(segments: Sequence[Sentence], edit: EditedSegment) -> int | None:
    """Where the text that an edit replaces stands: at its number, else the nearest place with the same text."""
    if edit.before == WHATEVER:
        return edit.segment if edit.segment < len(segments) else None
    fits = [n for n, each in enumerate(segments)
            if edit.before in (segment_hash(each.text), segment_hash(each.text.strip()))]
    return min(fits, key=lambda n: (abs(n - edit.segment), n)) if fits else None


def _by_hand(old: Sentence, text: str) -> Sentence:
    """What a person wrote, between the blanks that stood around the old text, with the old text's sources."""
    body = old.text.strip()
    start = old.text.find(body)
    return Sentence(text=old.text[:start] + _clean(text) + old.text[start + len(body):], sources=old.sources,
                    origin=Origin.EDITOR)


def _clean(text: str) -> str:
    """Composed, and without control or direction marks but line breaks."""
    kept = "".join(char for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
                   if char == "\n" or unicodedata.category(char)[0] != "C")
    return kept.strip()
