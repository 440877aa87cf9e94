"""Makes any number of different decks from the words of samples/: `python -m benchmarks.many_decks --count N -o FOLDER`.

For batches of thousands. Sentences of the samples are cut, joined, given other numbers, other words and other names, so
that hardly one stands in two decks (a cache that lives on repetition gains nothing). The same seed and number always
give the same bytes. The median deck has 25 slides and 8,000 characters; sizes spread as those of real decks do, from 8
slides to 90. One deck in ten is in Dutch. Every word is from samples/source or invented here.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.deck_writer import POINTS, Slide, write_deck
from samples.deck import SOURCE, read_slides

_FIRST = ("Wilma", "Osric", "Mirjam", "Declan", "Yasmin", "Rolf", "Henrike", "Tobias", "Noor", "Anselm", "Freya", "Petra")
_LAST = ("Torvik", "Banfield", "Tolhoek", "Forsey", "Adeyard", "Steinmoor", "Vaasdijk", "Crale", "Elmsley", "Ruttler",
         "Holtby", "Lindqvale", "Marwick", "Osterling")
#: Words that are swapped, one choice a deck: the talks are about different things in the same sentences.
_SWAPS = {
    "en": {"board": ("board", "wall", "register", "forum", "notebook"),
           "question": ("question", "request", "report", "order"), "answer": ("answer", "reply", "solution", "ruling"),
           "colleague": ("colleague", "visitor", "driver", "nurse"),
           "pump": ("pump", "crane", "oven", "ferry"), "engineer": ("engineer", "planner", "welder", "teacher"),
           "page": ("page", "sheet", "form", "drawing"), "team": ("team", "crew", "shift", "class"),
           "instructions": ("instructions", "recipes", "checklists", "timetables"), "year": ("year", "season", "quarter"),
           "sensor": ("sensor", "valve", "gauge", "switch"), "workshop": ("workshop", "depot", "kitchen", "laboratory")},
    "nl": {"prikbord": ("prikbord", "schrift", "logboek"), "vraag": ("vraag", "melding", "bestelling"),
           "antwoord": ("antwoord", "advies", "besluit"), "collega": ("collega", "bezoeker", "chauffeur"),
           "werkplaats": ("werkplaats", "keuken", "loods"), "fiets": ("fiets", "bakfiets", "step")},
}
_FRAMES = {
    "en": ("{person} of {customer} asked for this in {number} minutes", "Ask {person} before {number} o'clock",
           "{customer} tried it with {number} people", "Write to {mail} when it takes longer than {number} days"),
    "nl": ("{person} van {customer} vroeg hierom in {number} minuten", "Vraag het {person} voor {number} uur",
           "{customer} probeerde het met {number} mensen", "Schrijf naar {mail} als het langer duurt dan {number} dagen"),
}
_NUMBER = re.compile(r"\b[1-9]\d{0,2}(?:,\d{3})?\b")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Words:
    """What the samples say, cut into kinds."""

    titles: tuple[str, ...]
    bullets: tuple[str, ...]
    sentences: tuple[str, ...]
    customers: tuple[str, ...]


def make_deck(path: Path, number: int, seed: int = 1) -> tuple[int, int]:
    """Write the deck of that number; returns its slides and characters."""
    chance = random.Random(f"{seed}/{number}")
    language = "nl" if number % 10 == 9 else "en"
    slides = _Talk(chance, language).slides(round(min(90.0, max(8.0, chance.lognormvariate(3.22, 0.45)))))
    write_deck(path, slides, slides[0].title, f"{chance.choice(_FIRST)} {chance.choice(_LAST)}")
    return len(slides), sum(len(text) for slide in slides for text in _texts(slide))


def name_of(number: int) -> str:
    """The file name of a deck."""
    return f"talk-{number:05d}.pptx"


def _texts(slide: Slide) -> tuple[str, ...]:
    return (slide.title, *slide.bullets, slide.notes, *(cell for row in slide.rows for cell in row),
            *(label for label, _ in slide.points))


class _Talk:
    """One talk: its own words for things, its own people, its own numbers."""

    def __init__(self, chance: random.Random, language: str) -> None:
        self._chance, self._words, self._frames = chance, _words(language), _FRAMES[language]
        self._swaps = {word: chance.choice(others) for word, others in _SWAPS[language].items()}
        self._people = [f"{chance.choice(_FIRST)} {chance.choice(_LAST)}" for _ in range(3)]
        self._customers = chance.sample(self._words.customers, 3)

    def slides(self, count: int) -> tuple[Slide, ...]:
        """That many slides: an opening, then bullets, with a table or a chart now and then, notes on a third."""
        return tuple(self._slide(number) for number in range(count))

    def _slide(self, number: int) -> Slide:
        chance = self._chance
        title = self._varied(chance.choice(self._words.titles))
        notes = " ".join(self._sentence() for _ in range(chance.randint(3, 7))) if chance.random() < 0.3 else ""
        kind = chance.random() if number else 1.0
        if kind < 0.06:
            rows = tuple((self._bullet()[:60], str(chance.randint(2, 990))) for _ in range(chance.randint(3, 6)))
            return Slide(title, notes=notes, rows=((self._varied(title)[:40], str(chance.randint(2016, 2025))), *rows))
        if kind < 0.10:
            points = tuple((f"{self._swap(chance.choice(tuple(self._swaps)))} {letter}", chance.randint(3, 9_000))
                           for letter in "ABCDE"[:POINTS])
            return Slide(title, notes=notes, points=points)
        return Slide(title, tuple(self._bullet() for _ in range(chance.randint(2, 5))), notes)

    def _bullet(self) -> str:
        chance = self._chance
        if chance.random() < 0.08:
            person = chance.choice(self._people)
            mail = f"{person.lower().replace(' ', '.')}@fernhollow.example"
            return chance.choice(self._frames).format(person=person, customer=chance.choice(self._customers),
                                                      number=chance.randint(3, 90), mail=mail)
        return self._joined(self._words.bullets, 8)

    def _sentence(self) -> str:
        return self._joined(self._words.sentences, 15)

    def _joined(self, lines: tuple[str, ...], least: int) -> str:
        """A line of the samples, or the beginning of one with the end of another."""
        one, other = self._chance.choice(lines), self._chance.choice(lines)
        head, comma, _ = one.partition(", ")
        _, found, tail = other.rpartition(", ")
        return self._varied(f"{head}, {tail}" if comma and found and len(head) > least and len(tail) > least else one)

    def _varied(self, text: str) -> str:
        chance = self._chance
        text = _NUMBER.sub(lambda match: str(chance.randint(2, 10 ** len(match[0].replace(",", "")) + 8)), text)
        return _WORD.sub(lambda match: self._swap(match[0]), text)

    def _swap(self, word: str) -> str:
        for end in ("", "s", "en"):
            stem = word.removesuffix(end) if end else word
            if (other := self._swaps.get(stem.lower())) is not None and word.endswith(end):
                return (other.capitalize() if word[0].isupper() else other) + end
        return word


@cache
def _words(language: str) -> _Words:
    folders = ("kennis",) if language == "nl" else ("clean", "social")
    slides = [slide for folder in folders for slide in read_slides(folder)]
    prose = [slide["notes"] for slide in slides if slide.get("notes")]
    if language == "en":
        prose += [(SOURCE / f"{name}.text").read_text(encoding="utf-8") for name in ("article", "handbook", "paper")]
    sentences = [" ".join(each.split()) for text in prose for part in re.split(r"\n\s*\n", text)
                 if not part.lstrip().startswith(("#", ">", "|", "-", "```", "author", "abstract"))
                 for each in re.split(r"(?<=[.!?])\s+(?=[A-Z])", part)]
    bullets = [line for slide in slides for line in slide.get("body", ()) if isinstance(line, str)]
    clean = [re.sub(r"\*\*|\[([^\]]+)\]\([^)]*\)", r"\1", line) for line in bullets]
    lines = (SOURCE / "customers.text").read_text(encoding="utf-8").splitlines()
    return _Words(tuple(slide["title"] for slide in slides if len(slide["title"]) > 8), tuple(clean),
                  tuple(each for each in sentences if 25 < len(each) < 260),
                  tuple(line.partition("|")[0].strip() for line in lines if line and not line.startswith("#")))


def main() -> int:
    """Make the decks and say how many a second, and what they are like."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    sizes = [make_deck(given.output / name_of(number), number, given.seed) for number in range(given.count)]
    seconds = time.perf_counter() - started
    print(f"{given.count} decks in {seconds:.1f} s ({given.count / seconds:.0f} a second); median "
          f"{statistics.median(slides for slides, _ in sizes):.0f} slides, "
          f"{statistics.median(characters for _, characters in sizes):,.0f} characters")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
