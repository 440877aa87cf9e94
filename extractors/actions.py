"""What a slide does: tips and targets of links, actions that would run something, sounds, controls, animated text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content.document import Part
from extractors.building import UnitDraft
from extractors.xml import A, P

if TYPE_CHECKING:
    from lxml import etree

#: Values that animations set by nature.
_STATES = ("#", "style.", "visible", "hidden", "solid", "none", "true", "false", "normal", "bold", "italic",
    "underline", "auto")
_LINKS = (A + "hlinkClick", A + "hlinkMouseOver", A + "hlinkHover")


def read_actions(root: etree._Element, unit: UnitDraft) -> None:
    """Add them for scanning; nothing is followed and nothing is run."""
    for link in root.iter(*_LINKS, P + "snd", A + "snd", P + "control", P + "strVal"):
        tag = link.tag
        if tag in _LINKS:
            unit.add_once(Part.LINK, link.get("tooltip", ""), where="tip of a link")
            action = link.get("action", "")
            if action and not action.startswith(("ppaction://hlinksldjump", "ppaction://hlinkshowjump", "ppaction://media",
                                                 "ppaction://noaction", "ppaction://hlinkpres")):
                unit.add_once(Part.LINK, action, where="action")
        elif tag == P + "control":
            unit.add_once(Part.OTHER, link.get("name", ""), where="name of a control")
        elif tag == P + "strVal":
            value = link.get("val", "")
            if any(char.isalpha() for char in value) and "ppt_" not in value and not value.startswith(_STATES):
                unit.add_once(Part.OTHER, value, where="text of an animation")
        else:
            unit.add_once(Part.OTHER, link.get("name", ""), where="name of a sound")
