"""No text of a user becomes part of a query: values are parameters, names are our own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from reader.overview.search import search
from reader.store.library import Library
from tests.records import ENGLISH, make_article

STORE = Path(__file__).parents[2] / "reader" / "store"
METHODS = {"execute", "executemany", "executescript"}
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|UNION|CREATE|DROP|ALTER|PRAGMA)\b")

OWN_NAMES = {
    # Tables, columns, conditions and marks that stand in the program itself.
    "ancestry.py": "where",
    "articles.py": "marks names shown updates where",
    "claims.py": "both ends marks mentions own touching where",
    "database.py": "seconds table",
    "entities.py": "kind where who",
    "exchange.py": "nowhere table which",
    "full_text.py": "columns content into view",
    "integrity.py": "kind query",
    "loss.py": "kind",
    "migrations.py": "column table",
    "own_marks.py": "kind others",
    "past.py": "wanted",
    "people.py": "table",
    "reading.py": "kind",
    "refitting.py": "column homes kind pointers table where",
    "repair.py": "kind made table",
    "salvage.py": "chosen column id kind made marks name names own table updates where",
    "rows.py": "_known chosen ids key kind marks name names ref table updates where",
    "statistics.py": "part table where",
    "scratch.py": "query tables",
    "streaming.py": "kind shape stored",
    "survey.py": "_where all_count kind names ref shown where",
    "text_index.py": "looked_up",
    "used_labels.py": "kind",
    "views.py": "_joined _listed column mark name query value values",
}


def queries() -> list[tuple[str, int, ast.expr]]:
    found = []
    for path in sorted(STORE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_call and node.func.attr in METHODS and node.args:  # type: ignore[attr-defined]
                found.append((path.name, node.lineno, node.args[0]))  # type: ignore[attr-defined]
    return found


def test_there_are_queries() -> None:
    assert len(queries()) > 80


def test_only_names_of_the_program_stand_in_queries() -> None:
    for name, line, query in [*queries(), *made_queries()]:
        # A query by name is a constant, or made above it.
        parts = () if isinstance(query, ast.Name) else ast.walk(query)
        named = {node.id for node in parts if isinstance(node, ast.Name)}
        used = {each for each in named if not each.isupper()}
        strange = used - set(OWN_NAMES.get(name, "").split())
        assert not strange, f"{name}:{line}: {strange}"


def made_queries() -> list[tuple[str, int, ast.expr]]:
    """What puts a query together, wherever it is given to the database."""
    found: list[tuple[str, int, ast.expr]] = []
    for path in sorted(STORE.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {part for node in ast.walk(tree) if _tells(node) for part in ast.walk(node)}
        for node in ast.walk(tree):
            puts_in = isinstance(node, ast.JoinedStr | ast.BinOp) or _formats(node)
            if puts_in and node not in told and any(map(_is_query, ast.walk(node))):
                assert isinstance(node, ast.expr)
                found.append((path.name, node.lineno, node))
    return found


def _tells(node: ast.AST) -> bool:
    """Whether it is a message to the user."""
    if isinstance(node, ast.Raise):
        return True
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in ("damaged", "counted")


def _formats(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in ("format", "format_map")


def _is_query(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and bool(SQL.search(str(node.value)))


HOSTILE = (
    *(
        "'",
        '"',
        "'; DROP TABLE article; --",
        '" OR ""="',
        "%",
        "_",
        "\\",
        "*",
        "a*",
        "(",
        "NEAR(a b",
    ),
    *("a OR b", "NOT", "-x", "text:x", "^x", '""', "[", '["a"]', "$.x", "\x00", "a\x00b", "\ufffd"),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_word_is_a_word(tmp_path: Path, text: str) -> None:
    article = make_article(f"{ENGLISH} Then {text} stood here.")
    with Library(tmp_path / "annotations.db") as library:
        library.add_articles([article])
        who = library.people.who(text if text.strip("\x00") else "ann")
        assert all(found is not None for found in search(library, text) if found)
        library.articles.listed(who.id)
        library.articles.listed(text)
        library.articles.candidates(text)
        library.claims.all()
        library.claims.like(text)
        library.articles.sharing_entities(text)
        library.exchange.homes([text])
        assert library.articles.text(text) is None
        assert len(library.articles.listed("")) == 1
        assert library.problems() == ()
