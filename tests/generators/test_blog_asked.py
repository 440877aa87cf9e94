"""Questions of a workshop in an article: short ones as headings, long ones in the text or not at all. All text is invented."""

from __future__ import annotations

from content.draft import Sentence
from generators.blog_asked import small_questions
from generators.blog_plan import Piece
from generators.material import Passage
from generators.prose_cues import cues

_LONG = "How can the crew of the ferry be sure that every rope on the landing is dry in the morning?"
_SHORT = "How do you dry a rope?"


def _p(text: str, asked: str = "") -> Passage:
    row = (Sentence(text=text, sources=("s1.b1.1",)),)
    return Passage(1, None, row, paragraphs=(row,), run_in=Sentence(text=asked, sources=("s1.b2.1",)) if asked else None,
                   asked=bool(asked))


def _made(*passages: Passage) -> list[tuple[str, bool]]:
    return [(p.run_in.text if p.run_in else "", p.asked) for p in small_questions(Piece((), passages), cues("en")).passages]


def test_short_questions_stay_headings() -> None:
    assert _made(_p("A rope is wet."), _p("It hangs on a hook.", _SHORT)) == [("", False), (_SHORT, True)]


def test_a_long_question_takes_all_from_the_headings() -> None:
    asked = [(_LONG, False), ("How do you dry a rope?", False)]
    assert _made(_p("It hangs on a hook.", _LONG), _p("The cook knows.", _SHORT.rstrip("?"))) == asked


def test_long_questions_go_where_every_answer_begins_by_itself() -> None:
    assert _made(_p("A rope is wet."), _p("The crew hangs each rope on a hook.", _LONG), _p("The cook knows.", _SHORT)) == [
        ("", False)] * 3


def test_a_long_task_goes_and_a_short_one_is_a_heading() -> None:
    task = "A timetable for the boats of the northern landing in the months of winter"
    assert _made(_p("A rope is wet."), _p("The crew hangs each rope on a hook.", task)) == [("", False)] * 2
    assert _made(_p("A rope is wet."), _p("The crew hangs a rope.", "A timetable for the boats")) == [
        ("", False), ("A timetable for the boats", True)]
    assert _made(_p("A rope is wet."), _p("It hangs there.", task))[1] == (task, False), "nothing else says what hangs"
