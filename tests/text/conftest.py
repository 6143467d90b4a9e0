"""Properties are checked without a deadline: the machine may be busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("reader", deadline=None)
settings.load_profile("reader")
