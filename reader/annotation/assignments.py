"""Who is to annotate an article: a tag of it that holds the annotator's id, shown as a name.

The tag is `@` and the id, so that a new name changes nothing. Somebody who has not
annotated in the library yet has no id there: until then the tag holds the name, and
counts for whoever has that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reader.annotation.model import Annotator

SIGN = "@"
_SHOWN = 10
"""Characters of an id that tell it from others as a rule."""


def tag_of(who: str) -> str:
    """Return the tag of what is assigned to an annotator.

    Args:
        who: The id; the name of somebody who has none here.
    """
    return f"{SIGN}{who}"


def own_tags(annotator: Annotator) -> frozenset[str]:
    """Return the tags that assign an article to an annotator."""
    return frozenset((tag_of(annotator.id), tag_of(annotator.name)))


def is_assignment(tag: str) -> bool:
    """Tell whether a tag says who is to annotate the article."""
    return len(tag) > len(SIGN) and tag.startswith(SIGN)


def by_id(tags: Iterable[str], people: Iterable[Annotator]) -> tuple[str, ...]:
    """Return tags with ids in place of the names of people who are known, each once."""
    known: dict[str, list[str]] = {}
    for each in people:
        known.setdefault(tag_of(each.name), []).append(tag_of(each.id))
    return tuple(dict.fromkeys(one for tag in tags for one in known.get(tag, [tag])))


def shown_tags(people: Sequence[Annotator]) -> Mapping[str, str]:
    """Return how the tags of people are shown: `@ann`; where two have one name, also by id."""
    names = [each.name for each in people]
    return {
        tag_of(each.id): tag_of(each.name)
        if names.count(each.name) == 1
        else f"{tag_of(each.name)} {each.id[:_SHOWN]}"
        for each in people
    }
