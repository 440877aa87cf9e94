"""What a document is about: contiguous topics with a title in the author's own words, keyphrases and a summary.

Two entry points. `find_topics` works on a Document or a ClearedDocument and gives topics that are each good for one
piece. `segment` works on plain strings, for whoever wants the cuts alone. Nothing here writes text of its own: every
title and every summary sentence is taken from the source. Heavy libraries load on the first call, never on import.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.document import Body
from content.topic import Topic

__all__ = ["find_topics", "segment"]


def segment(units: Sequence[str]) -> list[int]:
    """Where new topics start in a sequence of slides, paragraphs or sentences.

    `units` are texts in order; of a slide the first line (or what stands before the first " . ") is taken for its
    title. Returns the indices, ascending, at which a new topic starts; 0 is left out. Any number of topics may come
    back: the rule of four to eight is for packs only. Same input, same answer; empty input gives an empty list.
    """
    from topics.segmenting import starts

    return starts(units)


def find_topics(body: Body, wanted: int | None = None, starts: Sequence[int] = ()) -> tuple[Topic, ...]:
    """The topics of a document: contiguous, in order, covering every visible unit; () when there is none.

    `wanted` asks for that many topics and gets as near to it as the units allow (builds are never cut). Without it the
    author's sections decide where there are any, then dividers, layouts, agenda and headings, then the text itself;
    60 to 120 slides give four to eight topics of at least three units. `starts` are the numbers of the units at which a
    person wants topics to begin; they go over everything else, and one that is not shown stands for the next that is.
    """
    from topics.finding import topics_of

    return topics_of(body, wanted, starts)
