"""A full disk: one clear line, nothing changed, and all goes on when there is room."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FULL = re.compile(
    r"[^ ]+: (the disk is full; nothing was changed, make room and try again\."
    r"|the disk does not answer as it should; nothing was changed, make room and see .*\."
    r"|the backup cannot be written \(.*\); make room or name another place\. "
    r"The library was left alone\.)"
)
_MOUNT = 'mount -t tmpfs -o size=3m none "$1" && shift && exec "$@"'


def tried(command: list[str]) -> None:
    """Run the trial; everything fails with a clear line first, and is done after that."""
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    late = {name for name in told if name.endswith("with room")}
    assert {name: told[name] for name in late} == dict.fromkeys(late, "")
    assert len(late) == 7
    for name in told.keys() - late:
        assert FULL.fullmatch(told[name]), (name, told[name])


def test_no_file_may_grow(tmp_path: Path) -> None:
    tried([sys.executable, "-m", "tests.store.full_disk", "limited", str(tmp_path)])


def test_a_small_disk_is_full(tmp_path: Path) -> None:
    own_mounts = ["unshare", "-m", "sh", "-ec", _MOUNT, "sh", str(tmp_path)]
    if os.geteuid() or subprocess.run([*own_mounts, "true"], capture_output=True).returncode:
        pytest.skip("a disk of three megabytes can be mounted only by root, in a place of its own")
    tried([*own_mounts, sys.executable, "-m", "tests.store.full_disk", "filled", str(tmp_path)])
