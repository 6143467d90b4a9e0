"""What an import refuses, what it keeps and what it replaces."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.model import Annotator, Mention, Ref
from reader.annotation.schema import (
    DEFAULT_SCHEMA,
    AttributeChoice,
    AttributeType,
    EntityType,
    RelationType,
    Schema,
)
from reader.errors import FormatError
from reader.formats.intake import Counts, Policy
from reader.formats.json_import import import_json
from reader.store.library import Library
from tests.formats.libraries import (
    ARABIC,
    KIM,
    arabic_article,
    build,
    english_article,
    export,
    hard_cases,
    id_of,
)
from tests.formats.test_json_write import GOLDEN
from tests.records import set_schema

GOLD = GOLDEN.read_bytes()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = build(tmp_path_factory.mktemp("filled") / "annotations.db", hard_cases())
    return path.read_bytes()


@pytest.fixture
def library(tmp_path: Path, filled: bytes) -> Path:
    path = tmp_path / "annotations.db"
    path.write_bytes(filled)
    return path


def take_in(path: Path, *files: bytes, policy: Policy = "refuse", name: str = "Kim") -> Counts:
    named = [(f"{i}.json", data) for i, data in enumerate(files)]
    with Library(path) as library:
        return import_json(library, named, name, policy)


def changed(change: Callable[[Any], object]) -> bytes:
    data = json.loads(GOLD)
    change(data)
    return json.dumps(data).encode()


def mention(d: Any, name: str) -> Any:
    here = (m for article in d["articles"] for m in article["mentions"])
    return next(m for m in here if m["id"] == id_of(name))


def entity(d: Any, name: str) -> Any:
    return next(e for e in d["entities"] if e["id"] == id_of(name))


def _link(id: str) -> dict[str, str]:
    return {"base": "wikidata", "id": id, "status": "confirmed"}


# What is wrong, and the whole line that says so, after "0.json: ".
EMOJI, AR = id_of("emoji"), arabic_article().id
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty; name a file that `reader export` wrote."),
    "a picture": (b"\x89PNG\r\n", "not UTF-8 at byte 0; save it as UTF-8, or export it again."),
    "half a document": (
        GOLD[:20],
        "not JSON: Unterminated string starting at line 2, column 13; "
        "repair it, or export it again.",
    ),
    "a list": (
        b"[]",
        'no export of this program (its "format" is not "bidi-reader"); '
        "name a file that `reader export` wrote.",
    ),
    "a newer version": (
        changed(lambda d: d.update(version=2)),
        "version: 2 is newer than 1, the newest this program reads; update the program.",
    ),
    "deep nesting": (
        b'{"format": ' + b"[" * 100_000,
        "its values are nested too deeply; it is no export of a library.",
    ),
    "no number": (
        GOLD.replace(b": 0.5", b": NaN"),
        "NaN is no number of JSON; write one, or null.",
    ),
    "a huge number": (
        GOLD.replace(b'"start": 2,', b'"start": ' + b"9" * 5000 + b","),
        "the number 99999999999999999999… is too large for any field.",
    ),
    "a field twice": (
        GOLD.replace(b'"version": 1', b'"version": 1, "version": 1'),
        "the field 'version' stands twice in one object; keep one of them.",
    ),
    "a misspelled field": (
        changed(lambda d: mention(d, "emoji").update(kindd="name")),
        "articles[1].mentions[3]: unknown field 'kindd'; did you mean 'kind'?",
    ),
    "a value of the wrong type": (
        changed(lambda d: entity(d, "obama").update(aliases="Obama")),
        "entities[0].aliases: should be a list, not text.",
    ),
    "a lone surrogate": (
        changed(lambda d: entity(d, "obama").update(note="x\udc00")),
        "entities[0].note: lone surrogate U+DC00 at character 1; "
        "no text can hold half a pair, replace it.",
    ),
    "an entity merged into itself": (
        changed(lambda d: entity(d, "obama").update(merged_into=id_of("obama"))),
        f"entities[0]: entity {id_of('obama')} leads back to itself; "
        "let the last of the circle point at nothing.",
    ),
    "entities merged into each other": (
        changed(lambda d: entity(d, "obama").update(merged_into=id_of("merged"))),
        "leads back to itself; let the last",
    ),
    "versions that replace each other": (
        changed(
            lambda d: [
                one.update(replaces=two["id"])
                for one, two in (d["articles"], reversed(d["articles"]))
            ]
        ),
        "articles[0].replaces: article",
    ),
    "a note on itself": (
        changed(lambda d: d["notes"][0].update(on={"kind": "note", "id": d["notes"][0]["id"]})),
        f"notes[0]: note {id_of('sharednote')} leads back to itself",
    ),
    "another text": (
        changed(lambda d: d["articles"][1].update(text=ARABIC.replace("\r\n", "\n"))),
        f"articles[1]: the text of article '{AR}' is not the one that was exported",
    ),
    "an id of another text": (
        changed(lambda d: d["articles"][1].update(id="0" * 16)),
        f"articles[1].id: '0000000000000000' should be {AR}, the first 16 digits of its sha256.",
    ),
    # As a program writes it that counts UTF-16: the emoji before it is two units.
    "offsets in UTF-16": (
        changed(lambda d: mention(d, "emoji").update(start=3, end=6)),
        f"articles[1].mentions[3] (mention {EMOJI}): in article {AR}, 3-6 reads 'ال ', "
        "not the quote 'قال'; the quote stands at 2-5, and offsets count code points "
        "of the text from 0, end exclusive.",
    ),
    "offsets that do not fit the quote": (
        changed(lambda d: mention(d, "emoji").update(end=6)),
        "articles[1].mentions[3]: the quote has 3 code points, but 2-6 has 4 "
        f"(article '{AR}'; offsets count code points of its text, end exclusive).",
    ),
    "offsets beyond the text": (
        changed(lambda d: mention(d, "emoji").update(start=900, end=903)),
        f"articles[1].mentions[3] (mention {EMOJI}): 900-903 leaves the text, "
        f"which has {len(ARABIC)} code points.",
    ),
    "another context": (
        changed(lambda d: mention(d, "emoji").update(prefix="x")),
        f"articles[1].mentions[3] (mention {EMOJI}): the text before or after the quote "
        "is not its prefix or suffix; leave them out, or give what stands there.",
    ),
    "an entity that is not there": (
        changed(lambda d: mention(d, "emoji").update(entity="E9")),
        f"articles[1].mentions[3] (mention {EMOJI}).entity: there is no entity 'E9', "
        "neither in the file nor in the library; export it along.",
    ),
    "an annotator who is not there": (
        changed(lambda d: d["annotators"].pop()),
        "there is no annotator",
    ),
    "a mention of another article": (
        changed(lambda d: d["articles"][0]["mentions"].append(mention(d, "emoji"))),
        f"articles[1].mentions[3]: the id {EMOJI} stands at articles[0].mentions[1] already",
    ),
    "a mention in the wrong place": (
        changed(lambda d: d["articles"][0].update(mentions=d["articles"][1].pop("mentions"))),
        f"its article should be {english_article().id}, where it stands.",
    ),
    "an article twice": (
        changed(lambda d: d["articles"].append(d["articles"][0])),
        f"articles[2]: the id {english_article().id} stands at articles[0] already; keep one.",
    ),
    "a type that the schema lacks": (
        changed(lambda d: mention(d, "emoji").update(type="GPE")),
        f"articles[1].mentions[3] (mention {EMOJI}): “GPE” is no entity type of the schema; "
        "did you mean “PER”? Correct the record, or the schema of the file.",
    ),
    "a title that stands elsewhere": (
        changed(lambda d: d["articles"][1]["title"].update(start=1)),
        f"articles[1].title: in article {AR}, 1-",
    ),
    "roles that overlap": (
        changed(lambda d: d["articles"][1]["roles"][1].update(start=3)),
        "articles[1].roles[1]: begins at 3, inside the one before, which ends at",
    ),
    "a note on nothing": (
        changed(lambda d: d["notes"][0]["on"].update(kind="mention")),
        "on.kind: 'mention' is not one of note, entity, claim, relation.",
    ),
    "evidence in an unknown article": (
        changed(lambda d: d["claims"][0]["evidence"][0]["span"].update(article="f" * 16)),
        f"claims[0] (claim {id_of('said')}).evidence[0]: there is no article 'ffffffffffffffff'",
    ),
    "an earlier version that is not there": (
        changed(lambda d: d["articles"][1].update(replaces="f" * 16)),
        "articles[1].replaces: there is no article 'ffffffffffffffff'",
    ),
    "an id of no Wikidata item": (
        changed(lambda d: d["entities"][0]["links"].append(_link("76"))),
        ".links: “76” is no Wikidata id: it looks like Q22686.",
    ),
    "two Wikidata items at once": (
        changed(lambda d: d["entities"][0]["links"].append(_link("Q77"))),
        ".links: two different Wikidata items are confirmed; one entity is one item.",
    ),
    "a wrong schema": (
        changed(lambda d: d["schema"]["entity_types"][1].update(key="1")),
        "schema.entity_types[1].key: ORG and PER share the key 1.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_imported(
    tmp_path: Path, name: str
) -> None:
    data, message = REFUSED[name]
    with pytest.raises(FormatError) as caught:
        take_in(tmp_path / "new.db", data)
    said = str(caught.value)
    assert said.startswith("0.json: ")
    assert message in said
    assert said.endswith(" Nothing was imported.")
    assert "\n" not in said
    assert not (tmp_path / "new.db").exists()


def test_what_is_there_already_is_left_alone(library: Path) -> None:
    before = library.read_bytes()
    assert take_in(library, GOLD) == Counts(0, 0, 0, 0)
    assert library.read_bytes() == before


DIFFERING: dict[str, tuple[Callable[[Any], object], str]] = {
    "a mention": (
        lambda d: mention(d, "inner").update(type="ORG"),
        f"(mention {id_of('inner')})",
    ),
    "an entity": (
        lambda d: entity(d, "obama").update(name="B. Obama"),
        f"entities[0] (entity {id_of('obama')})",
    ),
    "a status": (
        lambda d: d["articles"][1]["status"][0].update(value="done"),
        f"articles[1].status[0] (status {AR}:{KIM.id})",
    ),
    "a name": (lambda d: d["annotators"][1].update(name="Kimberly"), "annotators[1] (Kim)"),
    "an article": (
        lambda d: d["articles"][1].update(language="fa", roles=[], tags=["x"]),
        f"articles[1] (article {AR})",
    ),
    "a type of relation": (
        lambda d: d["schema"]["relation_types"][2].update(symmetric=True),
        "schema.relation_types[2] (refutes)",
    ),
}


@pytest.mark.parametrize("name", DIFFERING)
def test_what_differs_is_refused_kept_or_replaced(library: Path, name: str) -> None:
    change, place = DIFFERING[name]
    before, data = library.read_bytes(), changed(change)
    with pytest.raises(FormatError, match="differs from what the library has; choose with") as info:
        take_in(library, data)
    assert place in str(info.value)
    assert take_in(library, data, policy="keep") == Counts(0, 0, 0, 1)
    assert library.read_bytes() == before
    assert take_in(library, data, policy="replace") == Counts(0, 0, 1, 0)
    assert json.loads(export(library)) == json.loads(data)


def test_a_name_that_an_import_brings_is_a_step_of_the_history(library: Path) -> None:
    data = changed(lambda d: d["annotators"][1].update(name="Kimberly"))
    take_in(library, data, policy="replace")
    with Library(library) as opened:
        (change,) = opened.past.changes(opened.history()[-1].id)
        assert change.before == KIM
        assert opened.records.get(change.ref) == Annotator(KIM.id, "Kimberly") == change.after
        assert opened.problems() == ()


def test_how_the_library_came_by_a_text_is_its_own_affair(library: Path) -> None:
    before = library.read_bytes()
    data = changed(
        lambda d: d["articles"][1].update(
            added="2025-01-01T00:00:00Z", sources=["elsewhere.txt"], encoding="utf-8", bom=False
        )
    )
    assert take_in(library, data, policy="replace") == Counts(0, 0, 0, 0)
    assert library.read_bytes() == before


def test_how_a_type_of_entity_looks_is_the_librarys_own_choice(library: Path) -> None:
    data = changed(lambda d: d["schema"]["entity_types"][0].update(title="Human", colour="#000000"))
    assert take_in(library, data) == Counts(0, 0, 0, 0)
    with Library(library) as opened:
        person = opened.schema().entity_type("PER")
    assert person == EntityType("PER", "Person", "1", "#7cb7ff")


def test_types_that_the_library_lacks_are_added_and_keys_stay_where_they_are(
    tmp_path: Path,
) -> None:
    path = tmp_path / "annotations.db"
    same = RelationType("same as", "x", symmetric=True, meaning="same")
    own = Schema((EntityType("WHO", "Who", "1"),), (same,))
    with Library(path) as library:
        set_schema(library, own)
    take_in(path, GOLD)
    with Library(path) as library:
        schema = library.schema()
    assert schema.entity_types[0] == EntityType("WHO", "Who", "1")
    assert schema.entity_type("PER") == EntityType("PER", "Person", "", "#7cb7ff")
    assert schema.entity_type("ORG") == EntityType("ORG", "Organisation", "2", "#ffb454")
    assert schema.relation_types[0].title == "x"
    assert schema.relation_type("refutes") is not None


def test_a_file_may_refer_to_what_came_in_before_it(tmp_path: Path) -> None:
    rest = changed(lambda d: d.update(articles=[], claims=[], relations=[]))
    articles = changed(lambda d: d.update(entities=[], notes=[], annotators=[]))
    assert take_in(tmp_path / "a.db", rest, articles) == Counts(2, len(hard_cases().records), 0, 0)
    assert export(tmp_path / "a.db") == GOLD


def test_all_files_or_none(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"^1\.json: version"):
        take_in(tmp_path / "a.db", GOLD, changed(lambda d: d.update(version=9)))
    assert not (tmp_path / "a.db").exists()


def test_two_files_that_disagree_are_refused(tmp_path: Path) -> None:
    other = changed(lambda d: entity(d, "obama").update(name="O."))
    with pytest.raises(FormatError, match=r"^1\.json: entities\[0\]"):
        take_in(tmp_path / "a.db", GOLD, other)
    take_in(tmp_path / "a.db", GOLD, other, policy="replace")
    with Library(tmp_path / "a.db") as library:
        found = library.records.get(Ref("entity", id_of("obama")))
        assert found is not None and getattr(found, "name", "") == "O."
        assert library.problems() == ()


def test_an_id_cannot_change_its_kind(library: Path) -> None:
    def rename(d: Any) -> None:
        mention(d, "inner")["id"] = id_of("claimmention")
        d["articles"][1]["claim_mentions"] = []

    with pytest.raises(FormatError, match="the library has a claim mention with this id"):
        take_in(library, changed(rename), policy="replace")


def test_an_import_is_in_the_history_and_undo_leaves_it_alone(tmp_path: Path) -> None:
    take_in(tmp_path / "a.db", GOLD)
    with Library(tmp_path / "a.db") as library:
        assert [(entry.mode, entry.annotator) for entry in library.history()] == [
            ("import", KIM.id)
        ]
        assert library.undo(KIM) is None
    assert export(tmp_path / "a.db") == GOLD


def test_who_imports_is_known_by_name_or_new(tmp_path: Path) -> None:
    take_in(tmp_path / "a.db", GOLD, name="Noor")
    with Library(tmp_path / "a.db") as library:
        assert {who.name for who in library.people.all()} == {"سامي", "Kim", "Noor"}
    # Noor only imported: no record names her, so no export does.
    assert export(tmp_path / "a.db") == GOLD


def test_context_that_is_left_out_is_filled_in(tmp_path: Path) -> None:
    def strip(d: Any) -> None:
        for article in d["articles"]:
            for found in article["mentions"]:
                del found["prefix"], found["suffix"]

    take_in(tmp_path / "a.db", changed(strip))
    assert export(tmp_path / "a.db") == GOLD
    with Library(tmp_path / "a.db") as library:
        found = library.records.get(Ref("mention", id_of("emoji")))
    assert isinstance(found, Mention) and found.span.prefix == "😊 "


SURE = {"name": "sure", "values": ["yes", "no"], "on": ["mention", "relation"], "types": ["PER"]}


def attributed(**said: Any) -> bytes:
    """The document, with an attribute in its schema and what it says of a mention."""

    def change(d: Any) -> None:
        d["schema"]["attributes"] = [SURE]
        mention(d, "outer")["attributes"] = said

    return changed(change)


def test_attributes_come_in_and_go_out_again(tmp_path: Path) -> None:
    data = attributed(sure="yes")
    take_in(tmp_path / "a.db", data)
    out = export(tmp_path / "a.db")
    assert take_in(tmp_path / "b.db", out.encode() if isinstance(out, str) else out).records
    assert export(tmp_path / "b.db") == out
    (row,) = json.loads(out)["schema"]["attributes"]
    assert [value["name"] for value in row["values"]] == ["yes", "no"]
    with Library(tmp_path / "b.db") as library:
        (said,) = library.records.used_labels().speaking
        assert dict(said.attributes) == {"sure": "yes"}
        assert library.problems() == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (attributed(sure="maybe"), "“sure” is one of yes, no, not “maybe”. Correct the record, or"),
        (attributed(shure="yes"), "“shure” is no attribute of the schema; did you mean “sure”?"),
        (attributed(sure=1), "“sure” is one of yes, no, not 1."),
        (
            changed(lambda d: d["relations"][0]["source"].update(kind="entity", id=id_of("obama"))),
            "relations[0] (relation",
        ),
        (
            changed(lambda d: d["relations"][0]["source"].update(kind="entity", id=id_of("obama"))),
            "“refutes” goes from a claim to a claim, not from an entity to a claim. Correct the",
        ),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused_with_its_place(
    tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(FormatError) as error:
        take_in(tmp_path / "a.db", data)
    assert words in error.value.message
    assert not (tmp_path / "a.db").exists()


def test_attributes_of_the_library_and_the_file_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    own = AttributeType("sure", "Sure?", on=("mention", "relation"), types=("PER",), key="q")
    own = replace(own, values=(AttributeChoice("yes", "Yes!"), AttributeChoice("hm", "Hm")))
    with Library(path) as library:
        set_schema(library, replace(DEFAULT_SCHEMA, attributes=(own,)))
    take_in(path, attributed(sure="no"))
    with Library(path) as library:
        (joined,) = library.schema().attributes
        assert (joined.title, joined.key) == ("Sure?", "q")
        assert [(v.name, v.title) for v in joined.values] == [
            *(("yes", "Yes!"), ("hm", "Hm"), ("no", "no")),
        ]
        set_schema(
            library, replace(library.schema(), attributes=(replace(joined, on=("mention",)),))
        )
    with pytest.raises(FormatError, match=r"schema.attributes\[0\] \(sure\): differs"):
        take_in(path, attributed(sure="no"))
    assert take_in(path, attributed(sure="no"), policy="keep").kept == 1


def test_a_schema_that_what_is_there_would_break_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    take_in(path, attributed(sure="yes"))
    data = changed(lambda d: d["schema"].update(attributes=[SURE | {"types": ["ORG"]}]))
    with pytest.raises(
        FormatError, match="in the library, 1 record would break a rule: “sure” can"
    ):
        take_in(path, data, policy="replace")
