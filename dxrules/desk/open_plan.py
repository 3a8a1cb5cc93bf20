"""A plan that is open on the desk: its text as it is now, its verdicts, and the steps back."""

from __future__ import annotations

import base64
import binascii
import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from dxrules.assessment import PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.errors import InputError, Place, Problem, UsageError
from dxrules.plan import PlanFile
from dxrules.plan.convert import as_yaml, converted
from dxrules.plan.read import document_from, plan_of
from dxrules.reference import Reference
from dxrules.source import Path
from dxrules.source.bounds import DEPTH, DESK_STEPS, PLAN_BYTES, PLAN_VALUES
from dxrules.source.build import not_allowed
from dxrules.source.placed_data import value_at
from dxrules.source.read import from_bytes
from dxrules.source.rewrite import rewritten
from dxrules.texts import Lang, Text, not_in_a_line, shorten, visible

if TYPE_CHECKING:
    from dxrules.desk.leaves import Leaves

_LONGEST_NAME: Final = 120

_NO_STEP = Text("元に戻せる操作はありません。", "There is nothing to undo.")
_NO_FORWARD = Text("やり直せる操作はありません。", "There is nothing to redo.")
_NO_ENTRY = Text("「{path}」という項目はありません。", 'There is no entry "{path}".')
_NO_VALUE = Text(
    "「{path}」に記入できるのは、文字、一覧、項目の組だけです。",
    'Only texts, lists and mappings can be written at "{path}".',
)
_TOO_DEEP = Text("項目の入れ子が深すぎます。", "The entry is nested too deeply.")
_LARGE = Text("計画ファイルが上限({most}MB)を超えます。", "The plan file would exceed {most} MB.")


@dataclass(frozen=True)
class WorkStep:
    """The plan at one point of the work, and what led to it."""

    file: PlanFile
    what: Text


@dataclass
class OpenPlan:
    """One plan that is open; `form` is the ending of the file that it was opened from.

    `origin` tells where it came from: a plan file, a draft, a blank form. What was computed of
    the plan as it is now is kept until it changes.
    """

    id: str
    form: str
    origin: str
    steps: list[WorkStep]
    at: int = 0
    saved: int = 0
    leaves: Leaves | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> PlanFile:
        """The plan as it is now."""
        return self.steps[self.at].file

    @property
    def data(self) -> dict[str, Any]:
        """The data of the plan file as it is now; not to be changed."""
        found: dict[str, Any] = self.file.document.data
        return found

    @property
    def text(self) -> str:
        """The text of the plan file as it is now."""
        return self.file.document.text

    def content_as(self, target: PurePath, lang: Lang, reference: Reference) -> bytes:
        """Return the plan file as another file has it: in its own form with its comments.

        In another form it is its data.
        """
        own = (".json",) if self.file.name.lower().endswith(".json") else (".yaml", ".yml")
        if target.suffix.lower() in own:
            return self.text.encode()
        return converted(self.file, target, lang, reference)

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved."""
        return self.saved != self.at

    def step(self, file: PlanFile, what: Text) -> None:
        """Go on to another state of the plan; what was undone before is forgotten."""
        if self.saved > self.at:
            self.saved = -1
        self.steps[self.at + 1 :] = [WorkStep(file, what)]
        self.at += 1
        if len(self.steps) > DESK_STEPS:
            del self.steps[0]
            self.at -= 1
            self.saved -= 1
        self.kept.clear()

    def back(self) -> Text:
        """Take the last change back; return what it was."""
        if self.at == 0:
            raise UsageError(_NO_STEP)
        what = self.steps[self.at].what
        self.at -= 1
        self.kept.clear()
        return what

    def forward(self) -> Text:
        """Make the change again that was taken back last; return what it is."""
        if self.at + 1 >= len(self.steps):
            raise UsageError(_NO_FORWARD)
        self.at += 1
        self.kept.clear()
        return self.steps[self.at].what

    def change(self, data: dict[str, Any], what: Text, reference: Reference) -> None:
        """Let the plan file say something else; raise InputError where that is no plan."""
        if data == self.data:
            return
        document = rewritten(self.file.document, data)
        if len(document.text.encode()) > PLAN_BYTES:
            raise UsageError(_LARGE.format(most=str(PLAN_BYTES // 1_000_000)))
        self.step(plan_of(document, reference), what)

    def once(self, what: str, make: Callable[[], Any]) -> Any:
        """Return what was computed of the plan as it is now, or compute it."""
        if what not in self.kept:
            self.kept[what] = make()
        return self.kept[what]

    def judged(self, judge: Callable[[PlanFile], PlanAssessment]) -> PlanAssessment:
        """Return the verdicts on the plan as it is now."""
        found: PlanAssessment = self.once("judged", lambda: judge(self.file))
        return found

    def dossier(self, make: Callable[[], Dossier]) -> Dossier:
        """Return what reports are made of."""
        found: Dossier = self.once("dossier", make)
        return found


def opened(plan_id: str, raw: bytes, name: str, reference: Reference) -> OpenPlan:
    """Return the plan in the bytes of a file; raise PlanError with all that is wrong with it.

    Inside, a workbook is the same plan as YAML.
    """
    shown = called(name)
    file = plan_of(document_from(raw, shown), reference)
    form = PurePath(shown).suffix.lower() or ".yaml"
    if file.document.raw is not None:
        text = as_yaml(file.document.data)
        file = plan_of(from_bytes(text.encode(), PurePath(shown).stem + ".yaml"), reference)
    return OpenPlan(plan_id, form, "file", [WorkStep(file, Text("開いた", "opened"))])


def made(plan_id: str, text: str, name: str, origin: str, reference: Reference) -> OpenPlan:
    """Return a plan that has no file yet: a draft, or a blank form."""
    file = plan_of(from_bytes(text.encode(), called(name)), reference)
    plan = OpenPlan(plan_id, ".yaml", origin, [WorkStep(file, Text("作った", "made"))])
    plan.saved = -1
    return plan


def called(name: str) -> str:
    """Return how a file is called, whatever folders its name claims to stand in."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return shorten(visible(last), _LONGEST_NAME) or "plan.yaml"


