"""What a library shows of itself to somebody who is not to see what others do."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Mention, Ref, Status
from reader.annotation.statistics import StatisticsView
from reader.overview.census import Census
from reader.session import Session
from reader.store.library import Library
from tests.records import ENGLISH, make_article

EN = make_article(ENGLISH)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([EN])
    for name, places in (("ann", [(0, 13)]), ("bob", [(0, 13), (19, 33)])):
        session = Session.open(path, name)
        session.open_article(EN.id)
        for place in places:
            session.marking.tag([place], "PER")
        mention = session.annotations.all(Mention)[-1]
        session.marking.create_entity(f"Entity of {name}", "PER", mention)
        session.marking.mark_claim([(0, 33)], ClaimForm(statement=f"Claim of {name}."))
        session.marking.note(Ref("mention", mention.id), f"Note of {name}")
        session.marking.set_status("done")
        session.close()
    return path


def test_only_ones_own_marks_are_read_and_counted(path: Path) -> None:
    with Library(path) as whole:
        ann, _ = whole.people.all()
        (all_of_it,) = whole.articles.listed(ann.id)
        assert (all_of_it.mentions, all_of_it.claims, all_of_it.notes) == (3, 2, 2)
    before = path.read_bytes()
    with Library(path, only=ann.id) as library:
        (entry,) = library.articles.listed(ann.id)
        assert (entry.mentions, entry.claims, entry.notes, entry.status) == (1, 1, 1, "done")
        records = library.records.around(EN.id)
        whose = {r.annotator for r in records if isinstance(r, Mention | Status)}
        assert whose == {ann.id}
        counted = library.entities.counted()
        assert [counted.entities[id].name for id in counted.uses] == ["Entity of ann"]
        made = {entry.text: len(entry.made) for entry in library.claims.all().entries}
        assert made == {"Claim of ann.": 1, "Claim of bob.": 0}
        census = Census(library, ann.id)
        assert census.is_current(StatisticsView()) is False
        for _ in census.steps(StatisticsView()):
            pass
    assert path.read_bytes() == before
