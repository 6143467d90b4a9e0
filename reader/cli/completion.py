"""`reader completion`: the script that lets a shell complete what is typed after `reader`."""

from __future__ import annotations

import click

from reader.cli.settings import shared_options

_PROGRAM = "reader"
_VARIABLE = "_READER_COMPLETE"
"""What click looks at under the name of the program to answer the script."""


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shared_options
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script with which SHELL completes commands, options, files and articles.

    Articles are completed by number and by id; zsh and fish show the titles
    beside them.

    \b
    Examples:
      reader completion bash >> ~/.bashrc
      reader completion zsh >> ~/.zshrc
      reader completion fish > ~/.config/fish/completions/reader.fish
    """
    from click.shell_completion import get_completion_class

    # Choice has let none through for which there is no class.
    script = get_completion_class(shell)
    assert script is not None
    print(script(context.find_root().command, {}, _PROGRAM, _VARIABLE).source())
