"""The page as a browser shows it: the order of the letters, their joining, what is lit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.annotation.attributes import Attributes
from reader.annotation.model import Mention, Record
from reader.formats.document import Document, from_article
from reader.formats.registry import writer_of
from reader.text.layout import layout_paragraph
from tests.formats.chromium import NAME, Chromium
from tests.formats.fixture import document, written
from tests.formats.libraries import KIM, TIME, at, id_of
from tests.records import make_article

pytestmark = pytest.mark.skipif(not NAME, reason="no Chromium here, so no page is looked at")

MIXED = (
    "قال Donald Trump (الرئيس الـ45) إن 50% من 1,234.56 دولارًا دُفعت في 2016-11-08، أي 10:30.\n"
    'BBC News قالت: «نعم» و\u200f(لا) — ثم [كتبت] "COVID-19"؛ والأمم المتحدة '
    "لا تعلم لأنّها لم تُسأل.\n"
    "Facebook and the مؤسسة النقد said 3 الملايين, no more than that is known of it.\n"
    "می\u200cخواهم ۱۲٫۵ کتاب‌ها را \u2067שלום abc\u2069 بخوانم.\n"
)
WORDS = (
    *(("Donald Trump", "PER"), ("الرئيس", "PER"), ("50%", "NUMBER"), ("1,234.56", "MONEY")),
    *(("2016-11-08", "DATE"), ("10:30", "DATE"), ("BBC News", "ORG"), ("COVID-19", "OTHER")),
    *(("أمم", "ORG"), ("متحدة", "ORG"), ("تعل", "OTHER"), ("نّه", "OTHER"), ("ها", "OTHER")),
    *(("مؤسسة النقد", "ORG"), ("النقد said", "OTHER"), ("3", "NUMBER"), ("خواهم", "OTHER")),
    *(("۱۲٫۵", "NUMBER"), ("תשלום"[1:], "OTHER"), ("خوا", "OTHER"), ("كتبت", "OTHER")),
)
SIGNS = frozenset("\u241b\u2400\u2028")
"""Of a paragraph with control characters, which are drawn as signs, or with a line separator."""
MEASURE = """
(() => [...document.querySelectorAll(".text > p")].map((line) => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("[hidden]")) continue;
    let at = 0;
    for (const letter of node.data) {
      range.setStart(node, at);
      range.setEnd(node, at += letter.length);
      const box = range.getBoundingClientRect();
      found.push([box.left, box.right, box.top]);
    }
  }
  return {dir: line.dir, boxes: found, text: [...line.childNodes].filter((n) => !n.hidden)
    .map((n) => n.textContent).join("")};
}))()
"""
PLAIN = """
for (const line of document.querySelectorAll(".text > p")) {
  const ends = [...line.querySelectorAll("[hidden]")];
  for (const end of ends) end.remove();
  line.textContent = line.textContent;
}
"""
AS_ONE_ROW = """
document.getElementById("labels").checked = LABELS;
document.styleSheets[0].insertRule(".text { white-space: pre !important; max-width: none; }");
document.styleSheets[0].insertRule("article { content-visibility: visible !important; }");
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "articles.html"
    (data,) = written(writer_of("html"), shown()).values()
    path.write_bytes(data)
    return path


def shown() -> Document:
    """Return the hard cases, and an article in several scripts with a mention in every place."""
    held = document()
    mixed = make_article(MIXED, "ar", added="2026-01-04T00:00:00Z")
    own: list[Record] = []
    for count, (words, kind) in enumerate(WORDS):
        span, entity = at(mixed, words), id_of("obama") if kind == "PER" else None
        mention = Mention(id_of(f"M{count}"), span, kind, KIM.id, TIME, TIME, entity=entity)
        own.append(replace(mention, attributes=Attributes.of({"number": count})))
    return replace(held, articles=(*held.articles, from_article(mixed, tuple(own))))


def lines(browser: Chromium, page: Path, labels: bool) -> list[dict[str, Any]]:
    """Measure the letters of each paragraph, which is given one row."""
    browser.size(4000, 900)
    browser.open(page)
    browser.run(AS_ONE_ROW.replace("LABELS", str(labels).lower()))
    found: list[dict[str, Any]] = browser.run(MEASURE)
    return found


def test_letters_stand_in_the_order_of_our_own_layout(browser: Chromium, page: Path) -> None:
    found = lines(browser, page, labels=True)
    assert len(found) > len(MIXED.splitlines())
    compared = 0
    for line in found:
        text, boxes = line["text"], line["boxes"]
        assert len(text) == len(boxes)
        if not SIGNS.isdisjoint(text):
            continue
        (row,) = layout_paragraph(text, 10_000, int(line["dir"] == "rtl")).lines
        places = []
        for cell in row.cells:
            own = [box for box in boxes[cell.start : cell.end] if box[1] - box[0] > 0.5]
            if own and text[cell.start].isprintable() and not text[cell.start].isspace():
                places.append((min(box[0] for box in own), cell.start))
        assert len(places) > 5
        ordered = sorted(places)
        assert [at for _, at in ordered] == [at for _, at in places], text
        compared += 1
    assert compared > len(MIXED.splitlines())


