"""What the layout promises, held against the tree: layers, names, one maker of cleared text, no host, no long file."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("content", "language", "extractors", "rules", "topics", "generators", "gates", "store", "flows", "desk")
SOURCES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).is_file()]


@pytest.mark.parametrize("package", PACKAGES)
def test_each_folder_is_the_package_of_its_name(package):
    assert Path(importlib.import_module(package).__file__ or "").parent == ROOT / package


def test_imports_go_down_the_list():
    done = subprocess.run([Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_only_clearing_makes_cleared_text():
    makers = set()
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                owner = node.func.value if isinstance(node.func, ast.Attribute) else None
                if name == "ClearedDocument" or (
                        isinstance(owner, ast.Name) and owner.id == "ClearedDocument" and name.startswith("model_")):
                    makers.add(file.relative_to(ROOT).as_posix())
    assert makers and all(name.startswith("rules/clearing") for name in makers), makers


def test_prefect_and_heavy_libraries_are_not_imported_by_a_start():
    code = ("import sys; import desk.command; "
            "print([n for n in ('prefect', 'spacy', 'numpy', 'sqlalchemy', 'pptx', 'pypdf', 'fastapi', 'wordllama', "
            "'lxml', 'asyncio') if n in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_outgrows_its_idea():
    long = {file.relative_to(ROOT).as_posix(): lines for file in SOURCES
            if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long


def test_no_file_names_a_registry_or_a_machine():
    hosts = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npm", "deb\\." + "debian")), re.I)
    paths = re.compile(r"(?:^|[^\w.])/(?:work|root|farm)/")
    wrong = []
    for file in tracked():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if hosts.search(text) or paths.search(text):
            wrong.append(file.relative_to(ROOT).as_posix())
    assert wrong in ([], ["tests/structure/test_structure.py"]), wrong


def test_templates_never_switch_escaping_off():
    for file in (*ROOT.glob("gates/templates/*"), *ROOT.glob("desk/templates/**/*")):
        assert not re.search(r"\|\s*safe\b", file.read_text(encoding="utf-8")), file


def test_every_module_says_what_it_is_for():
    bare = [file.relative_to(ROOT).as_posix() for file in SOURCES
            if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]
    assert not bare


def test_every_command_gate_format_and_output_is_in_the_docs():
    from content.registry import discover

    written = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))))
    done = subprocess.run([Path(sys.executable).with_name("deckprism"), "--help"], capture_output=True, text=True, check=True)
    commands = re.findall(r"^  (\w+)  ", done.stdout.partition("Commands:")[2], re.MULTILINE)
    assert len(commands) >= 11
    missing = [name for name in commands if f"deckprism {name}" not in written]
    missing += [each.kind for each in discover("generators", "GENERATOR") if f"`{each.kind}`" not in written]
    missing += [each.name for each in discover("gates", "GATE") if f"`{each.name}`" not in written]
    missing += [each.name for each in discover("extractors", "EXTRACTOR") if f"`{each.name}`" not in written]
    assert not missing
