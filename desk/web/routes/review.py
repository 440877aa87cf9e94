"""The review page and what can be done on it. Every action is a plain form; with htmx the same page is swapped in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from content.decision import Action
from content.errors import InputError
from content.finding import Category, Severity
from desk.rights import Actor, Forbidden, NotThere
from desk.services import decisions, marks
from desk.services.decisions import Result
from desk.services.feedback import hints_for
from desk.services.office import reading
from desk.services.pictures import picture
from desk.services.remembering import SCOPES, Remember
from desk.services.review import PLACES_SHOWN, next_open, place_count, places, places_of, read, review
from desk.web.pages import render, spoken
from desk.web.session import changing, current, office_of
from desk.web.slide import draw
from desk.words import count
from store.submissions import Stale

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Form(ge=0, le=1_000_000)]
#: Characters into a piece of text; -1 where the words say it.
Place = Annotated[int, Form(ge=-1, le=10_000_000)]
Reader = Annotated[Actor, Depends(current)]
Writer = Annotated[Actor, Depends(changing)]
#: The usual reasons to keep something, as they are written down.
REASONS = (
    "It is public already",
    "They agreed to be named",
    "It is our own name or product",
    "It is not what the rule takes it for",
)
_SAID = {Action.REPLACE: "Replaced", Action.REMOVE: "Removed", Action.KEEP: "Kept", Action.DROP_UNIT: "Dropped"}
_SVG = {"Content-Security-Policy": "default-src 'none'; img-src data:; sandbox", "Cache-Control": "no-store"}


@router.get("/review/{identity}")
def review_page(
    request: Request,
    identity: str,
    actor: Reader,
    unit: Annotated[int | None, Query(ge=0, le=1_000_000)] = None,
    group: Annotated[str, Query(max_length=64)] = "",
    page: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """A submission at one of its slides."""
    return _page(request, identity, actor, unit, group, page)


@router.get("/review/{identity}/slides/{name}")
def slide(
    request: Request, identity: str, name: str, actor: Reader, group: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """The picture of a slide, to be shown as an image only."""
    stem, dot, kind = name.partition(".")
    if kind != "svg" or not dot or not stem.isdecimal() or len(stem) > 6:
        raise NotThere("this picture", "is not there", "Go back to the review")
    found = picture(office_of(request), actor, identity, int(stem))
    drawn = draw(found.unit, found.size, found.findings, found.numbers, group, found.hue, found.page)
    return Response(drawn, media_type="image/svg+xml", headers=_SVG)


@router.post("/review/{identity}/decide")
def decide(
    request: Request,
    identity: str,
    actor: Writer,
    version: Number,
    group: Annotated[str, Form()],
    action: Annotated[Literal["replace", "remove", "keep", "drop_unit"], Form()],
    unit: Number,
    text: Annotated[str, Form(max_length=1000)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
    other: Annotated[str, Form(max_length=1000)] = "",
    only: Annotated[str, Form(max_length=64)] = "",
    remember: Annotated[Literal["", "words", "document", "everywhere"], Form()] = "",
    days: Annotated[int, Form(ge=0, le=3650)] = 365,
    listed: Annotated[str, Form()] = "",
) -> Response:
    """Decide about a group, or about one place of it, and go on to what waits next."""
    office = office_of(request)
    chosen = Action(action)
    one = bool(only or listed) or chosen is Action.DROP_UNIT
    if not one and place_count(office, actor, identity, group) > PLACES_SHOWN:
        return _listing(request, identity, actor, [group], version, action, text, other or reason)
    wanted = Remember(remember, days) if remember else None

    def done() -> Result:
        if chosen is Action.DROP_UNIT:
            return decisions.drop_unit(office, actor, identity, version, unit)
        return decisions.decide(
            office, actor, identity, version, [only or group], chosen, text, other.strip() or reason, wanted
        )

    return _after(request, identity, actor, done, _SAID[chosen], group, unit, text)


@router.post("/review/{identity}/undo")
def undo(
    request: Request,
    identity: str,
    actor: Writer,
    unit: Number = 0,
    group: Annotated[str, Form()] = "",
    decision: Annotated[int | None, Form(ge=0, le=2**40)] = None,
) -> Response:
    """Take the last decision back, or a certain one, and show what it was about."""
    office = office_of(request)
    try:
        result = decisions.undo(office, actor, identity, decision)
    except (Stale, InputError) as error:
        return _refused(request, identity, actor, error, unit, group)
    with reading(office.engine) as session:
        desk = read(office, session, actor, identity)
    first = next((each for each in desk.material.findings if each.id in result.decided), None)
    place = (first.unit, first.group) if first is not None else (unit, group)
    return _go(request, identity, place[0], place[1], f"Taken back, {result.open} left")


@router.post("/review/{identity}/comment")
def comment(
    request: Request,
    identity: str,
    actor: Writer,
    text: Annotated[str, Form(max_length=4000)] = "",
    unit: Number = 0,
    group: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Say or ask something about what was found."""
    try:
        marks.comment(office_of(request), actor, identity, text, group or None, unit)
    except (Stale, InputError) as error:
        return _refused(request, identity, actor, error, unit, group)
    return _go(request, identity, unit, group, "Your remark is there for everybody who opens this.")


