"""Annotating an article by its keys: what is on the screen, and what is in the library."""

from __future__ import annotations

from dataclasses import replace

from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Change
from reader.annotation.ids import new_id
from reader.annotation.model import (
    Annotator,
    Attribution,
    Claim,
    ClaimMention,
    Entity,
    Mention,
    Note,
    schema_record,
)
from reader.session import Session
from tests.tui.screens.conftest import ARABIC, ENGLISH, Shelf


async def test_a_new_user_opens_an_article_and_tags_a_word(shelf: Shelf) -> None:
    article, _ = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk() as desk:
        assert "Minister denies the report" in desk.rows()[3]
        await desk.press("enter")
        assert "“Minister”" in desk.screen_text()
        assert "1-9 tag it" in desk.screen_text()
        assert "1 PER  2 ORG  3 LOC" in desk.screen_text()
        await desk.press("w", "2")
        assert "ORG “denies” not linked" in desk.screen_text()
        assert "9–15 · word" in desk.screen_text()
        assert "in progress" in desk.screen_text()
    session = shelf.session(article)
    (mention,) = session.annotations.all(Mention)
    assert (mention.type, mention.span.quote, mention.span.fragments) == (
        "ORG",
        "denies",
        ((9, 15),),
    )


async def test_another_digit_on_the_same_selection_changes_the_type(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("1", "3")
        assert "LOC, was PER." in desk.screen_text()
        assert "LOC “Minister”" in desk.screen_text()
        await desk.press("3")
        assert "tagged LOC already" in desk.screen_text()
    (mention,) = shelf.session(article).annotations.all(Mention)
    assert mention.type == "LOC"


async def test_a_second_type_is_added_from_the_list(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("1", "0")
        assert "Tagged PER: add which type to “Minister”?" in desk.screen_text()
        await desk.press("2")
        assert "PER “Minister”" in desk.screen_text() and "ORG “Minister”" in desk.screen_text()
        await desk.press("3")
        assert "This is tagged PER and ORG: e changes one of them" in desk.screen_text()
        await desk.press("2")
        assert "tagged ORG already" in desk.screen_text()
    assert {m.type for m in shelf.session(article).annotations.all(Mention)} == {"PER", "ORG"}


async def test_repeat_links_a_mention_that_has_the_type_already(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "2", "b", "1", "enter", "enter", "w", "r")
        assert "PER, was ORG." in desk.screen_text()
        assert "PER “denies” = Minister" in desk.screen_text()
        await desk.press("3")
        assert "LOC “denies” = Minister is PER!" in desk.screen_text()
    mentions = shelf.session(article).annotations.all(Mention)
    assert len(mentions) == 2 and len({m.entity for m in mentions}) == 1


async def test_the_annotations_of_another_are_named_and_not_changed_unasked(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    other = Session.open(shelf.path, "kim")
    other.open_article(article)
    other.marking.tag([(0, 8)], "PER")
    other.close()
    async with shelf.desk((200, 60), article) as desk:
        assert "PER “Minister” not linked, by kim" in desk.screen_text()
        await desk.press("X")
        assert "Delete what?" in desk.screen_text() and "PER by kim" in desk.screen_text()
        theirs = "What is by others goes for them, too; u takes it back."
        assert theirs in desk.screen_text()
        # Kim's is what is selected, but the first to be deleted is one's own around it.
        await desk.press("escape", "f", "3", "d", "e")
        assert "What is by others changes for them, too" in desk.screen_text()
        await desk.press("escape", "X")
        listed = [row for row in desk.rows() if "▸1" in row or "by kim   Minister" in row]
        assert theirs in desk.screen_text()
        assert "Minister denies" in listed[0] and "by kim" in listed[1]
        await desk.press("enter")
        assert "LOC “Minister denies”; u brings it back." in desk.screen_text()
        await desk.press("2")
        assert "was PER" not in desk.screen_text()
    assert {m.type for m in shelf.session(article).annotations.all(Mention)} == {"PER", "ORG"}


async def test_enter_makes_an_entity_and_links_the_next_mention_to_it(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    start = ENGLISH.index("Anna Berg")
    again = ENGLISH.index("Anna Berg", start + 1)
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "w", "w", "w", "f", "1", "enter")
        assert "Entity of “Anna Berg”" in desk.screen_text()
        assert "▸new      create new entity “Anna Berg”" in desk.screen_text()
        await desk.press("enter")
        assert "PER “Anna Berg” = Anna Berg" in desk.screen_text()
        desk.app.screen.view.select(again, again + 4)  # type: ignore[attr-defined]
        await desk.press("f", "enter")
        assert "▸PER      Anna Berg" in desk.screen_text()
        await desk.press("enter")
    session = shelf.session(article)
    (entity,) = session.annotations.all(Entity)
    places = {m.span.start: (m.type, m.entity) for m in session.annotations.all(Mention)}
    assert places == {start: ("PER", entity.id), again: ("PER", entity.id)}


async def test_typing_finds_an_entity_by_another_spelling(shelf: Shelf) -> None:
    _, article = shelf.add(ENGLISH, ARABIC)
    start = ARABIC.index("آنا بيرغ")
    session = shelf.session(article)
    session.marking.tag([(start, start + 8)], "PER")
    (mention,) = session.annotations.all(Mention)
    session.marking.create_entity("Anna Berg", "PER", mention)
    session.close()
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "enter", "type:انا", "enter")
        assert "= Anna Berg" in desk.screen_text()
    stored = shelf.session(article).annotations
    assert len(stored.all(Entity)) == 1
    assert {m.entity for m in stored.all(Mention)} == {stored.all(Entity)[0].id}


async def test_a_new_entity_for_untagged_text_asks_for_its_type(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("enter", "type:The Minister", "enter")
        assert "Type of the new entity “The Minister”" in desk.screen_text()
        await desk.press("1")
        assert "PER “Minister” = The Minister" in desk.screen_text()
        await desk.press("u")
        assert "not marked" in desk.screen_text()
    stored = shelf.session(article).annotations
    assert not stored.all(Mention) and not stored.all(Entity)


async def test_keys_typed_ahead_reach_the_line_that_opens(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        driver = desk.app._driver
        assert driver is not None
        from textual import events

        await desk.press("1")
        for key, character in (("enter", "\r"), ("u", "u"), ("q", "q"), ("enter", "\r")):
            desk.app.post_message(events.Key(key, character))
        await desk.pilot.pause(0.2)
    (entity,) = shelf.session(article).annotations.all(Entity)
    assert entity.name == "uq"


async def test_the_claim_form_takes_source_and_cue_from_the_text(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    text = ENGLISH
    content = text.index("no money was paid")
    async with shelf.desk(article=article) as desk:
        view = desk.app.screen.view  # type: ignore[attr-defined]
        view.select(content, content + 17)
        await desk.press("c")
        assert "New claim" in desk.screen_text()
        assert "no money was paid" in desk.screen_text()
        await desk.press("o")
        assert "Select the source in the text" in desk.screen_text()
        start = text.index("Anna Berg")
        view.select(start, start + 9)
        await desk.press("enter", "c")
        start = text.index("told")
        view.select(start, start + 4)
        await desk.press("enter", "s", "type:No money.", "enter")
        await desk.press("e", "p", "w", "enter", "1")
        assert "true-certain" in desk.screen_text()
        assert "refute" in desk.screen_text()
        await desk.press("enter")
        assert "claim No money." in desk.screen_text()
    stored = shelf.session(article).annotations
    (mention,) = stored.all(ClaimMention)
    (attribution,) = stored.all(Attribution)
    (claim,) = stored.all(Claim)
    (entity,) = stored.all(Entity)
    assert mention.span.quote == "no money was paid"
    assert (mention.epistemic, mention.polarity, mention.mode) == (
        "true-certain",
        "refute",
        "asserted",
    )
    assert (claim.text, mention.claim) == ("No money.", claim.id)
    assert attribution.source is not None and attribution.source.quote == "Anna Berg"
    assert attribution.cue is not None and attribution.cue.quote == "told"
    assert (entity.name, mention.claimant) == ("Anna Berg", entity.id)


async def test_the_form_says_whom_the_claimant_speaks_for(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk((160, 45), article) as desk:
        await desk.press("c", "a", "type:the ministry", "enter", "2", "enter", "e")
        assert "Speaks for the ministry" in " ".join(desk.screen_text().split())
        await desk.press("escape")
        assert "for the ministry" in " ".join(desk.screen_text().split())
        await desk.press("e", "down", "down", "backspace", "enter")
    stored = shelf.session(article).annotations
    (mention,) = stored.all(ClaimMention)
    assert [entity.name for entity in stored.all(Entity)] == ["the ministry"]
    assert mention.affiliation is None and mention.claimant is None


async def test_a_second_claim_mention_links_to_the_claim_that_is_there(shelf: Shelf) -> None:
    _, article = shelf.add(ENGLISH, ARABIC)
    session = shelf.session(article)
    from reader.annotation.claim_marking import ClaimForm

    session.marking.mark_claim([(0, 8)], ClaimForm(statement="The ministry paid nothing."))
    session.close()
    async with shelf.desk(article=article) as desk:
        await desk.press(".", "c", "s", "type:paid", "down", "enter", "enter")
    stored = shelf.session(article).annotations
    assert len(stored.all(Claim)) == 1
    assert [mention.claim for mention in stored.all(ClaimMention)] == [stored.all(Claim)[0].id] * 2


async def test_enter_on_no_statement_links_no_claim(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    session = shelf.session(article)
    from reader.annotation.claim_marking import ClaimForm

    session.marking.mark_claim([(0, 8)], ClaimForm(statement="The ministry paid nothing."))
    session.close()
    async with shelf.desk(article=article) as desk:
        await desk.press(".", "c", "s")
        assert "leave the statement open" in desk.screen_text()
        await desk.press("enter", "enter")
    mentions = shelf.session(article).annotations.all(ClaimMention)
    assert sorted(mention.claim is None for mention in mentions) == [False, True]


async def test_a_filled_form_is_not_dropped_without_asking(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("c", "p", "escape")
        assert "not saved yet" in desk.screen_text()
        await desk.press("b")
        assert "New claim" in desk.screen_text()
        await desk.press("escape", "s")
    (mention,) = shelf.session(article).annotations.all(ClaimMention)
    assert mention.polarity == "refute"


async def test_a_claim_is_edited_in_the_same_form(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("c", "s", "type:One.", "enter", "enter")
        await desk.press("e", "m", "s", "backspace", "type:!", "enter", "enter")
        assert "claim One!" in desk.screen_text()
    stored = shelf.session(article).annotations
    (claim,), (mention,) = stored.all(Claim), stored.all(ClaimMention)
    assert (claim.text, mention.mode, mention.claim) == ("One!", "denied", claim.id)


async def test_notes_go_on_the_annotation_or_on_the_article(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("o", "type:whole", "ctrl+s", "1", "o", "type:من", "ctrl+s")
        await desk.press("i")
        assert "Notes (2)" in desk.screen_text()
    stored = shelf.session(article).annotations
    (mention,) = stored.all(Mention)
    notes = {note.text: (note.on.kind, note.on.id) for note in stored.all(Note)}
    assert notes == {"whole": ("article", article), "من": ("mention", mention.id)}


async def test_overlapping_and_nested_spans_and_a_list_to_delete_from(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("f", "f", "2", "d", "d", "1", "w", "f", "f", "3")
        await desk.press("g", "backspace")
        assert "Delete what?" in desk.screen_text()
        await desk.press("1")
        assert "Deleted" in desk.screen_text()
    stored = shelf.session(article).annotations.all(Mention)
    assert {m.span.quote: m.type for m in stored} == {
        "Minister denies the": "ORG",
        "denies the report": "LOC",
    }


async def test_a_span_in_two_pieces(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("v", "w", "w")
        assert "“Minister” … “the”" in desk.screen_text()
        assert "1 pinned" in desk.screen_text()
        await desk.press("9")
        assert "pinned" not in desk.screen_text()
        assert "“Minister” … “the”" in desk.screen_text()
        await desk.press("3")
        assert "LOC, was OTHER" in desk.screen_text()
        await desk.press("m")
        assert "It has these borders already" in desk.screen_text()
        await desk.press("w", "n")
        assert "Nothing is marked after this place" in desk.screen_text()
        await desk.press("p", "2", "G", "u")
        assert "“Minister” … “the”" in desk.screen_text()
    (mention,) = shelf.session(article).annotations.all(Mention)
    assert (mention.type, mention.span.fragments) == ("LOC", ((0, 8), (16, 19)))


async def test_what_is_selected_to_the_letter_comes_before_what_stands_in_it(
    shelf: Shelf,
) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "1", "x", "c", "o", "enter", "enter")
        row = next(row for row in desk.rows() if "claim Minister denies" in row)
        assert row.index("claim Minister denies") < 3 and "content" not in desk.screen_text()
        await desk.press("o", "type:why", "ctrl+s", "n", "n")
        assert "PER “denies”" in desk.screen_text()
    (note,) = shelf.session(article).annotations.all(Note)
    assert note.on.kind == "claim_mention"


async def test_the_inspector_goes_to_all_pieces(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk((200, 60), article) as desk:
        await desk.press("v", "w", "w", "9", "G", "tab", "enter")
        assert "“Minister” … “the”" in desk.screen_text()


async def test_leaving_the_inspector_shows_what_is_selected_again(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("i", *("1w" * 12), "tab")
        assert "Nothing marked here" in desk.screen_text()
        await desk.press("G")
        assert "Nothing marked here" not in desk.screen_text()
        await desk.press("tab")
        assert "Nothing marked here" in desk.screen_text()


async def test_undoing_a_note_goes_to_what_it_is_on(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "1", "o", "type:why", "ctrl+s", "G", "u")
        assert "“denies”" in desk.screen_text()
        await desk.press("Y", "w", "u")
        assert "“the”" in desk.screen_text()


async def test_escape_drops_pins_before_it_leaves(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("v", "w", "escape")
        assert "9–15" in desk.screen_text() and "pinned" not in desk.screen_text()
        await desk.press("escape")
        assert "1 article" in desk.rows()[0]
        await desk.press("enter")
        assert "9–15" in desk.screen_text()


async def test_borders_move_to_the_selection(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("1", "f", "m")
    (mention,) = shelf.session(article).annotations.all(Mention)
    assert mention.span.quote == "Minister denies"


async def test_borders_by_letters_cut_a_clitic_off(shelf: Shelf) -> None:
    (article,) = shelf.add(ARABIC)
    word = ARABIC.index("لصحيفة")
    async with shelf.desk(article=article) as desk:
        desk.app.screen.view.select(word, word + 6)  # type: ignore[attr-defined]
        await desk.press("S", "2")
    (mention,) = shelf.session(article).annotations.all(Mention)
    assert mention.span.quote == "صحيفة"


async def test_repeat_tags_with_type_and_entity(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("r")
        assert "Nothing was tagged yet" in desk.screen_text()
        await desk.press("2", "enter", "enter", "w", "r")
    mentions = shelf.session(article).annotations.all(Mention)
    assert [mention.type for mention in mentions] == ["ORG", "ORG"]
    assert mentions[0].entity is not None
    assert mentions[0].entity == mentions[1].entity


async def test_undo_after_a_restart_goes_to_the_place(shelf: Shelf) -> None:
    article, _ = shelf.add(ENGLISH, ARABIC)
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "1", "w", "2")
    async with shelf.desk() as desk:
        await desk.press("u")
        assert "undone: tag ORG “the”" in desk.screen_text()
        assert "16–19" in desk.screen_text()
        await desk.press("u")
        assert "9–15" in desk.screen_text()
        await desk.press("u")
        assert "nothing to undo" in desk.screen_text()
        await desk.press("U")
        assert "PER “denies”" in desk.screen_text()
    (mention,) = shelf.session(article).annotations.all(Mention)
    assert mention.span.quote == "denies"


async def test_status_of_the_article(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("Y")
        assert "· done" in desk.screen_text()
        await desk.press("t", "5", "escape")
        assert "skipped" in desk.screen_text()


async def test_edit_changes_type_and_kind(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("1", "e", "t", "4", "e", "o")
    (mention,) = shelf.session(article).annotations.all(Mention)
    assert (mention.type, mention.kind) == ("EVENT", "nominal")


async def test_annotations_are_visited_in_order(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "1", "w", "w", "2", "g", "n")
        assert "PER “denies”" in desk.screen_text()
        await desk.press("n")
        assert "ORG “report”" in desk.screen_text()
        await desk.press("p")
        assert "PER “denies”" in desk.screen_text()


async def test_the_inspector_goes_to_what_is_chosen_in_it(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk((200, 60), article) as desk:
        await desk.press("w", "1", "w", "w", "2")
        assert "Entities (2)" in desk.screen_text()
        await desk.press("g", "tab", "enter")
        assert "PER “denies”" in desk.screen_text()
        await desk.press("2")
        assert "ORG “denies”" in desk.screen_text()


async def test_resizing_keeps_the_selection(shelf: Shelf) -> None:
    (article,) = shelf.add(ARABIC)
    async with shelf.desk(article=article) as desk:
        await desk.press("w", "f")
        before = next(row for row in desk.rows() if "· words ·" in row)
        await desk.pilot.resize_terminal(200, 60)
        await desk.pilot.pause()
        places = before.split()[-7]
        assert places in desk.screen_text()
        await desk.pilot.resize_terminal(20, 5)
        await desk.pilot.pause()
        assert desk.rows()[0] == "Needs at least 40x10"
        await desk.press("1", "q", "escape")
        await desk.pilot.resize_terminal(80, 24)
        await desk.pilot.pause()
        assert places in desk.screen_text()
    assert not shelf.session(article).annotations.all(Mention)


async def test_a_small_terminal_loses_nothing_of_an_open_form(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("c", "s", "type:Half")
        await desk.pilot.resize_terminal(20, 5)
        await desk.pilot.pause()
        await desk.pilot.resize_terminal(80, 24)
        await desk.press("type: done", "enter", "enter")
    (claim,) = shelf.session(article).annotations.all(Claim)
    assert claim.text == "Half done"


async def test_what_another_changed_meanwhile_is_refused_and_shown(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("1")
        other = Session.open(shelf.path, "kim")
        other.open_article(article)
        (mention,) = other.annotations.all(Mention)
        other.marking.retag(mention, "LOC")
        other.close()
        await desk.press("2")
        assert "Changed by somebody else" in desk.screen_text()
        assert "LOC “Minister”" in desk.screen_text()
        await desk.press("u")
        assert "Changed by somebody else" in desk.screen_text()


async def test_control_c_says_how_to_leave(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("ctrl+c")
        assert "q leaves the program" in desk.screen_text()


async def test_the_source_and_the_cue_are_begun_where_they_likely_are(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("}", "z", "f", "1", "enter", "enter")  # Anna Berg
        view = desk.app.screen.view  # type: ignore[attr-defined]
        content = ENGLISH.index("no money was paid")
        view.select(content, content + 17)
        await desk.press("c", "o")
        assert "“Anna Berg”" in desk.screen_text()
        await desk.press("f", "f", "f", "enter")
        assert "Anna Berg of the ministry" in desk.screen_text()
        assert " w  Claimant   Anna Berg" in desk.screen_text()
        await desk.press("c")
        assert "“told”" in desk.screen_text()
        await desk.press("enter", "enter")
    (mention,) = shelf.session(article).annotations.all(ClaimMention)
    assert mention.claimant is not None


async def test_who_speaks_is_told_by_the_claims_and_not_by_the_names_of_types(
    shelf: Shelf,
) -> None:
    (article,) = shelf.add(ENGLISH)
    places = [ENGLISH.index(words) for words in ("ministry", "Anna Berg", "no money was paid")]
    with Session.open(shelf.path, "sam").library as library:
        old = library.schema()
        other = {"PER": "Ort", "ORG": "Tag", "LOC": "Partei", "EVENT": "Politikerin"}
        kinds = (replace(k, name=other.get(k.name, k.name)) for k in old.entity_types)
        new = replace(old, entity_types=tuple(kinds))
        author = Author(Annotator(new_id(), "sam"), AnnotationSet())
        change = Change(schema_record(old), schema_record(new))
        library.perform(author.annotator, author.action("schema", [change]))
    async with shelf.desk((120, 40), article) as desk:
        view = desk.app.screen.view  # type: ignore[attr-defined]
        # A claim by a Politikerin, who speaks for a Partei.
        view.select(places[1], places[1] + 9)
        await desk.press("4", "enter", "enter")
        view.select(places[0], places[0] + 8)
        await desk.press("3", "enter", "enter")
        view.select(places[2], places[2] + 17)
        await desk.press("c", "w", "type:Anna", "enter", "a", "type:ministry", "enter", "enter")
        # Of the next one both are the source; who speaks for the other claims it.
        view.select(places[2], places[2] + 8)
        await desk.press("c", "o")
        assert "“ministry”" in desk.screen_text()
        view.select(ENGLISH.index("Anna Berg"), ENGLISH.index("ministry") + 8)
        await desk.press("enter")
        assert " w  Claimant   Anna Berg" in desk.screen_text()


async def test_tab_puts_the_words_of_the_text_in(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        await desk.press("}", "z", "f", "1", "enter", "tab", "type: of the ministry", "enter")
        assert "PER “Anna Berg” = Anna Berg of the ministry" in desk.screen_text()
        await desk.press(".", "c", "s", "tab", "type: Later.", "enter")
        assert "agreed with her later. Later." in " ".join(desk.screen_text().split())
        await desk.press("escape", "d", ":", "tab")
        assert "Commands" in desk.screen_text()


async def test_an_article_opens_at_its_headline_not_at_the_furniture_before(shelf: Shelf) -> None:
    (article,) = shelf.add("Home\nNews\nSport\n\n" + ENGLISH)
    async with shelf.desk(article=article) as desk:
        assert "“Minister”" in desk.screen_text()
        assert "Home" in desk.screen_text()


async def test_the_status_says_what_is_selected_and_the_palette_begins_with_what_is_used(
    shelf: Shelf,
) -> None:
    (article,) = shelf.add(ENGLISH)
    async with shelf.desk(article=article) as desk:
        assert "· word ·" in desk.screen_text()
        await desk.press("f")
        assert "· words ·" in desk.screen_text()
        await desk.press("D")
        assert "· own borders ·" in desk.screen_text()
        await desk.press(":")
        assert "Link to an entity…" in desk.screen_text()
        assert "Tag PER" not in desk.screen_text()
