"""Lists of a page: entities with their names and places, claims with all that is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.annotation.attributes import Attributes
from reader.annotation.model import (
    Claim,
    ClaimMention,
    Entity,
    Evidence,
    KnowledgeLink,
    Mention,
    Note,
    Ref,
    Relation,
)
from reader.formats.html_articles import Place, Places, entity_link, note_markup, type_class
from reader.formats.html_markup import attribute, isolated, link, wikidata, words
from reader.formats.report import Known, attributes_told, language_name


class Lists:
    """Lists that are turned into markup, once all articles are written.

    Args:
        known: What records are called.
        places: Where they stand.
        languages: Number of each language in the page.
    """

    def __init__(self, known: Known, places: Places, languages: dict[str, int]) -> None:
        self._known, self._places, self._languages = known, places, languages

    def entities(self) -> Iterator[str]:
        """Give the list of entities, and what is linked to none."""
        for id, number in self._known.listed.items():
            yield from self._entity(self._known.entities[id], number)
        for type, found in sorted(self._places.unlinked.items()):
            kinds = {type_class(self._known, type), *self._kinds(found)}
            yield f'<section class="row" data-k="{" ".join(sorted(kinds))}">\n'
            # Values need no entity: it is nothing that they lack.
            lack = "" if type in self._known.schema.values else ": not linked to an entity"
            yield f"<h3>{isolated(type)}{lack}</h3>\n"
            yield from self._mentions(found)
            yield "</section>\n"

    def _entity(self, entity: Entity, number: int) -> Iterator[str]:
        found = self._places.mentions.get(entity.id, [])
        kind = type_class(self._known, entity.type)
        kinds = " ".join([f"e{number}", kind, *sorted(self._kinds(found))])
        yield f'<section id="e{number}" class="row e{number}" data-k="{kinds}">\n'
        type = f'<span class="tag {kind}">{isolated(entity.type)}</span>'
        yield f"<h3>{isolated(entity.name)} {type}</h3>\n"
        yield _facts(
            ("also", ", ".join(self._names(entity))),
            ("identified as", ", ".join(map(_knowledge, entity.links))),
            ("note", isolated(entity.note) if entity.note else ""),
            ("", "retired" if entity.retired else ""),
            *self._notes(Ref("entity", entity.id)),
            *self._relations(Ref("entity", entity.id)),
        )
        yield from self._mentions(found)
        yield "</section>\n"

    def _names(self, entity: Entity) -> Iterator[str]:
        for alias in entity.aliases:
            about = ", ".join(isolated(part) for part in (alias.language, alias.script) if part)
            name = isolated(alias.text, alias.language)
            yield f"{name} <small>{about}</small>" if about else name
        for merged in self._known.merged(entity):
            yield f"{isolated(merged.name)} <small>{isolated(merged.type)}, merged</small>"

    def _mentions(self, found: Iterable[tuple[Place, Mention]]) -> Iterator[str]:
        """Give a line for each article, with each wording once."""
        articles: dict[int, dict[str, list[Place]]] = {}
        for place, mention in found:
            wordings = articles.setdefault(place.article, {})
            wordings.setdefault(" … ".join(mention.span.quotes), []).append(place)
        if not articles:
            return
        yield '<ul class="places">\n'
        for article, wordings in articles.items():
            told = "; ".join(_wording(quote, where) for quote, where in wordings.items())
            language = next(iter(wordings.values()))[0].language
            kinds = f"g{self._languages.get(language, 0)}"
            where = f'<a href="#a{article}">article {article}</a>'
            yield f'<li class="sub" data-k="{kinds}">{where}: {told}</li>\n'
        yield "</ul>\n"

    def _kinds(self, found: Iterable[tuple[Place, Mention | ClaimMention]]) -> set[str]:
        kinds = set()
        for place, record in found:
            kinds.add(f"g{self._languages.get(place.language, 0)}")
            person = self._known.people.get(record.annotator)
            kinds.add(f"n{person[0]}" if person else "nx")
        return kinds

    def claims(self) -> Iterator[str]:
        """Give the list of claims by topic, and what is marked as a claim of none."""
        topic = None
        ordered = sorted(self._known.numbers.items(), key=lambda item: item[1])
        for id, number in ordered:
            claim = self._known.claims[id]
            if claim.topic != topic:
                topic = claim.topic
                yield f'<h3 class="topic">{isolated(topic) if topic else "No topic"}</h3>\n'
            yield from self._claim(claim, number)
        if self._places.loose:
            kinds = " ".join(sorted(self._kinds(self._places.loose)))
            yield f'<section class="row" data-k="k {kinds}">\n<h4>Of no claim yet</h4>\n'
            yield from self._sides(self._places.loose)
            yield "</section>\n"

    def _claim(self, claim: Claim, number: int) -> Iterator[str]:
        found, ref = self._places.claims.get(claim.id, []), Ref("claim", claim.id)
        claimants = dict.fromkeys(entity_link(place.claimant, self._known) for _, place in found)
        kinds = {"k", f"c{number}", *self._kinds(found), *self._claimants(found)}
        yield f'<section id="c{number}" class="row c{number}" data-k="{" ".join(sorted(kinds))}">\n'
        told = attribute(claim.verdict)
        verdict = f'<span class="verdict" data-v="{told}">{told}</span>'
        yield f"<h4>{isolated(claim.text, claim.language)} {verdict}</h4>\n"
        if claim.gloss:
            gloss = isolated(claim.gloss, claim.gloss_language)
            yield f'<p class="gloss">{gloss} <small>{isolated(claim.gloss_language)}</small></p>\n'
        yield _facts(
            ("type", words(claim.type)),
            ("language", isolated(claim.language)),
            ("claimed by", ", ".join(filter(None, claimants))),
            ("time", isolated(claim.time) if claim.time else ""),
            ("place", entity_link(claim.place, self._known)),
            ("attributes", _attributes(claim.attributes)),
            ("justification", isolated(claim.justification) if claim.justification else ""),
            *((words(each.stance), self._evidence(each)) for each in claim.evidence),
            *self._relations(ref),
            *self._notes(ref),
        )
        yield from self._sides(found)
        yield "</section>\n"

    def _claimants(self, found: Iterable[tuple[Place, ClaimMention]]) -> Iterator[str]:
        for _, mention in found:
            entity = self._known.entity(mention.claimant)
            if entity is not None:
                yield f"e{self._known.listed.get(entity.id, 0)}"

    def _sides(self, found: Iterable[tuple[Place, ClaimMention]]) -> Iterator[str]:
        """Give the places of a claim, the languages side by side."""
        sides: dict[str, list[tuple[Place, ClaimMention]]] = {}
        for place, mention in found:
            sides.setdefault(place.language, []).append((place, mention))
        if not sides:
            return
        yield '<div class="sides">\n'
        for language, own in sides.items():
            kinds = f"g{self._languages.get(language, 0)}"
            yield f'<div class="sub" data-k="{kinds}">\n<h5>{isolated(language_name(language))}'
            yield "</h5>\n<ul>\n"
            for place, mention in own:
                yield f"<li>{'; '.join(self._made(place, mention))}</li>\n"
            yield "</ul>\n</div>\n"
        yield "</div>\n"

    def _made(self, place: Place, mention: ClaimMention) -> Iterator[str]:
        quote = isolated(" … ".join(mention.span.quotes), place.language)
        where = f'<a href="#a{place.article}">article {place.article}</a>'
        yield f'<a href="#{place.id}">“{quote}”</a> ({where})'
        if claimant := entity_link(mention.claimant, self._known):
            yield f"claimant {claimant}"
        if affiliation := entity_link(mention.affiliation, self._known):
            yield f"of {affiliation}"
        yield words(f"{mention.mode}, {mention.polarity}; believed {mention.epistemic}")
        if mention.check_worthy != "undecided":
            yield words(f"check-worthy: {mention.check_worthy}")
        if said := self._places.attributions.get(mention.attribution or ""):
            yield f'<a href="#{said}">attribution</a>'
        if mention.attributes:
            yield _attributes(mention.attributes)
        yield f"by {isolated(self._known.person(mention.annotator))}"

    def _evidence(self, item: Evidence) -> str:
        quote = f"“{isolated(item.span.quote)}”" if item.span else ""
        url = link(item.url) if item.url else ""
        seen = f"(seen {isolated(item.accessed)})" if item.accessed else ""
        note = isolated(item.note) if item.note else ""
        home = self._places.ids.get(item.span.article) if item.span else None
        where = f'(<a href="#{home}">article {home[1:]}</a>)' if home else ""
        return " ".join(filter(None, (quote, where, url, seen, note)))

    def _relations(self, ref: Ref) -> Iterator[tuple[str, str]]:
        """Give the relations of a record, each with the direction in which it is read."""
        for relation in self._known.relations(ref):
            title = isolated(self._known.relation_title(relation.type))
            is_source = relation.source == ref
            sign = "↔" if self._known.is_symmetric(relation.type) else "←→"[is_source]
            end = relation.target if is_source else relation.source
            yield f"{sign} {title}", self._related(end, relation)

    def _related(self, end: Ref, relation: Relation) -> str:
        sure = "" if relation.confidence is None else f"confidence {relation.confidence}"
        why = isolated(relation.rationale) if relation.rationale else ""
        by = f"by {isolated(self._known.person(relation.annotator))}"
        about = "; ".join(filter(None, (sure, why, _attributes(relation.attributes), by)))
        return f"{self._end(end)} <small>({about})</small>"

    def _end(self, ref: Ref) -> str:
        """Return what a relation leads to."""
        if ref.kind == "entity":
            return entity_link(ref.id, self._known)
        if claim := self._known.claim(ref.id if ref.kind == "claim" else None):
            number = self._known.numbers[claim.id]
            text = isolated(claim.text, claim.language)
            return f'<a href="#c{number}" class="c{number}">{text}</a>'
        place = self._places.ids.get(ref.id)
        kind = words(ref.kind.replace("_", " "))
        return f'<a href="#{place}">{kind}</a>' if place else kind

    def _notes(self, ref: Ref) -> Iterator[tuple[str, str]]:
        for note in self._known.notes(ref):
            by = isolated(self._known.person(note.annotator))
            yield "note", f"{isolated(note.text)} (by {by})"

    def relations(self, relations: Iterable[Relation]) -> Iterator[str]:
        """Give the relations between what stands in articles."""
        for relation in relations:
            ends = f"{self._end(relation.source)} → {self._related(relation.target, relation)}"
            title = isolated(self._known.relation_title(relation.type))
            yield f"<li>{title}: {ends}</li>\n"

    def notes(self, notes: Iterable[Note]) -> Iterator[str]:
        """Give the notes on relations and on other notes."""
        for note in notes:
            yield f"<li>{note_markup(note, self._known, self._places.ids)}</li>\n"


def _wording(quote: str, places: list[Place]) -> str:
    first, *more = places
    told = f'<a href="#{first.id}">“{isolated(quote, first.language)}”</a>'
    others = (f'<a href="#{place.id}">{count}</a>' for count, place in enumerate(more, 2))
    return " ".join((told, *others))


def _knowledge(item: KnowledgeLink) -> str:
    shown = wikidata(item.id) if item.base == "wikidata" else isolated(item.id)
    return f"{isolated(item.base)} {shown} ({words(item.status)})"


def _attributes(said: Attributes) -> str:
    return isolated(attributes_told(said)) if said else ""


def _facts(*rows: tuple[str, str]) -> str:
    """Return a list of what is said, without what is not."""
    told = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>\n" for name, value in rows if value)
    return f"<dl>\n{told}</dl>\n" if told else ""
