"""Every string of a PDF that no other reader knows, whichever object it stands in, and alternative texts of the structure.

Most objects hold numbers and references only. To unpack and parse all of them takes longer than reading the pages, so the
bytes of the file are searched first for objects that may hold words, and only those are asked for. Where the bytes are not
as plain as that (encrypted, a comment where none belongs, an end without a beginning) every object is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Object

from content.document import Part
from extractors.building import DocumentDraft, UnitDraft
from extractors.pdf_objects import DAMAGED, KEYED, data, each, entries, get, identity, readable, text
from extractors.pdf_rest import ALTERNATIVES, Seen

_MOST_OBJECTS = 300_000
#: Keys whose strings are for programs: names of destinations and styles, codes, keys, fonts, dates.
_FOR_PROGRAMS = frozenset({
    "/ID", "/IDS", "/Registry", "/Ordering", "/CharSet", "/Panose", "/Lang", "/DA", "/DS", "/Dest", "/Limits",
    "/Dests", "/Lookup", "/O", "/U", "/OE", "/UE", "/Perms", "/LastModified", "/M", "/CreationDate", "/ModDate",
    "/Cert", "/ByteRange", "/Contents", "/D", "/FontFamily", "/CheckSum", "/OutputCondition",
    "/OutputConditionIdentifier", "/RegistryName", "/S", "/K", "/Parent", "/P", "/Names", "/NS", "/DocumentID",
    "/OriginalDocumentID", "/InstanceID", "/ColorSpace", "/CS", "/Info", "/NonStruct", "/Class", "/HalftoneName",
    "/ClassMap", "/RoleMap", "/Style", "/GTS_PDFXVersion", "/PTEX.FullbannerX", "/MCID", "/IDTree", "/Encoding",
    "/Headers", "/Decode", "/BaseFont", "/FontName",
})
#: A string in an object as it is written: letters in round brackets, or UTF-16 in hexadecimals.
_STRING = re.compile(rb"\([^)]*[A-Za-z\x80-\xff\\]{2}|<(?:[fF][eE][fF][fF]|[0-9a-fA-F]{2,}>)")
#: The same in the bytes of the file, where letters may be escaped and hexadecimals spaced.
_RAW = re.compile(rb"\([^)]*(?:[A-Za-z\x80-\xff]{2}|\\)|<[\s\0]*[0-9a-fA-F][\s\0]*[0-9a-fA-F]")
#: A plain string, or an array of plain ones and numbers, under a key that is for programs: nothing in it is looked at later.
_PLAIN = rb"(?:\([^()\\\[\]]*\)|<[0-9a-fA-F\s\0]*>)"
_PASSED = re.compile(rb"/(?:" + "|".join(re.escape(key[1:]) for key in sorted(_FOR_PROGRAMS)).encode()
                     + rb")[\s\0]*(?:" + _PLAIN + rb"|\[(?:" + _PLAIN + rb"|[\d\s\0.R+-])*\])")
#: A name in the place of an alternative text, which some programs write.
_NAMED = re.compile(rb"/(?:Alt|ActualText|E)[\s\0]*/")
_NUMBERS = re.compile(rb"(?<!\d)(\d{1,10})[\s\0]+(\d{1,5})[\s\0]+$")
_STREAM = re.compile(rb">>[\s\0]*stream[\r\n]")
_DELIMITERS = frozenset(b"\0\t\n\f\r ()<>[]{}/%")


class _NotPlain(Exception):
    """The bytes of the file do not tell which objects hold words."""


def all_else(draft: DocumentDraft, pdf: pikepdf.Pdf, pages: list[Object], units: list[UnitDraft], seen: Seen) -> None:
    """Alternative texts of the structure, and every string that no reader before knew, wherever it stands."""
    numbers = {identity(page): unit for page, unit in zip(pages, units, strict=False)}
    known = {block.text for unit in (draft.whole, *units) for block in unit.blocks}
    try:
        objects = (pdf.get_object(own) for own in _candidates(draft.file.data, pdf) if own not in seen)
    except (_NotPlain, pikepdf.PdfError, *DAMAGED):
        objects = iter(pdf.objects)  # type: ignore[assignment]
    for count, item in enumerate(objects):
        if count >= _MOST_OBJECTS:
            draft.not_read("strings of the file", f"more than {_MOST_OBJECTS} objects; the rest was not read")
            break
        if not isinstance(item, Object) or item._type_code not in KEYED or identity(item) in seen:
            continue
        if _STRING.search(item.unparse(resolved=True)):
            unit = numbers.get(identity(get(item, "/Pg")), draft.whole)
            _strings(unit, item, known, f"object {identity(item)[0]}", 0)


def _candidates(content: bytes, pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Number and generation of all objects that may hold words, sorted; old ones of the same number count as the new.

    Raises _NotPlain where the bytes do not tell.
    """
    if pdf.is_encrypted:
        raise _NotPlain
    found: set[tuple[int, int]] = set()
    for own, start, end in _written(content):
        stream = _STREAM.search(content, start, end)
        if stream is not None:
            end = stream.end()
            head = content[start:end]
            if b"ObjStm" in head or b"/First" in head or b"#" in head:
                found.update(_packed(pdf.get_object(own)))
        if _says(content, start, end):
            found.add(own)
    return sorted(found)


