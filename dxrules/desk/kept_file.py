"""The file that a plan on the desk is saved to: written whole, and never over another's changes."""

from __future__ import annotations

import pathlib
from hashlib import sha256

from dxrules.desk.open_plan import OpenPlan
from dxrules.errors import InputError, UsageError
from dxrules.reference import Reference
from dxrules.source import stamp, write_whole
from dxrules.source.bounds import WORKBOOK
from dxrules.source.read import read_bytes
from dxrules.source.write import FileChangedError
from dxrules.texts import Lang, Text, visible

_CHANGED = Text(
    "{file}: 開いた後に、ほかで書き換えられたため、上書きしませんでした。"
    "「ファイルに書き出す」で別の名前で保存するか、開き直してください。",
    "{file}: has been changed elsewhere since it was opened, and was not overwritten. Make a "
    "file under another name, or open it again.",
)
_THERE = Text(
    "{file}: 同じ名前のファイルが既にあります。上書きしませんでした。",
    "{file}: a file of this name is already there, and was not overwritten.",
)
_GONE = Text(
    "{file}: 開いた後に削除されたか、移動されています。「ファイルに書き出す」で保存してください。",
    "{file}: has been removed or moved since it was opened. Make a file and save that.",
)
_NOWHERE = Text(
    "この計画は画面から開いたもので、書き込むファイルがありません。"
    "「ファイルに書き出す」で保存してください。",
    "This plan was opened in the page and has no file to write to. Make a file and save that.",
)


class KeptFiles:
    """Where each plan is saved, and what stood there when it was last read or written."""

    def __init__(self, lang: Lang, reference: Reference) -> None:
        self.lang, self.reference = lang, reference
        self._targets: dict[str, pathlib.Path] = {}
        self._digests: dict[str, str | None] = {}
        self._next: pathlib.Path | None = None

    def keep(self, plan_id: str, target: pathlib.Path, raw: bytes | None) -> None:
        """Save a plan to a file, which held some bytes, or is not there yet."""
        self._targets[plan_id] = target
        self._digests[plan_id] = None if raw is None else sha256(raw).hexdigest()

    def next_to(self, target: pathlib.Path) -> None:
        """Save the next plan that has no file yet to one that is not there."""
        self._next = target

    def keeps(self, plan: OpenPlan) -> bool:
        """Tell whether a plan has a file that it can be saved to, or gets one."""
        return plan.id in self._targets or plan.origin != "file"

    def save(self, plan: OpenPlan) -> str:
        """Write a plan to its file; raise UsageError if that is not any more what was read."""
        if plan.id not in self._targets and plan.origin != "file":
            self.keep(plan.id, self._next or pathlib.Path(plan.file.name), None)
            self._next = None
        target = self._targets.get(plan.id)
        if target is None:
            raise UsageError(_NOWHERE)
        shown = visible(target.as_posix())
        seen = stamp(target)
        self._refuse_changed(target, self._digests[plan.id], shown)
        content = plan.content_as(target, self.lang, self.reference)
        write_whole({target: content}, {target: seen})
        self._digests[plan.id] = sha256(content).hexdigest()
        return visible(target.name)

    @staticmethod
    def _refuse_changed(target: pathlib.Path, digest: str | None, shown: str) -> None:
        """Raise where a file is not what it was; one that is to be made is not there."""
        if digest is None:
            if target.exists() or target.is_symlink():
                raise FileChangedError(_THERE.format(file=shown))
            return
        if not target.exists():
            raise FileChangedError(_GONE.format(file=shown))
        try:
            found = read_bytes(target, shown, WORKBOOK.packed)
        except InputError:
            found = b""
        if sha256(found).hexdigest() != digest:
            raise FileChangedError(_CHANGED.format(file=shown))