@router.post("/review/{identity}/missed")
def missed(
    request: Request,
    identity: str,
    actor: Writer,
    block: Annotated[str, Form(max_length=40)],
    category: Annotated[Category, Form()],
    severity: Annotated[Severity, Form()],
    unit: Number = 0,
    words: Annotated[str, Form(max_length=4000)] = "",
    start: Place = -1,
    end: Place = -1,
    why: Annotated[str, Form(max_length=1000)] = "",
    everywhere: Annotated[str, Form()] = "",
) -> Response:
    """Add what no rule found: by the selected place, or by the words to find in a piece of text."""
    office = office_of(request)
    try:
        if 0 <= start < end:
            standing = marks.add_missed(
                office, actor, identity, block, start, end, category, severity, why, everywhere=bool(everywhere)
            )
        else:
            standing = marks.add_by_words(
                office, actor, identity, block, words, category, severity, why, everywhere=bool(everywhere)
            )
    except (Stale, InputError) as error:
        return _refused(request, identity, actor, error, unit, "")
    return _go(request, identity, unit, "", f"Added, {standing.open} left")


@router.post("/review/{identity}/missed/remove")
def remove_missed(
    request: Request,
    identity: str,
    actor: Writer,
    finding: Annotated[str, Form(max_length=64)],
    unit: Number = 0,
) -> Response:
    """Take an added finding back."""
    standing = marks.remove_missed(office_of(request), actor, identity, finding)
    return _go(request, identity, unit, "", f"Taken away, {standing.open} left")


