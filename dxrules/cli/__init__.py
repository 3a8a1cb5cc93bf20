"""The command line: click commands that hold no logic.

Each is a function with its options declared above it, in a module that is imported only when
that command runs.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from dxrules.cli.streams import complain, write_nowhere
from dxrules.errors import OK, UNTRUSTED, WRONG_INPUT, DxrulesError, InputError, UsageError
from dxrules.texts import LANGS, Lang, Text, same, visible

_NAME = "dxrules"
_COMPLETING = "_DXRULES_COMPLETE"
"""The variable by which a shell asks for completions."""
_SIGINT = 130
_NO_MEMORY = "dxrules: メモリーが足りません。 / There is not enough memory.\n"
_OBJECTS_BEFORE_COLLECTING = 1_000_000
"""Reading rules makes many objects and hardly any garbage; looking for it takes a tenth longer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = language(words, os.environ)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a character still gets the rest
            stream.reconfigure(errors="replace")
    try:
        refuse_empty(words)
        return _run(words, lang)
    except InputError as error:
        complain(error.text.in_(lang))  # each line starts with its place
        return error.exit_code
    except DxrulesError as error:
        _complain(error.text.in_(lang))
        return error.exit_code
    except KeyboardInterrupt:
        complain("")  # what was typed to interrupt stands on a line of its own
        return _SIGINT
    except SystemExit:
        raise
    except BaseException as error:  # what a library in Rust raises is no Exception
        code = _of_fault(error, lang)
        if code is None:
            raise
        return code


def _of_fault(error: BaseException, lang: Lang) -> int | None:
    """Say what nobody expected, and return the exit code; None where all of it is to be shown."""
    from dxrules.cli.process import code_of_signal

    ended = code_of_signal()  # libraries turn one into errors of their own
    if ended is not None:
        return ended
    if isinstance(error, BrokenPipeError) and _is_of_output(error):
        write_nowhere()  # a reader that has gone away is no fault
        return OK
    if os.environ.get("DXRULES_DEBUG"):
        return None
    if isinstance(error, OSError):
        _of_the_system(error, lang)
        return WRONG_INPUT
    from dxrules.source.os_errors import want_of

    if (want := want_of(error)) is not None:
        _complain(_NO_WAY_ON.format(reason=want).in_(lang))
        return WRONG_INPUT
    said = visible(f"{type(error).__name__}: {error}")
    _complain(
        Text(
            f"内部エラー({said})。結果は信頼できません。DXRULES_DEBUG=1 で詳細が出ます。",
            f"Internal error ({said}). Nothing above can be trusted. "
            "DXRULES_DEBUG=1 shows the details.",
        ).in_(lang)
    )
    return UNTRUSTED


def start() -> NoReturn:
    """Run the command line as a process."""
    from dxrules.cli.process import end_on_signals, hold_streams

    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # no look through all packages
    end_on_signals()
    complaints = hold_streams()
    try:
        code = main()
    except SystemExit as ended:  # a signal
        code = ended.code if isinstance(ended.code, int) else WRONG_INPUT
    except MemoryError:  # there was too little to say so with care
        complaints.write(_NO_MEMORY)
        code = WRONG_INPUT
    except BaseException as error:  # noqa: BLE001  (Python would end with 1: findings)
        sys.excepthook(type(error), error, error.__traceback__)
        code = UNTRUSTED
    try:
        if _flush_fails(language(sys.argv[1:], os.environ)):
            code = WRONG_INPUT
    finally:
        complaints.flush()
        if workers := sys.modules.get("dxrules.nation.workers"):
            workers.tidy_up()
        # Nothing else is to be tidied up, and taking objects apart takes some milliseconds.
        os._exit(max(code, WRONG_INPUT) if complaints.lost else code)


