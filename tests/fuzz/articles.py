"""Every loader of articles, archives, and the user's files of settings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from hypothesis import strategies as st

from reader.corpus.kinds import KINDS, Kind
from reader.corpus.loading import Wishes
from reader.corpus.sources import find_sources
from reader.errors import ArticleError, ReaderError
from reader.preferences import CONFIG_FILE, KEYS_FILE, read_preferences
from reader.preferences.page import default_file
from reader.store.library import Library
from reader.tui.keymap import Keymap
from reader.work.additions import Additions, Arrival
from tests.corpus.documents import ARABIC_PAGE, INDONESIAN_PAGE, PARAGRAPHS, pdf, word
from tests.fuzz.mutation import mutated
from tests.fuzz.oracle import all_or_nothing, assert_message, folder
from tests.fuzz.running import Target

_ROWS = 'title,text,date,language,url\n"a, b","قال ""x""\nline",2024-05-12,ar,https://e.org/a\n'
_OBJECTS = (
    '{"title": "a", "text": "The words of it.", "date": "2024-05-12", "lang": "en"}\n'
    '{"title": "ب", "body": "كلمات", "text": "كلمات أخرى هنا", "url": "https://e.org/b"}\n'
)
_MARKDOWN = (
    "---\ntitle: a\ndate: 2024\n---\n# Head\n\n* one **two** [x](y)\n\n> قال\n\n```\nz\n```\n"
)


@lru_cache(maxsize=16)
def _corpus(kind: str) -> tuple[bytes, ...]:
    paragraphs = "\n\n".join(PARAGRAPHS)
    found: dict[str, tuple[bytes, ...]] = {
        "text": (paragraphs.encode(), paragraphs.encode("cp1256"), paragraphs.encode("utf-16")),
        "markdown": (_MARKDOWN.encode(),),
        "html": (ARABIC_PAGE.encode(), INDONESIAN_PAGE.encode()),
        "csv": (_ROWS.encode(), _ROWS.replace(",", "\t").encode()),
        "jsonl": (_OBJECTS.encode(),),
        "docx": (word([("Heading 1", "a"), ("Normal", PARAGRAPHS[0])], right_to_left=True),),
        "pdf": (pdf(["Head of it", "The words of an article stand here."]),),
    }
    return found[kind]


@st.composite
def _packed(draw: st.DrawFn, corpus: tuple[bytes, ...]) -> bytes:
    """An archive in which a member is changed, or its name, or the archive itself."""
    source = ZipFile(BytesIO(draw(st.sampled_from(corpus))))
    names = source.namelist()
    changed = draw(st.sampled_from(names))
    made = BytesIO()
    with ZipFile(made, "w", draw(st.sampled_from((0, ZIP_DEFLATED)))) as archive:
        for name in names:
            data = source.read(name)
            if name == changed:
                data = draw(mutated([data]))
                name = draw(st.just(name) | st.sampled_from(_MEMBERS))
            archive.writestr(name, data)
    return made.getvalue()


_MEMBERS = (
    "../../x.txt",
    "/x.txt",
    "a\\..\\b.txt",
    "C:x.txt",
    "a\x1b.txt",
    "\u202ex.txt",
    "b/.txt",
)


@lru_cache(maxsize=1)
def _archives() -> tuple[bytes, ...]:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for kind in ("text", "html", "csv", "jsonl", "markdown"):
            archive.writestr(f"news/a.{kind}", _corpus(kind)[0])
        archive.writestr("news/b.txt", "Some words of another article.")
    return (file.getvalue(),)


def _add(case: tuple[bytes, Kind | None, bool]) -> None:
    data, kind, full = case

    def work(library: Library) -> None:
        adding = Additions(
            library, lambda: library.people.who("fuzz"), Wishes(kind), told=lambda message: None
        )
        arrivals = []
        for source in find_sources(["-"], data):
            try:
                found = list(adding.read(source))
            except ReaderError as error:
                assert_message(error)
                continue
            arrivals += [each for each in found if isinstance(each, Arrival)]
            for each in found:
                if isinstance(each, ArticleError):
                    assert_message(each)
        for outcome in adding.store(arrivals):
            assert outcome.id

    all_or_nothing(full, work)


_CONFIGS = (
    default_file().encode(),
    default_file().replace("\n# ", "\n").encode(),
    b'bidi = "visual"\n[looks]\ntext_width = 72\n[keys]\nundo = ["u", "ctrl+u"]\n"tag.1" = "1"\n',
)


def _settings(data: bytes) -> None:
    place = folder() / "settings"
    place.mkdir(exist_ok=True)
    for name in (CONFIG_FILE, KEYS_FILE):
        for old in place.iterdir():
            old.unlink()
        (place / name).write_bytes(data)
        try:
            preferences = read_preferences(place)
            Keymap(preferences.keys, preferences.keys_place)
        except ReaderError as error:
            assert_message(error)


def targets() -> Iterator[Target]:
    """Give the targets."""
    for kind in KINDS:
        data = mutated(_corpus(kind))
        if kind == "docx":
            data = data | _packed(_corpus(kind))
        cases = st.tuples(data, st.sampled_from((kind, kind, None)), st.booleans())
        yield Target(f"article-{kind}", cases, _add)
    archive = mutated(_archives()) | _packed(_archives())
    yield Target("article-zip", st.tuples(archive, st.none(), st.booleans()), _add)
    yield Target("settings", mutated(_CONFIGS), _settings)
