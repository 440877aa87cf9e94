"""A pack in Dutch has no English word of ours in any of its files, and every language has every phrase."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
import yaml

from flows.steps import Request, build_pack
from gates.wording import FILES, languages, wording
from generators.render import TEMPLATES
from language.files import word_set

SAMPLES = Path("samples")
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Files that programs read: their keys and codes are of the format. What people read in them is looked at by key.
_READ_BY_PEOPLE = frozenset({"text", "alt", "why", "suggestion", "part_title", "title", "album", "summary"})
#: Words that are the same in both, names of things, and what formats prescribe.
_BOTH = word_set("""deckprism linkedin mastodon bluesky threads facebook instagram tiktok webchat webchats blog hashtags
    hashtag hugo jekyll markdown ghost wordpress english api json pack report audio script episode posts cards carousel
    description plan heads interviews outlines calendar feed html mp3 utf pptx findings draft details text stand""")


@pytest.fixture(scope="module")
def dutch(tmp_path_factory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECKPRISM_DATA", str(tmp_path_factory.mktemp("data")))
        return build_pack(Request(file=SAMPLES / "kennis-delen.pptx", out=tmp_path_factory.mktemp("out"), audio=False)).folder


def words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def ours(language: str) -> set[str]:
    """Every word of the templates and wording files of a language."""
    found: set[str] = set()
    for file in (*(TEMPLATES / language).rglob("*.j2"), *(TEMPLATES / language).glob("*.yaml"), FILES / f"report.{language}.yaml"):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".yaml":
            # Lists of cues are what is searched for, never printed.
            kept = not file.name.startswith(("cues", "questions", "audio"))
            text = " ".join(strings(yaml.safe_load(text))) if kept else ""
        else:
            text = re.sub(r"\{[{%#].*?[}%#]\}", " ", text, flags=re.DOTALL)
        found |= words(text)
    return found


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [each for item in value.values() for each in strings(item)]
    if isinstance(value, list):
        return [each for item in value for each in strings(item)]
    return []


def shown(value: object) -> list[str]:
    """The strings of JSON that people read, by their keys."""
    if isinstance(value, dict):
        own = [item for key, item in value.items() if key in _READ_BY_PEOPLE and isinstance(item, str)]
        return own + [each for item in value.values() for each in shown(item)]
    if isinstance(value, list):
        return [each for item in value for each in shown(item)]
    return []


def text_of(file: Path) -> str:
    """What a person reads in a file of a pack."""
    if file.suffix == ".png":
        return ""
    if file.suffix == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(file)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        return "\n".join(shown(json.loads(text)))
    if file.suffix == ".html":
        text = re.sub(r"<style>.*?</style>|<meta[^>]*>", " ", text, flags=re.DOTALL)
        titles = " ".join(re.findall(r"(?:title|aria-label)=\"([^\"]*)\"", text))
        text = html.unescape(re.sub(r"<[^>]+>", " ", text)) + html.unescape(titles)
    if file.suffix == ".md":
        text = re.sub(r"\A---\n.*?\n---\n", lambda found: re.sub(r"^[\s-]*[\w_]+:", " ", found[0], flags=re.MULTILINE), text,
                      flags=re.DOTALL)
        text = re.sub(r"<script.*?</script>", " ", text, flags=re.DOTALL)
    return re.sub(r"\S+/\S+|\S+\.(?:md|json|html|png|pdf|mp3|ics|xml)\b|https?:\S+", " ", text)


def test_no_english_word_of_ours_is_in_a_dutch_pack(dutch):
    from extractors import extract

    source = words(" ".join(block.text for unit in extract(SAMPLES / "kennis-delen.pptx").units for block in unit.blocks))
    english = ours("en") - ours("nl") - source - _BOTH
    assert {"slide", "held", "what", "with"} <= english
    files = [file for file in sorted(dutch.rglob("*")) if file.is_file() and file.name != "pack.json"]
    wrong = {file.relative_to(dutch).as_posix(): sorted(found) for file in files
             if (found := words(text_of(file)) & english)}
    assert wrong == {}


def test_the_search_sees_an_english_pack(tmp_path):
    file = tmp_path / "a.html"
    file.write_text('<p title="slide 3">Made by Deckprism</p>')
    assert {"slide", "made"} <= words(text_of(file)) & ours("en")


def test_every_language_has_every_phrase_with_the_same_values():
    read = {name: yaml.safe_load((FILES / f"report.{name}.yaml").read_text(encoding="utf-8")) for name in languages()}
    for name, phrases in read.items():
        phrases.pop("told", None)
        assert set(phrases) == set(read["en"]), set(phrases) ^ set(read["en"])
        for key, text in phrases.items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", read["en"][key])), (name, key)


def test_every_language_of_the_writers_has_a_report():
    assert {path.name for path in TEMPLATES.iterdir() if path.is_dir()} == set(languages())
    assert wording("de").phrases == wording("en").phrases and wording("de").language == "en"


def test_every_code_that_a_pack_can_hold_has_a_name():
    from content.finding import Category, Severity
    from gates import gates
    from gates.coverage import REASONS
    from generators import generators

    for name in languages():
        known = wording(name).phrases
        wanted = [f"category_{each.value}" for each in Category] + [f"why_{each.value}" for each in Category]
        wanted += [f"severity_{each.value}" for each in Severity] + [f"reason_{each}" for each in REASONS]
        wanted += [f"gate_{each.name}" for each in gates()] + [f"kind_{each.kind}" for each in generators()]
        assert [key for key in wanted if key not in known] == []


@pytest.mark.parametrize(("text", "said"), [
    ("blog/01-a: 2 sentence(s) of more than 40 words", "blog/01-a: 2 zinnen van meer dan 40 woorden"),
    ("desk: taken out by a person", "weggelaten door iemand aan de balie"),
    ("trace: sentence 3 has 1 number(s) that its source s1.b2.1 does not have", "zegt iets dat de bron niet zo zegt"),
    ("something that nobody thought of", "om een reden die in pack.json staat"),
])
def test_what_gates_say_is_said_in_dutch(text, said):
    assert wording("nl").told(text).startswith(said)
    assert wording("en").told(text) == text
