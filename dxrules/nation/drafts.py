"""Drafts from many documents: each is written as soon as it is made, so that a run can go on.

A draft that is there already is never written over. Where a run goes on, a document of which it
is the draft is done; its own side file is written before it, so that a draft is never without one
unless somebody deleted that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from dxrules.errors import OK, UNTRUSTED, WRONG_INPUT, InputError, UsageError
from dxrules.frozen import frozen
from dxrules.nation.drafting import DraftTask, PackedDraft
from dxrules.nation.named_file import NamedFile
from dxrules.nation.workers import Crew
from dxrules.paths import SIDE_OF_DRAFT, is_there, shown
from dxrules.plan.read import read_document
from dxrules.source import stamp, write_whole
from dxrules.source.bounds import DOCUMENT
from dxrules.source.os_errors import reason
from dxrules.source.read import read_bytes
from dxrules.source.write import FileChangedError
from dxrules.texts import Text

THERE = Text(
    "{file}: 既にあります。別の名前を指定してください。",
    "{file}: is already there. Name another one.",
)
_OF_ANOTHER = Text(
    "{file}: 既にあり、{document} の今の内容から作った下書きではないので、上書きしません。"
    "別の名前を指定するか、移してください。",
    "{file}: is already there, and is no draft of {document} as it is now, so it is left alone. "
    "Name another one, or move it.",
)
_NO_FOLDER = Text(
    "{folder}: フォルダを作れません({reason})。", "{folder}: this folder cannot be made ({reason})."
)
_TWICE = Text(
    "{file}: 同じ名前になる文書が2つあります。名前を改めるか、別々に指定してください。",
    "{file}: two documents would have this name. Rename one, or name them in two calls.",
)


@frozen
class ToDraft:
    """A document, and the plan file that is to be drafted from it."""

    source: NamedFile
    target: Path

    @property
    def side(self) -> Path:
        """The file that tells where each value stood."""
        return self.target.with_name(self.target.stem + SIDE_OF_DRAFT)


def source_of(path: Path) -> NamedFile:
    """Return the source of a document by its path."""
    name = shown(path)
    return NamedFile(name, path, fetch=partial(read_bytes, path, name, DOCUMENT.packed))


def into_folder(sources: Sequence[NamedFile], folder: Path) -> list[ToDraft]:
    """Return the plan files of a folder that are drafted from documents, by the names of these.

    Raises UsageError where two have one name.
    """
    found = [ToDraft(each, folder / f"{_stem(each)}.yaml") for each in sources]
    targets: set[Path] = set()
    for each in found:
        if each.target in targets:
            raise UsageError(_TWICE.format(file=shown(each.target)))
        targets.add(each.target)
    return found


def _stem(source: NamedFile) -> str:
    if source.path is not None:
        return source.path.stem
    name = unquote(source.name.partition("::")[0]).rpartition("/")[2]
    return PurePosixPath(name.replace("\\", "_").replace("\0", "_")).stem


def refuse_what_is_there(wanted: Sequence[ToDraft]) -> None:
    """Raise UsageError where a file is there already that would be written."""
    for each in wanted:
        for path in (each.target, each.side):
            if is_there(path):
                raise UsageError(THERE.format(file=shown(path)))


@dataclass
class DraftRun:
    """A run over documents; `goes_on` is whether drafts of an earlier one are left as they are.

    Whoever is `told` learns of each document what came of it, and of what is wrong: `complain`
    and `remark`. `code` is the exit code that this stands for, `written` how many drafts were
    written, and `left` how many were there.
    """

    crew: Crew[DraftTask, PackedDraft]
    goes_on: bool = False
    remark: Callable[[Text], None] = lambda _: None
    complain: Callable[[Text], None] = lambda _: None
    told: Callable[[ToDraft, PackedDraft], None] = lambda _, __: None
    done: Callable[[], None] = lambda: None
    code: int = OK
    written: int = 0
    left: int = 0
    faults: list[Text] = field(default_factory=list)

    def over(self, wanted: Sequence[ToDraft]) -> None:
        """Draft from all documents; raise UsageError where a draft cannot be written."""
        waiting: deque[ToDraft] = deque()
        for drafted in self.crew.answers(self._tasks(wanted, waiting)):
            each = waiting.popleft()
            if drafted is not None:
                self._take(each, drafted)
            self.done()

    def _tasks(
        self, wanted: Sequence[ToDraft], waiting: deque[ToDraft]
    ) -> Iterator[DraftTask | None]:
        for each in wanted:
            waiting.append(each)
            try:
                raw = each.source.content()
            except InputError as error:
                self._fault(error.text)
                yield None
                continue
            yield None if self._is_settled(each, raw) else DraftTask(each.source.name, raw)

    def _is_settled(self, each: ToDraft, raw: bytes) -> bool:
        """Tell whether nothing is to be drafted: the draft is there, or another file is."""
        if not is_there(each.target):
            return False
        if self.goes_on and is_draft_of(each.target, raw):
            self.left += 1
        else:
            said = {"file": shown(each.target), "document": each.source.name}
            self._fault((_OF_ANOTHER if self.goes_on else THERE).format(**said))
        return True

    def _take(self, each: ToDraft, drafted: PackedDraft) -> None:
        for said in drafted.remarks:
            self.remark(said)
        if drafted.fault is not None:
            self._fault(drafted.fault, UNTRUSTED if drafted.broken else WRONG_INPUT)
            return
        files = {each.side: drafted.places, each.target: drafted.content}
        seen = {path: stamp(path) for path in files}
        for path, content in files.items():
            if is_there(path) and not _is(path, content):
                self._fault(THERE.format(file=shown(path)))
                return
        try:
            each.target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            folder = shown(each.target.parent)
            raise UsageError(_NO_FOLDER.format(folder=folder, reason=reason(error))) from error
        try:
            write_whole(files, seen)
        except FileChangedError as error:  # of this document alone; the others go on
            self._fault(error.text)
            return
        self.written += 1
        self.told(each, drafted)

    def _fault(self, said: Text, code: int = WRONG_INPUT) -> None:
        self.code = max(self.code, code)
        self.faults.append(said)
        self.complain(said)


def is_draft_of(target: Path, raw: bytes) -> bool:
    """Tell whether a plan file was drafted from a document, whatever was changed in it since."""
    document = read_document(target, shown(target))
    said: object = None if document.problems else document.data
    for key in ("document", "drafted", "digest"):
        said = said.get(key) if isinstance(said, dict) else None
    return said == sha256(raw).hexdigest()


def _is(path: Path, content: bytes) -> bool:
    """Tell whether just this stands at a path."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
