"""From parser events to plain data. What YAML has beyond mappings, lists and text is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import yaml
from yaml import MappingEndEvent, ScalarEvent, SequenceEndEvent

from dxrules.errors import Place, Problem
from dxrules.source.bounds import DEPTH, PLAN_VALUES
from dxrules.source.placed_data import Document, Path, at, dotted
from dxrules.source.syntax import (
    QUOTE_NUMBER_SIGN,
    TAGS_DECLARED,
    begins_with_comment,
    cut_at_comma,
    explain,
    is_rest_of_value,
    where_nesting_stopped,
)
from dxrules.texts import Text, not_in_a_line, shorten

Events = Callable[[], Any]
"""What returns the next event of a file, and at its end None."""

NO_PLAN_HAS_THEM = Text(
    "計画1件がこの量になることはありません。", "No single plan or ruleset has them."
)
MAX_PROBLEMS = 100

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_LEAVE_OUT = Text(
    "書いていないならキーごと消し、無いと確かめたなら [] と書いてください。",
    "Leave the key out if nothing is said; write [] for a list found empty.",
)
_KEYS = Text("キーをそのまま書いてください。", "Write the keys themselves.")
_ITSELF = Text(
    "値をそのまま書いてください。記号で始まる値は引用符で囲んでください。",
    "Write the value itself; put one that begins with a sign in quotes.",
)


def build(text: str, name: str) -> Document:
    """Return the document in a text; whatever is wrong with it stands in `problems`."""
    builder = _Builder(name, text)
    try:
        with _parsed(text) as events:
            builder.run(events)
    except yaml.MarkedYAMLError as error:
        end = where_nesting_stopped(error)
        if end is not None:
            # libyaml looked ahead and gave up before its events came down to DEPTH; what
            # stands before that point goes deeper too, so reading it finds the place.
            return replace(build(text[:end], name), text=text)
        builder.data = None
        place, message, hint = explain(error, text, name)
        builder.problems.append(Problem(Place(name, *place), "", message, hint))
    except _StopError:
        builder.data = None
    return Document(
        name,
        builder.data,
        builder.values,
        builder.keys,
        tuple(builder.problems),
        text,
        frozenset(builder.guessed),
    )


class _StopError(Exception):
    """The rest of the file is not read."""


class _Builder:
    """Builds plain data from parser events and remembers where everything stood."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.data: Any = None
        self.values: dict[Path, Any] = {}
        self.keys: dict[Path, Any] = {}
        self.guessed: set[Path] = set()
        self.problems: list[Problem] = []

    def problem(self, mark: Any, path: Path, message: Text, hint: Text) -> None:
        self.problems.append(Problem(Place(self.name, *at(mark)), dotted(path), message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            self.problems.append(more(self.problems[-1].place))
            raise _StopError

    def run(self, events: Events) -> None:
        documents = 0
        while (event := events()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problem(
                        event.start_mark,
                        (),
                        Text(
                            "1つのファイルに複数の文書(---)があります。",
                            "Several documents (---) in one file.",
                        ),
                        Text("分けてください。", "Split them."),
                    )
                    return
                if event.tags:
                    self.problem(event.start_mark, (), *TAGS_DECLARED)
            elif isinstance(event, yaml.NodeEvent):
                self.data = self._node(event, events, ())
        if not documents:
            self.problem(None, (), *EMPTY)

    def _node(self, event: Any, events: Events, path: Path) -> Any:
        mark = self.values[path] = event.start_mark
        if len(self.values) > PLAN_VALUES:
            self._too_many(mark, path)
        if type(event) is ScalarEvent and not (event.tag or event.anchor):  # almost all are
            value: str = event.value
            special = event.style or value in _NOTHING or "\n" in value or "\t" in value
            return self._scalar(event, mark, path) if special else value
        if isinstance(event, yaml.AliasEvent):
            self._forbidden(mark, path, Text("別名(*)", "An alias (*)"))
            return None
        if event.tag and event.tag != "!":
            self._forbidden(mark, path, Text("タグ(!)", "A tag (!)"))
            self._skip(event, events, path)
            return None
        if event.anchor:
            self._forbidden(mark, path, Text("アンカー(&)", "An anchor (&)"))
        if isinstance(event, ScalarEvent):
            return self._scalar(event, mark, path)
        if len(path) >= DEPTH:
            self._too_deep(mark, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _scalar(self, event: Any, mark: Any, path: Path) -> str | None:
        value: str = event.value
        if not event.style and value in _NOTHING:
            if not path:
                self.problem(mark, path, *EMPTY)
                return None
            hint = QUOTE_NUMBER_SIGN if begins_with_comment(self.text, mark) else _LEAVE_OUT
            self.problem(mark, path, Text("値がありません。", "There is no value."), hint)
            return None
        if event.style:  # or it holds a line break, which YAML makes of an empty line
            value = value.strip("\n")
        if found := not_in_a_line(value):
            self.problem(mark, path, *not_allowed(found))
            return None
        return value

    def _sequence(self, events: Events, path: Path) -> list[Any]:
        items: list[Any] = []
        while type(event := events()) is not SequenceEndEvent:
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Events, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while type(event := events()) is not MappingEndEvent:
            is_plain = type(event) is ScalarEvent and not (event.style or event.anchor or event.tag)
            if not (is_plain and event.value != "<<") and self._no_key(event, events, path):
                self.guessed.add(path)
                self._skip(events(), events, path)
                continue
            value, key, said = events(), event.value, ""
            if type(value) is ScalarEvent and not value.value:
                last = next(reversed(mapping), "")
                if last and is_rest_of_value(event, value, mapping[last]):
                    mapping[last] += f",{key}"
                    where = (*path, last)
                    self.problem(event.start_mark, where, *cut_at_comma(last, mapping[last]))
                    self.guessed.update((path, where))
                    continue
            if ":" in key or "：" in key:
                key, said = self._colon(event, value, path)
            inner = (*path, key)
            if key in mapping:
                self._twice(event, inner)
                self._skip(value, events, path)
                continue
            self.keys[inner] = event.start_mark
            if said:
                self.values[inner] = event.start_mark
            mapping[key] = said or self._node(value, events, inner)
        return mapping

    def _no_key(self, event: Any, events: Events, path: Path) -> bool:
        """Report what cannot be a key; tell whether it was."""
        what = None
        if not isinstance(event, ScalarEvent):
            what = Text("文字列でないキー", "A key that is no plain text")
            self._skip(event, events, path)
        elif event.value == "<<" and not event.style:
            what = Text("併合キー(<<)", "A merge key (<<)")
        elif event.anchor or (event.tag and event.tag != "!"):
            what = Text("キーのアンカー・タグ", "An anchor or tag on a key")
        if what:
            self._forbidden(event.start_mark, path, what, _KEYS)
            return True
        if found := not_in_a_line(event.value):
            self.problem(event.start_mark, path, *not_allowed(found))
            return True
        return False

    def _colon(self, event: Any, value: Any, path: Path) -> tuple[str, str]:
        """Return the key and, if no space sets it off from its value, that value."""
        key: str = event.value
        name, said = _split(key)
        nothing = isinstance(value, ScalarEvent) and not value.value and not value.style
        if event.style or not said or not nothing:
            return key, ""
        line = shorten(f"{name}: {said}")
        self.problem(
            event.start_mark,
            (*path, name),
            Text(
                "半角コロンの後に空白が必要です。",
                "A colon is half-width and has a space after it.",
            ),
            Text(f"「{line}」と書いてください。", f"Write `{line}`."),
        )
        return name, said

    def _twice(self, event: Any, path: Path) -> None:
        line, column = at(self.keys[path])
        self.problem(
            event.start_mark,
            path,
            Text(
                f"キーが2回あります(最初は{line}行{column}列)。",
                f"The key stands twice (first at {line}:{column}).",
            ),
            Text("片方を消してください。", "Delete one."),
        )

    def _skip(self, event: Any, events: Events, path: Path) -> None:
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = events()
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH:
                self._too_deep(event.start_mark, path)

    def _too_many(self, mark: Any, path: Path) -> None:
        what = Text(f"値が{PLAN_VALUES:,}個を超えています。", f"More than {PLAN_VALUES:,} values.")
        self.problem(mark, path, what, NO_PLAN_HAS_THEM)
        raise _StopError

    def _too_deep(self, mark: Any, path: Path) -> None:
        self.problem(
            mark,
            path[:4],
            Text(f"{DEPTH}段より深い入れ子です。", f"Nested deeper than {DEPTH} levels."),
            Text("括弧と字下げを確かめてください。", "Check the brackets and the indentation."),
        )
        raise _StopError

    def _forbidden(self, mark: Any, path: Path, what: Text, hint: Text = _ITSELF) -> None:
        self.problem(mark, path, what + Text("は使えません。", " is not allowed."), hint)


def more(place: Place) -> Problem:
    """Return the remark that further problems are not shown."""
    return Problem(
        place,
        "",
        Text(
            f"問題が{MAX_PROBLEMS}件を超えたため、ここまでを示します。",
            f"More than {MAX_PROBLEMS} problems; these are the first.",
        ),
    )


EMPTY = (
    Text("ファイルが空です。", "The file is empty."),
    Text(
        "別のファイルではありませんか。計画ファイルのひな形は `dxrules new plan` で作れます。",
        "Is it another file that is meant? `dxrules new plan` writes a plan file to start from.",
    ),
)


_LINE_BREAKS = "\n\r"


def not_allowed(char: str) -> tuple[Text, Text]:
    """Return what is said about a line break, a tab, a control character and its like."""
    code = f"U+{ord(char):04X}"
    if char in _LINE_BREAKS:
        return (
            Text(f"改行({code})は使えません。", f"A line break ({code}) is not allowed here."),
            Text("1行で書いてください。", "Write it on one line."),
        )
    if char == "\t":
        return (
            Text(f"タブ({code})は使えません。", f"A tab ({code}) is not allowed here."),
            Text("空白にしてください。", "Write a space."),
        )
    return (
        Text(f"ここに置けない文字({code})があります。", f"The character {code} is not allowed."),
        Text("削除してください。", "Delete it."),
    )


def _split(key: str) -> tuple[str, str]:
    """Part `title:x` or `title：x` into its key and value."""
    for colon in (":", "："):
        name, found, said = key.partition(colon)
        if found and name and said.strip():
            return name.strip(), said.strip()
    return key, ""


@contextmanager
def _parsed(text: str) -> Iterator[Events]:
    """Give what returns the parser's next event; `yaml.parse` looks at each of them twice."""
    loader = _Loader(text)
    try:
        yield loader.get_event
    finally:
        loader.dispose()
