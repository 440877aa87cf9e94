"""Finds plugins: one module, one plugin, no list to edit.

Built-in plugins are the public modules of a package that define the given name (`EXTRACTOR`, `DETECTOR`, `GENERATOR`,
`GATE`); those of third parties come from the entry-point group `deckprism.<package>`. A built-in one that cannot be
imported is a fault and raises; a broken third-party one is skipped and named in `problems`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

#: What went wrong with third-party plugins, for `deckprism doctor`.
problems: list[str] = []


@cache
def discover(package: str, attribute: str) -> tuple[object, ...]:
    """All plugins of a package in the order of their module names, then those of third parties."""
    home = importlib.import_module(package)
    found: list[object] = []
    for module in sorted(pkgutil.iter_modules(home.__path__), key=lambda item: item.name):
        if module.name.startswith("_"):
            continue
        loaded = importlib.import_module(f"{package}.{module.name}")
        plugin = getattr(loaded, attribute, None)
        if plugin is not None:
            found.append(plugin)
    for point in sorted(entry_points(group=f"deckprism.{package}"), key=lambda item: item.name):
        try:
            found.append(point.load())
        except Exception as error:  # a foreign plugin may fail in any way and must not stop the run
            problems.append(f"{point.value}: {type(error).__name__}")
    return tuple(found)
