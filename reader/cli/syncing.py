"""`reader sync`: a library and a folder that others sync with tell each other all."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli.candidates import complete_files
from reader.cli.merging import follow, news, tell_conflicts
from reader.cli.settings import Settings, shared_options
from reader.cli.terminal import tell


@click.command("sync")
@click.argument("folder", shell_complete=complete_files)
@shared_options
@click.pass_obj
def command(settings: Settings, folder: str) -> None:
    """Take in what stands in FOLDER, and write there what it lacks.

    FOLDER is carried by git or by any tool that copies files. It holds text
    alone: one file for each article and annotator, which only grows, so that
    two annotators never write one file.

    \b
    Examples:
      reader sync ../shared-annotations
      git pull && reader sync . && git add -A && git commit -m "my work" && git push
    """
    from reader.sync.synchronise import synchronise

    with settings.open() as library:
        following: list[str] = []
        report = synchronise(
            library, Path(folder), lambda: following.extend(follow(library, settings.name))
        )
        tell(f"{settings.path}: {news(report.taken.articles, report.taken.actions)}")
        files = "1 file" if report.written == 1 else f"{report.written} files"
        tell(f"{folder}: {files} written." if report.written else f"{folder}: nothing new.")
        if report.waiting:
            some = "1 action is" if report.waiting == 1 else f"{report.waiting} actions are"
            tell(f"{folder}: {some} not here as a whole; sync again when all files have arrived.")
        for line in following:
            tell(line)
        tell_conflicts(library)
