"""Moving and shaping the selection: one call to the article's view for each command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from reader.errors import AnnotationError
from reader.text.selection import Edge, Unit

if TYPE_CHECKING:
    from reader.tui.widgets.article_view import ArticleView

Motion = Callable[["ArticleView"], Any]
Step = Literal[-1, 1]


def _visit(view: ArticleView, step: Step) -> None:
    if view.next_annotation(step) is None:
        raise AnnotationError(f"Nothing is marked {'after' if step > 0 else 'before'} this place.")


_PLAIN: dict[str, Motion] = {
    "go.left": lambda view: view.move_visual(-1),
    "go.right": lambda view: view.move_visual(+1),
    "go.up": lambda view: view.move_row(-1),
    "go.down": lambda view: view.move_row(+1),
    "go.row_start": lambda view: view.move_row_edge(-1),
    "go.row_end": lambda view: view.move_row_edge(+1),
    "go.page_up": lambda view: view.move_page(-1),
    "go.page_down": lambda view: view.move_page(+1),
    "go.first": lambda view: view.move_article_edge(-1),
    "go.last": lambda view: view.move_article_edge(+1),
    "go.annotation_next": lambda view: _visit(view, +1),
    "go.annotation_back": lambda view: _visit(view, -1),
    "select.widen": lambda view: view.widen(),
    "select.narrow": lambda view: view.narrow(),
    "select.pin": lambda view: view.keep_fragment(),
    "select.unpin": lambda view: view.drop_fragments(),
}

_UNITS: tuple[Unit, ...] = ("word", "sentence", "paragraph")
_EDGE_UNITS: tuple[Unit, ...] = ("word", "cluster", "sentence")
_PLACES: tuple[tuple[str, Edge, Step], ...] = (
    ("start_out", "start", +1),
    ("start_in", "start", -1),
    ("end_in", "end", -1),
    ("end_out", "end", +1),
)
"""Names of the moves of a border: which edge, and whether the selection grows."""


def _by_unit(unit: Unit, step: Step) -> Motion:
    return lambda view: view.move_unit(unit, step)


def _of_edge(edge: Edge, unit: Unit, step: Step) -> Motion:
    return lambda view: view.grow(edge, unit, step)


def _all() -> Iterator[tuple[str, Motion]]:
    yield from _PLAIN.items()
    for unit in _UNITS:
        yield f"go.{unit}_next", _by_unit(unit, +1)
        yield f"go.{unit}_back", _by_unit(unit, -1)
    for unit in _EDGE_UNITS:
        for name, edge, step in _PLACES:
            yield f"edge.{name}_{unit}", _of_edge(edge, unit, step)


MOTIONS: dict[str, Motion] = dict(_all())
"""What each command of the scope `motion` does to the view."""
