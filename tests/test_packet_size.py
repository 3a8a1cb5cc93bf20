"""Packets of many towns: within bounds that reader and writer share, and plan by plan."""

from __future__ import annotations

import gc
import io
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from dxrules import __version__, assess, load_law
from dxrules.assessment import packet as reading
from dxrules.assessment import packet_writer, replay
from dxrules.assessment.finding import Assessment, PlanAssessment
from dxrules.assessment.packet import open_packet
from dxrules.assessment.packet_writer import Held, Judgement, write_packet
from dxrules.cli import main
from dxrules.errors import UsageError
from dxrules.keeper.packet_comparison import over_time
from dxrules.plan import plan_of
from dxrules.report.json_report import render_json
from dxrules.rules.ruleset_files import read_by_loading
from dxrules.source import bounds, from_text
from tests.helpers.small import DATA, DAY, PLAN, SMALL, changed

LAW = load_law(DATA / "rulesets")
RULESETS = {
    path.relative_to(DATA / "rulesets").as_posix(): path.read_bytes()
    for path in read_by_loading(DATA / "rulesets")
}
CALLED = Judgement(__version__, DAY, "interpreter", waivers=True)
NATION = 1_788
ASSESSMENT, PLAN_FILE, SHIFTED = 2_350_000, 60_000, 190_000
"""Bytes of the largest known: an assessment, a plan, and the assessment when it is deflated."""


def judged(number):
    """Judge so many plans, each with a title and file of its own."""
    title = "title: 見本町DX推進計画"
    plans = [
        plan_of(from_text(changed({title: f"{title}{n}"}), f"plans/{n}.yaml"), LAW.reference)
        for n in range(number)
    ]
    return assess(plans, LAW, date.fromisoformat(DAY), engine="interpreter")


def written(assessment):
    """Write an assessment as packets hold it."""
    return render_json(assessment)


def packed(assessment, write=written):
    """Return the bytes of a packet."""
    stream = io.BytesIO()
    write_packet(stream, CALLED, held(assessment, write))
    return stream.getvalue()


def held(assessment, write=written, rulesets=RULESETS):
    """Return what a packet holds of an assessment, which is written plan by plan."""
    plans = (
        (
            plan.file.name,
            plan.file.document.content,
            partial(write, replace(assessment, plans=(plan,))),
        )
        for plan in assessment.plans
    )
    return Held(len(assessment.plans), plans, rulesets, {})


def test_the_bounds_hold_the_nation():
    """All governments of the nation fit with room for plans twice as large, and reports."""
    assert bounds.PACKET_PLANS >= NATION * 1.25
    assert bounds.PACKET.entries >= 2 * bounds.PACKET_PLANS + 1_000
    whole = NATION * (ASSESSMENT + PLAN_FILE)
    assert bounds.PACKET.unpacked >= 2 * whole + bounds.PACKET.entry + bounds.PACKET_MANIFEST
    assert bounds.PACKET.packed >= 2 * NATION * (SHIFTED + PLAN_FILE)
    assert bounds.PACKET_ASSESSMENT >= 50 * ASSESSMENT
    assert bounds.BASELINE_BYTES >= 2 * NATION * 300 * 200


class Live:
    """Counts the judged plans that are in memory whenever a plan is written."""

    def __init__(self):
        self.most = self.calls = 0

    def __call__(self, assessment):
        """Write an assessment."""
        assert len(assessment.plans) == 1
        self.calls += 1
        gc.collect()
        alive = sum(isinstance(each, PlanAssessment) for each in gc.get_objects())
        self.most = max(self.most, alive)
        return written(assessment)


@pytest.mark.slow
def test_judged_again_plan_by_plan():
    """However many plans a packet has, one of them is in memory while it is judged again."""
    raw = packed(judged(12))
    live = Live()
    before = sum(isinstance(each, PlanAssessment) for each in gc.get_objects())
    done = replay.replay(open_packet(io.BytesIO(raw), "p.zip"), live)
    assert (done.agrees, done.causes, live.calls) == (True, (), 12)
    assert live.most - before <= 2


def test_written_plan_by_plan():
    """Assessments are made one by one while the packet is written, and not kept."""
    whole, made = judged(5), []

    def write(assessment):
        made.append(assessment.plans[0].file.name)
        return written(assessment)

    packet = open_packet(io.BytesIO(packed(whole, write)), "p.zip")
    assert made == [plan.file.name for plan in whole.plans]
    assert [part.plans[0][1] for part in packet.parts] == made
    assert packet.content(packet.parts[2].assessment) == written(
        Assessment(whole.day, whole.engines, whole.plans[2:3])
    )


def test_the_packet_is_deflated():
    """A packet takes a tenth of what it holds."""
    raw = packed(judged(3))
    packet = open_packet(io.BytesIO(raw), "p.zip")
    assert len(raw) * 5 < sum(map(packet.archive.size, packet.archive.names))


