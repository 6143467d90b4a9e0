"""Names to look for, and the spellings under which each one can stand in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from reader.text.fold import fold

Proposer = Literal["alias", "gazetteer", "pattern", "model"]

_CLOSE = {"ـ": "", "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"'}
_HAMZA_ABOVE_BELOW = "\u0653\u0654\u0655"
_ARABIC_ARTICLE = re.compile("^ال(?=..)")


class Listed(NamedTuple):
    """One entity of a gazetteer.

    Attributes:
        name: Its name.
        type: Entity type.
        aliases: Other ways to write it.
        wikidata: Its Wikidata id, or "".
    """

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    wikidata: str = ""

    @property
    def names(self) -> Iterator[Name]:
        """What to look for."""
        for text in (self.name, *self.aliases):
            yield Name(text, self.type, None, "gazetteer", self)


class Name(NamedTuple):
    """A name that is to be found in texts.

    Attributes:
        text: As it is written.
        type: Entity type to propose.
        entity: Id of the entity to propose, or None.
        proposer: What it comes from.
        listed: The entity of a gazetteer that it names, where the library has none like it.
    """

    text: str
    type: str
    entity: str | None = None
    proposer: Proposer = "alias"
    listed: Listed | None = None


class Spelling(NamedTuple):
    """One folded string that stands for a name.

    Attributes:
        folded: What is looked for in folded text.
        elided: Whether it is the name without the alef of its article, as it
            is written after the particle ل (اللجنة is written للجنة).
    """

    folded: str
    elided: bool = False


def spellings(text: str) -> Iterator[Spelling]:
    """Yield the folded strings under which a name can stand in a text."""
    folded = fold(text)
    if not folded:
        return
    yield Spelling(folded)
    if _ARABIC_ARTICLE.match(folded):
        # The lam of the article and the first letter lam of a word become one after ل.
        rest = folded[2:] if folded[2] == "ل" else folded[1:]
        yield Spelling(rest, elided=True)


def is_spelled(written: str, name: str, *, elided: bool = False) -> bool:
    """Tell whether a stretch of text is a name as people spell it, not only folded alike.

    Marks, tatweel, hamza, quotes and kinds of space may differ. Case may not,
    but a name may stand in capitals; ى and ي, ة and ه are different letters.
    """
    wanted, found = _close(name), _close(written)
    if elided:
        wanted = wanted[2:] if wanted[2:3] == "ل" else wanted[1:]
    return found == wanted or (found == wanted.upper() and len(wanted) > 3)


@lru_cache(maxsize=65536)
def _close(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).replace("ٱ", "ا")
    kept = (c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(_CLOSE.get(c, c) for c in kept).split())
