"""Pictures on the slides where a customer is named: nobody reads pixels here, so somebody must look.

A logo or a screenshot beside a name often shows the same name. One group for the whole document, of low severity: a pack
holds no picture of the source, so nothing is held for it. Nothing here opens a picture.
"""

from __future__ import annotations

from collections.abc import Iterable

from content.document import Unit
from content.finding import Category
from language.numbers import runs_of
from rules.detector import Hit, Scan

_RULE = "file.picture_near_name"
#: A find less sure than this may be an ordinary word.
_SURE = 0.35
_SLIDES = {"en": {"slide": ("slide", "slides"), "page": ("page", "pages"), "": ("section", "sections")},
           "nl": {"slide": ("dia", "dia's"), "page": ("pagina", "pagina's"), "": ("onderdeel", "onderdelen")}}


class PicturesNearNames:
    """The detector for pictures that stand where a customer is named."""

    name = "pictures"
    order = 10

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield one hit for each unit that has both a picture and a customer, all of one group."""
        named = {hit.unit.number for hit in scan.earlier
                 if scan.catalogue.rule(hit.rule).category is Category.CUSTOMER and hit.confidence >= _SURE}
        units = [unit for unit in scan.document.units if unit.number in named and unit.pictures]
        if not units:
            return
        language = "nl" if scan.language == "nl" else "en"
        rule = scan.catalogue.rule(_RULE)
        wording = rule.nl if language == "nl" and rule.nl else rule
        where = _where(units, language)
        for unit in units:
            label = f"{'afbeeldingen op' if language == 'nl' else 'pictures on'} {where}"
            yield Hit(_RULE, None, unit, 0, 0, "pictures", label, rule.confidence,
                      why=f"{wording.why} ({where})", suggestion=wording.suggestion)


def _where(units: list[Unit], language: str) -> str:
    """"slides 3, 5–7": where to look."""
    one, many = _SLIDES[language].get(units[0].kind, _SLIDES[language][""])
    runs = ", ".join(str(first) if first == last else f"{first}–{last}"
                     for first, last in runs_of([unit.number for unit in units]))
    return f"{one if len(units) == 1 else many} {runs}"


DETECTOR = PicturesNearNames()
