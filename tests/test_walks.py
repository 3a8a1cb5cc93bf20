"""The walks of CONTRIBUTING.md for a format and a section, carried out in a copy of the package.

An attribute is added in `test_declaration`, and an edition carried in in `test_revision`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.changed_copy import add, copied, edit, run, touched
from tests.helpers.engines import installed
from tests.helpers.lawbooks import GOOD, ROOT, broken

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-11-20", "--fail-on", "never", "--lang", "en")

# ---- A format ----

NOTICE = '''
"""A line on each plan, for a notice board."""

from collections.abc import Iterator

from dxrules.assessment.dossier import Dossier
from dxrules.report.piecewise import Pieces, Piecewise, Whole
from dxrules.report.writers import How
from dxrules.rules import Outcome
from dxrules.texts import Text, visible


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    town, failed = plan.file.plan.municipality.name.text, len(plan.of(Outcome.FAIL))
    said = town + Text(f": 不適合{failed}件", f": {failed} failures")
    return (visible(how.style.say(said)) + "\\n").encode()


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    yield f"{whole.day}\\n".encode()
    yield from pieces


PIECES = Piecewise(_piece, _joined)
'''


def test_a_format(tmp_path):
    """A module and a line of the registry make a format of one plan and of many."""
    root = copied(tmp_path, {"national/test.yaml": GOOD})
    add(root, "report/notice.py", NOTICE)
    line = '        "github": _in_pieces("github"),\n'
    edit(root, "report/writers.py", {line: '        "notice": _in_pieces("notice", ".notice"),\n'})
    assert touched(root) == ["dxrules/report/notice.py", "dxrules/report/writers.py"]

    day, *lines = run(root, "check", "facts", *AS_OF, "--format", "notice").splitlines()
    assert (day, len(lines)) == ("2026-11-20", 5)
    assert all(each.endswith(" failures") for each in lines)
    one = "facts/06322-nishikawa.yaml"
    run(root, "check", one, *AS_OF, "--format", "none", "--output", "town.notice")
    assert (root / "town.notice").read_text("utf-8").splitlines() == [day, lines[0]]
    assert "notice" in run(root, "check", "--help")


# ---- A section of the plan file ----

CONTRACT = '''
"""The section `contracts`: contracts with vendors."""

from dxrules.plan.sections.evident import Evident
from dxrules.plan.value_types import Slug
from dxrules.source import field
from dxrules.source.types import Line, When


class Contract(Evident):
    """A contract with a vendor."""

    id: Slug = field("一意なid", "unique id", example="helpdesk")
    title: Line = field("契約", "contract", example="ヘルプデスク")
    until: When | None = field("契約の終わり", "end of the contract", None, "令和9年3月")
'''
KIND = '''
"""Contracts with vendors."""

from collections.abc import Iterator

from dxrules.derivation.context import Context
from dxrules.derivation.declaration import Kind, a_date, reads, state, unsaid
from dxrules.derivation.stated_days import when
from dxrules.derivation.subject import AllOfAKind, OfOneEntry, of_kind
from dxrules.derivation.values import Value
from dxrules.plan.sections.contracts import Contract
from dxrules.texts import Text, same


@of_kind(
    Kind(
        "contract",
        Text("契約", "contract"),
        Text("契約", "contract"),
        drawn_from=("contracts", ()),
        only_stated=True,
    )
)
class ContractSubject(OfOneEntry, AllOfAKind):
    """One contract."""

    def __init__(self, context: Context, position: int, said: Contract) -> None:
        super().__init__(context, said.id, same(said.title), ("contracts", position))
        self.said: Contract = said

    @classmethod
    def all_of(cls, context: Context) -> Iterator["ContractSubject"]:
        """Yield each contract."""
        return (cls(context, *each) for each in enumerate(context.plan.contracts or ()))

    @a_date("契約の終わり", "end of the contract")
    @reads("until")
    @state("契約の終わりを書く", "state the end of the contract")
    @unsaid("契約の終わりが書かれていない", "the end of the contract is not stated")
    def until(self) -> Value:
        """When it ends."""
        return when(self.said.until, self.context.missing("contracts"))
'''
RULE = """\
  - id: TST-09
    title: {ja: 契約の終わり, en: End of contracts}
    about: town
    strength: recommended
    source: {ref: guide}
    in_force: {announced: 2020-04-01, from: 2020-04-01}
    subject: contract
    require: {until: {by: 2027-03-31}}
    message: {ja: "「{label}」は{until}まで", en: "{label} runs to {until}"}
    remedy: {ja: 期間を見直す, en: Look at the term again}
    question:
      ja: "「{label}」はいつまでですか。契約書で確かめてください"
      en: "When does {label} end? Look it up in the contract"
    examples:
      - {expect: pass, fact: {until: 2027-03-31}}
      - {expect: fail, fact: {until: 2027-04-01}}
      - {expect: unknown, fact: {}}
