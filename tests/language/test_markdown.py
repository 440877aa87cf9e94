"""What stands behind the backslashes of Markdown. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.render import escape_markdown
from language.markdown import unescaped


@pytest.mark.parametrize(("text", "expected"), [
    (r"The \*north\* wheel", "The *north* wheel"), (r"1\. Open the sluice", "1. Open the sluice"),
    (r"C:\mill\wheel", r"C:\mill\wheel"), ("The mill grinds.", "The mill grinds."), (r"A \\ stays one", "A \\ stays one")])
def test_escapes_read_as_what_they_hide(text: str, expected: str) -> None:
    assert unescaped(text) == expected


@given(st.text())
def test_what_a_template_escapes_reads_as_it_stood(text: str) -> None:
    assert unescaped(escape_markdown(text)) == " ".join(text.split())