@router.get("/review/{identity}/list")
def list_page(
    request: Request, identity: str, actor: Reader, category: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Everything that waits, as a list to tick."""
    office = office_of(request)
    with reading(office.engine) as session:
        desk = read(office, session, actor, identity)
    waiting = [each for each in desk.groups.values() if each.waits]
    shown = [each for each in waiting if not category or each.category == category]
    return render(
        request,
        "review_list.html",
        id=identity,
        basis=desk.version,
        groups=[(each, places_of(each, desk)) for each in shown],
        category=category,
        categories=sorted({each.category for each in waiting}),
        total=len(waiting),
        reasons=REASONS,
    )


@router.post("/review/{identity}/confirm")
def confirm(
    request: Request,
    identity: str,
    actor: Writer,
    version: Number,
    action: Annotated[Literal["advice", "replace", "remove", "keep"], Form()],
    group: Annotated[list[str] | None, Form()] = None,
    text: Annotated[str, Form(max_length=1000)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
    other: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Show every place that a decision on several would touch, before anything is done."""
    # The list of usual reasons is sent with every button of the form; only what is kept has one.
    because = (other.strip() or reason) if action == "keep" else ""
    return _listing(request, identity, actor, group or [], version, action, text, because)


@router.post("/review/{identity}/bulk")
def bulk(
    request: Request,
    identity: str,
    actor: Writer,
    version: Number,
    action: Annotated[Literal["advice", "replace", "remove", "keep"], Form()],
    group: Annotated[list[str] | None, Form()] = None,
    text: Annotated[str, Form(max_length=1000)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Decide about the list that was shown."""
    office = office_of(request)
    with reading(office.engine) as session:
        desk = read(office, session, actor, identity)
    choices = []
    for each in group or []:
        found = desk.groups.get(each)
        if found is None:
            raise NotThere("one of these findings", "is not here any more", "Make the list again")
        taken = Action(found.advice if action == "advice" else action)
        words = found.prefill if action == "advice" else text or found.prefill
        choices.append(decisions.Choice(each, taken, words if taken is Action.REPLACE else "", reason))
    said = "Done" if action == "advice" else _SAID[Action(action)]
    return _after(
        request,
        identity,
        actor,
        lambda: decisions.decide_each(office, actor, identity, version, choices),
        said,
        (group or [""])[-1],
        0,
    )


def _page(
    request: Request,
    identity: str,
    actor: Actor,
    unit: int | None,
    group: str,
    page: int = 0,
    problem: str = "",
    code: int = 200,
    typed: str = "",
) -> Response:
    found = review(office_of(request), actor, identity, unit, group, page)
    return render(
        request,
        "review.html",
        code,
        review=found,
        problem=problem,
        typed=typed,
        reasons=REASONS,
        scopes=SCOPES,
        shown=PLACES_SHOWN,
        keys=actor.person.keys,
        hints=hints_for(office_of(request), actor, identity),
        categories=[each.value for each in Category if each is not Category.QUALITY and actor.reviews(each.value)],
        severities=[each.value for each in reversed(Severity)],
    )


def _listing(
    request: Request,
    identity: str,
    actor: Actor,
    groups: Sequence[str],
    version: int,
    action: str,
    text: str,
    reason: str,
) -> Response:
    office = office_of(request)
    with reading(office.engine) as session:
        desk = read(office, session, actor, identity)
    chosen = [desk.groups[each] for each in dict.fromkeys(groups) if each in desk.groups]
    if not chosen:
        raise InputError("the list", "is empty", "Go back and tick at least one finding")
    if action == "keep" and not reason:
        raise InputError("to keep them", "needs a reason", "Go back and choose one, or write your own")
    return render(
        request,
        "review_confirm.html",
        id=identity,
        basis=version,
        action=action,
        text=text,
        reason=reason,
        groups=[(each, places(each, desk), each.not_keep if action == "keep" else each.not_decide) for each in chosen],
    )


def _after(
    request: Request,
    identity: str,
    actor: Actor,
    done: Callable[[], Result],
    said: str,
    group: str,
    unit: int,
    typed: str = "",
) -> Response:
    try:
        result = done()
    except (Stale, InputError) as error:
        return _refused(request, identity, actor, error, unit, group, typed)
    note = f"{said}, {result.open} left"
    if result.refused:
        note += (
            f"; {count(len(result.refused), 'place')} left as {'it was' if len(result.refused) == 1 else 'they were'}: "
            f"{result.refused[0].why}"
        )
    if result.remembered:
        note += f". {result.remembered}"
    following = next_open(office_of(request), actor, identity, group)
    if following is None:
        return _go(request, identity, unit, group, note, "#done")
    return _go(request, identity, following.unit, following.group, note)


def _refused(
    request: Request, identity: str, actor: Actor, error: InputError, unit: int, group: str, typed: str = ""
) -> Response:
    """The page as it stands now, with what went wrong; nothing that was written is lost for the others."""
    if isinstance(error, NotThere):
        raise error
    code = 403 if isinstance(error, Forbidden) else 409 if isinstance(error, Stale) else 400
    try:
        return _page(request, identity, actor, unit if unit or group else None, group, 0, str(error), code, typed)
    except NotThere:
        raise error from None


def _go(request: Request, identity: str, unit: int, group: str, note: str, anchor: str = "#card") -> Response:
    """To a place of the review. htmx follows this too, and swaps the page that comes."""
    place = urlencode({"unit": unit, **({"group": group} if group else {}), **spoken(request, note)})
    return RedirectResponse(f"/review/{identity}?{place}{anchor}", 303)
