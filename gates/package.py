"""Puts a pack together: pack.json, findings.json and the folder that appears by one rename.

Nothing is half-written: files go to a hidden folder beside the target, which takes the pack's name only when every byte
is there. A pack of the same source is replaced; anything else in its place is refused.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from content.cleared import ClearedDocument
from content.decision import Decision
from content.draft import Artefact
from content.errors import BadOutput
from content.pack import Pack
from content.version import PACK_SCHEMA, VERSION
from gates.preview import FindingPreview
from gates.wording import wording

#: The folders that a run makes beside a pack, and the seconds after which nobody can be at work in one.
_LEFT = re.compile(r"\.(?:making|old)-\w{8}")
_YOUNG = 3600


def to_json(value: object) -> bytes:
    """Canonical bytes: sorted keys, UTF-8, two blanks of indent, a line break at the end."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def findings_artefact(findings: tuple[FindingPreview, ...]) -> Artefact:
    """findings.json: masked previews only."""
    rows = [item.model_dump(mode="json") for item in findings]
    return Artefact(path="findings.json", data=to_json({"findings": rows}), media_type="application/json")


def pack_artefact(pack: Pack, cleared: ClearedDocument, decisions: Iterable[Decision],
                  findings: tuple[FindingPreview, ...]) -> Artefact:
    """pack.json: hashes, status, decisions, topics, drafts with the sources of every sentence, gates, coverage."""
    counts: dict[str, int] = {}
    for item in findings:
        counts[item.category.value] = counts.get(item.category.value, 0) + 1
    body: dict[str, object] = {
        "schema": PACK_SCHEMA,
        "versions": {"deckprism": VERSION},
        "slug": pack.slug,
        "title": cleared.title,
        "status": pack.status.value,
        "held_because": list(pack.held_because),
        "language": cleared.language,
        "source": cleared.source.model_dump(mode="json"),
        "clearing": cleared.clearing,
        "open_findings": cleared.open_findings,
        "doubts": [{"group": each.group, "text": each.text} for each in cleared.doubts],
        "findings": dict(sorted(counts.items())),
        "decisions": [
            {"group": each.group, "finding": each.finding, "action": each.action.value, "by": each.by, "at": each.at}
            for each in decisions],
        "topics": [topic.model_dump(mode="json") for topic in pack.topics],
        "artefacts": [
            {"path": each.path, "media_type": each.media_type, "bytes": len(each.data),
             "sha256": hashlib.sha256(each.data).hexdigest()}
            for each in sorted(pack.artefacts, key=lambda item: item.path)],
        "drafts": [draft.model_dump(mode="json", exclude_defaults=True) for draft in pack.drafts],
        "gates": [gate.model_dump(mode="json") for gate in pack.gates],
        "coverage": {**pack.coverage.model_dump(mode="json"), "share": round(pack.coverage.share, 4)},
        "starters": [
            {"path": each.path, "title": each.title.text, "topic": each.topic,
             "why": wording("en").name("why", each.why or "thin")}
            for each in pack.drafts if each.kind == "outline"],
        "refused": pack.refused,
    }
    if pack.model is not None:
        body["model"] = pack.model.model_dump(mode="json", exclude={"sent", "kept"})
    return Artefact(path="pack.json", data=to_json(body), media_type="application/json")


def check_folder(out: Path) -> None:
    """Make the output folder. Raises BadOutput when that cannot be done or it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise BadOutput(str(out), f"cannot be made into an output folder ({_reason(error)})",
                        "Choose another folder with -o") from None
    if not os.access(out, os.W_OK | os.X_OK):
        raise BadOutput(str(out), "cannot be written", "Change its permissions or choose another folder with -o")


def check_target(out: Path, slug: str, sha256: str) -> Path:
    """The folder that the pack will get. Raises BadOutput when it cannot be written or holds something else."""
    check_folder(out)
    target = out / slug
    if target.is_symlink() or (target.exists() and not _is_pack_of(target, sha256)):
        raise BadOutput(str(target), "is in the way and is not a pack of this source", "Move it or choose another -o")
    return target


def write_pack(out: Path, slug: str, sha256: str, artefacts: Iterable[Artefact]) -> Path:
    """Write all files and let the folder appear by rename; returns it. Raises BadOutput, leaving nothing behind."""
    target = check_target(out, slug, sha256)
    sweep(out)
    try:
        made = Path(tempfile.mkdtemp(prefix=".making-", dir=out))
    except OSError as error:
        raise BadOutput(str(out), f"cannot be written ({_reason(error)})", "Choose another folder with -o") from None
    try:
        for each in artefacts:
            file = made / each.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(each.data)
        made.chmod(0o755)
        with _alone(out):
            check_target(out, slug, sha256)
            _swap(made, target, out)
    except OSError as error:
        raise BadOutput(str(target), f"could not be written ({_reason(error)})",
                        "Free some space or choose another folder with -o") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target


def _swap(made: Path, target: Path, out: Path) -> None:
    if not target.exists():
        made.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=out))
    aside = old / target.name  # under its own name: a run that is killed here leaves enough to put it back
    try:
        target.rename(aside)
        try:
            made.rename(target)
        except OSError:
            aside.rename(target)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """One process at a time changes names in the folder, where the system can lock one."""
    handle = os.open(out, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def sweep(out: Path, young: float = _YOUNG) -> None:
    """Take away what killed runs left, and put back a pack that one had moved aside.

    What is younger than `young` seconds may be in use and is left alone.
    """
    with contextlib.suppress(OSError), _alone(out):
        for folder in sorted(out.iterdir()):
            if not _LEFT.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
                continue
            if time.time() - folder.stat().st_mtime < young:
                continue
            for aside in sorted(folder.iterdir()) if folder.name.startswith(".old-") else ():
                if (aside / "pack.json").is_file() and not (out / aside.name).exists():
                    aside.rename(out / aside.name)
            shutil.rmtree(folder, ignore_errors=True)


def _is_pack_of(folder: Path, sha256: str) -> bool:
    try:
        described = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
        return bool(described["source"]["sha256"] == sha256)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
