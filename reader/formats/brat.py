"""brat standoff: a folder with `doc.txt` and `doc.ann` for each article, and brat's settings.

A mention is a T line with its type; `N … Wikidata:Q76` says what it is, and `N …
local:ID` which entity of the library. A claim mention is a T line `Claim`, what is said of it
A lines; an attribution an event `Attribution` with `Source`, `Cue` and `Content`, as in PolNeAR.
Other events become relations that begin at the mention of their trigger.
Lines that cannot be read are kept, each as a note on the article that begins with `[brat] `,
and written back at the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.errors import FormatError
from reader.formats.brat_ids import Named
from reader.formats.brat_lines import Kept, Parsed, parse, parse_line
from reader.formats.brat_names import spoken_types, written_types
from reader.formats.brat_read import BratDocument
from reader.formats.brat_settings import annotation_conf, visual_conf
from reader.formats.brat_shared import Shared
from reader.formats.brat_write import Above, BratWriter
from reader.formats.catalogue import Catalogue
from reader.formats.format import ExportOptions, File, Format, ImportOptions, Read
from reader.formats.labels import Labels
from reader.formats.landing import Landing, land
from reader.formats.outgoing import Outgoing
from reader.formats.source import Part, Source, utf_8
from reader.values import dataclass

_BOM = "\ufeff"
_ONE_LINE = "brat has no place for it, or for a span that begins or ends with a line end"
_PEOPLE = "brat does not say who marked what"
_TIMES = "brat does not say when"
_IDS = "brat numbers what is marked"
_ENTITY = "of an entity, type, name and sure links are written"
_CLAIM = "of a claim, its words and their language are written"
_CLAIM_FIELDS = (
    *("gloss", "gloss_language", "topic", "type", "verdict", "justification"),
    *("evidence", "time", "place", "attributes"),
)

FORMAT = Format(
    name="brat",
    title="brat standoff",
    suffixes=(".ann", ".a1", ".a2", ".co", ".rel"),
    media="text/plain",
    offsets="code points; UTF-16 is read too",
    per_article=True,
    companions=(".txt", ".conf"),
    lacks=(
        ("status", "brat keeps no progress"),
        ("suggestion", "brat knows no proposals"),
        ("refusal", "brat knows no refusals"),
        ("annotator", _PEOPLE),
        ("*.annotator", _PEOPLE),
        ("*.created_by", _PEOPLE),
        ("*.updated_by", _PEOPLE),
        ("*.created", _TIMES),
        ("*.updated", _TIMES),
        ("*.origin", "brat does not say how a mark came about"),
        *((f"{kind}.id", _IDS) for kind in ("mention", "claim_mention", "attribution")),
        *((f"{kind}.id", _IDS) for kind in ("relation", "note")),
        *((f"entity.{field}", _ENTITY) for field in ("aliases", "note", "merged_into")),
        *((f"claim.{field}", _CLAIM) for field in _CLAIM_FIELDS),
        ("relation.confidence", "a relation of brat has a type and two ends"),
        ("relation.rationale", "a relation of brat has a type and two ends"),
        ("claim_mention.affiliation", "there is one entity to a claim mention"),
    ),
    partly=(
        ("article", "the files hold the text alone"),
        ("mention", _ONE_LINE),
        ("claim_mention", _ONE_LINE),
        ("attribution", _ONE_LINE),
        ("entity", "what is linked in a text is written, with sure links and a name on one line"),
        ("claim", "what is marked in a text is written, with words on one line"),
        ("relation", "only what is marked in one article is related"),
        ("note", "notes stand on articles and what is marked there"),
        ("entity_type", "types come back by their names, where they are in use"),
        ("relation_type", "types come back by their names, where they are in use"),
        ("attribute", "attributes come back by their names, where they are in use"),
    ),
    notes="A folder that brat opens, with annotation.conf and visual.conf.",
)


def recognises(part: Part) -> bool:
    """Tell whether a file has brat's ending, and begins with a line of brat or with nothing."""
    if part.suffix not in FORMAT.suffixes:
        return False
    first = next((line for line in part.peek().split("\n") if line.strip()), "T1\tA 0 1")
    return not isinstance(parse_line(first.rstrip("\r"), ""), Kept)


