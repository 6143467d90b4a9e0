"""Taking and refusing what is proposed, as functions that build actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reader.annotation.actions import Author, shorten
from reader.annotation.changes import Action, Change
from reader.annotation.ids import new_id, now
from reader.annotation.model import Mention, Refusal, Suggestion
from reader.annotation.spans import Span, make_span
from reader.errors import AnnotationError
from reader.suggest.proposals import Proposal
from reader.suggest.register import Newcomers

Texts = Mapping[str, str]
"""Texts of articles by their ids."""
Proposed = Mapping[str, Sequence[Proposal]]
"""Proposals by the ids of their articles."""

_NOTHING = "There is no suggestion here that is not taken or refused already."


def take(author: Author, texts: Texts, proposed: Proposed) -> Action:
    """Make mentions of proposals, linked to what they name, in one action.

    What a gazetteer names is linked to the entity that it means, which is made
    where the library has none like it. The models' suggestions that said the same go.

    Raises:
        AnnotationError: If nothing is proposed.
    """
    changes: list[Change] = []
    newcomers = Newcomers(author)
    for article, found in proposed.items():
        for each in found:
            span = _span(article, texts[article], each)
            mention = _mention(author, span, each.type, newcomers.entity(each))
            changes.append(Change(None, mention))
            changes += [Change(record, None) for record in each.records]
    return author.action(f"take {_wording(proposed)}", [*newcomers.changes, *changes])


def refuse(author: Author, texts: Texts, proposed: Proposed) -> Action:
    """Remember that proposals were refused, in one action, so that they do not come back.

    Raises:
        AnnotationError: If nothing is proposed.
    """
    me, moment = author.annotator.id, now()
    changes = [
        Change(
            None, Refusal(new_id(), _span(article, texts[article], each), type, me, moment, moment)
        )
        for article, found in proposed.items()
        for each in found
        for type in dict.fromkeys(name.type for name in each.names)
    ]
    return author.action(f"refuse {_wording(proposed)}", changes)


def forget(author: Author, refusals: Iterable[Refusal]) -> Action:
    """Forget refusals in one action: what was refused is proposed again.

    Raises:
        AnnotationError: If there are none.
    """
    changes = [Change(refusal, None) for refusal in refusals]
    if not changes:
        raise AnnotationError("Nothing was refused here.")
    return author.action(f"bring {_counted(len(changes), 'refused suggestion')} back", changes)


def store(
    author: Author, suggestions: Iterable[Suggestion], entities: Iterable[Change] = ()
) -> Action:
    """Keep what a model, or somebody's list of names, proposes until it is taken.

    Args:
        author: Who keeps it.
        suggestions: What to keep.
        entities: What makes the entities that these name.

    Raises:
        AnnotationError: If there is nothing to keep.
    """
    changes = [Change(None, record) for record in suggestions]
    if not changes:
        raise AnnotationError("There is no suggestion that is not there already.")
    what = f"keep {_counted(len(changes), 'suggestion')}"
    return author.action(what, [*entities, *changes])


def _mention(author: Author, span: Span, type: str, entity: str | None) -> Mention:
    moment = now()
    return Mention(
        new_id(),
        span,
        type,
        author.annotator.id,
        moment,
        moment,
        entity=entity,
        origin="suggested",
    )


def _span(article: str, text: str, proposal: Proposal) -> Span:
    if proposal.records:
        return proposal.records[0].span
    return make_span(article, text, [proposal.place])


def _wording(proposed: Proposed) -> str:
    found = list(_all(proposed))
    if not found:
        raise AnnotationError(_NOTHING)
    first = f"“{shorten(found[0].quote)}”"
    if len(found) == 1:
        return f"{found[0].type} {first}"
    same = len({each.type for each in found}) == 1
    return f"{len(found):,} suggestions{f' of {found[0].type}' if same else ''}, the first {first}"


def _all(proposed: Proposed) -> Iterator[Proposal]:
    for found in proposed.values():
        yield from found


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"
