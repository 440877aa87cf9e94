"""Slides as they look, in a pack: which of them may be there, and the files of those that the drafts show.

Pixels cannot be read by the leak gate, so the rule is narrow. A slide's own picture enters a pack only where that was asked
for, nothing on the slide was withheld, dropped or left unread, no withheld word stands on it in any part or on the master,
and the pictures on it were kept: by a person, by a policy that says so, or because there are none. Everything else is a
drawing from the cleared text. Nothing here is seen by a generator but the numbers of the slides.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from content.cleared import ClearedDocument, Withheld
from content.decision import Decision, Policy
from content.document import Document, Part
from content.draft import Artefact
from content.finding import Category, Finding

#: The question about pictures that stand where a customer is named: whoever keeps it has looked at them.
_ASKED = "file.picture_near_name"


def allowed(file: Path, document: Document, findings: Sequence[Finding], decisions: Sequence[Decision],
            cleared: ClearedDocument, withheld: Withheld, policy: Policy) -> frozenset[int]:
    """The slides that may be shown as they look, by number; none unless the policy asks for it and they can be drawn."""
    if policy.slide_pictures == "never":
        return frozenset()
    from extractors.deck_pictures import bare_slides, possible
    from rules.clearing_plan import Fate, make_plan

    kind = document.source.media_type
    if not possible(kind):
        return frozenset()
    verdicts = make_plan(findings, decisions, policy).verdicts
    barred = [each.finding for each in verdicts if each.fate not in (Fate.KEEP, Fate.LEAVE)
              or (each.finding.category is Category.UNREAD and each.fate is not Fate.KEEP)]
    shared = {block.id for unit in document.units if unit.number == 0 for block in unit.blocks if block.part is Part.MASTER}
    worded = _worded(document, withheld)
    # What every slide is drawn with: the master, and parts of the file of which nobody knows what is in them.
    if 0 in worded or any(each.unit == 0 and (each.category is Category.UNREAD or each.block in shared) for each in barred):
        return frozenset()
    clean = {unit.number for unit in cleared.content_units()} - cleared.touched_units - worded
    clean -= {each.unit for each in barred}
    if policy.slide_pictures == "all":
        return frozenset(clean)
    kept = {each.finding.unit for each in verdicts if each.finding.rule == _ASKED and each.fate is Fate.KEEP}
    return frozenset(clean & (kept | bare_slides(file, kind)))


def _worded(document: Document, withheld: Withheld) -> set[int]:
    """The units where a withheld string stands in any part that could be drawn; 0 for the master."""
    from gates.leak_search import Search

    search = Search(withheld.strings)
    return {unit.number for unit in document.units
            if search.find("\n".join(block.text for block in unit.blocks if unit.number or block.part is Part.MASTER))}


def as_they_look(artefacts: tuple[Artefact, ...], own: frozenset[int], file: Path,
                 document: Document) -> tuple[Artefact, ...]:
    """The same files, with the slide itself for each drawing of a slide that may be shown. The drawing stays where the deck
    cannot be drawn in time."""
    from generators.slide_pictures import picture_number

    wanted = {number: each for each in artefacts if (number := picture_number(each.path)) in own and number is not None}
    if not wanted:
        return artefacts
    made = _pictures(file, document, wanted)
    return tuple(made.get(each.path, each) for each in artefacts)


def _pictures(file: Path, document: Document, wanted: dict[int, Artefact]) -> dict[str, Artefact]:
    from extractors.deck_pictures import deck_pdf
    from extractors.page_picture import page_count, page_png

    out: dict[str, Artefact] = {}
    with tempfile.TemporaryDirectory(prefix="deckprism-", ignore_cleanup_errors=True) as name:
        pages = Path(name) / "deck.pdf"
        # Another number of pages would put a slide where nobody judged it.
        if not deck_pdf(file, document.source.media_type, pages) or page_count(pages) != sum(
                each.number > 0 for each in document.units):
            return out
        for number, drawing in sorted(wanted.items()):
            if png := page_png(pages, number):
                out[drawing.path] = drawing.model_copy(update={"data": _bare(png, drawing.data)})
    return out


def _bare(png: bytes, drawing: bytes) -> bytes:
    """The pixels alone, with the description that the drawing has."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    about = PngInfo()
    about.add_text("Description", str(Image.open(io.BytesIO(drawing)).info.get("Description", "")))
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(out, "PNG", pnginfo=about, compress_level=6)
    return out.getvalue()
