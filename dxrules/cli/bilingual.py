"""Commands, options and arguments that say what they are for in both languages.

Each is declared once; `in_language` makes of a command the one that speaks a language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import wraps
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, cast

import click

from dxrules.cli.help import localize
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from click.decorators import FC


class Command(click.Command):
    """A command with what it does in both languages, and examples of calls."""

    said: Text
    examples: Sequence[Text | str]


class LazyGroup(Command, click.Group):
    """A group whose commands live in modules of their own, which are imported when called."""

    def __init__(
        self,
        name: str,
        said: Text,
        examples: Sequence[str],
        commands: Mapping[str, Text],
        package: str,
    ) -> None:
        super().__init__(name)
        self.said, self.examples = said, examples
        self._commands, self._package = commands, package

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Return the names of all commands."""
        return list(self._commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self._commands:
            return None
        command: click.Command = import_module(f"{self._package}.{cmd_name}").command
        return in_language(command, ctx.obj)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        said = [(name, text.in_(ctx.obj)) for name, text in self._commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(said)


class Option(click.Option):
    """An option with its help in both languages, and what its value is `called` there."""

    def __init__(
        self, *given: Any, said: Text, called: Text | None = None, **settings: Any
    ) -> None:
        super().__init__(*given, **settings)
        self.said, self.called = said, called


class _Argument(click.Argument):
    """An argument with its name in both languages."""

    def __init__(self, *given: Any, called: Text, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.called = called


def command_named(
    name: str, said: Text, examples: Sequence[Text | str], cls: type[Command] = Command
) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command by its function, with what it does and examples of calls."""

    def declare(function: Callable[..., Any]) -> Command:
        made = click.command(name, cls=cls)(function)
        made.said, made.examples = said, examples
        return made

    return declare


def _help(command: Command, lang: Lang) -> str:
    """Return what a command does, and its examples as a paragraph whose lines click keeps."""
    calls = [each if isinstance(each, str) else each.in_(lang) for each in command.examples]
    title = Text("例", "Examples" if len(calls) > 1 else "Example").in_(lang)
    return "\n  ".join([f"{cleandoc(command.said.in_(lang))}\n\n\b\n{title}:", *calls])


def option(*names: str, ja: str, en: str, **settings: Any) -> Callable[[FC], FC]:
    """Declare an option with what it is for."""
    return click.option(*names, cls=Option, said=Text(ja, en), **settings)


def read_by(read: Callable[[str, str], Any]) -> Callable[..., Any]:
    """Return a callback for an option: `read` takes what was typed, and the option's name."""

    def told(_: click.Context, param: click.Parameter, said: str | None) -> Any:
        return None if said is None else read(said, param.opts[0])

    return told


def flag(*names: str, ja: str, en: str) -> Callable[[FC], FC]:
    """Declare an option that is given or not."""
    return option(*names, ja=ja, en=en, is_flag=True)


def argument(*names: str, ja: str, en: str, **settings: Any) -> Callable[[FC], FC]:
    """Declare an argument with what it is called."""
    return click.argument(*names, cls=_Argument, called=Text(ja, en), **settings)


def all_of(*options: Callable[[FC], FC]) -> Callable[[FC], FC]:
    """Return several options as one, which adds them in their order."""

    def add(function: FC) -> FC:
        for each in reversed(options):
            function = each(function)
        return function

    return add


def taken_as(
    name: str, make: Callable[..., Any], *options: Callable[[FC], FC]
) -> Callable[[FC], FC]:
    """Return several options as one; a command takes what `make` makes of their values."""

    def add(function: FC) -> FC:
        @wraps(function)
        def command(**given: Any) -> Any:
            values = {each: given.pop(each) for each in own}
            return function(**given, **{name: make(**values)})

        others = len(getattr(function, "__click_params__", ()))
        added: Any = all_of(*options)(cast("FC", command))
        own = [each.name for each in added.__click_params__[others:] if each.expose_value]
        return cast("FC", added)

    return add


def in_language(command: click.Command, lang: Lang) -> click.Command:
    """Return a command as it speaks a language."""
    made = copy(command)
    made.params = [_param(param, lang) for param in command.params]
    if isinstance(command, Command):
        made.help = _help(command, lang)
    return localize(made, lang)


def _param(param: click.Parameter, lang: Lang) -> click.Parameter:
    made = copy(param)
    if isinstance(made, Option):
        made.help = made.said.in_(lang)
    if isinstance(made, Option | _Argument) and made.called is not None:
        made.metavar = made.called.in_(lang)
    if made.name == "lang":
        made.default = lang
    return made
