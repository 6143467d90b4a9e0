"""A web page that stands alone: articles as they read, with lists of entities and claims.

It loads nothing and sends nothing: its policy allows its own style and script and
no other, and all that anybody wrote is text. Without the script it lacks the
filter, and an entity does not light its places.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reader.annotation.model import Note, Relation
from reader.formats.format import ExportOptions, File, Format
from reader.formats.html_articles import ArticleMarkup, Places
from reader.formats.html_lists import Lists
from reader.formats.html_markup import attribute, isolated
from reader.formats.outgoing import Outgoing
from reader.formats.report import Heading, Known, heading, language_name

_ABOUT_THE_FILE = "it tells how the text was read, which is of the library"
_SIGNED = "a page names the annotator, and no time"
FORMAT = Format(
    name="html",
    title="Web page to read and print",
    suffixes=(".html",),
    media="text/html",
    offsets="none",
    reads=False,
    lacks=(
        ("*.id", "a page links its own places"),
        *((f"*.{name}", _SIGNED) for name in ("created", "created_by", "updated", "updated_by")),
        ("*.origin", "a page shows what is marked, not how it came about"),
        ("article.encoding", _ABOUT_THE_FILE),
        ("article.bom", _ABOUT_THE_FILE),
        ("article.source_sha256", _ABOUT_THE_FILE),
        ("article.language_confidence", _ABOUT_THE_FILE),
        ("article.language_method", _ABOUT_THE_FILE),
        ("article.title", "the headline is shown, without its place"),
        ("article.roles", "parts look different, and are not named"),
        ("article.added", _SIGNED),
        ("article.replaces", "a page has no versions"),
        ("article.removed", "a page shows it like any other"),
        ("claim.evidence", "its words are there, without their place"),
        ("annotator.id", "a page has the name alone"),
        ("suggestion", "it is no annotation yet"),
        ("refusal", "it is no annotation"),
        ("entity_type", "a page has the name and the colour alone"),
        ("relation_type", "a page has the title alone"),
        ("attribute", "a page has the name alone"),
    ),
    notes="One file for any browser, without a network. It is not read: it is for people.",
)
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_NO_COLOUR = "#888888"


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write one page, one article after the other."""
    yield File("articles.html", _page(outgoing))


def _page(outgoing: Outgoing) -> Iterator[str]:
    known, places = Known(outgoing), Places()
    headings = [heading(data) for data, _ in outgoing.articles.encoded()]
    languages = {code: n for n, code in enumerate(dict.fromkeys(h.language for h in headings))}
    yield from _head(known)
    yield from _contents(headings, known)
    yield from _controls(known, languages)
    yield '<main id="main">\n<section aria-labelledby="articles">\n'
    yield '<h2 id="articles">Articles</h2>\n'
    yield from _legend(known)
    for number, (data, title) in enumerate(zip(outgoing.articles, headings, strict=True), 1):
        language = languages[title.language]
        yield from ArticleMarkup(data, number, title, language, known, places)
    yield "</section>\n"
    yield from _lists(outgoing, Lists(known, places, languages))
    yield f"</main>\n<script>{_asset('page.js')}</script>\n</body>\n</html>\n"


def _lists(outgoing: Outgoing, lists: Lists) -> Iterator[str]:
    yield from _section("entities", "Entities", lists.entities())
    yield from _section("claims", "Claims", lists.claims())
    between = (each for each in outgoing.relations if _is_in_articles(each))
    yield from _listed("relations", "Relations", lists.relations(between))
    further = (note for note in outgoing.notes if not _is_with_its_subject(note))
    yield from _listed("notes", "Notes", lists.notes(further))


def _is_in_articles(relation: Relation) -> bool:
    """Tell whether a relation is between places alone; others are listed at their ends."""
    return not {relation.source.kind, relation.target.kind} & {"entity", "claim"}


def _is_with_its_subject(note: Note) -> bool:
    return note.on.kind in ("entity", "claim")


def _section(id: str, title: str, content: Iterator[str]) -> Iterator[str]:
    first = next(content, None)
    if first is not None:
        yield f'<section aria-labelledby="{id}">\n<h2 id="{id}">{title}</h2>\n{first}'
        yield from content
        yield "</section>\n"


