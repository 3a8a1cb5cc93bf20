"""Delivery of a report: to standard output in one format, to files in others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dxrules.cli.bilingual import all_of, option, taken_as
from dxrules.cli.common import plain, style
from dxrules.cli.named_plans import Plans, keep_out_of_plans, real
from dxrules.cli.plan_folder import says_plan
from dxrules.cli.ruleset_options import rulesets_read
from dxrules.cli.streams import complain, say, say_bytes
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.paths import shown
from dxrules.report.how_to_write import How, Writer
from dxrules.report.writers import CHECK, STORES, Formats
from dxrules.source.repository import from_root, within
from dxrules.source.write import FileContent
from dxrules.texts import Text, shorten

if TYPE_CHECKING:
    from click.decorators import FC

_TEXT = "table"
_FOR_PEOPLE = frozenset({_TEXT, "concise"})
"""The formats that are written as the terminal writes; every other one is bytes."""
_STANDARD = Text(
    "- という名前のファイルには書きません。標準出力の形式は --format で指定してください。",
    'No file is called "-". --format tells what standard output gets.',
)
_INPUT = Text(
    "{file}: 読み込むファイルなので、上書きしません。別の名前を指定してください。",
    "{file}: is read by this call, so it is not written over. Name another file.",
)
_PLAN = Text(
    "{file}: 計画のファイルか、読み取れないファイルが既にあるので、上書きしません。"
    "別の名前を指定してください。",
    "{file}: a plan, or a file that cannot be read, stands there, so it is not written over. "
    "Name another file.",
)
NO_NAME = Text(
    "--output {form}=: ファイルの名前がありません。シェル変数が未設定ではありませんか。",
    "--output {form}=: the name of the file is empty. Is a shell variable unset?",
)
_NO_FORM = Text(
    "--output {file}: 形式の名前がありません。シェル変数が未設定ではありませんか。",
    "--output {file}: the name of the format is empty. Is a shell variable unset?",
)
_IS_OUTPUT = Text(
    "{file}: 標準出力の出力先です。別の名前を指定してください。",
    "{file}: is where standard output goes. Name another file.",
)
_TWICE = Text(
    "{file}: 出力先として2回指定されています。別々の名前を指定してください。",
    "{file}: is named twice as an output. Name two files.",
)


@frozen
class Delivery:
    """What is to be written where; made before anything is read, so that a slip costs nothing."""

    shape: str
    printed: Writer | None
    files: tuple[tuple[Path, Writer], ...]
    forms: tuple[str, ...] = ()
    """The formats of the files."""

    @classmethod
    def of(cls, formats: Formats, shape: str, outputs: Sequence[str]) -> Delivery:
        """Look up the writers; raise UsageError if a format is unknown, or not for a terminal."""
        printed = None if shape == "none" else formats.named(_printable(formats, shape), "none")
        targets = [_target(formats, output) for output in outputs]
        files = tuple((path, formats.named(form)) for form, path in targets)
        return cls(shape, printed, files, tuple(form for form, _ in targets))

    def guard(self, read: Callable[[], Iterable[Path]], *others: Path | None) -> None:
        """Raise UsageError where an output would overwrite an input, or another output.

        `others` are files that are written, too. Paths are compared where links lead.
        """
        written = [*(path for path, _ in self.files), *(path for path in others if path)]
        if written:
            refuse_overwriting(written, {real(path) for path in read()})

    def keep_apart(self, plans: Iterable[str], rulesets: Path | None, *others: Path) -> None:
        """Raise UsageError where an output would overwrite, or be taken for, what a call reads.

        `others` are files that it reads, too.
        """
        named = list(plans)
        self.guard(lambda: (*Plans.named(named), *rulesets_read(rulesets), *others))
        keep_out_of_plans((path for path, _ in self.files), named)

    def without_table(self) -> Delivery:
        """Return the same, but nothing for people on standard output."""
        return replace(self, printed=None) if self.for_people else self

    @property
    def is_asked(self) -> bool:
        """Whether anything is to be printed or written."""
        return self.printed is not None or bool(self.files)

    def send(self, reported: Any, how: How | None = None) -> None:
        """Render all files, write each whole, then print."""
        how = replace(how or How(plain()), tell=told_once())
        written: dict[Path, FileContent] = {
            path: write(reported, how) for path, write in self.files
        }
        if written:
            from dxrules.source import write_whole

            write_whole(written)
        if self.printed is not None:
            report = self.printed(self._once(reported), replace(how, style=style()))
            if self.for_people:
                say(report.decode())
            else:
                say_bytes(report)

    def _once(self, reported: Any) -> Any:
        """Leave out of standard output what its reader has had as standard error already."""
        unread = getattr(reported, "unreadable", ())
        return replace(reported, unreadable=()) if unread and self.tells_twice else reported

    @property
    def for_people(self) -> bool:
        """Whether standard output is written as a terminal takes it."""
        return self.shape in _FOR_PEOPLE

    @property
    def tells_twice(self) -> bool:
        """Whether the reader of standard output has standard error before their eyes, too."""
        return self.for_people and _one_reader()


def output_options(formats: Formats) -> Callable[[FC], FC]:
    """Add `--format` and `--output`; a command takes them as `delivery`."""
    options = shape_and_outputs(formats)
    return taken_as("delivery", partial(Delivery.of, formats), options)


def shape_and_outputs(formats: Formats) -> Callable[[FC], FC]:
    """Add the same options; a command takes them as `shape` and `outputs`, as they were given."""
    names = ", ".join((*formats.brought, "none"))
    return all_of(
        option(
            "--format",
            "shape",
            ja=f"標準出力の形式: {names}",
            en=f"what standard output gets: {names}",
            called=Text("形式", "FORMAT"),
            default=_TEXT,
            show_default=True,
        ),
        option(
            "--output",
            "-o",
            "outputs",
            ja="ファイルにも書く(形式は拡張子から)",
            en="also write FILE; its extension tells the format",
            called=Text("[形式=]ファイル", "[FORMAT=]FILE"),
            multiple=True,
        ),
    )


def _one_reader() -> bool:
    """Tell whether standard output and standard error go to the same terminal, pipe or file."""
    if sys.stdout.isatty() and sys.stderr.isatty():
        return True
    try:
        return os.path.samestat(os.fstat(sys.stdout.fileno()), os.fstat(sys.stderr.fileno()))
    except (OSError, ValueError, AttributeError):  # one of them is closed, or is no file
        return False


def told_once() -> Callable[[Text], None]:
    """Return a function that says a word on standard error, however many reports have it."""
    said: set[Text] = set()

    def tell(text: Text) -> None:
        if text not in said:
            said.add(text)
            complain(text)

    return tell


def refuse_overwriting(written: Iterable[Path], read: Collection[Path]) -> None:
    """Raise UsageError where a file to be written is one of those read, or named twice.

    A plan is not written over by a call that does not read it, either: it is somebody's work,
    while a report can be made again.
    """
    seen: set[Path] = set()
    for path in written:
        itself, name = real(path), shown(path)
        if path.name == "-" or itself in read:
            raise UsageError(_STANDARD if path.name == "-" else _INPUT.format(file=name))
        if itself in seen:
            raise UsageError(_TWICE.format(file=name))
        seen.add(itself)
        if _is_standard_output(itself):
            raise UsageError(_IS_OUTPUT.format(file=name))
        if says_plan(itself) is not False:
            raise UsageError(_PLAN.format(file=name))


def _is_standard_output(path: Path) -> bool:
    """Tell whether standard output is written to a file, and this is it."""
    try:
        return path.is_file() and os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError, AttributeError):  # there is no such file, or stream
        return False


def _printable(formats: Formats, form: str) -> str:
    """Refuse a format of binary files where a person would see it."""
    brought = formats.brought.get(form)
    if brought is not None and brought.binary and sys.stdout.isatty():
        ending = brought.endings[0]
        raise UsageError.of(
            f"{form} は端末に出せません。--output report{ending} のように書いてください。",
            f"{form} is not for a terminal. Write --output report{ending}, for example.",
        )
    return form


def _target(formats: Formats, output: str) -> tuple[str, Path]:
    form, separator, name = output.partition("=")
    if separator and not form.strip():
        raise UsageError(_NO_FORM.format(file=shorten(output)))
    if separator and form.isidentifier():
        if not name.strip():
            raise UsageError(NO_NAME.format(form=form))
        return form, Path(name)
    told, named = formats.of_file(output), shorten(output)
    if told is None:
        stores = STORES.endings if formats is CHECK else ()
        endings = ", ".join((*formats.endings, *stores))
        raise UsageError.of(
            f"{named}: 拡張子から形式が分かりません。{endings} のいずれかで終わる名前にするか、"
            f"json={named} のように形式を書いてください。",
            f"{named}: its ending names no format. Give it one of {endings}, or write the "
            f"format, as in json={named}.",
        )
    return told, Path(output)


def located(files: Callable[[], Iterable[tuple[str, Path]]]) -> Callable[[str], str]:
    """Return a function from how reports call a file to its path from the repository's root.

    The files are looked up when it is first asked. A name that two files have tells neither
    place, so it stays as it is.
    """

    @cache
    def known() -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for name, path in files():
            place = from_root(path)
            found[name] = place if found.get(name, place) == place else None
        return found

    def locate(name: str) -> str:
        return known().get(name) or within(name)

    return locate
