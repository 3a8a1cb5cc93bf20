"""`draft --update`: a new edition of a document against the plan file of the former one."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dxrules import __version__
from dxrules.cli.bilingual import flag, option, taken_as
from dxrules.cli.common import refuse_there, say_written, today_in_japan, write_new
from dxrules.cli.named_plans import one_plan
from dxrules.cli.report_output import Delivery
from dxrules.cli.streams import complain, spoken
from dxrules.errors import FINDINGS, OK, UsageError
from dxrules.frozen import frozen
from dxrules.paths import shown
from dxrules.plan import PlanFile
from dxrules.plan.read import as_if_confirmed
from dxrules.report.writers import UPDATE
from dxrules.rules import Law
from dxrules.source import from_text, stamp, write_whole
from dxrules.source.bounds import DOCUMENT
from dxrules.source.read import read_bytes
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from dxrules.assessment.new_edition import Former, NewEdition
    from dxrules.document import Original
    from dxrules.draft import Source
    from dxrules.keeper.impact import Impact

_ONE = Text(
    "--update には、計画ファイルと新しい版の文書を1件ずつ指定してください"
    "(例: dxrules draft --update our-town.yaml plan-2.pdf)。",
    "--update takes one plan file and one document, as in "
    "dxrules draft --update our-town.yaml plan-2.pdf.",
)
_ALONE = Text(
    "{options} は --update とともに指定してください。", "{options} goes with --update only."
)
_BOTH = Text(
    "--write と -o は、どちらか一方だけを指定してください。", "Give --write or -o, not both."
)
_UNWRITTEN = Text(
    "--update に --review を付けるときは、--write か -o も指定してください。",
    "With --update, --review needs --write or -o as well.",
)
_STANDARD_INPUT = Text(
    "標準入力の計画には --update を使えません。ファイルを指定してください。",
    "--update does not take a plan from standard input. Name a file.",
)
_WORKBOOK = Text(
    "{file}: ブックには確認待ち(doubts)を書けません。`dxrules convert` でYAMLにしてください。",
    "{file}: a workbook has no place for doubts. Make it YAML with `dxrules convert`.",
)
_OTHER_TOWN = Text(
    "{file}: {found} の計画のようです。計画ファイルは {own} のものです。文書を確かめてください。",
    "{file}: this seems to be the plan of {found}, and the plan file is that of {own}. Check the "
    "document.",
)
_TO_WRITE = Text("→ 計画ファイルに書き込むには --write", "→ --write writes it into the plan file")


@frozen
class UpdateCall:
    """What a call asks for; the plan file is that of the former edition."""

    plan: Path | None
    before: Path | None
    writes: bool
    shape: str
    reports: tuple[str, ...]
    documents: tuple[Path, ...] = ()
    output: Path | None = None

    @property
    def target(self) -> Path:
        """Return the file that is written."""
        return next(each for each in (self.output, self.plan) if each is not None)

    def refuse_alone(self) -> None:
        """Raise UsageError where an option of `--update` stands without it."""
        given = {
            "--before": self.before is not None,
            "--write": self.writes,
            "--format": self.shape != "table",
            "--report": bool(self.reports),
        }
        if alone := [same(name) for name, is_given in given.items() if is_given]:
            raise UsageError(_ALONE.format(options=join(alone)))

    def refuse_unwritten(self) -> None:
        """Raise UsageError where a plan file is to be confirmed that would not be written."""
        if self.output is None and not self.writes:
            raise UsageError(_UNWRITTEN)


_FORMATS = ", ".join((*UPDATE.brought, "none"))
update_options = taken_as(
    "update",
    UpdateCall,
    option(
        "--update",
        "plan",
        ja="この計画ファイルを、新しい版の文書と照合する",
        en="hold this plan file against a new edition of its document",
        type=click.Path(path_type=pathlib.Path),
        called=Text("計画ファイル", "PLAN"),
    ),
    option(
        "--before",
        ja="前の版の文書(前からあった記載を、変更としない)",
        en="the former document: what it says already is no change",
        type=click.Path(path_type=pathlib.Path),
        called=Text("文書", "DOCUMENT"),
    ),
    flag(
        "--write",
        "writes",
        ja="計画ファイルに書き込む(コメントと順序は残る)",
        en="write it into the plan file; comments and order stay",
    ),
    option(
        "--format",
        "shape",
        ja=f"--update の標準出力の形式: {_FORMATS}",
        en=f"what --update prints: {_FORMATS}",
        called=Text("形式", "FORMAT"),
        default="table",
    ),
    option(
        "--report",
        "reports",
        ja="--update の結果をファイルにも書く",
        en="also write what --update found",
        multiple=True,
        called=Text("[形式=]ファイル", "[FORMAT=]FILE"),
    ),
)
"""The options of `--update`; a command takes them as `update`, and adds its documents."""


def bring_up_to_date(asked: UpdateCall, sources: Callable[[], tuple[Law, Source]]) -> int:
    """Hold a plan file against a new edition, and write it where that is asked for."""
    from dxrules.assessment.edition_update import updated
    from dxrules.report.new_edition import EditionReport
    from dxrules.source.rewrite import rewritten

    plan, document, delivery = _checked(asked)
    law, source = sources()
    seen = stamp(plan)
    file = one_plan(str(plan), law.reference)
    if file.document.raw is not None:
        raise UsageError(_WORKBOOK.format(file=shown(plan)))
    original, digest = original_and_digest(document)
    _warn_of_other_town(file, original, source)
    edition = _edition(asked, file, original, digest, source)
    fields = {
        "tool": "dxrules",
        "version": __version__,
        "file": document.name,
        "digest": digest,
    }
    taken = updated(edition, fields, law.reference, spoken())
    new = rewritten(file.document, taken.data)
    report = EditionReport(edition, law.reference, taken.left, _impact(file, edition, law))
    delivery.send(report)
    if asked.output is not None:
        write_new(asked.output, new.text)
    elif asked.writes:
        write_whole({plan: new.text.encode()}, {plan: seen})
    if asked.output is not None or asked.writes:
        say_written(asked.target)
    elif new.text != file.document.text:
        complain(_TO_WRITE)
    return FINDINGS if edition.to_look_at else OK


def _checked(asked: UpdateCall) -> tuple[Path, Path, Delivery]:
    """Return plan, document and where reports go; raise UsageError where that does not fit."""
    if asked.plan is None or len(asked.documents) != 1:
        raise UsageError(_ONE)
    if asked.writes and asked.output is not None:
        raise UsageError(_BOTH)
    if str(asked.plan) == "-":
        raise UsageError(_STANDARD_INPUT)
    delivery = Delivery.of(UPDATE, asked.shape, asked.reports)
    others = (asked.documents[0], *([asked.before] if asked.before else []))
    delivery.keep_apart([str(asked.plan)], None, *others)
    if asked.output is not None:
        refuse_there(asked.output)
    return asked.plan, asked.documents[0], delivery


def original_and_digest(file: Path) -> tuple[Original, str]:
    """Read a document; raise InputError or UsageError with what is wrong with it."""
    from hashlib import sha256

    from dxrules.document.reading import original_from

    raw = read_bytes(file, shown(file), DOCUMENT.packed)
    return original_from(raw, shown(file)), sha256(raw).hexdigest()


def _warn_of_other_town(file: PlanFile, original: Original, source: Source) -> None:
    from dxrules.draft.towns_named import municipality_of

    whose, own = municipality_of(original, source.gazetteer), file.plan.municipality
    if whose is not None and own.code not in {each.code for each in (whose.found, *whose.rivals)}:
        said = _OTHER_TOWN.format(file=original.file, found=whose.found.name, own=own.name.text)
        complain(said)


def _edition(
    asked: UpdateCall, file: PlanFile, original: Original, digest: str, source: Source
) -> NewEdition:
    """Hold a plan file, its doubts set aside, against a new edition."""
    from dxrules.assessment.new_edition import Former, held_against
    from dxrules.draft.outline import sentences

    whole = as_if_confirmed(file, source.reference)
    draft = _drafted(original, file, source)
    former: Former | None = None
    if asked.before is not None:
        first, _ = original_and_digest(asked.before)
        former = Former(first, _drafted(first, file, source))
    said = file.document.data.get("document") or {}
    unchanged = (said.get("drafted") or {}).get("digest") == digest
    places = {each.place for each in sentences(original, source.reading) if each.voice == "town"}
    return held_against(
        whole,
        original,
        draft,
        today_in_japan(),
        former,
        unchanged=unchanged,
        speaks=places.__contains__,
    )


def _drafted(original: Original, file: PlanFile, source: Source) -> dict[str, Any]:
    """Return the data of a draft, as the plan file's own reader reads it."""
    import json

    from dxrules.draft import draft

    town = source.gazetteer.of(file.plan.municipality.code)
    made = draft(original, source, today_in_japan(), town)
    data: dict[str, Any] = from_text(json.dumps(made.data), "draft.json").data
    return data


def _impact(file: PlanFile, edition: NewEdition, law: Law) -> Impact | None:
    """Return which verdicts differ once what is sure of the new edition is confirmed."""
    from dxrules.assessment.edition_update import supposed
    from dxrules.keeper.comparison_side import Side
    from dxrules.keeper.impact import impact

    after = supposed(edition, law.reference)
    if after is None:
        return None
    day = today_in_japan()
    sides = (Side(file.name, law, day), Side(file.name, law, day))
    return impact([(file, after)], *sides, day, engine="interpreter")
