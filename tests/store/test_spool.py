"""What an import brings waits outside of memory, and comes back as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotation.changes import Change
from reader.annotation.model import Entity, Mention, Note, Ref, Relation, details_of
from reader.annotation.spans import make_span
from reader.store.spool import Spool
from tests.records import ANN, ARABIC, ENGLISH, make_article

TIME = "2026-01-01T00:00:00Z"
ARTICLE = make_article(ARABIC)
SPAN = make_span(ARTICLE.id, ARTICLE.text, [(0, 3), (5, 7)])
MENTION = Mention("01M", SPAN, "PER", ANN.id, TIME, TIME, entity="01E")
ENTITY = Entity("01E", "PER", "ترامب", TIME, ANN.id, TIME, ANN.id)
RELATION = Relation(
    "01R", "related", Ref("mention", "01M"), Ref("entity", "01E"), ANN.id, TIME, TIME
)
NOTE = Note("01N", Ref("mention", "01M"), "a note", ANN.id, TIME, TIME, ARTICLE.id)


@pytest.fixture
def spool() -> Spool:
    made = Spool()
    made.put_articles([ARTICLE, make_article(ENGLISH)])
    made.put(Change(None, record) for record in (NOTE, RELATION, MENTION))
    made.put([Change(None, ENTITY)])
    return made


def test_what_is_referred_to_comes_before_what_refers_to_it(spool: Spool) -> None:
    for _ in range(2):
        found = [change.after for change in spool]
        assert found == [ENTITY, MENTION, RELATION, NOTE]
    assert (len(spool), spool.new_count, spool.article_count) == (4, 4, 2)


def test_what_comes_again_takes_the_place_of_what_was(spool: Spool) -> None:
    other = replace(ENTITY, id="01F")
    spool.put([Change(None, other)])
    changed = Change(ENTITY, replace(ENTITY, name="Trump"))
    spool.put([changed])
    spool.put_articles([replace(ARTICLE, publisher="AP")])
    assert spool.change(Ref("entity", "01E")) == changed
    assert [change.after.id for change in spool if change.after][:2] == ["01E", "01F"]
    assert spool.new_count == 4
    assert [article.publisher for article in spool.articles()] == ["AP", None]


def test_an_article_and_a_record_may_have_one_id(spool: Spool) -> None:
    named = Change(None, replace(ENTITY, id=ARTICLE.id))
    before = details_of(ARTICLE)
    details = Change(before, replace(before, publisher="AP"))
    spool.put([named])
    spool.put([details])
    assert spool.change(Ref("entity", ARTICLE.id)) == named
    assert spool.change(Ref("article", ARTICLE.id)) == details
    assert spool.kind(ARTICLE.id) == "entity"
    spool.put([details])
    assert (len(spool), spool.new_count) == (6, 5)


def test_what_did_not_come_is_not_there(spool: Spool) -> None:
    assert spool.article("01X") is None
    assert spool.change(Ref("entity", "01X")) is None
    # An id stands for one thing: under another kind there is nothing.
    assert spool.change(Ref("claim", "01E")) is None
    assert (spool.kind("01E"), spool.kind("01X")) == ("entity", None)
