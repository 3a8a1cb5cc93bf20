"""From plain data to a model: pydantic's complaints become problems with their place."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from dxrules.errors import DxrulesError, Place, Problem
from dxrules.source.build import MAX_PROBLEMS, more
from dxrules.source.placed_data import Document, Path, dotted
from dxrules.source.strict import Refusal
from dxrules.source.suggest import did_you_mean
from dxrules.texts import LANGS, Text, shorten

M = TypeVar("M", bound=BaseModel)

_FORMAT_FIRST = re.compile(r"""\s*\{?\s*["']?format["']?\s*:\s*(["']?)([\w/.-]+)""")
"""The beginning of a file that says its format first, as all that dxrules writes does."""

_UNKNOWN_KEY = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
_MISSING = frozenset({"missing", "missing_argument"})
MISSING_KEY = Text("必須のキーがありません。", "This key is required.")
_NO_MAPPING = frozenset({"dict_type", "model_type"})

_MESSAGES: dict[str, Text] = {
    "missing": MISSING_KEY,
    "extra_forbidden": Text("知らないキーです。", "Unknown key."),
    "unexpected_keyword_argument": Text("知らないキーです。", "Unknown key."),
    "missing_argument": MISSING_KEY,
    "dataclass_type": Text("ja と en を書いてください。", "Give both ja and en."),
    "literal_error": Text("「{input}」は使えません。", '"{input}" is not one of the values.'),
    "string_type": Text("文字列を書いてください。", "A text is expected here."),
    "list_type": Text("リスト([...])を書いてください。", "A list ([...]) is expected here."),
    "tuple_type": Text("リスト([...])を書いてください。", "A list ([...]) is expected here."),
    "dict_type": Text("「キー: 値」を書いてください。", "Keys and values are expected here."),
    "model_type": Text("「キー: 値」を書いてください。", "Keys and values are expected here."),
    "int_parsing": Text("「{input}」は整数ではありません。", '"{input}" is not a whole number.'),
    "int_type": Text("整数を書いてください。", "A whole number is expected here."),
    "decimal_parsing": Text("「{input}」は数ではありません。", '"{input}" is not a number.'),
    "bool_parsing": Text("yes か no を書いてください。", "Write yes or no."),
    "bool_type": Text("yes か no を書いてください。", "Write yes or no."),
    "int_parsing_size": Text("「{input}」は大きすぎます。", '"{input}" is too large.'),
    "decimal_max_digits": Text(
        "「{input}」は{max_digits}桁を超えています。",
        '"{input}" has more than {max_digits} digits.',
    ),
    "decimal_whole_digits": Text("「{input}」は大きすぎます。", '"{input}" is too large.'),
    "decimal_max_places": Text(
        "小数は{decimal_places}桁までです。", "At most {decimal_places} decimal places."
    ),
    "decimal_type": Text("数を書いてください。", "A number is expected here."),
    "finite_number": Text("「{input}」は数ではありません。", '"{input}" is not a number.'),
    "string_pattern_mismatch": Text(
        "「{input}」は決まった形({pattern})ではありません。",
        '"{input}" does not have the form {pattern}.',
    ),
    "string_too_long": Text(
        "{max_length}文字までです({length}文字あります)。",
        "At most {max_length} characters; these are {length}.",
    ),
    "string_too_short": Text("空にはできません。", "It must not be empty."),
    "too_short": Text("少なくとも{min_length}つ必要です。", "At least {min_length} needed."),
    "greater_than_equal": Text("{ge}以上にしてください。", "It must be at least {ge}."),
    "less_than_equal": Text("{le}以下にしてください。", "It must be at most {le}."),
}


_NO_WORDS = Text("「{input}」は読み取れません。", '"{input}" cannot be read here.')
"""What is said of a fault for which there are no words: never those of a library."""


def validate(
    document: Document,
    model: type[M],
    context: Mapping[str, Any],
    check: Callable[[Document], list[Problem]] | None = None,
    compare: Callable[[M, Document], list[Problem]] | None = None,
    entries: type[BaseModel] | None = None,
) -> tuple[M | None, list[Problem]]:
    """Validate a document; return the model, or None, and its problems in order of place.

    `entries` is the model of the document's `entries`, where its own says nothing of them: so
    that lists of many kinds have one model.

    `check` finds what no model sees; `compare`, what contradicts itself within a whole model. A
    file of another format is not looked into. After the first hundred problems one more says
    that there are more.
    """
    problems = list(document.problems)
    result: M | None = None
    if other := _other_format(document, model):
        problems = [other]
    elif document.data is not None:
        problems += check(document) if check else ()
        result, errors = _validated(document.data, model, context, entries)
        found = [problem for error in errors for problem in _problems(document, *error)]
        # What was passed over belongs to another problem; without one it is told itself.
        if errors and not (found or problems):
            sure = replace(document, guessed=frozenset())
            found = [problem for error in errors for problem in _problems(sure, *error)]
        problems += found
        if compare and result is not None:
            problems += compare(result, document)
        problems += _of_strays(document, model, context)
    problems.sort(key=lambda problem: document.order(problem.place))
    if len(problems) > MAX_PROBLEMS + 1:  # the reader may have said so itself
        problems = [*problems[:MAX_PROBLEMS], more(problems[MAX_PROBLEMS].place)]
    return (None if problems else result), problems


_Error = tuple[type[BaseModel], ValidationError, Path]
"""A model, what it complains of, and the path of what it was to be made of."""


def _validated(
    data: Any, model: type[M], context: Mapping[str, Any], entries: type[BaseModel] | None
) -> tuple[M | None, list[_Error]]:
    """Return the model, with the models of its entries, or None; and all that is wrong."""
    result, errors = _made(data, model, context, ())
    if entries is None:
        return result, errors
    listed = data.get("entries") if isinstance(data, dict) else None
    each = [
        _made(entry, entries, context, ("entries", position))
        for position, entry in enumerate(listed if isinstance(listed, list) else ())
    ]
    errors += [error for _, found in each for error in found]
    made = tuple(entry for entry, _ in each)
    return result and result.model_copy(update={"entries": made}), errors


def _made(
    data: Any, model: type[M], context: Mapping[str, Any], path: Path
) -> tuple[M | None, list[_Error]]:
    try:
        return model.model_validate(data, context=dict(context)), []
    except ValidationError as error:
        return None, [(model, error, path)]


def duplicates(document: Document, section: str) -> list[Problem]:
    """Return a problem for each entry of a section that has the id of an earlier one."""
    entries = document.data.get(section) if isinstance(document.data, dict) else None
    seen: dict[str, int] = {}
    problems = []
    for position, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            continue
        first = seen.setdefault(name, position)
        if first != position:
            path = (section, position, "id")
            earlier = document.place((section, first, "id")).within
            problems.append(
                Problem(
                    document.place(path),
                    dotted(path),
                    Text(
                        f"「{shorten(name)}」は2回あります(最初は{earlier.ja})。",
                        f'"{shorten(name)}" stands twice (first at {earlier.en}).',
                    ),
                    Text("一意な id を付けてください。", "Give each its own id."),
                )
            )
    return problems


def _other_format(document: Document, model: type[BaseModel]) -> Problem | None:
    """Return the problem of a file that says it is of another kind or version."""
    said, place = _format_said(document)
    if "format" not in model.model_fields:
        return None
    (known,) = get_args(model.model_fields["format"].annotation)
    if said is None and _has_other_keys(document, model):
        return Problem(place, "", *_no_such_file(known))
    if not isinstance(said, str):
        return None
    if said == known:
        return None
    kind, _, version = said.rpartition("/")
    ours, _, newest = known.rpartition("/")
    if kind == ours and version.isdecimal() and int(version[:9]) > int(newest):
        message = Text(
            f"この dxrules が読める形式は {known} です。", f"This dxrules reads {known}."
        )
        hint = Text(
            f"{shorten(said)} を読むには新しい版の dxrules が必要です。",
            f"A newer dxrules is needed to read {shorten(said)}.",
        )
    else:
        message = Text(
            f"「{shorten(said)}」という形式のファイルはここでは読めません。",
            f'A file of the format "{shorten(said)}" cannot be read here.',
        )
        hint = Text(f"読めるのは {known} です。", f"What can be read is {known}.")
    return Problem(place, "format", message, hint)


def _has_other_keys(document: Document, model: type[BaseModel]) -> bool:
    """Tell whether most keys of a file are none of a model's: it is of another program."""
    if not isinstance(document.data, dict):
        return False
    keys = document.data.keys()
    return 2 * len(keys & {*_fields(model)}) < len(keys)


