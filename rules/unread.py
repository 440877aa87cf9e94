"""What was not read, or not read as well as the rest, becomes a finding: it cannot be vouched for.

A part that could not be opened is one finding each. Text in a language without an installed model is one low finding for
the whole document that names the slides and their language: names there were looked for by lists and cues alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from content.document import Unit
from language.detect import language_name
from language.pipeline import has_model
from rules.detector import Hit, Scan
from rules.natural import is_language

#: Letters in a language below which nothing is said about it: a motto or a label needs no model.
_LEAST = 80
_NAMED = "Names of people and organisations were looked for there by lists and cues alone"


class NotRead:
    """The detector for unread parts."""

    name = "unread"
    order = 0

    def find(self, scan: Scan) -> Iterable[Hit]:
        """Yield one hit for each unread part, grouped by where it is, and one for all text that no model has read."""
        units = {unit.number: unit for unit in scan.document.units}
        for part in scan.document.unread:
            unit = units.get(part.unit) or Unit(number=part.unit, kind="file")
            why = scan.catalogue.rule("unread.part").why
            yield Hit("unread.part", None, unit, 0, 0, part.where, part.where, 1.0, why=f"{why} Reason: {part.why}")
        yield from _unparsed(scan)


def _unparsed(scan: Scan) -> Iterator[Hit]:
    """Say so when names were looked for by lists and cues alone: no model of the language, or too long a text."""
    foreign: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    long: list[Unit] = []
    first: dict[int, Unit] = {}
    for unit, block in scan.texts():
        if block.id in scan.docs or not is_language(block, any_length=True):
            continue
        first.setdefault(unit.number, unit)
        spoken = scan.tongue(block)
        if has_model(spoken):
            long.append(unit)
        else:
            foreign[spoken][unit.number] += sum(char.isalpha() for char in block.text)
    told = {code: sorted(set(letters) - {0}) or [0]  # the file itself is named only when there is nothing else
            for code, letters in sorted(foreign.items()) if sum(letters.values()) >= _LEAST}
    if told:
        numbers = sorted({number for units in told.values() for number in units})
        codes, names = ", ".join(told), ", ".join(language_name(code) for code in told)
        yield Hit("unread.names", None, first[numbers[0]], 0, 0, f"names {codes}", f"names in {names}", 1.0,
                  why=f"{_where(scan, told, first)}. {_NAMED}, because no model of that language is installed. "
                      "Some may have been missed.",
                  suggestion="Look for names there yourself, or install the spaCy model of the language ("
                             + ", ".join(f"{code}_core_news_sm" for code in told) + ").")
    elif long:
        yield Hit("unread.names", None, long[0], 0, 0, f"names {scan.language}", f"names, language {scan.language}", 1.0)


def _where(scan: Scan, told: Mapping[str, list[int]], first: Mapping[int, Unit]) -> str:
    """ "Slides 3 to 5 are German, slide 7 is Finnish", or "The text is Dutch" when the document as a whole is."""
    if scan.language in told and len(told) == 1:
        return f"The text is {language_name(scan.language)}"
    said = []
    for code, numbers in sorted(told.items(), key=lambda item: item[1]):
        kinds = {first[number].kind for number in numbers}
        kind = kinds.pop() if len(kinds) == 1 else "part"
        one = len(numbers) == 1
        if kind == "text" or numbers == [0]:
            said.append(f"the {kind} is {language_name(code)}")
            continue
        said.append(f"{kind if one else kind + 's'} {_runs(numbers)} {'is' if one else 'are'} {language_name(code)}")
    joined = ", ".join(said)
    return joined[:1].upper() + joined[1:]


def _runs(numbers: list[int]) -> str:
    """ "3 to 5, 7 and 9"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    shown: list[str] = []
    for span in spans:
        shown += [f"{span[0]} to {span[-1]}"] if len(span) > 2 else [str(number) for number in span]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]


DETECTOR = NotRead()
