"""The annotator whose layer holds what is decided where others differ."""

from __future__ import annotations

from reader.annotation.ids import derived_id
from reader.annotation.model import Annotator

SETTLED = Annotator(derived_id("annotator", "settled"), "settled")
"""Whose layer holds what is decided where others differ; the same in every library."""
