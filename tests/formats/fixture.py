"""One document with every hard case, for the tests of every format, and what they do with it.

It holds spans that are nested, that overlap, that have a gap, that begin after a
clitic, that cover half of a lam-alef, that stand after an emoji, that hold no-break
spaces or harakat, that cross a line end (CRLF); notes in Arabic; an entity named
in three languages; attributions, claim mentions, relations between claims and
between mentions, notes, statuses, suggestions, refusals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reader.annotation.attributes import Attributes
from reader.annotation.model import (
    Alias,
    Annotator,
    Claim,
    Entity,
    Mention,
    Note,
    Record,
    Ref,
    Refusal,
    Relation,
    Status,
    Suggestion,
    article_of,
    status_id,
)
from reader.annotation.schema import (
    DEFAULT_SCHEMA,
    AttributeChoice,
    AttributeType,
    RelationType,
    Schema,
)
from reader.corpus.article import Article
from reader.formats.catalogue import BareCatalogue
from reader.formats.document import ArticleData, Document, from_article
from reader.formats.format import ExportOptions, ImportOptions, Read, Reading, Writing
from reader.formats.incoming import Given, Taken, Wishes, take_in
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source, part_of
from reader.store.library import Library
from tests.formats.libraries import (
    KIM,
    SAMI,
    TIME,
    Contents,
    arabic_article,
    at,
    english_article,
    hard_cases,
    id_of,
)
from tests.records import make_article

GOLDEN = Path(__file__).parent / "golden"
HEBREW = "ברק אובמה נאם בירושלים ב-21 במרץ.\n\n🙂🙂 הנשיא אמר: «שלום» — ושתק.\n"
SENSES = (AttributeChoice("ראשון", "the first"), AttributeChoice("b", "b"))
SCHEMA = Schema(
    DEFAULT_SCHEMA.entity_types,
    (*DEFAULT_SCHEMA.relation_types, RelationType("born in", "born in", "mention", "mention")),
    (
        AttributeType("certain", "Is it certain?", "yes-no", key="c"),
        AttributeType("sense", "In which sense?", "choices", values=SENSES),
        AttributeType("weight", "weight", "number"),
    ),
)
Files = dict[str, bytes]


def hebrew_article() -> Article:
    return make_article(
        HEBREW,
        "he",
        direction="rtl",
        sources=("news/hebrew.txt",),
        added="2026-01-03T00:00:00Z",
    )


def document() -> Document:
    """Return the document."""
    hard = hard_cases()
    records = tuple(map(_in_three_languages, hard.records))
    return document_of(
        Contents(hard.people, (*hard.articles, hebrew_article()), (*records, *_more())), SCHEMA
    )


def _in_three_languages(record: Record) -> Record:
    """Name the entity also in the third language."""
    if isinstance(record, Entity) and record.id == id_of("obama"):
        return replace(record, aliases=(*record.aliases, Alias("ברק אובמה", "he", "Hebr")))
    return record


def _more() -> Iterator[Record]:
    hebrew, arabic, english = hebrew_article(), arabic_article(), english_article()
    owned = (KIM.id, TIME, TIME)
    obama, city, smiles = at(hebrew, "ברק אובמה"), at(hebrew, "ירושלים"), at(hebrew, "🙂🙂")
    yield Mention(id_of("hebrew"), obama, "PER", *owned, entity=id_of("obama"))
    yield Mention(id_of("city"), city, "LOC", *owned, origin="propagated")
    said = Attributes.of({"certain": True, "sense": ("ראשון", "b"), "weight": 0.5})
    yield Mention(id_of("smiles"), smiles, "OTHER", *owned, kind="nominal", attributes=said)
    # The same words once more, by another annotator and as another type.
    yield Mention(id_of("twice"), obama, "PER", SAMI.id, TIME, TIME)
    yield Mention(id_of("alike"), obama, "ORG", SAMI.id, TIME, TIME, kind="pronoun")
    ends = (Ref("mention", id_of("hebrew")), Ref("mention", id_of("city")))
    yield Relation(id_of("born"), "born in", *ends, *owned, confidence=0.75, rationale="כן\nלא")
    about = Note(id_of("onnote"), Ref("note", id_of("notear")), "نعم", *owned, arabic.id)
    yield about
    yield Note(
        id_of("oncity"), Ref("mention", id_of("city")), "שתי שורות\nבהערה", *owned, hebrew.id
    )
    yield Suggestion(
        id_of("guess"), at(hebrew, "הנשיא"), "PER", *owned, "a model", 0.5, id_of("obama")
    )
    yield Refusal(id_of("never"), at(hebrew, "שלום"), "WORK", *owned)
    done = Status(status_id(english.id, SAMI.id), english.id, SAMI.id, "done", TIME)
    yield done


def document_of(contents: Contents, schema: Schema = DEFAULT_SCHEMA) -> Document:
    """Return what a library would hold, as a document."""
    own: dict[str | None, list[Record]] = {}
    for record in contents.records:
        own.setdefault(article_of(record), []).append(record)
    articles = (from_article(each, tuple(own.get(each.id, ()))) for each in contents.articles)
    shared = sorted(own.get(None, ()), key=lambda record: record.id)
    return Document(
        schema,
        tuple(sorted(contents.people, key=lambda person: person.id)),
        tuple(sorted(articles, key=lambda each: (each.added, each.id))),
        tuple(record for record in shared if isinstance(record, Entity)),
        tuple(record for record in shared if isinstance(record, Claim)),
        tuple(record for record in shared if isinstance(record, Relation)),
        tuple(record for record in shared if isinstance(record, Note)),
    )


def written(module: Writing, held: Document) -> Files:
    """Return the files that a format makes of a document."""
    made: Files = {}
    for file in module.write(Outgoing.of_document(held), ExportOptions()):
        assert file.name not in made
        portions = (p.encode() if isinstance(p, str) else p for p in file.portions)
        made[file.name] = b"".join(portions)
    return made


def parts(files: Files) -> tuple[Part, ...]:
    """Return files as what an import reads."""
    return tuple(part_of(name, data) for name, data in sorted(files.items()))


def read(module: Reading, files: Files, known: Iterable[ArticleData] = ()) -> list[Read]:
    """Read files, with some articles known by their text alone."""
    articles = {article.id: article for article in known}
    source = Source("the files", parts(files), BareCatalogue(articles.get, articles))
    options = ImportOptions(
        annotator=Annotator("01J0000000000000000000READ", "reader"),
        moment=TIME,
        schema=Schema((), ()),
    )
    return list(module.read(source, options))


def imported(path: Path, files: Files, name: str | None = None) -> Taken:
    """Take files into a library as the command does with a folder."""
    return taken_in(path, files, Wishes(format=name))


def taken_in(path: Path, files: Files, wishes: Wishes) -> Taken:
    """Take files into a library in the way that is wished for."""
    with Library(path) as library:
        return take_in(library, [Given("the files", parts(files), False)], "reader", wishes)


def golden(name: str) -> Files:
    """Return the committed files of a format."""
    folder = GOLDEN / name
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
