"""Commands, options and arguments that say what they are for in both languages.

Each is declared once; `in_language` makes of a command the one that speaks a language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from functools import partial, wraps
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, cast

import click

from dxrules.cli.help import localize
from dxrules.texts import LANGS, Lang, Text, same

if TYPE_CHECKING:
    from click.decorators import FC


class Command(click.Command):
    """A command with its help in both languages; its function takes the language as `lang`."""

    said: Text
    calls: Text


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
    name: str, said: Text, examples: Sequence[Text | str] = (), cls: type[Command] = Command
) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command by its function, with what it does and examples of calls."""

    def declare(function: Callable[..., Any]) -> Command:
        made = click.command(name, cls=cls)(function)
        made.said, made.calls = said, _calls(examples)
        return made

    return declare


def _calls(examples: Sequence[Text | str]) -> Text:
    """Return examples as a paragraph whose lines click keeps."""
    lines = [each if isinstance(each, Text) else same(each) for each in examples]
    ja, en = ("".join(f"\n  {each.in_(lang)}" for each in lines) for lang in LANGS)
    return Text(f"\n\n\b\n例:{ja}", f"\n\n\b\n{'Examples' if len(lines) > 1 else 'Example'}:{en}")


def option(*names: str, ja: str, en: str, **settings: Any) -> Callable[[FC], FC]:
    """Declare an option with what it is for."""
    return click.option(*names, cls=Option, said=Text(ja, en), **settings)


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
    """Return a command as it speaks a language; its function is called with that language."""
    made = copy(command)
    made.params = [_param(param, lang) for param in command.params]
    if isinstance(command, Command) and command.callback is not None:
        made.callback = partial(command.callback, lang=lang)
        made.help = cleandoc(command.said.in_(lang)) + command.calls.in_(lang)
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


def language_of(context: click.Context) -> Lang:
    """Return the language of a call, which its group speaks."""
    lang: Lang = context.find_root().command.lang  # type: ignore[attr-defined]
    return lang
