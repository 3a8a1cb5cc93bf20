"""What lies among rulesets and is read by nothing, although somebody may count on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dxrules.paths import is_almost_read, is_link, is_regular, is_there
from dxrules.reference import data_root
from dxrules.texts import Text

_ENDINGS = frozenset({".yaml", ".yml"})
_TESTS, _OF_TESTS = "tests", frozenset({".json", ".xlsx"})
"""Cases may be JSON, and the plans that they judge may be workbooks."""
_READ_AS_LINKS = frozenset({"national", "prefecture", "national/reference", _TESTS})
_OF_NAMES = "national/reference/municipalities.csv"
_OWN = ".dxrules-"

_OTHER_ENDING = Text(
    "このファイルは読まれません。点検項目なら名前を .yaml で終わるものに改め、"
    "そうでなければフォルダの外に移してください。",
    "Nothing reads this file. Give it a name that ends in .yaml if it is a ruleset, else move it "
    "elsewhere.",
)
_HIDDEN = Text(
    "名前が「.」で始まるファイルは読まれません。点検項目なら名前を改めてください。",
    "Nothing reads a file whose name begins with a full stop. Rename it if it is a ruleset.",
)
_LOST_LINK = Text(
    "リンク先がないので、読まれません。", "Nothing reads this link: it leads nowhere."
)
_LINKED = Text(
    "フォルダへのリンクはここではたどりません。", "A link to a folder is not followed here."
)

_GAZETTEER = Text(
    "自治体の名称はdxrulesに同梱の一覧から読むので、内容の異なるこの一覧は使われません。",
    "Names of municipalities come from the list within dxrules, so that this one, which differs, "
    "is not used.",
)


def unread(root: Path) -> Iterator[tuple[str, Text]]:
    """Yield what nothing reads of a folder of rulesets, by its path in it, and what to do.

    Hidden folders, and files of other programs such as README.md, are none of its business.
    """
    linked = [root / name for name in sorted(_READ_AS_LINKS) if is_link(root / name)]
    for top in (root, *linked):
        for here, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in [*folders, *sorted(files)]:
                path = Path(here, name)
                below = path.relative_to(root).as_posix()
                if said := _why_not(path, below, folder=name in folders):
                    yield below, said


def _why_not(path: Path, below: str, *, folder: bool) -> Text | None:
    if folder:
        return _LINKED if is_link(path) and below not in _READ_AS_LINKS else None
    if path.name.startswith("."):
        count_on_it = is_almost_read(path.name) and not path.name.startswith(_OWN)
        return _HIDDEN if count_on_it else None
    ending = path.suffix.lower()
    if ending in _ENDINGS or (ending in _OF_TESTS and below.startswith(f"{_TESTS}/")):
        return None
    if is_link(path) and not is_there(path):
        return _LOST_LINK
    if below == _OF_NAMES:
        return None if _is_own(path) else _GAZETTEER
    return _OTHER_ENDING if is_almost_read(path.name) else None


def _is_own(path: Path) -> bool:
    """Tell whether a list of names is the one that is read."""
    own = data_root() / "rulesets" / _OF_NAMES
    there = is_regular(path) and path.stat().st_size == own.stat().st_size
    return there and path.read_bytes() == own.read_bytes()
