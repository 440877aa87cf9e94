"""Forms inside forms: how much of a page pdfium would have to read, told before it is asked to.

A form can draw another ten times, and that one a third: a page of three kilobytes unpacks to 10^11 forms, and pdfium builds
them all when it loads the page. Only forms that hold others are unpacked here; on most pages there are none.
"""

from __future__ import annotations

import re
from collections import Counter

from pikepdf import Object, Stream

from extractors.pdf_objects import DAMAGED, data, each, entries, get, identity, text

#: Forms that one page may draw, those inside others counted as often as they are drawn, and bytes of all that is read then.
MOST_FORMS, MOST_READ = 30_000, 64 << 20
_MOST_CONTENT = 4 << 20
_DEEPEST = 40  # as deep as pdfium goes
_DRAWS = re.compile(rb"/([^\s/\[\]<>()%{}]+)\s+Do\b")

#: Forms drawn and bytes read.
_Weight = tuple[int, int]
_NONE, _TOO_MUCH = (0, 0), (MOST_FORMS + 1, MOST_READ + 1)


def endless(pages: list[Object], drawings: list[dict[str, Object]], forms: list[list[Object]]) -> set[int]:
    """Pages (from 0) that draw more forms, or more in them, than is read.

    `drawings` are the XObjects of each page, `forms` the forms among them.
    """
    known: dict[tuple[int, int], _Weight | None] = {}
    found: set[int] = set()
    for number, held in enumerate(drawings):
        if any(_holds_others(item, known) for item in forms[number]):
            contents = get(pages[number], "/Contents")
            streams = each(contents) or ([contents] if contents is not None else [])
            drawn = _of([_content(stream) for stream in streams], held, known, 0)
            if drawn[0] > MOST_FORMS or drawn[1] > MOST_READ:
                found.add(number)
    return found


def annotations_endless(page: Object) -> bool:
    """The same of what the annotations of a page draw."""
    looks = [get(get(item, "/AP"), "/N") for item in each(get(page, "/Annots"))]
    states = [inner for look in looks if look is not None
              for inner in ([look] if isinstance(look, Stream) else entries(look).values())]
    held = {f"/{n}": look for n, look in enumerate(states)}
    drawn = _of([f"{name} Do ".encode() for name in held], held, {}, 0)
    return drawn[0] > MOST_FORMS or drawn[1] > MOST_READ


def _holds_others(item: Object, known: dict[tuple[int, int], _Weight | None]) -> bool:
    """Whether a form has forms of its own. Remembered where it has none."""
    if identity(item) in known:
        return known[identity(item)] is not None
    resources = get(item, "/Resources")
    held = entries(get(resources, "/XObject")) if resources is not None else {}
    holds = any(text(get(inner, "/Subtype")) == "Form" for inner in held.values())
    if not holds:
        known[identity(item)] = None
    return holds


def _of(contents: list[bytes], held: dict[str, Object], known: dict[tuple[int, int], _Weight | None], depth: int) -> _Weight:
    """What contents draw by the names of their resources."""
    forms, read = 0, sum(map(len, contents))
    if depth > _DEEPEST:
        return _TOO_MUCH
    count: Counter[bytes] = Counter()
    for content in contents:
        count.update(_DRAWS.findall(content))
    for name, times in count.items():
        item = held.get("/" + name.decode("latin-1"))
        if item is None or text(get(item, "/Subtype")) == "Image":
            continue
        inner = _form(item, known, depth)
        forms, read = forms + times * (1 + inner[0]), read + times * inner[1]
    return min(forms, _TOO_MUCH[0]), min(read, _TOO_MUCH[1])


def _form(item: Object, known: dict[tuple[int, int], _Weight | None], depth: int) -> _Weight:
    key = identity(item)
    if known.get(key) is None:
        known[key] = _NONE  # a form that draws itself is drawn once
        resources = get(get(item, "/Resources"), "/XObject")
        known[key] = _of([_content(item)], entries(resources), known, depth + 1)
    return known[key] or _NONE


def _content(stream: Object) -> bytes:
    """The unpacked bytes of a form or page; none of what is damaged, and the first of what is too large."""
    try:
        return data(stream, _MOST_CONTENT)
    except DAMAGED:
        return b""