def _no_such_file(known: str) -> tuple[Text, Text]:
    """Say that a file is none of those that a format is for, and what to do with it."""
    message = _NO_SUCH_FILE.format(kind=_KINDS[known.split("/")[1]], known=known)
    return message, _ELSEWHERE + _TEMPLATE if known.startswith("dxrules/plan/") else _ELSEWHERE


_NO_SUCH_FILE = Text(
    "{kind}ではありません(format: {known} がない)。",
    "This is no {kind}: it does not say format: {known}.",
)
_ELSEWHERE = Text(
    "ほかのファイルなら、フォルダの外に移すか、指定から除いてください。",
    "Move it elsewhere, or leave it out of the call, if it is another file.",
)
_TEMPLATE = Text(
    "計画ファイルのひな形は `dxrules new plan` で作れます。",
    " `dxrules new plan` writes a plan file to start from.",
)
_KINDS = {
    "plan": Text("計画ファイル", "plan file"),
    "ruleset": Text("点検項目のファイル", "ruleset"),
    "reference": Text("参照用の一覧", "reference list"),
    "test": Text("点検項目のテスト", "file of tests of rules"),
    "baseline": Text("ベースライン", "baseline"),
    "packet": Text("パケットの目録", "manifest of a packet"),
}


def _format_said(document: Document) -> tuple[object, Place]:
    """Return the format that a file says it has, and where; it may say so and not be readable."""
    if isinstance(document.data, dict):
        return document.data.get("format"), document.place(("format",))
    found = _FORMAT_FIRST.match(document.text) if document.data is None else None
    if found is None:
        return None, document.place(())
    before = document.text[: found.start(1)]
    column = len(before) - before.rfind("\n")
    return found[2], Place(document.file, before.count("\n") + 1, column)


