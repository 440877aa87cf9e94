"""report.html: one page that says what was found, what was made, from which slides, and what was left out and why.

It is self-contained but for the episode that lies beside it, runs no script, and shows findings masked only. Its words are
those of its source's language (gates/wording.py). Like every other file of the pack it goes through the leak gate.
"""

from __future__ import annotations

import base64
from collections import Counter
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from content import look
from content.cleared import ClearedDocument
from content.draft import Artefact
from content.length import length_of
from content.opened import EPISODE
from content.pack import Pack
from content.sizes import size_of
from content.version import VERSION
from gates.leak import GATE as LEAK
from gates.preview import FindingPreview
from gates.report_figures import figures
from gates.report_pieces import anchors, pieces
from gates.report_rows import WAYS, by_category, cells, held, left_out, matrix, set_apart
from gates.wording import Wording, wording
from language.source import SourceIndex
from language.wordcount import words_of

_TEMPLATES = Path(__file__).parent / "templates"


def report_artefact(pack: Pack, cleared: ClearedDocument, index: SourceIndex,
                    findings: tuple[FindingPreview, ...]) -> Artefact:
    """Draw the page."""
    words = wording(cleared.language)
    units = cleared.content_units()
    kind = units[0].kind if units else "section"
    names = anchors(pack)
    text = _environment().get_template("report.html.j2").render(
        pack=pack, cleared=cleared, w=words, kind=kind, unit=words.name("unit", kind), units=words.name("units", kind),
        version=VERSION, fonts=fonts(), css=Markup(style_sheet()),  # noqa: S704 - our own style sheet, no text of a source in it
        foreign=cleared.language if cleared.language != words.language else "",
        cells=cells(pack, cleared, findings, words), findings=by_category(findings, words), held=held(findings),
        open_count=len({each.group for each in findings if each.open}),
        group_count=len({each.group for each in findings}),
        matrix=matrix(pack, names, words, cleared, index), ways=[words.name("way", name) for name, _ in WAYS],
        pieces=pieces(pack, index, kind, words), figures=figures(pack, names, words),
        slips=[each for gate in pack.gates for each in gate.suggestions], left_out=left_out(pack, kind, words),
        apart=set_apart(pack, kind, words), size=size_of(cleared), length=length_of(pack.drafts, pack.artefacts),
        hue=look.hue,
        unsought=[what for gate in pack.gates if gate.gate == LEAK.name for what in gate.not_measured],
        starters=sum(draft.kind == "outline" for draft in pack.drafts), reasons=_reasons(pack, words),
        by_person="desk: taken out by a person" in pack.refused.values(),
        has_episode=any(each.path == EPISODE for each in pack.artefacts),
        no_voice=any(each.path == "audio/no-episode.txt" for each in pack.artefacts),
        words=sum(words_of(draft) for draft in pack.drafts))
    return Artefact(path="report.html", data=text.encode(), media_type="text/html")


def _reasons(pack: Pack, words: Wording) -> str:
    """Why the starters of a pack are no drafts, the most frequent reason first, with how many where there are several."""
    found = Counter(draft.why or "thin" for draft in pack.drafts if draft.kind == "outline")
    return ", ".join(words.name("why", why) + (f": {count}" if len(found) > 1 else "") for why, count in found.most_common())


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)


@cache
def fonts() -> dict[str, str]:
    """The woff2 files as data URIs, by file name."""
    return {file.stem: "data:font/woff2;base64," + base64.b64encode(file.read_bytes()).decode()
            for file in sorted(look.FONTS.glob("*.woff2"))}


@cache
def style_sheet() -> str:
    """The style sheet with the colours of content.look filled in."""
    light = {"paper": look.PAPER, "ink": look.INK, "quiet": look.QUIET, "line": look.LINE, "accent": look.ACCENT,
             "cream": look.CREAM, **look.SEVERITY, **{f"t{i}": each for i, each in enumerate(look.TOPIC_HUES)}}
    dark = {"paper": look.DARK_PAPER, "ink": look.DARK_INK, "quiet": look.DARK_QUIET, "line": look.DARK_LINE,
            "accent": look.DARK_ACCENT, "cream": "#24201D", **look.DARK_SEVERITY,
            **{f"t{i}": each for i, each in enumerate(look.DARK_TOPIC_HUES)}}
    sheet = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    return (sheet.replace("/* light */", "".join(f"--{name}:{value};" for name, value in light.items()))
            .replace("/* dark */", "".join(f"--{name}:{value};" for name, value in dark.items())))
