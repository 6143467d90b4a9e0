"""One annotator at work in one library. Front ends read from here, and act through here."""

from __future__ import annotations

from reader.session.session import Changed, Session
from reader.store.articles import ArticleEntry

__all__ = ["ArticleEntry", "Changed", "Session"]