def _of_strays(
    document: Document, model: type[BaseModel], context: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield what is wrong with entries that have no place in the data."""
    for path, stray in document.strays:
        for kind in _along(model, path):
            try:
                kind.model_validate(stray.data, context=dict(context))
            except ValidationError as error:
                yield from _problems(stray, kind, error, ())


def _problems(
    document: Document, model: type[BaseModel], error: ValidationError, within: Path
) -> Iterator[Problem]:
    said = {(p.place, p.key) for p in document.problems}
    faults: dict[tuple[Path, str], list[Any]] = {}
    for fault in error.errors(include_url=False):
        path = _in_file(document, fault, within)
        if fault["type"] in _MISSING and not document.guessed.isdisjoint((path, path[:-1])):
            continue
        faults.setdefault((path, _at_key(fault)), []).append(fault)
    placed = [
        (document.place(path, key=bool(key)), path, group) for (path, key), group in faults.items()
    ]
    if len(placed) > MAX_PROBLEMS:  # what nobody will be shown need not be explained
        placed.sort(key=lambda each: document.order(each[0]))
    left = MAX_PROBLEMS + 2
    for place, path, group in placed:
        unread = group[0]["type"] in _MISSING and (place, "") in said
        if not unread and (place, dotted(path)) not in said:  # else the reader has said it
            yield Problem(place, dotted(path), *_explain(model, group, path[len(within) :]))
            left -= 1
            if not left:
                return


def _at_key(fault: Any) -> str:
    """Tell whether a fault is one of a key, and not of its value."""
    return "key" if fault["type"] in _UNKNOWN_KEY or fault["loc"][-1:] == ("[key]",) else ""


def _in_file(document: Document, fault: Any, path: Path) -> Path:
    """Drop what pydantic adds to a path (names of union members); keep a missing last key."""
    last = len(fault["loc"]) - 1
    for position, part in enumerate(fault["loc"]):
        inner = (*path, part)
        missing = position == last and fault["type"] in _MISSING
        if inner in document.values or missing:
            path = inner
    return path


def _explain(model: type[BaseModel], group: list[Any], path: Path) -> tuple[Text, Text | None]:
    """Return what is wrong at a place, and the way out; each member of a union has its fault."""
    fault = min(group, key=lambda each: each["type"] == "literal_error")
    context = fault.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, Refusal):
        return cause.text, cause.hint
    if isinstance(cause, DxrulesError):
        return Text(*(cause.text.in_(lang).replace("\n", " ") for lang in LANGS)), None
    kind, given = fault["type"], fault["input"]
    if kind == "literal_error" and not isinstance(given, str):
        kind = "string_type"
    values = [
        str(value)
        for annotation in _along(model, path)
        if get_origin(annotation) is Literal
        for value in get_args(annotation)
    ]
    message = _MESSAGES.get(kind, _NO_WORDS)
    shown = {name: value for name, value in context.items() if isinstance(value, str | int)}
    shown["input"] = shorten(str(given))
    if isinstance(given, str):
        shown["length"] = len(given)
    return message.format(**shown), _hint(fault["type"], given, path, model, values)


def _hint(
    kind: str, given: object, path: Path, model: type[BaseModel], values: list[str]
) -> Text | None:
    if kind in _UNKNOWN_KEY:
        return did_you_mean(str(path[-1]), known_keys(model, path[:-1]))
    if kind == "literal_error":
        return did_you_mean(str(given), values)
    if kind in _NO_MAPPING and isinstance(given, str) and ({":", "："} & set(given)):
        return Text(
            "コロンは半角で、後に空白が必要です。",
            "A colon is half-width and has a space after it.",
        )
    if values and kind not in _MISSING:  # the other member of a union
        return Text(f"または {'、'.join(values)}。", f"Or write {', '.join(values)}.")
    return None


def known_keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that may stand in the mapping at a path."""
    return [
        name
        for annotation in _along(model, path)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel)
        for name in _fields(annotation)
    ]


def _along(annotation: Any, path: Path) -> list[Any]:
    """Return the types that may stand at a path of a model."""
    found = [annotation]
    for part in path:
        found = [inner for outer in found for inner in _inside(outer, part)]
    return [member for outer in found for member in _members(outer)]


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    for member in _members(annotation):
        arguments = get_args(member)
        if isinstance(member, type) and issubclass(member, BaseModel):
            if part in (fields := _fields(member)):
                yield fields[str(part)]
        elif isinstance(part, int) and get_origin(member) in (list, tuple):
            yield arguments[0]
        elif get_origin(member) is dict:
            yield arguments[1]


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _members(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    else:
        yield annotation
