"""Annotations as values: spans, records, changes with inverses, checks. No storage, no screen."""

from __future__ import annotations
