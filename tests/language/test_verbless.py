"""Which sentences have no verb: told by the tagger, each asked once. All sentences are invented."""

from __future__ import annotations

from language.verbless import can_tell, verbless


def test_a_sentence_without_a_verb_is_a_fragment() -> None:
    assert verbless(("The bell was silent at six.", "Two wheels and one bell.", "Ring the bell at six.", "Two wheels and one bell.")) == [
        False, True, False, True]


def test_only_a_language_with_known_tags_is_told() -> None:
    assert can_tell("en")
    assert not can_tell("nl")
