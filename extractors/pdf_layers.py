"""Layers of a PDF (optional content): which are off as the file opens, and which groupings of layers (membership
dictionaries) are not shown because of that.

pdfium tells the names of layers on the words that they hold, but a membership carries no name, and names in other letters
than ASCII come out garbled. What is not shown is given a plain name, in a copy in memory that is then read instead of the
file. Nothing else is changed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.pdf_objects import each, entries, get, identity, inherited, text

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

#: The names that a membership gets which is not shown, and a layer that is off. No layer of a file is called that.
NOT_SHOWN, SWITCHED_OFF = "deckprism: not shown together", "deckprism: switched off"
_DEEPEST = 20
_MOST = 10_000

Identity = tuple[int, int]


def off_layers(pdf: Pdf) -> dict[Identity, str]:
    """The layers that are off as the file opens, with their names."""
    layers = get(pdf.Root, "/OCProperties")
    shown = get(layers, "/D")
    on = {identity(layer) for layer in each(get(shown, "/ON"))}
    found = {identity(layer): text(get(layer, "/Name")) for layer in each(get(shown, "/OFF"))}
    if text(get(shown, "/BaseState")) == "OFF":
        found.update({identity(layer): text(get(layer, "/Name")) for layer in each(get(layers, "/OCGs"))
                      if identity(layer) not in on})
    return found


def with_names(pdf: Pdf, pages: list[Object], off: dict[Identity, str]) -> bytes:
    """The file with a plain name on all that is not shown; b'' where nothing needs one, as in nearly all files."""
    if get(pdf.Root, "/OCProperties") is None:
        return b""
    named = [(held, NOT_SHOWN) for held in _memberships(pages) if not _shown(held, set(off))]
    named += [(pdf.get_object(own), SWITCHED_OFF) for own, name in off.items() if own != (0, 0) and not name.isascii()]
    if not named:
        return b""
    before = [get(held, "/Name") for held, _ in named]
    for held, name in named:
        held["/Name"] = name
    out = io.BytesIO()
    pdf.save(out)
    for (held, _), own in zip(named, before, strict=True):
        if own is None:
            del held["/Name"]
        else:
            held["/Name"] = own
    return out.getvalue()


def _memberships(pages: list[Object]) -> Iterator[Object]:
    """The membership dictionaries that pages and their forms name, each once."""
    done: set[Identity] = set()
    for page in pages:
        waiting = [(inherited(page, "/Resources"), 0)]
        while waiting:
            resources, depth = waiting.pop()
            for held in entries(get(resources, "/Properties")).values():
                if identity(held) not in done and (get(held, "/OCGs") is not None or get(held, "/VE") is not None):
                    if identity(held) != (0, 0):
                        done.add(identity(held))
                    yield held
            for item in entries(get(resources, "/XObject")).values():
                if depth < _DEEPEST and len(done) < _MOST and identity(item) not in done:
                    done.add(identity(item))
                    if (inner := get(item, "/Resources")) is not None:
                        waiting.append((inner, depth + 1))


def _shown(held: Object, off: set[Identity]) -> bool:
    """Whether a membership is shown: by its expression, else by its policy over its layers (ISO 32000-1, 8.11.2.2)."""
    expression = each(get(held, "/VE"))
    if expression:
        return _holds(expression, off, 0)
    layers = get(held, "/OCGs")
    listed = each(layers) or ([layers] if layers is not None else [])
    states = [identity(layer) not in off for layer in listed if entries(layer)]
    policy = text(get(held, "/P")) or "AnyOn"
    if not states:
        return True
    return {"AllOn": all(states), "AnyOff": not all(states), "AllOff": not any(states)}.get(policy, any(states))


def _holds(expression: list[Object], off: set[Identity], depth: int) -> bool:
    """The value of an expression: And, Or or Not over layers and expressions. What is not understood is shown."""
    operator, values = text(expression[0]), []
    for part in expression[1:]:
        inner = each(part)
        values.append(_holds(inner, off, depth + 1) if inner and depth < _DEEPEST else identity(part) not in off)
    if not values:
        return True
    return {"And": all(values), "Or": any(values), "Not": not values[0]}.get(operator, True)
