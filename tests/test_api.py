"""`import reader`: the documented examples, names, types, and how little is loaded."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mypy import api as mypy

import reader
import reader.api.library

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "api.md"
SCRIPT = """
import reader

with reader.open("annotations.db", annotator="noor", create=True) as library:
    entry: reader.ArticleEntry = library.articles()[0]
    article: reader.Article = library.article(entry.id)
    mention: reader.Mention = library.tag(article.id, 0, 3, "PER")
    entity: reader.Entity = library.create_entity("Nix", "PER", mention)
    names: list[str] = [each.entity.name for each in library.entities()]
    lost: tuple[reader.Loss, ...] = library.export("out.csv", "csv-mentions")
    library.link(mention, entity.id)
    try:
        library.import_("out.json", on_conflict="keep")
    except reader.FormatError as error:
        reveal_type(error.message)
"""


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(ROOT / "annotations.db", tmp_path))


@pytest.mark.usefixtures("shipped")
def test_the_examples_of_the_page_are_true() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert tried > 20 and not failed


@pytest.mark.usefixtures("shipped")
def test_the_examples_of_the_docstrings_are_true() -> None:
    failed, tried = doctest.testmod(reader.api.library)
    assert tried and not failed


def test_every_public_name_is_there_and_on_the_page() -> None:
    names = PAGE.read_text(encoding="utf-8").partition("## Names")[2]
    assert set(re.findall(r"`(\w+)`", names)) == set(reader.__all__)
    for name in reader.__all__:
        assert getattr(reader, name) is not None
    assert set(reader.__all__) <= set(dir(reader))
    with pytest.raises(AttributeError, match="nothing_such"):
        getattr(reader, "nothing_such")  # noqa: B009


def test_every_method_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    public = [name for name in dir(reader.Library) if not name.startswith("_")]
    missing = {name for name in public if not re.search(rf"\b{name}\b", page)}
    assert missing <= {"path", "annotator", "annotators", "schema"}


def test_the_import_loads_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import reader; print(*set(sys.modules) - before)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) == {"reader", "__future__"}


def test_a_script_of_a_user_has_types(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    config = f"--config-file={ROOT / 'pyproject.toml'}"
    said, _, status = mypy.run([config, "--no-incremental", str(tmp_path / "script.py")])
    assert status == 0, said
    assert Path(reader.__file__).with_name("py.typed").exists()
    assert 'Revealed type is "str"' in said.replace("builtins.str", "str")


def test_adding_is_all_or_nothing_and_reading_changes_no_byte(shipped: Path) -> None:
    before = shipped.read_bytes()
    (shipped.parent / "good.txt").write_text("The minister said that it would take a week.")
    with reader.open(shipped) as library:
        assert len(library.mentions()) == sum(each.mentions for each in library.articles())
        assert library.attributions() and library.notes(library.articles()[0].id)
        assert library.schema.entity_types and library.annotators and library.path == shipped
        with pytest.raises(reader.ArticleError, match=r"gone\.txt"):
            library.add(shipped.parent / "good.txt", shipped.parent / "gone.txt")
        with pytest.raises(reader.ArticleError, match="surrogate"):
            library.add_text("\ud800")
        with pytest.raises(reader.LibraryError, match="there is no entity X"):
            library.entity("X")
        assert library.undo() is None
    assert shipped.read_bytes() == before
    assert not list(shipped.parent.glob("annotations.db-*"))


def test_what_one_does_another_undoes_not(shipped: Path) -> None:
    with reader.open(shipped, annotator="noor") as library:
        (outcome,) = library.add(_written(shipped.parent), language="en")
        mention = library.tag(outcome.id, 4, 12, "PER")
        library.link(mention, library.entities()[0].entity.id)
        (linked,) = library.mentions(outcome.id)
        assert linked.entity == library.entities()[0].entity.id
        library.delete(linked)
        assert library.mentions(outcome.id) == []
        assert library.undo() == "delete PER “minister”"
        with pytest.raises(reader.AnnotationError, match="leaves the text"):
            library.tag(outcome.id, 0, 999, "PER")
    with reader.open(shipped, annotator="sami") as other:
        assert other.annotator.name == "sami"
        assert other.undo() is None
        assert other.mentions(outcome.id) == [linked]


def _written(folder: Path) -> Path:
    path = folder / "good.txt"
    path.write_text("The minister said that it would take a week.")
    return path


IN_USE = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("PRAGMA journal_mode = DELETE")
except sqlite3.OperationalError as error:
    print(error)
"""


def test_reading_files_where_the_library_lies_does_not_give_it_up(tmp_path: Path) -> None:
    path, linked = tmp_path / "annotations.db", tmp_path / "linked.txt"
    with reader.open(path, annotator="noor", create=True) as library:
        library.add_text("A ship has left the port.")
        linked.hardlink_to(path)
        for take in (library.add, library.import_):
            for name in (path, linked, tmp_path / "annotations.db-shm"):
                with pytest.raises(reader.ReaderError, match="it is the library itself"):
                    take(name)
        (tmp_path / "a.txt").write_text("Another ship came in.")
        assert [outcome.what for outcome in library.add(tmp_path)] == ["added"]
        library.export(tmp_path / "out.jsonl", "jsonl")
        library.import_(tmp_path)
        # Who leaves puts a library to rest that nobody else seems to use; what comes then is lost.
        asked = subprocess.run([sys.executable, "-c", IN_USE, str(path)], capture_output=True)
    assert asked.stdout == b"database is locked\n"
