"""The command: fuzz some targets, or all, one after the other."""

from __future__ import annotations

import random
import sys
import traceback
from argparse import ArgumentParser

from tests.fuzz.running import run
from tests.fuzz.targets import TARGETS


def main() -> int:
    """Run; the exit code is 1 when something was found."""
    parser = ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=60, help="for each target (60)")
    parser.add_argument("--seed", type=int, help="the same cases again")
    given = parser.parse_args()
    unknown = set(given.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    failed = []
    for name in given.targets or TARGETS:
        seed = random.randrange(2**32) if given.seed is None else given.seed
        print(f"{name}: seed {seed} ... ", end="", flush=True)
        try:
            print(f"{run(TARGETS[name], given.seconds, seed):,} cases, nothing found", flush=True)
        except Exception:
            print("FOUND", flush=True)
            traceback.print_exc()
            failed.append(name)
    if failed:
        print(f"found something: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
