"""The tables, read by the csv module as a spreadsheet would."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings

from reader.formats.format import ExportOptions
from reader.formats.outgoing import Outgoing
from reader.formats.registry import writer_of
from tests.formats.fixture import document, golden
from tests.formats.libraries import id_of
from tests.records import texts


def rows(data: bytes | str) -> list[dict[str, str]]:
    text = data.decode() if isinstance(data, bytes) else data
    assert text.endswith("\r\n")
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_a_mention_is_a_row_with_its_article_and_entity() -> None:
    found = {row["mention"]: row for row in rows(golden("csv-mentions")["mentions.csv"])}
    outer = found[id_of("outer")]
    assert (outer["start"], outer["end"], outer["quote"]) == ("76", "93", "باراك حسين أوباما")
    assert (outer["entity_name"], outer["wikidata"]) == ("Barack Obama", "Q76")
    assert (outer["annotator"], outer["publisher"]) == ("سامي", "صحيفة")
    assert found[id_of("gap")]["fragments"] == "76-81 87-93"
    assert found[id_of("break")]["quote"] == "الاتحاد\r\nالأوروبي"
    assert found[id_of("smiles")]["attributes"].startswith('{"certain": true')
    assert len(found) == sum(len(article.mentions) for article in document().articles)


def test_a_claim_is_a_row_for_each_place_and_one_that_is_made_nowhere_has_one() -> None:
    said, other = rows(golden("csv-claims")["claims.csv"])
    assert (said["statement"], said["claimant_name"]) == ("Obama spoke to the UN.", "Barack Obama")
    assert (said["epistemic"], said["polarity"], said["verdict"]) == (
        *("true-uncertain", "refute", "not enough evidence"),
    )
    assert said["evidence"] == (
        "supports: “Barack Obama spoke” | context: https://example.org/ (2026-02-03) هنا"
    )
    assert (other["statement"], other["claim_mention"]) == ("أوباما لم يتحدث", "")


def written(**fields: Any) -> list[dict[str, str]]:
    """Write a table of one mention whose type says something else."""
    held = document()
    article = held.articles[-1]
    mention = replace(article.mentions[0], **fields)
    changed = replace(held, articles=(replace(article, mentions=(mention,)),))
    module = writer_of("csv-mentions")
    (file,) = module.write(Outgoing.of_document(changed), ExportOptions())
    return rows("".join(map(str, file.portions)))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str) -> None:
    (row,) = written(type=f"{sign}HYPERLINK()")
    assert row["type"] == f"'{sign}HYPERLINK()"
    (row,) = written(type=f"a{sign}b")
    assert row["type"] == f"a{sign}b"


@settings(max_examples=30)
@given(texts(max_size=12))
def test_any_words_come_back_but_for_control_characters(words: str) -> None:
    (row,) = written(type=words)
    kept = row["type"].removeprefix("'") if words[:1] in tuple("=+-@\t\r") else row["type"]
    assert kept.replace("\\u0000", "\0") == words or any(
        ord(char) < 32 or 127 <= ord(char) < 160 for char in words
    )
    assert not [c for c in row["type"] if c not in "\t\n\r" and (ord(c) < 32 or ord(c) == 0x9B)]


def test_a_mark_at_the_beginning_is_written_when_it_is_asked_for() -> None:
    module = writer_of("csv-claims")
    (file,) = module.write(Outgoing.of_document(document()), ExportOptions(bom=True))
    assert str(next(iter(file.portions))).startswith("\ufeffclaim,statement,")
