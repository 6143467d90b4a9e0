"""Commands of the library view, of entities, and of lists and lines wherever they are."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.commands.model import Command, rows


def lists() -> Iterator[Command]:
    """Yield those of every list, and of the lines to type into."""
    yield from rows(
        "rows",
        "Lists",
        ("list.up", "up k", "Row up", "Go to the row above."),
        ("list.down", "down j", "Row down", "Go to the row below."),
        ("list.page_up", "pageup K", "Page up", "Go one page up in the list."),
        ("list.page_down", "pagedown J", "Page down", "Go one page down in the list."),
        ("list.first", "home g", "First row", "Go to the first row."),
        ("list.last", "end G", "Last row", "Go to the last row."),
        ("list.accept", "enter", "Take the row", "Open or take the row."),
        ("list.cancel", "escape", "Back", "Close the list and go back."),
    )
    yield from rows(
        "search",
        "While typing to search",
        ("search.up", "up", "Proposal above", "Go to the proposal above."),
        ("search.down", "down", "Proposal below", "Go to the proposal below."),
        ("search.accept", "enter", "Take the proposal", "Take the proposal that is marked."),
        ("search.cancel", "escape", "Back", "Close, nothing is taken."),
    )
    yield from rows(
        "line",
        "While typing a line",
        ("line.accept", "enter", "Take it", "Take what is typed."),
        ("line.cancel", "escape", "Back", "Close, nothing is taken."),
    )
    yield from rows(
        "fill",
        "While typing to search",
        (
            "search.fill",
            "tab",
            "Words of the text",
            "Put in the words that are marked in the text, to change them.",
        ),
    )
    yield from rows(
        "found",
        "While finding words in the library",
        ("found.up", "up", "Hit above", "Go to the hit above."),
        ("found.down", "down", "Hit below", "Go to the hit below."),
        ("found.page_up", "pageup", "Page up", "Go one page of hits up."),
        ("found.page_down", "pagedown", "Page down", "Go one page of hits down."),
        ("found.accept", "enter", "Go there", "Go to the hit, in its article."),
        (
            "found.tag_all",
            "tab",
            "Tag all hits…",
            "Show how many hits of each article can be tagged, or linked to an entity; do it.",
        ),
        ("found.cancel", "escape", "Back", "Close, and stay where you were."),
    )


def shelf() -> Iterator[Command]:
    """Yield those of the library view."""
    yield from rows(
        "library",
        "Library",
        (
            "library.sort",
            "s",
            "Sort",
            "By day added, title, language, status, annotations in turn.",
        ),
        ("library.search", "/ \\", "Find in all articles…", "Find words in texts and titles."),
        ("library.filter", "f", "Filter by title…", "Show only titles with what you type."),
        ("library.language", "l", "Filter by language…", "Show only the articles of a language."),
        ("library.unfinished", "h", "Unfinished only", "Hide or show what you have finished."),
        ("library.tag", "c", "Filter by collection…", "Show only the articles with a tag."),
        (
            "library.details",
            "e",
            "Details…",
            "Change title, publisher, date, URL, language, direction and tags of the article.",
        ),
        (
            "library.remove",
            "X delete",
            "Remove the article…",
            "Take the article out of the list; what is marked in it stays with it.",
        ),
        (
            "library.removed",
            "r",
            "Removed articles",
            "Show what was removed; there the same key brings an article back.",
        ),
    )


def forms() -> Iterator[Command]:
    """Yield those of the details of an article, and of the list of removed ones."""
    yield from rows(
        "removed",
        "Removed articles",
        ("removed.restore", "r", "Bring it back", "Bring the article back into the library."),
    )
    yield from rows(
        "details",
        "Details of an article",
        ("details.up", "up", "Field above", "Go to the field above."),
        ("details.down", "down tab", "Field below", "Go to the field below."),
        ("details.save", "enter", "Save", "Save all fields, as one change."),
        ("details.cancel", "escape", "Back", "Close the form; asks when something was changed."),
    )
    yield from rows(
        "attributes",
        "Attributes of what is marked",
        (
            "attributes.change",
            "space right",
            "Fill it in",
            "Choose or type what the attribute says; its key does so too.",
        ),
        ("attributes.empty", "backspace delete", "Say nothing", "Take away what it says."),
    )
    yield from rows(
        "filter",
        "While typing a part of the title",
        ("filter.up", "up", "Row above", "Go to the article above."),
        ("filter.down", "down", "Row below", "Go to the article below."),
        ("filter.accept", "enter", "Keep the filter", "Go to the list; the filter stays."),
        ("filter.cancel", "escape", "All titles", "Go to the list; all titles show again."),
    )


def entities() -> Iterator[Command]:
    """Yield those of the list of entities."""
    yield from rows(
        "entities",
        "Entities",
        ("entities.sort", "s", "Sort", "By mentions, name, last change, type in turn."),
        (
            "entities.filter",
            "f /",
            "Filter by name…",
            "Show only those with a name that is written or sounds like what you type.",
        ),
        ("entities.type", "t", "Filter by type…", "Show only the entities of a type."),
        ("entities.several", "l", "In several languages", "Only those named in several, or all."),
        (
            "entities.unidentified",
            "i",
            "Not identified",
            "Only those without a sure Wikidata item, or all.",
        ),
        (
            "entities.duplicates",
            "d",
            "Possible duplicates",
            "Show pairs that share a name or sound alike, which may be one; or all again.",
        ),
        ("entities.merge", "m", "Merge the pair…", "Make one of the two possible duplicates."),
        (
            "entities.distinguish",
            "x",
            "They are two",
            "Remember that the two possible duplicates are two: they are shown as such no more.",
        ),
        ("entities.new", "n", "New entity…", "Make an entity that nothing is linked to yet."),
    )
    yield from rows(
        "entity_filter",
        "While typing a part of a name",
        ("entity_filter.up", "up", "Row above", "Go to the entity above."),
        ("entity_filter.down", "down", "Row below", "Go to the entity below."),
        ("entity_filter.accept", "enter", "Keep the filter", "Go to the list; the filter stays."),
        ("entity_filter.cancel", "escape", "All names", "Go to the list, whatever the names."),
    )


def entity() -> Iterator[Command]:
    """Yield those of an entity that is open."""
    yield from rows(
        "entity",
        "An open entity",
        ("entity.rename", "r", "Rename…", "Type another name; the old one stays as an alias."),
        ("entity.alias", "a", "Add a name…", "Type another name, with its language."),
        ("entity.type", "t", "Type…", "Choose another type; its mentions keep theirs."),
        ("entity.note", "o", "Note…", "Write what is to be known about it."),
        ("entity.wikidata", "w", "Wikidata id…", "Type its id, or none, and say how sure it is."),
        (
            "entity.others",
            "f",
            "Find other places…",
            "Show where its names stand untagged in all articles, and tag them there.",
        ),
        ("entity.merge", "m", "Merge into…", "Make this and another one; all of both is kept."),
        ("entity.mark", "space", "Mark the mention", "Choose it for a split, or take that back."),
        ("entity.split", "s", "Split…", "Make a new entity of the marked mentions."),
        ("entity.part", "p", "Part…", "Take out again what was merged into it."),
        (
            "entity.retire",
            "R",
            "Retire, or bring back",
            "Offer it for linking no more, or again; mentions stay.",
        ),
        (
            "entity.delete",
            "X delete backspace",
            "Delete",
            "Take away the name or link under the cursor, else the entity if nothing needs it.",
        ),
    )


def statistics() -> Iterator[Command]:
    """Yield those of the statistics, and the way to them."""
    yield from rows(
        "overview",
        "Program",
        (
            "overview.statistics",
            "S",
            "Statistics",
            "Show what is marked in the library, in numbers and bars.",
        ),
    )
    yield from rows(
        "statistics",
        "Statistics",
        (
            "statistics.next",
            "tab n",
            "Next chart",
            "Go to the next chart, from the last to the first.",
        ),
        ("statistics.previous", "p", "Chart before", "Go to the chart before."),
        (
            "statistics.article",
            "a",
            "This article only",
            "Count only the article under the cursor, else the one you come from; or all again.",
        ),
        ("statistics.language", "l", "Only a language…", "Count only the articles of a language."),
        (
            "statistics.annotator",
            "b",
            "Only an annotator…",
            "Count only what one annotator has marked.",
        ),
    )
