"""Tables generated from the Unicode Character Database, with its licence."""

from __future__ import annotations
