"""Views of a library for plain SQL and for programs such as Datasette.

The tables hold each fact once, and by id; the views put names and quotes to the
ids. Removed articles, and what is marked in them, are left out. The program
itself reads the tables: whoever changes these adds a migration, and before it
runs all views are dropped, and after it they are made again as they are here.
"""

from __future__ import annotations

import sqlite3

_TITLE = (
    "CASE WHEN article.typed_heading <> '' THEN article.typed_heading"
    " WHEN article.heading_marked THEN article.heading || '…' ELSE article.heading END"
)
_CONTEXT = (
    "replace(replace(span.prefix || '[' || span.quote || ']' || span.suffix,"
    " char(13), ''), char(10), ' ')"
)
_ON_ARTICLE = "JOIN article ON article.id = span.article AND NOT article.removed"

# An entity that was merged stays, and what was linked to it stays so. These are small:
# walking up or down the chain costs one look into an index for each step.
_STANDING = """(WITH RECURSIVE chain(id, up) AS (
        SELECT id, merged_into FROM entity WHERE id = {id}
        UNION SELECT entity.id, entity.merged_into FROM chain JOIN entity ON entity.id = chain.up
    ) SELECT id FROM chain WHERE up IS NULL)"""
_STANDING_NAME = """(WITH RECURSIVE chain(id, up, name) AS (
        SELECT id, merged_into, name FROM entity WHERE id = {id}
        UNION SELECT entity.id, entity.merged_into, entity.name
        FROM chain JOIN entity ON entity.id = chain.up
    ) SELECT name FROM chain WHERE up IS NULL)"""
_MENTIONS_OF = f"""WITH RECURSIVE same(id) AS (
        SELECT entity.id
        UNION SELECT other.id FROM entity AS other JOIN same ON other.merged_into = same.id
    ) SELECT {{what}} FROM same CROSS JOIN mention ON mention.entity = same.id
    CROSS JOIN span ON span.record = mention.id AND span.part = 'mention' CROSS {_ON_ARTICLE}"""
_MADE_IN = f"""SELECT {{what}} FROM claim_mention AS made
    JOIN span ON span.record = made.id AND span.part = 'claim' {_ON_ARTICLE}
    WHERE made.claim = claim.id"""
_PART = """(SELECT quote FROM span
    WHERE span.record = attribution.id AND span.part = '{part}')"""
_NAME = f"""CASE {{kind}}
        WHEN 'entity' THEN (SELECT name FROM entity WHERE id = {{id}})
        WHEN 'claim' THEN (SELECT text FROM claim WHERE id = {{id}})
        WHEN 'note' THEN (SELECT note.text FROM note WHERE note.id = {{id}})
        WHEN 'relation' THEN (SELECT other.type FROM relation AS other WHERE other.id = {{id}})
        WHEN 'article' THEN (SELECT {_TITLE} FROM article WHERE article.id = {{id}})
        ELSE (SELECT quote FROM span WHERE record = {{id}}
            ORDER BY part = 'content' DESC, part LIMIT 1) END"""


_ALIAS = "group_concat(json_extract(entity.aliases, at || '.text'), ' · ')"
_ITEM = (
    "max(CASE WHEN json_extract(entity.links, at || '.base') = 'wikidata'"
    " AND json_extract(entity.links, at || '.status') = 'confirmed'"
    " THEN json_extract(entity.links, at || '.id') END)"
)
_PROOF = (
    "group_concat(json_extract(claim.evidence, at || '.stance') || ': ' || coalesce("
    "json_extract(claim.evidence, at || '.span.quote'),"
    " json_extract(claim.evidence, at || '.url')), ' · ')"
)


def _listed(column: str, value: str) -> str:
    """Return a query over a list in JSON, with `at` for the path of each item.

    FTS5 reads its content without virtual tables, such as json_each is one.
    """
    return (
        "WITH RECURSIVE item(n, at) AS (SELECT 0, '$[0]' UNION ALL"
        " SELECT n + 1, '$[' || (n + 1) || ']' FROM item"
        f" WHERE n + 1 < json_array_length({column})) SELECT {value} FROM item"
    )


def _joined(values: str, mark: str = ", ") -> str:
    """Return a query for the different values of one, in their order, as one text."""
    return (
        f"(SELECT group_concat(value, '{mark}') FROM"
        f" (SELECT DISTINCT value FROM ({values}) WHERE value IS NOT NULL ORDER BY value))"
    )


