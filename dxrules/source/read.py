"""From bytes to plain data, with the place of every key and value.

Only the part of YAML that a person writes is read: mappings, lists and text.
Scalars stay text until a model asks for something else, so 063223 keeps its zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from dxrules.errors import Place, Problem
from dxrules.texts import Text

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator

MAX_BYTES = 5_000_000
MAX_DEPTH = 20

Path = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain data; `values` and `keys` hold YAML's mark of where each path stands."""

    file: str
    data: Any = None
    values: dict[Path, Any] = field(default_factory=dict)
    keys: dict[Path, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    text: str = ""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return where a path stands, or the nearest mapping or list around it."""
        table = self.keys if key and path in self.keys else self.values
        while path and path not in table:
            path, table = path[:-1], self.values
        return Place(self.file, *(_at(table[path]) if path in table else (1, 1)))


def read(file: pathlib.Path, name: str | None = None) -> Document:
    """Read a file; whatever is wrong with it stands in the document's `problems`.

    `name` is how messages call it, by default its path with forward slashes.
    """
    shown = name or file.as_posix()
    try:
        size = file.stat().st_size
        raw = file.read_bytes() if size <= MAX_BYTES else b" " * (MAX_BYTES + 1)
    except OSError as error:
        return _refused(shown, _os_message(error))
    return from_bytes(raw, shown)


def from_bytes(raw: bytes, name: str) -> Document:
    """Read the bytes of a file that is called `name` in messages."""
    fault = _unreadable(raw)
    return _refused(name, fault) if fault else from_text(raw.decode("utf-8"), name)


def from_text(text: str, name: str) -> Document:
    """Read YAML (or JSON) text."""
    builder = _Builder(name)
    try:
        builder.run(_events(text))
    except yaml.MarkedYAMLError as error:
        builder.syntax(error)
    except yaml.YAMLError as error:  # the reader itself: a character YAML does not allow
        before = text[: getattr(error, "position", 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        builder.problems.append(Problem(Place(name, line, column), "", _CONTROL))
    return Document(name, builder.data, builder.values, builder.keys, tuple(builder.problems), text)


def _refused(name: str, message: Text) -> Document:
    return Document(name, problems=(Problem(Place(name, 1, 1), "", message),))


def _os_message(error: OSError) -> Text:
    if isinstance(error, FileNotFoundError):
        return Text("ファイルがありません。", "No such file.")
    if isinstance(error, IsADirectoryError):
        return Text("ファイルではなくフォルダです。", "This is a folder where a file was expected.")
    return Text(f"読めません({error.strerror})。", f"Cannot be read ({error.strerror}).")


_CONTROL = Text(
    "制御文字など、YAMLに置けない文字があります。削除してください。",
    "A character that YAML does not allow, such as a control character. Delete it.",
)


def _unreadable(raw: bytes) -> Text | None:
    if len(raw) > MAX_BYTES:
        return Text(
            "5 MBを超えています。計画1件がこの大きさになることはありません。",
            "Larger than 5 MB; no single plan or ruleset is.",
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return Text(
            "先頭にバイト順マーク(BOM)があります。BOMなしのUTF-8で保存してください。",
            "Starts with a byte-order mark. Save it as UTF-8 without BOM.",
        )
    if b"\0" in raw:
        return Text(
            "NUL文字があります。テキストファイルではないようです。",
            "Contains NUL bytes; this does not seem to be a text file.",
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Text(
            f"UTF-8ではありません({line}行目)。Shift_JISならUTF-8で保存し直してください。",
            f"Not UTF-8 (line {line}). If it is Shift_JIS, save it again as UTF-8.",
        )
    if not text.strip():
        return Text(
            "ファイルが空です。`dxrules new plan` でひな形が作れます。",
            "The file is empty. `dxrules new plan` writes one to start from.",
        )
    return None


class _TooDeepError(Exception):
    """The rest of the file is not read."""


class _Builder:
    """Builds plain data from parser events and remembers where everything stood."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: Any = None
        self.values: dict[Path, Any] = {}
        self.keys: dict[Path, Any] = {}
        self.problems: list[Problem] = []
        self.documents = 0

    def problem(self, mark: Any, key: str, message: Text, hint: Text | None = None) -> None:
        line, column = _at(mark) if mark else (1, 1)
        self.problems.append(Problem(Place(self.name, line, column), key, message, hint))

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        said = error.problem or "?"
        self.problem(
            error.problem_mark or error.context_mark,
            "",
            Text(f"YAMLの文法に合いません({said})。", f"Not valid YAML ({said})."),
            Text(
                "字下げ、コロンの後の空白、引用符の閉じ忘れを確かめてください。",
                "Check the indentation, the space after a colon, and that quotes are closed.",
            ),
        )

    def run(self, events: Iterator[Any]) -> None:
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    self.documents += 1
                    if self.documents > 1:
                        self.problem(
                            event.start_mark,
                            "",
                            Text(
                                "1つのファイルに複数の文書(---)があります。分けてください。",
                                "Several documents (---) in one file. Split them.",
                            ),
                        )
                        return
                elif isinstance(event, yaml.NodeEvent):
                    self.data = self.node(event, events, ())
        except _TooDeepError:
            self.data = None

    def node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        mark = event.start_mark
        self.values[path] = mark
        if isinstance(event, yaml.AliasEvent):
            self._forbidden(mark, path, Text("別名(*)", "An alias (*)"))
            return None
        if event.anchor:
            self._forbidden(mark, path, Text("アンカー(&)", "An anchor (&)"))
        if event.tag and event.tag != "!":
            self._forbidden(mark, path, Text("タグ(!)", "A tag (!)"))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, mark, path)
        if len(path) >= MAX_DEPTH:
            self.problem(
                mark,
                dotted(path[:4]) + "…",
                Text(f"{MAX_DEPTH}段より深い入れ子です。", f"Nested deeper than {MAX_DEPTH}."),
            )
            raise _TooDeepError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _scalar(self, event: Any, mark: Any, path: Path) -> str | None:
        if not event.value and not event.style:
            self.problem(
                mark,
                dotted(path),
                Text("値がありません。", "There is no value."),
                Text(
                    "書いていないならキーごと消し、無いと確かめたなら [] と書いてください。",
                    "Leave the key out if nothing is said; write [] for a list found empty.",
                ),
            )
            return None
        value: str = event.value
        return value

    def _sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events, path)
            inner = (*path, key)
            if key in mapping:
                first = Place(self.name, *_at(self.keys[inner]))
                self.problem(
                    event.start_mark,
                    dotted(inner),
                    Text(
                        f"キーが2回あります(最初は {first.line}行目)。片方を消してください。",
                        f"The key stands twice (first in line {first.line}). Delete one.",
                    ),
                )
                self._skip(events)
                continue
            self.keys[inner] = event.start_mark
            mapping[key] = self.node(next(events), events, inner)
        return mapping

    def _key(self, event: Any, events: Iterator[Any], path: Path) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.anchor and event.value != "<<":
            return str(event.value)
        self._forbidden(
            event.start_mark, path, Text("文字列でないキー", "A key that is not plain text")
        )
        self._rest(event, events)
        return "?"

    def _skip(self, events: Iterator[Any]) -> None:
        self._rest(next(events), events)

    @staticmethod
    def _rest(event: Any, events: Iterator[Any]) -> None:
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = next(events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)

    def _forbidden(self, mark: Any, path: Path, what: Text) -> None:
        self.problem(
            mark,
            dotted(path),
            what + Text("は使えません。", " is not allowed."),
            Text("値をそのまま書いてください。", "Write the value itself."),
        )


def _events(text: str) -> Iterator[Any]:
    """Yield the parser's events; `yaml.parse` does the same, and looks at each of them twice."""
    loader = _Loader(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


def _at(mark: Any) -> tuple[int, int]:
    """Return line and column, which YAML counts from 0."""
    return mark.line + 1, mark.column + 1


def dotted(path: Path) -> str:
    """Write a path as people do: `measures[3].due`."""
    shown = ""
    for part in path:
        shown += f"[{part}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown
