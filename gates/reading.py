"""Reads a finished pack back from its folder, for `deckprism verify`: what is on disk, not what was meant.

Raises UnreadableFile when the folder is no pack.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter, ValidationError

from content.draft import Artefact, Draft
from content.errors import UnreadableFile
from content.pack import Coverage, GateResult
from gates.leak import GATE as LEAK
from language.fold import fold, folded, squash

#: What a desk puts beside a pack that it lets out.
RELEASE_FILE = "release.json"


@dataclass(frozen=True, slots=True)
class PackOnDisk:
    """A pack's folder: its files as they are now, and its own account of them."""

    folder: Path
    slug: str
    status: str
    sha256: str
    clearing: str
    drafts: tuple[Draft, ...]
    artefacts: tuple[Artefact, ...]
    hashes: dict[str, str]
    #: Which release of ours made it.
    version: str = ""
    topics: int = 0
    #: First units of the topics.
    begins: tuple[int, ...] = ()
    #: Names of drafts that are not in the pack, with the reason.
    refused: Mapping[str, str] = field(default_factory=dict)
    #: What a desk says of the release; empty for a pack that was not released.
    release: Mapping[str, str] = field(default_factory=dict)
    #: A model wrote sentences of it.
    by_model: bool = False
    #: What it says of used and unused units.
    coverage: Coverage = field(default_factory=Coverage)
    #: Folders without a file in them, and anything that is neither file nor folder.
    strays: tuple[str, ...] = ()
    #: What its leak gate says was not looked for, and why.
    not_measured: Mapping[str, str] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Whether a file is in the folder."""
        return any(each.path == path for each in self.artefacts)

    def data(self, path: str) -> bytes:
        """A file's bytes. Raises UnreadableFile when it is not in the folder."""
        found = next((each.data for each in self.artefacts if each.path == path), None)
        if found is None:
            raise UnreadableFile(path, "is not in the pack", "Make the pack again")
        return found


def read_pack(folder: Path) -> PackOnDisk:
    """Read a pack. Raises UnreadableFile when pack.json is missing or is not one."""
    file = folder / "pack.json"
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        drafts = TypeAdapter(tuple[Draft, ...]).validate_python(raw["drafts"], strict=False)
        used = TypeAdapter(Coverage).validate_python(
            {name: value for name, value in raw["coverage"].items() if name != "share"}, strict=False)
        hashes = {str(each["path"]): str(each["sha256"]) for each in raw["artefacts"]}
        files = tuple(
            Artefact(path=path.relative_to(folder).as_posix(), data=path.read_bytes(), media_type="")
            for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
        return PackOnDisk(folder, str(raw["slug"]), str(raw["status"]), str(raw["source"]["sha256"]),
                          str(raw["clearing"]), drafts, files, hashes, str(raw["versions"]["deckprism"]),
                          len(raw["topics"]), tuple(int(each["first"]) for each in raw["topics"]), _texts(raw["refused"]),
                          _texts(raw.get("release", {})),
                          "model" in raw, used, _strays(folder, files),
                          next((_texts(each["not_measured"]) for each in raw["gates"] if each["gate"] == LEAK.name), {}))
    except FileNotFoundError:
        raise UnreadableFile(str(folder), "is not a pack (it has no pack.json)",
                             "Name the folder that deckprism run made") from None
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        raise UnreadableFile(str(file), "is not the account of a pack", "Make the pack again") from None


def _texts(raw: object) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise TypeError
    return {str(key): str(value) for key, value in raw.items()}


def _strays(folder: Path, files: tuple[Artefact, ...]) -> tuple[str, ...]:
    known = {each.path for each in files}
    known |= {parent.as_posix() for each in files for parent in PurePosixPath(each.path).parents}
    return tuple(name for path in sorted(folder.rglob("*")) if (name := path.relative_to(folder).as_posix()) not in known)


def integrity(pack: PackOnDisk) -> GateResult:
    """Whether the files are those that were gated: hashes, no file more or less, and every draft in its file."""
    reasons: list[str] = []
    present = {each.path: each.data for each in pack.artefacts if each.path != "pack.json"}
    for path, digest in sorted(pack.hashes.items()):
        if path not in present:
            reasons.append(f"{path} is missing")
        elif hashlib.sha256(present[path]).hexdigest() != digest:
            reasons.append(f"{path} was changed after the gates had read it")
    reasons += [f"{path} is in the folder but not in pack.json" for path in sorted(set(present) - set(pack.hashes))
                if not (pack.release and path == RELEASE_FILE)]  # a desk's own account, judged with the release
    reasons += [f"{path} is no file of a pack" for path in pack.strays]
    for draft in pack.drafts:
        data = present.get(draft.path, b"")
        if not _holds(data, draft):
            reasons.append(f"{draft.path} does not hold the text that was gated as {draft.name}")
    return GateResult(gate="integrity", passed=not reasons, reasons=tuple(reasons),
                      figures={"files": float(len(present)), "drafts": float(len(pack.drafts))})


def _holds(data: bytes, draft: Draft) -> bool:
    if draft.path.endswith(".pdf"):
        # A page breaks lines where it likes: the letters must be there, in order, for each segment.
        words = squash(fold(_pdf_text(data))).text
        return all(squash(fold(segment.text)).text in words for segment in draft.segments if segment.sources)
    if draft.path.endswith(".png"):
        # A picture carries its words as text beside the pixels, in the encoding that its format takes for them.
        return any(draft.text.strip() in each for each in _picture_texts(data))
    text = data.decode("utf-8", "replace")
    if draft.path.endswith(".json"):
        try:
            return folded(draft.text) in folded(" ".join(_strings(json.loads(text))))
        except ValueError:
            return False
    return draft.text.strip() in text


def _picture_texts(data: bytes) -> list[str]:
    """What stands beside the pixels of a PNG, [] when it is none."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            return [str(value) for value in picture.info.values() if isinstance(value, str)]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return []


def _pdf_text(data: bytes) -> str:
    """The text layer of all pages, '' when the file cannot be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ""
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [each for item in value for each in _strings(item)]
    if isinstance(value, dict):
        return [each for item in value.values() for each in _strings(item)]
    return []
