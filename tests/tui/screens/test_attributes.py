"""The form of the attributes of what is marked."""

from __future__ import annotations

from dataclasses import replace

from reader.annotation.claim_marking import ClaimForm
from reader.annotation.model import Claim, Mention
from reader.annotation.schema import DEFAULT_SCHEMA, AttributeChoice, AttributeType, EntityType
from reader.work.schema import apply_plan, plan_schema
from tests.records import set_schema
from tests.tui.screens.conftest import ARABIC, ENGLISH, Shelf

VALUES = tuple(AttributeChoice(name, name.title()) for name in ("sure", "likely"))
SCHEMA = replace(
    DEFAULT_SCHEMA,
    attributes=(
        AttributeType("how", "How sure", values=VALUES, key="q", required=True),
        AttributeType("roles", "Roles", "choices", values=VALUES, types=("PER",)),
        AttributeType("ironic", "Ironic", "yes-no"),
        AttributeType("size", "Size", "number", types=("MONEY",)),
        AttributeType("remark", "Remark", "text", on=("mention", "claim", "attribution")),
    ),
)


async def test_a_form_asks_what_the_schema_asks_of_what_is_selected(shelf: Shelf) -> None:
    (article,) = shelf.add(ARABIC)
    session = shelf.session(article)
    set_schema(session.library, SCHEMA)
    at = ARABIC.index("آنا بيرغ")
    session.open_article(article)
    session.marking.tag([(at, at + 8)], "PER")
    session.close()
    async with shelf.desk((160, 45), article) as desk:

        def said() -> dict[str, object]:
            (mention,) = desk.app.session.annotations.all(Mention)
            return dict(mention.attributes)

        await desk.press("n", "ctrl+t")
        shown = desk.screen_text()
        assert "Attributes of PER" in shown
        assert [word in shown for word in ("Roles", "Ironic", "Size")] == [True, True, False]
        assert "not said yet" in shown
        await desk.press("q", "2")
        assert said() == {"how": "likely"}
        await desk.press("2", "1", "2", "escape", "3")
        assert said() == {"how": "likely", "roles": ("sure", "likely"), "ironic": True}
        await desk.press("3", "4", "type:كلمة", "enter")
        assert said()["ironic"] is False
        assert said()["remark"] == "كلمة"
        await desk.press("down", "home", "backspace")
        assert "how" not in said()
        await desk.press("q", "1", "escape")
        beside = desk.screen_text()
        for words in ("How sure", "Sure", "Roles", "Sure, Likely"):
            assert words in beside
        await desk.press("e", "a", "q", "2", "q", "1", "escape")
        assert said()["how"] == "sure"
        await desk.press("2")
        assert (said()["how"], "roles" in said()) == ("sure", False)
        assert "cannot be said of ORG; u takes it back." in desk.screen_text()
        await desk.press("u", "e", "t", "2")
        assert "which cannot be said of ORG" in desk.screen_text()
        await desk.press("u", "u", "u", "u")
        assert "how" not in said() and said()["roles"] == ("sure", "likely")


async def test_claims_attributions_and_nothing(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    session = shelf.session(article)
    session.open_article(article)
    set_schema(session.library, SCHEMA)
    session.open_article(article)
    start, cue = ENGLISH.index("no money was paid"), ENGLISH.index("told")
    form = ClaimForm(statement="No money was paid.", cue=session.span([(cue, cue + 4)]))
    session.marking.mark_claim([(start, start + 17)], form)
    session.close()
    async with shelf.desk((100, 30), article) as desk:
        await desk.press("ctrl+t")
        assert "Nothing is marked under the selection" in desk.screen_text()
        await desk.press("n", "ctrl+t")
        assert "Attributes of attribution" in desk.screen_text()
        await desk.press("1", "type:hedged", "enter", "escape")
        assert "hedged" in str(list(desk.app.session.annotations))
        await desk.press("O")
        await desk.until(lambda: "No money was paid." in desk.screen_text())
        await desk.press("enter", "t", "enter", "type:check it", "enter", "escape")
        assert "check it" in desk.screen_text()
        (claim,) = desk.app.session.annotations.all(Claim)
        assert dict(claim.attributes) == {"remark": "check it"}


async def test_a_schema_that_another_program_changed_shows_without_a_restart(shelf: Shelf) -> None:
    (article,) = shelf.add(ENGLISH)
    shelf.session(article).close()
    async with shelf.desk((100, 30), article) as desk:
        library = shelf.session(article).library
        types = (EntityType("LAW", "Law", "1"), replace(DEFAULT_SCHEMA.entity_types[0], key=""))
        new = replace(DEFAULT_SCHEMA, entity_types=(*types, *DEFAULT_SCHEMA.entity_types[1:]))
        apply_plan(library, "somebody", plan_schema(library, new))
        library.close()
        assert "1 PER" in desk.screen_text()
        await desk.press("2")
        await desk.until(lambda: "1 LAW" in desk.screen_text())
        await desk.press("1")
        types_now = {mention.type for mention in desk.app.session.annotations.all(Mention)}
        assert "LAW" in types_now


async def test_without_attributes_a_line_says_so_in_the_words_of_the_text(shelf: Shelf) -> None:
    (article,) = shelf.add(ARABIC)
    session = shelf.session(article)
    session.open_article(article)
    at = ARABIC.index("آنا بيرغ")
    session.marking.tag([(at, at + 8)], "PER")
    session.close()
    async with shelf.desk((160, 45), article) as desk:
        await desk.press("n", "ctrl+t")
        shown = desk.screen_text()
        assert "The schema has no attributes for PER “" in shown
        assert "\\u" not in shown
