"""The plan files that a call names: each found and read once, and what is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from dxrules.cli.plan_folder import NO_URL, is_plan_file, refused_by_kind, scan
from dxrules.cli.streams import complain
from dxrules.errors import OK, WRONG_INPUT, InputError, UsageError
from dxrules.nation.named_file import NamedFile
from dxrules.paths import (
    address_of,
    is_folder,
    is_hidden,
    is_link,
    is_there,
    is_url,
    led_to,
    shown,
)
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.assessment.dossier import Unreadable
    from dxrules.plan import PlanFile
    from dxrules.reference import Reference
    from dxrules.source import Document

_AMONG_PLANS = Text(
    "{file}: 計画のフォルダ({folder})の中に書くと、次からは計画として読まれます。"
    "フォルダの外を指定してください。",
    "{file}: stands in a folder of plans ({folder}), so it would be read as a plan from now on. "
    "Name a file elsewhere.",
)


@dataclass
class Plans:
    """The plans that were named, what could not be read, and the worst that was met."""

    code: int = OK
    unreadable: list[Unreadable] = field(default_factory=list)
    remarks: set[Text] = field(default_factory=set)

    def read(
        self,
        paths: Iterable[str],
        reference: Reference,
        touched: Callable[[Path], bool] | None = None,
    ) -> list[PlanFile]:
        """Read all plans, or those that are `touched`, each once; report the wrong ones."""
        return [*self.each(paths, reference, touched)]

    def each(
        self,
        paths: Iterable[str],
        reference: Reference,
        touched: Callable[[Path], bool] | None = None,
    ) -> Iterator[PlanFile]:
        """Yield what `read` returns, plan by plan, and keep none of them."""
        from dxrules.assessment.duplicate_plans import without_twins

        found = (self.plan(file, reference) for file in self.documents(paths, touched))
        return without_twins((plan for plan in found if plan is not None), self.complain)

    def documents(
        self, paths: Iterable[str], touched: Callable[[Path], bool] | None = None
    ) -> Iterator[Document]:
        """Yield each plan file that is named, or stands in a folder that is, once."""
        from dxrules.cli.process import from_standard_input
        from dxrules.plan.read import read_document

        for each in self.found(paths, touched, set()):
            if each.fault is not None:
                self.complain(each.fault, each.name)
            elif each.path is None:
                yield from_standard_input()
            else:
                yield read_document(each.path, each.name)

    def found(
        self,
        paths: Iterable[str],
        touched: Callable[[Path], bool] | None,
        seen: set[str | None],
    ) -> Iterator[NamedFile]:
        """Yield what `documents` reads, but for those `seen`, and what is wrong with a name.

        What else stands in a folder, and is not read, is said.
        """
        from dxrules.source.read import missing

        for name in paths:
            path = Path(name)
            files: tuple[Path, ...] = (path,)
            if name == "-":
                if None not in seen:
                    seen.add(None)
                    yield NamedFile(name)
                continue
            if is_folder(path):
                folder = scan(path, shown)
                yield from (NamedFile(file, fault=said) for file, said in folder.faults)
                for said in folder.remarks:
                    self.remark(said)
                files = folder.plans
            elif is_url(name):
                yield NamedFile(address_of(name), fault=NO_URL.format(url=address_of(name)))
                continue
            elif fault := refused_by_kind(path, shown(path)):
                yield NamedFile(shown(path), fault=fault)
                continue
            for file in files:
                itself = os.fspath(where_it_leads(file))
                if itself not in seen and (touched is None or touched(file)):
                    seen.add(itself)
                    yield NamedFile(shown(file), file, fault=missing(file, shown(file)))

    def plan(self, document: Document, reference: Reference) -> PlanFile | None:
        """Return the plan in a document; None if it is wrong, which is reported."""
        from dxrules.plan import plan_of

        for said in document.remarks:
            self.remark(said)
        try:
            file = plan_of(document, reference)
        except InputError as error:
            self.complain(error.text, document.file)
            return None
        for said in file.remarks:
            self.remark(said)
        return file

    @staticmethod
    def named(paths: Iterable[str]) -> Iterator[Path]:
        """Yield the plan files that are named, or stand in a folder that is."""
        for path in (Path(name) for name in paths if name != "-"):
            found = scan(path, shown).plans if is_folder(path) else [path]
            yield from (file for file in found if is_there(file))

    def remark(self, text: Text) -> None:
        """Say, once, what the call was pointed at and does not read; it is no fault."""
        if text not in self.remarks:
            self.remarks.add(text)
            complain(text)

    def complain(self, text: Text, name: str | None = None) -> None:
        """Report what is wrong with an input; with its name it stands in every report, too."""
        complain(text)
        self.code = WRONG_INPUT
        if name is not None:
            from dxrules.assessment.dossier import Unreadable

            self.unreadable.append(Unreadable(name, text))


def where_it_leads(path: Path) -> Path:
    """Return where a path leads; the path if its links go round, which reading it will tell."""
    try:
        return led_to(path)
    except OSError:
        return path


def is_plan_name(below: PurePath) -> bool:
    """Tell whether a file of a folder is taken for a plan, by where it stands in it."""
    return is_plan_file(below.name) and not any(map(is_hidden, below.parts))


def keep_out_of_plans(written: Iterable[Path], plans: Iterable[str]) -> None:
    """Raise UsageError where what is written would be taken for a plan of a folder named."""
    folders = [path for path in map(Path, plans) if is_folder(path)]
    for file in written:
        itself = real(file)
        for folder in folders:
            within = itself.is_relative_to(real(folder))
            if within and is_plan_name(itself.relative_to(real(folder))):
                raise UsageError(_AMONG_PLANS.format(file=shown(file), folder=shown(folder)))


def names_one(paths: Sequence[str]) -> bool:
    """Tell whether a call names one plan file: its report is then on that plan alone."""
    return len(paths) == 1 and not is_folder(Path(paths[0]))


def one_plan(path: str, reference: Reference) -> PlanFile:
    """Read the one plan that a command takes; raise UsageError if the path is not just one."""
    if is_folder(Path(path)):
        raise UsageError.of(
            f"{shown(Path(path))}: フォルダではなく、計画ファイルを1つ指定してください。",
            f"{shown(Path(path))}: name one plan file, not a folder.",
        )
    plans = Plans()
    found = plans.read([path], reference)
    if not found:
        raise click.exceptions.Exit(plans.code)
    return found[0]


def real(path: Path) -> Path:
    """Return where a path leads; raise UsageError if its links lead nowhere."""
    found = where_it_leads(path)
    # What is resolved has no links; from Python 3.13 on those that go round stand in it.
    if any(is_link(each) for each in (found, *found.parents)):
        name = shown(path)
        raise UsageError.of(
            f"{name}: リンクをたどれません。リンク先を確かめてください。",
            f"{name}: its links cannot be followed. Check where they lead.",
        )
    return found
