"""Columns of words and tags in the schemes and layouts that are about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reader.errors import FormatError
from reader.formats.document import ArticleData, from_article
from reader.formats.format import Read
from reader.formats.incoming import Wishes
from reader.formats.registry import reader_of, recognise, writer_of
from reader.formats.source import part_of
from reader.store.library import Library
from tests.formats.fixture import document, golden, imported, read, taken_in, written
from tests.formats.libraries import ARABIC, arabic_article
from tests.records import make_article

CONLL = reader_of("conll2003")
EU = "EU rejects German call to boycott British lamb."


def reads(text: str, *known: ArticleData, name: str = "a.conll") -> list[Read]:
    return read(CONLL, {name: text.encode()}, known)


def marked(found: Read) -> list[tuple[str, str]]:
    (article,) = found.document.articles
    return [(mention.type, mention.span.quote) for mention in article.mentions]


def column(*tags: str) -> str:
    return "".join(f"w{i} {tag}\n" for i, tag in enumerate(tags))


@pytest.mark.parametrize(
    ("tags", "wanted"),
    [
        # IOB1: B- only where two of a type touch; I- after another type begins one.
        (["I-PER", "I-PER", "B-PER", "I-ORG", "O", "I-ORG"], ["0-1", "2", "3", "5"]),
        # IOB2.
        (["B-PER", "I-PER", "B-PER", "B-ORG", "O", "B-ORG"], ["0-1", "2", "3", "5"]),
        # BIOES and BILOU.
        (["B-PER", "E-PER", "S-PER", "S-ORG", "O", "S-ORG"], ["0-1", "2", "3", "5"]),
        (["B-PER", "L-PER", "U-PER", "U-ORG", "O", "U-ORG"], ["0-1", "2", "3", "5"]),
        # What has ended does not go on.
        (["B-PER", "E-PER", "I-PER", "I-PER", "O", "O"], ["0-1", "2-3"]),
    ],
)
def test_every_scheme_of_tags_is_read(tags: list[str], wanted: list[str]) -> None:
    places = [pair.split("-") for pair in wanted]
    words = [" ".join(f"w{i}" for i in range(int(p[0]), int(p[-1]) + 1)) for p in places]
    (found, _) = reads(column(*tags))
    assert [quote for _, quote in marked(found)] == words


def test_several_tags_to_a_word_are_nested_mentions_whatever_their_order() -> None:
    # As in Wojood; the second word is in two of one type.
    rows = ["a B-ORG B-OCC", "b I-OCC I-ORG B-ORG", "c I-ORG I-ORG B-GPE", "d O", "e I-ORG"]
    (found, _) = reads("\n".join(rows))
    assert sorted(marked(found)) == [
        ("GPE", "c"),
        ("OCC", "a b"),
        ("ORG", "a b c"),
        ("ORG", "b c"),
        ("ORG", "e"),
    ]


def test_documents_and_sentences_end_mentions_and_become_texts() -> None:
    rows = [
        *("-DOCSTART- -X- -X- O", ""),
        *("EU NNP B-NP B-ORG", "", "rejects VBZ B-VP I-ORG", "", ""),
        *("-DOCSTART- -X- O O", "", "Bonn NNP B-NP B-LOC", ""),
    ]
    one, two, told = reads("\r\n".join(rows))
    assert one.document.articles[0].text == "EU\nrejects"
    assert marked(one) == [("ORG", "EU"), ("ORG", "rejects")]
    assert marked(two) == [("LOC", "Bonn")]
    assert told.notices[0].startswith("2 texts were built of the words, with a blank between")


def test_words_are_looked_for_in_the_article_that_the_file_is_named_by() -> None:
    known = from_article(make_article("«EU»  rejects\r\n\u200fEU (Bonn)."), ())
    rows = ["`` O", "EU B-ORG", "» O", "rejects O", "EU B-ORG", "-LRB- O", "Bonn B-LOC"]
    text = "\n".join([*rows, "-RRB- O", ". O"]).replace("``", "«")
    (found,) = reads(text, known, name=f"{known.id}.conll")
    spans = [mention.span for mention in found.document.articles[0].mentions]
    assert [(span.start, span.quote) for span in spans] == [(1, "EU"), (16, "EU"), (20, "Bonn")]
    assert found.notices == ()


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["EU B-ORG", "call O"], "line 2: “call” does not follow in the text of .* “rejects"),
        (["EU B-ORG"], "line 1: after it the words end, but the text of .* goes on with “rejects"),
        (["EU rejects"], "line 1: “rejects” is no tag"),
        (["EU B-ORG", "rejects"], "line 2: “rejects” has no tag"),
        (["EU NNP O", "x y z O"], "line 2: 4 columns, but those before have 3"),
        ([f"{word} B-7" for word in EU.split()], "line 1: the label '7' has no letter"),
        (["-DOCSTART- -X- O O"], "there is no word in it"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(rows: list[str], wrong: str) -> None:
    known = from_article(make_article(EU), ())
    with pytest.raises(FormatError, match=wrong) as caught:
        reads("\n".join(rows), known, name=f"{known.id}.conll")
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith(known.id)


def test_labels_are_mapped_and_types_with_blanks_are_known_again(tmp_path: Path) -> None:
    text = "Mona B-PERS\nLisa I-PERS\npainted O\nher B-Work_of_art\n"
    files = {"a.bio": text.encode()}
    taken = taken_in(
        tmp_path / "a.db", files, Wishes(labels={"PERS": "PER", "Work_of_art": "WORK"})
    )
    assert taken.counts.articles == 1
    with Library(tmp_path / "a.db") as library:
        (entry,) = library.articles.listed("")
        assert {record.type for record in library.records.within(entry.id)} == {"PER", "WORK"}  # type: ignore[union-attr]
    # The text that was built is there now, and the file says nothing new.
    assert (
        taken_in(
            tmp_path / "a.db", files, Wishes(labels={"PERS": "PER", "Work_of_art": "WORK"})
        ).counts.records
        == 0
    )


@pytest.mark.parametrize(
    ("name", "text", "is_one"),
    [
        ("train.txt", "-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\n", True),
        ("val.txt", "العربية I-OCC I-ORG\n. O\n", True),
        ("a.conll", "EU\tB-ORG\n", True),
        ("a.txt", "Press O\nThe end of it\n", False),
        ("a.txt", "", False),
        ("a.ann", "EU B-ORG\n", False),
    ],
)
def test_a_file_is_recognised_by_its_first_lines(name: str, text: str, is_one: bool) -> None:
    assert CONLL.recognises(part_of(name, text.encode())) is is_one


def test_the_longest_of_overlapping_mentions_is_written_in_one_sentence() -> None:
    lines = golden("conll2003")[f"{arabic_article().id}.conll"].decode().split("\n")
    # The mention over a line end keeps its sentence in one piece.
    at = lines.index("الاتحاد _ _ B-ORG")
    assert lines[at + 1] == "الأوروبي _ _ I-ORG"
    assert "حسين _ _ I-PER" in lines and "ل _ _ B-OTHER" in lines and "أوباما _ _ B-PER" in lines
    assert ARABIC.split()[0] + " _ _ O" == lines[2]


def test_a_mention_of_every_word_comes_back(tmp_path: Path) -> None:
    held = document()
    files = written(writer_of("conll2003"), held)
    found: Any = [
        each for one in read(CONLL, files, held.articles) for each in one.document.articles
    ]
    assert sum(len(article.mentions) for article in found) == sum(
        data.count(b" B-") for data in files.values()
    )
    assert recognise([part_of(n, d) for n, d in files.items()], "x").unknown == ()
    assert imported(tmp_path / "a.db", {"b.conll": b"A B-PER\n"}).counts.articles == 1
