"""The rows of the agreement: tables of numbers, who called a word what, where two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reader.agreement.comparing import Compared, alpha, fleiss
from reader.agreement.disagreements import Disagreement
from reader.agreement.layers import MARK_KINDS
from reader.agreement.measures import Pairs
from reader.agreement.table import HEAD, number, table
from reader.annotation.actions import shorten
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.model import Attribution, ClaimMention, Mention, Record, spans_of
from reader.text.directions import own_base
from reader.tui.widgets.pieces import isolated
from reader.tui.widgets.rows import Cell, Row

_WIDE = 9
"""Columns of a number, and of a label above its numbers."""
_NAME = 26
_QUOTE = 60
_SAID = ("epistemic", "polarity", "mode", "check_worthy", "source_kind", "directness")
"""Fields with few values, whose confusion can be read."""


class Line(NamedTuple):
    """A row of the screen.

    Attributes:
        section: Number of the table it belongs to.
        cells: What stands in it, of one direction or with isolates.
        value: The article or the disagreement that it leads to, or None.
        heading: Whether it stands above a table.
    """

    section: int
    cells: tuple[str, ...] = ("",)
    value: Any = None
    heading: bool = False


class Section(NamedTuple):
    """A table.

    Attributes:
        title: Cells of its heading.
        rows: Its rows, each with what it leads to.
    """

    title: tuple[str, ...]
    rows: Sequence[tuple[tuple[str, ...], Any]]


def columns(width: int) -> tuple[int, ...]:
    """A name, and as many numbers as there is room for."""
    return (0, *[_WIDE] * fitting(width))


def fitting(width: int) -> int:
    """Return how many columns of numbers there is room for, the five of measures at least."""
    return max(len(HEAD), min(12, (width - _NAME) // (_WIDE + 1)))


def lines(sections: Iterable[Section]) -> Iterator[Line]:
    """Give the rows of tables, those with nothing in them left out."""
    shown = [section for section in sections if section.rows]
    for at, section in enumerate(shown):
        if at:
            yield Line(at - 1, heading=True)
        yield Line(at, section.title, heading=True)
        yield from (Line(at, cells, value) for cells, value in section.rows)


def line_row(line: Line, room: int, words: Callable[[Disagreement], str]) -> Row:
    """Return the row of a line.

    Args:
        line: The line.
        room: How many columns of numbers there are.
        words: Says what a disagreement is.
    """
    if isinstance(line.value, Disagreement):
        return Row((Cell(words(line.value), base=0),), line.value)
    name, *values = line.cells
    if not values:
        return Row((Cell(name, base=0),), line.value, line.heading)
    cells = [Cell(name, base=0)]
    # What runs from right to left stands at the right of its column anyway.
    cells += [Cell(value if own_base(value) else value.rjust(_WIDE)) for value in values]
    cells += [Cell("")] * (1 + room - len(cells))
    return Row(tuple(cells), line.value, line.heading)


def measures(found: Compared, names: tuple[str, str]) -> Section:
    """Return the table of kinds and labels, links, and what is said."""
    rows = [((_indented(name), *values), None) for name, *values in table(found)]
    return Section(("Marks", *HEAD[:3], *names), rows)


def _indented(name: str) -> str:
    kind, _, label = name.partition(" ")
    return f"  {isolated(label)}" if label and kind in MARK_KINDS else name


def of_all(together: Counter[Any]) -> Section:
    """Return the table of all annotators."""
    values = {kind: (fleiss(together, kind), alpha(together, kind)) for kind in MARK_KINDS}
    rows = [
        ((kind, *map(number, both)), None) for kind, both in values.items() if both != (None, None)
    ]
    return Section(("Words, all annotators", "Fleiss", "alpha"), rows)


def by_article(
    found: Mapping[str, Compared], titles: Mapping[str, str], differences: Counter[str]
) -> Section:
    """Return the table of articles, each of which leads to itself."""
    rows = []
    for id, each in found.items():
        exact, partial = each.of_kind("mention")
        scores = (number(exact.f1), number(partial.f1), number(each.kappa("mention")))
        cells = (isolated(titles.get(id, id)), *scores, f"{differences[id]:,}")
        rows.append((cells, id))
    return Section(("Mentions by article", *HEAD[:3], "differ"), rows)


def confusions(found: Compared, names: tuple[str, str], room: int) -> Iterator[Section]:
    """Give the tables of who called a word, or a claim, what.

    Args:
        found: What was counted.
        names: Of the two annotators.
        room: How many columns of numbers there are.
    """
    left, right = map(isolated, names)
    titles = {"mention": f"Words: rows {left}, columns {right}"}
    titles |= {name: f"{name.replace('_', ' ')}: rows {left}" for name in _SAID}
    counted = {"mention": found.tokens["mention"]}
    counted |= {name: found.fields.get(name, {}) for name in _SAID}
    for name, pairs in counted.items():
        if any(one != other for one, other in pairs):
            yield _matrix(titles[name], pairs, room)


def _matrix(title: str, pairs: Pairs, room: int) -> Section:
    """Return a table of counts; labels that there is no room for are counted together."""
    often: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        often[one] += count
        often[other] += count
    labels = [label for label, _ in sorted(often.items(), key=lambda each: (-each[1], each[0]))]
    shown = labels if len(labels) <= room else labels[: room - 1]
    counts: Counter[tuple[str, str]] = Counter()
    for (one, other), count in pairs.items():
        counts[one if one in shown else "others", other if other in shown else "others"] += count
    if len(shown) < len(labels):
        shown = [*shown, "others"]
    words = {label: label or "none" for label in shown}
    rows = [
        ((isolated(words[one]), *(str(counts[one, other]) for other in shown)), None)
        for one in shown
    ]
    return Section((title, *(words[label] for label in shown)), rows)


def differing(found: Sequence[Disagreement]) -> Section:
    """Return the list of disagreements, each of which leads to its place."""
    return Section((f"Where they differ ({len(found):,})",), [((), each) for each in found])


def in_what(each: Disagreement, names: tuple[str, str]) -> str:
    """Say in what two differ; of a mark that one alone has, whose it is."""
    if each.left is None or each.right is None:
        return f"only {isolated(names[each.left is None])}"
    said = [name for name in each.differences if name != "fields"]
    return ", ".join([*said, *each.fields]).replace("_", " ")


def difference_words(
    each: Disagreement,
    names: tuple[str, str],
    titles: Mapping[str, str],
    records: AnnotationSet,
) -> str:
    """Say in what two differ, what either has, and in which article."""
    what = in_what(each, names)
    sides = " / ".join(record_words(record, each, records) for record in (each.left, each.right))
    return f"{what}: {sides} · {isolated(titles.get(each.article, ''))}"


def record_words(record: Record | None, each: Disagreement, records: AnnotationSet) -> str:
    """Say what one of them has."""
    if record is None:
        return "–"
    parts = [f"“{isolated(shorten(' … '.join(s.quote for s in spans_of(record)), _QUOTE))}”"]
    if isinstance(record, Mention):
        entity = records.entity(record.entity)
        parts.insert(0, isolated(record.type))
        parts += [] if entity is None else [f"= {isolated(entity.name)}"]
    if isinstance(record, ClaimMention | Attribution):
        # Quotes are long: what differs comes before.
        parts = [*(_said(record, name, records) for name in each.fields), *parts]
    if isinstance(record, ClaimMention) and "claim" in each.differences:
        claim = records.claim(record.claim)
        parts.append("no claim" if claim is None else f"= {isolated(shorten(claim.text))}")
    return " ".join(parts)


def _said(record: ClaimMention | Attribution, name: str, records: AnnotationSet) -> str:
    value = getattr(record, name)
    if name in ("claimant", "source_entity"):
        entity = records.entity(value)
        return "nobody" if entity is None else isolated(entity.name)
    return str(value)


def empty_rows() -> Iterator[Row]:
    """What stands in place of the agreement of nobody."""
    yield Row((Cell("No article has been annotated by two people yet.", base=0),))
    yield Row((Cell("Somebody else opens the library with reader --annotator NAME.", base=0),))
