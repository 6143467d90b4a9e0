"""A library with everything that is hard to get right, and libraries drawn at random."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from hypothesis import strategies as st

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
    Relation,
    Status,
    status_id,
)
from reader.annotation.spans import Span, make_span
from reader.corpus.article import Article, Role, RoleRange
from reader.formats.json_write import write_json
from reader.store.library import Library
from tests.records import make_article, spans, texts

TIME = "2026-02-03T04:05:06Z"
SAMI = Annotator("01J00000000000000000000AN1", "سامي")
KIM = Annotator("01J00000000000000000000AN2", "Kim")

ARABIC = (
    "😊 قال أوباما\u00a0إنَّ العَرَبِيَّةَ للأمم المتحدة.\r\n"
    "ووصل إلى الاتحاد\r\n"
    "الأوروبي (باراك حسين أوباما) لأوباما.\r\n"
)
ENGLISH = (
    "Barack Obama spoke.\n\n\x1b[31mNot\x1b[0m red\x00, \u202eabc\u202c said Obama\u2028there."
)


@dataclass(frozen=True)
class Contents:
    """What a library is to hold."""

    people: tuple[Annotator, ...]
    articles: tuple[Article, ...]
    records: tuple[Record, ...]


def build(path: Path, contents: Contents) -> Path:
    """Make a library file."""
    author = contents.people[0]
    changes = tuple(Change(None, record) for record in contents.records)
    with Library(path) as library:
        action = Action(new_id(), author.id, "fill", changes, TIME)
        library.take_in(contents.people, contents.articles, author, action)
    return path


def export(path: Path, chosen: Iterable[str] | None = None, *, removed: bool = True) -> bytes:
    """Return the JSON of a library."""
    with Library(path) as library:
        ids = None if chosen is None else tuple(chosen)
        return "".join(write_json(library, ids, removed=removed)).encode()


def id_of(name: str) -> str:
    """Return an id that is easy to tell from others in the golden file."""
    return "01J" + name.upper().rjust(23, "0")


def at(article: Article, *quotes: str, after: int = 0) -> Span:
    """Return the span over words of an article, each found after the one before."""
    ranges = []
    for quote in quotes:
        start = article.text.index(quote, after)
        after = start + len(quote)
        ranges.append((start, after))
    return make_span(article.id, article.text, ranges)


def arabic_article() -> Article:
    line = ARABIC.index("\r\n")
    return make_article(
        ARABIC,
        "ar",
        title=(0, line),
        roles=(RoleRange(0, line, "title"), RoleRange(line + 2, len(ARABIC) - 2, "body")),
        language_confidence=0.875,
        language_method="langdetect",
        publisher="صحيفة",
        published="2016-11-08",
        tags=("حملة", "2016"),
        sources=("news/عربي.txt", "https://example.org/ar"),
        bom=True,
        encoding="utf-16-le",
        source_sha256="ab" * 32,
        added="2026-01-02T00:00:00Z",
    )


def english_article() -> Article:
    return make_article(ENGLISH, "en", roles=(), added="2026-01-01T00:00:00Z")


def hard_cases() -> Contents:
    """Two articles with every kind of record and every kind of span."""
    arabic, english = arabic_article(), english_article()
    return Contents(
        (SAMI, KIM),
        (arabic, english),
        (*_shared(arabic, english), *_mentions(arabic, english), *_claims(arabic)),
    )


def _shared(arabic: Article, english: Article) -> list[Record]:
    signed = (TIME, SAMI.id, "2026-02-03T05:00:00Z", KIM.id)
    obama = Entity(
        id_of("obama"),
        "PER",
        "Barack Obama",
        *signed,
        aliases=(Alias("باراك أوباما", "ar", "Arab"), Alias("バラク・オバマ", "ja", "Jpan")),
        links=(KnowledgeLink("wikidata", "Q76", "confirmed"),),
        note="44th president",
    )
    merged = Entity(id_of("merged"), "PER", "Obama", *signed, merged_into=obama.id)
    union = Entity(id_of("union"), "ORG", "الاتحاد الأوروبي", *signed)
    evidence = Evidence("supports", span=at(english, "Barack Obama spoke"))
    seen = Evidence("context", url="https://example.org/", accessed="2026-02-03", note="هنا")
    said = Claim(
        id_of("said"),
        "Obama spoke to the UN.",
        "en",
        *signed,
        gloss="تحدث أوباما",
        gloss_language="ar",
        topic="UN",
        verdict="not enough evidence",
        justification="one source",
        evidence=(evidence, seen),
    )
    other = Claim(id_of("other"), "أوباما لم يتحدث", "ar", *signed, type="quote")
    refutes = Relation(
        *(id_of("refutes"), "refutes", Ref("claim", other.id), Ref("claim", said.id)),
        *(KIM.id, TIME, TIME),
        confidence=0.5,
        rationale="لأن",
    )
    note = Note(
        id_of("sharednote"), Ref("entity", obama.id), "الرئيس الأمريكي", SAMI.id, TIME, TIME
    )
    return [obama, merged, union, said, other, refutes, note]


def _mentions(arabic: Article, english: Article) -> list[Record]:
    owned = (SAMI.id, TIME, TIME)

    def mention(name: str, span: Span, type: str, **fields: Any) -> Mention:
        return Mention(id_of(name), span, type, *owned, **fields)

    return [
        mention("emoji", at(arabic, "قال"), "OTHER"),
        mention("clitic", at(arabic, "أوباما", after=ARABIC.index("لأوباما")), "PER"),
        mention("lamalef", at(arabic, "ل", after=ARABIC.index("لأوباما")), "OTHER"),
        mention("nbsp", at(arabic, "أوباما\u00a0إنَّ"), "OTHER", kind="nominal"),
        mention("harakat", at(arabic, "العَرَبِيَّةَ"), "OTHER"),
        mention("break", at(arabic, "الاتحاد\r\nالأوروبي"), "ORG", entity=id_of("union")),
        mention("outer", at(arabic, "باراك حسين أوباما"), "PER", entity=id_of("obama")),
        mention("inner", at(arabic, "حسين"), "PER", origin="suggested"),
        mention("overlap", at(arabic, "حسين أوباما) لأوباما"), "OTHER"),
        mention("gap", at(arabic, "باراك", "أوباما"), "PER", entity=id_of("obama")),
        mention("surname", at(english, "Obama", after=12), "PER", entity=id_of("merged")),
        Note(
            *(id_of("notear"), Ref("mention", id_of("outer")), "اسمه الكامل؟"),
            *(*owned, arabic.id),
        ),
        Note(
            *(id_of("noteen"), Ref("article", english.id), "has an \x1b escape"),
            *(KIM.id, TIME, TIME, english.id),
        ),
    ]


def _claims(arabic: Article) -> list[Record]:
    owned = (KIM.id, TIME, TIME)
    span = at(arabic, "إنَّ", "المتحدة")
    attribution = Attribution(
        *(id_of("attribution"), arabic.id, *owned),
        source=at(arabic, "أوباما"),
        cue=at(arabic, "قال"),
        content=span,
        source_entity=id_of("obama"),
        directness="mixed",
    )
    mention = ClaimMention(
        *(id_of("claimmention"), span, *owned, id_of("said"), attribution.id, id_of("obama")),
        epistemic="true-uncertain",
        polarity="refute",
        mode="questioned",
        check_worthy="yes",
    )
    status = Status(status_id(arabic.id, KIM.id), arabic.id, KIM.id, "in progress", TIME)
    return [attribution, mention, status]


@st.composite
def contents(draw: st.DrawFn) -> Contents:
    """Libraries drawn at random: any texts, any records, all references in order."""
    people = tuple(
        Annotator(new_id(), name)
        for name in draw(st.lists(texts(min_size=1, max_size=8).filter(str.strip), min_size=1))
    )
    written = draw(
        st.lists(
            texts(min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=3, unique=True
        )
    )
    articles = [draw(_articles(text, people)) for text in written]
    records: list[Record] = []
    for _ in range(draw(st.integers(0, 4))):
        records.append(draw(_entities(people)))
        records.append(draw(_claims_about(people, articles)))
    for article in articles:
        records += draw(_records_in(article, people, tuple(records)))
    return Contents(people, tuple(articles), (*records, *draw(_relations(people, records))))


@st.composite
def _articles(draw: st.DrawFn, text: str, people: tuple[Annotator, ...]) -> Article:
    size = len(text)
    cuts = sorted(draw(st.sets(st.integers(0, size), max_size=5)))
    kinds = st.sampled_from(get_args(Role))
    roles = tuple(RoleRange(start, end, draw(kinds)) for start, end in pairwise(cuts))
    return make_article(
        text,
        draw(st.sampled_from(["ar", "en", "und"])),
        title=next(((r.start, r.end) for r in roles if r.role == "title"), None),
        roles=roles,
        bom=draw(st.booleans()),
        tags=draw(st.lists(texts(max_size=5), max_size=2).map(tuple)),
        publisher=draw(st.none() | texts(max_size=5)),
        language_confidence=draw(st.floats(0, 1)),
        added=draw(st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])),
        heading=draw(st.just("") | _wordings()),
        removed=draw(st.booleans()),
        updated=draw(st.none() | _moments()),
        updated_by=draw(st.none() | st.sampled_from([person.id for person in people])),
    )


def _wordings() -> st.SearchStrategy[str]:
    return texts(min_size=1, max_size=12).filter(str.strip)


def _moments() -> st.SearchStrategy[str]:
    return st.sampled_from(["2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"])


def _signed(people: tuple[Annotator, ...]) -> dict[str, st.SearchStrategy[str]]:
    who = st.sampled_from([person.id for person in people])
    return {"created": _moments(), "created_by": who, "updated": _moments(), "updated_by": who}


def _owned(people: tuple[Annotator, ...]) -> dict[str, st.SearchStrategy[str]]:
    who = st.sampled_from([person.id for person in people])
    return {"annotator": who, "created": _moments(), "updated": _moments()}


def _entities(people: tuple[Annotator, ...]) -> st.SearchStrategy[Entity]:
    return st.builds(
        Entity,
        id=st.builds(new_id),
        type=st.sampled_from(["PER", "ORG"]),
        name=_wordings(),
        aliases=st.lists(st.builds(Alias, texts(max_size=8)), max_size=2).map(tuple),
        links=st.lists(st.builds(KnowledgeLink, texts(max_size=4), texts(max_size=4))).map(tuple),
        merged_into=st.none(),
        **_signed(people),
    )


def _claims_about(
    people: tuple[Annotator, ...], articles: list[Article]
) -> st.SearchStrategy[Claim]:
    quoted = st.sampled_from(articles).flatmap(spans)
    evidence = st.builds(Evidence, span=st.none() | quoted, url=texts(max_size=4))
    return st.builds(
        Claim,
        id=st.builds(new_id),
        text=_wordings(),
        language=st.sampled_from(["ar", "en"]),
        evidence=st.lists(evidence, max_size=2).map(tuple),
        **_signed(people),
    )


@st.composite
def _records_in(
    draw: st.DrawFn, article: Article, people: tuple[Annotator, ...], shared: tuple[Record, ...]
) -> list[Record]:
    entities = st.sampled_from([None, *(r.id for r in shared if isinstance(r, Entity))])
    claims = st.sampled_from([None, *(r.id for r in shared if isinstance(r, Claim))])
    id, owned, place = st.builds(new_id), _owned(people), spans(article)
    kinds = st.sampled_from(["PER", "DATE"])
    found: list[Record] = draw(
        st.lists(st.builds(Mention, id, place, kinds, entity=entities, **owned), max_size=4)
    )
    attribution = draw(
        st.builds(
            Attribution,
            id,
            st.just(article.id),
            source=st.none() | place,
            cue=st.none() | place,
            content=st.none() | place,
            source_entity=entities,
            **owned,
        )
    )
    users = st.builds(
        ClaimMention,
        *(id, place),
        claim=claims,
        attribution=st.sampled_from([None, attribution.id]),
        claimant=entities,
        **owned,
    )
    found += [attribution, *draw(st.lists(users, max_size=2))]
    ends = st.sampled_from([Ref("article", article.id), Ref("attribution", attribution.id)])
    notes = st.builds(Note, id, ends, _wordings(), article=st.just(article.id), **owned)
    who = draw(st.sampled_from(people)).id
    status = Status(status_id(article.id, who), article.id, who, "done", TIME)
    return [*found, *draw(st.lists(notes, max_size=2)), status]


@st.composite
def _relations(
    draw: st.DrawFn, people: tuple[Annotator, ...], records: list[Record]
) -> list[Record]:
    claims = [record.id for record in records if isinstance(record, Claim)]
    if not claims:
        return []
    end = st.builds(Ref, st.just("claim"), st.sampled_from(claims))
    id, owned = st.builds(new_id), _owned(people)
    relation = draw(
        st.builds(
            Relation,
            *(id, st.sampled_from(["refutes", "same as"]), end, end),
            confidence=st.none() | st.floats(0, 1),
            rationale=texts(max_size=5),
            **owned,
        )
    )
    on = st.just(Ref("relation", relation.id)) | end
    notes = st.builds(Note, id, on, _wordings(), article=st.none(), **owned)
    return [relation, *draw(st.lists(notes, max_size=2))]
