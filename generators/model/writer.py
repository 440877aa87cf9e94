"""Has a model rewrite the drafts of one document, and gives an account of it.

It takes a `Context`, whose text is cleared, and drafts that the gates let through; it gives drafts of the same names and
shape. A piece of which the gates refuse more than half of what the model wrote stays as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from content.draft import Draft
from content.model import ModelUse
from generators.context import Context
from generators.model.asking import Asking, Judge, MayLeave
from generators.model.budget import Budget, cost_of
from generators.model.client import Client
from generators.model.endpoint import Endpoint
from generators.model.kept import Kept, sweep
from generators.model.slots import KINDS, Slot, paragraphs, put
from language.words import word_list

#: Items and characters of one request: a small model loses count of more.
_ITEMS, _CHARACTERS = 12, 3_000
#: Of a piece's rewritten sentences, the share that may be refused before it stays as it was, and the fewest that count.
_REFUSED_SHARE, _REFUSED_LEAST = 0.5, 2
UNJUDGED = "the gates cannot judge what a model writes in this language"
MANY = "the gates refused more than half of what the model wrote"

Groups = tuple[tuple[Slot, ...], ...]


@dataclass(slots=True)
class ModelWriter:
    """One service, for one document. `home` is the folder of kept answers of all documents."""

    endpoint: Endpoint
    home: Path
    offline: bool = False
    sleep: Callable[[float], None] = time.sleep
    _use: ModelUse | None = field(default=None)

    def rewrite(self, drafts: Sequence[Draft], context: Context, judge: Judge, may_leave: MayLeave) -> tuple[Draft, ...]:
        """The drafts with what the model wrote and `judge` let stand. Never raises for what a service does."""
        endpoint = self.endpoint
        use = ModelUse(model=endpoint.model, host=endpoint.host, currency=endpoint.limits.currency)
        language = context.cleared.language
        if not word_list("stop", language) or not word_list("negation", language):
            self._use = use.model_copy(update={"stopped": UNJUDGED})
            return tuple(drafts)
        sweep(self.home, endpoint.limits.keep_days)
        client = Client(endpoint, Budget(endpoint.limits, endpoint.price), self.sleep)
        asking = Asking(client, Kept(self.home / context.cleared.source.sha256), judge, may_leave,
                        {name: each.text for name, each in context.index.by_id.items()}, language, self.offline)
        unchanged: dict[str, str] = {}
        new: dict[str, Draft] = {}
        try:
            for job in _jobs(drafts):
                for draft in _rewritten(job, asking, unchanged):
                    new[draft.name] = draft
        finally:
            client.close()
        self._use = _account(use, asking, unchanged, endpoint)
        return tuple(new.get(draft.name, draft) for draft in drafts)

    def fell_back(self, name: str, why: str) -> None:
        """Note a piece that a gate refused as a whole and that therefore stays as it was."""
        assert self._use is not None
        self._use = self._use.model_copy(update={"unchanged": self._use.unchanged | {name: why}})

    def use(self, sentences: int) -> ModelUse:
        """The account, with how many sentences of the pack the model wrote."""
        assert self._use is not None
        return self._use.model_copy(update={"sentences": sentences})


def _jobs(drafts: Sequence[Draft]) -> Iterator[list[tuple[Draft, Groups]]]:
    """What is asked for together: a piece, or the hooks of all posts of one topic. Item names are unique in a job."""
    wanted = [draft for draft in drafts if draft.kind in KINDS]
    for _, together in groupby(wanted, key=lambda each: f"social/{each.topic}" if each.kind == "social" else each.name):
        job: list[tuple[Draft, Groups]] = []
        first = 1
        for draft in together:
            groups = paragraphs(draft, first)
            first += sum(len(group) for group in groups)
            if groups:
                job.append((draft, groups))
        if job:
            yield job


def _rewritten(job: Sequence[tuple[Draft, Groups]], asking: Asking, unchanged: dict[str, str]) -> Iterator[Draft]:
    accepted = []
    failed: dict[str, str] = {}
    for batch in _batches([group for _, groups in job for group in groups]):
        good, bad = asking.rewrite(batch)
        accepted += good
        failed |= bad
    for draft, groups in job:
        own = {slot.id for group in groups for slot in group}
        good = [each for each in accepted if set(each.slots) <= own]
        lost = sorted(own & set(failed))
        if lost and not good:
            unchanged[draft.name] = failed[lost[0]]
        elif len(lost) >= _REFUSED_LEAST and len(lost) > _REFUSED_SHARE * (len(lost) + len(good)):
            unchanged[draft.name] = MANY
        elif good:
            yield put(draft, groups, good)


def _batches(groups: Sequence[tuple[Slot, ...]]) -> Iterator[list[tuple[Slot, ...]]]:
    """Paragraphs in requests of bearable size; a paragraph longer than that is cut."""
    batch: list[tuple[Slot, ...]] = []
    items = size = 0
    pieces = [group[start:start + _ITEMS] for group in groups for start in range(0, len(group), _ITEMS)]
    for piece in pieces:
        length = sum(len(slot.text) for slot in piece)
        if batch and (items + len(piece) > _ITEMS or size + length > _CHARACTERS):
            yield batch
            batch, items, size = [], 0, 0
        batch.append(piece)
        items, size = items + len(piece), size + length
    if batch:
        yield batch


def _account(use: ModelUse, asking: Asking, unchanged: dict[str, str], endpoint: Endpoint) -> ModelUse:
    costs = [cost_of(tokens, endpoint.price) for tokens in asking.used]
    known = [cost for cost in costs if cost is not None]
    return use.model_copy(update={
        "answers": len(asking.used), "tokens_in": sum(each.prompt for each in asking.used),
        "tokens_out": sum(each.completion for each in asking.used),
        "estimated": any(not each.counted for each in asking.used),
        "cost": round(sum(known), 6) if endpoint.price is not None else None,
        "refused": dict(sorted(asking.refused.items())), "unchanged": dict(sorted(unchanged.items())),
        "stopped": asking.stopped, "sent": asking.sent, "kept": asking.found})
