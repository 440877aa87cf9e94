"""Calls into pdfium that take plain numbers and pointers made ready: the same functions of the same library as pypdfium2's.

pypdfium2's own functions turn every argument into a typed pointer, which costs more than the work itself where a page has
thousands of lines. Pointers that stay the same for a page (its handle, a buffer) are made once by `ready`: handing such a
one over costs a quarter of handing over an address. Whoever calls them keeps the page open and the buffer alive; a wrong
address ends the process, so nothing else may use them.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

#: Values out of a buffer; going through a ctypes array takes seven times as long.
floats = struct.Struct("4f").unpack
wholes, pair = struct.Struct("4I").unpack, struct.Struct("2f").unpack

#: A pointer made ready: what `ready` gives, or a `ctypes.c_void_p` whose value changes from call to call.
Ready = object


@dataclass(frozen=True, slots=True)
class Calls:
    """Functions by what they give. Results that are pointers come as addresses, 0 is none; whole numbers are C's int."""

    #: Boxes of (text page, first character, characters): how many, then box n into four doubles (left, top, right, bottom).
    count_boxes: Callable[[Ready, int, int], int]
    box: Callable[[Ready, int, Ready, Ready, Ready, Ready], int]
    #: The box of a character with its font's height, into four floats (left, top, right, bottom).
    loose_box: Callable[[Ready, int, Ready], int]
    text_object: Callable[[Ready, int], int]
    char_index: Callable[[Ready, int], int]
    #: Fill colour of an object into four whole numbers of four bytes.
    fill_colour: Callable[[Ready, Ready, Ready, Ready, Ready], int]
    count_objects: Callable[[Ready], int]
    object: Callable[[Ready, int], int]
    #: Bounds of an object into four floats: left, bottom, right, top.
    bounds: Callable[[Ready, Ready, Ready, Ready, Ready], int]
    draw_mode: Callable[[Ready, Ready, Ready], int]
    #: From here on addresses as whole numbers.
    index_at: Callable[[int, float, float, float, float], int]
    font: Callable[[int], int]
    #: Name of a character's font: (text page, character, buffer, its size, flags).
    font_name: Callable[[int, int, int, int, int], int]
    render_mode: Callable[[int], int]
    marks: Callable[[int], int]
    kind: Callable[[int], int]
    segments: Callable[[int], int]
    segment: Callable[[int, int], int]
    point: Callable[[int, int, int], int]
    #: Outlines that cut an object: (object), how many, (outlines, number) how many points, (outlines, number, point).
    clip: Callable[[int], int]
    clip_paths: Callable[[int], int]
    clip_segments: Callable[[int, int], int]
    clip_segment: Callable[[int, int, int], int]


@cache
def calls() -> Calls:
    """The functions, looked up once a process."""
    import pypdfium2.raw as raw

    whole, real, place = ctypes.c_int, ctypes.c_double, ctypes.c_size_t

    def of(function: object, result: type, *arguments: type) -> Callable[..., int]:
        """With arguments of these types; without any, of pointers made ready and of whole numbers."""
        made: Callable[..., int] = ctypes.PYFUNCTYPE(result, *arguments)(address(function))
        return made

    return Calls(
        count_boxes=of(raw.FPDFText_CountRects, whole),
        box=of(raw.FPDFText_GetRect, whole),
        loose_box=of(raw.FPDFText_GetLooseCharBox, whole),
        text_object=of(raw.FPDFText_GetTextObject, place),
        char_index=of(raw.FPDFText_GetCharIndexFromTextIndex, whole),
        fill_colour=of(raw.FPDFPageObj_GetFillColor, whole),
        count_objects=of(raw.FPDFPage_CountObjects, whole),
        object=of(raw.FPDFPage_GetObject, place),
        bounds=of(raw.FPDFPageObj_GetBounds, whole),
        draw_mode=of(raw.FPDFPath_GetDrawMode, whole),
        index_at=of(raw.FPDFText_GetCharIndexAtPos, whole, place, real, real, real, real),
        font=of(raw.FPDFTextObj_GetFont, place, place),
        font_name=of(raw.FPDFText_GetFontInfo, ctypes.c_ulong, place, whole, place, ctypes.c_ulong, place),
        render_mode=of(raw.FPDFTextObj_GetTextRenderMode, whole, place),
        marks=of(raw.FPDFPageObj_CountMarks, whole, place),
        kind=of(raw.FPDFPageObj_GetType, whole, place),
        segments=of(raw.FPDFPath_CountSegments, whole, place),
        segment=of(raw.FPDFPath_GetPathSegment, place, place, whole),
        point=of(raw.FPDFPathSegment_GetPoint, whole, place, place, place),
        clip=of(raw.FPDFPageObj_GetClipPath, place, place),
        clip_paths=of(raw.FPDFClipPath_CountPaths, whole, place),
        clip_segments=of(raw.FPDFClipPath_CountPathSegments, whole, place, whole),
        clip_segment=of(raw.FPDFClipPath_GetPathSegment, place, place, whole, whole),
    )


def address(handle: object) -> int:
    """The address that one of pypdfium2's pointers holds."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


class Buffers:
    """Where pdfium writes its answers, and pointers to it: made once a process, since pdfium serves one thread at a time."""

    #: Boxes of text that are asked for in one go.
    SLOTS = 256

    def __init__(self) -> None:
        self.sides = (ctypes.c_double * (4 * self.SLOTS))()
        places = ready(ctypes.addressof(self.sides), *range(0, 32 * self.SLOTS, 8))
        #: Arguments of `box` after the text page and the number: left, top, right, bottom.
        self.slots = tuple((places[n], places[n + 1], places[n + 2], places[n + 3]) for n in range(0, 4 * self.SLOTS, 4))
        self.four = (ctypes.c_float * 4)()
        self.four_at = ready(ctypes.addressof(self.four), 0, 4, 8, 12)
        self.mode = (ctypes.c_int * 2)()
        self.mode_at = ready(ctypes.addressof(self.mode), 0, 4)
        self.colour = ctypes.create_string_buffer(16)
        self.colour_at = ready(ctypes.addressof(self.colour), 0, 4, 8, 12)


@cache
def buffers() -> Buffers:
    """The one set of buffers of this process."""
    return Buffers()


def ready(place: int, *steps: int) -> tuple[Ready, ...]:
    """Pointers to an address and, with `steps` in bytes, to the places so far behind it. They keep nothing alive."""
    return tuple(ctypes.byref(ctypes.c_char.from_address(place + step)) for step in steps or (0,))
