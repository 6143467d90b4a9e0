from __future__ import annotations

import json
import zipfile
from pathlib import Path

from reader.formats.incoming import Given, Wishes, take_in
from reader.formats.registry import MODULES
from reader.formats.source import parts_at
from reader.store.library import Library
from tests.cli.run import assert_one_line, run, run_on_terminal
from tests.formats.test_json_write import GOLDEN


def test_the_list_of_formats(tmp_path: Path) -> None:
    rows = [line.split("\t") for line in run(tmp_path, "formats").out.splitlines()]
    assert [row[0] for row in rows] == list(MODULES)
    assert rows[0][1:] == ["import export", "code points", ".json", "JSON of this program"]
    listed = json.loads(run(tmp_path, "formats", "--json").out)
    assert [row["name"] for row in listed] == list(MODULES)
    assert listed[0]["lossless"] is True
    shown = run_on_terminal(tmp_path, "formats").out
    assert "json  " in shown and "import export" in shown
    assert list(tmp_path.iterdir()) == []


def test_lines_and_back_give_the_same_library(folder: Path) -> None:
    done = run(folder, "export", "--format", "jsonl", "--removed", "-o", "all.jsonl")
    assert done.code == 0 and done.err.startswith("reader: all.jsonl: ")
    lines = [json.loads(line) for line in (folder / "all.jsonl").read_text().splitlines()]
    assert lines[0]["record"] == "library"
    assert run(folder, "--db", "b.db", "import", "all.jsonl").code == 0
    assert run(folder, "--db", "b.db", "export").out.encode() == GOLDEN.read_bytes()
    # In any order too, with the format said.
    turned = "\n".join((folder / "all.jsonl").read_text().splitlines()[::-1])
    again = run(folder, "--db", "b.db", "import", "--format", "jsonl", "-", stdin=turned.encode())
    assert_one_line(again, "had all of it already", code=0)


def test_some_lines_find_their_article_in_the_library(folder: Path) -> None:
    exported = run(folder, "export", "--format", "jsonl").out.splitlines()
    mentions = [line for line in exported if json.loads(line)["record"] == "mention"]
    (folder / "some.jsonl").write_text("\n".join(mentions))
    done = run(folder, "import", "--format", "jsonl", "some.jsonl")
    assert_one_line(done, "had all of it already", code=0)
    elsewhere = run(folder, "--db", "b.db", "import", "--format", "jsonl", "some.jsonl")
    assert_one_line(elsewhere, "some.jsonl: line 1: there is no article", "Nothing was imported.")
    assert not (folder / "b.db").exists()


def test_a_wrong_line_is_named(folder: Path) -> None:
    exported = run(folder, "export", "--format", "jsonl").out.splitlines()
    number = next(i for i, line in enumerate(exported) if '"record": "mention"' in line)
    line = json.loads(exported[number])
    for change, words in (
        ({"start": line["start"] + 1}, f"line {number + 1}"),
        ({"record": "thing"}, f"line {number + 1}.record: 'thing' is not one of"),
        ({"type": "NEW"}, f"line {number + 1} (mention"),
    ):
        exported[number] = json.dumps(line | change)
        (folder / "in.jsonl").write_text("\n".join(exported))
        done = run(folder, "--db", "b.db", "import", "in.jsonl")
        assert_one_line(done, f"in.jsonl: {words}", "Nothing was imported.")
    assert not (folder / "b.db").exists()


def test_an_archive_is_written_and_read(folder: Path) -> None:
    assert run(folder, "export", "-o", "all.zip").code == 0
    once = (folder / "all.zip").read_bytes()
    assert zipfile.ZipFile(folder / "all.zip").namelist() == ["library.json"]
    assert run(folder, "export", "-o", "all.zip").code == 0
    assert (folder / "all.zip").read_bytes() == once
    assert run(folder, "--db", "b.db", "import", "all.zip").code == 0
    assert run(folder, "--db", "b.db", "export").out.encode() == GOLDEN.read_bytes()


def test_files_of_two_formats_and_a_folder_with_more_in_it(folder: Path) -> None:
    (folder / "in").mkdir()
    run(folder, "export", "-o", "in/all.json")
    run(folder, "export", "--format", "jsonl", "-o", "in/all.jsonl")
    (folder / "in" / "README").write_text("words")
    done = run(folder, "--db", "b.db", "import", "in")
    assert "in: 1 files of no known format were passed over, for example in/README." in done.err
    assert "imported into b.db: 2 new articles" in done.err
    done = run(folder, "import", "in/all.json", "in/all.jsonl")
    assert_one_line(done, "had all of it already", code=0)
    done = run(folder, "import", "in/all.json", "in/README")
    assert_one_line(done, "in/README: no format is recognised in it", "Nothing was imported.")


