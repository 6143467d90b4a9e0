"""What a library counts in SQL, beside the same counted from all its records in plain loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.coverage import Coverage
from reader.annotation.model import (
    Attribution,
    ClaimMention,
    Entity,
    Mention,
    Record,
    article_of,
    spans_of,
)
from reader.annotation.statistics import StatisticsView
from reader.corpus.sentences import sentences
from reader.formats.json_import import import_json
from reader.overview.census import Census
from reader.session import Session
from reader.store.library import Library
from reader.work.articles import remove_article, set_role
from reader.work.entities import EntityWork
from tests.formats.libraries import build, hard_cases

VALUES = ("DATE", "MONEY", "NUMBER")
REFERENCE = Path(__file__).parents[2] / "seeds" / "reference.json"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the annotations that ship."""
    path = tmp_path_factory.mktemp("shipped") / "library.db"
    with Library(path) as library:
        import_json(library, [("reference.json", REFERENCE.read_bytes())], "sam")
    return path


def counted(library: Library, view: StatisticsView | None = None) -> dict[str, Any]:
    """What a census finds, in short."""
    census = Census(library)
    found = census.count(view or StatisticsView())
    return {
        "types": {id: dict(tally.types) for id, tally in found.articles.items()},
        "linked": found.total.linked,
        "unlinked": found.total.unlinked,
        "entities": {one.id: (one.count, one.articles) for one in found.entities},
        "claimants": {one.id: (one.claims, one.count) for one in found.claimants},
        "coverage": census.coverage.articles,
    }


def looked_up(library: Library, articles: Iterable[str], by: str = "") -> dict[str, Any]:
    """The same from whole records."""
    ids = list(articles)
    records = AnnotationSet.of(library.records.all())
    here = [r for r in records if article_of(r) in ids and by in ("", getattr(r, "annotator", ""))]
    mentions = [r for r in here if isinstance(r, Mention)]
    claims = [r for r in here if isinstance(r, ClaimMention)]
    free = [m for m in mentions if m.entity is None]
    entities: dict[str, list[str]] = {}
    for mention in mentions:
        if (meant := records.entity(mention.entity)) is not None:
            entities.setdefault(meant.id, []).append(mention.span.article)
    claimants: dict[str, list[str | None]] = {}
    for claim in claims:
        if (meant := records.entity(claim.claimant)) is not None:
            claimants.setdefault(meant.id, []).append(claim.claim)
    types = {id: Counter(m.type for m in mentions if m.span.article == id) for id in ids}
    return {
        "types": {id: dict(each) for id, each in types.items()},
        "linked": len(mentions) - len(free),
        "unlinked": sum(m.type not in VALUES for m in free),
        "entities": {id: (len(at), len(set(at))) for id, at in entities.items()},
        "claimants": {id: (len({*said} - {None}), len(said)) for id, said in claimants.items()},
        "coverage": {id: looked_at(library, id, here) for id in ids},
    }


def looked_at(library: Library, id: str, records: Iterable[Record]) -> Coverage:
    """Coverage, by looking at every sentence and every fragment."""
    article = library.articles.read(id)
    body = [part for part in article.roles if part.role == "body"]
    found = sentences(article.text, body, article.language)

    def holding(kinds: type | tuple[type, ...]) -> int:
        hits = [r for r in records if isinstance(r, kinds) and article_of(r) == id]
        places = [f for r in hits for span in spans_of(r) for f in span.fragments]
        return sum(any(s < end and start < e for s, e in places) for start, end in found)

    everything = holding((Mention, ClaimMention, Attribution))
    return Coverage(1, len(found), everything, holding(Mention), holding(ClaimMention))


def test_it_finds_what_the_records_of_the_shipped_library_hold(shipped: Path) -> None:
    with Library(shipped) as library:
        entries = library.articles.listed("")
        assert counted(library) == looked_up(library, (entry.id for entry in entries))
        arabic = [entry.id for entry in entries if entry.language == "ar"]
        assert counted(library, StatisticsView(language="ar")) == looked_up(library, arabic)
        second = (entries[1].id,)
        assert counted(library, StatisticsView(second)) == looked_up(library, second)


