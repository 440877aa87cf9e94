"""Calls into pdfium that take plain numbers: addresses in, addresses and flags out.

pypdfium2's own functions turn every argument into a typed pointer, which costs more than the work itself where a page has
thousands of lines. These are the same functions of the same library with addresses as whole numbers. Whoever calls them
keeps the page open and the buffer alive; a wrong address ends the process, so nothing else may use them.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

#: Values out of a buffer; going through a ctypes array takes seven times as long.
doubles, floats = struct.Struct("4d").unpack, struct.Struct("4f").unpack
wholes, pair = struct.Struct("4I").unpack, struct.Struct("2f").unpack


@dataclass(frozen=True, slots=True)
class Calls:
    """Functions by what they give. Pointers to results are addresses in a buffer of the caller's; 0 is none."""

    #: Boxes of (text page, first character, characters): how many, then box n into four doubles (left, top, right, bottom).
    count_boxes: Callable[[int, int, int], int]
    box: Callable[[int, int, int, int, int, int], int]
    #: The box of a character with its font's height, into four floats (left, top, right, bottom).
    loose_box: Callable[[int, int, int], int]
    text_object: Callable[[int, int], int]
    index_at: Callable[[int, float, float, float, float], int]
    char_index: Callable[[int, int], int]
    font: Callable[[int], int]
    #: Name of a character's font: (text page, character, buffer, its size, flags).
    font_name: Callable[[int, int, int, int, int], int]
    render_mode: Callable[[int], int]
    #: Fill colour into four whole numbers of four bytes.
    fill_colour: Callable[[int, int, int, int, int], int]
    marks: Callable[[int], int]
    count_objects: Callable[[int], int]
    object: Callable[[int, int], int]
    kind: Callable[[int], int]
    #: Bounds into four floats: left, bottom, right, top.
    bounds: Callable[[int, int, int, int, int], int]
    draw_mode: Callable[[int, int, int], int]
    segments: Callable[[int], int]
    segment: Callable[[int, int], int]
    point: Callable[[int, int, int], int]


@cache
def calls() -> Calls:
    """The functions, looked up once a process."""
    import pypdfium2.raw as raw

    whole, real, place = ctypes.c_int, ctypes.c_double, ctypes.c_size_t

    def of(function: object, result: type, *arguments: type) -> Callable[..., int]:
        made: Callable[..., int] = ctypes.PYFUNCTYPE(result, *arguments)(address(function))
        return made

    return Calls(
        count_boxes=of(raw.FPDFText_CountRects, whole, place, whole, whole),
        box=of(raw.FPDFText_GetRect, whole, place, whole, place, place, place, place),
        loose_box=of(raw.FPDFText_GetLooseCharBox, whole, place, whole, place),
        text_object=of(raw.FPDFText_GetTextObject, place, place, whole),
        index_at=of(raw.FPDFText_GetCharIndexAtPos, whole, place, real, real, real, real),
        char_index=of(raw.FPDFText_GetCharIndexFromTextIndex, whole, place, whole),
        font=of(raw.FPDFTextObj_GetFont, place, place),
        font_name=of(raw.FPDFText_GetFontInfo, ctypes.c_ulong, place, whole, place, ctypes.c_ulong, place),
        render_mode=of(raw.FPDFTextObj_GetTextRenderMode, whole, place),
        fill_colour=of(raw.FPDFPageObj_GetFillColor, whole, place, place, place, place, place),
        marks=of(raw.FPDFPageObj_CountMarks, whole, place),
        count_objects=of(raw.FPDFPage_CountObjects, whole, place),
        object=of(raw.FPDFPage_GetObject, place, place, whole),
        kind=of(raw.FPDFPageObj_GetType, whole, place),
        bounds=of(raw.FPDFPageObj_GetBounds, whole, place, place, place, place, place),
        draw_mode=of(raw.FPDFPath_GetDrawMode, whole, place, place, place),
        segments=of(raw.FPDFPath_CountSegments, whole, place),
        segment=of(raw.FPDFPath_GetPathSegment, place, place, whole),
        point=of(raw.FPDFPathSegment_GetPoint, whole, place, place, place),
    )


def address(handle: object) -> int:
    """The address that one of pypdfium2's pointers holds."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
