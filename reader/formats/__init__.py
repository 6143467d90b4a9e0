"""Import and export: one module a format, over the records of the library."""

from __future__ import annotations