"""
ENTRIES = """\
contracts:
  - {id: helpdesk, title: ヘルプデスク, until: 令和10年3月, evidence: [{page: "4", text: 委託}]}
  - {id: network, title: 回線}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the package with a section of its plan files that makes facts of a kind."""
    root = copied(tmp_path_factory.mktemp("section"), {"national/test.yaml": GOOD + RULE})
    add(root, "plan/sections/contracts.py", CONTRACT)
    edit(
        root,
        "plan/models.py",
        {
            "from dxrules.plan.sections.collection import Collection\n": (
                "from dxrules.plan.sections.contracts import Contract\n"
            ),
            '    measures: tuple[Measure, ...] | None = field("取組", "measures", None)\n': (
                '    contracts: tuple[Contract, ...] | None = field("契約", "contracts", None)\n'
            ),
            "        yield from self.measures or ()\n": "        yield from self.contracts or ()\n",
        },
    )
    edit(
        root, "plan/value_types.py", {'    "indicators",\n    "document",\n': '    "contracts",\n'}
    )
    passage = (
        '    "measures": Text("団体の取組を1行に1つ", "The municipality\'s measures, one a row"),\n'
    )
    row = '    "contracts": Text("契約を1行に1つ", "Contracts, one a row"),\n'
    edit(root, "plan/workbook/guide.py", {passage: row})
    add(root, "derivation/contract.py", KIND)
    imported = "from dxrules.derivation.collection import CollectionSubject\n"
    edit(
        root,
        "derivation/vocabulary.py",
        {
            imported: "from dxrules.derivation.contract import ContractSubject\n",
            "    IndicatorSubject,\n": "    ContractSubject,\n",
        },
    )
    town = (ROOT / "facts/09301-kaminokawa.yaml").read_text("utf-8")
    (root / "town.yaml").write_text(broken("\nmeasures:", f"\n{ENTRIES}measures:", town), "utf-8")
    return root


def test_the_files_of_a_section(root):
    """The walk touches six files of the package: two new ones, and four with a line or two."""
    assert touched(root) == [
        "dxrules/derivation/contract.py",
        "dxrules/derivation/vocabulary.py",
        "dxrules/plan/models.py",
        "dxrules/plan/sections/contracts.py",
        "dxrules/plan/value_types.py",
        "dxrules/plan/workbook/guide.py",
    ]


def test_its_schema_and_its_template(root):
    """Schema and template of the plan file have it, and so has the schema of rules."""
    schema = json.loads(run(root, "schema", "plan"))
    assert schema["$defs"]["Contract"]["required"] == ["id", "title"]
    run(root, "new", "plan", "new.yaml", "--lang", "en")
    assert "contracts:" in (root / "new.yaml").read_text("utf-8")
    schema = json.loads(run(root, "schema", "ruleset"))
    assert "until" in schema["$defs"]["Condition"]["properties"]


def test_its_workbook(root):
    """A workbook carries it there and back, with its evidence."""
    run(root, "convert", "town.yaml", "town.xlsx")
    run(root, "convert", "town.xlsx", "back.yaml")
    assert "contracts:\n" in (root / "back.yaml").read_text("utf-8")
    report = [
        json.loads(run(root, "check", name, *AS_OF, "--format", "json"))["plans"][0]["counts"]
        for name in ("town.yaml", "back.yaml")
    ]
    assert report[0] == report[1]


@installed
def test_its_facts(root):
    """Both engines judge them, with the place and the evidence of an entry."""
    report = json.loads(run(root, "check", "town.yaml", *AS_OF, "--all", "--format", "json"))
    assert report["engines"] == ["interpreter", "durable_rules"]
    found = {
        each["subject"]["key"]: (each["outcome"], each["message"]["en"])
        for each in report["plans"][0]["findings"]
        if each["rule"]["id"] == "TST-09"
    }
    assert found == {
        "helpdesk": ("fail", "ヘルプデスク runs to 2028-03-01 to 2028-03-31"),
        "network": ("unknown", "the end of the contract is not stated"),
    }
    text = run(root, "explain", "TST-09", "town.yaml", *AS_OF[:2], "--lang", "en")
    assert "p. 4「委託」" in text
    assert "the end of the contract is not stated" in text


def test_a_section_that_was_not_read(root):
    """Without it in the file, nobody knows: the plan has to be read for contracts."""
    kept = Path("facts/09301-kaminokawa.yaml")
    text = run(root, "check", str(kept), *AS_OF, "--full")
    assert "taken as not read: contracts (contracts)" in text
    assert "write: contracts: []" in text
    text = run(root, "explain", "TST-09", str(kept), *AS_OF[:2], "--lang", "en")
    assert "Has the plan been read to the end for contracts?" in text


def test_an_id_that_stands_twice(root):
    """What holds of all entries with ids holds of these."""
    text = (root / "town.yaml").read_text("utf-8")
    (root / "twice.yaml").write_text(broken("id: network", "id: helpdesk", text), "utf-8")
    code = "from dxrules.cli import main; raise SystemExit(main() != 2)"
    run(root, "check", "twice.yaml", *AS_OF, code=code)
