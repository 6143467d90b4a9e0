"""The extra `test` brings all that the tests load, so that one command sets them up."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"^([\w.-]+)(?:\[([\w,-]+)\])?")
_OURS = {"reader", "tests", "benchmarks", "scripts"}


def loaded(folder: Path) -> Iterator[tuple[str, Path]]:
    """The top names of what the modules below a folder import, anywhere in them."""
    for path in folder.rglob("*.py"):
        if "interop" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((alias.name.split(".")[0], path) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                yield node.module.split(".")[0], path


def required(extra: str) -> set[str]:
    """What the package and an extra of it ask for, with the extras that this one names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    open_, names = [extra], set(project["dependencies"])
    while open_:
        for line in project["optional-dependencies"][open_.pop()]:
            match = _NAME.match(line)
            assert match, line
            if match[1] == "bidi-reader":
                open_ += match[2].split(",")
            else:
                names.add(line)
    return {_plain(match[1]) for line in names if (match := _NAME.match(line))}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_extra_of_the_tests_brings_what_they_load() -> None:
    known = required("test") | {"rich"}  # what textual draws with
    brought_by = packages_distributions()
    for module, path in loaded(ROOT / "tests"):
        if module in _OURS or module in sys.stdlib_module_names:
            continue
        names = {_plain(name) for name in brought_by.get(module, [module])}
        assert names & known, f"{path.relative_to(ROOT)} loads {module}"
