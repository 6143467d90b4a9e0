"""What a library knows, as it is handed to another: articles as they arrived, and actions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from reader.annotation.changes import Place
from reader.annotation.model import Annotator
from reader.merging.steps import Json, Step
from reader.values import dataclass

Mode = Literal["do", "undo", "redo", "import"]
MODES: tuple[Mode, ...] = get_args(Mode)

_ROOT = "arrival-"


@dataclass(frozen=True, slots=True)
class Source:
    """How a library came by a text, which nobody changes later.

    Attributes:
        added: When (ISO 8601, UTC).
        source_sha256: Digest of the bytes it was read from.
        encoding: How they were decoded.
        bom: Whether they began with a byte-order mark.
    """

    added: str
    source_sha256: str
    encoding: str
    bom: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article as one library first had it: the step before all others of its details.

    Attributes:
        article: Id of the article, which is a digest of its text.
        details: `reader.annotation.model.ArticleDetails` as JSON.
        source: How the library came by the text.
    """

    article: str
    details: Json
    source: Source

    @property
    def id(self) -> str:
        """A digest: two copies of one library have the same arrivals."""
        told = (self.article, self.details, *_told(self.source))
        data = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return _ROOT + hashlib.sha256(data.encode()).hexdigest()[:32]

    @property
    def step(self) -> Step:
        """The arrival as the first step of the article's details."""
        return Step(self.id, "", 0, "", "article", self.article, (), self.details)


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of the history with its steps.

    Attributes:
        id: ULID.
        clock: Logical clock, the same for all its steps.
        annotator: Id of who did it.
        mode: What kind of action.
        target: Id of the action that an undo or redo is about.
        what: In the user's words.
        place: Where in the articles it happened.
        created: ISO 8601, UTC.
        steps: In the order in which they were made.
    """

    id: str
    clock: int
    annotator: str
    mode: Mode
    target: str | None
    what: str
    place: Place | None
    created: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What one library has to tell another.

    Attributes:
        annotators: Everybody whom an action names.
        texts: The stored texts, by id of the article.
        arrivals: Articles as they came.
        deeds: Actions, parents first.
    """

    annotators: tuple[Annotator, ...]
    texts: Mapping[str, str]
    arrivals: tuple[Arrival, ...]
    deeds: tuple[Deed, ...]


def first_source(sources: Iterable[Source]) -> Source:
    """Return how a text came here, of all the ways it came: the earliest."""
    return min(sources, key=_told)


def _told(source: Source) -> tuple[str, str, str, bool]:
    return source.added, source.source_sha256, source.encoding, source.bom
