"""Renders one template of a user in a process of its own, with ceilings. Started by `own_templates.py`; never imported.

Values come pickled on standard input from our own parent; what comes back is JSON, so nothing that a template does can
reach the parent as code. Jinja2's immutable sandbox, and less: of a value a template sees its data and not its methods, no
filter makes text out of a sentence and prints it as if it were the template's own, and no file is read but templates.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import resource
import sys
from types import BuiltinMethodType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

    from generators.render import Marks

#: Filters that would print source text as if it were wording.
_NO_FILTERS = ("e", "escape", "safe", "forceescape", "tojson", "xmlattr", "urlize", "striptags", "attr", "pprint", "format")
#: Methods of text that answer yes or no.
_ASKING = ("startswith", "endswith")
_NO_GLOBALS = ("lipsum", "cycler", "joiner", "namespace", "dict")


def main() -> int:
    """Render; 0 with an answer on standard output, anything else when a ceiling was passed."""
    # Our own parent pickled it; a template has no say in it.
    job = pickle.loads(sys.stdin.buffer.read())  # noqa: S301
    import jinja2

    from generators import render

    for which, most in ((resource.RLIMIT_AS, job["memory"]), (resource.RLIMIT_CPU, job["cpu"]), (resource.RLIMIT_CORE, 0),
                        (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(which, (most, most))
    marks = render.Marks(getattr(render, job["escape"]), own=True)
    environment = _environment(job["folder"], job["language"], marks)
    try:
        text, length = [], 0
        for piece in environment.get_template(job["name"]).generate(job["values"]):
            text.append(piece)
            length += len(piece)
            if length > job["output"]:
                return _error("printed more than 1 MB", "Print less")
        printed = [each.model_dump(mode="json") for each in marks.printed]
        return _answer({"text": "".join(text), "printed": printed})
    except render.Unsourced as error:
        return _error(error.what, "Print a sentence, a number of ours, or wording of the template", _line(error))
    except jinja2.TemplateSyntaxError as error:
        return _error(f"cannot be read: {error.message}", "Mend that line", f", line {error.lineno}")
    except jinja2.TemplateNotFound as error:
        return _error(f"names a template that is not there ({error.name})", "Mend the name")
    except jinja2.exceptions.SecurityError:
        return _error("asks for something that templates may not have", "Use the values alone", _line(sys.exc_info()[1]))
    except jinja2.UndefinedError as error:
        return _error(f"uses a value that is not there ({error.message})", "See the template of ours", _line(error))
    except MemoryError:
        return 1
    except Exception as error:  # whatever a template does wrong is told in one line
        return _error(f"fails ({type(error).__name__})", "Mend that line", _line(error))


def _environment(folder: str, language: str, marks: Marks) -> Environment:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from generators.render import TEMPLATES, own_filters

    class _Sandbox(ImmutableSandboxedEnvironment):
        """Data without methods: only what a loop or a test of Jinja2 needs may be called."""

        def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
            data = not callable(value) or (isinstance(obj, str) and attr in _ASKING)
            return data and not attr.startswith("_") and super().is_safe_attribute(obj, attr, value)

        def is_safe_callable(self, obj: object) -> bool:
            if isinstance(obj, BuiltinMethodType):
                return isinstance(obj.__self__, str) and obj.__name__ in _ASKING
            return isinstance(obj, jinja2.runtime.Macro | jinja2.runtime.BlockReference) or obj in allowed

    environment = _Sandbox(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(folder), jinja2.FileSystemLoader(TEMPLATES / language)]),
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        finalize=marks.mark)
    for name in _NO_FILTERS:
        environment.filters.pop(name, None)
    for name in _NO_GLOBALS:
        environment.globals.pop(name, None)
    environment.filters |= own_filters()
    allowed = [environment.globals["range"]]
    return environment


def _line(error: BaseException | None) -> str:
    """Where in the template it happened, as ", line 3"."""
    trace = error.__traceback__ if error is not None else None
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f", line {line}" if line else ""


def _error(what: str, todo: str, line: str = "") -> int:
    return _answer({"error": what.rstrip("."), "todo": todo, "line": line})


def _answer(answer: dict[str, object]) -> int:
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    # No tidy ending: what a template left behind is not worth the time.
    code = main()
    os._exit(code)
