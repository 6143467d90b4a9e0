"""All benchmarks, one after the other."""

from __future__ import annotations

from benchmarks import (
    entities,
    export,
    intake,
    library,
    mount,
    repaint,
    start,
    statistics,
    suggest,
    text_engine,
    undo,
)

text_engine.main()
mount.main()
repaint.main()
library.main()
suggest.main()
entities.main()
statistics.main()
undo.main()
start.main()
intake.main()
export.main()
