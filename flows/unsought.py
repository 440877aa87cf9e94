"""What the search for names went without: no customer list, no name model for a language of the text.

A pack says it where people look first (the end of the run, the head of report.html) and where machines do (pack.json,
under the leak gate's `not_measured`): what nobody looked for is not masked. Nothing here looks at a text.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.finding import Finding

#: The names of what was not looked for, as pack.json has them.
CUSTOMERS, NAMES = "customers", "names"
_RULE, _MODEL = "unread.names", "names in "


def unsought(findings: Sequence[Finding], listed: bool) -> dict[str, str]:
    """What was not looked for, or by lists and cues alone -> why. Empty when everything was to hand, a list of customers
    (`listed`) too.
    """
    found: dict[str, str] = {}
    if not listed:
        found[CUSTOMERS] = "no customer list was given"
    label = next((each.label for each in findings if each.rule == _RULE), "")
    if label.startswith(_MODEL):
        found[NAMES] = f"no model for names is installed for {label.removeprefix(_MODEL)}"
    elif label:
        found[NAMES] = "the text is too long for the model"
    return found
