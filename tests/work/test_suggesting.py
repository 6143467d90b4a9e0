from __future__ import annotations

import dataclasses
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation import entity_actions
from reader.annotation.actions import edit_mention
from reader.annotation.changes import Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import Alias, Entity, Mention, Refusal, Suggestion
from reader.annotation.schema_changes import renamed_schema
from reader.annotation.schema_reading import Rename
from reader.corpus.article import RoleRange
from reader.corpus.loading import load_article
from reader.errors import AnnotationError
from reader.session import Session
from reader.store.library import Library
from reader.suggest import actions
from reader.suggest.names import Name
from reader.work.articles import set_role
from reader.work.schema import apply_plan, plan_schema
from reader.work.suggesting import Sources, Suggestions, propose, take_everywhere
from tests.records import make_article

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
INDONESIAN, ENGLISH, ARABIC = SEEDS
NAME, ARABIC_NAME = "Cambridge Analytica", "كامبريدج أناليتيكا"
TEXT = "Trump met Nix. Trump paid $6 million in June 2016. TRUMP! Trumpet. Ann saw Trump."


@pytest.fixture
def seeds(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "library.db"
    with Library(path) as library:
        library.add_articles([load_article(seed.read_bytes(), seed.name) for seed in SEEDS])
    session = Session.open(path, "sam")
    yield session
    session.close()


@pytest.fixture
def short(tmp_path: Path) -> Iterator[Session]:
    session = opened(tmp_path / "short.db")
    yield session
    session.close()


def opened(path: Path, *texts: str) -> Session:
    articles = [make_article(text) for text in texts or (TEXT,)]
    with Library(path) as library:
        library.add_articles(articles)
    session = Session.open(path, "sam")
    session.open_article(articles[0].id)
    return session


def open_seed(session: Session, path: Path) -> None:
    session.open_article(load_article(path.read_bytes(), path.name).id)


def tag(session: Session, wording: str, type: str = "PER", at: int = 0) -> Mention:
    assert session.article is not None
    start = session.article.text.index(wording, at)
    return session.marking.tag([(start, start + len(wording))], type)


def quotes(suggestions: Suggestions) -> list[str]:
    return [each.quote for each in suggestions.here()]


@pytest.mark.parametrize(
    ("path", "name", "in_text"),
    [(INDONESIAN, NAME, 8), (ENGLISH, NAME, 18), (ARABIC, ARABIC_NAME, 12)],
)
def test_one_tag_proposes_all_others_of_a_seed_and_nothing_else(
    seeds: Session, path: Path, name: str, in_text: int
) -> None:
    open_seed(seeds, path)
    suggestions = Suggestions(seeds)
    assert suggestions.here() == ()
    body = next(part.start for part in seeds.article.roles if part.role == "body")  # type: ignore[union-attr]
    tag(seeds, name, "ORG", body)
    found = suggestions.here()
    assert [(each.quote, each.type, each.entity) for each in found] == [(name, "ORG", None)] * (
        in_text - 1
    )
    suggestions.take(found)
    assert suggestions.here() == ()
    assert Counter(m.origin for m in seeds.annotations.all(Mention)) == {
        "manual": 1,
        "suggested": in_text - 1,
    }
    seeds.undo()
    assert suggestions.here() == found


def test_an_alias_proposes_two_more_in_english(seeds: Session) -> None:
    open_seed(seeds, ENGLISH)
    suggestions = Suggestions(seeds)
    entity = seeds.marking.create_entity(NAME, "ORG", tag(seeds, NAME, "ORG"))
    assert len(suggestions.here()) == 17
    alias = entity_actions.add_alias(seeds.author, entity, Alias("Cambridge", "en"))
    seeds.apply(alias)
    assert Counter(quotes(suggestions)) == {NAME: 17, "Cambridge": 2}
    assert {each.entity for each in suggestions.here()} == {entity.id}


def test_one_entity_with_a_name_in_each_language_is_proposed_in_all_articles(
    seeds: Session,
) -> None:
    open_seed(seeds, ENGLISH)
    entity = seeds.marking.create_entity(NAME, "ORG", tag(seeds, NAME, "ORG"))
    seeds.apply(entity_actions.add_alias(seeds.author, entity, Alias(ARABIC_NAME, "ar")))
    names = (Name(NAME, "ORG", entity.id), Name(ARABIC_NAME, "ORG", entity.id))
    found = [each for each in propose(seeds, Sources(names)) if each is not None]
    assert {each.language: len(each.found) for each in found} == {"id": 8, "en": 17, "ar": 12}
    take_everywhere(seeds, {each.article: each.found for each in found})
    assert seeds.library.entities.elsewhere([entity.id], "") == (38, 3)
    seeds.undo()
    assert seeds.library.entities.elsewhere([entity.id], "") == (1, 1)
    assert len(seeds.annotations.all(Mention)) == 1


def test_articles_that_are_finished_are_left_alone_unless_asked_for(seeds: Session) -> None:
    open_seed(seeds, ARABIC)
    seeds.marking.set_status("done")
    sources = Sources((Name(NAME, "ORG"), Name(ARABIC_NAME, "ORG")))
    found = [each.language for each in propose(seeds, sources) if each is not None]
    assert sorted(found) == ["en", "id"]
    found = [each.language for each in propose(seeds, sources, finished=True) if each is not None]
    assert sorted(found) == ["ar", "en", "id"]


def test_what_is_refused_does_not_come_back_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    session = opened(path)
    suggestions = Suggestions(session)
    tag(session, "Trump")
    assert quotes(suggestions) == ["Trump", "TRUMP", "Trump"]
    suggestions.refuse(suggestions.here()[1:2])
    assert quotes(suggestions) == ["Trump", "Trump"]
    article = session.article
    session.close()
    assert article is not None
    session = Session.open(path, "sam")
    session.open_article(article.id)
    suggestions = Suggestions(session)
    assert quotes(suggestions) == ["Trump", "Trump"]
    assert [r.span.quote for r in suggestions.refused()] == ["TRUMP"]
    suggestions.forget()
    assert quotes(suggestions) == ["Trump", "TRUMP", "Trump"]
    session.undo()
    session.undo()
    assert suggestions.refused() == ()
    assert quotes(suggestions) == ["Trump", "TRUMP", "Trump"]
    session.close()


def test_a_colleague_refuses_for_himself(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    session = opened(path)
    entity = session.marking.create_entity("Trump", "PER")
    suggestions = Suggestions(session)
    suggestions.refuse(suggestions.here())
    assert suggestions.here() == ()
    other = Session.open(path, "noor")
    assert session.article is not None
    other.open_article(session.article.id)
    theirs = Suggestions(other)
    assert len(theirs.here()) == 4
    theirs.take(theirs.here())
    assert {m.entity for m in other.annotations.all(Mention)} == {entity.id}
    session.close()
    other.close()


def test_nothing_is_written_by_looking(short: Session) -> None:
    short.marking.create_entity("Trump", "PER")
    before = short.path.read_bytes(), len(short.library.history())
    suggestions = Suggestions(short)
    suggestions.patterns = True
    assert suggestions.here()
    assert [each for each in propose(short, Sources((Name("Nix", "PER"),))) if each]
    assert (short.path.read_bytes(), len(short.library.history())) == before


def test_merged_entities_are_proposed_as_the_one_that_is_left_and_retired_ones_not(
    short: Session,
) -> None:
    suggestions = Suggestions(short)
    trump, nix = (
        short.marking.create_entity("Trump", "PER"),
        short.marking.create_entity("Nix", "PER"),
    )
    other = short.marking.create_entity("Ann", "PER")
    short.apply(entity_actions.merge(short.author, nix, other))
    of = {each.quote: each.entity for each in suggestions.here()}
    assert of == {"Trump": trump.id, "TRUMP": trump.id, "Nix": nix.id, "Ann": nix.id}
    gone = dataclasses.replace(trump, retired=True)
    short.apply(short.author.action("retire", [Change(trump, gone)]))
    assert quotes(suggestions) == ["Nix", "Ann"]


def test_of_two_of_one_name_the_one_in_the_article_is_proposed(short: Session) -> None:
    donald, ivanka = (
        short.marking.create_entity("Trump", "PER"),
        short.marking.create_entity("Trump", "PER"),
    )
    suggestions = Suggestions(short)
    assert [each.entity for each in suggestions.here()] == [None] * 4
    short.marking.link(tag(short, "Trump"), ivanka)
    assert [each.entity for each in suggestions.here()] == [ivanka.id] * 3
    assert donald.id != ivanka.id


def test_pronouns_and_descriptions_are_no_names(short: Session) -> None:
    mention = tag(short, "Trump")
    suggestions = Suggestions(short)
    assert len(suggestions.here()) == 3
    short.apply(edit_mention(short.author, mention, kind="nominal"))
    assert suggestions.here() == ()


def test_dates_and_amounts_are_proposed_when_asked_for(short: Session) -> None:
    suggestions = Suggestions(short)
    assert suggestions.here() == ()
    suggestions.patterns = True
    assert [(each.type, each.quote) for each in suggestions.here()] == [
        ("MONEY", "$6 million"),
        ("DATE", "June 2016"),
    ]
    names = Rename("entity_types", "DATE", "WHEN"), Rename("entity_types", "MONEY", "SUM")
    schema = renamed_schema(short.schema, names)
    apply_plan(short.library, "ann", plan_schema(short.library, schema, names))
    short.schema = short.library.schema()
    assert [each.type for each in suggestions.here()] == ["SUM", "WHEN"]
    (article,) = propose(short, Sources(patterns=True))
    assert article is not None and [each.type for each in article.found] == ["SUM", "WHEN"]


def test_boilerplate_that_is_marked_now_has_no_suggestions(short: Session) -> None:
    short.marking.create_entity("Trump", "PER")
    suggestions = Suggestions(short)
    assert len(suggestions.here()) == 4
    set_role(short, [(0, len("Trump met Nix."))], "boilerplate")
    assert RoleRange(0, 14, "boilerplate") in short.article.roles  # type: ignore[union-attr]
    assert len(suggestions.here()) == 3


def suggested(session: Session, wording: str, score: float | None, type: str = "PER") -> Suggestion:
    assert session.article is not None
    start = session.article.text.index(wording)
    span = session.span([(start, start + len(wording))])
    me = session.annotator.id
    return Suggestion(new_id(), span, type, me, now(), now(), "ner", score)


def test_models_suggestions_are_shown_by_score_and_go_when_taken(short: Session) -> None:
    records = [suggested(short, "Nix", 0.9), suggested(short, "Trumpet", 0.4)]
    short.apply(actions.store(short.author, records))
    suggestions = Suggestions(short)
    assert [(each.quote, each.score) for each in suggestions.here()] == [
        ("Nix", 0.9),
        ("Trumpet", 0.4),
    ]
    suggestions.least = 0.8
    (nix,) = suggestions.here()
    suggestions.take([nix])
    assert [m.span.quote for m in short.annotations.all(Mention)] == ["Nix"]
    assert [s.span.quote for s in short.annotations.all(Suggestion)] == ["Trumpet"]
    short.undo()
    assert suggestions.here() == (nix,)


def test_what_models_propose_in_boilerplate_is_left_out(short: Session) -> None:
    short.apply(actions.store(short.author, [suggested(short, "Nix", 0.9)]))
    suggestions = Suggestions(short)
    assert len(suggestions.here()) == 1
    set_role(short, [(0, 14)], "boilerplate")
    assert suggestions.here() == ()


def test_the_suggestion_at_a_place_is_the_first_that_it_touches(short: Session) -> None:
    short.marking.create_entity("Trump", "PER")
    suggestions = Suggestions(short)
    first, second, *_ = suggestions.here()
    assert suggestions.at(0, 1) == suggestions.at(4, 30) == first
    assert suggestions.at(5, 15) is None
    assert suggestions.at(5, 16) == second
    assert suggestions.at(len(TEXT), len(TEXT)) is None


def test_what_a_name_and_a_model_propose_together_is_one_suggestion(short: Session) -> None:
    entity = short.marking.create_entity("Nix", "PER")
    short.apply(actions.store(short.author, [suggested(short, "Nix", 0.7)]))
    suggestions = Suggestions(short)
    (nix,) = suggestions.here()
    assert (nix.entity, nix.score) == (entity.id, 0.7)
    suggestions.take([nix])
    assert short.annotations.all(Suggestion) == ()


def test_there_must_be_something_to_take_or_refuse(short: Session) -> None:
    suggestions = Suggestions(short)
    with pytest.raises(AnnotationError):
        suggestions.take(())
    with pytest.raises(AnnotationError):
        suggestions.refuse(())
    with pytest.raises(AnnotationError):
        suggestions.forget()


def state(session: Session) -> dict[str, set[str]]:
    """What is there, by kind."""
    kinds = (Mention, Refusal, Suggestion, Entity)
    return {cls.__name__: {r.id for r in session.annotations.all(cls)} for cls in kinds}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["take", "refuse"]), st.integers(0, 3)), max_size=5))
def test_undo_of_all_is_as_before(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        session = opened(Path(folder) / "library.db")
        session.marking.create_entity("Trump", "PER")
        session.apply(actions.store(session.author, [suggested(session, "Nix", 0.5)]))
        suggestions = Suggestions(session)
        seen = [(state(session), suggestions.here())]
        for verb, count in steps:
            chosen = suggestions.here()[:count]
            if chosen:
                getattr(suggestions, verb)(chosen)
                left = suggestions.here()
                assert not {each.place for each in left} & {each.place for each in chosen}
                assert len(left) == len(seen[-1][1]) - len(chosen)
                seen.append((state(session), left))
        for before, proposed in seen[-2::-1]:
            session.undo()
            assert state(session) == before
            assert suggestions.here() == proposed
        session.close()