def test_one_annotator_of_several_and_merged_entities(tmp_path: Path) -> None:
    path = build(tmp_path / "library.db", hard_cases())
    with Library(path) as library:
        entries = [entry.id for entry in library.articles.listed("")]
        assert counted(library) == looked_up(library, entries)
        for person in library.people.all():
            view = StatisticsView(annotator=person.id)
            assert counted(library, view) == looked_up(library, entries, person.id)


def test_the_sentences_of_the_shipped_articles_are_as_many_as_one_counts(shipped: Path) -> None:
    with Library(shipped) as library:
        census = Census(library)
        census.count(StatisticsView())
    sentences = {language: each.sentences for language, each in census.coverage.languages.items()}
    assert sentences == {"id": 25, "en": 37, "ar": 24}
    assert census.coverage.total.sentences == 86


def test_cambridge_analytica_and_trump_stand_in_all_three_languages(shipped: Path) -> None:
    with Library(shipped) as library:
        found = Census(library).count(StatisticsView())
    first, second = found.entities[:2]
    assert {first.name, second.name} == {"Cambridge Analytica", "Donald Trump"}
    assert first.languages == second.languages == ("ar", "en", "id")
    assert first.articles == second.articles == 3
    assert found.total.values and found.total.linked > found.total.unlinked
    assert {"DATE", "MONEY", "NUMBER"} <= found.total.types.keys()


def test_it_counts_in_steps_and_goes_on_where_it_was_left(shipped: Path) -> None:
    with Library(shipped) as library:
        census, view = Census(library), StatisticsView()
        steps = census.steps(view)
        while census.statistics is None:
            next(steps)
        assert not census.whole and census.coverage.total.read == 0
        before = census.statistics
        for _ in census.steps(view):
            pass
        assert census.whole and census.statistics is before
        assert census.coverage.articles == counted(library)["coverage"]


def test_it_is_current_until_somebody_changes_the_library(shipped: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(shipped.read_bytes())
    session = Session.open(path, "sam")
    census, view = Census(session.library), StatisticsView()
    before = census.count(view).total
    assert census.is_current(view)
    assert not census.is_current(StatisticsView(language="ar"))
    article = session.open_article(session.articles()[0].id)
    body = next(part for part in article.roles if part.role == "body")
    session.marking.tag([(body.start, body.start + 3)], "EVENT")
    assert not census.is_current(view)
    after = census.count(view).total
    assert after.mentions == before.mentions + 1 and after.unlinked == before.unlinked + 1
    session.undo()
    assert census.count(view).total == before
    remove_article(session, article)
    assert census.count(view).total.articles == 2
    session.close()


def test_a_merge_makes_one_count_of_two(shipped: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(shipped.read_bytes())
    session = Session.open(path, "sam")
    census = Census(session.library)
    first, second, *_ = census.count(StatisticsView()).entities
    work = EntityWork(session)
    one, other = (work.now().standing(each.id) for each in (first, second))
    assert isinstance(one, Entity) and isinstance(other, Entity)
    work.merge(one, other)
    merged = census.count(StatisticsView()).entities[0]
    assert (merged.id, merged.count) == (one.id, first.count + second.count)
    assert merged.articles == 3  # both stand in each, which makes three, not six
    session.close()


def test_a_body_that_is_said_to_be_another_part_has_no_sentences(
    shipped: Path, tmp_path: Path
) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(shipped.read_bytes())
    session = Session.open(path, "sam")
    census = Census(session.library)
    census.count(StatisticsView())
    article = session.open_article(session.articles()[0].id)
    assert census.coverage.articles[article.id].sentences
    set_role(session, [(0, len(article.text))], "boilerplate")
    census.count(StatisticsView())
    assert census.coverage.articles[article.id] == Coverage(read=1)
    session.close()
