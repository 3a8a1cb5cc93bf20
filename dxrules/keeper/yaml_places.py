"""Places of a ruleset's parts in its text, so that it can be changed and keeps its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from dxrules.frozen import frozen

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@frozen
class Replacement:
    """What takes the place of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


@frozen
class Region:
    """A part of a text: where it starts and ends, its lines from 1, and its indent."""

    node: Any
    first_line: int
    last_line: int
    indent: int


@frozen
class YamlScalar:
    """A scalar: where it stands, its line, and whether in a list."""

    start: int
    end: int
    line: int
    in_list: bool


def changed(text: str, changes: Sequence[Replacement]) -> str:
    """Return a text with its changes; those at one place stand in the order given."""
    numbered = sorted(enumerate(changes), key=lambda each: (each[1].start, each[0]), reverse=True)
    for _, change in numbered:
        text = text[: change.start] + change.text + text[change.end :]
    return text


class RulesetText:
    """A ruleset file as it is written."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.root = yaml.compose(text, Loader=_LOADER)
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.id = str(_value(self.root, "id").value)

    def source(self, key: str) -> Region | None:
        """Return a source by its key; None where sources stand within brackets."""
        sources = _value(self.root, "sources")
        return None if sources.flow_style else self._under(sources, key)

    def values(self, parameter: str) -> tuple[Region, str] | None:
        """Return the last value of a parameter, and how it is written; None if within brackets."""
        parameters = _value(self.root, "parameters")
        found = None if parameters is None else _value(parameters, parameter)
        values = None if found is None else _value(found, "values")
        if values is None or values.flow_style or not values.value:
            return None
        last = values.value[-1]
        value = _value(last, "value")
        indent = values.start_mark.column
        entry = Region(last, last.start_mark.line + 1, _last_line(last) + 1, indent)
        return entry, self.text[self._at(value.start_mark) : self._at(value.end_mark)].strip()

    def rule(self, rule_id: str) -> Region | None:
        """Return a rule by its id; None where it stands within brackets."""
        rules = _value(self.root, "rules")
        for each in rules.value if not rules.flow_style else ():
            if not each.flow_style and _value(each, "id").value == rule_id:
                indent = rules.start_mark.column
                return Region(each, each.start_mark.line + 1, _last_line(each) + 1, indent)
        return None

    def inside(self, entry: Region, key: str) -> Region:
        """Return the part of an entry that stands under a key."""
        node = _value(entry.node, key)
        return Region(node, node.start_mark.line + 1, _last_line(node) + 1, node.start_mark.column)

    def after(self, entry: Region, lines: Sequence[str]) -> Replacement:
        """Return the change that puts lines below an entry."""
        end = min(self._starts[entry.last_line], len(self.text))
        added = "".join(f"{line}{self.newline}" for line in lines)
        if not self.text[:end].endswith("\n"):
            added = self.newline + added.removesuffix(self.newline)
        return Replacement(end, end, added)

    def with_keys(self, entry: Region, said: Mapping[str, str]) -> list[Replacement]:
        """Return the changes by which a mapping says so: a key that it has gets another value."""
        node = entry.node
        changes = []
        new = dict(said)
        for key, value in node.value:
            if key.value in new:
                start, end = self._at(value.start_mark), self._at(value.end_mark)
                changes.append(Replacement(start, end, new.pop(key.value)))
        if node.flow_style and new:
            end = self._at(node.end_mark) - 1
            comma = "" if self.text[:end].rstrip().endswith((",", "{")) else ","
            text = f"{comma} " + ", ".join(f"{key}: {value}" for key, value in new.items())
            changes.append(Replacement(end, end, text))
        elif new:
            indent = " " * entry.indent
            changes.append(self.after(entry, [f"{indent}{k}: {v}" for k, v in new.items()]))
        return changes

    def copied(
        self,
        entry: Region,
        new_id: str,
        source: str,
        holds: Mapping[str, str],
        followers: Mapping[str, str],
    ) -> str:
        """Return the lines of a rule again, as a draft with another id, source and days."""
        first = self._starts[entry.first_line - 1]
        last = min(self._starts[entry.last_line], len(self.text))
        node, inner = entry.node, " " * entry.node.start_mark.column
        changes = []
        keys = {key.value: (key, value) for key, value in node.value}
        days = "{" + ", ".join(f"{key}: {value}" for key, value in holds.items()) + "}"
        changes.append(self._instead(keys["id"][1], new_id))
        changes.append(self._instead(_value(keys["source"][1], "ref"), source))
        changes.append(self._instead(keys["in_force"][1], days))
        if "draft" not in keys:
            after_id = self._starts[_last_line(keys["id"][1]) + 1]
            changes.append(Replacement(after_id, after_id, f"{inner}draft: yes{self.newline}"))
        else:
            changes.append(self._instead(keys["draft"][1], "yes"))
        if "unless_failed" in keys and keys["unless_failed"][1].value in followers:
            other = keys["unless_failed"][1]
            changes.append(self._instead(other, followers[other.value]))
        for name in ("formerly",):
            if name in keys:
                key, value = keys[name]
                start = self._starts[key.start_mark.line]
                changes.append(Replacement(start, self._starts[_last_line(value) + 1], ""))
        moved = [Replacement(each.start - first, each.end - first, each.text) for each in changes]
        return changed(self.text[first:last], moved).rstrip("\r\n")

    def article(self, entry: Region, path: str) -> YamlScalar | None:
        """Return where a rule cites a place of a law without days."""
        found = _value(_value(entry.node, "source"), "article")
        parts = [] if found is None else found.value if _is_list(found) else [found]
        for each in parts:
            if isinstance(each, yaml.ScalarNode) and each.value == path:
                return self._spot(each, in_list=_is_list(found))
        return None

    def digest(self, source: Region, path: str) -> YamlScalar | None:
        """Return where a source keeps the digest of a place: its key."""
        digests = _value(source.node, "digests")
        for key, _ in () if digests is None else digests.value:
            if key.value == path:
                return self._spot(key, in_list=False)
        return None

    def _spot(self, node: Any, *, in_list: bool) -> YamlScalar:
        start, end = self._at(node.start_mark), self._at(node.end_mark)
        return YamlScalar(start, end, node.start_mark.line + 1, in_list)

    def _instead(self, node: Any, text: str) -> Replacement:
        """Return the change that puts a text in the place of a node; a block ends with its line."""
        start = self._at(node.start_mark)
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            return Replacement(start, self._at(node.end_mark), text)
        line = self._starts[_last_line(node) + 1] - len(self.newline)
        return Replacement(start, line, text)

    def _under(self, mapping: Any, key: str) -> Region | None:
        for each, value in mapping.value:
            if each.value == key:
                first = each.start_mark
                return Region(value, first.line + 1, _last_line(value) + 1, first.column)
        return None

    def _at(self, mark: Any) -> int:
        start: int = self._starts[mark.line] + mark.column
        return start


def _is_list(node: Any) -> bool:
    return isinstance(node, yaml.SequenceNode)


def _value(mapping: Any, key: str) -> Any:
    """Return the node under a key; None if there is none."""
    return next((value for each, value in mapping.value if each.value == key), None)


def _last_line(node: Any) -> int:
    """Return the line on which a node ends, from 0; a block ends where its last scalar does."""
    return max(_ends(node))


def _ends(node: Any) -> Iterator[int]:
    mark = node.end_mark
    if isinstance(node, yaml.ScalarNode):
        yield mark.line - (mark.column == 0 and mark.line > node.start_mark.line)
        return
    if node.flow_style:
        yield mark.line
        return
    yield node.start_mark.line
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            yield from _ends(part)
