"""Twenty processes that annotate one library at the same time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from reader.annotation.model import Mention
from reader.store.library import Library
from tests.records import make_article

WRITERS, ACTIONS = 20, 200
TEXT = "word " * 1000

# The imports are paid once; each child then opens the library for itself.
PROGRAM = """
import json, os, sys
from pathlib import Path
from reader.session import Session

path, writers, actions = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

def work(number):
    session = Session.open(path, f"annotator {number}")
    # On a slow machine one of twenty that never rest may not get its turn within the usual time.
    session.library.be_patient(120)
    session.open_article(session.articles()[0].id)
    done = {"tagged": [], "taken back": []}
    for step in range(actions):
        start = (number * actions + step) % 4990
        if step % 10 == 9:
            session.undo()
            done["taken back"].append(done["tagged"].pop())
        else:
            done["tagged"].append(session.marking.tag([(start, start + 3)], "PER").id)
    session.close()
    Path(f"{path}.{number}.json").write_text(json.dumps(done))

children = []
for number in range(writers):
    child = os.fork()
    if child == 0:
        try:
            work(number)
        except BaseException as error:
            print(number, repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    children.append(child)
ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
sys.exit(max(ends))
"""


def test_twenty_writers_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    with Library(path) as library:
        library.add_articles([make_article(TEXT)])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), str(WRITERS), str(ACTIONS)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = [json.loads(Path(f"{path}.{number}.json").read_text()) for number in range(WRITERS)]
    tagged = [id for each in told for id in each["tagged"]]
    with Library(path) as library:
        found = [record.id for record in library.records.all() if isinstance(record, Mention)]
        assert sorted(found) == sorted(tagged)
        assert len(library.history()) == WRITERS * ACTIONS
        assert len(library.people.all()) == WRITERS
        assert library.problems() == ()
    assert [each.name for each in tmp_path.glob("annotations.db*") if "json" not in each.name] == [
        "annotations.db"
    ]
    assert path.read_bytes()[18:20] == b"\x01\x01", "it keeps a rollback journal again"
