"""A library of somebody who means harm: every text in it is markup and orders to a terminal."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reader.annotation.attributes import Attributes
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id
from reader.annotation.model import (
    Alias,
    Annotator,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Evidence,
    KnowledgeLink,
    Mention,
    Note,
    Record,
    Ref,
    Refusal,
    Relation,
    Status,
    Suggestion,
    ref_to,
    schema_record,
    status_id,
)
from reader.annotation.schema import (
    AttributeChoice,
    AttributeType,
    EntityType,
    RelationType,
    Schema,
)
from reader.annotation.spans import Span, make_span
from reader.corpus.article import Article, RoleRange, article_id
from reader.corpus.loading import Wishes
from reader.corpus.sources import Source
from reader.session import Session
from reader.store.library import Library
from reader.work.additions import Additions
from tests.records import make_article

ORDERS = (
    " \x1b]0;pwned\x07 \x1b[8;1;1t \x1b[31m \x1bc \x9b2J \x90q\x9c [/ [@click=app.quit]q[/] $x {x}"
    " \u202eabc\u202c \u2066x\u2069 \u200f\u061c\x00\x08\x7f 👩\u200d👩\u200d👧 🇦 \ufeff\u00ad"
    " e" + "\u0301\u0302\u0303\u0304\u0305\u0306\u0307" * 8 + " ؟كلمة\u200c \r\n\t\x0b\x85\u2028z"
)
"""What no terminal, markup or template may be given raw."""


def hostile(name: str) -> str:
    """Return a text that does harm wherever it is not shown as letters: `[b]name[/b]` first."""
    return f"[b]{name}[/b]{ORDERS}"


TIME = "2026-02-03T04:05:06Z"
ANN = Annotator("01J00000000000000000000AN1", hostile("ann"))
BOB = Annotator("01J00000000000000000000AN2", hostile("bob"))
PERSON, PLACE = "typeA", "typeB"
_YES, _NO = (
    f"[b]{word}[/b] [/ \u202eabc\u2066x\u200f\u061c👩\u200d👧\u00ad$x" for word in ("yes", "no")
)

FIRST = (
    f"{hostile('first')}\n\nBerg said it, and Haddad: {ORDERS} no money. Then Berg and Haddad left."
    f"\n\nHadad came back.\n\n{'كلمة word ' * 3_000}\n"
)
SECOND = f"{hostile('second')}\n\nBerg said so again. Haddad and Vogt did not.\n"
REMOVED = f"{hostile('removed')}\n\nNobody was here.\n"
OLD = f"{hostile('old')}\n\nBerg said it to the Daily Post, and Karim agreed with her later.\n"
NEW = OLD.replace("to the Daily Post", "to a paper").replace("Karim", "somebody else")


@dataclass(frozen=True)
class Hostile:
    """Where things stand in the library.

    Attributes:
        path: The library's file, whose name is hostile too.
        first: Id of an article with all kinds of marks.
        second: Id of one that shares entities and claims with it.
        new: Id of a version with marks that have no place in it.
        entity: Id of an entity that is named in both.
        claim: Id of a claim that is made in both.
    """

    path: Path
    first: str
    second: str
    new: str
    entity: str
    claim: str


def make_hostile_library(folder: Path) -> Hostile:
    """Make the library in a folder, as it cannot be made in the program itself."""
    path = folder / f"{hostile('file').replace('/', '÷').replace(chr(0), '')[:60]}.db"
    articles = _articles()
    first, second, _, old = articles
    shared = _shared(second)
    records = [*shared, *_first_marks(first, shared), *_second_marks(second, shared)]
    records += _old_marks(old)
    with Library(path) as library:
        changes = (_schema(library), *(Change(None, record) for record in records))
        action = Action(new_id(), ANN.id, hostile("deed"), changes, TIME)
        library.take_in((ANN, BOB), articles, ANN, action)
    new = _add_version(path, folder)
    _diverge(path, shared[0])
    _mislabel(path)
    return Hostile(path, first.id, second.id, new, shared[0].id, shared[3].id)


def _articles() -> tuple[Article, Article, Article, Article]:
    def article(text: str, name: str, **fields: Any) -> Article:
        size = text.index("\n\n")
        known: dict[str, Any] = {
            "title": (0, size),
            "roles": (RoleRange(0, size, "title"), RoleRange(size + 2, len(text), "body")),
            "publisher": hostile(f"{name} publisher"),
            "published": hostile(f"{name} date"),
            "tags": (hostile("tag"), hostile("tags")),
            "sources": (hostile("path"), f"https://example.org/{hostile('url')}"),
            "encoding": hostile("encoding"),
        }
        return make_article(text, **known | fields)

    return (
        article(FIRST, "first", heading=hostile("heading"), updated=TIME, updated_by=BOB.id),
        article(SECOND, "second", language=hostile("language"), direction="rtl"),
        article(REMOVED, "removed", removed=True, updated=TIME, updated_by=BOB.id),
        article(OLD, "old", sources=("old.txt",)),
    )


def _schema(library: Library) -> Change:
    values = (
        AttributeChoice(_YES, hostile("yes title")),
        AttributeChoice(_NO, hostile("no title")),
    )
    said = ("mention", "claim", "claim_mention", "attribution", "relation")
    schema = Schema(
        (
            EntityType(PERSON, hostile("typeA title"), "1", "#ff0000"),
            EntityType(PLACE, hostile("typeB title"), "2", "#00ff00"),
            EntityType("typeC", hostile("typeC title")),
        ),
        (
            RelationType("relation", hostile("relation title"), meaning="contradicts"),
            RelationType("other relation", hostile("other title"), symmetric=True),
        ),
        (
            AttributeType("how", hostile("how title"), on=said, values=values, key="q"),
            AttributeType("which", hostile("which title"), "choices", said, values=values),
            AttributeType("remark", hostile("remark title"), "text", said),
        ),
    )
    before = schema_record(library.schema())
    return Change(before, replace(schema_record(schema), id=before.id))


_SAID = Attributes.of(
    {
        "how": _YES,
        "which": (_YES, _NO),
        "remark": hostile("remark value"),
    }
)
_SIGNED = (TIME, ANN.id, TIME, BOB.id)


def _shared(evidence: Article) -> list[Record]:
    """Three entities, of which two may be one; three claims, of which two contradict."""
    names = {
        "aliases": (Alias("Berg", "en", "Latn"), Alias(hostile("alias"), hostile("alang"), "[b]")),
        "links": (
            KnowledgeLink("wikidata", hostile("Q1"), "confirmed"),
            KnowledgeLink(hostile("base"), hostile("item"), "ambiguous"),
        ),
        "note": hostile("entity note"),
    }
    berg = Entity(new_id(), PERSON, hostile("entity"), *_SIGNED, **names)  # type: ignore[arg-type]
    again = Entity(new_id(), PERSON, hostile("twin"), *_SIGNED, aliases=(Alias("Berg", "en"),))
    merged = Entity(new_id(), PLACE, hostile("merged"), *_SIGNED, merged_into=berg.id)
    claims = [
        Claim(
            *(new_id(), hostile(name), hostile("clang"), *_SIGNED),
            gloss=hostile(f"{name} gloss"),
            gloss_language=hostile("glang"),
            topic=hostile(f"{name} topic"),
            verdict="refuted",
            justification=hostile(f"{name} why"),
            evidence=(
                Evidence("supports", url=hostile("address"), accessed=hostile("accessed")),
                Evidence("refutes", span=_at(evidence, "Haddad"), note=hostile("evidence note")),
            ),
            time=hostile("time"),
            place=again.id,
            attributes=_SAID,
        )
        for name in ("claim", "counterclaim")
    ]
    relations = [
        Relation(
            *(new_id(), type, ref_to(claims[0]), ref_to(claims[1]), BOB.id, TIME, TIME),
            confidence=0.5,
            rationale=hostile(f"{type} why"),
            attributes=_SAID,
        )
        for type in ("relation", "other relation")
    ]
    notes = [
        Note(new_id(), ref_to(on), hostile(f"{name} note"), BOB.id, TIME, TIME)
        for on, name in ((berg, "shared"), (claims[0], "claim"))
    ]
    return [berg, again, merged, *claims, *relations, *notes]


def _at(article: Article, words: str, after: int = 0) -> Span:
    start = article.text.index(words, after)
    return make_span(article.id, article.text, [(start, start + len(words))])


def _claiming(
    article: Article, who: Annotator, span: Span, shared: list[Record], polarity: str
) -> list[Record]:
    owned = (who.id, TIME, TIME)
    attribution = Attribution(
        *(new_id(), article.id, *owned, _at(article, "Berg"), _at(article, ORDERS[:60])),
        content=span,
        source_entity=shared[0].id,
        attributes=_SAID,
    )
    mention = ClaimMention(
        *(new_id(), span, *owned, shared[3].id, attribution.id, shared[0].id, "unknown"),
        polarity=polarity,  # type: ignore[arg-type]
        affiliation=shared[1].id,
        attributes=_SAID,
    )
    return [attribution, mention]


def _first_marks(article: Article, shared: list[Record]) -> list[Record]:
    """Ann and Bob agree on one name, and differ on another and on a claim."""
    made: list[Record] = []
    for who, type, polarity in ((ANN, PERSON, "affirm"), (BOB, PLACE, "refute")):
        owned = (who.id, TIME, TIME)
        berg = Mention(new_id(), _at(article, "Berg"), PERSON, *owned, attributes=_SAID)
        title = make_span(article.id, article.text, [(0, 80)])
        made += [
            replace(berg, entity=shared[0].id),
            Mention(new_id(), _at(article, "Haddad"), type, *owned, entity=shared[1].id),
            Mention(new_id(), title, PERSON, *owned, entity=shared[2].id),
            *_claiming(article, who, _at(article, f"Haddad: {ORDERS} no money"), shared, polarity),
            Note(new_id(), ref_to(berg), hostile("mention note"), *owned, article.id),
            Note(new_id(), Ref("article", article.id), hostile("article note"), *owned, article.id),
            Status(status_id(article.id, who.id), article.id, who.id, "in progress", TIME),
        ]
    hadad = (_at(article, "Hadad"), PLACE, ANN.id, TIME, TIME)
    left = article.text.index("Then")
    proposed = Suggestion(new_id(), *hadad, model=hostile("model"), score=0.5)
    refused = Refusal(new_id(), _at(article, "Haddad", left), PERSON, ANN.id, TIME, TIME)
    return [*made, proposed, refused]


def _second_marks(article: Article, shared: list[Record]) -> list[Record]:
    owned = (ANN.id, TIME, TIME)
    berg = Mention(new_id(), _at(article, "Berg"), PERSON, *owned, entity=shared[0].id)
    return [berg, *_claiming(article, ANN, _at(article, "Haddad and Vogt"), shared, "refute")]


def _old_marks(article: Article) -> list[Record]:
    owned = (ANN.id, TIME, TIME)
    words = ("Berg", "Daily Post", "Karim agreed")
    return [Mention(new_id(), _at(article, each), PERSON, *owned) for each in words]


def _add_version(path: Path, folder: Path) -> str:
    """Add a new version of the old article, in which two marks find no place."""
    file = folder / "old.txt"
    file.write_text(NEW)
    with Library(path) as library:
        additions = Additions(library, lambda: ANN, Wishes(), told=print)
        arrivals = list(additions.read(Source("old.txt", file)))
        (outcome,) = additions.store(arrivals)  # type: ignore[arg-type]
    assert outcome.what == "version", outcome
    assert outcome.id == article_id(NEW)
    return outcome.id


def _diverge(path: Path, entity: Record) -> None:
    """Let Ann and Bob each rename an entity without knowing of the other."""
    assert isinstance(entity, Entity)
    theirs = path.with_name("theirs.db")
    shutil.copy(path, theirs)
    for copy, who, name in ((path, ANN, "left name"), (theirs, BOB, "right name")):
        session = Session.open(copy, who.id)
        known = session.library.records.get(ref_to(entity))
        assert isinstance(known, Entity)
        change = Change(known, replace(known, name=hostile(name), updated=TIME))
        session.library.perform(who, Action(new_id(), who.id, hostile(name), (change,), TIME))
        session.close()
    with Library(path) as library, Library(theirs) as other:
        library.exchange.take_in(other.exchange.tell(library.exchange.known()))
    theirs.unlink()


def _mislabel(path: Path) -> None:
    """Write labels that no schema may have where the library stores those of records."""
    with closing(sqlite3.connect(path)) as connection, connection:
        said = json.dumps({hostile("unknown"): hostile("unknown value")})
        connection.execute(
            "update mention set type = ?, attributes = ?"
            " where id = (select record from span where quote = 'Karim agreed')",
            (hostile("unknown type"), said),
        )
        connection.execute(
            "update relation set type = ? where type = 'other relation'",
            (hostile("unknown relation"),),
        )
