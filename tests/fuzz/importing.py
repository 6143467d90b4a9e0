"""Every importer, predictions, gazetteers and the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from hypothesis import strategies as st

from reader.annotation.schema import DEFAULT_SCHEMA
from reader.annotation.schema_toml import mistakes_in, read_toml, write_toml
from reader.errors import ReaderError
from reader.formats.incoming import Given, Wishes, take_in
from reader.formats.intake import Policy
from reader.formats.predictions import read_predictions
from reader.formats.registry import MODULES, format_named
from reader.formats.source import parts_at
from reader.session import Session
from reader.store.library import Library
from reader.suggest.actions import store
from reader.suggest.gazetteer import read_gazetteer
from reader.work.schema import apply_plan, plan_schema
from tests.formats.fixture import SCHEMA, Files, document, golden, hebrew_article, parts
from tests.fuzz.mutation import changed_file, changed_json, mutated
from tests.fuzz.oracle import all_or_nothing, assert_message, folder
from tests.fuzz.running import Target
from tests.text.texts import any_text

_HOSTILE_NAMES = ("../x.ann", "/x", "a\x1bb.txt", "\u202ex", "a\nb.conll", "x" * 300)


@st.composite
def _imports(draw: st.DrawFn, name: str) -> tuple[Files, Wishes, bool]:
    files = dict(golden(name))
    for _ in range(draw(st.integers(1, 2))):
        chosen = draw(st.sampled_from(sorted(files)))
        files[chosen] = draw(changed_file(chosen, _alike(golden(name), chosen)))
    if draw(st.integers(0, 9)) == 0:
        old = draw(st.sampled_from(sorted(files)))
        files[draw(st.sampled_from(_HOSTILE_NAMES))] = files.pop(old)
    policy = draw(st.sampled_from(get_args(Policy)))
    labels = draw(st.sampled_from((None, {"PER": "ORG"}, {"Person": "PER"})))
    told = draw(st.sampled_from((name, name, None)))
    return files, Wishes(format=told, policy=policy, labels=labels), draw(st.booleans())


def _alike(files: Files, name: str) -> list[bytes]:
    ending = name.rpartition(".")[2]
    return [files[name], *(files[each] for each in files if each.endswith(ending))]


def _import(case: tuple[Files, Wishes, bool]) -> None:
    files, wishes, full = case

    def work(library: Library) -> None:
        taken = take_in(library, [Given("the files", parts(files), False)], "fuzz", wishes)
        for name, item in taken.unresolved:
            assert all(isinstance(each, str) for each in (name, item.where, item.item, item.reason))

    all_or_nothing(full, work)


def _line(**given: Any) -> dict[str, Any]:
    return {
        "article": hebrew_article().id,
        "start": 0,
        "end": 3,
        "quote": "ברק",
        "type": "PER",
    } | given


_PREDICTIONS = [_line(), _line(score=0.5, entity="Obama", model="m"), _line(start=4, end=9)]


@st.composite
def _predicted(draw: st.DrawFn) -> bytes:
    lines = [draw(changed_json(each)) for each in _PREDICTIONS]
    return draw(mutated([b"\n".join(lines), b"\n".join(lines), lines[0]]))


def _predict(data: bytes) -> None:
    def work(library: Library) -> None:
        session = Session(library, "fuzz")
        me = session.author.annotator.id
        if new := read_predictions(library, data, "x.jsonl", "model", me).new:
            session.apply(store(session.author, new))

    all_or_nothing(True, work)


_GAZETTEERS = (
    "Obama\tPER\tبراك|Barack\nUN\tORG\n# no\nالاتحاد\n".encode(),
    b'["a", {"name": "UN", "type": "ORG", "aliases": ["x"], "wikidata": "Q1065"}]',
)


def _gazetteer(data: bytes) -> None:
    try:
        read_gazetteer(data.decode("utf-8", "replace"), "x", {"PER", "ORG"}, "PER")
    except ReaderError as error:
        assert_message(error)


def _schema(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    mistakes = mistakes_in(text, "types.toml")
    assert all("\n" not in mistake for mistake in mistakes)

    def work(library: Library) -> None:
        given = read_toml(text, "types.toml")
        assert not mistakes
        made = plan_schema(library, given.schema, given.renames)
        if not made.refused and made.old != made.new:
            apply_plan(library, "fuzz", made)
            assert read_toml(write_toml(made.new), "again").schema == made.new

    all_or_nothing(True, work)


_SCHEMAS = [write_toml(DEFAULT_SCHEMA).encode(), write_toml(SCHEMA).encode()]
_NAMED = 'was = "PER"\n[[attributes.values]]\nname = "x"\n[[entity_types]]\nname = "N"\n'


def _folder(case: tuple[dict[str, bytes], bool]) -> None:
    """Files on a disk, with any names, in an archive or not."""
    files, full = case
    place = folder() / "given"
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def work(library: Library) -> None:
        take_in(library, [Given("given", parts_at(place, "given"), False)], "fuzz", Wishes())

    try:
        all_or_nothing(full, work)
    finally:
        for name in files:
            (place / name).unlink()


@st.composite
def _mixed(draw: st.DrawFn) -> tuple[dict[str, bytes], bool]:
    chosen = draw(st.lists(st.sampled_from(sorted(MODULES)), min_size=1, max_size=3, unique=True))
    files = {name: data for each in chosen for name, data in golden(each).items()}
    name = draw(st.sampled_from(sorted(files)))
    files[name] = draw(mutated(list(files.values())))
    return files, draw(st.booleans())


def targets() -> Iterator[Target]:
    """Give the targets."""
    assert document()
    for name in MODULES:
        if format_named(name).reads:
            yield Target(f"import-{name}", _imports(name), _import)
    yield Target("import-folder", _mixed(), _folder)
    yield Target("predictions", _predicted(), _predict)
    yield Target("gazetteer", mutated(_GAZETTEERS) | any_text.map(str.encode), _gazetteer)
    yield Target("schema", mutated([*_SCHEMAS, _SCHEMAS[0] + _NAMED.encode()]), _schema)
