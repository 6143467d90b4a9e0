"""`reader claims` on the reference library: known answers from its JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import assert_one_line, run, run_on_terminal

REFERENCE = Path(__file__).parents[2] / "seeds" / "reference.json"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("claims")
    assert run(path, "import", REFERENCE).code == 0
    return path


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(REFERENCE.read_bytes())
    return read


def test_every_claim_is_a_line_with_its_fields(folder: Path, data: dict[str, Any]) -> None:
    lines = [line.split("\t") for line in run(folder, "claims").out.splitlines()]
    assert len(lines) == 117 and {len(line) for line in lines} == {12}
    assert {line[0]: line[10] for line in lines} == {c["id"]: c["text"] for c in data["claims"]}
    assert sum(int(line[5]) for line in lines) == 139
    assert [line[3] for line in lines].count("yes") == 7
    assert lines[0][5] == "4"


def test_filters_add_up(folder: Path, data: dict[str, Any]) -> None:
    arabic = next(a for a in data["articles"] if a["language"] == "ar")
    denied = {m["claim"] for m in arabic["claim_mentions"] if m["mode"] == "denied"}
    found = json.loads(run(folder, "claims", "--language", "ar", "--mode", "denied", "--json").out)
    assert {claim["id"] for claim in found} == denied and denied
    name = next(e["id"] for e in data["entities"] if e["name"] == "Julian Assange")
    mentions = [m for a in data["articles"] for m in a["claim_mentions"]]
    his = {m["claim"] for m in mentions if m["claimant"] == name}
    found = json.loads(run(folder, "claims", "--claimant", "ASSANGE", "--json").out)
    assert {claim["id"] for claim in found} == his
    assert {m["claimant_name"] for c in found for m in c["mentions"]} >= {"Julian Assange"}


def test_on_a_terminal_rows_fit_and_arabic_is_in_visual_order(folder: Path) -> None:
    out = run_on_terminal(folder, "claims", "--contested", NO_COLOR="1").out
    rows = [row for row in out.splitlines() if "≠" in row]
    assert len(rows) == 7
    assert any("ﺎﻳﺮﺑﻭﺮﺑ ﺎﺗﺍﺩ" in row for row in rows)


def test_what_nothing_is_like_is_said_in_one_line(folder: Path) -> None:
    assert_one_line(run(folder, "claims", "nowhere at all"), "no claim is like that")
    assert_one_line(run(folder, "claims", "--claimant", "nobody"), "no claim is like that")
    assert run(folder, "claims", "--mode", "sung").code == 2
