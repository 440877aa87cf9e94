"""The probes of RTF, HTML, Markdown and plain text in the encodings that people's files come in."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.extraction_probes import ASIDE, Planted, Planter
from benchmarks.extraction_probes_parts import letter, native, png
from content.document import Part


def files() -> Iterator[Planted]:
    """One file for each format, and a text for each encoding."""
    for make in (_rtf, _html, _markdown):
        yield make()
    yield from _texts()


def _rtf() -> Planted:
    planter = Planter("rtf", 5000)

    def word(place: str, part: Part = Part.BODY, seen: str = "shown") -> str:
        return planter.word(place, part, seen)

    old = b"\1\5\0\0\2\0\0\0" + b"\x08\0\0\0Package\0" + b"\0" * 8
    dropped = native("a.txt", "C:\\a.txt", f"A text {word('file dropped in', Part.EMBEDDED, ASIDE)} in a file".encode())
    held = letter(word("embedded document", Part.EMBEDDED, ASIDE))
    split = word("word split over runs")
    wide = "".join(rf"\u{ord(char)}?" for char in word("word in Unicode escapes"))
    lines = [
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Calibri;}}",
        r"{\colortbl ;\red255\green255\blue255;\red0\green0\blue0;}",
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}",
        *(rf"{{\info{{\{name} {word(f'property: {name}', Part.PROPERTY, ASIDE)}}}}}" for name in
          ("title", "subject", "author", "manager", "company", "operator", "category", "keywords", "doccomm", "hlinkbase")),
        rf"{{\*\userprops{{\propname {word('name of a custom property', Part.PROPERTY, ASIDE)}}}\proptype30",
        rf"{{\staticval {word('custom property', Part.PROPERTY, ASIDE)}}}}}",
        rf"{{\*\docvar {{V}}{{{word('document variable', Part.PROPERTY, ASIDE)}}}}}",
        rf"{{\*\revtbl{{Unknown;}}{{{word('author of a tracked change', Part.COMMENT, ASIDE)};}}}}",
        rf"{{\header {word('header', Part.FOOTER)}\par}}{{\footerf {word('footer of the first page', Part.FOOTER)}\par}}",
        rf"\pard\s1 {word('heading', Part.TITLE)}\par\pard {word('body')} {split[:3]}{{\b {split[3:6]}}}{split[6:]} {wide}\par",
        rf"{{\v {word('hidden text', Part.HIDDEN_TEXT, 'hidden text')}}}",
        rf"{{\cf1 {word('white on white', Part.HIDDEN_TEXT, 'of the colour of its background')}}}",
        rf"{{\cf2\cb2 {word('black on black', Part.HIDDEN_TEXT, 'of the colour of its background')}}}",
        rf"{{\fs4 {word('two points', Part.HIDDEN_TEXT, 'under 4 points')}}}",
        rf"{{\deleted {word('tracked deletion', Part.HIDDEN_TEXT, 'tracked deletion')}}}",
        rf"{{\revised {word('tracked insertion')}}}\par {{\footnote {word('footnote', Part.OTHER)}}}",
        rf"{{\*\atnid AB}}{{\*\atnauthor {word('author of a comment', Part.COMMENT, ASIDE)}}}",
        rf"{{\*\annotation {word('comment', Part.COMMENT, ASIDE)}}}",
        rf'{{\field{{\*\fldinst HYPERLINK "https://{word("link", Part.LINK, ASIDE)}.example/"}}{{\fldrslt {word("text of a link")}}}}}\par',
        rf"\trowd\cellx900\intbl {word('table cell', Part.TABLE)}\cell\row\pard",
        rf"{{\shp{{\*\shpinst{{\sp{{\sn wzDescription}}{{\sv {word('alternative text', Part.ALT_TEXT, ASIDE)}}}}}",
        rf"{{\shptxt {word('text box')}\par}}}}}}\par {{\xe {word('index entry', Part.OTHER, ASIDE)}}}",
        rf"{{\*\strange {word('group of an unknown kind', Part.OTHER, ASIDE)}}}",
        rf"{{\*\bkmkstart {word('name of a bookmark', Part.OTHER, ASIDE)}}}",
        rf"{{\*\shppict{{\pict\pngblip {png(Author=word('text chunk of a picture', Part.PROPERTY, ASIDE)).hex()}}}}}",
        rf"{{\object\objemb{{\*\objclass Package}}{{\*\objdata {(old + dropped).hex()}}}}}",
        rf"{{\object\objemb{{\*\objdata {(b'1234' + held).hex()}}}}}",
        "}"]
    return Planted("places.rtf", "\n".join(lines).encode("ascii"), tuple(planter.probes))


def _html() -> Planted:
    planter = Planter("html", 5200)

    def word(place: str, part: Part = Part.BODY, seen: str = "shown") -> str:
        return planter.word(place, part, seen)

    def hidden(place: str) -> str:
        return planter.word(place, Part.HIDDEN_TEXT, ASIDE)

    split = word("word split by a tag")
    page = f"""<!doctype html><html><head><title>{word('title of the page', Part.PROPERTY, ASIDE)}</title>
