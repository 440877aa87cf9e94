"""Which language a text is in: by its function words where that is plain, by py3langid where it is not.

Two questions. `language_of` asks it of a whole document and always answers; py3langid, which costs 0.7 s at its first use,
is asked only where the function words do not decide. `plain_language` asks it of one slide or page and answers only
when the words leave no doubt, in microseconds: a slide of nouns, a table of names or a piece of code is in no language.
Never ask of a single line: short lines are guessed wrong a third of the time.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from language.files import word_set

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The commonest function words of each language; words that several share cancel out in the comparison.
_WORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in {
    "en": "the and of to is in that for with you are this it we not your can from have what how will",
    "nl": "de het een en van is dat niet met voor zijn wij je we ook op naar maar wat hoe wordt deze",
    "de": "der die das und ist nicht mit für ein eine zu den von wir auf auch wie werden sich dem",
    "fr": "le la les des et est une dans pour que qui pas vous nous sur avec par ce cette aux",
    "es": "el los las que y en una para con por es se del como más su al lo pero este",
    "it": "il che di e la per una con non sono della dei nel gli come più anche alla questo",
    "pt": "o que e do da em um para com não uma os no se na por mais as dos como",
    "cs": "se na je že v s pro jako to jsou nebo by ale jsme které může při aby tak",
}.items()}
#: Of these the single slide is asked as well. They have more words, because a slide is short, and none that is English.
_MORE: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in {
    "en": "be or as by on at an they their our has was were which when if but all do does more about who why would "
          "should there been into than its than us them these those",
    "nl": "er te aan bij om als dan door uit nog wel geen hun haar hebben heeft worden kan kunnen moet zo al onze ons jullie "
          "dit die ze hij zich over alles waar veel meer",
    "de": "sie ich es im am des einer einen einem oder aber wenn dass haben hat sind kann bei nach über aus zum zur noch "
          "nur durch unsere unser werden wird diese dieser",
    "fr": "du au ne son sa ses il elle ils sont avons être mais ou où plus comme leur leurs notre nos votre ces cet ont "
          "était fait",
    "es": "la de un está están son nos sus ya muy también cuando porque hay ser fue sobre entre nuestro nuestra",
    "it": "un delle nella ma si ci è abbiamo hanno essere stato nostro nostra quando perché ogni dal dalla le",
    "pt": "de é à ao são foi ser está nosso nossa mas também quando pela pelo sem muito você isso",
    "cs": "jsem bylo byl byla už jen co ze od do které který jeho jejich naše můžeme musí také",
    "fi": "ja ei se että oli ovat hän joka mutta kun niin myös tai jos kuin sekä voi mitä tämä ne niiden meidän mukaan "
          "jotta sen ole olla vain kanssa kaikki",
    "sv": "och att det som är av för den med inte ett vi till har om var från kan men eller hur när ska vara vår våra också "
          "detta mer efter",
    "da": "og det at en er af til på med ikke der den vi har som for om et men var kan fra eller hvordan når skal være vores "
          "også dette mere efter hvad",
    "no": "og det å en er av til på med ikke som den vi har for om et men var kan fra eller hvordan når skal være vår våre "
          "også dette mer etter hva",
    "pl": "i w na nie się z do jest że to jak o ale po co są dla od przez przy czy tylko oraz może można nasz które który "
          "jego ich",
    "hu": "a az és nem hogy is egy van ez de meg csak már mint vagy ha ki el volt minden lehet amely között után nagyon",
    "ro": "și de la cu în nu pe că din este o sunt pentru care mai un să ce al sau dar prin aceste noastre fi ca",
    "tr": "ve bir bu için ile de da ne çok daha gibi olarak olan var değil ama kadar sonra her en biz mi veya ise",
}.items()}
# Words of English and of another language: on a single slide they speak for neither.
_SHARED = word_set(
    "a an at as by on or so to i is in it be he me we no do for was are am die had has her his men not of if all "
    "one us more when who war bad got hat most man can will per via over after under o e y v s z w "
)
_TOKEN = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")  # "S1" is no word, and "s" one of Czech
# Inside a name these are no words of a sentence: a table of names is in no language.
_PARTICLES = re.compile(r"\b(?:[Vv]an|[Vv]on|de|del|della|di|da|do|dos|du|la|le)(?: (?:der|den|de|dem|la|las|los|het|te))? "
                        r"(?=[A-Z])")
_SCRIPTS = (("ja", re.compile(r"[぀-ヿ]")), ("zh", re.compile(r"[一-鿿]")), ("ko", re.compile(r"[가-힯]")),
            ("he", re.compile(r"[֐-׿]")), ("ar", re.compile(r"[؀-ۿ]")), ("ru", re.compile(r"[Ѐ-ӿ]")),
            ("el", re.compile(r"[Ͱ-Ͽ]")))
#: Languages with a script of their own.
SCRIPTS = frozenset(code for code, _ in _SCRIPTS)
_NAMES = {
    "en": "English", "nl": "Dutch", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "cs": "Czech", "fi": "Finnish", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "pl": "Polish", "hu": "Hungarian",
    "ro": "Romanian", "tr": "Turkish", "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "he": "Hebrew", "ar": "Arabic",
    "ru": "Russian", "el": "Greek", "uk": "Ukrainian", "bg": "Bulgarian", "ca": "Catalan", "hr": "Croatian", "sk": "Slovak",
    "sl": "Slovenian", "et": "Estonian", "lv": "Latvian", "lt": "Lithuanian", "nb": "Norwegian", "nn": "Norwegian",
    "fa": "Persian", "hi": "Hindi", "id": "Indonesian", "vi": "Vietnamese", "af": "Afrikaans", "ga": "Irish",
}
#: Letters, words, function words and different ones among them that a slide needs to be in a language plainly.
_LETTERS, _SAID, _FUNCTION, _DIFFERENT = 40, 12, 4, 3


def language_of(text: str, default: str = "en") -> str:
    """The ISO 639-1 code of the language that most of a text is in; `default` when there is too little to tell."""
    sample = text[:60_000]
    letters = _letters(sample)
    if letters < 20:
        return default
    script = _by_script(sample, 0.2 * letters)
    if script:
        return script
    counts = Counter(word.lower() for word in _TOKEN.findall(sample))
    scores = {code: sum(counts[word] for word in words) for code, words in _WORDS.items()}
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    (first, best), (_, second) = ranked[0], ranked[1]
    if best >= 5 and best >= 1.5 * second:
        return first
    if sum(counts.values()) < 12:
        return plain_language(sample) or default
    return _by_model(sample)


def language_name(code: str) -> str:
    """What a language is called in English; the code itself, as a quotation, for one that is not known here."""
    return _NAMES.get(code, f"in a language with the code {code}")


def plain_language(text: str) -> str:
    """The code of the language that a slide or page is plainly in, '' when that is not plain.

    Plain is: enough words, several different function words of one language, twice as many as of English, and at least one
    word in twelve; or most letters in a script of its own.
    """
    sample = text[:8_000]
    letters = _letters(sample)
    if letters < _LETTERS:
        return ""
    if script := script_of(sample):
        return script
    counts = Counter(word.lower() for word in _TOKEN.findall(_PARTICLES.sub(" ", sample)))
    said = sum(counts.values())
    if said < _SAID:
        return ""
    return _by_function_words(counts, said)


def script_of(text: str) -> str:
    """The code of the language whose own script most letters of a text are in, '' for Latin letters."""
    return "" if text.isascii() else _by_script(text, 0.5 * _letters(text))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _by_function_words(counts: Mapping[str, int], said: int) -> str:
    scores: dict[str, int] = defaultdict(int)
    different: dict[str, int] = defaultdict(int)
    owners = _owners()
    for word, count in counts.items():
        for code in owners.get(word, ()):
            scores[code] += min(count, 5)
            different[code] += 1
    english = scores.pop("en", 0)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    first, best = ranked[0] if ranked else ("", 0)
    if english >= _FUNCTION and english >= 2 * best:
        return "en"
    enough = best >= _FUNCTION and different[first] >= _DIFFERENT and best >= said / 12
    return first if enough and best >= 2 * english else ""


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    """Function word -> the languages it belongs to."""
    made: dict[str, list[str]] = defaultdict(list)
    for code in sorted(_WORDS.keys() | _MORE.keys()):
        words = _WORDS.get(code, frozenset()) | _MORE[code]
        for word in words - _SHARED:
            made[word].append(code)
    return {word: tuple(codes) for word, codes in made.items()}


def _by_script(sample: str, least: float) -> str:
    counts = {code: len(script.findall(sample)) for code, script in _SCRIPTS}
    if counts["ja"] > 0.4 * least and counts["ja"] + counts["zh"] > least:
        return "ja"  # Japanese writes half of its text in Chinese signs
    return next((code for code, count in counts.items() if count > least), "")


def _by_model(sample: str) -> str:
    return str(_model().classify(sample)[0])


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
