"""`reader suggest`: where known names, dates and amounts stand, to be looked at or tagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from reader.cli.candidates import complete_articles, complete_files
from reader.cli.inputs import read_input, shown_name
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import Output, print_fields, print_json, tell
from reader.errors import UsageError
from reader.values import dataclass

if TYPE_CHECKING:
    from reader.annotation.model import Entity
    from reader.session import Session
    from reader.suggest.names import Name
    from reader.suggest.proposals import Proposal
    from reader.work.suggesting import Among, Sources

_ID_SHOWN = 8
_PLACE = 13
_KIND = 8
"""Columns of the place and of the type of a suggestion."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be proposed, as the options say."""

    aliases: bool
    gazetteers: tuple[str, ...]
    type: str | None
    patterns: bool
    models: bool
    least: float

    @property
    def all_known(self) -> bool:
        """Whether no source was named: then names and models' suggestions are meant."""
        return not (self.aliases or self.gazetteers or self.patterns or self.models)


@click.command("suggest")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=complete_articles)
@click.option("--aliases", is_flag=True, help="Look for names and aliases of the entities.")
@click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    metavar="FILE",
    shell_complete=complete_files,
    help="Look for the names in FILE: a name a line, or JSON.",
)
@click.option("--type", "type_", metavar="TYPE", help="Type of names that FILE gives none.")
@click.option("--patterns", is_flag=True, help="Look for dates, money and percentages.")
@click.option("--models", is_flag=True, help="What models propose, brought with --import.")
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SCORE",
    help="Only what a model gave SCORE (0 to 1) or more.",
)
@click.option(
    "--also-finished",
    "finished",
    is_flag=True,
    help="Also in articles that are done, reviewed or skipped.",
)
@click.option("--take", is_flag=True, help="Tag all of it, as one action.")
@click.option("--keep", is_flag=True, help="Keep it, to look through it in the interface.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.option(
    "--import",
    "predictions",
    metavar="FILE",
    shell_complete=complete_files,
    help="Take in predictions of a model as suggestions: JSON lines.",
)
@click.option("--model", metavar="NAME", help="What to call the model of --import.")
@shared_options
@click.pass_obj
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    articles: tuple[str, ...],
    aliases: bool,
    gazetteers: tuple[str, ...],
    type_: str | None,
    patterns: bool,
    models: bool,
    least: float,
    finished: bool,
    take: bool,
    keep: bool,
    as_json: bool,
    predictions: str | None,
    model: str | None,
) -> None:
    """Propose mentions in all articles, or in each ARTICLE that is named.

    Without a source, the names and aliases of the library's entities and
    what you have tagged in the article are looked for, and what models propose
    is shown. What is tagged or refused
    already, and site furniture, is left out. Nothing is written without
    --take, which tags all that is printed, as one action that one undo takes
    back, or --keep, which lets the interface propose what a gazetteer does.

    A line for each suggestion: on a terminal with the words around it; on a
    pipe with tabs between article, start, end, type, the words as they are
    written, entity, score, the words around them and the title.

    A gazetteer has a name a line, perhaps with a tab and its type, and another
    tab and other names parted by |; as JSON, objects may have a wikidata id too.
    What is taken is linked to the entity with this id or, folded, one of the
    names; where there is none it is made as the gazetteer says, with --keep too.

    A line of --import is an object with article (id or file name), start, end
    (code points), quote, type, and perhaps score, entity and model.

    \b
    Examples:
      reader suggest
      reader suggest --gazetteer parties.txt --type ORG --take
      reader suggest --patterns 3
      reader suggest --import ner.jsonl --model spacy
      reader suggest --models --least 0.8 --take
    """
    from reader.session import Session

    asked = _Asked(aliases, gazetteers, type_, patterns, models, least)
    _check(asked, articles, predictions, model, take, keep)
    with settings.open_existing() as library:
        session = Session(library, settings.name)
        if predictions is not None:
            _import(session, predictions, model)
            return
        found = list(_found(session, asked, articles, finished))
        count = _shown(session, found, as_json, Output.here(settings.bidi))
        if take and count:
            _take(session, found)
        told = _keep(session, found, asked) if keep and count else _summary(found, take)
    tell(told)
    if not count:
        context.exit(1)


def _check(
    asked: _Asked,
    articles: tuple[str, ...],
    predictions: str | None,
    model: str | None,
    take: bool,
    keep: bool,
) -> None:
    if take and keep:
        raise UsageError("--take tags and --keep does not; give one of them.")
    if predictions is None and model is not None:
        raise UsageError("--model names the model of --import; give a file with --import too.")
    if predictions is not None and (not asked.all_known or articles or take or keep):
        raise UsageError("--import takes in a file and does nothing else; look at it afterwards.")
    if asked.type is not None and not asked.gazetteers:
        raise UsageError("--type is for the names of --gazetteer; give a file with it too.")


def _import(session: Session, file: str, model: str | None) -> None:
    from reader.formats.predictions import read_predictions
    from reader.suggest.actions import store

    data = read_input(file, "Nothing was imported.")
    name = model or PurePath(file).stem.strip("-") or "model"
    me = session.author.annotator.id
    new, known = read_predictions(session.library, data, shown_name(file), name, me)
    there = f"; {known:,} were there already" if known else ""
    if not new:
        tell(f"no new suggestion in {shown_name(file)}{there}.")
        return
    session.apply(store(session.author, new))
    articles = len({record.span.article for record in new})
    models = ", ".join(dict.fromkeys(f"“{record.model}”" for record in new))
    counted = _counted(len(new), "suggestion")
    tell(f"imported {counted} of {models} in {_counted(articles, 'article')}{there}.")


