"""What is said to whoever drafts from a document: what is not read of it, and whose it may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dxrules.document.original import Original
from dxrules.draft.towns_named import municipality_of
from dxrules.reference.gazetteer import Gazetteer, Government
from dxrules.texts import Text

_STRUCK: Final = Text(
    "{file}: 取消線の引かれた{count}か所は、消されたものとして読んでいません。",
    "{file}: what is struck through ({count}) is not read, as it was taken out.",
)
_HIDDEN: Final = Text(
    "{file}: 非表示の行・列・シートや、見えない文字(隠し文字、白地に白の文字など)は読みません。"
    "計画の内容なら、表示して保存し直してください。",
    "{file}: hidden rows, columns and sheets are not read, nor is text that nobody sees (hidden, "
    "or white on white). If it belongs to the plan, show it and save it again.",
)


def left_out(original: Original) -> Iterator[Text]:
    """Yield what is left out, with room for the name of the `file`."""
    if struck := sum(each.count for each in original.lost if each.kind == "struck"):
        yield _STRUCK.format(count=struck, file="{file}")
    if any(each.kind in {"hidden", "sheet"} for each in original.lost):
        yield _HIDDEN


def other_town(original: Original, code: str, gazetteer: Gazetteer) -> Government | None:
    """Return whose document it seems to be, if that is not the municipality of a code."""
    whose = municipality_of(original, gazetteer)
    if whose is None or code in {each.code for each in (whose.found, *whose.rivals)}:
        return None
    return whose.found
