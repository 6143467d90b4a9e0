"""brat standoff as brat, its users and other corpora write it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotation.model import Alias, KnowledgeLink, Mention, Note, Ref
from reader.annotation.schema import DEFAULT_SCHEMA, EntityType
from reader.annotation.spans import make_span
from reader.errors import FormatError
from reader.formats.document import ArticleData, Document
from reader.formats.format import ExportOptions, Read
from reader.formats.incoming import Wishes
from reader.formats.labels import parse_map
from reader.formats.offsets import unit_named
from reader.formats.outgoing import Outgoing
from reader.formats.registry import reader_of, recognise, writer_of
from reader.store.library import Library
from tests.formats.fixture import document, golden, imported, parts, read, taken_in, written

BRAT = reader_of("brat")


def one(text: str, ann: str, **more: str) -> Read:
    """Read one document."""
    files = {"doc.txt": text.encode(), "doc.ann": ann.encode()}
    files |= {name.replace("_", "."): data.encode() for name, data in more.items()}
    (found,) = read(BRAT, files)
    return found


def article_of(found: Read) -> ArticleData:
    (article,) = found.document.articles
    return article


def quotes(found: Read) -> dict[str, str]:
    return {mention.type: mention.span.quote for mention in article_of(found).mentions}


EVENTS = (
    # What is referred to may stand further down.
    "E1\tTransfer:T2 Giver:T1 Money:T4 Money2:T5\n"
    "R1\tFamily Arg1:T1 Arg2:T3\t\n"
    "*\tEquiv T1 T3\n"
    "T1\tPerson 0 3\tAnn\n"
    "T2\tTransfer 4 8\tgave\n"
    "T3\tPerson 9 12\tBob\n"
    "T4\tMoney 13 15\t$5\n"
    "T5\tMoney 16 18\t$6\n"
    "A1\tNegation E1\n"
    "A2\tConfidence T1 very High\n"
    "M1\tSpeculation T3\n"
    "N1\tReference T1 Wikipedia:12\tAnn Lee\n"
    "N2\tReference T3 Wikidata:Q1\t\t\tBobby\n"
    "N3\tReference Annotation:T4 Referent:Money:five\tFive\n"
    "#1\tAnnotatorNotes T1\tis it?\n"
    "#2\tAnnotatorNotes R1\tsure\n"
)


def test_events_attributes_references_and_notes_become_records() -> None:
    found = one("Ann gave Bob $5 $6.", EVENTS)
    assert (found.unresolved, found.notices) == ((), ())
    mentions = {m.span.quote: m for m in article_of(found).mentions}
    ids = {mention.id: quote for quote, mention in mentions.items()}
    assert {(r.type, ids[r.source.id], ids[r.target.id]) for r in found.document.relations} == {
        ("Family", "Ann", "Bob"),
        ("Giver", "gave", "Ann"),
        ("Money", "gave", "$5"),
        ("Money", "gave", "$6"),
    }
    assert dict(mentions["gave"].attributes) == {"Negation": True}
    assert dict(mentions["Ann"].attributes) == {"Confidence": "very High"}
    assert dict(mentions["Bob"].attributes) == {"Speculation": True}
    entities = {e.id: e for e in found.document.entities}
    ann, five = entities[str(mentions["Ann"].entity)], entities[str(mentions["$5"].entity)]
    assert (ann.name, ann.links) == ("Ann Lee", (KnowledgeLink("Wikipedia", "12", "confirmed"),))
    assert (five.type, five.name) == ("Money", "Five")
    assert entities[str(mentions["Bob"].entity)].links[0].base == "wikidata"
    assert [note.text for note in article_of(found).notes] == ["is it?"]
    assert [(n.on.kind, n.text) for n in found.document.notes] == [("relation", "sure")]


def test_what_is_said_to_be_equal_is_one_entity() -> None:
    lines = "T1\tP 0 2\tp5\nT2\tP 3 5\tp6\nT3\tP 6 8\tp7\n*\tEquiv T1 T2\n"
    found = one("p5 p6 p7", lines)
    assert [m.entity for m in article_of(found).mentions][2] is None
    (entity,) = found.document.entities
    assert {m.entity for m in article_of(found).mentions} == {entity.id, None}
    assert (entity.type, entity.name) == ("P", "p5")
    # Under another name they are alike, and no more.
    found = one("p5 p6 p7", lines.replace("Equiv T1 T2", "Alias T1 T2 T3"))
    assert found.document.entities == () and found.notices == ()
    ids = {mention.id: mention.span.quote for mention in article_of(found).mentions}
    assert [(r.type, ids[r.source.id], ids[r.target.id]) for r in found.document.relations] == [
        ("Alias", "p5", "p6"),
        ("Alias", "p5", "p7"),
    ]


POLNEAR = (
    "T1\tContent 18 33;38 50\tthat it rained. again, sadly\n"
    "T2\tCue 13 17\tsaid\n"
    "T3\tSource 4 12\tofficial\n"
    "T4\tAttribution 13 17\tsaid\n"
    "E1\tAttribution:T4 Source:T3 Cue:T2 Content:T1\n"
    "T5\tCue 34 37\tand\n"
    "T6\tAttribution-no-source 34 37\tand\n"
    "E2\tAttribution-no-source:T6 Cue:T5 Source:T3\n"
    "T7\tDiscard 0 3\tThe\n"
)


def test_attributions_as_in_polnear() -> None:
    found = one("The official said that it rained. and again, sadly", POLNEAR)
    assert found.unresolved == ()
    first, second = article_of(found).attributions
    assert (first.source and first.source.quote, first.cue and first.cue.quote) == (
        *("official", "said"),
    )
    assert first.content is not None and first.content.fragments == ((18, 33), (38, 50))
    # A source may speak twice.
    assert (second.source, second.content) == (first.source, None)
    assert (first.source_kind, second.source_kind) == ("named", "none")
    assert quotes(found) == {"Discard": "The"}


def test_a_line_end_in_the_text_column_takes_nothing_away() -> None:
    ann = "T1\tLOC 0 9\tNew York\nCity\nT2\tLOC 4 8\tYork\n"
    found = one("New York\nCity", ann.replace("0 9", "0 13"))
    assert [m.span.quote for m in article_of(found).mentions] == ["New York\nCity", "York"]
    assert found.notices == ("line 2: no line of its own, but the rest of line 1.",)
    # With the column whole, such a line is one that nobody understands.
    found = one("New York\nCity", "T1\tLOC 0 8\tNew York\nCity\n")
    assert found.notices == ("line 2: not understood, and kept as it is: 'City'.",)


def test_stretches_that_a_line_end_divides_are_one_unless_they_are_marked() -> None:
    text = "New York\r\n\r\nCity"
    ann = "T1\tLOC 0 8;12 16\tNew York City\nT2\tORG 0 3;4 8\tNew York\n"
    found = article_of(one(text, ann)).mentions
    assert [m.span.fragments for m in found] == [((0, 16),), ((0, 3), (4, 8))]
    found = article_of(one(text, ann + "A1\tDiscontinuous T1\n")).mentions
    assert found[0].span.fragments == ((0, 8), (12, 16))


def held_with(*mentions: Mention, **fields: object) -> Document:
    """Return the fixture with other mentions in its first article."""
    held = document()
    article = replace(held.articles[0], mentions=mentions, **fields)  # type: ignore[arg-type]
    return replace(held, articles=(article,), relations=(), notes=())


def back(held: Document) -> Read:
    (found,) = read(BRAT, written(writer_of("brat"), held), held.articles)
    return found


def test_what_is_gapped_by_a_line_end_alone_comes_back_with_the_gap() -> None:
    article = document().articles[0]
    ranges = [(14, 19), (21, 25)]
    assert article.text[19:21] == "\n\n"
    span = make_span(article.id, article.text, ranges)
    mention = replace(article.mentions[0], span=span, entity=None)
    found = article_of(back(held_with(mention, notes=(), attributions=(), claim_mentions=())))
    assert [m.span for m in found.mentions] == [span]


def test_types_that_brat_cannot_name_come_back_as_they_were() -> None:
    held = document()
    article = held.articles[0]
    names = ("Claim", "Geo area", "Geo_area", "Cue")
    kinds = tuple(EntityType(name, "Geo area") for name in names)
    mention = replace(article.mentions[0], entity=None)
    mentions = (replace(mention, id=f"m{i}", type=name) for i, name in enumerate(names))
    made = replace(
        held_with(*mentions, notes=()), schema=replace(held.schema, entity_types=kinds), claims=()
    )
    assert sorted(m.type for m in article_of(back(made)).mentions) == sorted(names)


def test_a_line_nobody_understands_is_kept_and_written_back(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    lines = ["X1\tOdd T1 here", "T9\tPER one two\tAnn", "just words \u2028 here"]
    ann = "T1\tPER 0 3\tAnn\n" + "\n".join(sorted(lines)) + "\n"
    taken = imported(path, {"d.txt": b"Ann ran", "d.ann": ann.encode()})
    assert [line.split(": ")[1:3] for line in taken.notices] == [
        [f"line {n}", "not understood, and kept as it is"] for n in (2, 3, 4)
    ]
    with Library(path) as library, library.steady():
        files = {
            file.name: "".join(map(str, file.portions))
            for file in writer_of("brat").write(Outgoing.of_library(library), ExportOptions())
        }
    (name,) = (name for name in files if name.endswith(".ann"))
    assert files[name] == ann
    assert imported(path, {name: files[name].encode()}).counts.records == 0


def test_offsets_of_brats_pages_and_of_texts_with_one_line_end_are_found_out() -> None:
    text = "🙂 Ann\r\nand Bob"
    code_points = "T1\tPER 2 5\tAnn\nT2\tPER 11 14\tBob\n"
    utf_16 = "T1\tPER 3 6\tAnn\nT2\tPER 12 15\tBob\n"
    folded = "T1\tPER 2 5\tAnn\nT2\tPER 10 13\tBob\n"
    for ann in (code_points, utf_16, folded):
        found = one(text, ann)
        assert [m.span.fragments for m in article_of(found).mentions] == [((2, 5),), ((11, 14),)]
    with pytest.raises(FormatError, match=r"^doc\.ann: .*--offsets"):
        one(text, "T1\tPER 1 4\tAnn\n")
    with pytest.raises(FormatError, match="can be read as code-points and utf-16"):
        one(text, "T1\tPER 3 5\n")


def test_an_offset_that_disagrees_is_named_when_the_unit_is_said(tmp_path: Path) -> None:
    files = {
        "d.txt": b"Ann met Bob",
        "d.ann": b"T1\tPER 0 3\tAnn\nT2\tPER 7 10\tBob\nT3\tPER 4 4\t\nR1\tMet Arg1:T1 Arg2:T2\n",
    }
    wishes = Wishes(offsets=unit_named("code-points"), labels=parse_map(("PER=WHO",)))
    taken = taken_in(tmp_path / "a.db", files, wishes)
    assert [(item.where, item.item, item.reason) for _, item in taken.unresolved] == [
        ("line 3", "T3 PER", "it is empty: it ends where it begins"),
        ("line 2", "T2 PER “Bob”", "7-10 reads “ Bo”, not “Bob”"),
        ("line 4", "R1 Met", "there is no T2 that found a place"),
    ]
    with Library(tmp_path / "a.db") as library:
        (entry,) = library.articles.listed("")
        (mention,) = library.records.within(entry.id)
    assert isinstance(mention, Mention) and mention.type == "WHO"


def test_annotations_in_several_files_are_read_as_one() -> None:
    files = {
        "d.txt": b"p53 binds",
        "d.a1": b"T1\tProtein 0 3\tp53\n",
        "d.a2": b"T2\tBinding 4 9\tbinds\r\nE1\tBinding:T2 Theme:T1\r\nT1\tSite 0 1\tp\r\n",
        "alone.txt": b"no annotations",
    }
    (found,) = read(BRAT, files)
    assert [(r.type, r.source.kind) for r in found.document.relations] == [("Theme", "mention")]
    assert len(article_of(found).mentions) == 3
    assert found.notices == (
        "1 text has no .ann beside it and was passed over, for example alone.txt.",
        ".a2 line 3: the id T1 stands at .a1 line 1 already.",
    )
    assert recognise(parts(files), "x").unknown == ()


def test_a_text_that_is_not_beside_is_looked_for_in_the_library() -> None:
    article = document().articles[0]
    ann = b"T1\tPER 0 12\tBarack Obama\n"
    (found,) = read(BRAT, {f"{article.id}.ann": ann}, [article])
    assert article_of(found).id == article.id
    with pytest.raises(FormatError, match=r"^d\.ann: its text is not beside it \(d\.txt\)"):
        read(BRAT, {"d.ann": ann})


def test_a_byte_order_mark_counts_as_brat_counts_it() -> None:
    found = one("\ufeffAnn", "T1\tPER 1 4\tAnn\n")
    assert article_of(found).text == "Ann"
    assert quotes(found) == {"PER": "Ann"}


def test_a_column_may_be_left_out_and_hold_more() -> None:
    found = one("Ann Lee", "T1\tPER 0 3\nT2\tORG 4 7\tLee and more\nT3\tLOC 0 1;4 5\tA L\textra\n")
    assert quotes(found) == {"PER": "Ann", "ORG": "Lee", "LOC": "Ann L"}


def test_only_sure_links_and_names_on_one_line_are_written() -> None:
    held = document()
    article = held.articles[-1]
    links = (KnowledgeLink("wikidata", "Q76"), KnowledgeLink("viaf", "7 8", "confirmed"))
    entity = replace(
        held.entities[-1], links=(*links, KnowledgeLink("viaf", "9", "confirmed")), aliases=()
    )
    mention = replace(article.mentions[0], entity=entity.id)
    notes = (Note("n1", Ref("mention", mention.id), "a\\n\n\u2028b", mention.annotator, "", ""),)
    whole = replace(
        article,
        mentions=(mention,),
        notes=tuple(replace(note, article=article.id) for note in notes),
    )
    made = replace(held, articles=(whole,), entities=(entity,), claims=(), relations=(), notes=())
    lines = written(writer_of("brat"), made)[f"{article.id}.ann"].decode().split("\n")
    references = [line.split("\t")[1] for line in lines if line.startswith("N")]
    assert references[0] == "Reference T1 viaf:9"
    assert references[1].startswith(f"Reference T1 local:{entity.id}")
    assert len(references) == 2
    assert article_of(back(made)).notes[0].text == "a\\n\n\u2028b"
    named = replace(entity, name="two\nlines", aliases=(Alias("x"),))
    data = written(writer_of("brat"), replace(made, entities=(named,)))[f"{article.id}.ann"]
    assert b"\nN" not in data


def test_the_settings_name_every_type_and_attribute_that_is_used() -> None:
    conf = golden("brat")["annotation.conf"].decode()
    sections = dict(part.partition("]\n")[::2] for part in conf.split("[")[1:])
    assert list(sections) == ["entities", "relations", "events", "attributes"]
    used = {
        line.split("\t")[1].split()[0].partition(":")[0]
        for name, data in golden("brat").items()
        if name.endswith(".ann")
        for line in data.decode().split("\n")
        if line[:1] in ("T", "E", "R", "A")
    }
    known = {line.split("\t")[0] for part in sections.values() for line in part.split("\n")}
    assert used <= known
    assert {kind.name for kind in DEFAULT_SCHEMA.entity_types} <= known
