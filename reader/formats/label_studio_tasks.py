"""Tasks of Label Studio as values: regions with all that is said of them, and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from reader.annotation.attributes import AttributeValue
from reader.errors import FormatError
from reader.formats.json_values import items, mapping, offset, string
from reader.formats.offsets import Mark
from reader.values import dataclass

_MIN_OWN = frozenset(
    *(("id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"),)
)
"""What JSON_MIN says of an annotation, not of its text."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a control says of a region or of a text.

    Attributes:
        name: Name of the control.
        value: What it says.
        chosen: Whether it is one or some of several values.
    """

    name: str
    value: AttributeValue
    chosen: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the text with all results that have its id.

    Attributes:
        where: The place of the first of them.
        id: Its id; "" for none.
        mark: Where it stands, or None where that is not said in a way that can be read.
        labels: Its labels.
        said: What other controls say of it.
        notes: Notes on it.
        score: What a model gave it.
        on: The object that it stands on: as a rule, a field of the task's data.
    """

    where: str
    id: str
    mark: Mark | None
    labels: tuple[str, ...]
    said: tuple[Said, ...]
    notes: tuple[str, ...]
    score: float | None
    on: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two regions, by their ids."""

    where: str
    source: str
    target: str
    direction: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One annotation of a text, or what a model predicts.

    Attributes:
        where: Its place.
        who: Who made it: a name, the name of a model, or "".
        score: What the model gives all of it.
        regions: Its regions.
        links: Its relations.
        whole: Results that are said of the text.
        passed: Kinds of control that were passed over.
    """

    where: str
    who: str
    score: float | None
    regions: tuple[Region, ...]
    links: tuple[Link, ...]
    whole: tuple[Mapping[str, Any], ...]
    passed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A text with its annotations.

    Attributes:
        where: Its place.
        text: The text.
        data: The other fields of its data.
        sheets: Its annotations.
        predictions: What models predict.
        cancelled: How many annotations were cancelled, and are left out.
        field: The field of its data that is the text, or "".
    """

    where: str
    text: str
    data: Mapping[str, Any]
    sheets: tuple[Sheet, ...]
    predictions: tuple[Sheet, ...]
    cancelled: int = 0
    field: str = ""

    @property
    def marks(self) -> list[Mark]:
        """Where all regions of the text stand."""
        sheets = (*self.sheets, *self.predictions)
        regions = (region for sheet in sheets for region in sheet.regions)
        return [each.mark for each in regions if each.mark and not self.is_elsewhere(each)]

    def is_elsewhere(self, region: Region) -> bool:
        """Tell whether a region stands on another text of the task."""
        return region.on != self.field and isinstance(self.data.get(region.on), str)


def task_of(value: Any, where: str) -> Task:
    """Read a task, or a row of JSON_MIN.

    Raises:
        FormatError: Naming the place.
    """
    row = mapping(value, where)
    if not isinstance(row.get("data"), dict):
        return _of_min(row, where)
    name = "annotations" if "annotations" in row else "completions"
    given = list(_rows(row, name, where))
    kept = [(at, each) for at, each in given if not each.get("was_cancelled")]
    sheets = tuple(_sheet(each, at, _who(each, at)) for at, each in kept)
    predictions = tuple(
        _sheet(each, at, _model(each)) for at, each in _rows(row, "predictions", where)
    )
    rows = [r for _, each in (*kept, *_rows(row, "predictions", where)) for r in _results(each)]
    name, text = _text(row["data"], rows, f"{where}.data")
    data = {key: each for key, each in row["data"].items() if key != name}
    return Task(where, text, data, sheets, predictions, len(given) - len(kept), name)


def _results(sheet: Mapping[str, Any]) -> list[Any]:
    found = sheet.get("result")
    return found if isinstance(found, list) else []


def _rows(row: Mapping[str, Any], name: str, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    given = row.get(name)
    for i, each in enumerate(items([] if given is None else given, f"{where}.{name}")):
        at = f"{where}.{name}[{i}]"
        yield at, mapping(each, at)


def _who(row: Mapping[str, Any], where: str) -> str:
    """Return the name of who annotated: an address, a name, or a number with a word before it."""
    who = row.get("completed_by")
    if isinstance(who, dict):
        names = (who.get("first_name"), who.get("last_name"))
        full = " ".join(name for name in names if isinstance(name, str) and name)
        named = who.get("email") or full or who.get("username") or who.get("id")
        who = named
    if who is None or isinstance(who, bool):
        return ""
    if isinstance(who, int):
        return f"Label Studio {who}"
    return string(who, f"{where}.completed_by").strip()


def _model(row: Mapping[str, Any]) -> str:
    named = row.get("model_version")
    return named if isinstance(named, str) and named.strip() else "Label Studio"


def _sheet(row: Mapping[str, Any], where: str, who: str) -> Sheet:
    results = list(_rows(row, "result", where))
    links = tuple(_link(each, at) for at, each in results if each.get("type") == "relation")
    groups: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for at, each in results:
        if each.get("type") != "relation":
            given = each.get("id")
            groups.setdefault(at if given is None else str(given), []).append((at, each))
    regions: list[Region] = []
    whole: list[Mapping[str, Any]] = []
    passed: list[str] = []
    for id, rows in groups.items():
        if any("start" in _value(each, at) for at, each in rows):
            regions.append(_region(id, rows, passed))
        else:
            whole += [each for _, each in rows]
    score = _score(row.get("score"))
    return Sheet(
        where, who, score, tuple(regions), links, tuple(whole), tuple(dict.fromkeys(passed))
    )


def _value(row: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    given = row.get("value")
    return mapping({} if given is None else given, f"{where}.value")


def _score(value: Any) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    return None


def _link(row: Mapping[str, Any], where: str) -> Link:
    labels = row.get("labels")
    names = items([] if labels is None else labels, f"{where}.labels")
    return Link(
        where,
        str(row.get("from_id")),
        str(row.get("to_id")),
        str(row.get("direction") or "right"),
        tuple(string(name, f"{where}.labels") for name in names),
    )


def _region(id: str, rows: Sequence[tuple[str, Mapping[str, Any]]], passed: list[str]) -> Region:
    labels: list[str] = []
    said: list[Said] = []
    notes: list[str] = []
    score = None
    for where, row in rows:
        kind = str(row.get("type") or row.get("from_name") or "")
        value = _value(row, where)
        if kind == "labels" or kind.endswith("labels") or "labels" in value:
            given = value.get("labels", value.get(kind, []))
            labels += (string(each, f"{where}.value") for each in items(given, f"{where}.value"))
        elif (found := said_of(row, where)) is not None:
            said.append(found)
        else:
            passed.append(kind)
        notes += _notes(row, where)
        score = _score(row.get("score", score))
    where, placed = next((at, each) for at, each in rows if "start" in _value(each, at))
    mark = _mark(_value(placed, where), where)
    names, on = tuple(dict.fromkeys(labels)), str(placed.get("to_name") or "")
    return Region(where, id, mark, names, tuple(said), tuple(notes), score, on)


def said_of(row: Mapping[str, Any], where: str) -> Said | None:
    """Return what a control other than labels says, or None for kinds that are not read."""
    name = str(row.get("from_name") or row.get("type"))
    kind, value = str(row.get("type") or ""), _value(row, where)
    if kind == "choices" or "choices" in value:
        given = items(value.get("choices"), f"{where}.value.choices")
        words = tuple(string(each, f"{where}.value.choices") for each in given)
        return Said(name, words, chosen=True)
    if kind == "taxonomy":
        paths = items(value.get("taxonomy"), f"{where}.value.taxonomy")
        return Said(name, tuple(" > ".join(map(str, items(p, where))) for p in paths), chosen=True)
    if kind in ("number", "rating"):
        number = value.get(kind)
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise FormatError(f"{where}.value.{kind}: should be a number.")
        return Said(name, number, chosen=False)
    if kind == "textarea":
        text = value.get("text")
        lines = [text] if isinstance(text, str) else items(text, f"{where}.value.text")
        text = "\n".join(string(each, f"{where}.value.text") for each in lines)
        return Said(name, text, chosen=False)
    return None


def _notes(row: Mapping[str, Any], where: str) -> list[str]:
    meta = row.get("meta")
    text = meta.get("text") if isinstance(meta, dict) else None
    given = (
        [text] if isinstance(text, str) else items([] if text is None else text, f"{where}.meta")
    )
    words = (string(each, f"{where}.meta.text") for each in given)
    return [each for each in words if each.strip()]


def _mark(value: Mapping[str, Any], where: str) -> Mark | None:
    places = value.get("globalOffsets")
    if places is not None:
        places = mapping(places, f"{where}.value.globalOffsets")
        value = {**places, "text": value.get("text")}
    elif isinstance(value.get("start"), str):
        # A path into a page, or the number of a paragraph.
        return None
    start = offset(value.get("start"), f"{where}.value.start")
    end = offset(value.get("end"), f"{where}.value.end")
    text = value.get("text")
    return Mark(start, end, text if isinstance(text, str) else None)


def _text(data: Mapping[str, Any], results: Sequence[Any], where: str) -> tuple[str, str]:
    """Return the field that is the text, and the text."""
    targets = [row.get("to_name") for row in results if isinstance(row, dict)]
    texts = {name: each for name, each in data.items() if isinstance(each, str)}
    names = [name for name in (*targets, "text") if isinstance(name, str) and name in texts]
    # Of several, every task of a file has the same: the body, not the headline.
    names.sort(key=lambda name: (name != "text" or name not in targets, -len(texts[name])))
    if not names and len(texts) == 1:
        names = [*texts]
    if not names:
        raise FormatError(f"{where}: no field of it is surely the text; call it text.")
    text = texts[names[0]]
    values = (row.get("value") for row in results if isinstance(row, dict))
    if any(isinstance(value, dict) and "globalOffsets" in value for value in values):
        text = _words(text)
    return names[0], text


class _Words(HTMLParser):
    """Gathers the words of a page as its regions count them: a `br` is one line end."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _words(page: str) -> str:
    parser = _Words()
    parser.feed(page)
    parser.close()
    return "".join(parser.words)


