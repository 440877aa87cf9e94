"""Options that several commands share, so that one name means the same everywhere."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

Rules = Annotated[Path | None, typer.Option("--rules", metavar="FOLDER", help="Folder of your own rules (*.yaml).")]
GoodRules = Annotated[bool, typer.Option("--good-rules", help="Use the good rules of a folder that has broken ones.")]
On = Annotated[datetime | None, typer.Option(
    "--on", metavar="DATE", formats=["%Y-%m-%d"],
    help="The day that every `until` of allowances and remembered decisions is compared with; today by default.")]

TopicAt = Annotated[list[int] | None, typer.Option(
    "--topic-at", min=1, metavar="NUMBER", help="Begin a topic at this slide or page; give it for each one.")]

AtOnce = Annotated[int, typer.Option("--workers", min=1, help="Documents at the same time.")]
Include = Annotated[list[str] | None, typer.Option("--include", help="Only files that match, as *.pptx.")]
Exclude = Annotated[list[str] | None, typer.Option("--exclude", help="Leave out files that match.")]
Episodes = Annotated[bool, typer.Option("--audio/--no-audio", help="Render the episodes.")]

Writer = Annotated[str, typer.Option(
    "--writer", metavar="openai", help="Let a model rewrite the drafts; cleared text is sent to it (docs/writing_model.md).")]


def day(on: datetime | None) -> date:
    """The day to compare with. The only place that asks for today: everything below is told."""
    return on.date() if on is not None else datetime.now().astimezone().date()
