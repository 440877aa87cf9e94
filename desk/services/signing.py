"""The signature of a release: an HMAC with the store's key over what was released, as what, and for whom.

Only this store can make or check one. It says that the bytes are those that were approved; it hides nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

from flows.local_results import ABOUT
from flows.local_results import hash_of as hash_of

_DOMAIN = "deckprism release 1"


def signature(key: bytes, release: str, audience: str, content_hash: str) -> str:
    """HMAC-SHA-256 in hex over the release's id, its audience and its content."""
    said = json.dumps([_DOMAIN, release, audience, content_hash], separators=(",", ":"))
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def verify_signature(key: bytes, release: str, audience: str, content_hash: str, given: str) -> bool:
    """Whether a signature is ours and of exactly this."""
    return hmac.compare_digest(signature(key, release, audience, content_hash).encode(), given.encode())


def signed_files(pack: Path) -> dict[str, str]:
    """Path and SHA-256 of every file that a content hash covers, sorted by path. Raises OSError."""
    found: dict[str, str] = {}
    for name in sorted(file.relative_to(pack).as_posix() for file in pack.rglob("*") if file.is_file()):
        if name not in ABOUT:
            with (pack / name).open("rb") as stream:
                found[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def verify_folder(key: bytes, folder: Path) -> str:
    """What is wrong with a published folder, for people; '' when every byte in it is that of its release."""
    try:
        said = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        files = {str(name): str(digest) for name, digest in said["files"].items()}
        given = (str(said["release"]), str(said["audience"]), str(said["content_hash"]), str(said["signature"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "release.json is not there or cannot be read"
    if not verify_signature(key, *given):
        return "the signature is not of this desk"
    if hash_of(files) != given[2]:
        return "the list of files is not the one that was signed"
    for name, digest in signed_files(folder).items():
        if name != "release.json" and files.get(name) != digest:
            return f"{name} is not as it was released"
    return ""
