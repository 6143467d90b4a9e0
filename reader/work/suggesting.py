"""What is proposed to an annotator: in the open article, and in all articles of a library.

Looking writes nothing. Taking and refusing are actions of the session, one for
all that is taken at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.ids import new_id, now
from reader.annotation.model import Entity, Mention, Refusal, Suggestion
from reader.annotation.spans import make_span
from reader.corpus.article import Article, display_title
from reader.errors import UsageError
from reader.overview.search import Hit, hit_in
from reader.overview.shelf import FINISHED
from reader.suggest import actions
from reader.suggest.matching import Match, Matcher, longest_first
from reader.suggest.names import Name, spellings
from reader.suggest.patterns import pattern_matches
from reader.suggest.proposals import (
    Mine,
    Proposal,
    barred_in,
    names_in,
    names_of,
    own_mentions,
    own_records,
    proposals,
)
from reader.suggest.register import Newcomers
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.session import Session
    from reader.store.library import Library

_FEW = 8
"""Names up to which the index of the texts is asked which articles may hold them."""


class Suggestions:
    """What is proposed in the article that a session has open, whatever changes in it.

    Args:
        session: The session; it may open other articles meanwhile.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.patterns = False
        """Whether dates and amounts are proposed, by their form."""
        self.least = 0.0
        """What a model must have given a suggestion at least for it to be shown."""
        self._known, self._own = _Places(), _Places()
        self._layer: tuple[object, list[Match]] = (None, [])
        self._patterned: tuple[object, tuple[Match, ...]] = (None, ())
        self._made: tuple[object, tuple[Proposal, ...]] | None = None

    def here(self) -> tuple[Proposal, ...]:
        """Return what is proposed in the open article, in order."""
        article, records = self._article, self.session.annotations
        key = (article, records, self.session.schema, self.patterns, self.least)
        if self._made is None or self._made[0] != key:
            self._made = key, self._propose(article, records)
        return self._made[1]

    def at(self, start: int, end: int) -> Proposal | None:
        """Return the first proposal that shares a code point with a range."""
        found = self.here()
        first = bisect_right(found, start, key=lambda each: each.end)
        return found[first] if first < len(found) and found[first].start < end else None

    def refused(self) -> tuple[Refusal, ...]:
        """Return what this annotator has refused in the open article."""
        me, article = self.session.annotator.id, self._article.id
        refusals = self.session.annotations.all(Refusal)
        return tuple(r for r in refusals if (r.annotator, r.span.article) == (me, article))

    def take(self, chosen: Sequence[Proposal]) -> None:
        """Tag what is proposed, in one action.

        Raises:
            AnnotationError: If nothing is.
        """
        article = self._article
        texts, proposed = {article.id: article.text}, {article.id: chosen}
        self.session.apply(actions.take(self.session.author, texts, proposed))

    def refuse(self, chosen: Sequence[Proposal]) -> None:
        """Refuse what is proposed, in one action; it does not come back.

        Raises:
            AnnotationError: If nothing is proposed.
        """
        article = self._article
        texts, proposed = {article.id: article.text}, {article.id: chosen}
        self.session.apply(actions.refuse(self.session.author, texts, proposed))

    def forget(self) -> None:
        """Let what was refused in the open article be proposed again, in one action.

        Raises:
            AnnotationError: If nothing was refused.
        """
        self.session.apply(actions.forget(self.session.author, self.refused()))

    @property
    def _article(self) -> Article:
        article = self.session.article
        if article is None:
            raise UsageError("No article is open.")
        return article

    def _propose(self, article: Article, records: AnnotationSet) -> tuple[Proposal, ...]:
        me = self.session.annotator.id
        mentions = own_mentions(records, article.id, me)
        layers = [self._named(article, records, mentions)]
        if self.patterns:
            layers.append(list(self._patterns_in(article)))
        suggested = _scored(records, article, self.least)
        types = {kind.name for kind in self.session.schema.offered}
        mine = own_records(records, article.id, me)
        return proposals(article.text, layers, suggested, mine, types)

    def _named(
        self, article: Article, records: AnnotationSet, mentions: Sequence[Mention]
    ) -> list[Match]:
        """Return the places of all names, of entities and of what is tagged here."""
        entities, own = records.records.get("entity", {}), tuple(dict.fromkeys(names_in(mentions)))
        text, barred = article.text, barred_in(article)
        known = self._known.among(text, entities, lambda: names_of(records.all(Entity)))
        here = self._own.among(text, own, lambda: own)
        if self._layer[0] != (known, here, barred):
            self._layer = (known, here, barred), longest_first([*known, *here], barred)
        return self._layer[1]

    def _patterns_in(self, article: Article) -> tuple[Match, ...]:
        types = self.session.schema.by_value
        if self._patterned[0] != (article, types):
            barred = barred_in(article)
            found = pattern_matches(article.text, article.language, types, barred)
            self._patterned = (article, types), tuple(found)
        return self._patterned[1]