def _flush_fails(lang: Lang) -> bool:
    """Tell whether standard output takes no more at the end, which is said."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _full(error, lang)
        return True
    return False


def _of_the_system(error: OSError, lang: Lang) -> None:
    """Say what the system refused: a file, standard output, or a file of its own making."""
    from dxrules.source.os_errors import reason

    if error.filename is None and _is_of_output(error):
        _full(error, lang)
        return
    name = error.filename
    said = _NO_USE if name is not None else _NO_WAY_ON if _is_somewhere() else _NOWHERE
    named = visible(os.fsdecode(name or ""))
    _complain(said.format(file=named, reason=reason(error)).in_(lang))


def _is_somewhere() -> bool:
    """Tell whether the current folder is still there."""
    try:
        os.getcwd()  # noqa: PTH109  (what a path is resolved by, without loading anything)
    except OSError:
        return False
    return True


def _is_of_output(error: OSError) -> bool:
    """Tell whether writing to standard output failed; click does all of it."""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name == "echo" and trace.tb_frame.f_globals.get("__name__") == "click.utils":
            return True
        trace = trace.tb_next
    return False


def _full(error: OSError, lang: Lang) -> None:
    """Say that standard output takes no more; what it lacks goes nowhere."""
    from dxrules.source.os_errors import reason

    write_nowhere()
    said = Text(
        "標準出力に書けません({reason})。空き容量と出力先を確かめてください。",
        "Standard output cannot be written ({reason}). Check the space and the target.",
    )
    _complain(said.format(reason=reason(error)).in_(lang))


def refuse_empty(words: Sequence[str]) -> None:
    """Raise UsageError for an argument that is empty: nobody means the current folder by it."""
    for position, word in enumerate(words):
        option, equals, value = word.partition("=")
        with_value = option.startswith("--") and bool(equals)
        if (value if with_value else word).strip():
            continue
        before = option if with_value else words[position - 1] if position else ""
        named = same(f"{visible(before)}: " if before.startswith("-") else "")
        raise UsageError(named + _EMPTY)


_NO_WAY_ON = Text(
    "処理を続けられません({reason})。空き容量を、一時ファイルのフォルダ(TMPDIR)も含めて、"
    "また上限(ulimit)を確かめてください。",
    "dxrules cannot go on ({reason}). Check the space, of the folder for temporary files (TMPDIR), "
    "too, and the limits (ulimit).",
)
_NOWHERE = Text(
    "今のフォルダは、もうありません。別のフォルダに移ってください(cd)。",
    "The current folder is gone. Change to another one (cd).",
)
_NO_USE = Text("{file}: 使えません({reason})。", "{file}: cannot be used ({reason}).")
_EMPTY = Text(
    "引数が空です。シェル変数が未設定ではありませんか。",
    "An argument is empty. Is a shell variable unset?",
)


def _run(words: list[str], lang: Lang) -> int:
    """Run a command. What click does around it is not taken: a broken pipe is no exit code 1."""
    import click

    from dxrules.cli.app import app

    command, asked = app(lang), os.environ.get(_COMPLETING)
    if asked:
        from click.shell_completion import shell_complete

        failed = shell_complete(command, {}, _NAME, _COMPLETING, asked)
        return WRONG_INPUT if failed else OK
    try:
        with command.make_context(_NAME, words) as context:
            code = command.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        from dxrules.cli.help import complaint

        complain(complaint(error, lang))
        return WRONG_INPUT
    return code if isinstance(code, int) else OK


def _complain(message: str) -> None:
    complain(f"dxrules: {message}")


def language(words: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """Tell the language: `--lang`, else DXRULES_LANG, else the locale; English by default.

    A `--lang` that names none is refused in the language that would be spoken without it.

    >>> language(["check", "--lang", "ja"], {})
    'ja'
    >>> language([], {"LANG": "ja_JP.UTF-8"}), language([], {"LANG": "C"})
    ('ja', 'en')
    """
    for position, word in enumerate(words):
        for lang in LANGS:
            if word == f"--lang={lang}" or list(words[position : position + 2]) == ["--lang", lang]:
                return lang
    for name in ("DXRULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "ja" if environ[name].startswith("ja") else "en"
    return "en"
