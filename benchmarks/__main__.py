"""All benchmarks, one after the other."""

from __future__ import annotations

from benchmarks import mount, start, text_engine

text_engine.main()
mount.main()
start.main()
