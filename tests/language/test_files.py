"""Data files: read once, and never two entries of one name, of which the last would win without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

_ROOT = Path(__file__).parents[2]
_FILES = sorted(file.relative_to(_ROOT) for folder in ("language", "rules", "topics", "generators", "gates", "desk", "flows")
                for file in (_ROOT / folder).rglob("*.yaml"))


class _Strict(yaml.SafeLoader):
    """Refuses a mapping with two entries of one name."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        names = [self.construct_object(key) for key, _ in node.value]
        twice = sorted({str(name) for name in names if names.count(name) > 1})
        assert not twice, f"{node.start_mark}: twice: {twice}"
        return super().construct_mapping(node, deep)


def test_a_name_that_stands_twice_is_seen():
    with pytest.raises(AssertionError, match="twice: .'a'."):
        yaml.load("a: 1\nb: 2\na: 3\n", Loader=_Strict)


@pytest.mark.parametrize("file", _FILES, ids=str)
def test_no_data_file_says_a_thing_twice(file):
    yaml.load((_ROOT / file).read_text(encoding="utf-8"), Loader=_Strict)
