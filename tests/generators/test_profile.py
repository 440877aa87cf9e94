"""Every key of the profile changes what somebody reads, and a profile that cannot be used says so in one line."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader

from content.cleared import Withheld
from content.errors import BadSettings
from content.settings import Author, Profile, Team, load_settings
from flows.configuration import acting
from flows.writing import make_artefacts, write_drafts

START = "2027-01-04"
#: Key -> a value, the files that say it, and the words they say it with.
TELLING = {
    "company": ("Fernhollow Pumps", ("carousel.pdf",), "Fernhollow Pumps"),
    "authors": ((Author(name="Wilma Torvik", bio="She repairs pumps."),), ("interviews/", "webchat/", "heads-up.md"),
                "Wilma Torvik: She repairs pumps."),
    "goals": (("Taller cranes",), ("plan.md",), "Goal: Taller cranes"),
    "audiences": (("crane drivers",), ("plan.md", "description.md"), "crane drivers"),
    "promises": (("You get an answer.",), ("plan.md",), "How it helps a customer: You get an answer."),
    "teams": ((Team(name="Door team", handles="complaints", contact="ext. 12"),), ("heads-up.md", "webchat/"),
              "Door team: complaints (ext. 12)"),
    "fallbacks": (("The chat is full: open a second one.",), ("heads-up.md",), "- The chat is full: open a second one."),
    "call_to_action": ("Tell us how you do it.", ("blog/", "social/"), "Tell us how you do it."),
    "site": ("https://street.example", ("webchat/", "social/"), "https://street.example"),
    "handles": ({"mastodon": "street@towns.example"}, ("plan.md", "heads-up.md"), "Mastodon (@street@towns.example)"),
    "hashtags": (("BreadForAll",), ("social/",), "#BreadForAll"),
    "licence": ("CC BY 4.0", ("interviews/", "description.md", "carousel.pdf"), "CC BY 4.0"),
    "event": ("Street Days", ("description.md", "carousel.pdf"), "Street Days"),
    "start": (START, ("plan.md", "heads-up.md", "calendar.ics"), "2027"),
}
NARROW = {"platforms": ("mastodon", "linkedin")}


@pytest.fixture
def files(street):
    """files(language, **keys of the profile): the files of a pack of a small talk, as text by path."""

    def made(language: str = "en", **keys: object) -> dict[str, str]:
        context = street(language, audio=False, profile=Profile(**{**NARROW, **keys}))
        drafts, _ = write_drafts(context, Withheld())
        out = {}
        for artefact in make_artefacts(context, drafts):
            if artefact.path.endswith(".pdf"):
                pages = PdfReader(io.BytesIO(artefact.data)).pages
                out[artefact.path] = " ".join(" ".join(page.extract_text() for page in pages).split())
            elif not artefact.path.endswith(".png"):
                out[artefact.path] = artefact.data.decode()
        return out

    return made


@pytest.mark.parametrize("key", sorted(TELLING))
def test_a_key_is_said_where_it_matters_and_nowhere_without_it(files, key):
    value, paths, words = TELLING[key]
    with_it, without = files(**{key: value}), files()
    for start in paths:
        saying = [path for path, text in with_it.items() if path.startswith(start) and words in text.replace("\\", "")]
        assert saying, (start, [path for path in with_it if path.startswith(start)])
    assert not any(words in text.replace("\\", "") for text in without.values())


def test_how_many_pieces(street):
    def kinds(**keys: object) -> list[str]:
        context = street(audio=False, profile=Profile(platforms=("mastodon",), **keys))
        return [draft.kind for draft in write_drafts(context, Withheld())[0]]

    plain, few = kinds(), kinds(pieces={"card": 1, "webchat": 0, "social": 1, "interview": 0, "heads_up": 0})
    assert plain.count("card") > 1 and plain.count("social") > 1 and "webchat" in plain and "heads_up" in plain
    assert few.count("card") == few.count("social") == 1
    assert not {"webchat", "interview", "heads_up"} & set(few) and "plan" in few
    with pytest.raises(BadSettings, match=r"profile\.pieces: names no kind of piece \('blogs'\)\. Known: audio, blog"):
        kinds(pieces={"blogs": 1})


def test_who_speaks_and_how(files):
    rules = {path: text for path, text in files(person="i").items() if path.startswith("webchat/")}
    assert rules and all("- I answer what was cleared" in text for text in rules.values())
    assert all("- We answer what was cleared" in text for path, text in files().items() if path.startswith("webchat/"))
    formal, light = files("nl", tone="formal"), files("nl")
    sheets = [path for path in light if path.startswith("interviews/")]
    assert sheets
    for path in sheets:
        assert "Herhaalt u de vraag" in formal[path] and "Herhaal de vraag in je antwoord" in light[path]
        questions = [line for line in formal[path].splitlines() if line.startswith("## ")]
        assert not any(word in line.split() for line in questions for word in ("je", "jij", "jou", "jouw"))


def test_the_wording_follows_the_languages(files):
    assert "# Video-interview: " in next(text for path, text in files("nl").items() if path.startswith("interviews/"))
    english = files("nl", languages=("en",))
    assert "# Video interview: " in next(text for path, text in english.items() if path.startswith("interviews/"))
    with pytest.raises(BadSettings, match=r"profile\.languages: names a language without templates \('xx'\)\. Known: en"):
        files(languages=("xx",))


def test_platforms_say_where_posts_go(files):
    made = files(platforms=("linkedin", "bluesky"))
    assert "| LinkedIn, Bluesky |" in made["plan.md"]
    assert '"platform": "linkedin"' in made["social/posts.json"] and '"platform": "x"' not in made["social/posts.json"]


def test_weekends_are_free_unless_asked_for(files):
    def days(**keys: object) -> set[str]:
        lines = files(start=START, **keys)["plan.md"].splitlines()
        return {line.split(",")[0].removeprefix("- **") for line in lines if line.startswith("- **")}

    assert "Saturday" not in days() and days() <= {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
    assert "Saturday" in days(weekends=True)


def test_a_banned_word_refuses_a_piece(street):
    drafts, refused = write_drafts(street(audio=False, profile=Profile(banned_words=("whiteboard",))), Withheld())
    sheets = [name for name in refused if name.startswith("interviews/")]
    assert sheets and all("whiteboard" in refused[name] for name in sheets)
    assert not any(draft.kind == "interview" for draft in drafts)


# ---------------------------------------------------------------- the logo


def saved(path, kind="PNG", alpha=True):
    image = Image.new("RGBA", (300, 100), (255, 255, 255, 0 if alpha else 255))
    image.paste((10, 30, 90, 255), (20, 20, 280, 80))
    image.convert("RGBA" if kind == "PNG" else "RGB").save(path, kind)
    return path


@pytest.mark.parametrize(("name", "kind", "alpha"), [("a.png", "PNG", True), ("b.png", "PNG", False), ("c.jpg", "JPEG", False)])
def test_the_logo_is_drawn_in_the_ink_of_the_palette(street, tmp_path, name, kind, alpha):
    logo = saved(tmp_path / name, kind, alpha)
    profile = Profile(logo=logo, platforms=("mastodon",))
    context = street(audio=False, profile=profile)
    plain = replace(context, profile=Profile(platforms=("mastodon",)))
    with_logo, without = ({each.path: each.data for each in make_artefacts(made, write_drafts(made, Withheld())[0])}
                          for made in (context, plain))
    cards = [path for path in with_logo if path.startswith("cards/")]
    assert cards
    for path in cards:
        image, bare = Image.open(io.BytesIO(with_logo[path])).convert("RGB"), Image.open(io.BytesIO(without[path])).convert("RGB")
        ink, ground = (0xFF, 0xF7, 0xED), (0xA8, 0x43, 0x2A)
        # Right of the name, above the strip: ink with a logo, ground without.
        corner = (image.width - 100 - 60, image.height - 100 - 30 - 44 - 20)
        # A JPEG is never quite flat.
        assert max(abs(a - b) for a, b in zip(image.getpixel(corner), ink, strict=True)) <= 12
        assert bare.getpixel(corner) == ground
    pages = PdfReader(io.BytesIO(with_logo["carousel.pdf"])).pages
    assert [bool(page["/Resources"].get("/XObject")) for page in pages] == [True, *[False] * (len(pages) - 2), True]


def test_a_pack_is_made_anew_when_the_logo_changes(tmp_path):
    saved(tmp_path / "logo.png")
    config = tmp_path / "deckprism.toml"
    config.write_text('[profile]\nlogo = "logo.png"\n', encoding="utf-8")
    before = acting(load_settings(config), None)
    assert acting(load_settings(config), None) == before
    Image.new("RGB", (9, 9), "red").save(tmp_path / "logo.png")
    assert acting(load_settings(config), None) != before


# ---------------------------------------------------------------- what cannot be used


@pytest.mark.parametrize(("text", "said"), [
    ('[profile]\nstart = "soon"\n', "profile.start: is not a date"),
    ('[profile]\npalette = ["red", "#FFFFFF"]\n', "profile.palette: has a colour that is not written #RRGGBB"),
    ('[profile]\ntone = "rude"\n', "profile.tone: input should be 'light' or 'formal'"),
    ('[profile]\nperson = "they"\n', "profile.person: input should be 'i' or 'we'"),
    ('[profile]\npieces = { blog = -1 }\n', "profile.pieces.blog: input should be greater than or equal to 0"),
    ('[profile]\nlogo = "none.png"\n', "profile.logo: cannot be read"),
    ('[profile]\nlogo = "deckprism.toml"\n', "profile.logo: is not a PNG or JPEG"),
    ('[profile]\nsite = "street.example"\n', "profile.site: must begin with https://"),
    ('[profile]\nauthors = "Wilma"\n', "profile.authors: input should be a valid"),
    ('[[profile.teams]]\nhandles = "x"\n', "profile.teams.0.name: field required"),
    ('[profile]\nslogan = "Bread"\n', "profile.slogan: extra inputs are not permitted"),
    ('[profile\n', "is not valid TOML"),
])
def test_a_broken_profile_gives_one_clear_line(tmp_path, text, said):
    config = tmp_path / "deckprism.toml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        load_settings(config)
    assert said in str(caught.value) and "\n" not in str(caught.value).removeprefix(str(tmp_path))


def test_a_logo_that_is_no_picture_is_told_before_anything_is_drawn(street, tmp_path):
    broken = tmp_path / "logo.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"nothing")
    with pytest.raises(BadSettings, match=r"profile\.logo: cannot be opened"):
        write_drafts(street(audio=False, profile=Profile(logo=broken)), Withheld())
