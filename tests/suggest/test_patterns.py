from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.annotation.schema import ValueForm
from reader.suggest.patterns import pattern_matches

REFERENCE = Path(__file__).parents[2] / "seeds" / "reference.json"


def found(text: str, language: str, form: ValueForm) -> list[str]:
    matches = pattern_matches(text, language, {form: "ANY"})
    assert all(match.names[0].type == "ANY" for match in matches)
    return [text[match.start : match.end] for match in matches]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On June 16, 2019, and 3rd of May 2020.", ["June 16, 2019", "3rd of May 2020"]),
        ("It may rain. We march on. In March, maybe in May.", ["March", "May"]),
        ("late Wednesday afternoon, last year", ["late Wednesday afternoon", "last year"]),
        ("the 1990s, early 2016, 20161 and 3201 votes", ["1990s", "early 2016"]),
        ("on 2019-06-16 or 16/06/2019", ["2019-06-16", "16/06/2019"]),
        ("Sept. 11 attacks", ["Sept. 11"]),
        (
            "in May, 2016-17 began; 2016–2017 and 2016/17",
            ["May", "2016-17", "2016–2017", "2016/17"],
        ),
        (
            "May 2016-June 2017, early 2016-17, call 2016-17-88",
            ["May 2016", "June 2017", "2016-17"],
        ),
        ("11/30/2016, 30.11.2016, 2016/11/30", ["11/30/2016", "30.11.2016", "2016/11/30"]),
        ("version 99/99/99, 1.2.3, 32/13/20 and 0/5/99", []),
    ],
)
def test_english_dates(text: str, expected: list[str]) -> None:
    assert found(text, "en", "date") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "pada tanggal 29 Juli 2016, hari Kamis (12/6)",
            ["tanggal 29 Juli 2016", "hari Kamis (12/6)"],
        ),
        (
            "bulan lalu, awal Juni 2016 dan tahun 2016",
            ["bulan lalu", "awal Juni 2016", "tahun 2016"],
        ),
    ],
)
def test_indonesian_dates(text: str, expected: list[str]) -> None:
    assert found(text, "id", "date") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("حملة ترامب لعام 2016 وفي شهر مايو الماضي", ["عام 2016", "شهر مايو الماضي"]),
        ("يوم الخميس 12 يونيو ٢٠١٦", ["يوم الخميس 12 يونيو ٢٠١٦"]),
        ("في العام الماضي وبمارس", ["العام الماضي", "مارس"]),
        ("المارسيليون والأحداث", []),
        ("في ٢٠١٦/١١/٨ أو ٨-١١-٢٠١٦ أو 8/11/2016م", ["٢٠١٦/١١/٨", "٨-١١-٢٠١٦", "8/11/2016م"]),
        ("عام ٢٠١٦م، و1438هـ", ["عام ٢٠١٦م"]),
    ],
)
def test_arabic_dates(text: str, expected: list[str]) -> None:
    assert found(text, "ar", "date") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "almost $6 million, US$5.9bn and 20 dollars",
            "en",
            ["$6 million", "US$5.9bn", "20 dollars"],
        ),
        ("$5 makes", "en", ["$5"]),
        ("sebesar $6 juta atau Rp 1,5 triliun", "id", ["$6 juta", "Rp 1,5 triliun"]),
        ("تبلغ 2.9 مليون دولار ومليوني دولار", "ar", ["2.9 مليون دولار", "مليوني دولار"]),
        ("بـ٣٫٥ مليار جنيه", "ar", ["٣٫٥ مليار جنيه"]),
        ("€ 7,50", "sv", ["€ 7,50"]),
    ],
)
def test_money(text: str, language: str, expected: list[str]) -> None:
    assert found(text, language, "money") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("22% or 3.5 percent", "en", ["22%", "3.5 percent"]),
        ("12,5 persen", "id", ["12,5 persen"]),
        ("حصة تعادل 22% و٪٢٢ و٥٫٥ في المئة", "ar", ["22%", "٪٢٢", "٥٫٥ في المئة"]),
    ],
)
def test_percentages(text: str, language: str, expected: list[str]) -> None:
    assert found(text, language, "number") == expected


def test_what_no_type_says_is_not_proposed() -> None:
    assert found("in 2016 for $6 million", "en", "other") == []


def test_nothing_is_found_where_it_is_barred() -> None:
    assert pattern_matches("in 2016 and 2017", "en", {"date": "DATE"}, [(0, 8)])[0].start == 12


def test_all_dates_and_amounts_of_the_seeds_are_found_and_nothing_else() -> None:
    """`Election Day` is the one date that its form does not show."""
    missed = []
    types: dict[ValueForm, str] = {"date": "DATE", "money": "MONEY"}
    for article in json.loads(REFERENCE.read_text("utf-8"))["articles"]:
        barred = [(r["start"], r["end"]) for r in article["roles"] if r["role"] == "boilerplate"]
        matches = pattern_matches(article["text"], article["language"], types, barred)
        marked = {
            (mention["type"], mention["start"], mention["end"])
            for mention in article["mentions"]
            if mention["type"] in types.values()
        }
        proposed = {(match.names[0].type, match.start, match.end) for match in matches}
        assert proposed <= marked
        missed += [article["text"][start:end] for _, start, end in sorted(marked - proposed)]
    assert missed == ["Election Day"]
