"""A folder of files that is written whole or not at all, and only over what it was before."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from dxrules.errors import UsageError
from dxrules.paths import is_folder, is_link, is_regular, is_there, led_to
from dxrules.source.bounds import OWN_LIST
from dxrules.source.os_errors import reason
from dxrules.source.unfinished import put_back, take_place, unfinished_folder
from dxrules.source.write import changed, refuse_dash
from dxrules.texts import Text, shorten, visible

MARK = ".dxrules-site"
"""The file that tells of a folder which files dxrules has written into it."""

_FIRST_LINE = "dxrules/site/1"
"""Bytes of that file: 1,788 names have 30 KB."""
_OTHERS = Text(
    "{folder}: ほかのもの({name})があるので、書きません。"
    "空のフォルダか、新しい名前を指定してください。",
    "{folder}: holds something else ({name}), so nothing is written. Name an empty folder, or a "
    "new one.",
)
_NO_FOLDER = Text(
    "{folder}: フォルダではありません。別の名前を指定してください。",
    "{folder}: is no folder. Name another one.",
)
_HERE = Text(
    "{folder}: 作業中のフォルダか、その上のフォルダです。その中の新しい名前を指定してください。",
    "{folder}: is the folder that you are in, or one above it. Name a new one in it.",
)
_UNWRITABLE = Text(
    "{folder}: 書き込めません({reason})。", "{folder}: cannot be written ({reason})."
)


def refuse_folder(folder: Path, called: str, mark: str = MARK) -> None:
    """Raise UsageError unless a folder can be written: new, empty, or of nothing but own files.

    `mark` is the file that names them, by which one kind of folder is never taken for another.
    One whose place was being taken when the process was killed is put back first.
    """
    with _told(called):
        refuse_no_folder(folder, called)
        here, itself = Path.cwd().resolve(), led_to(folder)
        if here == itself or itself in here.parents:
            raise UsageError(_HERE.format(folder=called))
        put_back(itself)  # which takes a folder that has a name
        if is_folder(folder):
            own = _own(folder, mark)
            around = {parent.as_posix() for name in own for parent in PurePosixPath(name).parents}
            for each in _found(folder, around):
                name = each.relative_to(folder).as_posix()
                is_own = is_regular(each) if name in own else is_folder(each) and name in around
                if not is_own or is_link(each):
                    raise UsageError(_OTHERS.format(folder=called, name=shorten(name)))


def refuse_no_folder(folder: Path, called: str) -> None:
    """Raise UsageError where a link, or what is no folder, is in the place of one; and for -."""
    refuse_dash(folder)
    if is_link(folder) or (is_there(folder) and not is_folder(folder)):
        raise UsageError(_NO_FOLDER.format(folder=called))


def _found(folder: Path, around: Collection[str]) -> Iterator[Path]:
    """Yield what stands in a folder, and in those below it that hold own files."""
    below = [folder]
    while below:
        for each in sorted(below.pop().iterdir()):
            yield each
            if each.relative_to(folder).as_posix() in around and is_folder(each):
                below.append(each)


@contextlib.contextmanager
def written_folder(
    folder: Path, called: str, mark: str = MARK, sure: Callable[[], None] = lambda: None
) -> Iterator[Callable[[str, bytes | Iterable[bytes]], None]]:
    """Give a function that writes a file of a folder by its name; its content may be parts.

    `called` is how messages call the folder.

    A name may have folders before it. The files stand beside the folder until all of them are
    written, and then take its place, if it is made `sure` that what stands there may go.
    Raises UsageError, and leaves what was there, if that cannot be done.
    """
    refuse_folder(folder, called, mark)
    with _told(called), contextlib.ExitStack() as cleaning:
        target = led_to(folder)
        made = unfinished_folder(target.parent, cleaning)
        names = [mark]

        def put(name: str, content: bytes | Iterable[bytes]) -> None:
            with _told(called):
                _write(made / name, content)
            names.append(name)

        yield put
        _write(made / mark, "\n".join([_FIRST_LINE, *sorted(names), ""]).encode())
        made.chmod(0o755)

        def still_own() -> None:
            refuse_folder(folder, called, mark)
            sure()

        try:
            take_place(made, target, still_own)
        except BlockingIOError as error:
            raise changed(folder) from error


def _own(folder: Path, mark: str) -> set[str]:
    """Return the names of the files that dxrules has written into a folder; none if it has not."""
    list_of_own = folder / mark
    if is_link(list_of_own) or not is_regular(list_of_own):
        return set()
    with list_of_own.open("rb") as stream:
        first, *names = stream.read(OWN_LIST).decode("utf-8", "replace").split("\n")
    return set(names) if first == _FIRST_LINE else set()


def _write(path: Path, content: bytes | Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        stream.writelines((content,) if isinstance(content, bytes) else content)
        stream.flush()
        os.fsync(stream.fileno())
    path.chmod(0o644)


@contextlib.contextmanager
def _told(called: str) -> Iterator[None]:
    """Say of what the system refuses which folder it was."""
    try:
        yield
    except OSError as error:
        said = _UNWRITABLE.format(folder=visible(called), reason=reason(error))
        raise UsageError(said) from error
