"""The transcript as a page: what was written, not how it is spelt out for the voice, with its chapters and times.

For those who cannot listen or would rather read. One file without script, font or picture from elsewhere; light and
dark; headings, landmarks and a language for readers of screens. It says that the voice is synthetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from content import look
from generators.speech.episode import Timed

_STYLE = """:root{color-scheme:light dark;--paper:%s;--ink:%s;--quiet:%s;--line:%s;--accent:%s}
@media (prefers-color-scheme:dark){:root{--paper:%s;--ink:%s;--quiet:%s;--line:%s;--accent:%s}}
html{background:var(--paper);color:var(--ink);font:400 1.0625rem/1.6 Literata,Georgia,serif;font-variant-numeric:tabular-nums}
body{max-width:68ch;margin:0 auto;padding:2rem 1.25rem 4rem;overflow-wrap:anywhere}
h1{font-size:clamp(1.7rem,1.1rem + 2.6vw,2.6rem);line-height:1.15;text-wrap:balance}
h2{font-size:1.4rem;line-height:1.25;margin:2.6rem 0 .8rem;padding-top:1.4rem;border-top:1px solid var(--line)}
nav,time,.note{font-family:"Open Sans",system-ui,sans-serif;font-size:.9rem}
time,.note{color:var(--quiet)}
.note{border-left:4px solid var(--accent);padding-left:1rem}
nav ol{list-style:none;padding:0}
nav li{display:flex;gap:1rem;padding:.35rem 0}
nav time{flex:none;min-width:3.5rem;text-align:right}
h2 time{display:block;font-weight:400}
a{color:var(--accent)}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
audio{width:100%%}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
@media print{audio,nav,.skip{display:none}}
""" % (look.PAPER, look.INK, look.QUIET, look.LINE, look.ACCENT,  # noqa: UP031 - braces are the style sheet's
       look.DARK_PAPER, look.DARK_INK, look.DARK_QUIET, look.DARK_LINE, look.DARK_ACCENT)


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of the page, in its own language."""

    language: str
    heading: str
    skip: str
    chapters: str
    listen: str


def page(title: str, notes: Sequence[str], chapters: Sequence[Timed], words: Words, text_language: str) -> str:
    """The page. `notes` stand at its head, the disclosure among them; paragraphs are those that were spoken."""
    said = [f'<p class="note">{escape(note)}</p>' for note in notes]
    places = [f'<li><time datetime="{_duration(each)}">{clock(_start(each, number))}</time> '
              f'<a href="#c{number}">{escape(each.title)}</a></li>' for number, each in enumerate(chapters, start=1)]
    parts: list[str] = []
    for number, each in enumerate(chapters, start=1):
        paragraphs = "\n".join(f"<p>{escape(each.text)}</p>" for each in each.paragraphs)
        parts.append(f'<section aria-labelledby="c{number}">\n<h2 id="c{number}">'
                     f'<time datetime="{_duration(each)}">{clock(_start(each, number))}</time>{escape(each.title)}</h2>\n'
                     f"{paragraphs}\n</section>")
    body = "\n".join(parts)
    # The wording may be in another language than the text: each says which it is.
    return f"""<!DOCTYPE html>
<html lang="{escape(words.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(words.heading)}: {escape(title)}</title>
<style>
{_STYLE}</style>
</head>
<body>
<a class="skip" href="#text">{escape(words.skip)}</a>
<header>
<p>{escape(words.heading)}</p>
<h1 lang="{escape(text_language)}">{escape(title)}</h1>
{chr(10).join(said)}
<audio controls preload="none" src="episode.mp3" aria-label="{escape(words.listen)}"></audio>
</header>
<nav aria-label="{escape(words.chapters)}">
<ol lang="{escape(text_language)}">
{chr(10).join(places)}
</ol>
</nav>
<main id="text" lang="{escape(text_language)}">
{body}
</main>
</body>
</html>
"""


def clock(seconds: float) -> str:
    """Seconds as people write them: 0:05, 12:30, 1:02:03."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}"


def _start(chapter: Timed, number: int) -> float:
    return chapter.start if number > 1 else 0.0


def _duration(chapter: Timed) -> str:
    """A time in the file as HTML wants it."""
    return f"PT{chapter.start:.3f}S"
