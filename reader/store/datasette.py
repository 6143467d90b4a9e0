"""What Datasette is told of a library by its option `--metadata`.

It finds views, keys and full-text tables by itself. This adds what it cannot know:
which column names a row, what to filter by, what to hide, and that each cell is
written in a direction of its own.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

# Datasette sets every cell from left to right otherwise, and long texts in narrow columns.
_STYLE = (
    "<style>td { unicode-bidi: plaintext; text-align: start } .col-rowid { display: none }"
    " .col-text { min-width: 40em } .col-statement, .col-gloss, .col-context, .col-content,"
    " .col-article_title, .col-title, .col-source_name, .col-target_name { min-width: 16em }"
    "</style>"
)

# Datasette 1.0 would take the ids otherwise, as the one text that is unique.
_LABELS = {
    "annotator": "name",
    "entity": "name",
    "article": "heading",
    "claim": "text",
    "claim_mention": "mode",
    "note": "text",
}
_STYLED = ("attribution", "mention", "relation", "span")
_HIDDEN = ("_sqlite_migrations", "arrival", "indexed", "setting", "unsettled")
_VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "articles": ("The articles, with what is counted in them.", ("language", "publisher")),
    "texts": ("The articles with their texts.", ("language",)),
    "mentions": (
        "Who and what is named where; the mention stands in brackets in its context.",
        ("type", "language", "annotator"),
    ),
    "entities": ("What is named; what was merged counts for what it became.", ("type",)),
    "claims": (
        "What is claimed, by whom, with the evidence for and against it.",
        ("verdict", "topic", "language"),
    ),
    "claim_mentions": (
        "Where and how claims are made: what the claimant holds true (epistemic), what the"
        " sentence does with it (polarity, mode).",
        ("epistemic", "polarity", "mode", "check_worthy"),
    ),
    "evidence": ("What speaks for and against claims.", ("stance",)),
    "attributions": ("Who is said to have said what.", ("source_kind", "directness")),
    "relations": ("What is related to what.", ("type",)),
    "notes": ("Notes on articles, marks, entities and claims.", ("on_kind",)),
}


def metadata(name: str) -> dict[str, Any]:
    """Return the metadata of a library, to be written as JSON.

    Args:
        name: What Datasette calls the database: the name of its file without the ending.
    """
    tables: dict[str, dict[str, Any]] = {
        view: {"description_html": said + _STYLE, "facets": list(facets)}
        for view, (said, facets) in _VIEWS.items()
    }
    tables["articles"] |= {"fts_table": "texts_fts", "fts_pk": "rowid"}
    for table in _STYLED:
        tables[table] = {"description_html": _STYLE}
    for table, column in _LABELS.items():
        tables[table] = {"label_column": column, "description_html": _STYLE}
    tables |= {table: {"hidden": True} for table in _HIDDEN}
    links = ", ".join(f'<a href="{quote(name)}/{view}">{view}</a>' for view in _VIEWS)
    about = {"description_html": f"Begin with {links}.{_STYLE}", "tables": tables}
    return {"title": "Annotated articles", "databases": {name: about}}