_ARTICLES = f"""
SELECT indexed.number AS rowid, {_TITLE} AS title, article.language,
    article.direction, article.publisher, article.published,
    (SELECT count(*) FROM span WHERE span.article = article.id AND part = 'mention') AS mentions,
    (SELECT count(*) FROM span WHERE span.article = article.id AND part = 'claim') AS claims,
    article.characters, article.tags, article.sources, article.added, article.id,
    article.replaces
FROM article LEFT JOIN indexed ON indexed.article = article.id
WHERE NOT article.removed
"""
_TEXTS = f"""
SELECT indexed.number AS rowid, {_TITLE} AS title, article.language, article.text,
    article.id AS article
FROM article LEFT JOIN indexed ON indexed.article = article.id
WHERE NOT article.removed
"""
_MENTIONS = f"""
SELECT span.quote, {_CONTEXT} AS context, mention.type, mention.kind,
    {_STANDING_NAME.format(id="mention.entity")} AS entity_name,
    {_TITLE} AS article_title, article.language, annotator.name AS annotator, mention.origin,
    {_STANDING.format(id="mention.entity")} AS entity,
    mention.id, span.article, span.start, span.end, mention.created, mention.updated
FROM mention JOIN span ON span.record = mention.id AND span.part = 'mention'
    {_ON_ARTICLE} LEFT JOIN annotator ON annotator.id = mention.annotator
"""
_ENTITIES = f"""
SELECT entity.rowid AS rowid, entity.name, entity.type,
    ({_listed("entity.aliases", _ALIAS)}) AS aliases,
    ({_MENTIONS_OF.format(what="count(*)")}) AS mentions,
    ({_MENTIONS_OF.format(what="count(DISTINCT span.article)")}) AS articles,
    {_joined(_MENTIONS_OF.format(what="article.language AS value"), " ")} AS languages,
    ({_listed("entity.links", _ITEM)}) AS wikidata,
    entity.note, entity.retired, entity.id, entity.created, entity.updated
FROM entity WHERE entity.merged_into IS NULL
"""
_CLAIMS = f"""
SELECT claim.rowid AS rowid, claim.text AS statement, claim.language, claim.gloss,
    claim.gloss_language, claim.topic, claim.type, claim.verdict,
    {_joined(_MADE_IN.format(what=_STANDING_NAME.format(id="made.claimant") + " AS value"), " · ")}
        AS claimants,
    ({_MADE_IN.format(what="count(*)")}) AS mentions,
    ({_MADE_IN.format(what="count(DISTINCT span.article)")}) AS articles,
    {_joined(_MADE_IN.format(what="article.language AS value"), " ")} AS languages,
    ({_listed("claim.evidence", _PROOF)}) AS evidence,
    claim.justification, claim.time,
    {_STANDING_NAME.format(id="claim.place")} AS place, claim.id, claim.created,
    claim.updated
FROM claim
"""
_CLAIM_MENTIONS = f"""
SELECT claim.text AS statement, span.quote,
    {_STANDING_NAME.format(id="made.claimant")} AS claimant_name,
    made.epistemic, made.polarity, made.mode, made.check_worthy,
    {_TITLE} AS article_title, article.language, annotator.name AS annotator,
    (SELECT cue.quote FROM span AS cue
        WHERE cue.record = made.attribution AND cue.part = 'cue') AS cue,
    {_STANDING_NAME.format(id="made.affiliation")} AS affiliation,
    made.id, made.claim, {_STANDING.format(id="made.claimant")} AS claimant, made.attribution,
    span.article, span.start, span.end, made.created, made.updated
FROM claim_mention AS made JOIN span ON span.record = made.id AND span.part = 'claim'
    {_ON_ARTICLE} LEFT JOIN claim ON claim.id = made.claim
    LEFT JOIN annotator ON annotator.id = made.annotator
"""
_EVIDENCE = f"""
SELECT claim.text AS statement, claim.verdict,
    json_extract(each.value, '$.stance') AS stance, json_extract(each.value, '$.url') AS url,
    json_extract(each.value, '$.span.quote') AS quote,
    (SELECT {_TITLE} FROM article
        WHERE article.id = json_extract(each.value, '$.span.article')) AS article_title,
    json_extract(each.value, '$.accessed') AS accessed,
    json_extract(each.value, '$.note') AS note, claim.id AS claim
FROM claim, json_each(claim.evidence) AS each
"""
_ATTRIBUTIONS = f"""
SELECT {_PART.format(part="source")} AS source, {_PART.format(part="cue")} AS cue,
    {_PART.format(part="content")} AS content,
    {_STANDING_NAME.format(id="attribution.source_entity")} AS source_name,
    attribution.source_kind, attribution.directness, {_TITLE} AS article_title, article.language,
    annotator.name AS annotator, attribution.origin,
    {_STANDING.format(id="attribution.source_entity")} AS source_entity,
    attribution.id, attribution.article, attribution.created, attribution.updated
FROM attribution JOIN article ON article.id = attribution.article AND NOT article.removed
    LEFT JOIN annotator ON annotator.id = attribution.annotator
"""
_RELATIONS = f"""
SELECT {_NAME.format(kind="relation.source_kind", id="relation.source_id")}
        AS source_name, relation.type,
    {_NAME.format(kind="relation.target_kind", id="relation.target_id")} AS target_name,
    relation.rationale, relation.confidence, annotator.name AS annotator,
    relation.id, relation.source_kind, relation.source_id, relation.target_kind, relation.target_id,
    relation.created, relation.updated
FROM relation LEFT JOIN annotator ON annotator.id = relation.annotator
"""
_NOTES = f"""
SELECT note.text, {_NAME.format(kind="note.on_kind", id="note.on_id")} AS on_name,
    note.on_kind, {_TITLE} AS article_title, annotator.name AS annotator, note.id,
    note.on_id, note.article, note.created, note.updated
FROM note LEFT JOIN article ON article.id = note.article
    LEFT JOIN annotator ON annotator.id = note.annotator
WHERE article.id IS NULL OR NOT article.removed
"""

VIEWS = {
    "articles": _ARTICLES,
    "texts": _TEXTS,
    "mentions": _MENTIONS,
    "entities": _ENTITIES,
    "claims": _CLAIMS,
    "claim_mentions": _CLAIM_MENTIONS,
    "evidence": _EVIDENCE,
    "attributions": _ATTRIBUTIONS,
    "relations": _RELATIONS,
    "notes": _NOTES,
}
"""The query of each view by its name."""


def make_views(connection: sqlite3.Connection) -> None:
    """Make all views of a library whose tables are up to date. Needs an open transaction."""
    for name, query in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {query.strip()}")


def drop_views(connection: sqlite3.Connection) -> None:
    """Take all views away, so that migrations can change the tables below them."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    for (name,) in found:
        connection.execute(f'DROP VIEW "{name}"')
