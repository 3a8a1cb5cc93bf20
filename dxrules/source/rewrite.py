"""A YAML or JSON file that says other data: what does not change stays as it is written.

Old and new data are held against each other, and only the parts of the text that differ are
written anew; comments, order and spelling of the rest stay. Whether the new text says the new data
is tried by reading it.
"""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

import yaml

from dxrules.errors import UsageError
from dxrules.source.dump import dump
from dxrules.source.edit import scalar
from dxrules.source.read import from_bytes
from dxrules.source.syntax import is_json
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dxrules.source.document import Document

    Edit = tuple[int, int, str]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_KEPT: Final = Text(
    "{file}: この書き方のファイルは、ほかの行を変えずには書き換えられません。"
    "`dxrules convert` で書き直したファイルを指定してください。",
    "{file}: a file that is written like this cannot be changed without changing its other lines. "
    "Name a file that `dxrules convert` has made of it.",
)
_WORKBOOK: Final = Text(
    "{file}: ブックは書き換えられません。`dxrules convert` でYAMLにしてください。",
    "{file}: a workbook is not written into. Make it YAML with `dxrules convert`.",
)


def rewritten(document: Document, data: Any) -> Document:
    """Return a file that says other data, read again; all that is the same stays as it is.

    Every scalar of the data is text. Raises UsageError where the file is no text, or is written
    so that it cannot be changed in part.
    """
    if document.raw is not None:
        raise UsageError(_WORKBOOK.format(file=document.file))
    text = document.text
    root: Any = yaml.compose(text, Loader=_LOADER)
    writer = _Rewriting(text, json_only=is_json(text, document.file))
    new = _applied(text, writer.node(root, document.data, data))
    found = from_bytes(new.encode(), document.file)
    if found.problems or found.data != data:
        raise UsageError(_NOT_KEPT.format(file=document.file))
    return found


