"""One plan in two files is judged once: the second is named, and the exit code is 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dxrules.cli import main
from tests.helpers.small import DAY, PLAN, SMALL, changed

CALL = ("--as-of", DAY, "--engine", "interpreter", *SMALL)
TITLE, PERIOD = "title: 見本町DX推進計画", "period: 令和8年度～令和10年度"
SECOND = "plans/second.yaml"


@pytest.fixture
def here(_copy):
    """A folder with the small plan, and a function that writes a second file beside it."""
    return lambda changes: Path(SECOND).write_text(changed(changes), encoding="utf-8")


SAID = {
    "en": (
        f"{SECOND}: the same plan as {PLAN} (349992 Mihon, 見本町DX推進計画), so it is not judged. "
        "Name only one of them.\n"
    ),
    "ja": (
        f"{SECOND}: {PLAN} と同じ計画(349992 見本町 見本町DX推進計画)なので、判定していません。"
        "どちらか一方だけを指定してください。\n"
    ),
}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("named", [("plans",), (PLAN, SECOND)])
@pytest.mark.parametrize(
    "changes",
    [{}, {TITLE: "title: 見本町ＤＸ 推進計画"}, {PERIOD: "period: 令和9年度～令和11年度"}],
)
def test_a_plan_in_two_files(here, capsys, lang, named, changes):
    """The second file is named once, on standard error and in the report, and not counted."""
    here(changes)
    call = ("check", *named, *CALL, "--lang", lang, "--fail-on", "never")
    assert main([*call, "--format", "json"]) == 2
    out, err = capsys.readouterr()
    title = changes.get(TITLE, TITLE).removeprefix("title: ")
    said = SAID[lang].replace("見本町DX推進計画", title)
    assert err == said
    report = json.loads(out)
    assert [plan["plan"]["file"] for plan in report["plans"]] == [PLAN]
    assert [unread["file"] for unread in report["unreadable"]] == [SECOND]
    assert main([*call]) == 2
    start = {"ja": "※ 判定していない: ", "en": "! Not judged: "}[lang]
    assert "".join(capsys.readouterr().out.split()).startswith("".join((start + said).split()))


def test_as_a_workbook(here, capsys):
    """A workbook of the same plan is its twin, too."""
    assert here
    assert main(["convert", PLAN, "plans/w.xlsx", "--lang", "en"]) == 0
    capsys.readouterr()
    assert main(["check", "plans", *CALL, "--lang", "en", "--format", "none"]) == 2
    assert capsys.readouterr().err == SAID["en"].replace(SECOND, "plans/w.xlsx")


@pytest.mark.parametrize(
    "command", [("compare", "plans"), ("baseline", "write", "b.json", "plans")]
)
def test_in_other_commands(here, capsys, command):
    """Whatever judges many plans says so; no baseline is written."""
    here({})
    assert main([*command, *CALL, "--lang", "en"]) == 2
    assert capsys.readouterr().err == SAID["en"]
    assert not Path("b.json").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {TITLE: "title: 見本町情報化計画"},
        {PERIOD: "period: 令和11年度～令和13年度"},
        {'code: "349992"': 'code: "019992"'},
    ],
)
def test_other_plans(here, capsys, changes):
    """Another title or town, or a period that does not meet, makes another plan."""
    here(changes)
    assert main(["check", "plans", *CALL, "--lang", "en", "--format", "none"]) in {0, 1}
    assert capsys.readouterr().err == ""
