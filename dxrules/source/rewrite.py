"""A YAML or JSON file that is to hold other data, written with the fewest changes to its text.

What stands there stays as it is, comments and order included: only entries that differ are
touched, each where it stands. Whether the file then says what it should is tried by reading it
again; if it does not, nothing is changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, Final, Literal, TypeGuard

import yaml

from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.source.placed_data import Document, Path
from dxrules.source.read import from_bytes
from dxrules.source.syntax import is_json
from dxrules.source.yaml_layout import is_large, one_line, several_lines
from dxrules.texts import Text

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY_AT_MARGIN: Final = re.compile(
    r"""^["']?[A-Za-z_][\w-]*["']?[ \t]*:(?=[ \t\r\n]|$)""", re.MULTILINE
)
_STEP: Final = "  "
_WORKBOOK: Final = Text(
    "{file}: ブックは書き換えられません。`dxrules convert` でYAMLにしてください。",
    "{file}: a workbook is not written into. Make it YAML with `dxrules convert`.",
)
_NOT_KEPT = Text(
    "{file}: この書き方のファイルは、ほかの行を保ったままでは書き換えられません。"
    "「{key}」をテキストエディタで直すか、別の名前で保存してください。",
    "{file}: a file that is written like this cannot be changed without touching its other lines. "
    'Change "{key}" in a text editor, or save the plan under another name.',
)


@frozen
class Change:
    """One change: an entry `set`, an item `insert`ed into a list, or either `remove`d."""

    how: Literal["set", "insert", "remove"]
    path: Path
    value: Any = None


def rewritten(document: Document, data: Any) -> Document:
    """Return a document that holds other data, read again.

    Raises UsageError where it is no text, or its text cannot be changed without changing what else
    it says.
    """
    if document.raw is not None:
        raise UsageError(_WORKBOOK.format(file=document.file))
    changes = [*differences(document.data, data)]
    json_only = is_json(document.text, document.file)
    for by_section in (True, False):
        try:
            text = document.text
            for change in changes:
                text = _applied(text, change, json_only=json_only, by_section=by_section)
        except (_UnwritableError, yaml.YAMLError):
            continue
        found = from_bytes(text.encode(), document.file)
        if not found.problems and found.data == data:
            return found
    key = ".".join(map(str, changes[0].path))
    raise UsageError(_NOT_KEPT.format(file=document.file, key=key))


