"""Messages of click: translated into Japanese, and completed in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import click

from dxrules.texts import Lang, Text, shorten, width

_WORDS = {
    "Options": "オプション",
    "Commands": "コマンド",
    "Show this message and exit.": "この説明を示して終わる",
    "Show the version and exit.": "版を示して終わる",
}
"""Whole texts of click. It would take them from gettext, too, which goes by the environment and
not by `--lang`, and reads compiled catalogues alone."""
_VALUES = {"text": "文字列", "path": "パス", "integer": "整数", "integer range": "整数"}
"""What click calls the values of options that say nothing themselves."""
_STOPS = frozenset("。、・」)")
_AS_IT_STANDS = "\b"
"""The first line of a paragraph whose lines click is to keep."""
_MARK = re.compile(r"\[(?:default: (?P<default>.*)|required)\]$")
"""What click adds to the help of an option."""
_LONGEST = 500
"""Signs of what click says; it quotes what was typed as it is."""
_NARROWEST = 20
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
"""What click says of arguments that a command does not take; it has them nowhere else."""


class _NoValueError(click.BadParameter):
    """What was typed is no value of an option or an argument."""

    def __init__(self, typed: str, error: click.BadParameter) -> None:
        super().__init__(error.message, error.ctx, error.param)
        self.typed = typed


class _Telling:
    """Lets a type of click tell what was typed instead of a value."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value that was typed."""
        try:
            return super().convert(value, param, ctx)  # type: ignore[misc]
        except click.BadParameter as error:
            raise _NoValueError(str(value), error) from error


class _Choice(_Telling, click.Choice[str]):
    """One of several words."""


class _Number(_Telling, click.IntRange):
    """A whole number between two others."""


