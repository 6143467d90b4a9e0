"""Reading a library as if one annotator alone had marked anything in it.

Views that last as long as the connection stand before the tables: whatever is read,
counted or joined by their names sees the rows of that annotator, and of nobody else.
"""

from __future__ import annotations

import sqlite3

from reader.annotation.layers import LAYERED

_OWN = (*LAYERED, "refusal")
_ON = ("mention", "attribution", "claim_mention", "refusal")
"""Kinds of these that stand on spans; those of suggestions are nobody's own."""


def hide_others(connection: sqlite3.Connection, annotator: str) -> None:
    """Hide what others have marked from all that a connection reads from now on.

    The tables themselves stay as they are: a connection that reads cannot change them.
    """
    connection.create_function("the_reader", 0, lambda: annotator, deterministic=True)
    for kind in _OWN:
        connection.execute(
            f"CREATE TEMP VIEW {kind} AS"
            f" SELECT rowid, * FROM main.{kind} WHERE annotator = the_reader()"
        )
    others = " UNION ALL ".join(
        f"SELECT id FROM main.{kind} WHERE annotator != the_reader()" for kind in _ON
    )
    connection.execute(
        f"CREATE TEMP VIEW span AS SELECT rowid, * FROM main.span WHERE record NOT IN ({others})"
    )
