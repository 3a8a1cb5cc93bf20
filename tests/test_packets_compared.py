"""Two packets compared: what changed, and what one of them could not read."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxrules.cli import main
from tests.helpers.small import DAY, PLAN, SMALL, changed

CALL = ("--engine", "interpreter", "--lang", "en")


@pytest.fixture
def here(_copy):
    """A folder with a small plan, and a function that makes a packet of its folder of plans."""

    def packet(name, **plans):
        for file, content in plans.items():
            Path(f"plans/{file}.yaml").write_text(content, encoding="utf-8")
        main(
            ["check", "plans", *SMALL, "--as-of", DAY, *CALL, "--format", "none", "--packet", name]
        )

    return packet


BROKEN = "plan: ["
SAID = "In the new packet it could not be read, and was not judged: "


def test_a_plan_that_cannot_be_read_any_more(here, capsys):
    """A plan that a packet could not read is named with its fault, and is not called gone."""
    here("old.zip")
    here("new.zip", **{Path(PLAN).stem: BROKEN})
    capsys.readouterr()
    assert main(["compare", "old.zip", "new.zip", *CALL]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert f"! {SAID}{PLAN}:2:1: " in out
    assert "not there" not in out
    assert main(["compare", "new.zip", "old.zip", *CALL]) == 1
    assert f"! {SAID.replace('new', 'old')}{PLAN}:2:1: " in " ".join(
        capsys.readouterr().out.split()
    )
    assert main(["compare", "old.zip", "new.zip", *CALL, "--format", "json"]) == 1
    (town,) = json.loads(capsys.readouterr().out)["plans"]
    assert town["after"] is None
    assert town["unread"]["en"].startswith(f"{PLAN}:2:1: ")
    assert "読め" not in town["unread"]["en"]


def said_by(content):
    """Return the text of a report, whatever its format."""
    if not content.startswith(b"PK"):
        return " ".join(content.decode("utf-8-sig").replace("\\", "").split())
    sheet = load_workbook(BytesIO(content)).active
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("form", ["md", "csv", "xlsx", "html", "txt", "json"])
def test_every_format_names_what_was_not_read(here, form):
    """No format of the comparison is silent of a plan that one of the packets could not read."""
    here("old.zip")
    here("new.zip", **{Path(PLAN).stem: BROKEN})
    call = ("compare", "old.zip", "new.zip", *CALL, "--format", "none", "--output", f"r.{form}")
    assert main(call) == 1
    said = said_by(Path(f"r.{form}").read_bytes())
    assert f"{PLAN}:2:1: " in said
    assert form == "json" or SAID in said


CHANGED = {"exception: none": "exception: transition-support"}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_changed_and_why_in_every_format(here, lang):
    """Rule, subject, outcomes and cause of what changed stand in each format, and in HTML a sum."""
    here("old.zip")
    here("new.zip", **{Path(PLAN).stem: changed(CHANGED)})
    for form in ("txt", "md", "csv", "xlsx", "html"):
        name = f"r.{form}"
        call = ("--engine", "interpreter", "--lang", lang, "--format", "none", "--output", name)
        assert main(["compare", "old.zip", "new.zip", *call]) == 0
        said = said_by(Path(name).read_bytes())
        for word in {
            "ja": ("TST-02", "不適合(重大)", "計画の記載か団体の回答が変わった"),
            "en": ("TST-02", "fail (error)", "what the plan says or the municipality told changed"),
        }[lang]:
            assert word in said, (form, word)
    assert said.count('<tr data-outcome="') == 1
    town = {
        "ja": "計画の記載か団体の回答が変わった",
        "en": "what the plan says or the municipality told changed",
    }[lang]
    assert f'<th scope="row">{town}</th><td class="number">1</td><td class="number">1</td>' in said


def test_a_plan_that_neither_packet_could_read(here, capsys):
    """A plan that was read by neither, or is in one packet alone, is named as well."""
    here("old.zip")
    here("new.zip", other=BROKEN)
    shutil.copy("new.zip", "copy.zip")
    capsys.readouterr()
    assert main(["compare", "old.zip", "new.zip", *CALL]) == 1
    said = "new.zip: not judged, as it could not be read: plans/other.yaml:2:1: "
    assert said in " ".join(capsys.readouterr().out.split())
    assert main(["compare", "new.zip", "copy.zip", *CALL, "--format", "json"]) == 1
    doubts = json.loads(capsys.readouterr().out)["doubts"]
    assert [doubt["en"].partition(":2:1")[0] for doubt in doubts] == [
        f"{name}: not judged, as it could not be read: plans/other.yaml"
        for name in ("new.zip", "copy.zip")
    ]


def test_a_baseline_does_not_change_the_packet(here, capsys):
    """What a baseline knows is no part of the packet, so that it agrees when judged again."""
    call = ("--as-of", DAY, *CALL, *SMALL)
    assert here
    main(["baseline", "write", "b.json", PLAN, *call])
    main(["check", PLAN, *call, "--format", "none", "--baseline", "b.json", "--packet", "p.zip"])
    capsys.readouterr()
    assert main(["replay", "p.zip", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "p.zip: Judged again, the bytes agree\n"


def test_one_packet_twice(here, capsys):
    """It is refused by whatever name; a copy is told."""
    here("a.zip")
    Path("link.zip").symlink_to("a.zip")
    shutil.copy("a.zip", "copy.zip")
    capsys.readouterr()
    for other in ("a.zip", "link.zip", "./a.zip"):
        assert main(["compare", "a.zip", other, *CALL]) == 2
        assert capsys.readouterr().err.startswith("dxrules: a.zip: one packet is named twice.")
    assert main(["compare", "a.zip", "copy.zip", *CALL]) == 0
    assert "a.zip and copy.zip are one packet: their bytes agree." in capsys.readouterr().err


@pytest.mark.parametrize("form", ["md", "csv", "xlsx", "html", "txt"])
@pytest.mark.parametrize("packets", [("one.zip", "two.zip"), ("two.zip", "one.zip")])
def test_a_plan_that_one_packet_lacks(here, form, packets):
    """The packet that lacks a plan is named, whichever of the two it is."""
    here("one.zip")
    here("two.zip", other=Path(PLAN).read_text(encoding="utf-8").replace("349992", "349984"))
    call = ("compare", *packets, *CALL, "--format", "none", "--output", f"r.{form}")
    assert main(call) in {0, 1}
    said = said_by(Path(f"r.{form}").read_bytes())
    assert "There is no such plan in one.zip" in said
    assert "not there now" not in said
