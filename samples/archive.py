"""Rewrites Office files so that the same input always gives the same bytes.

Zip members get one fixed date and a fixed order, XlsxWriter's creation time is overwritten. It must not change any text.
"""

from __future__ import annotations

import io
import re
import zipfile

#: Date of every zip member: the earliest that the format can say.
EPOCH = (1980, 1, 1, 0, 0, 0)
#: Date that stands in the properties of every sample.
STAMP = "2025-11-06T09:30:00Z"
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def normalise(data: bytes, extra: dict[str, bytes] | None = None) -> bytes:
    """Return the same zip file with fixed dates and order, embedded workbooks included.

    `extra` replaces or adds members by name. Raises zipfile.BadZipFile when `data` is no zip file.
    """
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
    members.update(extra or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(members, key=lambda item: (item != "[Content_Types].xml", item)):
            body = members[name]
            if name.endswith(".xlsx"):
                body = normalise(body)
            if name == "docProps/core.xml":
                body = _DATES.sub(rb"\g<1>" + STAMP.encode() + rb"\g<2>", body)
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 0
            archive.writestr(info, body)
    return out.getvalue()
