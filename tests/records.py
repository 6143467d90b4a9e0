"""Small articles and records that tests share, and strategies that make more."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from reader.annotation.attributes import Attributes
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import KINDS, Annotator, ArticleDetails, Record, schema_record
from reader.annotation.schema import (
    ATTRIBUTED,
    AttributeChoice,
    AttributeType,
    EntityType,
    Meaning,
    RelationType,
    Schema,
    ValueForm,
    ValueKind,
)
from reader.annotation.spans import Span, make_span
from reader.corpus.article import Article, Role, RoleRange, article_id, text_digest
from reader.store.library import Library

ANN = Annotator(new_id(), "ann")
BOB = Annotator(new_id(), "bob")
ENGLISH = "Alexander Nix told Julian Assange.\n\nHe paid $6 million in June."
ARABIC = "قال مات أوكزكوفسكي لأسوشيتد برس إن «داتا بروبريا» لا تعمل.\n\nونفى Brad Parscale ذلك."


def make_article(text: str, language: str = "en", **fields: Any) -> Article:
    """Make an article that is all body."""
    given: dict[str, Any] = {
        "id": article_id(text),
        "text": text,
        "text_sha256": text_digest(text),
        "source_sha256": text_digest(text),
        "encoding": "utf-8",
        "bom": False,
        "sources": ("a.txt",),
        "publisher": None,
        "published": None,
        "title": None,
        "language": language,
        "language_confidence": 1.0,
        "language_method": "given",
        "direction": "rtl" if language == "ar" else "ltr",
        "roles": (RoleRange(0, len(text), "body"),),
        "tags": (),
        "replaces": None,
        "added": "2026-01-01T00:00:00Z",
    }
    return Article(**given | fields)


def texts(**sizes: int) -> st.SearchStrategy[str]:
    """Any text a file can hold: everything but lone surrogates."""
    return st.text(st.characters(exclude_categories=["Cs"]), **sizes)


@st.composite
def spans(draw: st.DrawFn, article: Article) -> Span:
    """Spans of an article, also in several fragments."""
    size = len(article.text)
    offsets = st.integers(0, size - 1)
    ranges = draw(
        st.lists(st.tuples(offsets, st.integers(1, 9)), min_size=1, max_size=3).map(
            lambda pairs: [(start, min(size, start + length)) for start, length in pairs]
        )
    )
    return make_span(article.id, article.text, ranges)


def details(article: Article) -> st.SearchStrategy[ArticleDetails]:
    """Details of an article, its parts cut anywhere."""
    return st.builds(
        ArticleDetails,
        id=st.builds(new_id),
        title=st.none() | st.tuples(st.integers(0, 4), st.integers(5, 10)),
        roles=roles(article),
        replaces=st.none(),
        updated_by=st.none() | st.just(ANN.id),
    )


@st.composite
def roles(draw: st.DrawFn, article: Article) -> tuple[RoleRange, ...]:
    """Parts of an article, in order and apart."""
    edges = sorted(draw(st.sets(st.integers(0, len(article.text)), max_size=8)))
    return tuple(
        RoleRange(start, end, draw(st.sampled_from(get_args(Role))))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    )


def set_schema(library: Library, schema: Schema) -> None:
    """Make a schema that of a library, as one action."""
    change = Change(schema_record(library.schema()), schema_record(schema))
    library.perform(ANN, Action(new_id(), ANN.id, "schema", (change,), now()))


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """Schemas of every form, right in themselves."""
    names = st.from_regex(r"[A-Za-z]{1,6}( [a-z]{1,4})?", fullmatch=True)
    types = draw(st.lists(names | st.just("DATE"), min_size=1, max_size=4, unique=True))
    some_types = st.lists(st.sampled_from(types), max_size=2, unique=True).map(tuple)
    entity_types = tuple(
        draw(
            st.builds(EntityType, st.just(name), texts(max_size=5), st.sampled_from(["", str(i)]))
        ).saying(draw(st.sampled_from(get_args(ValueForm))))
        for i, name in enumerate(types, 1)
    )
    relations = [
        draw(
            st.builds(
                RelationType,
                st.just(name),
                texts(max_size=5),
                st.just(end),
                st.just(end),
                st.booleans(),
                st.booleans(),
                source_types=some_types if end == "mention" else st.just(()),
                meaning=st.just("none") if end == "mention" else st.sampled_from(get_args(Meaning)),
            )
        )
        for name in draw(st.lists(names | st.just("refutes"), max_size=3, unique=True))
        for end in [draw(st.sampled_from(["mention", "claim"]))]
    ]
    rows = [
        draw(_attribute_types(name, some_types, key))
        for name, key in zip(draw(st.lists(names, max_size=3, unique=True)), "abc", strict=False)
    ]
    return Schema(entity_types, tuple(relations), tuple(rows))


@st.composite
def _attribute_types(
    draw: st.DrawFn, name: str, types: st.SearchStrategy[tuple[str, ...]], key: str
) -> AttributeType:
    kind = draw(st.sampled_from(get_args(ValueKind)))
    words = st.sampled_from(["yes", "no", "لا", 'a "b"', "x/y", "10%"])
    chosen = draw(st.lists(words, min_size=1, max_size=4, unique=True))
    values = tuple(
        AttributeChoice(word, draw(texts(max_size=3)), draw(st.booleans())) for word in chosen
    )
    on = ("mention", *draw(st.lists(st.sampled_from(ATTRIBUTED[1:]), max_size=2, unique=True)))
    given = values if kind in ("choice", "choices") else ()
    sure = draw(st.booleans()), draw(st.booleans())
    return AttributeType(name, draw(texts(max_size=4)), kind, on, draw(types), given, key, *sure)


def attributes() -> st.SearchStrategy[Attributes]:
    """What a record may say, by any names."""
    number = st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False)
    some = st.lists(texts(max_size=4), max_size=3).map(tuple)
    values = texts(max_size=8) | st.booleans() | number | some
    return st.dictionaries(texts(min_size=1, max_size=4), values, max_size=3).map(Attributes.of)


def records(article: Article) -> st.SearchStrategy[Record]:
    """Records of every kind with every field drawn from its type."""
    st.register_type_strategy(Span, spans(article))
    st.register_type_strategy(str, texts(max_size=12))
    st.register_type_strategy(float, st.floats(0, 1))
    st.register_type_strategy(Attributes, attributes())
    others = (cls for cls in KINDS.values() if cls is not ArticleDetails)
    return st.one_of(details(article), *(st.builds(cls, id=st.builds(new_id)) for cls in others))
