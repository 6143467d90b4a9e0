"""How fast the reader is, beside named alternatives, measured in one run."""

from __future__ import annotations