def write(outgoing: Outgoing, options: ExportOptions) -> Iterator[File]:
    """Write two files for each article, and the settings."""
    schema = outgoing.schema
    entity = (kind.name for kind in schema.entity_types)
    types = written_types((*entity, *(kind.name for kind in schema.relation_types)))
    above = Above(outgoing, types)
    for article in outgoing.articles:
        yield File(f"{article.id}.txt", (article.text,))
        yield File(f"{article.id}.ann", BratWriter(article, above).lines())
    yield File("annotation.conf", (annotation_conf(schema, types, above.attributes),))
    yield File("visual.conf", (visual_conf(schema, types),))


def read(source: Source, options: ImportOptions) -> Iterator[Read]:
    """Read each document of a folder: its text, and the files of annotations beside it."""
    labels = Labels(options.schema, options.labels)
    who, moment = options.annotator.id, options.moment
    shared = Shared((moment, who, moment, who), labels)
    visual = source.named("visual.conf")
    spoken = {} if visual is None else spoken_types(visual.text())
    documents, alone = _documents(source)
    told = _told(alone)
    for document in documents:
        landing, ahead = _landing(document, source.articles)
        with document.shown.placed():
            parsed = _parsed(document)
            named = Named(landing, parsed, options.offsets, ahead)
            found = BratDocument(named, options, labels, spoken, shared).document(landing.article)
        yield Read(
            document=found,
            unresolved=tuple(named.unresolved),
            notices=(*told, *parsed.notices),
            shown=document.shown.shown,
        )
        told = ()


@dataclass(frozen=True, slots=True)
class _Document:
    """The files of a document: those of annotations, and the text if it is there."""

    annotations: tuple[Part, ...]
    text: Part | None

    @property
    def shown(self) -> Part:
        return self.annotations[0]


def _documents(source: Source) -> tuple[list[_Document], list[Part]]:
    """Return the documents, and the texts that have no annotations beside them."""
    texts = {part.stem: part for part in source.parts if part.suffix == ".txt"}
    found: dict[str, list[Part]] = {}
    for part in source.parts:
        if part.suffix in FORMAT.suffixes:
            found.setdefault(part.stem, []).append(part)
    if not found:
        raise FormatError(f"{source.shown}: there is no .ann file in it; name a folder of brat.")
    documents = [_Document(tuple(own), texts.get(stem)) for stem, own in found.items()]
    return documents, [part for stem, part in texts.items() if stem not in found]


def _told(alone: list[Part]) -> tuple[str, ...]:
    if not alone:
        return ()
    many = "1 text has" if len(alone) == 1 else f"{len(alone)} texts have"
    return (f"{many} no .ann beside it and was passed over, for example {alone[0].shown}.",)


def _parsed(document: _Document) -> Parsed:
    several = len(document.annotations) > 1
    return parse(
        (f"{part.suffix} " if several else "", part.text()) for part in document.annotations
    )


def _landing(document: _Document, articles: Catalogue) -> tuple[Landing, int]:
    """Return the text of a document, and how much offsets count before it begins."""
    part = document.shown
    if document.text is None:
        found = articles.with_name(part.name)
        if found is None:
            raise FormatError(
                f"{part.shown}: its text is not beside it ({part.stem}.txt), nor in the library "
                "under that name; name both files, or their folder."
            )
        return Landing(found, found.text), 0
    with document.text.placed():
        # brat counts a byte-order mark as a character; an article of the library has none,
        # unless its text begins with one after the first.
        text = utf_8(document.text.read())
        known = articles.with_text(text) if text.startswith(_BOM) else None
        if known is not None:
            return Landing(known, text), 0
        bare = text.removeprefix(_BOM)
        return land(articles, bare, document.text.name), len(text) - len(bare)
