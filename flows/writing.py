"""Drafts and files: every generator in turn, each draft judged before anything speaks about it.

A draft that a gate refuses is left out and said so; the plan and the heads-up, which speak about the other pieces, are
written after that, so they never announce a piece that is not there.
"""

from __future__ import annotations

from dataclasses import replace

from content.cleared import Withheld
from content.draft import Artefact, Draft, Origin
from flows.editing import revised
from flows.revision import Revision
from gates import gates
from gates.work import Work
from generators import Generator, generators
from generators.context import Context

#: The gates that judge a draft by itself.
DRAFT_GATES = frozenset({"trace", "limits", "quality"})


def write_drafts(context: Context, withheld: Withheld,
                 revision: Revision | None = None) -> tuple[tuple[Draft, ...], dict[str, str]]:
    """All drafts that the gates let through, and the names of the others with the reason.

    `revision` is what people at a desk left out or rewrote; their words go through the same gates.
    """
    refused: dict[str, str] = {}
    wanted = revision or Revision()

    def written(after: bool, known: Context) -> tuple[Draft, ...]:
        drafts = _write([each for each in generators() if each.after == after], known)
        return _let_through(revised(drafts, wanted, refused), known, withheld, refused)

    first = written(False, context)
    return first + written(True, replace(context, pieces=first)), refused


def make_artefacts(context: Context, drafts: tuple[Draft, ...]) -> tuple[Artefact, ...]:
    """The files of all drafts, sorted by path."""
    whole = replace(context, pieces=drafts)
    made = [artefact for each in generators()
            for artefact in each.artefacts([draft for draft in drafts if draft.kind == each.kind], whole)]
    return tuple(sorted(made, key=lambda artefact: artefact.path))


def _write(kinds: list[Generator], context: Context) -> tuple[Draft, ...]:
    return tuple(draft for each in kinds for draft in each.drafts(context))


def _let_through(drafts: tuple[Draft, ...], context: Context, withheld: Withheld,
                 refused: dict[str, str]) -> tuple[Draft, ...]:
    work = Work(drafts=drafts, cleared=context.cleared, index=context.index, withheld=withheld, profile=context.profile)
    by_hand = any(each.origin is Origin.EDITOR for draft in drafts for each in draft.segments)
    for gate in gates():
        # What a person wrote may say what is withheld: then that piece is refused and not the whole pack.
        if gate.name not in DRAFT_GATES and not (by_hand and gate.name == "leak"):
            continue
        result = gate.check(work)
        for name in result.refused:
            why = next((reason for reason in result.reasons if reason.startswith(f"{name}: ")), "")
            refused.setdefault(name, f"{gate.name}: {why.removeprefix(f'{name}: ')}")
    return tuple(draft for draft in drafts if draft.name not in refused)
