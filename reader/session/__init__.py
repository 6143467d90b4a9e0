"""One annotator at work in one library. Front ends read from here, and act through here."""

from __future__ import annotations

from reader.session.session import ArticleEntry, Changed, Session

__all__ = ["ArticleEntry", "Changed", "Session"]
