"""Commands of the reading view: annotate, find, mark the article."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands.model import Command, rows


def annotating() -> Iterator[Command]:
    """Yield those that annotate what is selected."""
    group = "Annotate the selection"
    for digit in "123456789":
        text = f"Tag the selection with the entity type on key {digit}."
        yield from rows("reading", group, (f"tag.{digit}", digit, f"Tag with type {digit}", text))
    yield from rows(
        "reading",
        group,
        ("tag.choose", "0", "Tag with a type…", "Choose the entity type from a list."),
        ("tag.repeat", "r", "Repeat the last tag", "Tag with the same type and entity again."),
        (
            "entity.link",
            "enter",
            "Link to an entity…",
            "Type to find the entity of the selection, or make a new one; tags it too.",
        ),
        ("entity.unlink", "y", "Unlink", "Take the entity off the mention.", "annotation"),
        ("claim.mark", "c", "Mark a claim…", "Mark the selection as a claim and fill in its form."),
        (
            "note.write",
            "o",
            "Write a note…",
            "On the annotation under the selection, else on the article.",
        ),
        (
            "selection.copy",
            "C",
            "Copy…",
            "Copy the selection as text, as citation with source and offsets, or as JSON.",
        ),
        ("annotation.edit", "e", "Edit…", "Change what is under the selection, or a note."),
        (
            "annotation.attributes",
            "ctrl+t",
            "Attributes…",
            "Say what the schema asks of the annotation under the selection.",
            "annotation",
        ),
        (
            "annotation.move",
            "m",
            "Move the borders here",
            "Give the annotation under the selection the borders of the selection.",
            "annotation",
        ),
        (
            "annotation.delete",
            "backspace delete X",
            "Delete…",
            "Delete the annotation under the selection, or a note.",
        ),
    )


def finding() -> Iterator[Command]:
    """Yield those that find words in the article."""
    yield from rows(
        "reading",
        "Find words",
        (
            "find.open",
            "/",
            "Find in the article…",
            "Find words, without minding harakat, accents, quotes, case.",
        ),
        ("find.next", ")", "Next hit", "Select the next hit of the last search."),
        ("find.back", "(", "Hit before", "Select the hit before."),
        ("find.library", "\\", "Find in the library…", "Find words in all articles."),
        (
            "find.tag_all",
            "H",
            "Tag all places…",
            "Show all places of the selected words, tag them and link them.",
        ),
    )
    yield from rows(
        "hits",
        "While looking at the places of some words",
        (
            "hits.toggle",
            "space backspace delete",
            "Leave out",
            "Leave the place out, or take it in again.",
        ),
    )


def suggesting() -> Iterator[Command]:
    """Yield those for what is proposed: in the text, in its list, and in other articles."""
    yield from rows(
        "reading",
        "Suggestions",
        (
            "suggest.show",
            "I",
            "Suggestions",
            "Show in the text where names that are known stand, or hide it again.",
        ),
        (
            "suggest.take",
            "Q",
            "Take the suggestion",
            "Tag what is proposed under the selection, and go to the next suggestion.",
            "suggestion",
        ),
        (
            "suggest.refuse",
            "&",
            "Refuse the suggestion",
            "Never propose this place again, and go to the next suggestion.",
            "suggestion",
        ),
        (
            "suggest.list",
            "`",
            "List of suggestions…",
            "Look through what is proposed, and take or refuse one, all of a name, or all.",
        ),
    )
    yield from rows(
        "suggestions",
        "List of suggestions",
        ("suggestions.take", "y", "Take it", "Tag what is proposed."),
        ("suggestions.refuse", "x", "Refuse it", "Never propose this place again."),
        ("suggestions.take_name", "n", "Take this name", "Tag all places of the name."),
        ("suggestions.refuse_name", "N", "Refuse this name", "Refuse all places of the name."),
        ("suggestions.take_type", "t", "Take this type", "Tag all of this entity type."),
        ("suggestions.take_all", "a", "Take all", "Tag all that is proposed here."),
        ("suggestions.refuse_all", "z", "Refuse all", "Refuse all that is proposed here."),
        (
            "suggestions.everywhere",
            "o",
            "In other articles…",
            "Show where the name stands in all articles, and tag it there.",
        ),
        (
            "suggestions.patterns",
            "d",
            "Dates and amounts",
            "Propose dates, money and percentages too, or not.",
        ),
        ("suggestions.surer", "+ >", "Surer ones", "Leave out what models are less sure of."),
        ("suggestions.unsurer", "- <", "Less sure ones", "Show what models are less sure of."),
        (
            "suggestions.forget",
            "b",
            "Bring refused ones back",
            "Propose again what was refused in this article.",
        ),
        ("suggestions.undo", "u", "Undo", "Take back your last action."),
        ("suggestions.redo", "U ctrl+r", "Redo", "Do again what was undone last."),
    )
    yield from rows(
        "others",
        "Suggestions in all articles",
        (
            "others.finished",
            "h",
            "Finished articles too",
            "Look at articles that are done, reviewed or skipped too, or not.",
        ),
    )


def looking() -> Iterator[Command]:
    """Yield those that change how the article looks, and those that go far in it."""
    yield from rows(
        "reading",
        "Look of the article",
        (
            "view.zen",
            "Z ctrl+e",
            "Text alone",
            "Hide all but the text and its margin, or show it again.",
        ),
        ("view.narrower", "[", "Narrower text", "Break the text into shorter rows."),
        ("view.wider", "]", "Wider text", "Break the text into longer rows."),
        ("view.spacing", "|", "Line spacing", "Leave a blank row between rows of text, or none."),
        ("view.dim", "*", "Dim the rest", "Dim all but the sentence of the selection, or nothing."),
        (
            "view.base",
            "R",
            "Direction of the paragraph",
            "Lay the paragraph out by itself, right to left, left to right in turn.",
        ),
    )
    yield from rows(
        "reading",
        "Go far",
        (
            "leap.open",
            "L ctrl+l",
            "Leap…",
            "Show letters at the annotations on the screen, and go to one.",
        ),
        ("count.begin", "#", "Count…", "Type digits and a motion, to do it that many times."),
    )
    yield from rows(
        "leap",
        "While letters show at the annotations",
        ("leap.cancel", "escape", "Stay", "Take the letters away and go nowhere."),
    )
    yield from rows(
        "count",
        "While typing a count",
        ("count.shorten", "backspace", "Rub out a digit", "Take the last digit away."),
        ("count.drop", "escape", "Drop the count", "Count nothing."),
    )


def article() -> Iterator[Command]:
    """Yield those for the article as a whole, and the way to its inspector."""
    yield from rows(
        "reading",
        "Article",
        ("status.done", "Y", "Article is done", "Mark the article as done."),
        ("status.skip", "N", "Skip the article", "Mark the article as skipped."),
        ("status.choose", "t", "Status…", "Choose how far you are with the article."),
        (
            "article.role",
            "M",
            "What this is…",
            "Say that the selection is title, dateline, body or boilerplate.",
        ),
        (
            "article.details",
            "P",
            "Details of the article…",
            "Change its title, publisher, date, URL, language, direction and tags.",
        ),
        (
            "article.beside",
            "@",
            "Side by side…",
            "Show another article beside this one; where two show, link what is selected in them.",
        ),
        (
            "article.statistics",
            "ctrl+g",
            "Statistics",
            "Show what is marked in the article, in numbers and bars; from there in all articles.",
        ),
        ("view.inspector", "i", "Inspector", "Show or hide the list of annotations."),
        ("view.focus", "tab", "To the inspector", "Go from the text to the list of annotations."),
        ("article.leave", "escape", "Back", "Drop pinned fragments, or go back to the library."),
    )


def differing() -> Iterator[Command]:
    """Yield the way from the text to where others have it otherwise."""
    yield from rows(
        "reading",
        "Article",
        (
            "difference.next",
            "ctrl+d",
            "Next disagreement",
            "Go to the next place that others have marked otherwise than you, and say how.",
        ),
    )


def beside() -> Iterator[Command]:
    """Yield those of the inspector, and of picking a part for a form."""
    yield from rows(
        "inspector",
        "Inspector",
        ("inspector.leave", "tab i", "To the text", "Go back to the text."),
        (
            "inspector.fold",
            "space right left",
            "Mentions",
            "Show or hide where an entity is named here, and how often in other articles.",
        ),
    )
    yield from rows(
        "pick",
        "While picking a part in the text",
        ("pick.accept", "enter", "Take it", "Take the selection."),
        ("pick.cancel", "escape", "Back", "Go back to the form, nothing is taken."),
    )


def versions() -> Iterator[Command]:
    """Yield those for what a new version of the article has no certain place for."""
    yield from rows(
        "reading",
        "Article",
        (
            "article.unplaced",
            "ctrl+n",
            "Marks without a place…",
            "Go through what was marked in the version before and is not found in this one.",
        ),
    )
    yield from rows(
        "place",
        "While placing a mark of the version before",
        ("place.accept", "enter", "Place it here", "Mark the selection as it was marked before."),
        ("place.cancel", "escape", "Back", "Go back to the list; it goes on waiting."),
    )
    yield from rows(
        "unplaced",
        "List of marks without a place",
        ("unplaced.drop", "x", "Let it go", "It is placed nowhere; the version before keeps it."),
        ("unplaced.drop_all", "z", "Let all go", "All are placed nowhere."),
        ("unplaced.before", "v", "Version before", "Read the version before beside this one."),
        ("unplaced.undo", "u", "Undo", "Take back your last action."),
    )
