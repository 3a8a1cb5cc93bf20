"""Answers of municipalities that came back: read from workbooks, and laid over plans.

One plan and one workbook, or a folder of plans and a folder of workbooks: each workbook is for
the plan whose municipality it asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dxrules.assessment import Finding, PlanAssessment
from dxrules.errors import InputError, UsageError
from dxrules.frozen import frozen
from dxrules.inquiry.doubt_order import PlanJudge
from dxrules.inquiry.returned import AnswerGiven, Returned, returned
from dxrules.inquiry.returned_tables import asked_of
from dxrules.inquiry.taken_in import taken_in
from dxrules.inquiry.trial import is_open
from dxrules.paths import files_below, is_folder, is_hidden, is_link, shown
from dxrules.plan import PlanFile
from dxrules.plan.models import Answer
from dxrules.reference import Reference
from dxrules.rules import Law, Outcome
from dxrules.source.bounds import WORKBOOK
from dxrules.source.file_kind import kind_of, what_it_is
from dxrules.source.read import read_bytes
from dxrules.texts import Text, same, visible

_NO_WORKBOOK = Text("照会のブックではありません。", "This is no workbook of an inquiry.")
_THE_WORKBOOK = Text(
    "`dxrules ask` で作り、回答を記入して戻されたブック(.xlsx)を指定してください。",
    "Name the workbook (.xlsx) that `dxrules ask` made and that came back with answers.",
)
_NO_PLAN = Text(
    "計画のフォルダに、照会先の団体({codes})の計画がありません。",
    "The folder of plans holds no plan of the municipality that it asks ({codes}).",
)
_TWO_PLANS = Text(
    "照会({inquiry})の照会先の団体には、計画がもう一つあります({other})。"
    "照会した計画を一つ指定してください。",
    "The municipality that {inquiry} asks has another plan ({other}). Name the one plan that the "
    "inquiry is about.",
)
_TWICE = Text(
    "照会先の団体({code})が {other} と同じです。回答の入った一つだけを残してください。",
    "It asks the same municipality ({code}) as {other}. Leave the one that holds the answers.",
)
_NOT_READ = Text(
    "{file}: 照会のブック(.xlsx)ではないので、読んでいません。",
    "{file}: not read, as it is no workbook (.xlsx) of an inquiry.",
)
_LINKED = Text(
    "{file}: フォルダへのリンクなので、読んでいません。",
    "{file}: not read, as it is a link to a folder.",
)
_NONE = Text("照会のブック(.xlsx)がありません。", "There is no workbook (.xlsx) of an inquiry.")


@frozen
class TakenBack:
    """What an inquiry holds for a plan, what of it is new, and the plan file with that."""

    returned: Returned
    new: tuple[AnswerGiven, ...]
    file: PlanFile

    @classmethod
    def of(
        cls,
        file: PlanFile,
        raw: bytes,
        name: str,
        reference: Reference,
        last: date,
        told: str | None,
    ) -> TakenBack:
        """Take the answers of a workbook into a plan; raise InputError with all that is wrong.

        No answer is of a day after `last`; `told` is the day of those whose row gives none.
        """
        code = file.plan.municipality.code
        found = returned(raw, name, code, reference.known(), last, told)
        held = set(map(_said, file.plan.answers))
        new = tuple(each for each in found.given if _said(each.answer) not in held)
        given, places = [each.data for each in new], [each.place for each in new]
        return cls(found, new, taken_in(file, given, reference, places) if new else file)


def _said(answer: Answer) -> tuple[str, str, str]:
    return answer.about, answer.answer, answer.told.text


@frozen
class Taking:
    """Answers about to be taken in: the plan judged without and with them."""

    returned: Returned
    new: tuple[AnswerGiven, ...]
    before: PlanAssessment
    after: PlanAssessment

    @property
    def changed(self) -> tuple[tuple[Finding, Outcome], ...]:
        """The findings that come out otherwise, each with how it came out before."""
        came = {finding.subject: finding.outcome for finding in self.before.findings}
        return tuple(
            (finding, came[finding.subject])
            for finding in self.after.findings
            if came.get(finding.subject, finding.outcome) is not finding.outcome
        )

    @property
    def fresh(self) -> tuple[Finding, ...]:
        """The findings that are undetermined about what was no subject before."""
        known = {finding.subject for finding in self.before.findings}
        return tuple(f for f in self.after.findings if is_open(f) and f.subject not in known)


@frozen
class AnswersBack:
    """How answers are taken in: by which law, and who judges; and the days of `TakenBack.of`."""

    law: Law
    judge: PlanJudge
    last: date
    told: date | None

    def taking(self, file: PlanFile, inquiry: Path) -> Taking:
        """Return what a workbook changes in a plan; raise InputError with all that is wrong."""
        raw, name = content_of(inquiry)
        told = None if self.told is None else self.told.isoformat()
        found = TakenBack.of(file, raw, name, self.law.reference, self.last, told)
        return Taking(found.returned, found.new, self.judge(file), self.judge(found.file))


def content_of(inquiry: Path) -> tuple[bytes, str]:
    """Return a workbook and how it is called; raise InputError if it is none."""
    name = visible(inquiry.as_posix())
    raw = read_bytes(inquiry, name, WORKBOOK.packed)
    kind = kind_of(raw, name)
    if not raw.startswith(b"PK") if kind is None else kind.family != "sheets":
        other = what_it_is(raw, or_text=True) or _NO_WORKBOOK
        raise InputError.of_file(name, other, _THE_WORKBOOK)
    return raw, name


class InquiryFolder:
    """The workbooks of a folder by the municipality that each asks, and what is wrong with them.

    `remarks` tell of what else stands in the folder, and is not read.
    """

    def __init__(self, folder: Path) -> None:
        self.faults: list[Text] = []
        self._by_code: dict[str, Path] = {}
        self._codes: dict[Path, frozenset[str]] = {}
        self._plans: dict[str, str] = {}
        linked = (each for each in sorted(folder.rglob("*")) if is_link(each) and is_folder(each))
        self.remarks = [_LINKED.format(file=shown(each)) for each in linked]
        for file in files_below(folder):
            if is_hidden(file.name):
                continue
            if file.suffix.lower() == ".xlsx":
                self._add(file)
            else:
                self.remarks.append(_NOT_READ.format(file=shown(file)))
        if not self._codes and not self.faults:
            raise UsageError(same(f"{shown(folder)}: ") + _NONE)

    def _add(self, file: Path) -> None:
        try:
            codes = asked_of(*content_of(file))
        except InputError as error:
            self.faults.append(error.text)
            return
        self._codes[file] = codes
        for code in sorted(codes):
            if (other := self._by_code.setdefault(code, file)) != file:
                self._wrong(file, _TWICE.format(other=shown(other), code=code))

    def _wrong(self, file: Path, said: Text) -> None:
        self.faults.append(InputError.of_file(shown(file), said).text)

    def of(self, file: PlanFile) -> Path | None:
        """Return the workbook that asks the municipality of a plan, if one came back.

        Raises InputError if there was another plan of it: which of the two it asks about is not
        said.
        """
        code = file.plan.municipality.code
        found = self._by_code.get(code)
        if found is None:
            return None
        other = self._plans.setdefault(code, file.name)
        if other != file.name:
            said = _TWO_PLANS.format(inquiry=shown(found), other=other)
            raise InputError.of_file(file.name, said)
        return found

    def left(self) -> Iterator[Text]:
        """Yield what is wrong with workbooks, and whom they ask whose plan was not met."""
        for file, codes in self._codes.items():
            if missing := codes - self._plans.keys():
                self._wrong(file, _NO_PLAN.format(codes=", ".join(sorted(missing))))
        yield from dict.fromkeys(self.faults)