<meta name="description" content="{word('meta description', Part.PROPERTY, ASIDE)}">
<meta property="og:title" content="{word('meta property', Part.PROPERTY, ASIDE)}">
<link rel="canonical" href="https://{word('link of the head', Part.LINK, ASIDE)}.example/">
<style>.q{{display:none}} #z9{{visibility:hidden}} .w{{color:#fff}} body{{background:#fff}} p::after{{content:"{
    planter.word('text that a style adds', Part.HIDDEN_TEXT, ASIDE)}"}}</style>
<script type="application/ld+json">{{"name":"{hidden('JSON for search engines')}"}}</script></head><body>
<!-- {hidden('comment')} --><h1>{word('heading', Part.TITLE)}</h1><p>{word('paragraph')} {split[:4]}<b>{split[4:]}</b></p>
<ul><li>{word('list item')}</li></ul><table><tr><td>{word('table cell', Part.TABLE)}</td></tr></table>
<p style="display:none">{hidden('display: none')}</p><p style="visibility: hidden">{hidden('visibility: hidden')}</p>
<p hidden>{hidden('attribute hidden')}</p><p class="q">{hidden('display: none by a style sheet')}</p>
<p id="z9">{hidden('visibility: hidden by a style sheet')}</p><p class="w">{hidden('white on white by a style sheet')}</p>
<p style="font-size:1px">{hidden('one pixel')}</p><p style="position:absolute; left:-9999px">{hidden('beside the page')}</p>
<p style="color:#ffffff;background-color:white">{hidden('white on white')}</p><p style="opacity:0">{hidden('opacity: 0')}</p>
<details><summary>{word('summary')}</summary><p>{word('details, folded')}</p></details>
<img src="x.png" alt="{word('alternative text', Part.ALT_TEXT, ASIDE)}" title="{word('title of a picture', Part.ALT_TEXT, ASIDE)}">
<a href="https://{word('link', Part.LINK, ASIDE)}.example/" title="{word('title of a link', Part.ALT_TEXT, ASIDE)}">here</a>
<form action="https://{word('address of a form', Part.LINK, ASIDE)}.example/"><input type="hidden" value="{
    word('hidden field', Part.FORM_FIELD, ASIDE)}"><input placeholder="{word('placeholder', Part.ALT_TEXT, ASIDE)}">
<textarea>{word('text area')}</textarea><select><option value="{word('value of a choice', Part.FORM_FIELD, ASIDE)}">{
    word('choice')}</option></select></form>
<script>var note = "{hidden('script')}";</script><noscript>{hidden('noscript')}</noscript><template><p>{hidden('template')}</p></template>
<svg><text>{word('text of an SVG', Part.IMAGE_TEXT)}</text><title>{word('title of an SVG', Part.IMAGE_TEXT, ASIDE)}</title></svg>
<p data-note="for {hidden('data attribute')} only">Plain</p><p aria-label="{word('label for readers', Part.ALT_TEXT, ASIDE)}">x</p>
<iframe srcdoc="&lt;p&gt;{hidden('page in a frame')}&lt;/p&gt;"></iframe><object data="https://{word('object', Part.LINK, ASIDE)}.example/">{
    hidden('fallback of an object')}</object><a onclick="go('{hidden('code of an event')}')">y</a>
