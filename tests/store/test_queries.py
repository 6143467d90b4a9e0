"""No text of a user becomes part of a query: values are parameters, names are our own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from reader.overview.search import search
from reader.store.library import Library
from tests.records import ENGLISH, make_article

STORE = Path(__file__).parents[2] / "reader" / "store"
METHODS = {"execute", "executemany", "executescript"}

OWN_NAMES = {
    # Tables, columns, conditions and marks that stand in the program itself.
    *("kind", "view", "table", "column", "name", "names", "marks", "updates", "where", "chosen"),
    *("ids", "query", "nowhere", "_known", "shown", "ref", "who", "looked_up", "shape"),
    *("others", "homes", "key", "any_removed", "seconds"),
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
    for name, line, query in queries():
        # A query by name is a constant, or made right above it.
        parts = () if isinstance(query, ast.Name) else ast.walk(query)
        named = {node.id for node in parts if isinstance(node, ast.Name)}
        used = {each for each in named if not each.isupper()}
        assert used <= OWN_NAMES, f"{name}:{line}: {used - OWN_NAMES}"


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
