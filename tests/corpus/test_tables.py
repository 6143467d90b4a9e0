"""CSV and JSON Lines: an article in each row."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.corpus.loading import Wishes, make_article, read_manuscripts
from reader.corpus.manuscript import Manuscript
from reader.errors import ArticleError, UsageError

ENGLISH = "The minister said on Monday that the review of the file would take a week."


def rows(
    data: str | bytes, name: str = "a.csv", **columns: str
) -> tuple[list[Manuscript], list[str], list[str]]:
    """The texts, what is wrong with other rows, and what was said about columns."""
    told: list[str] = []
    raw = data if isinstance(data, bytes) else data.encode()
    found = list(read_manuscripts(raw, name, Wishes(columns=columns), told.append))
    good = [each for each in found if isinstance(each, Manuscript)]
    return good, [each.message for each in found if isinstance(each, ArticleError)], told


def refusal(data: str, name: str = "a.csv", **columns: str) -> str:
    with pytest.raises(ArticleError) as caught:
        rows(data, name, **columns)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_columns_by_their_usual_names_are_told() -> None:
    table = (
        "ID,Headline,Body,Published_Date,Link,Source,Lang\n"
        f'7,Week,"{ENGLISH}\nSecond ""line"".",2024-05-02,https://w.example/1,The Wire,en\n'
    )
    (found,), bad, told = rows("\ufeff" + table)
    assert found.text == f'{ENGLISH}\nSecond "line".'
    assert (found.title, found.published, found.publisher) == ("Week", "2024-05-02", "The Wire")
    assert (found.url, found.language, found.part) == ("https://w.example/1", "en", "#id=7")
    assert found.bom and found.tracked and not bad
    (message,) = told
    assert "text from 'Body', title from 'Headline', date from 'Published_Date'" in message
    article = make_article(found, ("a.csv#id=7",))
    assert (article.heading, article.title) == ("Week", None)


def test_columns_by_the_names_that_are_given() -> None:
    (found,), _, told = rows(f"a,b,text\n{ENGLISH},T,not this\n", text="a", title="b")
    assert (found.text, found.title) == (ENGLISH, "T")
    assert (found.part, found.tracked) == ("#line=2", False)
    assert told == []
    assert "no column 'c' for --text; it has 'a', 'b'" in refusal("a,b\n1,2\n", text="c")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    lines = (["text", "title"], [f'"{ENGLISH}{delimiter} it said; so, then"', "T"])
    (found,), bad, _ = rows("".join(delimiter.join(line) + "\r\n" for line in lines))
    assert found.text == f"{ENGLISH}{delimiter} it said; so, then"
    assert not bad


def test_the_delimiter_that_a_spreadsheet_names() -> None:
    (found,), bad, _ = rows(f'sep=;\r\ntext;title\r\n"{ENGLISH}, a, b, c";T\r\n'.encode("utf-16"))
    assert (found.text, found.title, found.part) == (f"{ENGLISH}, a, b, c", "T", "#line=3")
    assert not bad


def test_bad_rows_are_told_and_the_others_read() -> None:
    table = f'text,title\n{ENGLISH},A\nx\n" ",B\n{ENGLISH} Again.,C\n'
    good, bad, _ = rows(table)
    assert [found.title for found in good] == ["A", "C"]
    assert [message.split(": ")[1] for message in bad] == ["line 3", "line 4"]
    good, bad, _ = rows(f'text\n{ENGLISH}\n"open quote\nto the end')
    assert (len(good), len(bad)) == (1, 1)
    assert "a.csv: line 3: " in bad[0] and "repair the quotes" in bad[0]


def test_a_very_long_field() -> None:
    text = "word " * 400_000
    (found,), _, _ = rows(f"text\n{text}\n")
    assert found.text == text


def test_without_a_column_of_texts() -> None:
    assert "which column holds the text? Name it with --text" in refusal("a,b\n1,2\n")
    assert "it has 'x'" in refusal('{"x": 1}\n', "a.jsonl")
    assert "no JSON object in it" in refusal("\nnull\n", "a.jsonl")


def test_json_lines() -> None:
    lines = [
        json.dumps(
            {"meta": {"url": "https://w.example/1", "tags": ["a", "b"]}, "content": ENGLISH}
        ),
        "{",
        '["no object"]',
        "",
        json.dumps({"content": 5}),
        '{"content": "half \\ud800"}',
        json.dumps({"content": ENGLISH + " More.", "meta": None}),
        "[" * 100_000,
    ]
    good, bad, told = rows("\n".join(lines), "a.jsonl")
    assert [found.text for found in good] == [ENGLISH, ENGLISH + " More."]
    assert (good[0].url, good[0].tags, good[0].part) == (
        "https://w.example/1",
        ("a", "b"),
        "#line=1",
    )
    assert [message.split(": ")[1] for message in bad] == [f"line {n}" for n in (2, 3, 5, 6, 8)]
    assert "url from 'meta.url'" in told[0]
    assert all("\n" not in message for message in bad)


def test_a_json_array() -> None:
    good, bad, _ = rows(json.dumps([{"text": ENGLISH}, 3]), "a.json")
    assert [found.text for found in good] == [ENGLISH]
    assert bad == ["a.json: [1] is no object; it is left out"]


def test_the_language_is_a_code_or_a_column() -> None:
    table = f"text,tongue\n{ENGLISH},sw\n".encode()

    def languages(language: str) -> list[str]:
        found = read_manuscripts(table, "a.csv", Wishes(language=language))
        return [each.language for each in found if isinstance(each, Manuscript)]

    assert languages("tongue") == ["sw"]
    assert languages("fa") == ["fa"]
    with pytest.raises(UsageError, match="neither a language code nor a column"):
        languages("english")


def test_a_name_that_two_rows_have_names_none() -> None:
    found, _, _ = rows(f"id,text\n7,{ENGLISH}\n7,{ENGLISH} Again.\n")
    assert [(each.part, each.tracked) for each in found] == [("#id=7", True), ("#line=3", False)]


def test_a_row_is_known_again_by_its_bytes() -> None:
    one, two = f"{ENGLISH},A\n", f"{ENGLISH} Again.,B\n"
    before, after = rows("text,title\n" + one + two)[0], rows("text,title\n" + two + one)[0]
    assert {found.digest for found in before} == {found.digest for found in after}
    assert len({found.digest for found in before}) == 2


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=20), st.integers(0, 200), st.integers(0, 60), st.booleans())
def test_a_changed_table_is_read_or_refused_in_one_line(
    junk: bytes, start: int, cut: int, is_csv: bool
) -> None:
    row = json.dumps({"text": ENGLISH, "url": "https://w.example/1"})
    whole = f'text,url\n"{ENGLISH}",u\n"{ENGLISH}",v\n' if is_csv else f"{row}\n{row}\n"
    data = whole.encode()
    data = data[:start] + junk + data[start + cut :]
    try:
        _, bad, _ = rows(data, "a.csv" if is_csv else "a.jsonl")
    except ArticleError as error:
        bad = [error.message]
    assert all(message.startswith("a.") and "\n" not in message for message in bad)


def test_two_columns_of_one_name_are_refused_where_one_of_them_is_meant() -> None:
    said = refusal(f"id,text,text\n1,{ENGLISH},other\n")
    assert said == "a.csv: line 1: 2 columns are called 'text'; give each a name of its own"
    # Nothing is read from columns without a name, which spreadsheets write.
    good, wrong, _ = rows(f"text,,\n{ENGLISH},,\n")
    assert [each.text for each in good] == [ENGLISH]
    assert not wrong
