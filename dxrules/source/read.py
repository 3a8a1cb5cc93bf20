"""From a file to plain data, with the place of every key and value.

Only the part of YAML that a person writes is read: mappings, lists and text.
Scalars stay text until a model asks for something else, so 063223 keeps its zero.
"""

from __future__ import annotations

import errno
import os
import re
from typing import IO, TYPE_CHECKING

from dxrules.errors import InputError, Place, Problem
from dxrules.paths import open_file
from dxrules.source.bounds import PLAN_BYTES
from dxrules.source.build import EMPTY, build, not_allowed
from dxrules.source.file_kind import what_it_is
from dxrules.source.os_errors import reason
from dxrules.source.placed_data import Document
from dxrules.source.syntax import is_json
from dxrules.texts import NOWHERE, Text, may_act, visible

if TYPE_CHECKING:
    import pathlib

MAX_BYTES = PLAN_BYTES
NO_FILE = Text("ファイルがありません。", "No such file.")

_PIECE = 1 << 20

_NO_REGULAR_FILE = (
    Text("パイプやデバイスは読みません。", "This is a pipe or a device, which is not read."),
    Text(
        "内容をファイルに保存して、そのファイルを指定してください。",
        "Save what it holds to a file, and name that file.",
    ),
)
_CHANGED = (
    Text("読んでいる間に変わりました。", "This file changed while it was read."),
    Text(
        "書き込みが終わってから、もう一度実行してください。",
        "Call again when whoever writes it is done.",
    ),
)
_TEXT_EXPECTED = Text(
    "ここではYAMLかJSONのテキストファイルを指定してください。",
    "A text file in YAML or JSON is expected here.",
)
_LOST_LINK = (
    Text("リンク先がありません。", "This is a link that leads nowhere."),
    Text("リンク先を確かめてください。", "Check where it leads."),
)
_SURROGATES = r"(?<!\\)((?:\\\\)*)\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})"


def read(file: pathlib.Path, name: str | None = None) -> Document:
    """Read a file of text; whatever is wrong with it stands in the document's `problems`.

    `name` is how messages call it, by default its path with forward slashes, on one line and
    with the codes of characters that act.
    """
    shown = name or visible(file.as_posix())
    try:
        raw = read_bytes(file, shown)
    except InputError as error:
        return Document(shown, problems=tuple(error.problems))
    return from_bytes(raw, shown)


def read_bytes(file: pathlib.Path, name: str, most: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file, and of a larger one than `most` one byte more than that.

    Raises InputError, which calls it by its name, where it cannot be read.
    """
    try:
        with open_file(file) as stream:
            before = os.fstat(stream.fileno())
            raw = bounded(stream, most)
            after = os.fstat(stream.fileno())
    except OSError as error:
        said = _os_message(error)
        if isinstance(error, FileNotFoundError) and file.is_symlink():
            said = _LOST_LINK
        elif error.errno == errno.ESPIPE:
            said = _NO_REGULAR_FILE
        raise InputError.of_file(name, *said) from error
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise InputError.of_file(name, *_CHANGED)
    return raw


def bounded(stream: IO[bytes], most: int) -> bytes:
    """Return what a stream holds, but no more than one byte beyond the bound.

    It is read in pieces, so that a pipe or a device without end takes no memory.
    """
    pieces, left = [], most + 1
    while left and (piece := stream.read(min(_PIECE, left))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def missing(file: pathlib.Path, name: str) -> Text | None:
    """Return what to say where nothing stands at a path; None also where that is not known."""
    try:
        file.lstat()
    except FileNotFoundError:
        return Text(
            "{name}: ファイルがありません。名前とフォルダを確かめてください。",
            "{name}: no such file. Check its name and folder.",
        ).format(name=name)
    except OSError:  # reading it will tell
        return None
    return None


def from_bytes(raw: bytes, name: str) -> Document:
    """Read the bytes of a file that is called `name` in messages."""
    fault = _unreadable(raw)
    if fault:
        return _refused(Place(name, 1, 1), *(_of_another_kind(raw) or fault))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if other := _of_another_kind(raw):
            return _refused(Place(name, 1, 1), *other)
        before = raw[: error.start].decode("utf-8")
        return _refused(
            _end(before, name),
            Text("UTF-8ではありません。", "Not UTF-8."),
            Text(
                "Shift_JISならUTF-8で保存し直してください。",
                "If it is Shift_JIS, save it again as UTF-8.",
            ),
        )
    document = from_text(text, name)
    if not isinstance(document.data, dict | list) and (other := _of_another_kind(raw)):
        return _refused(Place(name, 1, 1), *other)
    return document


def _of_another_kind(raw: bytes) -> tuple[Text, Text] | None:
    """Say what a file is that is no text at all; None of one that may have been meant as one."""
    said = what_it_is(raw)
    return None if said is None else (said, _TEXT_EXPECTED)


def from_text(text: str, name: str) -> Document:
    """Read YAML (or JSON) text."""
    if not text.strip():
        return _refused(Place(name, 1, 1), *EMPTY)
    forbidden = NOWHERE.search(text) if may_act(text) else None
    if forbidden:
        return _refused(_end(text[: forbidden.start()], name), *not_allowed(forbidden[0]))
    if is_json(text, name):
        text = re.sub(_SURROGATES, _join_surrogates, text)
    return build(text, name)


def _refused(place: Place, message: Text, hint: Text | None = None) -> Document:
    return Document(place.file, problems=(Problem(place, "", message, hint),))


def _end(before: str, name: str) -> Place:
    """Return the place of what comes after a text."""
    return Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _join_surrogates(found: re.Match[str]) -> str:
    """Write a character beyond U+FFFF as YAML does: JSON escapes it in two halves."""
    backslashes, high, low = found.groups()
    code = 0x10000 + (int(high, 16) - 0xD800) * 0x400 + int(low, 16) - 0xDC00
    return f"{backslashes}\\U{code:08x}"


def _os_message(error: OSError) -> tuple[Text, Text | None]:
    if isinstance(error, FileNotFoundError):
        return NO_FILE, None
    if isinstance(error, IsADirectoryError):
        return (
            Text("ファイルではなくフォルダです。", "This is a folder where a file was expected."),
            None,
        )
    return Text("読めません({reason})。", "Cannot be read ({reason}).").format(
        reason=reason(error)
    ), None


def _unreadable(raw: bytes) -> tuple[Text, Text] | None:
    if len(raw) > MAX_BYTES:
        return (
            Text("5 MBを超えています。", "Larger than 5 MB."),
            Text(
                "計画1件がこの大きさになることはありません。",
                "No single plan or ruleset is so large.",
            ),
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return (
            Text("先頭にバイト順マーク(BOM)があります。", "Starts with a byte-order mark."),
            Text("BOMなしのUTF-8で保存してください。", "Save it as UTF-8 without BOM."),
        )
    if b"\0" in raw:
        return (
            Text("NUL文字があります。", "Contains NUL bytes."),
            Text(
                "テキストファイルなら、UTF-8で保存してください。",
                "If this is a text file, save it as UTF-8.",
            ),
        )
    return None