<footer>{word('footer', Part.FOOTER)}</footer></body></html>"""
    return Planted("places.html", page.encode(), tuple(planter.probes))


def _markdown() -> Planted:
    planter = Planter("markdown", 5400)

    def word(place: str, part: Part = Part.BODY, seen: str = "shown") -> str:
        return planter.word(place, part, seen)

    text = f"""---
title: {word('front matter: title', Part.PROPERTY, ASIDE)}
author: {word('front matter: author', Part.PROPERTY, ASIDE)}
tags:
  - {word('front matter: list', Part.PROPERTY, ASIDE)}
---
# {word('heading', Part.TITLE)}

{word('paragraph')} and **{word('strong words')}** with `{word('code in a line')}`.

- {word('list item')}
  - {word('list item, second level')}

> {word('quotation')}

| a | b |
|---|---|
| {word('table cell', Part.TABLE)} | x |

[{word('text of a link')}](https://{word('link', Part.LINK, ASIDE)}.example/ "{word('title of a link', Part.LINK, ASIDE)}")

![{word('alternative text', Part.ALT_TEXT, ASIDE)}](https://{word('address of a picture', Part.LINK, ASIDE)}.example/x.png)

```python
{word('code block', Part.OTHER)}
```

<!-- {word('comment', Part.HIDDEN_TEXT, ASIDE)} -->

<div hidden>{word('raw HTML', Part.OTHER, ASIDE)}</div>

Words <span title="{word('raw HTML in a line', Part.OTHER, ASIDE)}">in</span> a line and ~~{word('struck words')}~~.

[unused]: https://{word('link definition that nothing uses', Part.LINK, ASIDE)}.example/ "{
    word('title of an unused definition', Part.LINK, ASIDE)}"

[//]: # ({word('comment as a link definition', Part.LINK, ASIDE)})
"""
    return Planted("places.md", text.encode(), tuple(planter.probes))


def _texts() -> Iterator[Planted]:
    """Each encoding with letters that only it writes that way."""
    samples = {"utf-8": "één café", "utf-8-sig": "één café", "utf-16": "één café", "utf-16-le": "één café", "utf-16-be": "één café",
               "utf-32": "één café", "cp1252": "één café – “zo”", "iso8859-15": "één café en een paar woorden", "mac-roman": "één café is geen thé",
               "cp1250": "Příliš žluťoučký kůň úpěl ďábelské ódy a tak dále", "iso8859-2": "Příliš žluťoučký kůň úpěl ďábelské ódy",
               "cp1251": "Съешь ещё этих мягких французских булок да выпей чаю", "koi8-r": "Съешь ещё этих мягких французских булок да выпей чаю",
               "cp1253": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία", "cp1254": "Pijamalı hasta yağız şoföre çabucak güvendi",
               "cp1255": "דג סקרן שט בים מאוכזב ולפתע מצא חברה", "cp932": "いろはにほへと ちりぬるを わかよたれそ つねならむ",
               "gb18030": "我们今天在这里讨论公司的新计划和未来的方向", "big5": "我們今天在這裡討論公司的新計劃和未來的方向",
               "euc-kr": "오늘 우리는 회사의 새로운 계획에 대해 이야기합니다", "cp437": "één café uit een oud programma"}
    for number, (encoding, sample) in enumerate(samples.items()):
        planter = Planter(f"text, {encoding}", 5600 + 10 * number)
        word = planter.word("word in it", Part.BODY)
        planter.word("its own letters", Part.BODY)
        probe = planter.probes.pop()
        text = f"The first line says {word} here.\n\nThe second line: {sample}. And that was all of it, more or less.\n"
        probes = (*planter.probes, type(probe)(probe.kind, probe.place, sample.split()[0], Part.BODY))
        yield Planted(f"{encoding}.txt", text.encode(encoding), probes)
