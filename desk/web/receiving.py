"""Reads a form with files: each file goes piece by piece into the file store's waiting room, never into memory.

A file that grows past its limit is refused while it comes in, and the rest of it is read into nowhere, so that the
other files of the form are taken. Whoever asks is known before the first byte of a file is.
"""

from __future__ import annotations

import hmac
import io
from dataclasses import dataclass, field

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from content.errors import InputError
from desk.rights import Act, Actor, require
from desk.services.office import Office
from desk.services.uploads import MOST_FILES, TOO_MANY, Upload
from desk.web.session import Visit, WrongForm, office_of, visit

#: Fields of a form, bytes of one field, and parts with a file name that are read at all.
_FIELDS, _FIELD, _PARTS = 60, 64 * 1024, 400


@dataclass(frozen=True, slots=True)
class Received:
    """Who sent a form, its fields by name, and its files."""

    actor: Actor
    fields: dict[str, list[str]] = field(default_factory=dict)
    uploads: tuple[Upload, ...] = ()

    def first(self, name: str) -> str:
        """A field's first value, or ''."""
        return next(iter(self.fields.get(name, [])), "")


class _Arriving(UploadFile):
    """What the parser takes for a file."""

    def __init__(self, upload: Upload) -> None:
        super().__init__(io.BytesIO(), filename=upload.name)
        self.upload = upload

    async def write(self, data: bytes) -> None:
        await run_in_threadpool(self.upload.write, data)

    async def seek(self, offset: int) -> None:
        """Nothing to do: nobody reads it here."""


class _Parser(MultiPartParser):
    """The parser of the framework, with our files in the place of its own."""

    office: Office
    uploads: list[Upload]

    def on_headers_finished(self) -> None:
        """A part begins: one with a file name goes to the store."""
        super().on_headers_finished()
        found = self._current_part.file
        if found is None:
            return
        self._files_to_close_on_error.pop().close()  # ours takes the place of the framework's
        upload = Upload(self.office, found.filename or "")
        if len(self.uploads) >= MOST_FILES:
            upload.refuse(TOO_MANY)
        if found.filename:  # a browser sends a part without a name where nothing was chosen
            self.uploads.append(upload)
        else:
            upload.drop()
        self._current_part.file = _Arriving(upload)


async def receiving(request: Request) -> Received:
    """The form of a request that hands in files.

    Raises SignInNeeded, Forbidden, WrongForm, and InputError when the form is not one.
    """
    found = await run_in_threadpool(visit, request)
    require(found.actor, Act.SUBMIT)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise InputError("the form", "is not multipart/form-data", "Send the files as a form")
    parser = _Parser(request.headers, request.stream(), max_files=_PARTS, max_fields=_FIELDS, max_part_size=_FIELD)
    parser.office, parser.uploads = office_of(request), []
    try:
        items = (await parser.parse()).multi_items()
        fields: dict[str, list[str]] = {}
        for name, value in items:
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
        _check_form(request, found, fields)
    except MultiPartException as error:
        _drop(parser)
        raise InputError("the form", f"cannot be read ({error.message.rstrip('.').lower()})", "Send it again") from None
    except (ValueError, LookupError):
        _drop(parser)
        raise InputError("the form", "cannot be read", "Send it again") from None
    except BaseException as error:  # the sender went away, or the form is refused: nothing of it is kept
        _drop(parser)
        if isinstance(error, HTTPException | InputError) or not isinstance(error, Exception):
            raise
        raise InputError("the upload", "was cut off", "Send it again") from None
    return Received(found.actor, fields, tuple(parser.uploads))


def _check_form(request: Request, found: Visit, fields: dict[str, list[str]]) -> None:
    if found.actor.scopes is not None:  # a token: no browser sends it by itself
        return
    sent = request.headers.get("x-csrf-token", "") or next(iter(fields.get("csrf", [])), "")
    if not found.csrf or not hmac.compare_digest(sent.encode(), found.csrf.encode()):
        raise WrongForm("the form", "is older than your sign-in",
                        "Reload the page and do it again; nothing was changed")


def _drop(parser: _Parser) -> None:
    for upload in parser.uploads:
        upload.drop()
