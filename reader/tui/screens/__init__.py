"""Screens of the interface: library, article, and what opens above them."""

from __future__ import annotations
