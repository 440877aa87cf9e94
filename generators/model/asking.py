"""Asks for one batch of paragraphs: from what was kept or from the service, read, judged, mended once.

Whatever goes wrong leaves the author's own sentence where it stood. Nothing is sent that `may_leave` does not let out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from content.draft import Sentence
from generators.model import kept, prompt
from generators.model.answer import Read, Unreadable, loses, read
from generators.model.budget import Tokens
from generators.model.client import Answer, Client, NoAnswer, request_body
from generators.model.slots import Rewrite, Slot

#: Says of each sentence why it is refused, () where it is not: the gates, behind a function since stages do not import
#: each other.
Judge = Callable[[Sequence[Sentence]], Sequence[tuple[str, ...]]]
#: Whether a text may be sent: the leak gate.
MayLeave = Callable[[str], bool]
Groups = Sequence[Sequence[Slot]]
#: Requests in a row without an answer after which a service is taken for gone.
_GONE = 2
NOT_KEPT = "an answer of the model is not kept any more"
WITHHELD = "not sent: it holds something withheld"
UNREADABLE = "the answer could not be read"
LOSES = "leaves out most of what it stands for"


@dataclass(slots=True)
class Asking:
    """The questions of one document. Counts what was used, refused and paid."""

    client: Client
    kept: kept.Kept
    judge: Judge
    may_leave: MayLeave
    sources: Mapping[str, str]
    language: str
    #: Use kept answers only.
    offline: bool = False
    used: list[Tokens] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    found: int = 0
    stopped: str = ""
    _failures: int = 0

    def rewrite(self, groups: Groups) -> tuple[list[Rewrite], dict[str, str]]:
        """What may stand in the place of these slots, and for slots whose rewriting failed the reason."""
        first, why = self._ask(groups)
        if first is None:
            return [], {slot.id: why for group in groups for slot in group}
        good, complaints = self._judged(first, groups)
        if not complaints:
            return good, {}
        again = _runs(groups, complaints) or groups
        second, _ = self._ask(again, complaints)
        if second is None:
            return good, _failed(complaints, groups, good)
        mended, left = self._judged(second, again)
        # What the second answer leaves out stays the author's; what it got wrong again failed.
        return [*good, *mended], _failed(left, again, [*good, *mended])

    def _judged(self, answer: Read | str, groups: Groups) -> tuple[list[Rewrite], dict[str, tuple[str, ...]]]:
        """The sentences that stand, and complaints by slot about the others ('' for the answer as a whole)."""
        if isinstance(answer, str):
            self.refused[UNREADABLE] += 1
            return [], {"": (answer,)}
        complaints: dict[str, tuple[str, ...]] = {}
        for name, reason in answer.wrong:
            self.refused[reason] += 1
            if name:
                complaints[name] = (reason,)
        good: list[Rewrite] = []
        verdicts = self.judge([each.sentence for each in answer.rewrites])
        for each, reasons in zip(answer.rewrites, verdicts, strict=True):
            if not reasons and loses(each, groups, self.language):
                reasons = (LOSES,)
            if not reasons:
                good.append(each)
                continue
            self.refused[kind_of(reasons[0])] += 1
            complaints.update(dict.fromkeys(each.slots, reasons))
        done = {name for each in good for name in each.slots}
        return good, {name: reasons for name, reasons in complaints.items() if name not in done}

    def _ask(self, groups: Groups, complaints: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Read | str | None, str]:
        """An answer: read, or in words why it cannot be; None and the reason when there is none."""
        if self.stopped:
            return None, self.stopped
        said = prompt.messages(groups, self.sources, self.language, _named(complaints))
        if not self.may_leave(said[-1]["content"]):
            return None, WITHHELD
        longest, schema = _longest(groups), prompt.schema(groups)
        body = request_body(self.client.endpoint, said, longest)
        key = kept.key_of(self.client.endpoint.url, body, schema, prompt.VERSION)
        answer = self.kept.get(key)
        self.found += answer is not None
        if answer is None:
            if self.offline:
                self.stopped = NOT_KEPT
                return None, NOT_KEPT
            before = self.client.budget.requests
            try:
                answer = self.client.ask(said, schema, longest)
            except NoAnswer as error:
                self._failures += 1
                if error.final or self._failures >= _GONE:
                    self.stopped = error.why
                return None, error.why
            finally:
                self.sent += self.client.budget.requests - before
            self._failures = 0
            self.kept.put(key, answer)
        self.used.append(answer.tokens)
        return _read(answer, groups), ""


def kind_of(reason: str) -> str:
    """The reason of a gate without the places and figures in it, so that equal ones can be counted."""
    return next((name for part, name in _KINDS if part in reason), reason.partition(":")[0])


_KINDS = (
    ("number(s)", "a number that the source does not have"), ("currency", "a currency that the source does not have"),
    ("name(s)", "a name that the source does not have"), ("quotes words", "a quotation that is none"),
    ("negates", "a negation added or dropped"), ("another order", "words that are not in the source, or in another order"),
    ("leaves out a word", "a word left out that changes the meaning"), ("shares only", "too little of the source"),
    ("cliche", "a cliché"), ("banned", "a banned word"), ("withheld", "something withheld"),
    ("residue", "residue"), ("cannot be judged", "a language that cannot be judged"))


def _read(answer: Answer, groups: Groups) -> Read | str:
    try:
        return read(answer.text, groups)
    except Unreadable as error:
        return "the answer was cut off; answer in fewer words" if answer.cut else f"the answer {error}"


def _named(complaints: Mapping[str, tuple[str, ...]] | None) -> dict[str, tuple[str, ...]]:
    return {name or "the whole answer": reasons for name, reasons in (complaints or {}).items()}


def _failed(complaints: Mapping[str, tuple[str, ...]], groups: Groups, good: Sequence[Rewrite]) -> dict[str, str]:
    """The slots that nothing good stands for, with the reason; a complaint about the whole answer is one about each."""
    done = {name for each in good for name in each.slots}
    names = [slot.id for group in groups for slot in group] if "" in complaints else list(complaints)
    reasons = {name: complaints.get(name) or complaints[""] for name in names if name not in done}
    return {name: kind_of(each[0]) for name, each in reasons.items()}


def _runs(groups: Groups, complaints: Mapping[str, tuple[str, ...]]) -> list[list[Slot]]:
    """The slots that were complained about, in runs of neighbours: only they are asked for again."""
    runs: list[list[Slot]] = []
    for group in groups:
        open_run: list[Slot] = []
        for slot in group:
            if slot.id in complaints:
                open_run.append(slot)
            elif open_run:
                runs.append(open_run)
                open_run = []
        if open_run:
            runs.append(open_run)
    return runs


def _longest(groups: Groups) -> int:
    """Tokens that an answer may have: half of the characters for the words, and the JSON around each sentence."""
    slots = [slot for group in groups for slot in group]
    return 200 + 80 * len(slots) + sum(len(slot.text) for slot in slots) // 2
