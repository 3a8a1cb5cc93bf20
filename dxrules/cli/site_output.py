"""`--output-dir`: a folder of HTML, with an index and a page for each town."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.core import ParameterSource

from dxrules.cli.bilingual import option
from dxrules.cli.streams import complain
from dxrules.errors import UsageError
from dxrules.paths import shown
from dxrules.texts import Text

_WRITTEN = Text(
    "{folder}: {number}団体のページを書きました。{index} を開いてください。",
    "{folder}: pages of {number} plans are written. Open {index}.",
)
_NO_EVIDENCE = Text(
    "--output-dir と --evidence は、同時に指定できません。",
    "--output-dir and --evidence cannot be given together.",
)


site_option = option(
    "--output-dir",
    "folder",
    ja="団体ごとのHTMLページと一覧(index.html)を、このフォルダに書く",
    en="write an HTML page for each municipality, and an index.html, into this folder",
    called=Text("フォルダ", "FOLDER"),
    type=click.Path(path_type=Path),
)
"""The option that names the folder."""


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


def write_site(folder: Path, pages: Iterable[tuple[str, bytes]], index: Iterable[bytes]) -> None:
    """Write pages by their names, and their index; the folder is written whole or not at all."""
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
    said = _WRITTEN.format(folder=name, number=number, index=f"{name}/{INDEX}")
    complain(said)
