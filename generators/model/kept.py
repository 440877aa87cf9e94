"""Answers kept on disk, so that the same question is paid for once and the same file gives the same pack again.

An answer's name is a SHA-256 over everything that shapes it. Answers hold text of a document: each document has a folder
of its own, readable for its owner only, which goes when the document is purged and when nobody asked for a while.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generators.model.budget import Tokens
from generators.model.client import Answer

_DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept answers of one document. `folder` lies in the data folder."""

    folder: Path

    def get(self, key: str) -> Answer | None:
        """The answer to a question, None when there is none or it cannot be read."""
        file = self.folder / f"{key}.json"
        try:
            raw = json.loads(file.read_text(encoding="utf-8"))
            answer = Answer(str(raw["text"]), Tokens(int(raw["in"]), int(raw["out"]), bool(raw["counted"])), bool(raw["cut"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        with suppress(OSError):
            os.utime(file)
            os.utime(self.folder)
        return answer

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer. Where that cannot be done it is asked for again another time."""
        raw = {"text": answer.text, "in": answer.tokens.prompt, "out": answer.tokens.completion,
               "counted": answer.tokens.counted, "cut": answer.cut}
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder)  # 0600
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as stream:
                    json.dump(raw, stream, ensure_ascii=True)
                Path(name).replace(self.folder / f"{key}.json")
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise


def key_of(url: str, body: Mapping[str, object], schema: Mapping[str, object], version: int) -> str:
    """The name of an answer: service, model, messages, parameters, schema and version of the instructions."""
    said = json.dumps([version, url, body, schema], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()


def sweep(home: Path, days: int) -> None:
    """Take away the folders of documents that nobody asked about for so many days."""
    before = time.time() - days * _DAY
    with suppress(OSError):
        for folder in home.iterdir():
            with suppress(OSError):
                if folder.is_dir() and not folder.is_symlink() and folder.stat().st_mtime < before:
                    shutil.rmtree(folder, ignore_errors=True)