def plain_value(value: Any, path: Path, depth: int = 0) -> Any:
    """Return a value as a plan file holds it: texts, lists and mappings of them."""
    if depth > DEPTH:
        raise UsageError(_TOO_DEEP)
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return _one_line(value, path)
        case int() | float():
            return str(value)
        case list() if len(value) <= PLAN_VALUES:
            return [plain_value(each, path, depth + 1) for each in value]
        case dict():
            return {str(key): plain_value(each, path, depth + 1) for key, each in value.items()}
    raise UsageError(_NO_VALUE.format(path=path_text(path)))


def _one_line(value: str, path: Path) -> str:
    """Return a text; raise InputError for what no text of a plan file holds."""
    wrong = not_in_a_line(value)
    if not wrong:
        return value
    key = path_text(path)
    raise InputError([Problem(Place(key, 1, 1), key, *not_allowed(wrong))])


def path_text(path: Path | list[str | int]) -> str:
    """Return a path as messages quote it."""
    return shorten(".".join(map(str, path)))


def with_value(data: Any, path: Path, value: Any) -> Any:
    """Return data in which an entry has another value, or is gone where that is None."""
    changed = copy.copy(data)
    first, *rest = path
    if isinstance(changed, list) and isinstance(first, int) and first <= len(changed):
        if rest and first < len(changed):
            changed[first] = with_value(changed[first], tuple(rest), value)
        elif not rest and value is not None:
            changed[first : first + 1] = [value]
        elif not rest and first < len(changed):
            del changed[first]
        else:
            raise UsageError(_NO_ENTRY.format(path=path_text(path)))
        return changed
    if not isinstance(changed, dict) or not isinstance(first, str):
        raise UsageError(_NO_ENTRY.format(path=path_text(path)))
    if rest:
        inner = changed.get(first, [] if isinstance(rest[0], int) else {})
        changed[first] = with_value(inner, tuple(rest), value)
    elif value is not None:
        changed[first] = value
    elif first in changed:
        del changed[first]
    else:
        raise UsageError(_NO_ENTRY.format(path=path_text(path)))
    return changed


def mapping_at(data: Any, path: Path) -> dict[str, Any]:
    """Return the mapping at a path; raise UsageError if there is none."""
    found = value_at(data, path)
    if not isinstance(found, dict):
        raise UsageError(_NO_ENTRY.format(path=path_text(path)))
    return found


_NO_BYTES = Text("ファイルの内容が届きませんでした。", "The content of the file did not arrive.")


def received(content: str) -> bytes:
    """Return the bytes; raise UsageError where the text stands for none."""
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UsageError(_NO_BYTES) from error
