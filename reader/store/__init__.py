"""The library on disk: the only code that talks to SQLite."""

from __future__ import annotations