def _listed(id: str, title: str, content: Iterator[str]) -> Iterator[str]:
    first = next(content, None)
    if first is not None:
        items = iter((f"<ul>\n{first}", *content, "</ul>\n"))
        yield from _section(id, title, items)


def _head(known: Known) -> Iterator[str]:
    style, script = _style(known), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        "<title>Articles, entities and claims</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">To the articles</a>\n'
    )


def _contents(headings: list[Heading], known: Known) -> Iterator[str]:
    yield "<header>\n<h1>Articles, entities and claims</h1>\n</header>\n"
    yield '<nav aria-label="Contents">\n<ol>\n'
    for number, title in enumerate(headings, 1):
        shown = isolated(title.title, title.language)
        language = isolated(language_name(title.language))
        yield f'<li><a href="#a{number}">{shown}</a> <small>{language}</small></li>\n'
    yield "</ol>\n<p>"
    lists = (("entities", "Entities", known.listed), ("claims", "Claims", known.numbers))
    yield " · ".join(f'<a href="#{id}">{name}</a>: {len(own)}' for id, name, own in lists if own)
    yield "</p>\n</nav>\n"


def _controls(known: Known, languages: dict[str, int]) -> Iterator[str]:
    """Give the switches, which need no script, and the filter, which the script shows."""
    modes = "".join(
        f'<label><input type="radio" name="mode" id="{id}"{checked}>{name}</label> '
        for id, name, checked in (
            *(("auto", "as the system", " checked"), ("light", "light", ""), ("dark", "dark", "")),
        )
    )
    yield f'<div class="controls">\n<fieldset><legend>Colours</legend>{modes}</fieldset>\n'
    yield '<label><input type="checkbox" id="labels" checked>type after each mention</label>\n'
    yield "</div>\n"
    types = [(f"t{n}", kind.name) for n, kind in enumerate(known.schema.entity_types)]
    entities = [(f"e{n}", known.entities[id].name) for id, n in known.listed.items()]
    people = [(f"n{n}", name) for n, name in known.people.values()]
    spoken = [(f"g{n}", language_name(code)) for code, n in languages.items()]
    yield '<form id="filter" class="controls" role="search" aria-label="Filter" hidden>\n'
    yield _choice("type", "Type", [*types, ("k", "claims"), ("q", "attributions")])
    yield _choice("entity", "Entity", entities)
    yield _choice("language", "Language", spoken)
    yield _choice("person", "Annotator", people)
    yield '<label>Words <input type="search" name="typed" dir="auto" autocomplete="off"></label>\n'
    yield '<button type="reset">Show all</button>\n<output name="count"></output>\n</form>\n'


def _choice(name: str, title: str, values: list[tuple[str, str]]) -> str:
    options = "".join(f'<option value="{id}">{attribute(text)}</option>' for id, text in values)
    options = f'<option value="">all</option>{options}'
    return f'<label>{title} <select name="{name}">{options}</select></label>\n'


def _legend(known: Known) -> Iterator[str]:
    yield '<ul class="legend">\n'
    for number, kind in enumerate(known.schema.entity_types):
        tag = f'<span class="tag t{number}">{isolated(kind.name)}</span>'
        yield f"<li>{tag} {isolated(kind.title)}</li>\n"
    yield (
        '<li><span class="claim">claim</span></li>\n'
        '<li><span class="source">source</span>, <span class="cue">cue</span> and '
        '<span class="content">content</span> of an attribution</li>\n'
        '<li><span class="partly">part of what is drawn as one letter</span></li>\n</ul>\n'
    )


@cache
def _asset(name: str) -> str:
    return (Path(__file__).with_name("page") / name).read_text(encoding="utf-8")


def _style(known: Known) -> str:
    types = enumerate(known.schema.entity_types)
    colours = "".join(
        f".t{n} {{ --c: {kind.colour if _COLOUR.fullmatch(kind.colour) else _NO_COLOUR}; }}\n"
        for n, kind in types
    )
    return f"\n{_asset('page.css')}.tx {{ --c: {_NO_COLOUR}; }}\n{colours}"


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
