"""The browser of the tests, and what marks a module that needs it."""

from __future__ import annotations

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: `pytestmark = IN_CHROMIUM`. The driver leaves a pipe to the garbage collector when it stops.
IN_CHROMIUM = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian package chromium; .ci/run installs it)"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning",
                               "ignore::DeprecationWarning"),
]