def test_what_finds_no_place_is_told_and_written_to_a_file(folder: Path) -> None:
    assert run(folder, "export", "--format", "w3c", "-o", "a.jsonld").code == 0
    page = json.loads((folder / "a.jsonld").read_text())
    for item in page["items"]:
        for target in item["target"] if isinstance(item["target"], list) else ():
            if "selector" in target:
                target["selector"][1]["exact"] += "x"
    (folder / "b.jsonld").write_text(json.dumps(page))
    done = run(folder, "import", "b.jsonld")
    assert_one_line(done, "b.jsonld: of its 15 quotes not all stand", "--offsets")
    options = ("--offsets", "code-points", "--unresolved", "left.jsonl")
    done = run(folder, "--db", "annotations.db", "import", *options, "b.jsonld")
    assert done.code == 0 and "Traceback" not in done.err
    assert "b.jsonld: items[" in done.err and "; it was left out." in done.err
    left = [json.loads(line) for line in (folder / "left.jsonl").read_text().splitlines()]
    assert {item["file"] for item in left} == {"b.jsonld"}
    assert [item["item"] for item in left if item["reason"].startswith("2-5 reads “قال”")]


def test_words_that_are_not_understood(folder: Path) -> None:
    for arguments, words in (
        (("export", "--format", "jsn"), "there is no format 'jsn'"),
        (("import", "--format", "jsn", "a"), "there is no format 'jsn'"),
        (("import", "--offsets", "bytes", "a"), "'bytes' is no unit of offsets"),
        (("import", "--map", "PERSON", "a"), "should be OLD=NEW"),
    ):
        (folder / "a").write_bytes(GOLDEN.read_bytes())
        assert_one_line(run(folder, *arguments), words, code=2)


def test_all_that_is_lost_of_a_lossless_export_is_an_empty_file(folder: Path) -> None:
    done = run(folder, "export", "--losses", "lost.jsonl", "-o", "out.json")
    assert done.err.splitlines()[-1] == "reader: nothing was lost."
    assert (folder / "lost.jsonl").read_text() == ""
    done = run(folder, "export", "--losses", "none/lost.jsonl", "-o", "more.json")
    assert_one_line(done, "none/lost.jsonl: cannot be written", "--losses")
    assert not (folder / "more.json").exists()


def test_a_report_is_not_written_over_what_the_command_works_with(folder: Path) -> None:
    before = (folder / "annotations.db").read_bytes()
    (folder / "linked.db").symlink_to("annotations.db")
    run(folder, "export", "-o", "in.json")
    given = (folder / "in.json").read_bytes()
    for name, words in (
        ("annotations.db", "it is the library itself"),
        ("linked.db", "it is the library itself"),
        ("annotations.db-wal", "keeps changes in a file of this name"),
        ("in.json", "has this file for something else"),
        (".", "it is a folder"),
    ):
        done = run(folder, "export", "--losses", name, "-o", "in.json")
        assert_one_line(done, f"{name}: ", words, "--losses")
        done = run(folder, "import", "--unresolved", name, "in.json")
        assert_one_line(done, f"{name}: ", words, "--unresolved")
    assert (folder / "annotations.db").read_bytes() == before
    assert (folder / "in.json").read_bytes() == given
    # A device is written to, and stays one.
    assert run(folder, "export", "--losses", "/dev/null", "-o", "out.json").code == 0


def test_a_format_with_files_for_each_article_goes_to_a_folder_or_an_archive(folder: Path) -> None:
    export = ("export", "--format", "brat")
    assert_one_line(run(folder, *export), "need a folder", "-o", code=2)
    (folder / "out").mkdir()
    assert run(folder, *export, "-o", "out").code == 0
    written = sorted(path.name for path in (folder / "out").iterdir())
    assert any(name.endswith(".ann") for name in written)
    refused = run(folder, *export, "-o", "out")
    assert_one_line(refused, "out: it is there already, and not an empty folder")
    assert_one_line(run(folder, *export, "-o", "annotations.db"), "annotations.db: it is there")
    assert run(folder, *export, "--no-losses", "-o", "out.zip").err.count("\n") == 1
    assert sorted(zipfile.ZipFile(folder / "out.zip").namelist()) == written
    assert sorted(path.name for path in folder.iterdir()) == ["annotations.db", "out", "out.zip"]
    for source in ("out", "out.zip"):
        done = run(folder, "import", source)
        assert_one_line(done, "had all of it already; nothing was changed.", code=0)


def test_what_is_written_to_a_file_and_lost_is_told(folder: Path) -> None:
    done = run(folder, "export", "--format", "csv-mentions", "--losses", "lost.jsonl", "--bom")
    assert done.out.startswith("\ufeffmention,article,title")
    assert done.err.splitlines()[0].startswith("reader: lost: 2 articles, for example “")
    lost = [json.loads(line) for line in (folder / "lost.jsonl").read_text().splitlines()]
    assert {"relation", "note", "attribution"} <= {item["kind"] for item in lost}
    assert all(item["reason"] for item in lost)


def test_a_long_import_tells_how_far_it_is(tmp_path: Path) -> None:
    lines = (json.dumps({"text": f"Text {i} of many.", "label": [[0, 4, "X"]]}) for i in range(30))
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    told: list[int] = []
    with Library(tmp_path / "l.db") as library:

        def tell() -> None:
            told.append(len(told) + 1)

        given = Given("many.jsonl", parts_at(tmp_path / "many.jsonl", "many.jsonl"), True)
        take_in(library, [given], "Kim", Wishes(format="doccano"), tell)
        assert told == list(range(1, 31))
        assert len(library.articles.listed("")) == 30
