"""The option that names a folder of texts of laws, and what is read from there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import option
from dxrules.cli.streams import complain
from dxrules.errors import UsageError
from dxrules.paths import shown
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.keeper.law_texts import LawText

_NO_FOLDER = Text(
    "{file}: 条文のフォルダがありません。--texts を確かめてください。",
    "{file}: there is no such folder of texts. Check --texts.",
)
NO_TEXTS = Text(
    "{file}: 条文のファイル(<法令ID>.xml 又は .md)がありません。",
    "{file}: holds no text of a law (<law id>.xml or .md).",
)


texts_option = option(
    "--texts",
    ja="e-Gov の条文のフォルダ",
    en="folder of texts from e-Gov",
    type=click.Path(path_type=Path),
)
"""The option that names the folder."""


def law_texts(folder: Path) -> Mapping[str, LawText]:
    """Return the texts of a folder by law id, and tell of each file that is none.

    Raises UsageError if there is no such folder, or no text in it.
    """
    from dxrules.keeper.law_texts import not_read, read_law_texts

    if not folder.is_dir():
        raise UsageError(_NO_FOLDER.format(file=shown(folder)))
    found = read_law_texts(folder, shown(folder))
    for passed in not_read(folder, shown(folder)):
        complain(passed)
    if not found:
        raise UsageError(NO_TEXTS.format(file=shown(folder)))
    return found
