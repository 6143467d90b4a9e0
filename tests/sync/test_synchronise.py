from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotation import actions, entity_actions
from reader.annotation.actions import Author
from reader.annotation.annotation_set import AnnotationSet
from reader.annotation.changes import Action
from reader.annotation.ids import new_id
from reader.annotation.model import Annotator
from reader.annotation.spans import make_span
from reader.errors import FormatError, ReaderError
from reader.sync.synchronise import Report, synchronise
from tests.merging.libraries import ARTICLE, Desk, act, scripts
from tests.records import ENGLISH, make_article


@pytest.fixture
def ann(tmp_path: Path) -> Iterator[Desk]:
    """Ann, who has tagged a name and linked it."""
    desk = Desk(tmp_path, "ann")
    desk.add()
    span = make_span(ARTICLE.id, ENGLISH, [(0, 13)])
    desk.do(actions.tag(desk.author, span, "PER", None))
    desk.do(actions.create_entity(desk.author, "نيكس \u202e", "PER", desk.mentions(), "ar"))
    yield desk
    desk.library.close()


@pytest.fixture
def bob(tmp_path: Path) -> Iterator[Desk]:
    """Bob, who has nothing."""
    desk = Desk(tmp_path, "bob")
    yield desk
    desk.library.close()


def sync(desk: Desk, folder: Path) -> Report:
    return synchronise(desk.library, folder)


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git/" not in str(path))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_what_one_wrote_another_reads(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    assert sync(ann, folder).written == 7
    report = sync(bob, folder)
    assert (report.taken.articles, report.taken.actions, report.written) == (1, 2, 0)
    assert bob.dump() == ann.dump()
    before = contents(folder), (tmp_path / "bob.db").read_bytes()
    assert sync(bob, folder).written == 0
    assert (contents(folder), (tmp_path / "bob.db").read_bytes()) == before


def test_the_files_are_named_for_the_article_and_the_annotator(ann: Desk, tmp_path: Path) -> None:
    sync(ann, tmp_path / "shared")
    who = ann.annotator.id
    names = set(contents(tmp_path / "shared"))
    assert {name for name in names if not name.startswith("arrivals/")} == {
        "bidi-reader-sync.json",
        ".gitattributes",
        f"annotators/{who}.json",
        f"articles/{ARTICLE.id}.json",
        f"history/{ARTICLE.id}/{who}.jsonl",
        f"history/shared/{who}.jsonl",
    }
    shared = (tmp_path / "shared" / "history" / "shared" / f"{who}.jsonl").read_text()
    (line,) = shared.splitlines()
    assert "نيكس \\u202e" in line
    assert [*json.loads(line)][:5] == ["clock", "step", "action", "steps", "mode"]


