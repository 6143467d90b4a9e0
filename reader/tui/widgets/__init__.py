"""Widgets that draw text in visual order: the article, one-line inputs, rows of lists."""

from __future__ import annotations