def _found(
    session: Session, asked: _Asked, articles: tuple[str, ...], finished: bool
) -> Iterator[Among]:
    from reader.cli.article_names import find_articles
    from reader.work.suggesting import propose

    ids = [entry.id for entry in find_articles(session.library, articles)] if articles else None
    sources = _sources(session, asked)
    for among in propose(session, sources, ids, finished=finished):
        if among is not None:
            yield among


def _sources(session: Session, asked: _Asked) -> Sources:
    from reader.annotation.model import Entity
    from reader.suggest.proposals import names_of
    from reader.work.suggesting import Sources

    entities = [r for r in session.library.records.shared() if isinstance(r, Entity)]
    known = list(names_of(entities))
    names = known if asked.aliases or asked.all_known else []
    listed = [name for file in asked.gazetteers for name in _listed(session, asked, file, entities)]
    return Sources(
        tuple(dict.fromkeys((*names, *listed))),
        patterns=asked.patterns,
        models=asked.models or asked.all_known,
        wordings=asked.all_known,
        least=asked.least,
    )


def _listed(
    session: Session, asked: _Asked, file: str, entities: Iterable[Entity]
) -> Iterator[Name]:
    """Give the names of a gazetteer, those of an entity of the library with it."""
    from reader.suggest.gazetteer import read_gazetteer
    from reader.suggest.register import Register

    types = [kind.name for kind in session.schema.offered]
    if asked.type is not None and asked.type not in types:
        raise UsageError(f"there is no type {asked.type!r}; known are {', '.join(types)}.")
    register = Register(entities)
    text = _decoded(read_input(file, "Nothing was looked for."), file)
    for listed in read_gazetteer(text, shown_name(file), types, asked.type):
        found = register.find(listed)
        for name in listed.names:
            if len(found) == 1:
                yield name._replace(type=found[0].type, entity=found[0].id, listed=None)
            else:
                yield name._replace(listed=None) if found else name


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{shown_name(file)}: not UTF-8 at byte {error.start}; save it as UTF-8."
        ) from error


def _shown(session: Session, found: Sequence[Among], as_json: bool, output: Output) -> int:
    """Print what was found; return how many suggestions it is."""
    from reader.annotation.model import Entity

    names = {e.id: e.name for e in session.library.records.shared() if isinstance(e, Entity)}
    if as_json:
        rows = [row for among in found for row in _as_json(among, names)]
        print_json(rows)
    elif output.is_terminal:
        with output.explicit():
            for among in found:
                _print_rows(among, output)
    else:
        for among in found:
            _print_lines(among, names)
    return sum(len(among.found) for among in found)


def _as_json(among: Among, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    for each, hit in zip(among.found, among.hits, strict=True):
        yield {
            "article": among.article,
            "title": among.title,
            "language": among.language,
            "start": each.start,
            "end": each.end,
            "quote": each.quote,
            "type": each.type,
            "entity": each.entity,
            "name": names.get(each.entity or ""),
            "score": each.score,
            "from": _origin(each),
            "excerpt": hit.excerpt,
            "mark": hit.mark,
        }


def _origin(proposal: Proposal) -> str:
    """Say what proposes it: a model by its name."""
    proposer = proposal.names[0].proposer
    return proposal.records[0].model if proposer == "model" else proposer


def _print_lines(among: Among, names: dict[str, str]) -> None:
    for each, hit in zip(among.found, among.hits, strict=True):
        score = "" if each.score is None else each.score
        name = names.get(each.entity or "", "")
        place = (among.article, each.start, each.end, each.type, each.quote)
        print_fields(*place, name, score, hit.excerpt, among.title)


def _print_rows(among: Among, output: Output) -> None:
    """Print an article's title, and below it a row for each suggestion."""
    head = f"{among.article[:_ID_SHOWN]}  "
    output.row(head + output.marked(among.title, (), output.width - len(head)))
    for each, hit in zip(among.found, among.hits, strict=True):
        place = f"{each.start}-{each.end}".rjust(_PLACE)
        kind = each.type[:_KIND].ljust(_KIND)
        room = output.width - _PLACE - _KIND - 4
        excerpt = output.marked(hit.excerpt, [hit.mark], room, hit.base)
        output.row(f"{place}  {kind}  {excerpt}")


def _take(session: Session, found: Sequence[Among]) -> None:
    from reader.work.suggesting import take_everywhere

    take_everywhere(session, {among.article: among.found for among in found})


def _keep(session: Session, found: Sequence[Among], asked: _Asked) -> str:
    """Keep what was found; return what to say of it."""
    from reader.work.suggesting import keep_everywhere

    name = PurePath(asked.gazetteers[0]).stem.strip("-") if asked.gazetteers else ""
    chosen = {among.article: among.found for among in found}
    count = keep_everywhere(session, chosen, name or "list")
    there = sum(map(len, chosen.values())) - count
    aside = f"; {there:,} were there already" if there else ""
    return f"kept {_counted(count, 'suggestion')} for the interface{aside}."


def _summary(found: Sequence[Among], taken: bool) -> str:
    types = Counter(each.type for among in found for each in among.found)
    count = sum(types.values())
    if not count:
        return "nothing is proposed: all known names are tagged, refused or nowhere."
    counted = ", ".join(f"{many:,} {type}" for type, many in types.most_common())
    place = f"in {_counted(len(found), 'article')}: {counted}"
    if taken:
        return f"tagged {_counted(count, 'mention')} {place}; one undo takes all of them back."
    return f"{_counted(count, 'suggestion')} {place}; nothing was written, --take tags them."


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"
