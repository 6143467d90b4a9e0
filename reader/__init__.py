"""A terminal reader and annotator for news in several languages."""

from __future__ import annotations

__version__ = "0.1.0"
