"""The two sides that are compared: whole lawbooks, by day, by folder or by git revision.

| written | means |
|---|---|
| `2025-06-30`, `令和7年6月30日`, `@2025-06-30` | the folder of rulesets as it holds on that day |
| `old/rulesets` | a folder, with all that it holds |
| `git:v1`, `git:HEAD~1:path/to/rulesets` | the folder as it was at a revision |
| `old/rulesets@2025-06-30`, `git:v1@2025-06-30` | either of them, as it holds on a day |
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from dxrules.dates import parse_date, parse_day
from dxrules.errors import DateError, UsageError
from dxrules.frozen import frozen
from dxrules.keeper.git_revision import GitRevision, revision
from dxrules.paths import is_folder, is_there
from dxrules.rules import Law, load_law
from dxrules.texts import Text, visible

_GIT = "git:"
_RULESETS = "rulesets"
_NO_FOLDER = Text(
    "{name}: 点検項目のフォルダではありません。名前を確かめてください。",
    "{name}: is no folder of rulesets. Check its name.",
)


@frozen
class Side:
    """A lawbook, and how reports call it; without a day it is all that its folder holds.

    `revision` is where it was read, if not in a folder of today.
    """

    name: str
    law: Law
    day: date | None = None
    revision: GitRevision | None = None


@frozen
class _Spec:
    """What was asked for: a folder (None: the usual one), a day, a revision."""

    folder: str | None = None
    day: date | None = None
    revision: str | None = None


class SideReader:
    """Reads sides; a folder that both of them mean is read once.

    `folder` is the usual one, None for what travels along; `shown` is how messages call a path.
    With `examples=False` examples of rules need not come out as stated.
    """

    def __init__(
        self, folder: Path | None, shown: Callable[[Path], str], *, examples: bool = True
    ) -> None:
        self.load = partial(load_law, examples=examples)
        self.folder = folder
        self.shown = shown
        self.read: dict[str | None, Law] = {}

    def both(self, old: str, new: str | None, today: date) -> tuple[Side, Side]:
        """Read two sides; without a second one it is the usual folder, as it is now.

        Raises UsageError if one of them says nothing, or one alone names a day.
        """
        first = _spec(old)
        then = _Spec(day=today if first.day else None) if new is None else _spec(new)
        if (first.day is None) != (then.day is None):
            one, other = visible(old), visible(new or "")
            raise UsageError.of(
                f"「{one}」と「{other}」の片方にだけ日があります。"
                "両方に付けるか(フォルダ@日)、どちらにも付けないでください。",
                f'Of "{one}" and "{other}" only one names a day. '
                "Give both one (FOLDER@DAY), or neither.",
            )
        return self._side(first), self._side(then)

    def _side(self, spec: _Spec) -> Side:
        if spec.revision is None:
            side = self._of_folder(spec.folder)
        else:
            side = self._of_revision(spec.revision, spec.folder)
        if spec.day is None:
            return side
        usual = spec.folder is None and spec.revision is None
        name = spec.day.isoformat() if usual else f"{side.name}@{spec.day}"
        return replace(side, name=name, day=spec.day)

    def _of_folder(self, folder: str | None) -> Side:
        path = self.folder if folder is None else Path(folder)
        name = _RULESETS if path is None else self.shown(path)
        if path is not None and not is_folder(path):
            raise UsageError(_NO_FOLDER.format(name=name))
        if folder not in self.read:
            self.read[folder] = self.load(path, name)
        return Side(name, self.read[folder])

    def _of_revision(self, named: str, folder: str | None) -> Side:
        at = revision(named, Path.cwd())
        path = folder or (_RULESETS if self.folder is None else self.folder.as_posix())
        name = f"{visible(at.name)}:{self.shown(Path(path))}"
        files = at.files(path)
        if not files:
            there, where = visible(path), visible(at.name)
            raise UsageError.of(
                f"{where} に {there} はありません。git:リビジョン:フォルダ で場所を示せます。",
                f"There is no {there} in {where}. git:REVISION:FOLDER says where it is.",
            )
        return Side(name, self.load(files, name), revision=at)


def _spec(text: str) -> _Spec:
    """Tell what a side means; raise UsageError if it means nothing, or could mean two things."""
    if text.startswith(_GIT):
        body, day = _divided(text.removeprefix(_GIT))
        name, _, folder = body.partition(":")
        return _Spec(folder or None, day, name)
    body, day = _divided(text)
    if day is not None and not body:
        return _Spec(day=day)
    readings = []
    if is_there(Path(text)):
        readings.append(_Spec(text))
    if day is not None and is_there(Path(body)):
        readings.append(_Spec(body, day))
    with suppress(DateError):
        readings.append(_Spec(day=parse_day(text)))
    if not readings:
        raise _nothing(text)
    if len(readings) > 1:
        raise _ambiguous(text, *readings[:2])
    return readings[0]


def _divided(text: str) -> tuple[str, date | None]:
    """Divide what stands before a sign of a day from that day; without one there is no day."""
    body, sign, after = text.rpartition("@")
    if sign:
        with suppress(DateError):
            return body, parse_day(after)
    return text, None


def _nothing(text: str) -> UsageError:
    """Return the error about what is no side; of a month or a year it says both readings."""
    last = text.rpartition("@")[2]
    with suppress(DateError):
        parse_date(last)
        try:
            parse_day(last)
        except DateError as error:
            return error
    said = visible(text)
    return UsageError.of(
        f"「{said}」は日でもフォルダでもありません。日は 2026-11-20、"
        f"git のリビジョンは git:{said} のように書いてください。",
        f'"{said}" is neither a day nor a folder. Write a day as 2026-11-20, '
        f"a git revision as git:{said}.",
    )


def _ambiguous(text: str, one: _Spec, other: _Spec) -> UsageError:
    ways = [_written(spec) for spec in (one, other)]
    return UsageError.of(
        f"「{visible(text)}」は二とおりに読めます。{ways[0].ja}か、{ways[1].ja}を書いてください。",
        f'"{visible(text)}" can be read in two ways. Write {ways[0].en}, or {ways[1].en}.',
    )


def _written(spec: _Spec) -> Text:
    """Return a way to write a side that can mean nothing else."""
    if spec.day is None:
        named = visible(spec.folder or "")
        return Text(f"フォルダとして {named}/ ", f"{named}/ for the folder")
    if spec.folder is None:
        return Text(f"日として @{spec.day} ", f"@{spec.day} for the day")
    said = f"./{visible(spec.folder)}/@{spec.day}"
    return Text(f"その日のフォルダとして {said} ", f"{said} for the folder on that day")