def differences(old: Any, new: Any, path: Path = ()) -> Iterator[Change]:
    """Yield the changes that make one of the other, in an order in which they can be made."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        for key in new:
            if key in old:
                yield from differences(old[key], new[key], (*path, key))
        yield from (Change("set", (*path, key), new[key]) for key in new if key not in old)
        yield from (Change("remove", (*path, key)) for key in old if key not in new)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _of_lists(old, new, path)
    else:
        yield Change("set", path, new)


def _of_lists(old: list[Any], new: list[Any], path: Path) -> Iterator[Change]:
    """Yield the changes of a list from its end, so that the places before it stay right.

    An entry with an id stays that entry whatever else it says; so its comments stay with it.
    """
    before, after = ([_identity(each) for each in those] for those in (old, new))
    matched = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    for how, first, last, new_first, new_last in reversed(matched):
        both = min(last - first, new_last - new_first)
        if how == "replace" and all(map(_has_id, (*old[first:last], *new[new_first:new_last]))):
            both = 0  # other entries
        for item in reversed(new[new_first + both : new_last]):
            yield Change("insert", (*path, last), item)
        yield from (Change("remove", (*path, at)) for at in reversed(range(first + both, last)))
        for step in range(both):
            yield from differences(old[first + step], new[new_first + step], (*path, first + step))


def _has_id(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("id"), str)


def _identity(entry: Any) -> str:
    return json.dumps(entry["id"] if _has_id(entry) else entry, sort_keys=True)


class _UnwritableError(Exception):
    """The text is not of a form in which a change can be made in its place."""


def _applied(text: str, change: Change, *, json_only: bool, by_section: bool) -> str:
    """Return the text after one change, in which only the section that it is in is parsed."""
    start, end = _section(text, str(change.path[0])) if by_section else (0, len(text))
    part = _Part(text[start:end], json_only=json_only)
    return text[:start] + part.after(change) + text[end:]


def _section(text: str, name: str) -> tuple[int, int]:
    """Return where the top entry of a name stands; where it does not, the whole of the text."""
    found = [*_KEY_AT_MARGIN.finditer(text)]
    for number, key in enumerate(found):
        if key[0].rstrip(": \t").strip("\"'") == name:
            # With a neighbour, so that to take it away leaves no file of nothing.
            first = number - 1 if number else number
            last = number + 1 if number else number + 2
            return found[first].start(), found[last].start() if last < len(found) else len(text)
    return 0, len(text)


class _Part:
    """A part of a file whose root is a mapping."""

    def __init__(self, text: str, *, json_only: bool) -> None:
        self.text, self.json_only = text, json_only
        self.root: Any = yaml.compose(text, Loader=_LOADER)
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def after(self, change: Change) -> str:
        """Return the text after a change."""
        *around, last = change.path
        node, key = self._at(around)
        if change.how == "remove":
            return self._without(node, last)
        if change.how == "insert":
            return self._inserted(node, int(last), change.value)
        own = self._child(node, last)
        if own is None:
            return self._with_key(node, key, str(last), change.value)
        return self._with_value(node, *own, change.value)

    def _at(self, path: Iterable[str | int]) -> tuple[Any, Any]:
        """Return the node that a path leads to, and that of its key."""
        node, key = self.root, None
        for part in path:
            own = self._child(node, part)
            if own is None:
                raise _UnwritableError
            key, node = own
        return node, key

    def _child(self, node: Any, part: str | int) -> tuple[Any, Any] | None:
        if isinstance(node, yaml.MappingNode):
            return next(((k, v) for k, v in node.value if k.value == part), None)
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            return (None, node.value[part]) if part < len(node.value) else None
        raise _UnwritableError

    def _with_value(self, holder: Any, key: Any, node: Any, value: Any) -> str:
        """Put another value in the place of one."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            start, end = node.start_mark.index, self._end(node)
            if not holder.flow_style and is_large(value) and key is not None:
                return self._below(key, end, value)
            tail = self.newline if _is_block(node) else ""
            return self.text[:start] + self._said(value, node) + tail + self.text[end:]
        if key is None:
            start, end = node.start_mark.index, self._end_of_lines(node)
            return self.text[:start] + self._said(value) + self.text[end:]
        return self._beside(key, self._end_of_lines(node), value)

    def _beside(self, key: Any, end: int, value: Any) -> str:
        """Write a value on the line of its key, where one stood that ends at a place."""
        colon = self._colon(key)
        return f"{self.text[:colon]} {self._said(value)}{self.text[end:]}"

    def _below(self, key: Any, end: int, value: Any) -> str:
        """Write a value on lines below its key, where one stood that ends at a place."""
        lines = self._lines(value, key.start_mark.column + len(_STEP)).rstrip()
        return f"{self.text[: self._colon(key)]}{self.newline}{lines}{self.text[end:]}"

    def _colon(self, key: Any) -> int:
        """Return where the colon after a key ends."""
        return self.text.index(":", key.end_mark.index) + 1

    def _with_key(self, node: Any, own: Any, key: str, value: Any) -> str:
        """Write a further key into a mapping."""
        if not isinstance(node, yaml.MappingNode):
            raise _UnwritableError
        entry = f"{self._said(key)}: {self._said(value)}"
        if node.flow_style:
            return self._into_brackets(node, len(node.value), entry)
        column = node.value[0][0].start_mark.column
        if own is None and node is not self.root:  # an item of a list: its keys stand under it
            column = node.start_mark.column
        return self._line_after(node, self._lines({key: value}, column))

    def _inserted(self, node: Any, at: int, value: Any) -> str:
        """Write an item into a list, before the one at a place or at its end."""
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise _UnwritableError
        if node.flow_style:
            return self._into_brackets(node, at, self._said(value))
        lines = self._lines([value], node.start_mark.column)
        if at:
            return self._line_after(node.value[at - 1], lines)
        start = self._line_start(node)
        return self.text[:start] + lines + self.text[start:]

    def _into_brackets(self, node: Any, at: int, entry: str) -> str:
        """Write an entry within the brackets of a mapping or list, before the one at a place."""
        if at:
            end = self._end(_value(node.value[at - 1]))
            return f"{self.text[:end]}, {entry}{self.text[end:]}"
        start = node.value[0].start_mark.index
        return f"{self.text[:start]}{entry}, {self.text[start:]}"

    def _line_after(self, node: Any, lines: str) -> str:
        """Write lines below all that a node holds."""
        at = self._end_of_line(self._end(_last(node)))
        head = "" if self.text[:at].endswith("\n") else self.newline
        return self.text[:at] + head + lines + self.text[at:]

    def _without(self, node: Any, part: str | int) -> str:
        """Take an entry away that is not the only one."""
        own = self._child(node, part)
        if own is None or len(node.value) == 1:
            raise _UnwritableError
        key, value = own
        first = value if key is None else key
        place = next(n for n, each in enumerate(node.value) if _value(each) is value)
        if node.flow_style:
            if place:
                start = self._end(_value(node.value[place - 1]))
                return self.text[:start] + self.text[self._end(value) :]
            after = _head(node.value[1]).start_mark.index
            return self.text[: first.start_mark.index] + self.text[after:]
        start, end = self._line_start(first), self._end_of_line(self._end(_last(value)))
        before = self.text[start : first.start_mark.index]
        if key is None or not before.strip():
            return self.text[:start] + self.text[end:]
        if before.strip() != "-":
            raise _UnwritableError
        # The first key of an item: the next takes its place behind the dash.
        then = _head(node.value[1]).start_mark.index
        kept = self.text[end : self._line_start(_head(node.value[1]))]
        return self.text[:start] + kept + before + self.text[then:]

    def _line_start(self, node: Any) -> int:
        return self.text.rfind("\n", 0, node.start_mark.index) + 1

    def _end(self, node: Any) -> int:
        """Return where a node ends, without the space after it."""
        start, end = node.start_mark.index, node.end_mark.index
        if _is_block(node):
            return int(end)
        return int(start) + len(self.text[start:end].rstrip())

    def _end_of_lines(self, node: Any) -> int:
        """Return where what is written in lines ends, before the line break."""
        end = self._end(_last(node))
        return len(self.text[:end].rstrip("\r\n"))

    def _end_of_line(self, at: int) -> int:
        """Return where the next line begins after a place; the place itself if it begins one."""
        if at and self.text[at - 1] == "\n":
            return at
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _said(self, value: Any, before: Any = None) -> str:
        """Write a value on one line; a text as the one before it was quoted, or not at all."""
        style = before.style if isinstance(before, yaml.ScalarNode) else None
        if self.json_only or (style == '"' and isinstance(value, str)):
            return json.dumps(value, ensure_ascii=False)
        if style == "'" and isinstance(value, str):
            return "'" + value.replace("'", "''") + "'"
        bare = isinstance(before, yaml.ScalarNode) and not style and before.value.isdecimal()
        return value if bare and _is_figure(value) else one_line(value)

    def _lines(self, value: Any, column: int) -> str:
        """Write a value on lines that begin in a column."""
        gap = " " * column
        found = several_lines(value).splitlines()
        return "".join(f"{gap}{line}{self.newline}" for line in found)


def _is_block(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _is_figure(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and value.isascii() and value.isdecimal()


def _value(each: Any) -> Any:
    """Return the node of an entry of a mapping, or of an item of a list."""
    return each[1] if isinstance(each, tuple) else each


def _head(each: Any) -> Any:
    """Return the node that an entry of a mapping, or an item of a list, begins with."""
    return each[0] if isinstance(each, tuple) else each


def _last(node: Any) -> Any:
    """Return the last scalar, or bracket, of what is written in lines."""
    while isinstance(node.value, list) and node.value and not node.flow_style:
        node = _value(node.value[-1])
    return node
