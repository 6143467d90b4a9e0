"""Label Studio: a file of tasks, and the labelling interface to import them under.

A mention is a region, and so is a claim mention, labelled `Claim`; what else is said of them are
results of other controls with the id of the region. Region ids are those of the library,
which Label Studio keeps, so that what comes back is known again. Proposals are predictions.
What a task has and a library has not is kept as notes on the article that begin with
`[label-studio] `, and written back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reader.errors import FormatError
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.json_stream import stream
from reader.formats.json_values import dump_line
from reader.formats.label_studio_config import interface
from reader.formats.label_studio_read import Shapes, TaskReader, all_marks, same_words
from reader.formats.label_studio_tasks import task_of
from reader.formats.label_studio_write import TaskWriter
from reader.formats.labels import Labels
from reader.formats.landing import land
from reader.formats.offsets import CODE_POINTS, UTF_16, Unit, settle_unit
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source

_WHO = "Label Studio gives what is imported to whoever imports it"
_WHEN = "Label Studio tells times of whole annotations"
_SAID = "said in a library by types that only its schema tells apart"
_TYPES = "types come back by their names, where they are in use"
_STRETCH = "a region is one stretch, and its controls say less than a schema what they are"

FORMAT = Format(
    name="label-studio",
    title="Label Studio JSON",
    suffixes=(".json", ".jsonl"),
    media="application/json",
    offsets="code points; UTF-16 is read too",
    per_article=True,
    companions=(".xml",),
    lacks=(
        ("entity", "Label Studio knows no entities behind regions"),
        ("claim", "Label Studio knows no claims above texts"),
        ("attribution", "Label Studio has no parts with roles"),
        ("refusal", "Label Studio keeps no refusals"),
        ("status", "Label Studio does not say how far somebody is"),
        ("annotator", _WHO),
        ("*.annotator", _WHO),
        ("*.created", _WHEN),
        ("*.updated", _WHEN),
        ("*.origin", "Label Studio has words of its own for how a region came about"),
        ("mention.entity", "Label Studio knows no entities behind regions"),
        ("suggestion.entity", "Label Studio knows no entities behind regions"),
        ("claim_mention.claim", "Label Studio knows no claims above texts"),
        ("claim_mention.claimant", "Label Studio knows no entities behind regions"),
        ("claim_mention.affiliation", "Label Studio knows no entities behind regions"),
        ("claim_mention.attribution", "Label Studio has no parts with roles"),
        ("relation.id", "relations and notes have no ids there"),
        ("note.id", "relations and notes have no ids there"),
        ("relation.confidence", "a relation has labels and two ends"),
        ("relation.rationale", "a relation has labels and two ends"),
        ("relation.attributes", "a relation has labels and two ends"),
    ),
    partly=(
        ("article", "a task holds the text alone"),
        ("mention", _STRETCH),
        ("claim_mention", _STRETCH),
        ("suggestion", _STRETCH),
        ("relation", "only what one annotator marked in one text is related"),
        ("note", "notes stand on texts and regions"),
        ("entity_type", _TYPES),
        ("relation_type", _TYPES),
        ("attribute", _SAID),
    ),
    notes="A folder with tasks.json, and config.xml for the labelling interface.",
)
UNITS = (CODE_POINTS, UTF_16, Unit(lf=True), Unit("utf-16", lf=True))
"""What offsets may count: code points today, UTF-16 in older data; CRLF as a page shows it."""

_TASK = re.compile(r'"(?:annotations|completions|predictions)"\s*:\s*\[')
_DATA = re.compile(r'"data"\s*:\s*\{')
_BEGIN = re.compile(r'\A\s*\[?\s*\{\s*(?:"id"\s*:\s*\d+\s*,\s*)?"data"\s*:\s*\{')
_MIN = re.compile(r'\[\s*\{\s*"start"\s*:\s*\d+[^{}]*"(?:labels|choices)"\s*:')
_OTHERS = re.compile(r'\A\s*\[?\s*\{\s*"(?:format|record|@context)"')


def recognises(part: Part) -> bool:
    """Tell whether a file begins with tasks: data and annotations, or the regions of JSON_MIN."""
    begin = part.peek()
    if begin.lstrip()[:1] not in ("[", "{") or _OTHERS.match(begin):
        return False
    if begin.lstrip().startswith("[") and _MIN.search(begin):
        return True
    is_task = _DATA.search(begin) is not None and _TASK.search(begin) is not None
    return is_task or _BEGIN.match(begin) is not None


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write the tasks, and then the interface that they need."""
    writer = TaskWriter(outgoing)
    yield File("tasks.json", _listed(dump_line(writer.task(each)) for each in outgoing.articles))
    yield File("config.xml", (interface(outgoing.schema, writer.controls),))


def _listed(rows: Iterable[str]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + row
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read the tasks of each file; what offsets count is found out from all of it first."""
    parts = [part for part in source.parts if part.suffix not in FORMAT.companions]
    if not parts:
        raise FormatError(f"{source.shown}: there are no tasks in it; name a file of tasks.")
    for part in parts:
        with part.placed():
            tasks = [task_of(value, where) for where, value in stream(part)]
            if not tasks:
                raise FormatError("there is no task in it; name an export of Label Studio.")
            marks = all_marks(tasks)
            unit = options.offsets or settle_unit(marks, UNITS, same_words)
        labels, shapes = Labels(options.schema, options.labels), Shapes(tasks)
        taken: set[str] = set()
        for task in tasks:
            with part.placed():
                name = f"{part.name}#{task.where.removeprefix('line ')}"
                landing = land(source.articles, task.text, name)
                found = TaskReader(task, landing, labels, options, shapes, taken).read(unit)
            yield replace(found, shown=part.shown)
