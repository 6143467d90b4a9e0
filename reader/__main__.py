"""`python -m reader`, and the entry point of the command `reader`."""

from __future__ import annotations

import sys

_INTERRUPTED = 130


def main() -> int:
    """Run the command; Ctrl+C ends it without a word, also while it is still being loaded."""
    try:
        from reader.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
