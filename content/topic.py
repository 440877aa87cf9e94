"""A contiguous run of units that is good for one piece."""

from __future__ import annotations

from content.frozen import Frozen


class Strength(Frozen):
    """What there is to write a piece from, counted over the content units of a topic.

    `words` stand on the units, `notes` are words of the speaker's notes; `examples` are sentences that give one or tell of a
    case; `pictures` are those that do not stand on half the deck. `grade` is strong, fair or thin.
    """

    words: int = 0
    notes: int = 0
    examples: int = 0
    pictures: int = 0
    grade: str = ""


class Topic(Frozen):
    """`first` and `last` are unit numbers, both included. `aside` are the units in it that generators skip."""

    number: int
    title: str
    first: int
    last: int
    keyphrases: tuple[str, ...] = ()
    #: One or two sentences of the source, verbatim, with the ids of the source sentences they are.
    summary: tuple[str, ...] = ()
    summary_sources: tuple[str, ...] = ()
    #: The block that the title was taken from, so that the title is traced like any sentence.
    title_source: str = ""
    #: Unit number -> kind of aside (agenda, bio, thanks, divider, references, title, ...).
    asides: dict[int, str] = {}

    strength: Strength = Strength()
    #: The kind of draft that it suits best: blog, social, carousel, audio, interview or webchat; '' when not looked at.
    suits: str = ""
    #: The question of an audience that it answers, and the source sentence it is, or '' when it is asked around the title.
    question: str = ""
    question_source: str = ""

    @property
    def aside(self) -> tuple[int, ...]:
        """The unit numbers that generators skip."""
        return tuple(sorted(self.asides))
