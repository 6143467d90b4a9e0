"""The text engine, search and the borders of names: any text, no crash, and what always holds."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from reader.corpus.loading import load_article
from reader.errors import ReaderError
from reader.overview.search import search
from reader.store.library import Library
from reader.suggest.borders import stands_alone
from reader.suggest.matching import Matcher
from reader.suggest.names import Name
from reader.text.bidi import resolve_levels, visual_order
from reader.text.caret import caret_at, left, right, row_of, stops, vertical
from reader.text.emit import one_line, safe_text
from reader.text.emitters import emit_row
from reader.text.fold import find_all, fold
from reader.text.layout import layout_paragraph
from reader.text.selection import UNITS, Selection, TextUnits, grow, move, narrow, widen
from reader.text.terminals import PROFILES
from tests.fuzz.oracle import all_or_nothing
from tests.fuzz.running import Target
from tests.text.test_layout_properties import NEVER_DRAWN
from tests.text.texts import any_text, bases

_long = st.builds(lambda text, times: text * times, any_text, st.sampled_from((1, 1, 3, 40, 400)))
_widths = st.integers(1, 120)


def _levels(case: tuple[str, int | None]) -> None:
    base, levels = resolve_levels(*case)
    assert base in (0, 1) or not case[0]
    assert len(levels) == len(case[0]) and all(0 <= level <= 126 for level in levels)
    assert sorted(visual_order(levels)) == list(range(len(levels)))


def _layout(case: tuple[str, int, int | None]) -> None:
    text, width, base = case
    layout = layout_paragraph(text, width, base)
    assert [line.start for line in layout.lines[1:]] == [line.end for line in layout.lines[:-1]]
    for number, line in enumerate(layout.lines[:50]):
        assert line.indent + line.width <= width or len(line.cells) == 1
        for column, cell in line.columns():
            assert not NEVER_DRAWN.search(cell.text)
            assert layout.hit(number, column) == (cell.start, cell.end)
            assert layout.geometry(cell.start, cell.end) == [(number, column, column + cell.width)]


def _caret(case: tuple[str, int, int | None, list[int]]) -> None:
    text, width, base, steps = case
    layout = layout_paragraph(text, width, base)
    place = stops(layout.lines[0], layout.base)[0]
    for step in steps:
        if step % 4 == 0:
            place = caret_at(layout, step % max(1, len(text)))
        elif step % 4 == 1:
            place = vertical(layout, place, step % width, 1 if step % 8 < 4 else -1) or place
        else:
            place = (left if step % 4 == 2 else right)(layout, place) or place
        assert 0 <= place.offset <= len(text)
        assert 0 <= row_of(layout, place) < len(layout.lines)


def _selection(case: tuple[str, list[int]]) -> None:
    text, steps = case
    units = TextUnits(text, lambda: [(0, len(text))] if text else [])
    chosen = Selection(0, 0, "word")
    for step in steps:
        sign, unit = (1 if step % 2 else -1), UNITS[step % len(UNITS)]
        if step % 5 == 0:
            chosen = move(units, chosen, unit, sign)
        elif step % 5 == 1:
            chosen = widen(units, chosen)
        elif step % 5 == 2:
            chosen = narrow(units, chosen)
        else:
            chosen = grow(units, chosen, "end" if step % 3 else "start", unit, sign)
        assert 0 <= chosen.start <= chosen.end <= len(text)


def _emit(case: tuple[str, int, str]) -> None:
    text, width, name = case
    profile = PROFILES[name]
    shown, _ = one_line(text, width, ligatures=profile.ligatures)
    sent = "".join(piece for piece, _ in emit_row([(" ", 0), (shown, 1)], profile))
    assert not NEVER_DRAWN.search(shown)
    # The joiners that spelling needs stay in messages.
    assert set(NEVER_DRAWN.findall(safe_text(text))) <= {"\u200c", "\u200d"}
    assert set(NEVER_DRAWN.findall(sent)) <= profile.formats


def _fold(case: tuple[str, str]) -> None:
    text, query = case
    for start, end in find_all(text, query):
        assert 0 <= start < end <= len(text)
        assert fold(query).split() == fold(text[start:end]).split()


def _matcher(case: tuple[str, list[str]]) -> None:
    text, names = case
    matcher = Matcher(Name(name, "PER") for name in names if name.strip())
    last = 0
    for match in matcher.matches(text):
        assert last <= match.start < match.end <= len(text)
        last = match.end
    for match in matcher.candidates(text):
        assert match.names
    for start in range(0, len(text), 7):
        stands_alone(text, start, min(len(text), start + 3))


def _queries(case: tuple[str, str]) -> None:
    text, query = case

    def work(library: Library) -> None:
        library.add_articles([load_article(f"{text} end".encode(), "a.txt", encoding="utf-8")])
        found = [each for each in search(library, query) if each is not None]
        by_hand = find_all(library.articles.read(library.articles.listed("")[0].id).text, query)
        try:
            assert bool(found) == bool(by_hand)
        except ReaderError:
            return

    all_or_nothing(False, work)


_QUERY = any_text | st.sampled_from(
    (
        '"',
        "a OR b",
        "NEAR(a b)",
        "x*",
        "%",
        "_",
        "a' --",
        "col:x",
        "^",
        "\\",
        "(",
        '""""',
        "-",
        "NOT",
    )
)


@st.composite
def _texts_with_part(draw: st.DrawFn) -> tuple[str, str]:
    text = draw(_long)
    start = draw(st.integers(0, len(text)))
    part = text[start : start + draw(st.integers(0, 8))]
    return text, draw(st.just(part) | any_text)


def targets() -> Iterator[Target]:
    """Give the targets."""
    steps = st.lists(st.integers(0, 999), max_size=30)
    yield Target("levels", st.tuples(_long, bases), _levels)
    yield Target("layout", st.tuples(_long, _widths, bases), _layout)
    yield Target("caret", st.tuples(any_text, _widths, bases, steps), _caret)
    yield Target("selection", st.tuples(any_text, steps), _selection)
    profiles = st.sampled_from(sorted(PROFILES))
    yield Target("emitters", st.tuples(any_text, _widths, profiles), _emit)
    yield Target("fold", _texts_with_part(), _fold)
    yield Target("matcher", st.tuples(_long, st.lists(any_text, max_size=5)), _matcher)
    yield Target("search", st.tuples(any_text, _QUERY), _queries)
