"""Why a call of the desk was refused, in the shape that every refusal has."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from dxrules.errors import DxrulesError, InputError, Problem
from dxrules.report.json_values import Json, taken
from dxrules.source.write import FileChangedError
from dxrules.texts import Text, same, shorten

_MOST_PROBLEMS = 100

_NO_CALL = Text("「{name}」という呼び出しはありません。", 'There is no call "{name}".')
_BAD_ARGUMENTS = Text(
    "「{name}」の引数が正しくありません({what})。",
    'The arguments of "{name}" are not right ({what}).',
)
_BROKEN = Text(
    "dxrules に不具合があり、この操作はできませんでした({what})。計画は元のままです。",
    "This failed because of a fault in dxrules ({what}). The plan is unchanged.",
)


def no_call(name: str) -> Json:
    """Refuse a call that there is not."""
    return refused("call", _NO_CALL.format(name=shorten(name)))


def _first(problems: Sequence[Problem]) -> Text:
    """Return what is said first of a file with faults."""
    said = problems[0].message.then(problems[0].hint)
    rest = len(problems) - 1
    return said + (Text(f"(ほか{rest}件)", f" (and {rest} more)") if rest else same(""))


def refusal_of(name: str, error: Exception) -> Json:
    """Return why a call was refused, by what was raised."""
    match error:
        case ValidationError():
            first = error.errors(include_url=False, include_input=False)[0]
            where = shorten(".".join(map(str, first["loc"])))
            what = f"{where}: {shorten(first['msg'])}" if where else shorten(first["msg"])
            return refused("arguments", _BAD_ARGUMENTS.format(name=name, what=what))
        case InputError():
            return refused("input", _first(error.problems), error.problems)
        case FileChangedError():
            return refused("changed", error.text)
        case DxrulesError():
            return refused("usage", error.text)
        case _:
            return refused("fault", _BROKEN.format(what=type(error).__name__))


def refused(kind: str, message: Text, problems: Sequence[Problem] = ()) -> Json:
    """Refuse a call, for a reason that programs know by its kind."""
    listed = [
        {"key": shorten(each.key, 120), **taken(each, "message", "hint"), "place": str(each.place)}
        for each in problems[:_MOST_PROBLEMS]
    ]
    told: Json = to_jsonable_python({"kind": kind, "message": message, "problems": listed})
    return {"error": told}
