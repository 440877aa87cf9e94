"""Whether the quotation marks of a text come in pairs. Half a quotation is nobody's: no piece may hold one.

Single marks are not counted: they are apostrophes too.
"""

from __future__ import annotations

import re

#: A mark behind a figure measures inches, and one inside a Hebrew word says that it is an abbreviation.
_NO_MARK = re.compile(r"(?<=\d)\"|(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea])")


def balanced(text: str) -> bool:
    """Whether every double quotation mark of a text has its other half in it."""
    depth = low = 0
    for char in text:
        if char in "„«":
            depth, low = depth + 1, low + (char == "„")
        elif char == "“" and low:
            depth, low = depth - 1, low - 1
        elif char == "“":
            depth += 1
        elif char in "”»":
            depth, low = depth - 1, max(0, low - (char == "”"))
            if depth < 0:
                return False
    return depth == 0 and _NO_MARK.sub("", text).count('"') % 2 == 0