class _JapaneseFormatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_WORDS.get(heading, heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs: lines of Japanese are joined without a space, wide characters count."""
        from dxrules.report.terminal import fold  # only help needs it

        indent = " " * self.current_indent
        pieces = []
        for paragraph in text.split("\n\n"):
            kept = paragraph.startswith(_AS_IT_STANDS)
            lines = (
                paragraph.splitlines()[1:]
                if kept
                else fold(
                    _joined(paragraph.splitlines()), max(self.width - len(indent), _NARROWEST)
                )
            )
            pieces.append("\n".join(f"{indent}{line}" for line in lines))
        self.write("\n\n".join(pieces) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names and what they are in two columns, which wide characters line up, too."""
        from dxrules.report.terminal import fold  # only help needs it

        said = [(key, _MARK.sub(_mark, _WORDS.get(help_, help_))) for key, help_ in rows]
        names = [width(key) for key, _ in said]
        column = min(max(names, default=0), col_max) + col_spacing
        start = self.current_indent + column
        for (key, help_), size in zip(said, names, strict=True):
            first, *rest = fold(help_, max(self.width - start, _NARROWEST))
            if size <= column - col_spacing:
                self.write(f"{'':>{self.current_indent}}{key}{' ' * (column - size)}{first}\n")
            else:
                self.write(f"{'':>{self.current_indent}}{key}\n{' ' * start}{first}\n")
            for line in rest:
                self.write(f"{' ' * start}{line}\n")


class _JapaneseContext(click.Context):
    formatter_class = _JapaneseFormatter


def _joined(lines: Sequence[str]) -> str:
    """Return lines as one, with a space beside a word of ASCII and none within Japanese.

    >>> _joined(["$rule の", "ように使えます。", "確かめて", "doubts を消す。", "CSV・", "JSON"])
    '$rule のように使えます。確かめて doubts を消す。CSV・JSON'
    >>> _joined(["It reads", "it."])
    'It reads it.'
    """
    said = ""
    for line in map(str.strip, lines):
        both = said[-1:].isascii() and line[:1].isascii()
        word = any(each.isascii() and each.isalnum() for each in (said[-1:], line[:1]))
        apart = both or (word and not _STOPS.issuperset({said[-1:]}))
        said += f" {line}" if said and apart else line
    return said


def _mark(found: re.Match[str]) -> str:
    return "[必須]" if found["default"] is None else f"[既定: {found['default']}]"


def localize(command: click.Command, lang: Lang) -> click.Command:
    """Let a command speak the language in what click says of it."""
    for param in command.params:
        if isinstance(param.type, click.Choice):
            param.type = _Choice(param.type.choices)
        elif isinstance(param.type, click.IntRange):
            param.type = _Number(param.type.min, param.type.max)
        elif isinstance(param.type, click.Path):  # what cannot be read is told by whoever reads it
            param.type = click.Path(readable=False, path_type=param.type.type)
        if lang == "ja" and isinstance(param, click.Option) and not param.is_flag:
            param.metavar = param.metavar or _VALUES.get(param.type.name)
    if lang == "ja":
        if isinstance(command, click.Group):
            command.subcommand_metavar = "コマンド [引数]..."
        command.context_class = _JapaneseContext
        if command.options_metavar is not None:
            command.options_metavar = "[オプション]"
    return command


def complaint(error: click.ClickException, lang: Lang) -> str:
    """Return what is wrong with a call, how the command is called, and where its help is.

    A group that is called alone says what it has.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    own = _said(error)
    if own is not None:
        said = own.in_(lang)
    else:
        said = error.format_message() if lang == "en" else _said_in_japanese(error)
        said = shorten(said, _LONGEST)
    lines = [f"dxrules: {said}"]
    context = getattr(error, "ctx", None)
    if context is not None:
        look = Text("説明: {path} --help", "Help: {path} --help").format(path=context.command_path)
        lines += [context.get_usage(), look.in_(lang)]
    return "\n".join(lines)


def _said(error: click.ClickException) -> Text | None:
    """Return what is better said than click says it; None for all else."""
    from dxrules.source.suggest import did_you_mean, nearest

    match error:
        case _NoValueError(
            typed=typed, param=click.Parameter(type=_Choice(choices=choices)) as param
        ):
            option = f"{param.opts[0]}: " if isinstance(param, click.Option) else ""
            said = Text("{option}「{typed}」は使えません。", '{option}"{typed}" is not known. ')
            said = said.format(option=option, typed=shorten(typed)) + _one_of(choices)
            near = nearest(typed, choices) if len(choices) > 1 else None
            return said.then(near)
        case _NoValueError(typed=typed, param=click.Option(type=_Number() as bounds) as param):
            said = Text("{option}: 「{typed}」は使えません。", '{option}: not "{typed}". ')
            return said.format(option=param.opts[0], typed=shorten(typed)) + _between(bounds)
        case click.MissingParameter(param=click.Argument(type=click.Choice(choices=choices))):
            return Text("引数がありません。", "Missing argument. ") + _one_of(choices)
        case click.UsageError(ctx=click.Context(command=click.Group() as group) as ctx) if (
            name := getattr(error, "command_name", None)
        ):
            said = Text("{name} というコマンドはありません。", "No such command '{name}'.")
            hint = did_you_mean(name, group.list_commands(ctx))
            said = said.format(name=shorten(name))
            return said.then(hint)
        case _:
            return None


def _one_of(choices: Sequence[str]) -> Text:
    ja, en = "、".join(choices), ", ".join(choices)
    if len(choices) == 1:
        return Text(f"{ja} と指定してください。", f"Write {en}.")
    return Text(f"{ja} のいずれかを指定してください。", f"Write one of: {en}.")


def _between(bounds: click.IntRange) -> Text:
    if bounds.max is None:
        return Text(
            f"{bounds.min}以上の整数を指定してください。",
            f"Write a whole number of {bounds.min} or more.",
        )
    return Text(
        f"{bounds.min}から{bounds.max}までの整数を指定してください。",
        f"Write a whole number from {bounds.min} to {bounds.max}.",
    )


def _said_in_japanese(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            maybe = "、".join(error.possibilities or ())
            hint = f"{maybe} ではありませんか。" if maybe else ""
            return f"{error.option_name} というオプションはありません。{hint}"
        case click.MissingParameter(param=param) if param is not None:
            option = f"{param.opts[0]} " if isinstance(param, click.Option) else ""
            return f"{option}{param.make_metavar(error.ctx)} を指定してください。"  # type: ignore[arg-type]
        case click.BadOptionUsage(option_name=name, message=message):
            if "not take" in message:
                return f"{name} に値は付けられません。"
            return f"{name} には値が必要です。"
        case click.UsageError(message=message) if found := _EXTRA.fullmatch(message):
            return f"引数が余分です: {found[1]}"
        case _:
            return error.format_message()
