"""Entities and claims made up for the benchmarks, as many as somebody may have."""

from __future__ import annotations

import random
from collections.abc import Iterator

from reader.annotation.ids import new_id, now
from reader.annotation.model import (
    Alias,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Record,
    Ref,
    Relation,
)
from reader.annotation.spans import make_span
from reader.corpus.article import Article

_ARABIC = dict(zip("abdefghiklmnoprstuwyzjv", "ابديفغهيكلمنوبرستووييزجف", strict=False))
_STARTS = ("b", "d", "f", "k", "l", "m", "n", "r", "s", "t", "z", "sh", "kh", "j", "h", "p", "g")
_ENDS = ("n", "r", "l", "s", "m", "d", "t", "k", "", "", "b")
TYPES = ("PER", "PER", "ORG", "LOC")


def word(chance: random.Random) -> str:
    """A made-up name of two or three syllables, in Latin letters."""
    parts = (
        chance.choice(_STARTS) + chance.choice("aeiou") + chance.choice(_ENDS)
        for _ in range(chance.randint(2, 3))
    )
    return "".join(parts).capitalize()


def in_arabic(name: str) -> str:
    """A Latin name in Arabic letters, as an editor might write it."""
    plain = name.lower().replace("sh", "ش").replace("kh", "خ")
    return "".join(_ARABIC.get(letter, letter) for letter in plain)


def entities(chance: random.Random, count: int, who: str) -> list[Entity]:
    """Entities with three other names each: in Arabic letters, shortened, and misspelt."""
    first = [word(chance) for _ in range(1500)]
    last = [word(chance) for _ in range(6000)]
    return [_entity(chance, chance.choice(first), chance.choice(last), who) for _ in range(count)]


def _entity(chance: random.Random, first: str, last: str, who: str) -> Entity:
    name, moment = f"{first} {last}", now()
    aliases = (
        Alias(in_arabic(name), "ar", "Arabic"),
        Alias(f"{first[0]}. {last}", "en", "Latin"),
        Alias(f"{first} {chance.choice('aeiou')}{last}", "en", "Latin"),
    )
    type = chance.choice(TYPES)
    return Entity(new_id(), type, name, moment, who, moment, who, aliases=aliases)


def mentions(
    chance: random.Random, articles: list[Article], known: list[Entity], count: int, who: str
) -> Iterator[Mention]:
    """Mentions of some entities, anywhere in some articles."""
    moment = now()
    for _ in range(count):
        article, entity = chance.choice(articles), chance.choice(known)
        start = chance.randrange(len(article.text) - 12)
        span = make_span(article.id, article.text, [(start, start + 10)])
        yield Mention(new_id(), span, entity.type, who, moment, moment, entity=entity.id)


def claims(
    chance: random.Random, articles: list[Article], known: list[Entity], count: int, who: str
) -> Iterator[Record]:
    """Claims, each made once or twice, some related."""
    moment, made = now(), list[Claim]()
    topics = [word(chance).lower() for _ in range(60)]
    for number in range(count):
        text = f"{' '.join(word(chance).lower() for _ in range(9))} {number}"
        claim = Claim(new_id(), text, "en", moment, who, moment, who, topic=chance.choice(topics))
        made.append(claim)
        yield claim
        for _ in range(chance.randint(1, 2)):
            article = chance.choice(articles)
            start = chance.randrange(len(article.text) - 40)
            span = make_span(article.id, article.text, [(start, start + 30)])
            claimant = chance.choice(known).id
            yield ClaimMention(
                new_id(), span, who, moment, moment, claim=claim.id, claimant=claimant
            )
    for _ in range(count // 20):
        one, other = chance.sample(made, 2)
        kind = chance.choice(("same as", "refutes", "supports"))
        ends = Ref("claim", one.id), Ref("claim", other.id)
        yield Relation(new_id(), kind, *ends, who, moment, moment)
