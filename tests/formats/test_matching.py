"""Imports of records without ids, beside what a library has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.ids import derived_id
from reader.annotation.model import Annotator, Entity, KnowledgeLink, LinkStatus, Mention, Note, Ref
from reader.annotation.schema import DEFAULT_SCHEMA
from reader.errors import FormatError, UsageError
from reader.formats.catalogue import LibraryCatalogue
from reader.formats.contents import InMemory
from reader.formats.document import Document, from_article
from reader.formats.intake import Counts, Intake, Policy
from reader.formats.labels import Labels, parse_map, type_name
from reader.formats.matching import Matching
from reader.store.library import Library
from tests.formats.libraries import TIME, arabic_article, at, build, english_article, hard_cases

WHO = Annotator("01J0000000000000000000READ", "reader")
SIGNED = (TIME, WHO.id, TIME, WHO.id)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(build(tmp_path / "a.db", hard_cases())) as opened:
        yield opened


def take(library: Library, document: Document, policy: Policy = "refuse") -> Counts:
    with library.steady():
        intake = Intake(library, policy)
        intake.add(InMemory(Matching(library).match(document)))
    return intake.commit(WHO.name)


def on_arabic(*mentions: Mention, **more: Any) -> Document:
    article = replace(from_article(arabic_article(), ()), mentions=mentions)
    return Document(DEFAULT_SCHEMA, (WHO,), (article,), **more)


def mention(*quotes: str, type: str = "PER", **fields: Any) -> Mention:
    span = at(arabic_article(), *quotes)
    id = derived_id(*quotes, type)
    return Mention(id, span, type, WHO.id, TIME, TIME, origin="imported", **fields)


def test_what_stands_there_already_is_left_out_and_nobody_is_added(library: Library) -> None:
    counts = take(library, on_arabic(mention("باراك حسين أوباما"), mention("باراك", "أوباما")))
    assert counts == Counts(0, 0, 0, 0)
    assert WHO not in library.people.all()


def test_what_is_new_comes_in_and_what_refers_to_both_finds_them(library: Library) -> None:
    known, new = mention("باراك حسين أوباما"), mention("باراك حسين أوباما", type="ORG")
    notes = tuple(
        Note(derived_id(text), Ref("mention", id), text, WHO.id, TIME, TIME, arabic_article().id)
        for text, id in (("one", known.id), ("two", new.id))
    )
    document = on_arabic(known, new)
    article = replace(document.articles[0], notes=notes)
    assert take(library, replace(document, articles=(article,))).records == 3
    assert library.problems() == ()
    ends = {n.on.id for n in library.records.within(arabic_article().id) if isinstance(n, Note)}
    assert new.id in ends and known.id not in ends


def test_what_a_record_lacks_is_a_conflict_to_decide_about(library: Library) -> None:
    clitic = at(arabic_article(), "أوباما", after=arabic_article().text.index("لأوباما"))
    obama = Entity(
        derived_id("q76"), "PER", "Obama, B.", *SIGNED, links=(KnowledgeLink("wikidata", "Q76"),)
    )
    said = Mention(derived_id("x"), clitic, "PER", WHO.id, TIME, TIME, entity=obama.id)
    document = on_arabic(said, entities=(obama,))
    with pytest.raises(FormatError, match="differs from what the library has"):
        take(library, document, "refuse")
    assert take(library, document, "keep").replaced == 0
    # The entity is known by its link, and what it is called stays.
    assert take(library, document, "replace").records == 0
    entities = [r for r in library.records.shared() if isinstance(r, Entity)]
    assert "Obama, B." not in {entity.name for entity in entities}
    linked = [r for r in library.records.within(arabic_article().id) if isinstance(r, Mention)]
    (found,) = (r for r in linked if r.span == clitic)
    assert found.entity in {entity.id for entity in entities if entity.name == "Barack Obama"}


@pytest.mark.parametrize(
    ("here", "there", "after"),
    [
        ("proposed", "confirmed", "confirmed"),
        ("confirmed", "proposed", "confirmed"),
        ("ambiguous", "proposed", "ambiguous"),
    ],
)
def test_an_item_is_linked_once_as_sure_as_either_is(
    tmp_path: Path, here: LinkStatus, there: LinkStatus, after: LinkStatus
) -> None:
    def acme(id: str, *links: KnowledgeLink) -> Entity:
        return Entity(derived_id(id), "ORG", "Acme", *SIGNED, links=links)

    known = acme("here", KnowledgeLink("wikidata", "Q1", here))
    said = acme("there", KnowledgeLink("wikidata", "Q1", there), KnowledgeLink("viaf", "7", there))
    with Library(tmp_path / "a.db") as opened:
        take(opened, Document(DEFAULT_SCHEMA, (WHO,), entities=(known,)))
        take(opened, Document(DEFAULT_SCHEMA, (WHO,), entities=(said,)), "replace")
        (entity,) = (r for r in opened.records.shared() if isinstance(r, Entity))
        found = (KnowledgeLink("wikidata", "Q1", after), KnowledgeLink("viaf", "7", there))
        assert entity == replace(known, links=found)


def test_an_import_that_somebody_worked_on_since_does_not_come_back(library: Library) -> None:
    first = mention("المتحدة", type="ORG")
    assert take(library, on_arabic(first)).records == 1
    moved = replace(first, span=at(arabic_article(), "للأمم", "المتحدة"))
    assert take(library, on_arabic(moved)).records == 0


def test_articles_are_found_by_id_text_and_name(library: Library) -> None:
    known = LibraryCatalogue(library)
    arabic, english = arabic_article(), english_article()
    assert known.with_id(arabic.id) == from_article(arabic, ())
    assert known.with_id("0123") is None
    unfolded = known.with_text(arabic.text.replace("\r\n", "\n"))
    for found in (known.with_text(arabic.text), unfolded, known.with_name("x/عربي.ann")):
        assert found is not None and found.id == arabic.id
    found = known.with_name(f"{english.id}.ann")
    assert found is not None and found.id == english.id
    assert known.with_name("nothing.txt") is None
    assert known.new(english.text, "other.txt") == from_article(english, ())


def test_a_new_article_is_made_as_if_it_were_added(library: Library) -> None:
    text = "\ufeffقال الرئيس إن البلاد بخير، وإن الحكومة تعمل على ذلك منذ سنوات طويلة.\r\n"
    made = LibraryCatalogue(library).new(text, "new.txt")
    assert (made.text, made.language, made.direction) == (text, "ar", "rtl")
    assert made.sources == ("new.txt",)
    with pytest.raises(FormatError, match=r"empty\.txt: empty"):
        LibraryCatalogue(library).new(" \n", "empty.txt")


def test_two_articles_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    first = replace(english_article(), sources=("a/x.txt",))
    second = replace(arabic_article(), sources=("b/x.txt",))
    contents = replace(hard_cases(), articles=(first, second))
    path = build(tmp_path / "a.db", contents)
    with Library(path) as library, pytest.raises(FormatError, match="several articles of the"):
        LibraryCatalogue(library).with_name("c/x.txt")


# Names as the schema has them: letters, digits, _ and -, a letter first, blanks between words.
@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("PER", "PER"),
        ("B:geo/political", "B geo political"),
        ("شخص", "شخص"),
        ("1st_place", "st_place"),
        ("  two   words ", "two words"),
        ("(x)", "x"),
        ("12 3a", "a"),
        ("شَخْص", "شخص"),
    ],
)
def test_labels_become_names(label: str, name: str) -> None:
    assert type_name(label) == name


def test_a_label_without_letters_has_to_be_mapped() -> None:
    with pytest.raises(FormatError, match=r"the label '1-2' has no letter.*--map 1-2=NAME"):
        type_name("1-2")
    labels = Labels(DEFAULT_SCHEMA, parse_map(("1-2=PER", "a=b=ORG")))
    assert labels.entity_type("1-2") == "PER"
    assert labels.entity_type("a=b") == "ORG"
    assert labels.schema == DEFAULT_SCHEMA
    assert labels.entity_type("geo/political") == "geo political"
    assert labels.relation_type("born_in", "mention", "mention") == "born_in"
    assert labels.schema.relation_type("born_in") is not None
    for wrong in ("x", "=a", "a="):
        with pytest.raises(UsageError, match="should be OLD=NEW"):
            parse_map((wrong,))
    with pytest.raises(UsageError, match="mapped twice"):
        parse_map(("a=B", "a=C"))


def test_a_derived_id_is_a_ulid_that_stays() -> None:
    assert derived_id("a", "b") == derived_id("a", "b") != derived_id("ab")
    assert derived_id("a", "b") != derived_id("b", "a")
