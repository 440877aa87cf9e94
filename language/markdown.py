"""Text as it reads once Markdown is drawn: the backslashes that the templates set before its marks are gone."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\([\\`*_\[\]<>|#.)+-])")


def unescaped(text: str) -> str:
    """The text without the backslashes of its escapes; one that stands before nothing that is escaped stays."""
    return _ESCAPE.sub(r"\1", text)
