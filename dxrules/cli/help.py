"""What click says by itself, in Japanese: headings of help and complaints about a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dxrules.texts import Lang

_WORDS = {
    "Options": "オプション",
    "Commands": "コマンド",
    "Show this message and exit.": "この説明を示して終わる",
    "Show the version and exit.": "版を示して終わる",
    "[default: ": "[既定: ",
    "[required]": "[必須]",
}


class _JapaneseFormatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_in_japanese(heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        super().write_dl([(key, _in_japanese(said)) for key, said in rows], col_max, col_spacing)


class _JapaneseContext(click.Context):
    formatter_class = _JapaneseFormatter


def _in_japanese(said: str) -> str:
    for english, japanese in _WORDS.items():
        said = said.replace(english, japanese)
    return said


def localize(command: click.Command, lang: Lang) -> click.Command:
    """Let a command speak the language in what click says of it."""
    if lang == "ja":
        command.context_class = _JapaneseContext
        if command.options_metavar is not None:
            command.options_metavar = "[オプション]"
    return command


def complaint(error: click.ClickException, lang: Lang) -> str:
    """Return what is wrong with a call, how the command is called, and where its help is."""
    said = error.format_message() if lang == "en" else _said_in_japanese(error)
    lines = [f"dxrules: {said}"]
    context = getattr(error, "ctx", None)
    if context is not None:
        look = Text("説明: {path} --help", "Help: {path} --help").format(path=context.command_path)
        lines += [context.get_usage(), look.in_(lang)]
    return "\n".join(lines)


def _said_in_japanese(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            maybe = "、".join(error.possibilities or ())
            hint = f" {maybe} ではありませんか。" if maybe else ""
            return f"{error.option_name} というオプションはありません。{hint}"
        case click.MissingParameter(param=param) if param is not None:
            return f"{param.make_metavar(error.ctx)} を指定してください。"  # type: ignore[arg-type]
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as param):
            named = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
            return f"{named} は {'、'.join(choices)} のいずれかです。"
        case _ if name := getattr(error, "command_name", None):
            return f"{name} というコマンドはありません。"
        case _:
            return error.format_message()