def test_a_file_only_grows_at_its_end(ann: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    before = contents(folder)
    ann.do(entity_actions.rename(ann.author, ann.entities()[0], "Nix"))
    ann.do(actions.delete(ann.author, ann.mentions()[0]))
    sync(ann, folder)
    for name, data in contents(folder).items():
        assert data.startswith(before[name])
    assert contents(folder) != before


@given(scripts, st.lists(st.integers(0, 2), max_size=6))
@settings(max_examples=20, deadline=None)
def test_a_folder_carries_all_that_happens(
    script: list[tuple[int, str, int]], turns: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "shared"
        desks = [Desk(Path(name), who) for who in ("ann", "bob", "cid")]
        desks[0].add()
        for number, (who, verb, item) in enumerate(script):
            act(desks, who, verb, item)
            if number < len(turns):
                sync(desks[turns[number]], folder)
        for desk in (*desks, *desks):
            sync(desk, folder)
        dumps = [desk.dump() for desk in desks]
        assert all(dump == dumps[0] for dump in dumps)
        assert dumps[0]["problems"] == ()
        before = contents(folder)
        assert [sync(desk, folder).written for desk in desks] == [0, 0, 0]
        assert contents(folder) == before
        for desk in desks:
            desk.library.close()


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_clones_of_a_git_repository(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    origin, here, there = (tmp_path / name for name in ("origin.git", "here", "there"))
    git(tmp_path, "init", "-q", "--bare", str(origin))
    git(tmp_path, "clone", "-q", str(origin), str(here))
    sync(ann, here)
    git(here, "add", "-A")
    git(here, "commit", "-qm", "ann")
    git(here, "push", "-q", "origin", "HEAD:main")
    git(tmp_path, "clone", "-q", "-b", "main", str(origin), str(there))
    sync(bob, there)
    # Both go on, without knowing of each other.
    ann.do(entity_actions.rename(ann.author, ann.entities()[0], "Alexander Nix"))
    bob.do(entity_actions.rename(bob.author, bob.entities()[0], "A. Nix"))
    for desk, folder in ((ann, here), (bob, there), (ann, here), (bob, there)):
        sync(desk, folder)
        git(folder, "add", "-A")
        if git(folder, "status", "--porcelain"):
            git(folder, "commit", "-qm", desk.name)
        git(folder, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
        git(folder, "push", "-q", "origin", "HEAD:main")
        sync(desk, folder)
    assert bob.dump() == ann.dump()
    (conflict,) = ann.dump()["conflicts"]
    assert {version.value for version in conflict.versions} == {"Alexander Nix", "A. Nix"}
    assert contents(here) == contents(there)


def test_what_has_not_arrived_whole_waits(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    sync(bob, folder)
    ann.do(actions.create_entity(ann.author, "A", "PER", ann.mentions(), "en"))
    sync(ann, folder)
    late = folder / "history" / "shared" / f"{ann.annotator.id}.jsonl"
    text = late.read_text()
    late.write_text(text[: text.index("\n") + 1])
    report = sync(bob, folder)
    assert (report.taken.actions, report.waiting) == (0, 1)
    assert ann.dump() != bob.dump()
    late.write_text(text)
    assert sync(bob, folder).waiting == 0
    assert ann.dump() == bob.dump()


def test_lines_that_two_machines_of_one_annotator_wrote_are_united(
    ann: Desk, bob: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    file = folder / "history" / "shared" / f"{ann.annotator.id}.jsonl"
    whole = file.read_text()
    file.write_text(whole + whole)
    sync(bob, folder)
    assert bob.dump() == ann.dump()


Change = Callable[[str], str]


def put(name: str, value: object, *, sealed: bool = False) -> Change:
    """Return what gives the first line's field another value, and takes its digest away."""

    def changed(text: str) -> str:
        first, _, rest = text.partition("\n")
        data = {**json.loads(first), name: value}
        if not sealed:
            data.pop("digest", None)
        return json.dumps(data) + "\n" + rest

    return changed


BROKEN: dict[str, tuple[Change, str]] = {
    "cut off": (lambda text: text[:-20], "not JSON: .* at line 1, .*; delete the file and sync"),
    "no object": (lambda text: "[1]\n" + text, "line 1: should be an object"),
    "another field": (put("extra", 1), "line 1: should be an object with the fields"),
    "a clock of another age": (put("clock", 2**60), "line 1: clock: .* cannot stand here"),
    "a clock that is true": (put("clock", True), "line 1: clock: True cannot stand here"),
    "no such mode": (put("mode", "sudo"), "line 1: mode: 'sudo' cannot stand here"),
    "an id that is a path": (put("action", "../../x"), "line 1: action: "),
    "no such kind": (put("kind", "table"), "line 1: kind: 'table'"),
    "a record of another id": (put("record", "X"), "line 1: after: it should be the record"),
    "a record of another shape": (put("after", {"id": "X"}), "line 1: after: "),
    "parents that are text": (put("parents", "x"), "line 1: parents: "),
    "a parent nobody has": (put("parents", ["X"]), "it builds on step X"),
    "a target nobody has": (put("target", "X"), "is told in two ways"),
    "another name": (put("what", "", sealed=True), "line 1: it is not as it was written; delete"),
    "other parents": (put("parents", ["X"], sealed=True), "line 1: it is not as it was written"),
    "a digest that is none": (put("digest", 1, sealed=True), "line 1: it is not as it was written"),
    "what git could not merge": (
        lambda text: f"<<<<<<< HEAD\n{text}=======\n>>>>>>> main\n",
        "line 1: git left a merge unfinished here; take out its marks .* or delete the file",
    ),
    "not UTF-8": (lambda text: "\udcff", "not UTF-8 at byte 0"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_nothing_is_changed(
    ann: Desk, bob: Desk, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    file = folder / "history" / "shared" / f"{ann.annotator.id}.jsonl"
    change, message = BROKEN[name]
    file.write_text(change(file.read_text()), errors="surrogateescape")
    before = contents(folder)
    with pytest.raises(FormatError, match=message) as caught:
        sync(bob, folder)
    assert caught.value.message.startswith(str(folder))
    assert "\n" not in caught.value.message
    assert contents(folder) == before
    assert bob.library.articles.listed("") == ()
    assert bob.library.history() == ()


def unseal(folder: Path) -> None:
    """Make a folder what the first version of the format was: without digests."""
    mark = folder / "bidi-reader-sync.json"
    mark.write_text('{"format": "bidi-reader-sync", "version": 1}\n')
    for path in (*folder.glob("history/*/*.jsonl"), *folder.glob("annotators/*.json")):
        text = path.read_text()
        path.write_text(re.sub(r',\s*"digest": "[0-9a-f]{16}"', "", text))


def test_a_folder_without_digests_is_read_and_gets_them(
    ann: Desk, bob: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    whole = contents(folder)
    unseal(folder)
    assert b"digest" not in b"".join(contents(folder).values())
    report = sync(bob, folder)
    assert report.taken.actions == 2
    assert contents(folder) == whole
    assert bob.dump() == ann.dump()
    assert sync(ann, folder).written == 0


EDITS: dict[str, tuple[Change, str]] = {
    "another name": (
        lambda text: text.replace('"name": "نيكس', '"name": "Else'),
        r'name of entity \w+ is "Else .*" there and "نيكس .*" here\. If it is right here, delete',
    ),
    "other parents": (
        put("parents", ["X"]),
        r'parents of entity \w+ is \["X"\] there and \[\] here',
    ),
    "other words": (put("what", "x"), 'what is "x" there and "new entity'),
    "another clock": (put("clock", 7), "clock is 7 there and 2 here"),
    "another step": (put("step", "01M"), "it has no step 01M"),
    "deleted": (put("after", None), "what became of entity .* is null there and"),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_is_known_is_not_told_in_another_way(ann: Desk, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    unseal(folder)
    file = folder / "history" / "shared" / f"{ann.annotator.id}.jsonl"
    change, message = EDITS[name]
    file.write_text(change(file.read_text()))
    (folder / "history" / ARTICLE.id / f"{ann.annotator.id}.jsonl").unlink()
    before, known = contents(folder), ann.dump()
    with pytest.raises(FormatError, match=message) as caught:
        sync(ann, folder)
    assert caught.value.message.startswith(f"{file}: line 1: action ")
    assert "is another one here: " in caught.value.message
    assert (contents(folder), ann.dump()) == (before, known)
    # What the message says to do mends it.
    file.unlink()
    sync(ann, folder)
    assert json.loads(file.read_text().splitlines()[0])["what"].startswith("new entity")


def test_an_edited_name_is_refused(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    file = folder / "annotators" / f"{ann.annotator.id}.json"
    file.write_text(file.read_text().replace('"ann"', '"anne"'))
    for desk in (ann, bob):
        with pytest.raises(FormatError, match="it is not as it was written; delete the file"):
            sync(desk, folder)


def test_of_two_names_of_one_annotator_all_choose_the_same(
    ann: Desk, bob: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    bob.library.take_in((Annotator(ann.annotator.id, "Ann B."),), (), bob.annotator, _nothing(bob))
    sync(ann, folder)
    for desk in (bob, ann, bob):
        sync(desk, folder)
    for desk in (ann, bob):
        assert desk.library.people.all()[0] == Annotator(ann.annotator.id, "Ann B.")
        assert sync(desk, folder).written == 0


def test_a_new_name_is_lines_of_the_history_alone(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    """The file of the annotator stays as it is, so that git has no two versions to merge."""
    folder, id = tmp_path / "shared", ann.annotator.id
    for desk in (ann, bob):
        sync(desk, folder)
    before = contents(folder)
    ann.call(ann.annotator, "zoe")
    assert sync(ann, folder).written == 1
    after = contents(folder)
    assert after.keys() == before.keys(), "files are named for the id"
    assert after[f"annotators/{id}.json"] == before[f"annotators/{id}.json"]
    lines = after[f"history/shared/{id}.jsonl"].decode().splitlines()[-2:]
    assert [json.loads(line)["after"]["name"] for line in lines] == ["ann", "zoe"]
    # Without the lines, as a file sync may bring it, nothing says it.
    shared = f"history/shared/{id}.jsonl"
    (folder / shared).write_bytes(before[shared])
    sync(bob, folder)
    assert [each.name for each in bob.library.people.all()] == ["ann"]
    for desk in (ann, bob, ann):
        sync(desk, folder)
    assert contents(folder) == after
    assert bob.dump() == ann.dump()
    bob.library.undo(ann.annotator)
    assert [each.name for each in bob.library.people.all()] == ["ann"]


@pytest.mark.parametrize(
    ("name", "message"),
    [(None, "after: annotator '01.*' cannot be removed"), (" ", "after.name: it is empty")],
)
def test_a_name_that_can_be_none_is_refused(
    ann: Desk, bob: Desk, tmp_path: Path, name: str | None, message: str
) -> None:
    folder, id = tmp_path / "shared", ann.annotator.id
    ann.call(ann.annotator, "Zoe")
    sync(ann, folder)
    file = folder / "history" / "shared" / f"{id}.jsonl"
    *lines, last = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines) + put("after", name and {"id": id, "name": name})(last))
    with pytest.raises(FormatError, match=rf"line {len(lines) + 1}: {message}"):
        sync(bob, folder)
    assert bob.library.people.all() == ()


def _nothing(desk: Desk) -> Action:
    return Action(new_id(), desk.annotator.id, "import", (), "2026-01-01T00:00:00Z")


def test_files_that_are_gone_are_written_again(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    whole = contents(folder)
    for name in sorted(whole):
        (folder / name).unlink()
        report = sync(ann, folder)
        assert (report.waiting, report.written, report.taken.actions) == (0, 1, 0), name
        assert contents(folder) == whole
    (folder / "bidi-reader-sync.json").unlink()
    (folder / "photos").mkdir()
    with pytest.raises(ReaderError, match=r"there is no bidi-reader-sync\.json in it"):
        sync(ann, folder)


def test_what_a_file_system_makes_of_ends_of_lines_is_read(
    ann: Desk, bob: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    for path in folder.rglob("*.json*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = contents(folder)
    assert sync(bob, folder).taken.actions == 2
    assert bob.dump() == ann.dump()
    assert contents(folder).keys() == before.keys()


def test_a_text_that_is_not_the_one_of_its_name(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    file = folder / "articles" / f"{ARTICLE.id}.json"
    file.write_text(json.dumps({"id": ARTICLE.id, "text": "Something else."}))
    with pytest.raises(FormatError, match="does not fit what it holds"):
        sync(bob, folder)


def test_names_and_links_that_lead_elsewhere(ann: Desk, bob: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    sync(ann, folder)
    odd = folder / "history" / "shared" / "x (conflicted copy).jsonl"
    odd.write_text("")
    with pytest.raises(FormatError, match="its name is none that this program gives"):
        sync(bob, folder)
    odd.unlink()
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    (folder / "annotators" / "A.json").symlink_to(secret)
    with pytest.raises(FormatError, match="it is a link"):
        sync(bob, folder)


def test_a_folder_that_is_a_link_is_not_written_through(ann: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("history", "annotators", "history/shared"):
        folder = tmp_path / f"shared-{name.replace('/', '-')}"
        (folder / name).parent.mkdir(parents=True)
        (folder / "bidi-reader-sync.json").write_text(
            '{"format": "bidi-reader-sync", "version": 1}'
        )
        (folder / name).symlink_to(other)
        with pytest.raises(FormatError, match="it is a link"):
            sync(ann, folder)
        assert list(other.iterdir()) == []


def test_an_id_that_would_lead_out_of_the_folder_is_no_name_of_a_file(
    ann: Desk, tmp_path: Path
) -> None:
    evil = "../../../evil"
    article = make_article("Other words.", id=evil)
    ann.library.add_articles([article])
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(FormatError, match="can be no file"):
        sync(ann, tmp_path / "a" / "b")
    assert {path.name for path in tmp_path.iterdir()} <= before | {"a"}


def test_what_refers_to_an_annotator_of_no_file_is_refused_by_name(
    ann: Desk, bob: Desk, tmp_path: Path
) -> None:
    """As it is after an import: who did it is one, whose the records are is another."""
    cyd = Annotator(new_id(), "cyd")
    span = make_span(ARTICLE.id, ENGLISH, [(19, 33)])
    tagged = actions.tag(Author(cyd, AnnotationSet()), span, "PER", None)
    ann.library.take_in((cyd,), (), ann.annotator, tagged)
    folder = tmp_path / "shared"
    sync(ann, folder)
    (folder / "annotators" / f"{cyd.id}.json").unlink()
    with pytest.raises(FormatError, match=f"it builds on annotator {cyd.id}, which is neither"):
        sync(bob, folder)
    assert bob.library.articles.listed("") == ()


def test_a_folder_of_something_else_is_left_alone(ann: Desk, tmp_path: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "a.jpg").write_bytes(b"")
    with pytest.raises(ReaderError, match="it holds other things"):
        sync(ann, other)
    with pytest.raises(ReaderError, match="it is a file"):
        sync(ann, other / "a.jpg")


@pytest.mark.parametrize("id", ["CON", "con", "01k5a8zzzzzzzzzzzzzzzzzzzz", "a." * 32])
def test_the_file_of_an_annotator_has_a_name_that_every_system_takes(
    tmp_path: Path, id: str
) -> None:
    """An import may bring ids that are no ULIDs."""
    ann, bob = Desk(tmp_path, "ann"), Desk(tmp_path, "bob")
    ann.annotator = Annotator(id, "ann / ../ \u0639\u0644\u064a")
    ann.add()
    ann.do(actions.tag(ann.author, make_span(ARTICLE.id, ENGLISH, [(0, 13)]), "PER", None))
    folder = tmp_path / "shared"
    sync(ann, folder)
    name = f"id-{id.encode().hex()}"
    assert (folder / "annotators" / f"{name}.json").is_file()
    assert (folder / "history" / ARTICLE.id / f"{name}.jsonl").is_file()
    assert sync(bob, folder).taken.actions == 1
    assert bob.dump() == ann.dump()
    assert [sync(desk, folder).written for desk in (bob, ann)] == [0, 0]
    for odd in ("id-ff", f"id-{b'../evil'.hex()}"):
        (folder / "history" / ARTICLE.id / f"{odd}.jsonl").write_text("")
        assert sync(ann, folder).written == 0
