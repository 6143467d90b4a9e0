"""All benchmarks, one after the other."""

from __future__ import annotations

from benchmarks import library, mount, repaint, start, text_engine, undo

text_engine.main()
mount.main()
repaint.main()
library.main()
undo.main()
start.main()
