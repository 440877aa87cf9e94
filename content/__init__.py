"""The nouns that every stage shares.

Nothing here reads a document, finds a risk or writes a sentence; no third party but pydantic, and no input or
output but the reading of settings. Everything above imports from here and never the other way round.
"""

from content.cleared import ClearedDocument, Withheld, WithheldString
from content.decision import Action, Decision, Policy
from content.document import Block, Box, Document, Part, Picture, Source, Unit, Unread
from content.draft import Artefact, Draft, Limit, Origin, Sentence
from content.finding import Category, Finding, Severity
from content.pack import Coverage, GateResult, Pack, Status, UnusedUnit
from content.topic import Topic

__all__ = [
    "Action", "Artefact", "Block", "Box", "Category", "ClearedDocument", "Coverage", "Decision", "Document", "Draft",
    "Finding", "GateResult", "Limit", "Origin", "Pack", "Part", "Picture", "Policy", "Sentence", "Severity", "Source",
    "Status", "Topic", "Unit", "Unread", "UnusedUnit", "Withheld", "WithheldString",
]
