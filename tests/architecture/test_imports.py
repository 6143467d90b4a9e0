"""Dependencies point one way, and nothing is loaded before it is needed.

The first half reads every import in the source; the second starts fresh
processes and looks at what they have loaded.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "reader"
MODULES = sorted(PACKAGE.rglob("*.py"))

LEAVES = {"errors", "patterns", "values", "user", ""}
"""Modules of the package itself that everybody may import; "" is `reader` with the version."""

PURE = {"annotation", "corpus", "text"}
"""What knows neither storage nor screen, and is below everything else."""

ALLOWED = {
    "errors": set[str](),
    "patterns": set[str](),
    "values": set[str](),
    "user": set[str](),
    "preferences": {"text"},
    "terminal": {"text"},
    "serving": {"text"},
    "text": set[str](),
    "corpus": {"text"},
    "annotation": {"corpus", "text"},
    "merging": {"annotation"},
    "agreement": PURE,
    "suggest": PURE,
    "store": PURE | {"merging"},
    "formats": PURE | {"store"},
    "sync": PURE | {"formats", "store", "merging"},
    "overview": PURE | {"store", "suggest", "agreement"},
    "keeping": PURE,
    "session": PURE | {"keeping", "store"},
    "work": PURE | {"overview", "session", "store", "suggest", "agreement", "merging"},
    "api": PURE | {"work", "session", "formats", "store"},
    "tui": PURE
    | {"preferences", "terminal", "overview", "work", "session", "formats"}
    | {"store", "suggest", "agreement", "merging"},
    "cli": PURE
    | {"api", "preferences", "terminal", "serving", "overview", "work", "session", "formats"}
    | {"sync", "store", "suggest", "agreement", "merging"},
    "__main__": {"cli"},
    "": PURE | {"api", "work", "formats", "store"},
}
"""Which part of the package may import which others, besides itself and the leaves."""

ONLY_IN = {
    "textual": ("tui",),
    "rich": ("tui",),
    "sqlite3": ("store",),
    "sqlite_utils": ("store",),
    "langdetect": ("corpus/language.py",),
    "click": ("cli",),
    "platformdirs": ("user/paths.py",),
    "bidi": ("text",),
    "arabic_reshaper": ("text",),
    "icu4py": ("text", "corpus"),
    "ahocorasick_rs": ("suggest",),
    "trafilatura": ("corpus/webpage.py",),
    "lxml": ("corpus/webpage.py",),
    "docx": ("corpus/word.py",),
    "pdfminer": ("corpus/pdf.py",),
    "aiohttp": ("serving", "cli/serving.py"),
    "textual_serve": ("serving",),
}
"""Where alone a library may be imported."""

STARTER = "cli/interface.py"
"""The one module of the command line that imports the interface, when it is called."""


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def part_of(name: str) -> str:
    """The part of the package a module belongs to: `text`, `cli`, ..."""
    first = name.split("/")[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imports(module: Path) -> Iterator[str]:
    """Every module that is imported anywhere in a file, by its full name."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            yield str(node.module)
            if node.module == "reader":
                yield from (f"reader.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_part_imports_only_what_is_below_it(module: Path) -> None:
    part = part_of(name_of(module))
    allowed = ALLOWED[part] | LEAVES | {part}
    if name_of(module) == STARTER:
        allowed |= {"tui"}
    if part == "errors":
        allowed = {part, "patterns"}
    for name in imports(module):
        package, _, inner = name.partition(".")
        target = inner.split(".")[0]
        if package == "reader" and target != "__version__":
            assert target in allowed, f"{name_of(module)} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_library_is_imported_in_its_place_alone(module: Path) -> None:
    for name in imports(module):
        places = ONLY_IN.get(name.split(".")[0])
        if places is not None:
            inside = any(name_of(module).startswith(place) for place in places)
            assert inside, f"{name_of(module)} imports {name}"


def test_every_part_has_its_rule() -> None:
    assert {part_of(name_of(module)) for module in MODULES} <= set(ALLOWED)


def loaded(code: str, folder: Path = ROOT) -> set[str]:
    """Run code in a fresh process; return the top names of what is loaded afterwards."""
    report = "\nimport json, sys; sys.stderr.write(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code + report],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
    )
    modules: list[str] = json.loads(done.stderr.splitlines()[-1])
    return set(modules) | {module.split(".")[0] for module in modules}


HEAVY = {"textual", "rich", "langdetect", "sqlite_utils", "trafilatura", "lxml", "docx", "pdfminer"}


def forbidden(part: str) -> set[str]:
    """What no module of a part may load when it is imported."""
    if part == "tui":
        return {"langdetect", "sqlite_utils", "reader.cli"}
    if part in (
        "store",
        "session",
        "overview",
        "work",
        "api",
        "formats",
        "sync",
        "cli",
        "__main__",
    ):
        return HEAVY | {"reader.tui"}
    above = {"reader.store", "reader.session", "reader.formats", "reader.cli", "reader.tui"}
    return HEAVY | above | {"sqlite3", "click"}


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_a_part_loads_nothing_it_must_not(part: str) -> None:
    names = [
        ".".join(("reader", *module.relative_to(PACKAGE).with_suffix("").parts))
        for module in MODULES
        if part_of(name_of(module)) == part and module.name != "__init__.py"
    ]
    # The migrations are what sqlite_utils is there for; they are loaded when they run.
    code = "\n".join(f"import {name}" for name in names if name != "reader.store.migrations")
    assert not loaded(code or "import reader") & forbidden(part)


@pytest.mark.parametrize(
    "module", ["reader.text.layout", "reader.text.bidi", "reader.annotation.actions"]
)
def test_the_text_engine_needs_neither_storage_nor_screen(module: str) -> None:
    assert not loaded(f"import {module}") & (HEAVY | {"sqlite3", "click"})


def run_main(*arguments: str) -> str:
    return f"from reader.cli.main import main\nassert main({list(arguments)!r}) == 0"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_neither_storage_nor_screen_nor_languages(arguments: list[str]) -> None:
    assert not loaded(run_main(*arguments)) & (HEAVY | {"sqlite3", "icu4py", "reader.store"})


def test_the_help_of_a_command_loads_that_command_alone() -> None:
    modules = loaded(run_main("list", "--help"))
    assert "reader.cli.listing" in modules
    assert not modules & (HEAVY | {"sqlite3", "reader.cli.showing"})


def test_reading_loads_neither_screen_nor_languages_nor_migrations(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The minister said on Monday that it would take a week.")
    added = loaded(run_main("add", "a.txt"), tmp_path)
    assert not added & {"textual", "rich"}
    for command in (["list"], ["show", "1"], ["export", "-o", "a.json"], ["schema"]):
        assert not loaded(run_main(*command), tmp_path) & (HEAVY | {"reader.store.migrations"})
