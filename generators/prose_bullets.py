"""Bullets to sentences where that is safe, to lists where it is not.

Decided by the kind of the siblings and never bullet by bullet, never reordered. Only neutral words are put in (is, are,
it, there is), each from the cues of the language; a noun list stays a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from content.draft import Sentence
from generators.material import ItemList
from generators.prose_cues import Cues
from generators.prose_line import ENDS, Line
from language.verbless import FINITE

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MAX_SUBJECT = 5
#: Orders and questions up to which bullets read as text.
_ORDERS, _ASKED = 2, 3
#: Words of a child that stays behind its item.
_SMALL = 4


class Kind(StrEnum):
    """What a bullet is, grammatically."""

    SENTENCE = "sentence"
    QUESTION = "question"
    COMMAND = "command"
    #: Starts with a finite verb, a modal or a participle: wants a subject.
    VERB = "verb"
    PARTICIPLE = "participle"
    NEGATIVE = "negative"
    NOUN = "noun"


@dataclass(slots=True)
class Node:
    """A bullet with its children."""

    line: Line
    kind: Kind
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Said:
    """A piece of a slide in its order: sentences that belong together, or a list."""

    sentences: tuple[Sentence, ...] = ()
    items: ItemList | None = None
    #: The small heading of what follows.
    run_in: Sentence | None = None
    #: Program text that the sentences before lead into, a line each.
    code: tuple[Sentence, ...] = ()
    #: The sentences are set as a quotation, and who said them.
    quoted: bool = False
    speaker: Sentence | None = None


def kind_of(line: Line, doc: Doc | None, cues: Cues) -> Kind:
    """The kind of a bullet; `doc` is the parse of its block, None where the language has no model."""
    text = line.text
    if cues.has("negative_start", text) and not _finite_by_words(text, cues):
        return Kind.NOUN if _holds_action(line, doc, cues) else Kind.NEGATIVE
    if cues.has("subordinate", text):
        return Kind.NOUN
    if cues.has("question", text):
        wordy = len(text.split()) >= 4 or cues.has("question_start", text)
        return Kind.QUESTION if wordy else Kind.NOUN
    if doc is None or not doc.has_annotation("DEP"):
        return _by_words(text, cues)
    words = [token for token in doc if line.start <= token.idx < line.end and not token.is_punct and not token.is_space]
    if text != doc.text[line.start:line.end].strip():
        words = [token for token in words if token.idx >= line.end - len(text)] or words
    if len(text.split()) < 2 or len(words) < 2:
        return Kind.NOUN
    return _by_parse(words, text, cues)


def _holds_action(line: Line, doc: Doc | None, cues: Cues) -> bool:
    """Whether something is done in a phrase: "no engineer driving twice" wishes or forbids, it does not state."""
    if doc is None or not doc.has_annotation("DEP"):
        return cues.has("action_second", line.text)
    return any(token.tag_ in {"VBG", *FINITE} for token in doc if line.start <= token.idx < line.end)


def _by_parse(words: Sequence[Token], text: str, cues: Cues) -> Kind:
    first, second = words[0], words[1]
    inside = {token.i for token in words}
    roots = [token for token in words if token.head.i == token.i or token.head.i not in inside]
    verbs = [token for token in roots if token.tag_ in FINITE
             or any(child.tag_ in FINITE and child.dep_ in {"aux", "auxpass", "cop"} for child in token.children)]
    if cues.has("advice", text) and first.tag_ not in {"NNS", "NNPS", "VBG", "VBZ"} and not _has_subject(verbs, first):
        return Kind.COMMAND
    if verbs and _has_subject(verbs, None):
        return Kind.SENTENCE
    if first.tag_ == "MD" or (first.tag_ == "VBZ" and not second.tag_.startswith("V")):
        return Kind.VERB
    if first.tag_ == "VB" or (first.tag_ == "VBP" and first in roots):
        return Kind.COMMAND
    if first.tag_ == "VBN" and second.tag_ in {"IN", "TO", "RB", "RP"}:
        return Kind.PARTICIPLE
    if ENDS.search(text) and verbs and len(words) >= 5:
        return Kind.SENTENCE
    return Kind.NOUN


def _has_subject(verbs: Sequence[Token], before: Token | None) -> bool:
    subjects = [child for verb in verbs for child in verb.children
                if child.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} and child.i < verb.i]
    return any(child != before for child in subjects)


def _finite_by_words(text: str, cues: Cues) -> bool:
    return cues.has("finite", text)


def _by_words(text: str, cues: Cues) -> Kind:
    """Without a model: a known verb form and enough words make a sentence; a known command at the start a command."""
    words = len(text.split())
    if cues.has("advice", text) and words >= 2:
        return Kind.COMMAND
    if words >= 4 and _finite_by_words(text, cues):
        head = text.split()[0]
        return Kind.VERB if cues.has("finite", head) else Kind.SENTENCE
    return Kind.SENTENCE if words >= 6 and ENDS.search(text) else Kind.NOUN


def tree(lines: Sequence[Line], kinds: dict[int, Kind]) -> list[Node]:
    """Lines of one group as a forest by their levels; `kinds` by the identity of the line."""
    roots: list[Node] = []
    stack: list[Node] = []
    for line in lines:
        node = Node(line, kinds[id(line)])
        while stack and stack[-1].line.level >= line.level:
            stack.pop()
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
    for node in roots:
        _lead_below(node)
    return _leads(roots)


def _lead_below(node: Node) -> None:
    node.children = _leads(node.children)
    for child in node.children:
        _lead_below(child)


def _leads(nodes: list[Node]) -> list[Node]:
    """A flat line that ends in a colon takes the lines after it, up to the next such line, as its children."""
    sizes = [len(node.line.text.split()) for node in nodes]
    short = len(nodes) >= 3 and sizes[0] <= 2 and nodes[0].kind is Kind.NOUN and min(sizes[1:]) >= 3 and (
        sum(sizes[1:]) >= 4.5 * len(sizes[1:])) and not any(node.children for node in nodes)
    if short and nodes[0].line.text[-1] not in ".!?":
        return [Node(nodes[0].line, nodes[0].kind, list(nodes[1:]))]
    if not any(node.line.text.endswith(":") and not node.children for node in nodes[:-1]):
        return nodes
    out: list[Node] = []
    for node in nodes:
        lead = out[-1] if out else None
        if lead and lead.line.text.endswith(":") and not node.line.text.endswith(":"):
            lead.children.append(node)
        else:
            out.append(node)
    return out


def say(nodes: Sequence[Node], subject: Line | None, definite: bool, cues: Cues, ordered: bool) -> list[Said]:
    """Siblings, in their order, as sentences and lists. `subject` is the parent bullet or the title."""
    said: list[Said] = []
    run: list[Node] = []
    if len(nodes) >= 2 and any(node.children for node in nodes) and all(
            len(node.children) <= 1 and not _flat(node)[1:] and node.kind in {Kind.NOUN, Kind.QUESTION} for node in nodes):
        verbs = all(node.children and node.children[0].kind is Kind.VERB for node in nodes)
        told = [carry(node.line, [node.children[0].line], [Kind.VERB], cues) for node in nodes] if verbs else []
        if told and all(told):
            return [Said(sentences=tuple(s for each in told for s in each))]
        return [Said(items=items_of(nodes, ordered))]
    for node in nodes:
        if node.children and len(nodes) > 1 and (all(_tiny(each) for each in nodes) or _one_below(node)):
            run.append(node)
        elif node.children:
            said += _run(run, subject, definite, cues, ordered)
            run = []
            said += _parent(node, cues, ordered)
        else:
            run.append(node)
    return said + _run(run, subject, definite, cues, ordered)


def _one_below(node: Node) -> bool:
    """Whether a phrase has one phrase below it, and belongs to the list with it."""
    return len(node.children) == 1 and not node.children[0].children and not node.line.text.endswith(":") and (
        node.kind not in {Kind.SENTENCE, Kind.QUESTION, Kind.COMMAND})


def _tiny(node: Node) -> bool:
    """Small enough to stand in one list item with its children."""
    return len(node.children) <= 4 and all(
        len(child.line.text.split()) <= 6 and not child.children for child in node.children)


def _deep(node: Node) -> bool:
    return any(len(child.children) > 1 for child in node.children)


def _flat(node: Node) -> list[Node]:
    """What stands below a bullet as one row of items, each said once: small children stay inside their item."""
    out: list[Node] = []
    for child in node.children:
        if child.children and _tiny(child):
            out.append(child)
        else:
            out += [Node(child.line, child.kind), *_flat(child)]
    return out


def _parent(node: Node, cues: Cues, ordered: bool) -> list[Said]:
    head = node.line
    if _deep(node) and not all(_tiny(child) for child in node.children):
        plain = [child for child in node.children if not child.children]
        deep = [child for child in node.children if child.children]
        if plain == node.children[:len(plain)]:
            first = _parent(Node(head, node.kind, plain), cues, ordered) if plain else []
            return [*first, *(each for child in deep for each in _parent(child, cues, ordered))]
    below = _flat(node)
    if node.kind in {Kind.SENTENCE, Kind.QUESTION, Kind.COMMAND} and not head.text.endswith(":"):
        own = Said(sentences=(sentence(head),))
        if all(_wordy(child) for child in below):
            return [own, *say([Node(c.line, c.kind) for c in below], head, False, cues, ordered)]
        if len(below) == 1 and below[0].kind in {Kind.COMMAND, Kind.SENTENCE, Kind.QUESTION}:
            return [Said(sentences=(sentence(head), sentence(below[0].line)))]
        if head.text.endswith("?"):
            return [own, *_run([Node(c.line, c.kind) for c in below], None, False, cues, ordered)]
    if len(below) == 1:
        return [Said(sentences=(_pair(head, below[0].line),))]
    if all(child.kind in {Kind.VERB, Kind.PARTICIPLE} for child in below):
        carried = carry(head, [child.line for child in below], [child.kind for child in below], cues)
        if carried:
            return [Said(sentences=carried)]
    lead = Sentence(text=head.text.rstrip(" .:;…") + ("" if head.text.endswith("?") else ":"), sources=head.sources)
    return [Said(items=ItemList(tuple(item(child) for child in below), lead, ordered))]


def _pair(head: Line, child: Line) -> Sentence:
    text = f"{head.text.rstrip(' .:;…')}: {child.text}"
    return Sentence(text=text if ENDS.search(text) else text.rstrip(" :;,") + ".", sources=(*head.sources, *child.sources))


def _wordy(node: Node) -> bool:
    return node.kind in {Kind.SENTENCE, Kind.QUESTION} or (node.kind is Kind.COMMAND and bool(ENDS.search(node.line.text)))


def _run(nodes: Sequence[Node], subject: Line | None, definite: bool, cues: Cues, ordered: bool) -> list[Said]:
    """A run of siblings without children of weight."""
    if not nodes:
        return []
    kinds = Counter(node.kind for node in nodes)
    verbs = kinds[Kind.VERB] + kinds[Kind.PARTICIPLE] + kinds[Kind.NEGATIVE]
    if subject and definite and verbs == len(nodes) and kinds[Kind.NEGATIVE] < len(nodes):
        carried = carry(subject, [node.line for node in nodes], [node.kind for node in nodes], cues)
        if carried:
            return [Said(sentences=carried)]
    plain = [node for node in nodes if node.kind in {Kind.SENTENCE, Kind.QUESTION}]
    commands = kinds[Kind.COMMAND]
    flat = not any(node.children or node.line.numbered for node in nodes)
    if as_text(nodes):
        return [Said(sentences=tuple(sentence(node.line) for node in nodes))]
    if flat and kinds[Kind.NEGATIVE] and plain and len(plain) + kinds[Kind.NEGATIVE] + commands == len(nodes):
        return [Said(sentences=tuple(
            there_is_no(node.line, cues) if node.kind is Kind.NEGATIVE and "," not in node.line.text
            else sentence(node.line) for node in nodes))]
    if len(nodes) == 1 and not nodes[0].children:
        # A lone phrase is worth a line only when it says something by itself.
        return [Said(items=ItemList((item(nodes[0]),)))] if len(nodes[0].line.text.split()) >= 4 else []
    return [Said(items=items_of(nodes, ordered or all(node.line.numbered for node in nodes)))]


def in_marks(text: str) -> bool:
    """Whether a line begins with a quotation mark: it reports what somebody says or asks."""
    return text[:1] in {"“", '"', "«", "‘", "„"}


def as_text(nodes: Sequence[Node]) -> bool:
    """Whether bullets without children read as text, one sentence after the other; the others are a list."""
    kinds = Counter(node.kind for node in nodes)
    plain = kinds[Kind.SENTENCE] + kinds[Kind.QUESTION]
    asked = len(nodes) > 1 and all(in_marks(node.line.text) for node in nodes)
    return not asked and not any(node.children or node.line.numbered for node in nodes) and (
        plain + kinds[Kind.COMMAND] == len(nodes)) and kinds[Kind.COMMAND] <= _ORDERS and kinds[Kind.QUESTION] < _ASKED


def sentence(line: Line) -> Sentence:
    """A line that is a sentence: a capital and a full stop, nothing else."""
    text = line.text[:1].upper() + line.text[1:]
    return Sentence(text=text if ENDS.search(text) else text.rstrip(" ,;:–—-") + ".", sources=line.sources)


def item(node: Node) -> Sentence:
    """A list item: the line as it is, with its small children behind it."""
    text = node.line.text.rstrip(" ,;")
    sources = node.line.sources
    if node.children:
        below = ", ".join(child.line.text.rstrip(" ,;.") for child in node.children)
        text = text.rstrip(" .:") + (" " if text.endswith("?") else ": ") + below
        sources = (*sources, *(name for child in node.children for name in child.line.sources))
    text = text.rstrip(":") if not node.children else text
    return Sentence(text=text, sources=sources)


def items_of(nodes: Sequence[Node], ordered: bool = False) -> ItemList:
    """A list: small children stay behind their item, and stand below it where a colon would come after a colon."""
    out: list[Sentence] = []
    deep: list[Sentence] = []
    for node in nodes:
        below = [child for child in node.children if not child.children]
        lone = len(below) == 1 and len(below[0].line.text.split()) > _SMALL
        if below and len(below) == len(node.children) and (lone or any(":" in each.line.text for each in (node, *below))):
            inner = [item(child) for child in below]
            out += [item(Node(node.line, node.kind)), *inner]
            deep += inner
        else:
            out.append(item(node))
    return ItemList(tuple(out), None, ordered and not deep, deep=frozenset(deep))


def there_is_no(line: Line, cues: Cues) -> Sentence:
    """"No emulator" -> "There is no emulator."; plural by the end of its first noun phrase."""
    rest = line.text.split(maxsplit=1)[1].rstrip(" .;,")
    plural = cues.has("plural", cues.single["after_noun"].split(rest)[0])
    return Sentence(text=cues.say["there_are_no" if plural else "there_is_no"].format(x=rest) + ".", sources=line.sources)


def carry(subject: Line, lines: Sequence[Line], kinds: Sequence[Kind], cues: Cues) -> tuple[Sentence, ...]:
    """Give verb-initial bullets their subject: the noun first, then "It"; () when the subject cannot carry them."""
    noun = subject.text.rstrip(" .:;")
    if len(noun.split()) > _MAX_SUBJECT or ENDS.search(subject.text) or (
            re.search(r"[,/&:–—]|\d$", noun) or cues.has("two_things", noun)):
        return ()
    plural = cues.has("plural", noun)
    if plural and Kind.VERB in kinds:
        return ()
    out: list[Sentence] = []
    for line, kind in zip(lines, kinds, strict=True):
        if kind is Kind.NEGATIVE and "," in line.text:
            return ()
        if kind is Kind.NEGATIVE:
            out.append(there_is_no(line, cues))
            continue
        # After a sentence with a subject of its own the noun is said again.
        fresh = not out or kinds[len(out) - 1] is Kind.NEGATIVE
        who = noun[:1].upper() + noun[1:] if fresh else cues.say["they" if plural else "it"]
        verb = line.text[:1].lower() + line.text[1:]
        if kind is Kind.PARTICIPLE:
            verb = cues.say["are" if plural else "is"] + " " + verb
        text = f"{who} {verb}"
        out.append(Sentence(text=text if ENDS.search(text) else text.rstrip(" ,;:") + ".",
                            sources=(*subject.sources, *line.sources)))
    return tuple(out)
