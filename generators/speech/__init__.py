"""From the text of a script to an episode: what is said, by which voice, how loud, and what goes beside it.

    script.md ─▶ script (chapters, paragraphs) ─▶ spoken (how people say it) ─▶ voice (one verified child a paragraph)
    ─▶ episode (pauses, places) ─▶ loudness (gain, limiter) ─▶ mp3, vtt, chapters, feed

Only the text of a draft is used: nothing here sees a document, so nothing withheld can get in. No clock, no network.
"""

from __future__ import annotations

from generators.speech.making import say

__all__ = ["say"]
