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

Texts = Mapping[str, str]
"""Texts of articles by their ids."""
Proposed = Mapping[str, Sequence[Proposal]]
"""Proposals by the ids of their articles."""

_NOTHING = "There is no suggestion here that is not taken or refused already."


def take(author: Author, texts: Texts, proposed: Proposed) -> Action:
    """Make mentions of proposals, linked to what they name, in one action.

    The models' suggestions that said the same go.

    Raises:
        AnnotationError: If nothing is proposed.
    """
    changes: list[Change] = []
    for article, found in proposed.items():
        for each in found:
            changes.append(
                Change(None, _mention(author, _span(article, texts[article], each), each))
            )
            changes += [Change(record, None) for record in each.records]
    return author.action(f"take {_wording(proposed)}", changes)


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


def store(author: Author, suggestions: Iterable[Suggestion]) -> Action:
    """Keep what a model, or somebody's list of names, proposes until it is taken.

    Raises:
        AnnotationError: If there is nothing to keep.
    """
    changes = [Change(None, record) for record in suggestions]
    if not changes:
        raise AnnotationError("There is no suggestion that is not there already.")
    return author.action(f"keep {_counted(len(changes), 'suggestion')}", changes)


def _mention(author: Author, span: Span, proposal: Proposal) -> Mention:
    meant = author.records.entity(proposal.entity)
    moment = now()
    return Mention(
        new_id(),
        span,
        proposal.type,
        author.annotator.id,
        moment,
        moment,
        entity=meant.id if meant is not None else None,
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
