"""Identifiers that hold across libraries: ULIDs (48 bits of milliseconds, 80 random bits)."""

from __future__ import annotations

import os
import re
import threading
import time
from datetime import UTC, datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
_PATTERN = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_RANDOM_BITS = 80
_lock = threading.Lock()
_last = [0]


def new_id() -> str:
    """Return a new ULID: 26 characters that sort by the time they were made.

    Ids made by one process rise strictly, also within one millisecond.
    """
    fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS
    fresh |= int.from_bytes(os.urandom(_RANDOM_BITS // 8), "big")
    with _lock:
        _last[0] = max(fresh, _last[0] + 1)
        value = _last[0]
    return _written(value)


def _written(value: int) -> str:
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))


def derived_id(*parts: str) -> str:
    """Return a ULID that the same parts give again: for records that are read without an id."""
    # Making new ids needs no digest, and the module is slow to load.
    import hashlib

    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return _written(int.from_bytes(digest[:16], "big"))


def is_id(text: str) -> bool:
    """Tell whether `text` has the form of a ULID."""
    return _PATTERN.fullmatch(text) is not None


def now() -> str:
    """Return the time as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