def _says(content: bytes, start: int, end: int) -> bool:
    """Whether an object may hold words that are looked at: strings under keys for programs are passed over.

    A name inside an array is no key, whatever follows it; where an array is open every string counts.
    """
    at = start
    while (string := _RAW.search(content, at, end)) is not None:
        opened = string.start()
        # From the last key on: that is all that can tell what the string is for.
        key = content.rfind(b"/", at, opened)
        passed = _PASSED.match(content, key, end) if key >= 0 else None
        if passed is None or passed.end() <= opened or content.count(b"[", start, key) != content.count(b"]", start, key):
            return True
        at = passed.end()
    return at > start and _NAMED.search(content, start, end) is not None


def _written(content: bytes) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Number and generation, start and end of each object as it is written in the file."""
    own: tuple[int, int] | None = None
    start, at = 0, content.find(b"obj")
    while at >= 0:
        after = at + 3
        if after >= len(content) or content[after] in _DELIMITERS:
            ends = content[max(0, at - 3):at] == b"end"
            if own is not None:
                yield own, start, after
                own = None
            elif ends:
                raise _NotPlain
            if not ends:
                numbers = _NUMBERS.search(content, max(0, at - 40), at)
                if numbers is None:
                    raise _NotPlain
                own, start = (int(numbers[1]), int(numbers[2])), after
        at = content.find(b"obj", after)
    if own is not None:
        yield own, start, len(content)


def _packed(held: Object) -> Iterator[tuple[int, int]]:
    """The objects inside a stream of objects that may hold words."""
    if text(get(held, "/Type")) != "ObjStm" and get(held, "/First") is None:
        return
    content, first = data(held), int(str(get(held, "/First")))
    numbers = [int(number) for number in content[:first].split()]
    starts = [first + start for start in numbers[1::2]]
    if starts != sorted(starts):
        raise _NotPlain
    for own, start, end in zip(numbers[::2], starts, [*starts[1:], len(content)], strict=True):
        if _says(content, start, end):
            yield own, 0


def _strings(unit: UnitDraft, item: Object, known: set[str], where: str, depth: int) -> None:
    """The strings of one object and what is written inside it; other objects come by themselves."""
    for key, value in entries(item).items():
        if key in ALTERNATIVES:
            own = text(value)
            if len(own) > 1 and own not in known:
                unit.add_once(Part.ALT_TEXT, own, where=ALTERNATIVES[key])
        elif key not in _FOR_PROGRAMS:
            _string(unit, value, known, f"{where}, {key.lstrip('/')}", depth)


def _string(unit: UnitDraft, value: Object, known: set[str], where: str, depth: int) -> None:
    kind = value._type_code if isinstance(value, pikepdf.Object) else None
    if kind is pikepdf.ObjectType.string:
        own = str(value)
        if own not in known and readable(own) and not own.startswith("D:"):
            unit.add_once(Part.OTHER, own, where=where)
    elif depth < 6 and kind in (pikepdf.ObjectType.dictionary, pikepdf.ObjectType.array) and not value.is_indirect:
        if kind is pikepdf.ObjectType.dictionary:
            _strings(unit, value, known, where, depth + 1)
        elif len(value) < 5000:
            for part in each(value):
                _string(unit, part, known, where, depth + 1)
