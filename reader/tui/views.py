"""The library as it is looked at here: lists, board, statistics; made when they are needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reader.session import Session

if TYPE_CHECKING:
    from reader.annotation.entity_list import EntityView
    from reader.overview.board import BoardView
    from reader.overview.census import Census
    from reader.overview.comparison import Comparison
    from reader.overview.shelf import View
    from reader.work.entities import EntityWork


class Views:
    """What several screens share of what they show of a library.

    Args:
        session: An open session.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._compared: tuple[object, Comparison] | None = None
        self._unsettled: tuple[object, int] | None = None

    @cached_property
    def articles(self) -> View:
        """How the list of articles is sorted and filtered."""
        from reader.overview.shelf import View

        return View()

    @cached_property
    def claims(self) -> BoardView:
        """How the claims are sorted and filtered."""
        from reader.overview.board import BoardView

        return BoardView()

    @cached_property
    def entities(self) -> EntityView:
        """How the entities are sorted and filtered."""
        from reader.annotation.entity_list import EntityView

        return EntityView()

    @cached_property
    def census(self) -> Census:
        """What is counted for the statistics."""
        from reader.overview.census import Census

        return Census(self._session.shown, self._session.annotator.id)

    @cached_property
    def entity_work(self) -> EntityWork:
        """What is done to entities."""
        from reader.work.entities import EntityWork

        return EntityWork(self._session)

    @property
    def comparison(self) -> Comparison:
        """The annotators beside each other, as the library is now; nothing is read yet."""
        from reader.overview.comparison import Comparison

        state = self._session.library.state
        if self._compared is None or self._compared[0] != state:
            self._compared = state, Comparison(self._session.library)
        return self._compared[1]

    @property
    def conflicts(self) -> int:
        """How many conflicts are to be settled; none in blind mode, which hides them.

        They are counted anew when the library has changed.
        """
        if self._session.layers.blind:
            return 0
        library = self._session.library
        state = library.state_at_once()
        if state is None:
            return 0 if self._unsettled is None else self._unsettled[1]
        if self._unsettled is None or self._unsettled[0] != state:
            count = len(library.exchange.conflicts()) if library.anything_unsettled else 0
            self._unsettled = state, count
        return self._unsettled[1]

    def look_again(self) -> None:
        """Forget what was read with the layers that were looked at until now."""
        for name in ("entity_work", "census"):
            self.__dict__.pop(name, None)