def _of_min(row: Mapping[str, Any], where: str) -> Task:
    """Read a row of JSON_MIN: controls are fields, and what has the same place is one region."""
    results: list[dict[str, Any]] = []
    data: dict[str, Any] = {}
    for name, each in row.items():
        if _is_regions(each):
            results += (_of_min_region(name, value) for value in each)
        elif name not in _MIN_OWN:
            data[name] = each
    texts = {name: each for name, each in data.items() if isinstance(each, str)}
    if not texts:
        raise FormatError(f"{where}: it has neither data nor a text; it is no task.")
    name = "text" if "text" in texts else max(texts, key=lambda each: len(texts[each]))
    sheet = _sheet({"result": results}, where, _who({"completed_by": row.get("annotator")}, where))
    rest = {key: each for key, each in data.items() if key != name}
    return Task(where, texts[name], rest, (sheet,), ())


def _is_regions(value: Any) -> bool:
    is_list = isinstance(value, list) and bool(value)
    return is_list and all(isinstance(each, dict) and "start" in each for each in value)


def _of_min_region(name: str, value: Mapping[str, Any]) -> dict[str, Any]:
    kinds = ("labels", "choices", "taxonomy", "number", "rating")
    kind = next((each for each in kinds if each in value), "textarea")
    place = f"{value.get('start')}-{value.get('end')}"
    return {"id": place, "from_name": name, "type": kind, "value": value}
