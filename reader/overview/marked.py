"""How much is marked in each article of the list: by who looks, and by all others together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.annotation.layers import Layers
    from reader.store.articles import ArticleEntry
    from reader.store.library import Library


class Others:
    """What others have marked, as far as their layers are shown.

    Args:
        library: Where the articles are listed from.
        layers: What is hidden.
        me: Id of who looks.
    """

    def __init__(self, library: Library, layers: Layers, me: str) -> None:
        self._all_hidden = layers.alone or layers.blind
        self._hidden = {} if self._all_hidden else _marked_by(library, layers.hidden - {me})

    def count(self, entry: ArticleEntry) -> int:
        """Return how many mentions, claims and notes of an article are others'."""
        if self._all_hidden:
            return 0
        own = entry.own_mentions + entry.own_claims + entry.own_notes
        return entry.mentions + entry.claims + entry.notes - own - self._hidden.get(entry.id, 0)

    def matter(self, entries: Iterable[ArticleEntry]) -> bool:
        """Tell whether others have marked anything in any article."""
        return any(map(self.count, entries))


def _marked_by(library: Library, people: Iterable[str]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for annotator in people:
        found.update(library.articles.marked_by(annotator))
    return found
