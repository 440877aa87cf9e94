"""A model as writer, put between the drafts and the gates: the gates judge each sentence it wrote, then each piece.

Nothing of generators.model is imported unless a request names a writer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from content.cleared import Withheld
from content.draft import Artefact, Draft, Origin, Sentence
from content.errors import InputError
from content.model import ModelUse
from content.settings import Settings
from flows.data import data_folder, private
from gates import gates
from gates.work import Work
from generators.context import Context

if TYPE_CHECKING:
    from generators.model.endpoint import Endpoint
    from generators.model.writer import ModelWriter

#: What a request may name: a service, or the answers of one that are kept (to make a pack again).
SERVICE, KEPT = "openai", "kept"
#: The gates that judge a sentence by itself; limits are those of a whole piece.
_SENTENCE_GATES = frozenset({"trace", "quality", "leak"})


class Rewriter(Protocol):
    """Rewrites drafts, and gives an account of it afterwards."""

    def __call__(self, drafts: tuple[Draft, ...], context: Context, withheld: Withheld) -> tuple[Draft, ...]:
        """The drafts, rewritten where the gates let the new sentences stand."""
        ...

    def account(self, drafts: Sequence[Draft]) -> ModelUse:
        """What was done, where these are the drafts of the pack."""
        ...


def rewriter(name: str, settings: Settings) -> Rewriter | None:
    """The writer that a request names, None where it names none.

    Raises InputError for a name that is not known, BadSettings when the service is not described well enough to be used.
    """
    if not name:
        return None
    from generators.model.writer import ModelWriter

    service = check_writer(name, settings)
    return _Rewriter(ModelWriter(service, private(data_folder() / "writer"), offline=name == KEPT))


def check_writer(name: str, settings: Settings) -> Endpoint:
    """The service that would be asked, from settings and environment. Raises as `rewriter` does."""
    from generators.model.endpoint import endpoint

    if name not in {SERVICE, KEPT}:
        raise InputError(f"--writer {name[:40]}", "is not a writer that is known", f"Use --writer {SERVICE}, or leave it out")
    return endpoint(settings.writer, os.environ)


def for_desk(settings: Settings) -> str:
    """The writer that a desk uses: the service where `[writer] allow = true`, none otherwise."""
    return SERVICE if settings.writer.allow else ""


def not_kept(use: ModelUse) -> bool:
    """Whether an answer was missing where only kept ones could be used."""
    from generators.model.asking import NOT_KEPT

    return use.stopped == NOT_KEPT


def said_of(use: ModelUse) -> str:
    """What a model did, in one line for people."""
    refused = sum(use.refused.values())
    parts = [f"wrote {use.sentences} sentence{'' if use.sentences == 1 else 's'}"]
    parts.append(f"{refused} refused by the gates and left as the author said them" if refused else "none refused")
    paid = "cost not known" if use.cost is None else f"{use.cost:.4f} {use.currency}"
    parts.append(f"{use.tokens_in + use.tokens_out:,} tokens{' (our estimate)' if use.estimated else ''}, {paid}")
    line = (f"{use.model} at {use.host}: {'; '.join(parts)}. "
            f"{use.sent} request(s) sent, {use.kept} answer(s) kept from before.")
    return line + (f" Stopped: {use.stopped}; the rest is in the author's own words." if use.stopped else "")


def figures_of(use: ModelUse) -> dict[str, int]:
    """What a model did, as counts for the summary of a batch; the cost in millionths, 0 when it is not known."""
    return {"model:sentences": use.sentences, "model:refused": sum(use.refused.values()),
            "model:tokens": use.tokens_in + use.tokens_out, "model:requests": use.sent,
            "model:cost": round((use.cost or 0.0) * 1_000_000)}


def digest_of(name: str, settings: Settings) -> str:
    """What of a writer decides what a pack will be, for the hash of a batch; '' without one. Raises as `rewriter` does."""
    if not name:
        return ""
    service = check_writer(name, settings)
    return json.dumps([name, service.url, service.model])


class _Rewriter:
    """A `Rewriter` over generators.model."""

    def __init__(self, writer: ModelWriter) -> None:
        self._writer = writer

    def __call__(self, drafts: tuple[Draft, ...], context: Context, withheld: Withheld) -> tuple[Draft, ...]:
        def work(judged: Sequence[Draft], files: tuple[Artefact, ...] = ()) -> Work:
            return Work(drafts=tuple(judged), artefacts=files, cleared=context.cleared, index=context.index,
                        withheld=withheld, profile=context.profile)

        def judge(sentences: Sequence[Sentence]) -> list[tuple[str, ...]]:
            probes = [Draft(kind="sentence", name=f"sentence/{n}", path="", title=drafts[0].title, segments=(each,))
                      for n, each in enumerate(sentences)]
            return [tuple(each) for each in _reasons(probes, work(probes), _SENTENCE_GATES).values()]

        def may_leave(text: str) -> bool:
            asked = work((), (Artefact(path="request", data=text.encode(), media_type="text/plain"),))
            return all(gate.check(asked).passed for gate in gates() if gate.name == "leak")

        if not drafts:
            return drafts
        new = self._writer.rewrite(drafts, context, judge, may_leave)
        wrong = _reasons(new, work(new), _SENTENCE_GATES | {"limits"})
        out = []
        for old, made in zip(drafts, new, strict=True):
            if made is not old and wrong[made.name]:
                self._writer.fell_back(made.name, wrong[made.name][0])
                made = old
            out.append(made)
        return tuple(out)

    def account(self, drafts: Sequence[Draft]) -> ModelUse:
        return self._writer.use(sum(each.origin is Origin.MODEL for draft in drafts for each in draft.segments))


def _reasons(drafts: Sequence[Draft], work: Work, names: frozenset[str]) -> dict[str, list[str]]:
    """For each draft why these gates refuse it, [] where they do not."""
    found: dict[str, list[str]] = {draft.name: [] for draft in drafts}
    for gate in gates():
        if gate.name not in names:
            continue
        result = gate.check(work)
        for name in result.refused:
            own = [each.removeprefix(f"{name}: ") for each in result.reasons if each.startswith(f"{name}: ")]
            found[name] += [f"{gate.name}: {why}" for why in own or ["refused"]]
    return found
