"""What was never meant to be read: the prompts that a layout shows until somebody types, and sections without text.

Our own wording may hold none of these anywhere. A sentence of the author that is such a prompt from its first word to
its last refuses the draft too: nobody meant to say it. One that only speaks of a prompt ("the slide still said Click to
add title") is a sentence like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.draft import Draft, Origin
from language.words import tokens

#: The prompts of PowerPoint, Keynote and Google Slides in the languages that we write, and what writers leave behind.
_PROMPT = (
    r"lorem ipsum[^.]*",
    r"(?:double[- ])?(?:click|tap) (?:here )?to (?:add|edit|insert|enter|type)(?: \w+){0,5}",
    r"(?:edit|insert|enter|type|add|put) (?:your |the |a |some |here ?)*(?:master |presentation |sub)?"
    r"(?:title|subtitle|text|name|details|content|heading|logo)(?: styles?)?(?: here| above| below)?",
    r"your (?:title|subtitle|text|name|logo|company)(?: name)?(?: goes)? here",
    r"(?:first|second|third|fourth|fifth) level",
    r"klik (?:hier )?om (?:een |de |het )?(?:\w+ ){0,4}(?:toe te voegen|te bewerken|in te voeren|bewerken)(?: \w+){0,4}",
    r"(?:vul|voer|typ|voeg|zet) (?:hier )?(?:je |uw |de |een )?(?:titel|ondertitel|tekst|naam|logo)(?: hier)?"
    r"(?: (?:in|toe|neer))?",
    r"(?:eerste|tweede|derde|vierde|vijfde) niveau",
    r"(?:todo|tbd|fixme|xxx|nog (?:in te vullen|invullen))(?:\s*:.{0,80})?",
)
_ANYWHERE = re.compile("|".join((
    r"\blorem ipsum\b", r"\b(?:click|tap) to (?:add|edit)\b", r"\bklik om\b.{0,30}\b(?:toe te voegen|te bewerken)\b",
    r"\b(?:TODO|TBD|FIXME)\b", r"\[(?:insert|your|name|titel|naam|tekst)\b[^\]\n]{0,40}\]",
    r"<(?:presentation|your) [^>\n]{1,40}>")))
_WHOLE = re.compile(rf"[\W_]*(?:{'|'.join(_PROMPT)})[\W_]*", re.IGNORECASE)
_HEADING = re.compile(r"^(#{2,6})[ \t]+\S.*$", re.MULTILINE)


def placeholders(draft: Draft) -> list[str]:
    """The prompts that a draft holds, as reasons that say where and repeat nothing."""
    out = []
    for place, segment in enumerate((draft.title, *draft.segments)):
        if segment.origin is Origin.SOURCE:
            if _WHOLE.fullmatch(segment.text) and tokens(segment.text):
                out.append(f"sentence {place} is the prompt of a layout that nobody filled in")
        elif _ANYWHERE.search(segment.text) or _ANYWHERE.search(segment.text.lower()):
            out.append(f"sentence {place} holds a placeholder that was not filled in")
    return out


def emptied(draft: Draft) -> list[str]:
    """The headings of a draft under which nothing stands."""
    return [f"has a section without text (heading {number})" for number in _bare(draft.text)] if draft.kind == "blog" else []


def _bare(text: str) -> Iterator[int]:
    found = list(_HEADING.finditer(text))
    for number, heading in enumerate(found, start=1):
        following = found[number] if number < len(found) else None
        under = text[heading.end():following.start() if following else len(text)]
        deeper = following is not None and len(following[1]) > len(heading[1])
        if not deeper and not any(char.isalnum() for char in re.sub(r"<!--.*?-->", "", under, flags=re.DOTALL)):
            yield number
