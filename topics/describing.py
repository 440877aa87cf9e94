"""Gives each run of units what a Topic says of it: title, keyphrases, summary and asides, all from the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from content.document import Body, Unit
from content.topic import Topic
from topics import agenda, summary, titles, worth
from topics import keyphrases as phrases
from topics.builds import bare
from topics.opening import listed_places
from topics.reading import Reading, stems

#: Keyphrases of a topic, and sentences of its summary.
_PHRASES = 6
#: What a topic without any words is called: template wording, traced to nothing.
_NAME = {"nl": ("Dia", "Pagina", "Deel"), "en": ("Slide", "Page", "Section")}
_NAMES = {"nl": ("Dia's", "Pagina's", "Delen"), "en": ("Slides", "Pages", "Sections")}


def describe(body: Body, units: Sequence[Unit], readings: Sequence[Reading], asides: dict[int, str],
             starts: Sequence[int], plan: agenda.Plan | None = None) -> tuple[Topic, ...]:
    """The topics that start at `starts` (positions in `units`, 0 first) and together cover all units."""
    language = body.language
    runs = list(zip(starts, [*starts[1:], len(units)], strict=True))
    content = [[n for n in range(start, end) if n not in asides] or list(range(start, end)) for start, end in runs]
    keys = _keyphrases([[readings[n] for n in run] for run in content], language)
    common = _common(readings, language)
    known = titles.labels(one.title for one in readings)
    furniture = worth.furniture_of(units)
    # A divider says which item it opens; title page and agenda say all of them.
    spoken = [[n for n in range(start, end) if asides.get(n, "divider") == "divider"] for start, end in runs]
    items = agenda.names(plan, spoken) if plan else [None] * len(runs)
    # Where the agenda gives the slides of its items, no item names a part that begins elsewhere.
    told_at = listed_places(units, [asides.get(n, "") for n in range(len(units))], language)
    items = [None if told_at and start not in told_at else item for (start, _), item in zip(runs, items, strict=True)]
    taken: list[str] = []
    found: list[Topic] = []
    for number, ((start, end), run) in enumerate(zip(runs, content, strict=True), start=1):
        said = summary.sentences([units[n] for n in run])
        kinds = [asides.get(n, "") for n in range(start, end)]
        title, source = _title(units[start:end], readings[start:end], kinds,
                               [s.block for s in summary.central(said, language)], keys[number - 1], taken, language, common,
                               items[number - 1], known)
        taken.append(title)
        told = summary.central(said, language, about=frozenset(stems(" ".join([title, *keys[number - 1]]), language)))
        told_units = [units[n] for n in run]
        strength = worth.strength_of(told_units, language, furniture)
        # A topic without a word answers nothing.
        question, asked_in = (worth.question_of(told_units, title, keys[number - 1], language)
                              if strength.words + strength.notes else ("", ""))
        found.append(Topic(
            number=number, title=title, first=units[start].number, last=units[end - 1].number,
            keyphrases=keys[number - 1], summary=tuple(sentence.text for sentence in told),
            summary_sources=tuple(sentence.id for sentence in told),
            title_source=source, strength=strength, suits=worth.suits(told_units, strength, language),
            question=question, question_source=asked_in,
            asides={units[n].number: asides[n] for n in range(start, end) if n in asides}))
    return tuple(found)


def _common(readings: Sequence[Reading], language: str) -> frozenset[str]:
    """Bare titles that three or more runs of units carry, wherever they stand."""
    keys = [bare(one.title, language) for one in readings]
    runs = Counter(key for n, key in enumerate(keys) if key and (n == 0 or keys[n - 1] != key))
    return frozenset(key for key, count in runs.items() if count >= 3)


def _keyphrases(topics: Sequence[Sequence[Reading]], language: str) -> list[tuple[str, ...]]:
    texts = ["\n".join(one.text for one in topic) for topic in topics]
    found = [phrases.candidates(phrases.runs(text, language), language) for text in texts]
    spread = Counter(key for topic in found for key in topic)
    result: list[tuple[str, ...]] = []
    for topic in found:
        # A run of words that comes once in a long topic is an accident; short topics have nothing else.
        often = {key: one for key, one in topic.items() if one.count > 1}
        pool = often if len(often) >= _PHRASES else topic
        scores = phrases.contrasted({key: phrases.score(one) for key, one in pool.items()},
                                    {key: spread[key] - 1 for key in pool}, len(found) - 1)
        result.append(phrases.choose(pool, scores, _PHRASES))
    return result


def _title(units: Sequence[Unit], readings: Sequence[Reading], kinds: Sequence[str], central: Sequence[str],
           keys: Sequence[str], taken: Sequence[str], language: str, common: frozenset[str],
           item: agenda.Item | None = None, known: frozenset[str] = frozenset()) -> tuple[str, str]:
    """A title that no topic before has, and the id of its block."""
    def free(title: str) -> bool:
        return not any(titles.same(title, other, language) for other in taken)

    for title, source in titles.candidates(units, readings, kinds, language, common, item, known):
        if free(title):
            return title, source
    content = [unit for unit, kind in zip(units, kinds, strict=True) if not kind]
    blocks = [block for unit in content for block in unit.blocks if block.readable]
    nearest = sorted(blocks, key=lambda block: block.id not in central)
    for title, source in titles.clauses(nearest, language):
        if free(title):
            return title, source
    for unit, one in zip(units, readings, strict=True):
        title = titles.clean(one.title, language)
        if any(char.isalpha() for char in title) and len(title) <= 120 and free(title):
            return title, titles.source_of(unit, title)
    for phrase in keys:
        if free(phrase):
            return phrase, next((block.id for block in blocks if phrase in block.text), "")
    alone = len(units) == 1
    slides, pages, sections = (_NAME if alone else _NAMES).get(language, (_NAME if alone else _NAMES)["en"])
    name = {"slide": slides, "page": pages}.get(units[0].kind, sections)
    return f"{name} {units[0].number}" + ("" if alone else f"–{units[-1].number}"), ""