class _Places:
    """Where names stand in a text; looked for anew when the names or the text are others."""

    def __init__(self) -> None:
        self._key: object = None
        self._matcher = Matcher(())
        self._text: str | None = None
        self._found: tuple[Match, ...] = ()

    def among(
        self, text: str, key: object, names: Callable[[], Iterable[Name]]
    ) -> tuple[Match, ...]:
        """Return the places of names, also those that overlap.

        Args:
            text: Where to look.
            key: Equals itself as long as the names are the same.
            names: Gives the names.
        """
        if self._key is None or key != self._key:
            self._matcher = Matcher(names())
            self._key, self._text = key, None
        if self._text != text:
            self._text, self._found = text, tuple(self._matcher.candidates(text))
        return self._found


def _scored(records: AnnotationSet, article: Article, least: float) -> list[Suggestion]:
    """Return what models propose in an article: surely enough, and not in its furniture."""
    barred = barred_in(article)
    return [
        record
        for record in records.all(Suggestion)
        if record.span.article == article.id
        and (record.score is None or record.score >= least)
        and not any(record.span.overlaps(start, end) for start, end in barred)
    ]


@dataclass(frozen=True, slots=True)
class Sources:
    """What is to be proposed in many articles.

    Attributes:
        names: Names to look for.
        patterns: Whether dates and amounts are proposed, by their form.
        models: Whether what models propose is.
        wordings: Whether what an article's own mentions of no entity are called is.
        least: What a model must have given a suggestion at least.
    """

    names: tuple[Name, ...] = ()
    patterns: bool = False
    models: bool = False
    wordings: bool = False
    least: float = 0.0


class Among(NamedTuple):
    """What is proposed in one of many articles.

    Attributes:
        article: Its id.
        title: Its headline, or the first words of its body.
        title_marked: Whether the title is only the first words.
        direction: `ltr` or `rtl`.
        language: Language code.
        status: How far the annotator is with it.
        found: The proposals, in order.
        hits: The first of them with the words around them.
    """

    article: str
    title: str
    title_marked: bool
    direction: str
    language: str
    status: str
    found: tuple[Proposal, ...]
    hits: tuple[Hit, ...]


def propose(
    session: Session,
    sources: Sources,
    articles: Sequence[str] | None = None,
    *,
    finished: bool = False,
    most: int | None = None,
) -> Iterator[Among | None]:
    """Look for what can be proposed, one article after the other, in the order of the list.

    Args:
        session: Whose library, and who asks.
        sources: What to propose.
        articles: Ids of the articles to look at; None for all that are listed.
        finished: Whether to look at articles that are done, reviewed or skipped too,
            when none are named.
        most: Proposals of each article to return with the words around them; None for all.

    Yields:
        Each article with proposals; None for one that was looked at in vain.
    """
    entries = {entry.id: entry for entry in session.articles()}
    chosen = set(_possible(session.library, sources, articles))
    matcher = Matcher(dict.fromkeys(sources.names))
    for id in articles if articles is not None else entries:
        passed = articles is None and not finished and entries[id].status in FINISHED
        if id not in chosen or passed:
            continue
        article = session.library.articles.read(id)
        found = _in_article(session, article, sources, matcher)
        status = entries[id].status if id in entries else "new"
        yield _among(article, status, found, most) if found else None


