"""The web page: what stands in it is what was to be written, and only that is markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings

from reader.annotation.spans import make_span
from reader.formats.document import Document
from reader.formats.registry import writer_of
from tests.formats.fixture import document, document_of, golden, written
from tests.formats.libraries import Contents, contents
from tests.formats.pages import Element, parsed, texts_of

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;\u202e\u2066\x1b[31m"


def page_of(held: Document) -> Element:
    (page,) = written(writer_of("html"), held).values()
    return parsed(page.decode())


def ids(page: Element) -> dict[str, Element]:
    found = [each for each in page.within() if "id" in each.attributes]
    named = {each.attributes["id"]: each for each in found}
    assert len(named) == len(found)
    return named


def marked(page: Element, id: str) -> str:
    """Return the words of all pieces of a mark: those like its first, in its text."""
    first = ids(page)[id]
    like = (first.attributes["class"], first.attributes.get("title"))
    found = (each for each in page.within() if each.name in ("span", "a"))
    own = (
        each
        for each in found
        if like == (each.attributes.get("class"), each.attributes.get("title"))
    )
    return "|".join(each.text() for each in own)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=contents())
def test_the_texts_of_any_articles_stand_in_the_page_as_they_are_stored(drawn: Contents) -> None:
    held = document_of(drawn)
    page = page_of(held)
    assert texts_of(page) == [article.text for article in held.articles]
    _check_links(page)


def test_the_texts_of_the_hard_cases_stand_in_the_page_as_they_are_stored() -> None:
    page = parsed(golden("html")["articles.html"].decode())
    assert texts_of(page) == [article.text for article in document().articles]
    _check_links(page)


def _check_links(page: Element) -> None:
    """Check that links lead somewhere, and that none stands in another."""
    targets = ids(page)
    for link in (each for each in page.within() if each.name == "a"):
        assert not [each for each in link.within() if each.name == "a" and each is not link]
        target = link.attributes["href"]
        if target.startswith("#"):
            assert target[1:] in targets
        else:
            assert re.match("https?://", target)
            assert link.attributes["rel"] == "noopener noreferrer"


def test_every_place_is_marked_with_its_words() -> None:
    held = document()
    page = page_of(held)
    targets = ids(page)
    for number, article in enumerate(held.articles, 1):
        for count, mention in enumerate(article.mentions, 1):
            assert f"a{number}m{count}" in targets, mention
    arabic = next(n for n, each in enumerate(held.articles, 1) if each.language == "ar")
    names = [record.id[-9:].lstrip("0") for record in held.articles[arabic - 1].mentions]
    where = {name: f"a{arabic}m{count}" for count, name in enumerate(names, 1)}
    # The name begins with the second letter of a lam-alef, which is drawn with the first.
    assert targets[where["CLITIC"]].text() == "لأ"
    assert "partly" in targets[where["CLITIC"]].classes
    assert marked(page, where["BREAK"]) == "الاتحاد|الأوروبي"
    assert targets[where["OUTER"]].text() == "باراك حسين أوباما"
    assert targets[where["HARAKAT"]].text() == "العَرَبِيَّةَ"
    assert targets[where["LAMALEF"]].text() == "لأ"
    assert "partly" in targets[where["LAMALEF"]].classes


def test_a_value_lacks_no_entity() -> None:
    held = document()
    schema = held.schema
    assert ": not linked" in "".join(each.text() for each in page_of(held).within())
    types = tuple(kind.saying("other") for kind in schema.entity_types)
    page = page_of(replace(held, schema=replace(schema, entity_types=types)))
    assert {each.text() for each in page.within() if each.name == "h3"} >= {"ORG", "LOC"}
    said = [each.text() + each.attributes.get("title", "") for each in page.within()]
    assert not any("not linked" in each for each in said)


def test_half_of_a_lam_alef_is_marked_as_part_and_the_rest_of_the_name_whole() -> None:
    held = document()
    article = next(each for each in held.articles if each.language == "ar")
    at = article.text.index("الأوروبي")
    for (start, end), pieces in {
        (at + 2, at + 3): [("لأ", True)],
        (at + 1, at + 2): [("لأ", True)],
        (at, at + 2): [("ا", False), ("لأ", True)],
        (at + 2, at + 5): [("لأ", True), ("ور", False)],
        (at + 1, at + 3): [("لأ", False)],
    }.items():
        span = make_span(article.id, article.text, [(start, end)])
        half = replace(article.mentions[0], span=span)
        changed = replace(article, mentions=(half,), attributions=(), claim_mentions=(), notes=())
        page = page_of(replace(held, articles=(changed,), relations=()))
        own = [each for each in page.within() if "m" in each.classes]
        assert [(each.text(), "partly" in each.classes) for each in own] == pieces


def test_nothing_that_anybody_wrote_is_markup() -> None:
    plain, hostile = page_of(document()), page_of(_everywhere(document(), HOSTILE))
    kinds = {each.name for each in plain.within()}
    assert {each.name for each in hostile.within()} <= kinds
    assert [each.name for each in hostile.within()].count("script") == 1
    for each in hostile.within():
        assert not [name for name in each.attributes if name.startswith("on") or name == "style"]
        assert not each.attributes.get("href", "").startswith("javascript")
    assert HOSTILE in hostile.text()


def _everywhere(value: Any, words: str) -> Any:
    """Put words in the place of all that somebody may type."""
    if is_dataclass(value) and not isinstance(value, type):
        typed = ("name", "title", "note", "gloss", "topic", "justification", "rationale", "heading")
        changed: dict[str, Any] = {}
        for field in fields(value):
            old = getattr(value, field.name)
            if field.name in typed and isinstance(old, str) and field.init:
                changed[field.name] = words
            elif isinstance(old, tuple) or is_dataclass(old):
                changed[field.name] = _everywhere(old, words)
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_everywhere(each, words) for each in value)
    return value


def test_no_control_character_reaches_a_terminal_that_shows_the_file() -> None:
    out = golden("html")["articles.html"].decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)


def test_the_page_allows_its_own_style_and_script_and_nothing_else() -> None:
    page = parsed(golden("html")["articles.html"].decode())
    (policy,) = (
        each.attributes["content"]
        for each in page.within()
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        (element,) = (each for each in page.within() if each.name == name)
        digest = base64.b64encode(hashlib.sha256(element.text().encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not [
        each for each in page.within() if {"src", "style", "srcset"} & each.attributes.keys()
    ]
    assert "url(" not in page.text() and "@import" not in page.text()


def test_the_page_can_be_walked_through_without_a_mouse() -> None:
    page = parsed(golden("html")["articles.html"].decode())
    names = [each.name for each in page.within()]
    assert [names.count(name) for name in ("h1", "main", "nav", "header")] == [1, 1, 1, 1]
    levels = list(_levels(names))
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    form = ids(page)["filter"]
    assert "hidden" in form.attributes
    for field in form.within():
        assert field.name != "select" or "name" in field.attributes


def _levels(names: list[str]) -> Iterator[int]:
    for name in names:
        if re.fullmatch("h[1-6]", name):
            yield int(name[1])
