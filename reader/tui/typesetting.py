"""Text laid out for the terminal of the app that runs."""

from __future__ import annotations

from textual._context import active_app

from reader.text.directions import paragraph_base
from reader.text.layout import ParagraphLayout, layout_paragraph
from reader.text.terminals import TerminalProfile


def ligatures() -> bool:
    """Whether the terminal shows a lam and its alef in one column."""
    profile: TerminalProfile | None = getattr(active_app.get(None), "profile", None)
    return profile is None or profile.ligatures


def lay_out(text: str, width: int, base: int | None = None) -> ParagraphLayout:
    """Lay a paragraph out as `layout_paragraph`; without a base, in the text's own direction."""
    level = paragraph_base(text, None) if base is None else base
    return layout_paragraph(text, width, level, ligatures=ligatures())
