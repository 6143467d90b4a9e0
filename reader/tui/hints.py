"""What the footer shows in each context, the most important first."""

from __future__ import annotations

from reader.tui.commands import Need
from reader.values import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """An entry of the footer: what some commands are for; their keys are shown before it."""

    label: str
    commands: tuple[str, ...]
    needs: Need = ""


_EDGES = ("edge.start_out_word", "edge.start_in_word", "edge.end_in_word", "edge.end_out_word")

HINTS: dict[str, tuple[Hint, ...]] = {
    "library": (
        Hint("open", ("list.accept",)),
        Hint("next", ("article.next",)),
        Hint("sort", ("library.sort",)),
        Hint("find", ("library.search",)),
        Hint(
            "filter",
            ("library.filter", "library.language", "library.tag", "library.unfinished"),
        ),
        Hint("details", ("library.details",)),
        Hint("help", ("app.help",)),
        Hint("quit", ("app.quit",)),
        Hint("commands", ("app.palette",)),
        Hint("undo", ("history.undo",)),
        Hint("remove", ("library.remove",)),
        Hint("removed ones", ("library.removed",)),
        Hint("choose", ("list.up", "list.down")),
    ),
    "removed": (
        Hint("bring it back", ("removed.restore",)),
        Hint("to the library", ("list.cancel",)),
        Hint("undo", ("history.undo",)),
        Hint("choose", ("list.up", "list.down")),
        Hint("help", ("app.help",)),
        Hint("quit", ("app.quit",)),
    ),
    "filter": (
        Hint("keep", ("filter.accept",)),
        Hint("all titles", ("filter.cancel",)),
        Hint("choose", ("filter.up", "filter.down")),
    ),
    "reading": (
        Hint("drop pins", ("select.unpin",), "pinned"),
        Hint("take", ("suggest.take",), "suggestion"),
        Hint("refuse", ("suggest.refuse",), "suggestion"),
        Hint("entity", ("entity.link",)),
        Hint("claim", ("claim.mark",)),
        Hint("note", ("note.write",)),
        Hint("word", ("go.word_back", "go.word_next")),
        Hint("borders", _EDGES),
        Hint("undo", ("history.undo",)),
        Hint("help", ("app.help",)),
        Hint("edit", ("annotation.edit",), "annotation"),
        Hint("delete", ("annotation.delete",), "annotation"),
        Hint("list", ("view.inspector",)),
        Hint("widen", ("select.widen",)),
        Hint("annotations", ("go.annotation_back", "go.annotation_next")),
        Hint("repeat", ("tag.repeat",)),
        Hint("find", ("find.open", "find.library")),
        Hint("hits", ("find.back", "find.next")),
        Hint("all places", ("find.tag_all",)),
        Hint("leap", ("leap.open",)),
        Hint("suggestions", ("suggest.show", "suggest.list")),
        Hint("back", ("jump.back",)),
        Hint("pin", ("select.pin",)),
        Hint("copy", ("selection.copy",)),
        Hint("library", ("article.leave",)),
        Hint("next article", ("article.next",)),
        Hint("commands", ("app.palette",)),
        Hint("quit", ("app.quit",)),
    ),
    "inspector": (
        Hint("go there", ("list.accept",)),
        Hint("choose", ("list.up", "list.down")),
        Hint("mentions", ("inspector.fold",)),
        Hint("to the text", ("inspector.leave",)),
        Hint("undo", ("history.undo",)),
        Hint("help", ("app.help",)),
    ),
    "pick": (
        Hint("take", ("pick.accept",)),
        Hint("back", ("pick.cancel",)),
        Hint("word", ("go.word_back", "go.word_next")),
        Hint("borders", _EDGES),
        Hint("widen", ("select.widen",)),
    ),
    "leap": (Hint("stay here", ("leap.cancel",)),),
    "count": (
        Hint("drop", ("count.drop",)),
        Hint("rub out", ("count.shorten",)),
        Hint("word", ("go.word_back", "go.word_next")),
        Hint("sentence", ("go.sentence_back", "go.sentence_next")),
        Hint("row", ("go.up", "go.down")),
        Hint("borders", _EDGES),
    ),
    "claim": (
        Hint("save", ("form.save",)),
        Hint("field", ("form.up", "form.down")),
        Hint("change", ("form.next",)),
        Hint("empty", ("form.clear",)),
        Hint("back", ("form.cancel",)),
        Hint("help", ("app.help",)),
    ),
    "board": (
        Hint("open", ("list.accept",)),
        Hint("sort", ("board.sort",)),
        Hint("words", ("board.filter",)),
        Hint(
            "filter",
            ("board.claimant", "board.topic", "board.language", "board.verdict", "board.status"),
        ),
        Hint("contradictions", ("board.contested",)),
        Hint("back", ("list.cancel",)),
        Hint("help", ("app.help",)),
        Hint("undo", ("history.undo",)),
        Hint("choose", ("list.up", "list.down")),
        Hint("commands", ("app.palette",)),
        Hint("quit", ("app.quit",)),
    ),
    "board_filter": (
        Hint("keep", ("board_filter.accept",)),
        Hint("all words", ("board_filter.cancel",)),
        Hint("choose", ("board_filter.up", "board_filter.down")),
    ),
    "sheet": (
        Hint("go there", ("list.accept",)),
        Hint("change", ("sheet.edit",)),
        Hint("evidence", ("sheet.evidence",)),
        Hint("relate", ("sheet.relate",)),
        Hint("merge", ("sheet.merge",)),
        Hint("delete", ("sheet.delete",)),
        Hint("back", ("list.cancel",)),
        Hint("note", ("sheet.note",)),
        Hint("undo", ("history.undo",)),
        Hint("help", ("app.help",)),
        Hint("choose", ("list.up", "list.down")),
    ),
    "choice": (
        Hint("take", ("list.accept",)),
        Hint("choose", ("list.up", "list.down")),
        Hint("back", ("list.cancel",)),
    ),
    "keys": (
        Hint("leave this page", ("keys.leave",)),
        Hint("scroll", ("list.up", "list.down")),
        Hint("pages", ("list.page_up", "list.page_down")),
    ),
    "hits": (
        Hint("tag them", ("list.accept",)),
        Hint("leave out, take in", ("hits.toggle",)),
        Hint("choose", ("list.up", "list.down")),
        Hint("back", ("list.cancel",)),
    ),
    "search": (
        Hint("take", ("search.accept",)),
        Hint("choose", ("search.up", "search.down")),
        Hint("back", ("search.cancel",)),
    ),
    "line": (
        Hint("take it", ("line.accept",)),
        Hint("back", ("line.cancel",)),
    ),
    "fill": (
        Hint("take", ("search.accept",)),
        Hint("words of the text", ("search.fill",)),
        Hint("choose", ("search.up", "search.down")),
        Hint("back", ("search.cancel",)),
    ),
    "found": (
        Hint("go there", ("found.accept",)),
        Hint("choose", ("found.up", "found.down")),
        Hint("tag all", ("found.tag_all",)),
        Hint("back", ("found.cancel",)),
        Hint("pages", ("found.page_up", "found.page_down")),
    ),
    "suggestions": (
        Hint("take", ("suggestions.take",)),
        Hint("refuse", ("suggestions.refuse",)),
        Hint("this name", ("suggestions.take_name", "suggestions.refuse_name")),
        Hint("all", ("suggestions.take_all", "suggestions.refuse_all")),
        Hint("undo", ("suggestions.undo",)),
        Hint("go there", ("list.accept",)),
        Hint("other articles", ("suggestions.everywhere",)),
        Hint("dates", ("suggestions.patterns",)),
        Hint("back", ("list.cancel",)),
        Hint("help", ("app.help",)),
        Hint("this type", ("suggestions.take_type",)),
        Hint("refused ones", ("suggestions.forget",)),
    ),
    "others": (
        Hint("take all", ("list.accept",)),
        Hint("finished articles too", ("others.finished",)),
        Hint("choose", ("list.up", "list.down")),
        Hint("back", ("list.cancel",)),
    ),
    "details": (
        Hint("save", ("details.save",)),
        Hint("field", ("details.up", "details.down")),
        Hint("back", ("details.cancel",)),
    ),
    "note": (
        Hint("save", ("note.save",)),
        Hint("save, drop…", ("note.leave",)),
        Hint("take back", ("edit.undo",)),
        Hint("select", ("edit.mark",)),
        Hint("cut", ("edit.cut",)),
        Hint("put in", ("edit.paste",)),
        Hint("all", ("edit.select_all",)),
    ),
}
"""What the footer shows in each context, the most important first."""
