"""What is said for what is written, in tables; and what can never be in a spoken text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.speech.spoken import line, speak

ENGLISH = [
    ("Revenue rose 12.5% to $2.5M.", "Revenue rose twelve point five percent to two point five million dollars."),
    ("EUR1,250.50 and €0.50", "one thousand two hundred and fifty euros and fifty cents and fifty cents"),
    ("€4-5 million, £1, ¥500", "four to five million euros, one pound, five hundred yen"),
    ("In 2024, since 1998", "In twenty twenty-four, since nineteen ninety-eight"),
    ("2019–2024 and 2023/24", "twenty nineteen to twenty twenty-four and twenty twenty-three to twenty twenty-four"),
    ("the 1990s", "the nineteen nineties"),
    ("on 2031-03-01", "on March first, twenty thirty-one"),
    ("on 5 May 2023", "on the fifth of May twenty twenty-three"),
    ("May 5, 2023", "May fifth, twenty twenty-three"),
    ("at 9:30 and 14:00", "at nine thirty and fourteen o'clock"),
    ("a 1:10 chance, 3:1 odds, 16:9", "a one to ten chance, three to one odds, sixteen to nine"),
    ("1st, 22nd", "first, twenty-second"),
    ("3x faster, 2 x 4", "three times faster, two by four"),
    ("2/3 of them, 4/10", "two thirds of them, four out of ten"),
    ("3½ years", "three and a half years"),
    ("10–20 ms at 5 GB/s", "ten to twenty milliseconds at five gigabytes per second"),
    ("1 km, 5 km/h, 20°C", "one kilometre, five kilometres per hour, twenty degrees Celsius"),
    ("~40%, 50-60%, -5%", "about forty percent, fifty to sixty percent, minus five percent"),
    ("10k users, 3-4 million", "ten thousand users, three to four million"),
    ("1,250,000 people", "one million two hundred and fifty thousand people"),
    ("agent 007", "agent zero zero seven"),
    ("v3.11 and 3.11.2", "version three point eleven and three point eleven point two"),
    ("Q3 2024, FY25", "Q three twenty twenty-four, fiscal year twenty twenty-five"),
    ("24/7 support", "twenty-four seven support"),
    ("e.g. tea, i.e. drinks, etc.", "for example tea, that is drinks, and so on"),
    ("us vs. them", "us versus them"),
    ("Dr. Vos and Mr. Smit", "Doctor Vos and Mister Smit"),
    ("CI/CD on K8s", "C.I, C.D. on koober netties"),
    ("C# and C++", "C sharp and C plus plus"),
    ("the API works", "the A.P.I. works"),
    ("our KPIs", "our K-P-I's"),
    ("the CEO.", "the C-E-O."),
    ("the IT team with AI", "the I.T. team with A-I"),
    ("NASA said NOT now", "Nasa said not now"),
    ("B2B, R&D, Q&A", "B to B, R and D, Q and A"),
    ("AES-256 and mp3", "A.E.S. two hundred and fifty-six and mp three"),
    ("Part II", "Part two"),
    ("See https://example.org/a?b=1.", "See the link in the show notes."),
    ("More (https://example.org/x) here", "More here"),
    ("write to jo.b@halden.example", "write to jo dot b at halden dot example"),
    ("#KnowledgeSharing", "Knowledge Sharing"),
    ("**bold** and _it_ and `code`", "bold and it and code"),
    ('<speak>Hi <break time="3s"/>there</speak>', "Hi there"),
    ("[[h@'loU]] there", "there"),
    ("A & B = C", "A and B equals C"),
    ("yes – or no… well", "yes, or no. well"),
    ("a \"quoted\" (really) word", "a quoted, really, word"),
    ("😀 hello\x07", "hello"),
    ("...", ""),
    ("   ", ""),
]
DUTCH = [
    ("€ 4,5 miljoen in 2024", "vier komma vijf miljoen euro in tweeduizend vierentwintig"),
    ("sinds 1998", "sinds negentienhonderdachtennegentig"),
    ("12,5% of 10–20 %", "twaalf komma vijf procent of tien tot twintig procent"),
    ("bijv. d.w.z. o.a. enz.", "bijvoorbeeld dat wil zeggen onder andere, enzovoort"),
    ("om 14:30 uur", "om veertien uur dertig"),
    ("de 1e en 3de keer", "de eerste en derde keer"),
    ("€ 1.250,50", "duizendtweehonderdvijftig euro vijftig"),
    ("1.250.000 mensen, 0,5 punt", "één miljoen tweehonderdvijftigduizend mensen, nul komma vijf punt"),
    ("op 2031-03-01", "op één maart tweeduizend eenendertig"),
    ("5 km/u en 100 fte", "vijf kilometer per uur en honderd F.T.E."),
    ("2/3 en 3x zo snel", "twee derde en drie keer zo snel"),
    ("dhr. Jansen", "de heer Jansen"),
    ("de API werkt", "de A.P.I. werkt"),
    ("zie www.voorbeeld.nl/x.", "zie de link in de toelichting."),
    ("R&D & meer", "R en D en meer"),
    ("versie v2.1", "versie twee komma één"),
]


@pytest.mark.parametrize(("written", "said"), ENGLISH)
def test_english(written: str, said: str) -> None:
    assert speak(written, "en") == said


@pytest.mark.parametrize(("written", "said"), DUTCH)
def test_dutch(written: str, said: str) -> None:
    assert speak(written, "nl") == said


def test_the_profile_respells_before_everything_else() -> None:
    lexicon = {"Zorvex": "zor vex", "API": "application interface", "K8s": "kates"}
    assert speak("Zorvex has an API on K8s, not Zorvexes.", "en", lexicon) == (
        "zor vex has an application interface on kates, not Zorvexes.")


def test_captions_show_what_was_written() -> None:
    pair = line("We saved **€2.5M** in FY25 \\[net\\].", "en")
    assert pair.display == "We saved €2.5M in FY25 [net]."
    assert pair.spoken == "We saved two point five million euros in fiscal year twenty twenty-five net."


def test_a_language_without_rules_keeps_its_numbers_for_the_engine() -> None:
    assert speak("Wir haben 12 % gespart, siehe https://example.org/x.", "de") == "Wir haben 12 % gespart, siehe."


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789.,:/-€$%<>[]&#@ ABC\x00\u200b\ue000")),
               max_size=60), st.sampled_from(["en", "nl"]))
def test_nothing_that_an_engine_could_obey_or_stumble_on_is_left(text: str, language: str) -> None:
    spoken = speak(text, language)
    assert not re.search(r"\d", spoken)
    assert not re.search(r"[<>\[\]{}\\\x00-\x1f\u200b\ue000-\uf8ff]", spoken)
    assert speak(text, language) == spoken
    assert spoken == spoken.strip()
