"""Words of a draft: what a reader reads and a listener hears, nothing that is only in the file."""

from __future__ import annotations

import pytest

from content.draft import Draft, Sentence
from language.wordcount import words_heard, words_of, words_read

BLOG = """---
title: A pump
tags: [one, two]
---

# A pump that stopped

It stopped on a Tuesday. See [the page](https://pump.example/a/long/way) or <https://pump.example>.

![A drawing of it](../cards/01-a.png)

## Why - and how

1. First **this**.
- Then that, in 3 steps

| who | what |
| --- | --- |
| we | asked |

<!-- For the author
- Where from: slide 3
-->
"""


def test_a_reader_reads_the_body_alone():
    # 8 + "or", 3 of the heading, 2 and 5 of the lists, 4 of the table
    assert words_read(BLOG) == 9 + 3 + 2 + 5 + 4


def test_the_title_the_front_matter_and_comments_are_not_counted():
    assert words_read("---\na: b\n---\n# Title of it\nOne two.\n<!-- three\nfour -->") == 2
    assert words_read("# Title of it\n\n# Five") == 1, "one title a piece"


@pytest.mark.parametrize(("text", "words"), [("", 0), ("– — *", 0), ("#SupportDesk it's twenty-five", 3), ("Één überlang", 2)])
def test_a_word_holds_a_letter_or_a_digit(text, words):
    assert words_read(text) == words


def test_a_listener_hears_no_heading_and_no_direction():
    script = "# T\n\n> Script for an estimated 1 min 2 s, 3 words.\n\n## One\n\n> 0:00.\n\nHello to you.\n\nBye.\n"
    assert words_heard(script) == 4
    draft = Draft(kind="audio", name="a", path="audio/script.md", title=Sentence(text="T"), segments=(Sentence(text=script),))
    assert words_of(draft) == 4 and words_of(draft.model_copy(update={"kind": "plan"})) > 4