def _applied(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with parts of it replaced; of insertions at one place the earlier is first."""
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda each: (each[0], each[1] > each[0])):
        parts += [text[at:start], new]
        at = max(at, end)
    return "".join([*parts, text[at:]])


class _Rewriting:
    """Yields the edits that make a text say other data."""

    def __init__(self, text: str, *, json_only: bool) -> None:
        self.text = text
        self.json_only = json_only

    def node(self, node: Any, old: Any, new: Any) -> Iterator[Edit]:
        """Yield the edits of a node whose data is to be other data."""
        if old == new:
            return
        if isinstance(old, dict) and isinstance(new, dict) and new:
            yield from self.mapping(node, old, new)
        elif isinstance(old, list) and isinstance(new, list) and new:
            yield from self.sequence(node, old, new)
        else:
            start, end = node.start_mark.index, self.end_of(node)
            whole = self.text[start:end]
            style = node.style if isinstance(old, str) and node.style in ("'", '"') else None
            yield start, end, self.inline(new, style) + ("\n" if whole.endswith("\n") else "")

    def mapping(self, node: Any, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Edit]:
        """Yield the edits of a mapping."""
        pairs = {key.value: (key, value) for key, value in node.value}
        same_keys = [*old] == [*new]
        if node.flow_style and not same_keys:
            yield node.start_mark.index, node.end_mark.index, self.inline(new)
            return
        gone = [key for key in pairs if key not in new]
        yield from self._taken_out(pairs, gone)
        column = next(iter(pairs.values()))[0].start_mark.column
        kept = [key for key in pairs if key in new]
        before = ""
        for key, value in new.items():
            if key not in pairs:
                yield self._pair_added(pairs, kept, before, column, {key: value})
                continue
            before = key
            own = pairs[key]
            if node.flow_style or self._goes_on(old[key], value):
                yield from self.node(own[1], old[key], value)
            elif old[key] != value:
                lines = self.block({key: value}, column)
                start = own[0].start_mark.index
                yield start, self.end_of(own[1]), lines[column:].rstrip("\n") + self._gap(own[1])

    def _goes_on(self, old: Any, new: Any) -> bool:
        """Tell whether a value can be changed where it stands."""
        return old == new or (type(old) is type(new) and bool(new))

    def _gap(self, node: Any) -> str:
        end = self.end_of(node)
        return "\n" if self.text[end - 1 : end] == "\n" else ""

    def _taken_out(self, pairs: dict[str, tuple[Any, Any]], gone: list[str]) -> Iterator[Edit]:
        """Yield the edits that take keys out of a mapping in lines."""
        keys = [*pairs]
        first = 0
        while first < len(keys) and keys[first] in gone:
            first += 1
        head = pairs[keys[0]][0].start_mark.index
        leading = keys[:first] if not self._begins_line(head) and first < len(keys) else []
        if leading:  # the first stands behind the dash of an item
            yield head, pairs[keys[first]][0].start_mark.index, ""
        for key in gone:
            if key not in leading:
                start = self._line_start(pairs[key][0].start_mark.index)
                yield start, self._after(pairs[key][1]), ""

    def _pair_added(
        self,
        pairs: dict[str, tuple[Any, Any]],
        kept: list[str],
        before: str,
        column: int,
        pair: dict[str, Any],
    ) -> Edit:
        """Return the edit that puts a pair after another; one without goes after the last."""
        at = self._after(pairs[before or (kept or [*pairs])[-1]][1])
        head = "" if at == 0 or self.text[at - 1] == "\n" else "\n"
        return at, at, head + self.block(pair, column)

    def sequence(self, node: Any, old: list[Any], new: list[Any]) -> Iterator[Edit]:
        """Yield the edits of a list."""
        if node.flow_style and len(old) != len(new):
            yield node.start_mark.index, node.end_mark.index, self.inline(new)
            return
        if node.flow_style:
            for each, before, after in zip(node.value, old, new, strict=True):
                yield from self.node(each, before, after)
            return
        column = node.start_mark.column
        was, now = ([_name(each) for each in side] for side in (old, new))
        match = SequenceMatcher(None, was, now, autojunk=False)
        for _, first, last, begin, end in match.get_opcodes():
            both = min(last - first, end - begin)
            for n in range(both):
                yield from self._item(node.value[first + n], old[first + n], new[begin + n], column)
            for each in node.value[first + both : last]:
                yield self._line_start(each.start_mark.index, dash=True), self._after(each), ""
            if begin + both < end:
                at = first + both
                where = (
                    self._after(node.value[at - 1])
                    if at
                    else self._line_start(node.value[0].start_mark.index, dash=True)
                )
                head = "" if where == 0 or self.text[where - 1] == "\n" else "\n"
                yield where, where, head + self.block(new[begin + both : end], column)

    def _item(self, node: Any, old: Any, new: Any, column: int) -> Iterator[Edit]:
        if self._goes_on(old, new):
            yield from self.node(node, old, new)
        else:
            start = self._line_start(node.start_mark.index, dash=True)
            yield start, self._after(node), self.block([new], column)

    def block(self, data: Any, column: int) -> str:
        """Return data in lines that begin at a column."""
        gap = " " * column
        lines = dump(data)
        if isinstance(data, dict) and lines.startswith("{"):  # a pair has no braces of its own
            lines = self.inline(data)[1:-1]
        elif isinstance(data, list) and lines.startswith("["):  # nor have items
            lines = "".join(f"- {self.inline(each)}\n" for each in data)
        return "".join(f"{gap}{line}\n" for line in lines.splitlines())

    def inline(self, data: Any, style: str | None = None) -> str:
        """Return data on one line."""
        if isinstance(data, str):
            return scalar(data, style, json_only=self.json_only)
        if self.json_only:
            return json.dumps(data, ensure_ascii=False)
        if isinstance(data, dict):
            pairs = (f"{self.inline(key)}: {self.inline(each)}" for key, each in data.items())
            return "{" + ", ".join(pairs) + "}"
        return "[" + ", ".join(map(self.inline, data)) + "]"

    def end_of(self, node: Any) -> int:
        """Return where a node ends; a mapping or list in lines, where its last value does."""
        while isinstance(node.value, list) and node.value and not node.flow_style:
            node = node.value[-1]
            node = node[1] if isinstance(node, tuple) else node
        return int(node.end_mark.index)

    def _after(self, node: Any) -> int:
        """Return where the line after a node begins."""
        at = self.end_of(node)
        if at and self.text[at - 1] == "\n":
            return at
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _line_start(self, at: int, *, dash: bool = False) -> int:
        """Return where the line begins in which something stands, or the dash before it does."""
        at = self.text.rindex("-", 0, at) if dash else at
        return self.text.rfind("\n", 0, at) + 1

    def _begins_line(self, at: int) -> bool:
        return not self.text[self._line_start(at) : at].strip()


def _name(item: Any) -> str:
    """Return by what an item of a list is known again: its id, or else all of it."""
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return str(item["id"])
    return json.dumps(item, sort_keys=True, ensure_ascii=False)