def test_compared_plan_by_plan():
    """Two packets are compared by the names of their plans, and those left by town."""
    raw = packed(judged(3))
    old, new = (open_packet(io.BytesIO(raw), name) for name in ("old.zip", "new.zip"))
    found = over_time(old, new, engine="interpreter")
    assert [town.before.name for town in found.impact.towns] == [
        "plans/0.yaml",
        "plans/1.yaml",
        "plans/2.yaml",
    ]
    assert all(town.before.document.data is None for town in found.impact.towns)
    assert not found.incomplete


SMALLER = {
    "PACKET_PLANS": (2, "plans: more than 2"),
    "PACKET_ASSESSMENT": (100, "assessments/0001-0.yaml.json: more than 0.0001 MB"),
    "PACKET_MANIFEST": (100, "manifest.json: more than 0.0001 MB"),
    "packed": (100, "its size: more than 0.0001 MB"),
    "unpacked": (bounds.PACKET_MANIFEST + 100, "its size when it is unpacked: more than 50.0001"),
    "entries": (4, "files: more than 4"),
    "entry": (100, "plans/0001-0.yaml: more than 0.0001 MB"),
}


@pytest.mark.parametrize(("bound", "said"), [(k, v) for k, (_, v) in SMALLER.items()], ids=SMALLER)
def test_what_is_too_large_is_not_written(monkeypatch, bound, said):
    """What the reader would refuse is refused by the writer, with the bound and the way out."""
    size = SMALLER[bound][0]
    if bound.isupper():
        monkeypatch.setattr(packet_writer, bound, size)
    else:
        monkeypatch.setattr(packet_writer, "PACKET", replace(bounds.PACKET, **{bound: size}))
    with pytest.raises(UsageError) as error:
        packed(judged(3))
    assert error.value.text.en.startswith(f"This is too much for a packet ({said}")
    assert error.value.text.en.endswith("Make two packets or more, of fewer plans each.")
    assert "計画を分けて、パケットを2つ以上作ってください。" in error.value.text.ja


@pytest.mark.parametrize("bound", ["PACKET_PLANS", "PACKET_ASSESSMENT", "PACKET_MANIFEST"])
def test_what_is_too_large_is_not_read(monkeypatch, bound):
    """The reader has the bounds of the writer, and speaks of packets."""
    raw = packed(judged(2))
    monkeypatch.setattr(reading, bound, 1)
    if bound == "PACKET_ASSESSMENT":
        monkeypatch.setattr(reading.Packet.content, "__defaults__", (1,))
    with pytest.raises(ValueError, match=r"Larger than|more than 1 plans") as error:
        replay.replay(open_packet(io.BytesIO(raw), "p.zip"), written)
    assert "ruleset has" not in str(error.value)


def test_nothing_is_left_of_a_packet_that_is_too_large(tmp_path, monkeypatch, capsys):
    """Neither the packet nor a report is written, nor a part of one, and the code is 2."""
    monkeypatch.chdir(tmp_path)
    Path("old.zip").write_bytes(b"old")
    plan = tmp_path / "in" / "plan.yaml"
    plan.parent.mkdir()
    plan.write_bytes((DATA.parent.parent / "tests" / "data" / PLAN).read_bytes())
    monkeypatch.setattr(packet_writer, "PACKET_ASSESSMENT", 100)
    call = ("check", str(plan), "--rulesets", str(DATA / "rulesets"), "--as-of", DAY)
    options = ("--engine", "interpreter", "--lang", "en", "--output", "r.json")
    assert main([*call, *options, "--packet", "old.zip"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "dxrules: This is too much for a packet (assessments/0001-plan.yaml.json: more than "
        "0.0001 MB). Make two packets or more, of fewer plans each.\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "old.zip"]
    assert Path("old.zip").read_bytes() == b"old"
    assert SMALL


@pytest.mark.parametrize("name", ["plans/b\x1b.yaml", "plans/" + "x" * 240 + ".yaml", "<stdin>"])
def test_names_that_no_archive_may_have(name):
    """A plan whose name is odd goes by its number, and is called as it was by the reports."""
    plan = plan_of(from_text(changed({}), name), LAW.reference)
    whole = assess([plan], LAW, date.fromisoformat(DAY), engine="interpreter")
    packet = open_packet(io.BytesIO(packed(whole)), "p.zip")
    ((_, called),) = packet.parts[0].plans
    assert called == name
    assert replay.replay(packet, written).causes == ()


def test_a_ruleset_that_no_archive_may_hold():
    """A ruleset of an odd name is refused when the packet is written."""
    with pytest.raises(UsageError) as error:
        write_packet(io.BytesIO(), CALLED, held(judged(1), rulesets={"national/a\x1b.yaml": b""}))
    assert error.value.text.en == (
        "rulesets/national/a<U+001B>.yaml: a file of this name cannot be put into a packet. "
        "Rename it."
    )


def test_a_plan_whose_name_is_not_utf8():
    """A plan whose name no JSON can hold is refused when the packet is written."""
    plan = plan_of(from_text(changed({}), "plans/\udcff.yaml"), LAW.reference)
    whole = assess([plan], LAW, date.fromisoformat(DAY), engine="interpreter")
    with pytest.raises(UsageError) as error:
        packed(whole)
    assert error.value.text.en == (
        "plans/<FF>.yaml: a file of this name cannot be put into a packet. Rename it."
    )
