"""Reads the YAML of a rule pack that somebody wrote, without trusting it, and knows on which line everything stands.

What could cost time or memory is refused while the parser is still counting: size, depth, aliases. Tags, double keys
and links are refused because they make a file mean something else than it shows. Nothing here knows what a rule is.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from content.errors import BadRule
from language.files import safe_loader

if TYPE_CHECKING:
    from yaml import CSafeLoader, Node, SafeLoader

#: More than any honest pack.
MOST_BYTES = 1_000_000
_MOST_EVENTS = 200_000
_DEEPEST = 12
_PLAIN = ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in _PLAIN)

Place = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class PackFile:
    """What a file says, as plain values, and the tree that it was read from."""

    value: object
    root: Node

    def line(self, place: Place) -> int:
        """The line of a place (`("rules", 0, "why")`), or of what holds it when it is not there. Counted from 1."""
        import yaml

        node, line = self.root, self.root.start_mark.line
        for step in place:
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == step), None)
                if found is None:
                    break
                line, node = found[0].start_mark.line, found[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            else:
                break
        return int(line) + 1


def read_pack_file(path: Path) -> PackFile:
    """Read a pack. Raises BadRule naming file, line and what to do."""
    import yaml

    raw = _text(path)
    try:
        _count(path, raw)
        loader = safe_loader()(raw)
        try:
            root = loader.get_single_node()
            if root is None:
                raise BadRule(str(path), "is empty", "Begin with `rules:` and one entry for each rule")
            _look(path, root, loader)
            return PackFile(loader.construct_document(root), root)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadRule(f"{path}, line {mark.line + 1}" if mark else str(path), "is not valid YAML",
                      "Mend that line" if mark else "Mend the file") from None


def _text(path: Path) -> str:
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            raise BadRule(str(path), "is a link to another file", "Copy the file into the folder")
        if not stat.S_ISREG(about.st_mode):
            raise BadRule(str(path), "is no file", "Take it out of the folder")
        if about.st_size > MOST_BYTES:
            raise BadRule(str(path), "is larger than 1 MB", "Split the pack")
        data = path.read_bytes()
    except OSError as error:
        raise BadRule(str(path), f"cannot be read ({error.strerror})", "Check the path") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadRule(f"{path}, line {line}", "is not UTF-8", "Save the file as UTF-8") from None
    odd = next((at for at, char in enumerate(text) if (char < " " and char not in "\t\n\r") or char == "\x7f"), None)
    if odd is not None:
        raise BadRule(f"{path}, line {text.count(chr(10), 0, odd) + 1}", "holds a control character",
                      "Take it out; in a pattern write it as \\x00")
    return text


def _count(path: Path, raw: str) -> None:
    """Let the parser run over the file once, building nothing."""
    import yaml

    depth = 0
    for number, event in enumerate(yaml.parse(raw, Loader=safe_loader())):
        line = event.start_mark.line + 1 if event.start_mark is not None else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadRule(f"{path}, line {line}", "uses YAML anchors or aliases", "Write the values out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise BadRule(f"{path}, line {line}", "is nested too deep", "Write the rules as docs/adding.md shows them")
        if number > _MOST_EVENTS:
            raise BadRule(f"{path}, line {line}", "holds too many values", "Split the pack")


def _look(path: Path, root: Node, loader: SafeLoader | CSafeLoader) -> None:
    """Refuse tags and double keys, which change what the file says without showing it, and values that are none."""
    import yaml

    for node in _nodes(root):
        line = node.start_mark.line + 1
        if node.tag not in _TAGS:
            raise BadRule(f"{path}, line {line}", "uses a YAML tag", "Write a plain text, number, list or mapping")
        if isinstance(node, yaml.ScalarNode):
            try:
                loader.construct_object(node)
            except (ValueError, OverflowError):
                raise BadRule(f"{path}, line {line}", "holds a number or date that cannot be read",
                              "Put it between quotes") from None
        if isinstance(node, yaml.MappingNode):
            keys: set[object] = set()
            for key, _ in node.value:
                said = key.value if isinstance(key, yaml.ScalarNode) else None
                if said is None or said in keys:
                    raise BadRule(f"{path}, line {key.start_mark.line + 1}",
                                  "has a key that is no word" if said is None else "has the same key twice",
                                  "Keep one of the two" if said is not None else "Write the key as a plain word")
                keys.add(said)


def _nodes(root: Node) -> Iterator[Node]:
    import yaml

    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [each for pair in reversed(node.value) for each in reversed(pair)]
        elif isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)
