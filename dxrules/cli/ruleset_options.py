"""Option of the folder of rulesets, and remarks on files in it that nothing reads."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import option
from dxrules.cli.streams import complain
from dxrules.paths import files_below, is_almost_read, is_folder, shown
from dxrules.texts import Text, same, visible

if TYPE_CHECKING:
    from click.decorators import FC

_MOST = 20
_MORE = Text(
    "{file}: 読まれないファイルが、ほかに{count}件あります。",
    "{file}: nothing reads {count} more files.",
)
_NOT_THESE = Text(
    "※ 使うのは dxrules に付属の点検項目です。このフォルダにある rulesets を使うには、"
    "--rulesets rulesets を指定してください。",
    "! The rulesets that dxrules brings are used, and not the folder rulesets that is here; "
    "--rulesets rulesets takes these.",
)
_HERE = pathlib.Path("rulesets")
_NO_CASES = Text(
    "テストとして読むのは、名前が .yaml、.yml、.json で終わるファイルです。",
    "What is read as tests has a name that ends in .yaml, .yml or .json.",
)


def rulesets_option(*, tell: bool) -> Callable[[FC], FC]:
    """Return the option that names a folder of rulesets; `tell` says what of it is not read."""

    def told(
        _: click.Context, __: click.Parameter, folder: pathlib.Path | None
    ) -> pathlib.Path | None:
        if tell:
            tell_unread(folder)
        return folder

    return option(
        "--rulesets",
        ja="点検項目のフォルダ(既定: dxrules に付属のもの)",
        en="folder of rulesets (default: those that dxrules brings)",
        type=click.Path(path_type=pathlib.Path),
        callback=told,
    )


def tell_others(folder: pathlib.Path | None) -> None:
    """Say that rulesets lie here that are not the ones used, as none were named."""
    from dxrules.reference import data_root

    if folder is None and is_folder(_HERE / "national") and not _HERE.samefile(data_root() / _HERE):
        complain(_NOT_THESE)


def rulesets_read(folder: pathlib.Path | None) -> Iterator[pathlib.Path]:
    """Yield the files of a folder of rulesets, by default those that travel along."""
    from dxrules.reference import data_root

    root = folder or data_root() / "rulesets"
    yield from (path for path in files_below(root) if path.suffix.lower() in (".yaml", ".yml"))


def tell_unread(folder: pathlib.Path | None) -> None:
    """Say which files of a folder of rulesets, by default those that travel along, are not read."""
    from dxrules.reference import data_root
    from dxrules.rules.unread_files import unread

    name = "rulesets" if folder is None else shown(folder)
    root = data_root() / "rulesets" if folder is None else folder
    _tell(name, unread(root))


def tell_unread_cases(paths: Iterable[pathlib.Path]) -> None:
    """Say which files of folders of tests are not read."""
    from dxrules.keeper.case_files import ENDINGS

    for folder in filter(is_folder, paths):
        below = (path.relative_to(folder) for path in files_below(folder))
        found = [
            (path.as_posix(), _NO_CASES)
            for path in below
            if is_almost_read(path.name) and path.suffix.lower() not in (*ENDINGS, ".xlsx")
        ]
        _tell(shown(folder), found)


def _tell(name: str, found: Iterable[tuple[str, Text]]) -> None:
    lines = [same(f"{name}/{visible(below)}: ") + said for below, said in found]
    if len(lines) > _MOST:
        lines[_MOST:] = [_MORE.format(file=name, count=len(lines) - _MOST)]
    for line in lines:
        complain(line)
