"""The terminal interface; the only part of the program that loads Textual."""

from __future__ import annotations