def _possible(library: Library, sources: Sources, articles: Sequence[str] | None) -> Iterable[str]:
    """Return the articles that can hold a proposal: for a few names, those the index gives."""
    only_names = not (sources.patterns or sources.models or sources.wordings)
    if only_names and len(sources.names) <= _FEW:
        wanted = {each.folded for name in sources.names for each in spellings(name.text)}
        return {id for folded in wanted for id in library.articles.candidates(folded)}
    return articles if articles is not None else [e.id for e in library.articles.listed("")]


def _in_article(
    session: Session, article: Article, sources: Sources, matcher: Matcher
) -> tuple[Proposal, ...]:
    me, text, barred = session.annotator.id, article.text, barred_in(article)
    candidates = list(matcher.candidates(text))
    worth = candidates or sources.patterns or sources.models or sources.wordings
    if not worth:
        return ()
    own = session.library.records.within(article.id)
    mentions = [r for r in own if isinstance(r, Mention) and r.annotator == me]
    if sources.wordings:
        candidates += Matcher(dict.fromkeys(names_in(mentions))).candidates(text)
    layers: list[Sequence[Match]] = [longest_first(candidates, barred)]
    if sources.patterns:
        by_value = session.schema.by_value
        layers.append(pattern_matches(text, article.language, by_value, barred))
    records = AnnotationSet.of(own)
    suggested = _scored(records, article, sources.least) if sources.models else ()
    types = {kind.name for kind in session.schema.offered}
    refusals = [r for r in records.all(Refusal) if r.annotator == me]
    return proposals(text, layers, suggested, Mine.of(mentions, refusals), types)


def _among(article: Article, status: str, found: tuple[Proposal, ...], most: int | None) -> Among:
    title, marked = display_title(article)
    text, direction = article.text, article.direction
    hits = tuple(hit_in(text, direction, *each.place) for each in found[:most])
    return Among(article.id, title, marked, direction, article.language, status, found, hits)


def take_everywhere(session: Session, chosen: Mapping[str, Sequence[Proposal]]) -> None:
    """Tag what is proposed in many articles, in one action.

    Raises:
        AnnotationError: If nothing is proposed.
    """
    library = session.library
    texts = {id: library.articles.read(id).text for id in chosen}
    records = [record for id in chosen for record in library.records.within(id)]
    author = session.author.on((*records, *library.records.shared()))
    session.apply(actions.take(author, texts, chosen))


def keep_everywhere(session: Session, chosen: Mapping[str, Sequence[Proposal]], name: str) -> int:
    """Keep what is proposed in many articles, in one action, to be looked through there.

    The entities of a gazetteer that the library lacks are made along, so that what
    is taken later is linked to them.

    Args:
        session: Whose library, and who keeps it.
        chosen: Proposals by the ids of their articles.
        name: Of the list that they come from.

    Returns:
        How many were not kept already.
    """
    new: list[Suggestion] = []
    me, moment = session.author.annotator.id, now()
    author = session.author.on(session.library.records.shared())
    newcomers = Newcomers(author)
    for id, found in chosen.items():
        text, own = session.library.articles.read(id).text, session.library.records.within(id)
        kept = {(r.span.start, r.span.end, r.type) for r in own if isinstance(r, Suggestion)}
        new += [
            Suggestion(
                *(new_id(), make_span(id, text, [each.place]), each.type, me, moment, moment, name),
                entity=newcomers.entity(each),
            )
            for each in found
            if (*each.place, each.type) not in kept
        ]
    if new:
        session.apply(actions.store(author, new, newcomers.changes))
    return len(new)
