"""What our own templates say is nobody's secret, even where a hidden slide happens to say the same.

A hidden slide with the line "What should I have asked, and did not?" would otherwise refuse every pack that has an
interview sheet. Names and numbers are left alone: they are withheld whoever says them.
"""

from __future__ import annotations

from functools import cache

from content.cleared import Withheld
from content.finding import Category
from language.fold import fold, squash

#: Groups that stand for sentences. The others stand for names, addresses and numbers.
_SENTENCES = ("unit-", *(f"{category.value}-" for category in (
    Category.CONFIDENTIAL, Category.FIGURES, Category.PROMISE, Category.PRIVATE, Category.REPUTATION, Category.INJECTION)))


def without_wording(withheld: Withheld) -> Withheld:
    """The withheld strings without those that are wording of the templates, letter for letter."""
    return Withheld(strings=tuple(
        string for string in withheld.strings
        if not string.group.startswith(_SENTENCES) or squash(fold(string.text)).text not in _wording()))


@cache
def _wording() -> str:
    """Letters and digits of all templates and wording files, a line break between files."""
    from generators.render import TEMPLATES

    files = sorted(file for file in TEMPLATES.rglob("*") if file.suffix in {".j2", ".yaml"})
    return "\n".join(squash(fold(file.read_text(encoding="utf-8"))).text for file in files)
