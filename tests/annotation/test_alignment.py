"""Where words of one version stand in the next: for certain, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation.alignment import Alignment

OLD = (
    "Nix denies it\n\n"
    "Alexander Nix, the head of the firm, told the committee on Monday that he had met nobody.\n\n"
    "He said that the firm would close. He said that it would not pay.\n\n"
    "A lawyer of the firm, Julian Collins, declined to comment on the report.\n"
)


def placed(new: str, quote: str, occurrence: int = 0) -> str | None:
    """The words around where a quote of OLD is placed in a new version, the quote in brackets."""
    start = -1
    for _ in range(occurrence + 1):
        start = OLD.index(quote, start + 1)
    found = Alignment(OLD, new).place(start, start + len(quote))
    if found is None:
        return None
    first, last = found
    assert new[first:last] == quote
    return f"{new[max(0, first - 8) : first]}[{quote}]{new[last : last + 8]}"


def test_what_stands_in_what_is_unchanged_moves_with_it() -> None:
    new = OLD.replace("Nix denies it", "Updated: Nix denies it all")
    assert placed(new, "He said", 1) == " close. [He said] that it"
    assert placed(new, "Nix", 1) == "exander [Nix], the he"


def test_a_paragraph_that_moved_is_found_by_its_words_and_those_around() -> None:
    paragraphs = OLD.strip().split("\n\n")
    new = "\n\n".join([paragraphs[0], paragraphs[3], paragraphs[1], paragraphs[2]]) + "\n"
    assert placed(new, "Julian Collins") == "e firm, [Julian Collins], declin"
    assert placed(new, "He said", 1) == " close. [He said] that it"


def test_words_that_are_alone_of_their_kind_are_found_in_a_rewritten_sentence() -> None:
    new = OLD.replace(
        "Alexander Nix, the head of the firm, told the committee on Monday that he had met nobody.",
        "Speaking in June, its former boss Alexander Nix claimed otherwise.",
    )
    assert placed(new, "Alexander Nix") == "er boss [Alexander Nix] claimed"


@pytest.mark.parametrize(
    ("change", "quote"),
    [
        (("Julian Collins", "Julian Collinson"), "Julian Collins"),
        (("Julian Collins", "Julian"), "Julian Collins"),
        (("Julian Collins, declined", "another one said he"), "Julian Collins"),
        ((OLD[15:105], "Someone: he, he and he had it."), "he"),
        (("the committee", "the comm\u0301ittee"), "the comm"),
    ],
)
def test_what_is_not_certain_has_no_place(change: tuple[str, str], quote: str) -> None:
    assert change[0] in OLD
    assert placed(OLD.replace(*change), quote) is None


def test_versions_of_one_text_and_of_two() -> None:
    assert Alignment(OLD, OLD.replace("Monday", "Tuesday")).is_same
    assert Alignment("Short one, the minister said.", "Short: the minister had said.").is_same
    other = "Quite another story altogether, about rice prices, which rose in April again.\n" * 3
    assert not Alignment(OLD, other).is_same
    assert not Alignment("", "").is_same


WORDS = [f"{head}{tail}" for head in ("ab", "قد", "xy", "ما") for tail in ("il", "on", "ar", "ul")]


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, dict[int, int]]:
    """Two versions of a text of words, and where each word of the first that stayed went."""
    words = [
        f"{draw(st.sampled_from(WORDS))}{number}"
        if draw(st.booleans())
        else draw(st.sampled_from(WORDS))
        for number in range(draw(st.integers(5, 60)))
    ]
    old, new, went = "", "", {}
    for number, word in enumerate(words):
        end = draw(st.sampled_from((" ", " ", " ", "\n")))
        fate = draw(st.integers(0, 11))
        if fate == 0:
            new += draw(st.sampled_from(WORDS)) + " "
        if fate != 1:
            went[len(old)] = len(new)
            new += word + end
        old += word + end
        assert number >= 0
    return old, new, went


@settings(max_examples=50, deadline=None)
@given(edits())
def test_words_are_placed_where_they_went_or_nowhere(case: tuple[str, str, dict[int, int]]) -> None:
    old, new, went = case
    alignment = Alignment(old, new)
    for start in [0, *(i + 1 for i, char in enumerate(old[:-1]) if char in " \n")]:
        end = min(i for i in (old.find(" ", start), old.find("\n", start), len(old)) if i >= 0)
        found = alignment.place(start, end)
        if found is not None:
            assert new[slice(*found)] == old[start:end]
            # A word with a number stands once in the old version.
            if old[end - 1].isdigit():
                assert found[0] == went[start]


def test_blocks_are_in_order_and_equal() -> None:
    new = OLD.replace("on Monday ", "").replace("A lawyer", "One lawyer") + "More.\n" + OLD
    last = (0, 0)
    for block in Alignment(OLD, new).blocks:
        assert (block.old, block.new) >= last
        last = (block.old + block.length, block.new + block.length)
        assert OLD[block.old : last[0]] == new[block.new : last[1]]
