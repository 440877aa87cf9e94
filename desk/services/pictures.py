"""The picture of a unit: a drawing from its boxes, or the page of a PDF itself with what was found marked on it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from content.document import Unit
from content.finding import Finding
from content.look import hue
from desk.rights import Actor, NotThere
from desk.services.material import case_folder
from desk.services.office import Office, reading
from desk.services.standing import marked_material
from desk.services.submissions import found


@dataclass(frozen=True, slots=True)
class Picture:
    """What there is to draw: the unit, the size of the document, what was found on it, and the page where there is one."""

    unit: Unit
    size: tuple[float, float]
    findings: tuple[Finding, ...]
    numbers: dict[str, int]
    hue: int
    page: bytes


def picture(office: Office, actor: Actor, submission: str, number: int) -> Picture:
    """A unit to draw. Raises NotThere when there is none, or it has no place on any slide."""
    with reading(office.engine) as session:
        found(session, actor, submission)
        material = marked_material(office, session, submission)
    document = material.document
    unit = next((each for each in document.units if each.number == number and number > 0), None)
    if unit is None or document.size is None:
        raise NotThere("this picture", "is not there", "Read the text: it says everything")
    findings = tuple(each for each in material.findings if each.unit == number)
    numbers = {name: count for count, name in enumerate(dict.fromkeys(each.group for each in findings), start=1)}
    topic = next((each for each in material.topics if each.first <= number <= each.last), None)
    page = (
        _page(office, submission, document.source.sha256, number)
        if document.source.media_type == "application/pdf"
        else b""
    )
    return Picture(unit, document.size, findings, numbers, hue(topic.number) if topic else -1, page)


def _page(office: Office, submission: str, sha256: str, number: int) -> bytes:
    """The page as PNG, made once and kept with the case, so that it goes when the case goes."""
    from extractors.page_picture import page_png

    folder = case_folder(office, submission) / "pages"
    kept = folder / f"{number}.png"
    try:
        return kept.read_bytes()
    except OSError:
        pass
    original = office.files.path(sha256)
    made = page_png(Path(original), number)
    if made:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            partial = folder / f".{number}-{secrets.token_hex(4)}"
            partial.write_bytes(made)
            os.replace(partial, kept)  # noqa: PTH105 - the same call on every system
        except OSError:
            return made
    return made
