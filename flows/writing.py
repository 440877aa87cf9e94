"""Drafts and files: every generator in turn, each draft judged before anything speaks about it.

A draft that a gate refuses is left out and said so; the plan and the heads-up, which speak about the other pieces, are
written after that, so they never announce a piece that is not there.
"""

from __future__ import annotations

from dataclasses import replace

from content.cleared import Withheld
from content.draft import Artefact, Draft, Origin
from content.errors import BadSettings
from flows.editing import revised
from flows.model_writing import Rewriter
from flows.revision import Revision
from gates import gates
from gates.work import Work
from generators import Generator, generators
from generators.context import Context
from generators.own_templates import own_templates

#: The gates that judge a draft by itself.
DRAFT_GATES = frozenset({"trace", "limits", "quality"})


def write_drafts(context: Context, withheld: Withheld, revision: Revision | None = None,
                 rewriter: Rewriter | None = None) -> tuple[tuple[Draft, ...], dict[str, str]]:
    """All drafts that the gates let through, and the names of the others with the reason.

    `revision` is what people at a desk left out or rewrote; their words go through the same gates.
    `rewriter` is a model that was asked for: it is handed what the gates let through, and what it writes is judged again
    with everything else. The plan and the heads-up stay as they are.
    """
    refused: dict[str, str] = {}
    wanted = revision or Revision()
    known_kinds = {each.kind for each in generators()}
    for kind in context.profile.pieces:
        if kind not in known_kinds:
            raise BadSettings("profile.pieces", f"names no kind of piece ({kind!r})",
                              f"Known: {', '.join(sorted(known_kinds))}")

    def written(after: bool, known: Context) -> tuple[Draft, ...]:
        drafts = _write([each for each in generators() if each.after == after], known)
        if rewriter is not None and not after:
            drafts = _rewritten(drafts, rewriter, known, withheld)
        return _let_through(revised(drafts, wanted, refused), known, withheld, refused)

    first = written(False, context)
    return first + written(True, replace(context, pieces=first)), refused


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
