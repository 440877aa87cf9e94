"""Drafts and files: every generator in turn, each draft judged before anything speaks about it.

A draft that a gate refuses is left out and said so; the plan and the heads-up, which speak about the other pieces, are
written after that, so they never announce a piece that is not there. Blog drafts count and announce each other: where one
of them is gone the others are written again without it, and what it told becomes a starter for its author.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.cleared import Withheld
from content.draft import Artefact, Draft, Origin
from content.errors import BadSettings
from flows.editing import TAKEN_OUT, revised
from flows.model_writing import Rewriter
from flows.revision import Revision
from gates import gates
from gates.work import Work
from generators import Generator, generators
from generators.context import Context
from generators.own_templates import own_templates

#: The gates that judge a draft by itself.
DRAFT_GATES = frozenset({"trace", "limits", "quality"})
#: The kind of which each draft speaks of the others, and what goes by which of them are there.
_SERIES = "blog"
_BY_SERIES = frozenset({_SERIES, "outline"})


def write_drafts(context: Context, withheld: Withheld, revision: Revision | None = None,
                 rewriter: Rewriter | None = None) -> tuple[tuple[Draft, ...], dict[str, str]]:
    """All drafts that the gates let through, and the names of the others with the reason.

    `revision` is what people at a desk left out or rewrote; their words go through the same gates.
    `rewriter` is a model that was asked for: it is handed what the gates let through, and what it writes is judged again
    with everything else. The plan and the heads-up stay as they are.
    """
    wanted = revision or Revision()
    by_hand = frozenset(each.piece for each in wanted.edits)
    known_kinds = {each.kind for each in generators()}
    for kind in context.profile.pieces:
        if kind not in known_kinds:
            raise BadSettings("profile.pieces", f"names no kind of piece ({kind!r})",
                              f"Known: {', '.join(sorted(known_kinds))}")

    def written(kinds: list[Generator], known: Context) -> tuple[tuple[Draft, ...], list[Draft], dict[str, str]]:
        refused: dict[str, str] = {}
        drafts = _write(kinds, known)
        if rewriter is not None and not any(each.after for each in kinds):
            drafts = _rewritten(drafts, rewriter, known, withheld)
        kept = _let_through(revised(drafts, wanted, refused), known, withheld, refused)
        return kept, [each for each in drafts if each.name in refused], refused

    known, first_kinds = context, [each for each in generators() if not each.after]
    first, gone, refused = written(first_kinds, known)
    while lost := [each.name for each in gone if each.kind == _SERIES and each.name not in known.left_out]:
        # What a person took out or wrote over is theirs to put right: no starter asks for it again.
        by_gate = {name for name in lost if refused[name] != TAKEN_OUT and name not in by_hand}
        known = replace(known, left_out=known.left_out.union(lost), refused=known.refused | by_gate)
        again, gone_now, refused_now = written([each for each in first_kinds if each.kind in _BY_SERIES], known)
        stale = {each.name for each in gone if each.kind in _BY_SERIES} - known.left_out
        refused = {name: why for name, why in refused.items() if name not in stale} | refused_now
        first, gone = _replaced(first, again, first_kinds), gone_now
    last, _, refused_last = written([each for each in generators() if each.after], replace(known, pieces=first))
    return first + last, refused | refused_last


def _replaced(drafts: Sequence[Draft], again: Sequence[Draft], kinds: Sequence[Generator]) -> tuple[Draft, ...]:
    """The drafts with those that go by the series as they were written `again`, in the order of the kinds."""
    return tuple(draft for each in kinds for draft in (again if each.kind in _BY_SERIES else drafts)
                 if draft.kind == each.kind)


def make_artefacts(context: Context, drafts: tuple[Draft, ...]) -> tuple[Artefact, ...]:
    """The files of all drafts, sorted by path."""
    whole = replace(context, pieces=drafts)
    with own_templates(context.templates):
        made = [artefact for each in generators()
                for artefact in each.artefacts([draft for draft in drafts if draft.kind == each.kind], whole)]
    return tuple(sorted(made, key=lambda artefact: artefact.path))


def _write(kinds: list[Generator], context: Context) -> tuple[Draft, ...]:
    """The drafts of some kinds, at most as many of each as the profile wants; posts and cards are counted by topic."""
    return tuple(draft for each in kinds for draft in _wanted(each, context))


def _wanted(generator: Generator, context: Context) -> tuple[Draft, ...]:
    most = context.profile.pieces.get(generator.kind)
    if most == 0:
        return ()
    with own_templates(context.templates):
        drafts = generator.drafts(context)
    if most is None:
        return drafts
    by_topic = generator.kind in {"social", "card"}
    marks = list(dict.fromkeys(draft.topic if by_topic else draft.name for draft in drafts))[:most]
    return tuple(draft for draft in drafts if (draft.topic if by_topic else draft.name) in marks)


def _rewritten(drafts: tuple[Draft, ...], rewriter: Rewriter, context: Context, withheld: Withheld) -> tuple[Draft, ...]:
    """The drafts with those rewritten that the gates let through; a draft that they refuse is not worth a request."""
    new = {draft.name: draft for draft in rewriter(_let_through(drafts, context, withheld, {}), context, withheld)}
    return tuple(new.get(draft.name, draft) for draft in drafts)


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
