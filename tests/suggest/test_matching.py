from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.corpus.article import Article
from reader.corpus.loading import load_article
from reader.suggest.matching import Matcher
from reader.suggest.names import Name
from reader.text.fold import find_all

SEEDS = Path(__file__).parents[2] / "seeds"
INDONESIAN, ENGLISH, ARABIC = sorted(SEEDS.glob("*.txt"))


def found(text: str, *names: str) -> list[str]:
    matches = Matcher(Name(name, "ORG") for name in names).matches(text)
    return [text[match.start : match.end] for match in matches]


def proposed(path: Path, *names: str, everywhere: bool = False) -> int:
    article = load_article(path.read_bytes(), path.name)
    barred = () if everywhere else boilerplate(article)
    return len(Matcher(Name(name, "ORG") for name in names).matches(article.text, barred))


def boilerplate(article: Article) -> list[tuple[int, int]]:
    return [(part.start, part.end) for part in article.roles if part.role == "boilerplate"]


# Counted by hand in the three files.
@pytest.mark.parametrize(
    ("path", "names", "in_file", "in_text"),
    [
        (INDONESIAN, ("Cambridge Analytica",), 9, 8),
        (ENGLISH, ("Cambridge Analytica",), 18, 18),
        (ENGLISH, ("Cambridge Analytica", "Cambridge"), 20, 20),
        (ARABIC, ("كامبريدج أناليتيكا",), 13, 12),
        (ARABIC, ("داتا بروبريا",), 9, 9),
        (ARABIC, ("أسوشيتد برس",), 6, 6),
        (ARABIC, ("اللجنة الوطنية الجمهورية",), 2, 2),
    ],
)
def test_every_occurrence_in_the_seeds_is_found_and_nothing_else(
    path: Path, names: tuple[str, ...], in_file: int, in_text: int
) -> None:
    assert proposed(path, *names, everywhere=True) == in_file
    assert proposed(path, *names) == in_text


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ('الأم لـ"داتا بروبريا"، التي', "داتا بروبريا", ["داتا بروبريا"]),
        ("وبارسكيل لأسوشيتد برس، إنه", "أسوشيتد برس", ["أسوشيتد برس"]),
        ("أصيب بالفيروس أمس", "فيروس", ["فيروس"]),
        ("أصيب بالفيروس أمس", "الفيروس", ["الفيروس"]),
        ("عرض للجنة الوطنية", "اللجنة الوطنية", ["لجنة الوطنية"]),
        ("عرض للجنة الوطنية", "لجنة الوطنية", ["لجنة الوطنية"]),
        ("وللكويت دور", "الكويت", ["لكويت"]),
        ("قال وبارسكيلُ", "بارسكيل", ["بارسكيلُ"]),
        ("كـترامب", "ترامب", ["ترامب"]),
        ("الترامبية وترامبي", "ترامب", []),
        ("على الأرض مع علي وعلي", "علي", ["علي", "علي"]),
        ("وليد وولي", "ليد", ["ليد"]),
        ("لي ولي", "لي", ["لي"]),
        ("جنة للجنة", "اللجنة", ["لجنة"]),
        ("لجنة", "اللجنة", []),
    ],
)
def test_particles_are_left_out_and_longer_words_left_alone(
    text: str, name: str, expected: list[str]
) -> None:
    assert found(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Trump’s trumpet, TRUMP trump", "Trump", ["Trump", "TRUMP"]),
        ("trump.com www.x.com/Trump @Trump #Trump", "Trump", ["Trump"]),
        ("us US U.S.", "US", ["US"]),
        ("O’Brien d’Assange", "Brien", []),
        ("O’Brien d’Assange", "Assange", ["Assange"]),
        ("O'Brien", "O’Brien", ["O'Brien"]),
        ("New\u00a0 York\nNew\nYork", "New York", ["New\u00a0 York"]),
        ("The end. Trump", "Trump", ["Trump"]),
        ("Zoë Quinn and Zoe\u0308 Quinn", "Zoë Quinn", ["Zoë Quinn", "Zoe\u0308 Quinn"]),
        ("", "Trump", []),
        ("Trump", " ", []),
        ("中国和美国的关系", "美国", ["美国"]),
    ],
)
def test_names_are_words_as_people_spell_them(text: str, name: str, expected: list[str]) -> None:
    assert found(text, name) == expected


def test_the_longest_of_overlapping_names_wins() -> None:
    names = ("Trump", "Trump Tower", "Tower Hamlets Council")
    assert found("Trump Tower Hamlets Council", *names) == ["Trump", "Tower Hamlets Council"]
    assert found("Trump Tower", *names) == ["Trump Tower"]


def test_names_of_several_entities_on_one_place_are_one_match() -> None:
    bill, hillary = Name("Clinton", "PER", "bill"), Name("CLINTON", "PER", "hillary")
    (match,) = Matcher([bill, hillary]).matches("CLINTON")
    assert match.names == (bill, hillary)


def test_no_names_find_nothing() -> None:
    assert Matcher([]).matches("Trump") == []


_WORDS = st.lists(st.sampled_from(["Abu", "Dhabi", "Ab", "ترامب", "برس"]), min_size=1, max_size=3)
_TEXTS = st.lists(
    st.sampled_from(
        ["Abu", "Dhabi", "Ab", "ترامب", "برس", " ", "\u00a0", ",", "ـ", "ُ", "\n", "\t"]
    ),
    max_size=20,
).map("".join)


@given(_TEXTS, st.lists(_WORDS.map(" ".join), max_size=4))
def test_matches_are_disjoint_in_order_and_found_by_search_too(text: str, names: list[str]) -> None:
    matches = Matcher(Name(name, "ORG") for name in names).matches(text)
    for one, other in pairwise(matches):
        assert one.end <= other.start
    searched = {place for name in names for place in find_all(text, name)}
    assert {(match.start, match.end) for match in matches} <= searched


@given(_TEXTS, st.lists(_WORDS.map(" ".join), min_size=1, max_size=4))
def test_a_name_of_its_own_line_is_always_found(text: str, names: list[str]) -> None:
    longest = max(names, key=len)
    text = f"{text}\n{longest}"
    matches = Matcher(Name(name, "ORG") for name in names).matches(text)
    assert text[matches[-1].start : matches[-1].end] == longest
