"""A web page as a browser would take it: its elements, their attributes, the text in them."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = ("meta", "input")


class Element:
    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.parts: list[str | Element] = []

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def within(self) -> Iterator[Element]:
        """Give it, and all elements in it."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.within()

    def text(self) -> str:
        """Return the text in it; for the sign of a control character, the character."""
        if "data-c" in self.attributes:
            return chr(int(self.attributes["data-c"], 16))
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def parsed(page: str) -> Element:
    """Return a page whose elements are all closed where they have to be."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    assert len(parser.open) == 1
    return parser.open[0]


def texts_of(page: Element) -> list[str]:
    """Return the texts of the articles."""
    return [each.text() for each in page.within() if each.name == "div" and "text" in each.classes]
