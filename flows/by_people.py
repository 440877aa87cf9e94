"""What people at a desk did to a pack, as the pack tells it: sentences written, pieces left out, topics moved, release.

`deckprism verify` makes a pack again from its source. What people wrote is in no source: it is taken from the pack, put
where it stands, and said plainly, so that all the rest is judged byte for byte. Nothing here says that it was a person
indeed: only the history of the desk knows that.
"""

from __future__ import annotations

import hashlib
import json

from content.draft import Origin
from content.errors import UnreadableFile
from content.pack import GateResult, Status
from flows.editing import TAKEN_OUT, WHATEVER
from flows.local_results import ABOUT, hash_of
from flows.revision import EditedSegment, Revision
from gates.package import to_json
from gates.reading import RELEASE_FILE, PackOnDisk

#: Figure of `by_people`: sentences that no source can vouch for.
WRITTEN = "sentences_by_people"
_SAID = ("release", "audience", "at", "content_hash", "signature")


def revision_in(pack: PackOnDisk) -> Revision:
    """Sentences that people wrote and pieces that they left out, to be put into the pack that is made again."""
    edits = [EditedSegment(id=0, piece=draft.name, segment=number, before=WHATEVER, text=segment.text)
             for draft in pack.drafts for number, segment in enumerate(draft.segments) if segment.origin is Origin.EDITOR]
    left_out = tuple(sorted(name for name, why in pack.refused.items() if why == TAKEN_OUT))
    return Revision(edits=tuple(each.model_copy(update={"id": n}) for n, each in enumerate(edits)), left_out=left_out)


def by_people(pack: PackOnDisk, moved: bool = False) -> GateResult | None:
    """Which files hold what people wrote, and what else they changed; None where they changed nothing.

    It passes: whoever edited a sentence answers for it. `moved` says that topics begin where people put them.
    """
    counts = {draft.path: sum(each.origin is Origin.EDITOR for each in draft.segments) for draft in pack.drafts}
    said = [f"{path} holds {count} {'sentence' if count == 1 else 'sentences'} written by people, not from the source"
            for path, count in sorted(counts.items()) if count]
    said += [f"{name} was left out by people" for name in revision_in(pack).left_out]
    said += ["topics begin where people put them"] if moved else []
    if not said:
        return None
    return GateResult(gate="by people", passed=True, reasons=tuple(said), figures={WRITTEN: float(sum(counts.values()))})


def released(pack: PackOnDisk) -> GateResult | None:
    """Whether what a pack says of its release is true of its files; None for a pack that says nothing of one.

    The signature needs the desk's key, so it is not judged here.
    """
    if not pack.release and not pack.has(RELEASE_FILE):
        return None
    try:
        said = json.loads(pack.data(RELEASE_FILE).decode())
        files = {str(path): str(digest) for path, digest in said["files"].items()}
        same = {name: str(said[name]) for name in _SAID} == {name: str(pack.release.get(name, "")) for name in _SAID}
    except (ValueError, KeyError, TypeError, AttributeError, UnreadableFile):
        return GateResult(gate="release", passed=False, reasons=(f"{RELEASE_FILE} is not the account of a release",))
    present = {each.path: hashlib.sha256(each.data).hexdigest() for each in pack.artefacts
               if each.path not in {*ABOUT, RELEASE_FILE}}
    reasons = []
    if not same or pack.status != Status.RELEASED.value:
        reasons.append(f"{RELEASE_FILE} and pack.json tell of different releases")
    if files != present:
        reasons.append(f"{RELEASE_FILE} does not list these files")
    if pack.release.get("content_hash") != hash_of(present):
        reasons.append("the content hash is not that of these files")
    told = f"let out as {pack.release.get('release', '')}; whether the desk signed that, the desk alone can say"
    return GateResult(gate="release", passed=not reasons, reasons=tuple(reasons) or (told,),
                      figures={"files": float(len(present))})


def account_as_built(pack: PackOnDisk, status: str) -> bytes:
    """pack.json as it was before the release: without it, with the status of the pack made again."""
    data = pack.data("pack.json")
    body: dict[str, object] = json.loads(data) if pack.release else {}
    if not body or to_json(body) != data:  # not released, or not as a desk writes it: judged as it is
        return data
    return to_json({**{key: value for key, value in body.items() if key != "release"}, "status": status})
