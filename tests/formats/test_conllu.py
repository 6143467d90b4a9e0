"""CoNLL-U as treebanks and corpora of coreference have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import FormatError
from reader.formats.conllu_lines import spoken, written
from reader.formats.document import ArticleData, from_article
from reader.formats.format import Read
from reader.formats.incoming import Wishes
from reader.formats.registry import reader_of, recognise
from reader.formats.source import part_of
from reader.store.library import Library
from tests.formats.fixture import golden, read, taken_in
from tests.formats.libraries import ARABIC, arabic_article
from tests.records import make_article

CONLLU = reader_of("conllu")
COREFUD = "# global.Entity = eid-etype-head-other"


def row(id: str, form: str, misc: str = "_", upos: str = "_") -> str:
    return "\t".join((id, form, "_", upos, "_", "_", "_", "_", "_", misc))


def reads(*lines: str, known: tuple[ArticleData, ...] = ()) -> list[Read]:
    return read(CONLLU, {"a.conllu": "\n".join(lines).encode()}, known)


def text_of(found: Read) -> str:
    (article,) = found.document.articles
    return article.text


def marked(found: Read) -> list[tuple[str, str]]:
    (article,) = found.document.articles
    return [(mention.type, "…".join(mention.span.quotes)) for mention in article.mentions]


ARABIC_TREE = (
    "# newdoc id = n01001",
    "# sent_id = n01001011",
    "# text = قال للأمم إن وزيره غائب.",
    row("1", "قال", upos="VERB"),
    row("2-3", "للأمم"),
    row("2", "ل", upos="ADP"),
    row("3", "الأمم", "Entity=(c1-organization-1-)", "PROPN"),
    row("4", "إن"),
    row("5-6", "وزيره"),
    row("5", "وزير", "Entity=(c2-person-1-", "NOUN"),
    row("6", "ه", "Entity=(c3-person-1-)c2)"),
    row("6.1", "هو", "Entity=(c3-person-1-)"),
    row("7", "غائب", "SpaceAfter=No"),
    row("8", ".", "SpaceAfter=No"),
)


def test_clitics_are_found_within_their_tokens_and_words_without_a_place_are_named() -> None:
    found, told = reads(COREFUD, *ARABIC_TREE, "")
    assert text_of(found) == "قال للأمم إن وزيره غائب."
    # What is spelled in another way is what the clitic before it leaves.
    assert marked(found) == [("organization", "لأمم"), ("person", "وزيره"), ("person", "ه")]
    (lost,) = found.unresolved
    assert (lost.item, lost.reason) == ("c3", "its words are not in the text")
    assert told.notices == ("lemmas, parts of speech and trees are not kept.",)
    # The pronoun is twice in the file, so it is a group; its name is where it stands in the text.
    assert [entity.name for entity in found.document.entities] == ["ه"]


def test_a_token_that_is_spelled_as_none_of_its_words_is_taken_whole() -> None:
    lines = [row("1-3", "des"), row("1", "de"), row("2", "x", "Entity=(a-T-1)"), row("3", "les")]
    found, told = reads(COREFUD, *lines, row("4", "chats", "Entity=(b-T-1)"))
    assert marked(found) == [("T", "des"), ("T", "chats")]
    assert "1 mentions begin or end within a token of several words" in told.notices[-1]


def test_texts_are_built_as_the_blanks_say() -> None:
    one, two = reads(
        *("# newdoc id = one", "# text = “Hi” you", row("1", "“", "SpaceAfter=No")),
        *(row("2", "Hi", "SpaceAfter=No"), row("3", "”"), row("4", "you"), ""),
        *("# text = Next one.", row("1", "Next"), row("2", "one", "SpaceAfter=No"), row("3", ".")),
        *("", "# newpar", row("1", "Then", "SpacesBefore=\\s"), "", "# newdoc"),
        *(
            row("1", "B", r"SpacesBefore=\n|SpacesAfter=\u00a0\t\s"),
            row("2", "C", r"SpacesAfter=\r\n"),
        ),
    )
    assert text_of(one) == "“Hi” you Next one.\nThen"
    assert text_of(two) == "\nB\u00a0\t C\r\n"


def test_where_only_blanks_differ_the_line_of_text_says_them() -> None:
    (found,) = reads("# text = a b.", row("1", "a"), row("2", "b"), row("3", "."))
    assert text_of(found) == "a b."
    with pytest.raises(FormatError, match="line 1: the words of the sentence read “a b”, but # te"):
        reads("# text = a c", row("1", "a"), row("2", "b"))


def test_entities_nest_cross_and_have_gaps_in_every_header() -> None:
    gum = "# global.Entity = entity-GRP-identity"
    (found,) = reads(
        *(gum, row("1", "Tulsa", "Entity=(place-1-Tulsa,_Oklahoma)"), row("2", "is")),
        *(row("3", "the", "Entity=(place-2"), row("4", "region", "Entity=(abs&#45;tract-3")),
        *(row("5", "of", "Entity=2)"), row("6", "Oklahoma", "Entity=(place-4)3)")),
        *(row("7", "T-town", "Entity=(place-1)"), row("8", "x", "Entity=(place-5[1/2]")),
        *(row("9", "y", "Entity=5[1/2])"), row("10", "z"), row("11", "w", "Entity=(place-5[2/2])")),
    )
    assert sorted(marked(found)) == [
        ("abs-tract", "region of Oklahoma"),
        ("place", "Oklahoma"),
        ("place", "T-town"),
        ("place", "Tulsa"),
        ("place", "the region of"),
        ("place", "x y…w"),
    ]
    (entity,) = found.document.entities
    assert (entity.name, entity.links[0].base, entity.links[0].id) == (
        *("Tulsa", "wikipedia"),
        "Tulsa, Oklahoma",
    )
    linked = [each.span.quote for each in found.document.articles[0].mentions if each.entity]
    assert linked == ["Tulsa", "T-town"]


def test_groups_are_those_of_one_document_and_named_by_a_proper_noun() -> None:
    def document(id: str, word: str) -> list[str]:
        mentions = row("1", "She", "Entity=(e1-person-1)"), row("2", word, "Entity=(e1-person-1)")
        return [f"# newdoc id = {id}", mentions[0], mentions[1].replace("\t_", "\tPROPN", 2), ""]

    one, two, _ = reads(COREFUD, *document("a", "Ann"), *document("b", "Bea"))
    assert [entity.name for entity in (*one.document.entities, *two.document.entities)] == [
        "Ann",
        "Bea",
    ]


def test_other_columns_and_links_are_passed_over_by_name() -> None:
    lines = ["# global.columns = ID FORM MISC", "1\tAnn\tEntity=B-PER|Bridge=a<b", "2\tmet\t_"]
    found, told = reads(*lines)
    assert marked(found) == []
    assert told.notices == (
        "1 links between mentions (Bridge, SplitAnte) were passed over.",
        "1 entities that are written without brackets were passed over.",
    )


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["1\tAnn\t_"], "line 1: 3 columns, but there should be 10"),
        ([row("x", "Ann")], "line 1: it should begin with a number and a word"),
        ([row("1", "Ann", "Entity=(a-T-1)")], "line 1: Entity= without a line # global.Entity"),
        ([COREFUD, row("1", "Ann", "Entity=(a)b(")], "line 2: “.*” has brackets that do not fit"),
        ([COREFUD, row("1", "Ann", "Entity=(-T-1)")], "line 2: “.*” names no group"),
        ([row("1-2", "des"), row("1", "de")], "line 1: the words 1 to 2 do not follow it"),
        ([row("2-1", "des")], "line 1: 2-1 ends before it begins"),
        ([row("1", "A", "SpacesAfter=xyz")], "line 1: SpacesAfter should be white space"),
        ([COREFUD, row("1", "A", "Entity=(a-7-1)")], "line 2: the label '7'"),
        (["# newdoc id = a", ""], "a.conllu: there is no word in it"),
    ],
)
def test_broken_files_are_refused_in_one_line(lines: list[str], wrong: str) -> None:
    with pytest.raises(FormatError, match=wrong) as caught:
        reads(*lines)
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith("a.conllu: ")


def test_brackets_without_another_are_named_and_the_rest_is_taken() -> None:
    (found,) = reads(
        *(COREFUD, row("1", "A", "Entity=(a-T-1"), row("2", "B", "Entity=b)(c-T-1)")),
        *(row("3", "C", "Entity=(d[2/2]-T-1)"), row("4", "D", "Entity=(e[1/2]-T-1)")),
        *("", "# newdoc", row("1", "E", "Entity=(a-T-1)")),
    )[:1]
    assert marked(found) == [("T", "B")]
    assert [(lost.where, lost.item, lost.reason.split(",")[0]) for lost in found.unresolved] == [
        ("line 3", "b", "it is closed"),
        ("line 4", "d", "it is stretch 2"),
        ("line 2", "a", "it is opened"),
        ("line 5", "e", "it is opened"),
    ]


def test_words_are_matched_to_the_article_that_the_document_is_called_by() -> None:
    known = from_article(make_article("Ann  met\r\n\u200eAnn."), ())
    lines = [COREFUD, f"# newdoc id = {known.id}", row("1", "Ann"), row("2", "met")]
    lines += ["", row("1", "Ann", "Entity=(a-PER-1)"), row("2", ".")]
    (found,) = reads(*lines, known=(known,))
    (mention,) = found.document.articles[0].mentions
    assert (found.document.articles[0].id, mention.span.start) == (known.id, 11)
    with pytest.raises(FormatError, match=r"line 4: “hit” does not follow in the text of .* “met"):
        reads(*[line.replace("met", "hit") for line in lines], known=(known,))


def test_a_treebank_comes_into_a_library_twice_and_labels_are_mapped(tmp_path: Path) -> None:
    files = {"ar.conllu": "\n".join((COREFUD, *ARABIC_TREE)).encode()}
    wishes = Wishes(labels={"organization": "ORG", "person": "PER"})
    taken = taken_in(tmp_path / "a.db", files, wishes)
    assert (taken.counts.articles, len(taken.unresolved)) == (1, 1)
    with Library(tmp_path / "a.db") as library:
        (entry,) = library.articles.listed("")
        article = library.articles.read(entry.id)
        assert (article.text, article.sources) == ("قال للأمم إن وزيره غائب.", ("n01001",))
    assert taken_in(tmp_path / "a.db", files, wishes).counts.records == 0


def test_files_are_recognised_by_their_columns() -> None:
    for name, text, is_one in (
        ("a.conllu", row("1", "A"), True),
        ("a.conll", "# text = A\n" + row("1-2", "A"), True),
        ("a.conllup", "# global.columns = ID FORM\n1\tA", True),
        ("a.conll", "EU NNP B-NP B-ORG", False),
        ("a.txt", row("1", "A"), False),
    ):
        assert CONLLU.recognises(part_of(name, text.encode())) is is_one
    found = recognise([part_of("a.conll", row("1", "A").encode())], "x").known
    assert [module.FORMAT.name for module, _ in found] == ["conllu"]


def test_sentences_hold_their_mentions_and_say_their_text() -> None:
    text = golden("conllu")["library.conllu"].decode()
    (document,) = [
        part for part in text.split("# newdoc id = ") if part.startswith(arabic_article().id)
    ]
    first, second = document.rstrip("\n").split("\n\n")
    assert "# text = 😊 قال أوباما إنَّ العَرَبِيَّةَ للأمم المتحدة." in first.split("\n")
    assert [line.split("\t")[1] for line in second.split("\n")[2:]][-3:] == ["ل", "أوباما", "."]
    words = [line.split("\t") for line in document.split("\n") if line[:1].isdigit()]
    assert "".join(cells[1] for cells in words) == "".join(ARABIC.split())


@pytest.mark.parametrize(
    "words", ["a-b_c (d) | e=f", "~%5F%", "عَرَبي/x", "tab\tline\n", "🙂", "a:b"]
)
def test_any_words_are_a_field_of_a_bracket_and_come_back(words: str) -> None:
    assert not set(written(words)) & set("-|()=[]:/\t\n ")
    assert spoken(written(words)) == words
