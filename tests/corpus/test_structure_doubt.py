from __future__ import annotations

import pytest

from reader.corpus.structure import Structure, find_structure
from tests.corpus.pages import check, shown


class TestDoubt:
    """When in doubt, a line is body."""

    @pytest.mark.parametrize(
        "text",
        [
            "The council met on Monday. It decided nothing.\n\nIts members will meet again.\n\n"
            'The mayor said: "We will see."',
            "Dear editor,\n\nI read your article on the council with interest. It was well "
            "written.\n\nBut you forgot the mayor. He was there too.\n\n"
            "Yours sincerely,\nJohn Smith",
            "Facebook changed its rules on Monday, it said.\n\nUsers complained about the new "
            "terms of use.\n\nCritics said that the site should change its privacy policy.",
            "Two roads diverged in a yellow wood,\nAnd sorry I could not travel both\nAnd be one "
            "traveler, long I stood\nAnd looked down one as far as I could\nTo where it bent in "
            "the undergrowth;\n\nThen took the other, as just as fair,\nAnd having perhaps the "
            "better claim,\nBecause it was grassy and wanted wear.",
            "قفا نبك من ذكرى حبيب ومنزل\nبسقط اللوى بين الدخول فحومل\nفتوضح فالمقراة لم يعف رسمها\n"
            "لما نسجتها من جنوب وشمأل",
            "Breaking news from the capital",
            "The council met on Monday.",
            "x",
            "She said the comments were read more often than the video.\n\nMost people share it.",
            "12 May 1969 was a cold day\nand nobody went out\nor so they say",
        ],
    )
    def test_nothing_is_lost(self, text: str) -> None:
        structure = find_structure(text, "und")
        assert structure.title is None
        assert shown(text, structure) == [f"B {line}" for line in text.split("\n") if line]

    def test_a_last_word_that_could_be_the_authors(self) -> None:
        paragraphs = [f"It rained in town number {n}, people said." for n in range(6)]
        for word, sign in (("Amen", "B"), ("rained", "B"), ("Goodbye.", "B"), ("slotgacor", "x")):
            text = "\n\n".join((*paragraphs, word))
            assert shown(text, find_structure(text, "en"))[-1] == f"{sign} {word}"

    def test_a_heading_that_is_a_word_of_furniture(self) -> None:
        check(
            """
            B It rained on Monday in the whole country.
            /
            B Video
            /
            B It stopped on Tuesday in the whole country.
            """,
            "en",
        )

    @pytest.mark.parametrize(
        "foot",
        [
            "Tags were removed from the animals in May",
            "See all the rooms before they close in June",
            "Critics were not impressed by the new privacy policy",
            "Live\n\nThe Beatles Tribute, Town Hall\n\nVideo\n\nOld films at the Odeon",
            "Recommended: two litres a day for adults, and one for children.",
            "Related: the cause of the first fire is still unknown.",
        ],
    )
    def test_last_lines_that_only_look_like_furniture(self, foot: str) -> None:
        text = f"It rained on Monday in the whole country.\n\n{foot}"
        assert shown(text, find_structure(text, "en")) == [
            f"B {line}" for line in text.split("\n") if line
        ]

    def test_short_lines_before_the_furniture_at_the_foot(self) -> None:
        check(
            """
            B The team won the cup on Saturday after a long match.
            /
            B Attendance: 40,112
            /
            x Related articles
            /
            x The cup in numbers
            """,
            "en",
        )

    def test_a_common_word_among_furniture_only(self) -> None:
        check(
            "B It rained on Monday.\n/\nx Share\n/\nx Read more: Rain\n/\nx Most Popular\nx a b",
            "en",
        )

    def test_a_headline_that_begins_as_a_byline_does(self) -> None:
        check(
            """
            T By Monday all was lost in the valley
            /
            D By Jane de Vries and John Doe, in London
            /
            B The valley was under water on Monday, and the people had gone.
            """,
            "en",
        )

    def test_a_page_of_nothing_but_furniture(self) -> None:
        check("x Home\nx Share\n/\nx Most Popular\nx Load more", "en")

    @pytest.mark.parametrize("text", ["", " ", "\n\u00a0\r\n\u2029"])
    def test_empty(self, text: str) -> None:
        assert find_structure(text, "en") == Structure(None, ())

    def test_a_text_of_template_tokens(self) -> None:
        assert shown("{mosads}", find_structure("{mosads}", "en")) == ["x {mosads}"]
