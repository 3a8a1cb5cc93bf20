"""The one way out to standard output and standard error.

Nothing else in dxrules prints. A text is said in the language of the call, which the context of
its command carries. Texts are made printable on their way: whatever a file or its name
holds, no character acts on a terminal, and no line is a command to a CI service. A format whose
lines are such commands escapes its values itself, and goes out as bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec

from dxrules.texts import Lang, Text, printable

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

P = ParamSpec("P")


def spoken() -> Lang:
    """Return the language of the call; English where no command runs."""
    import click

    context = click.get_current_context(silent=True)
    lang: Lang = "en" if context is None else context.obj
    return lang


def say(text: Text | str) -> None:
    """Write a text for people to standard output, in colour on a terminal alone."""
    _write(printable(_words(text), coloured=sys.stdout.isatty()))


def say_file(text: str) -> None:
    """Write what a file of text would hold to standard output: always UTF-8."""
    _write(printable(text).encode())


def say_bytes(content: bytes) -> None:
    """Write what a file of a format would hold; its writer has made it harmless."""
    _write(content)


def complain(text: Text | str) -> None:
    """Write what is wrong to standard error, a line or more."""
    sys.stderr.write(f"{printable(_words(text))}\n")


def _words(text: Text | str) -> str:
    return text if isinstance(text, str) else text.in_(spoken())


def has_person() -> bool:
    """Tell whether somebody sits at a terminal: at both ends of the dialogue."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def hear() -> str | None:
    """Return a line that somebody types, at most so long as a value can be; None at the end."""
    try:
        return input("> ")[:_LONGEST_LINE]
    except EOFError:
        return None
    except UnicodeDecodeError:  # the terminal speaks another code than Python was told
        return ""


_LONGEST_LINE = 2_000


_WORTH_A_BAR = 3
_CLEAR = "\r\033[K"


class MovedBar:
    """A bar on standard error that is moved from outside; without a terminal it shows nothing."""

    def __init__(self, bar: ProgressBar[int] | None) -> None:
        self._bar = bar

    def step(self) -> None:
        """Show that one more is done."""
        if self._bar is not None:
            self._bar.update(1)

    def around(self, tell: Callable[P, None]) -> Callable[P, None]:
        """Return a function that says something without breaking the bar."""

        def told(*args: P.args, **kwargs: P.kwargs) -> None:
            if self._bar is not None:
                sys.stderr.write(_CLEAR)
            tell(*args, **kwargs)

        return told


@contextmanager
def moved_bar(length: int, label: Text) -> Iterator[MovedBar]:
    """Show a bar on standard error while something is done; without a terminal, none."""
    import click

    if length < _WORTH_A_BAR or not sys.stderr.isatty():
        yield MovedBar(None)
        return
    with click.progressbar(length=length, label=_words(label), file=sys.stderr) as bar:
        yield MovedBar(bar)


def _write(content: str | bytes) -> None:
    """Write to standard output; a reader that has gone away is no fault."""
    import click

    try:
        click.echo(content, nl=False)
    except BrokenPipeError:
        write_nowhere()


def write_nowhere() -> None:
    """Send what is still in the buffer of standard output, and all that follows, nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
