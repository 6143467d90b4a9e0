"""`python -m reader`, and the entry point of the command `reader`."""

from __future__ import annotations

import sys

from reader.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
