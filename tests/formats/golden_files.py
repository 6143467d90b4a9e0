"""Write the golden files anew: `python -m tests.formats.golden_files [NAME]...`."""

from __future__ import annotations

import shutil
import sys

from reader.formats.registry import MODULES, format_named, writer_of
from tests.formats.fixture import GOLDEN, document, written


def main(names: list[str]) -> None:
    for name in names or MODULES:
        if not format_named(name).writes:
            continue
        shutil.rmtree(GOLDEN / name, ignore_errors=True)
        for file, data in written(writer_of(name), document()).items():
            path = GOLDEN / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