def test_marks_cut_no_joined_letters(browser: Chromium, page: Path) -> None:
    marked = lines(browser, page, labels=False)
    browser.run(PLAIN)
    plain: list[dict[str, Any]] = browser.run(MEASURE)
    assert [line["text"] for line in plain] == [line["text"] for line in marked]
    compared = 0
    for before, after in zip(plain, marked, strict=True):
        if not SIGNS.isdisjoint(before["text"]):
            continue
        ends = (min(b[0] for b in before["boxes"]), max(b[1] for b in before["boxes"]))
        drawn = (min(b[0] for b in after["boxes"]), max(b[1] for b in after["boxes"]))
        assert drawn == pytest.approx(ends, abs=0.6), before["text"]
        compared += 1
    assert compared > 5


def test_marks_lie_under_their_own_letters(browser: Chromium, page: Path) -> None:
    found = lines(browser, page, labels=True)
    text = MIXED.splitlines()
    own = found[-len(text) :]
    for count, (words, _) in enumerate(WORDS):
        number = next(n for n, line in enumerate(text) if words in line)
        start = text[number].index(words)
        boxes = own[number]["boxes"][start : start + len(words)]
        pieces = browser.run(
            f"[...document.querySelectorAll('[title*=\"number: {count}\\u2069\"]')]"
            ".flatMap((mark) => [...mark.getClientRects()].map((box) => [box.left, box.right]))"
        )
        for left, right, _ in boxes:
            middle = (left + right) / 2
            assert any(a - 0.6 <= middle <= b + 0.6 for a, b in pieces), (words, pieces, left)


def test_what_the_page_says_to_those_who_look(browser: Chromium, page: Path) -> None:
    browser.size(1100, 900)
    browser.open(page)
    said = [event for event in browser.events if event.get("method") == "Log.entryAdded"]
    assert said == []
    asked = [event["params"]["request"]["url"] for event in browser.events if _asks(event)]
    assert asked == [page.as_uri()]
    assert browser.run("!document.getElementById('filter').hidden")
    # One entity, named in several languages: all its places light up together.
    browser.run("document.querySelector('.text a.e1').focus()")
    lit = "[...document.querySelectorAll('.text .lit')]"
    assert browser.run(f"new Set({lit}.map((mark) => mark.closest('article').id)).size") == 4
    choose = (
        "((name, value) => { const form = document.getElementById('filter');"
        "form.elements[name].value = value;"
        "form.dispatchEvent(new Event('input')); return form.elements.count.value; })"
    )
    assert browser.run(f"{choose}('language', 'g2')").split()[0] != "0"
    assert (
        browser.run("[...document.querySelectorAll('article')].filter((a) => !a.hidden).length")
        == 1
    )
    browser.run(f"{choose}('language', '')")
    browser.run(f"{choose}('typed', 'اوباما')")
    names = (
        "[...document.querySelectorAll('[id^=e]')].filter((e) => e.matches('.row') && !e.hidden)"
    )
    assert browser.run(f"{names}.map((e) => e.id)") == ["e1"]
    browser.run("document.querySelector('#filter button').click()")
    assert browser.run(f"{choose}('type', 't5')").split()[0] != "0"
    others = "[...document.querySelectorAll('.text .m:not(.off, .t5)')].length"
    assert browser.run(others) == 0


def _asks(event: dict[str, Any]) -> bool:
    return event.get("method") == "Network.requestWillBeSent"


def test_light_dark_narrow_and_on_paper(browser: Chromium, page: Path, tmp_path: Path) -> None:
    folder = Path(os.environ.get("PAGE_PICTURES", tmp_path))
    browser.size(1000, 1400)
    browser.prefers("light")
    browser.open(page)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = browser.run(ground), browser.picture(folder / "light.png")
    browser.prefers("dark")
    dark = browser.run(ground), browser.picture(folder / "dark.png")
    assert light[0] != dark[0] and light[1] != dark[1]
    browser.run("document.getElementById('light').click()")
    assert browser.run(ground) == light[0]
    browser.run("document.getElementById('auto').click()")
    browser.size(360, 800)
    assert browser.run("document.scrollingElement.scrollWidth") <= 360
    browser.picture(folder / "narrow.png")
    printed = browser.pdf(folder / "page.pdf")
    assert printed.startswith(b"%PDF") and len(printed) > 10_000
