"""`--output-dir`: a folder of HTML, with an index and a page for each town."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from dxrules.cli.common import shown
from dxrules.cli.streams import complain
from dxrules.errors import UsageError
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from click.decorators import FC

    from dxrules.assessment.dossier import Dossier
    from dxrules.report.writers import How
    from dxrules.texts import Lang

_PAGES_BETWEEN_COLLECTING = 20
"""A process of the command line hardly looks for garbage by itself; each page leaves some."""

_WRITTEN = Text(
    "{folder}: {number}団体のページを書きました。{index} を開いてください。",
    "{folder}: pages of {number} plans are written. Open {index}.",
)
_NO_EVIDENCE = Text(
    "--output-dir と --evidence は、同時に指定できません。",
    "--output-dir and --evidence cannot be given together.",
)


def site_option(lang: Lang) -> Callable[[FC], FC]:
    """Return the option that names the folder."""
    return click.option(
        "--output-dir",
        "folder",
        type=click.Path(path_type=Path),
        default=None,
        metavar=Text("フォルダ", "FOLDER").in_(lang),
        help=Text(
            "団体ごとのHTMLページと一覧(index.html)を、このフォルダに書く",
            "write an HTML page for each municipality, and an index.html, into this folder",
        ).in_(lang),
    )


def shape_beside(shape: str, folder: Path | None, *, evidence: bool) -> str:
    """Return what standard output gets: nothing beside a folder, unless a format is asked for.

    Raises UsageError where the folder cannot be written, or does not go with what else is asked.
    """
    if folder is None:
        return shape
    from dxrules.source.write_folder import refuse_folder

    if evidence:
        raise UsageError(_NO_EVIDENCE)
    refuse_folder(folder, shown(folder))
    source = click.get_current_context().get_parameter_source("shape")
    return "none" if source is ParameterSource.DEFAULT else shape


def apart(dossier: Dossier) -> Iterator[Dossier]:
    """Yield a dossier for each plan of one; what is said of all stands on the index alone."""
    for plan in dossier.assessment.plans:
        own = replace(dossier.assessment, plans=(plan,))
        yield replace(dossier, assessment=own, stale=None, unreadable=())


def write_site(
    folder: Path,
    dossiers: Iterable[Dossier],
    of_all: Callable[[], Dossier],
    how: How,
    lang: Lang,
) -> None:
    """Write a page for each dossier, and the index; `of_all` tells at the end what was not read.

    The folder is written whole or not at all.
    """
    from dxrules.report.html.site import Site
    from dxrules.source.write_folder import written_folder

    name = shown(folder)
    with written_folder(folder, name) as put:
        site = Site(how, put)
        for dossier in dossiers:
            site.add(dossier)
            if site.number % _PAGES_BETWEEN_COLLECTING == 0:
                gc.collect()
        site.finish(of_all())
    _say_written(name, site.number, lang)


def write_pages_of(
    folder: Path, pages: Iterable[tuple[str, bytes]], index: Iterable[bytes], lang: Lang
) -> None:
    """Write the pages of many towns and their index; the folder is written whole or not at all."""
    from dxrules.report.html.site import INDEX, shared
    from dxrules.source.write_folder import written_folder

    name, number = shown(folder), 0
    with written_folder(folder, name) as put:
        for page, content in pages:
            put(page, content)
            number += 1
        put(INDEX, index)
        for each, content in shared():
            put(each, content)
    _say_written(name, number, lang)


def _say_written(name: str, number: int, lang: Lang) -> None:
    from dxrules.report.html.site import INDEX

    said = _WRITTEN.format(folder=name, number=number, index=f"{name}/{INDEX}")
    complain(said.in_(lang))
