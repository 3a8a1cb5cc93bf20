"""One engine or two: what is said, and what comes of it where they differ."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from tests.helpers.calls import ON
from tests.helpers.engines import installed
from tests.helpers.small import PLAN

assess_module = import_module("dxrules.assessment.assess")
pytestmark = pytest.mark.usefixtures("_copy")


# Where they differ


@installed
def test_engines_that_differ(run, monkeypatch):
    """A pair on which the engines differ is an error, both answers are named, the code is 3."""
    monkeypatch.setattr(
        assess_module, "disagreements", lambda outcomes, *_: [("TST-03", _position(outcomes))]
    )
    code, out, _ = run("check", PLAN, *ON, "--fail-on", "never", "--full")
    assert code == 3
    assert "  [error] TST-03 Review of progress\n    The engines differ (interpreter: fail" in out
    assert "waived" not in out.splitlines()[1]
    for command in (("gaps", PLAN), ("explain", "TST-03", PLAN)):
        assert run(*command, *ON)[0] == 3


def _position(outcomes):
    return next(position for rule, position in outcomes if rule == "TST-03")


# What is said


@pytest.mark.parametrize("command", [("check", PLAN), ("gaps", PLAN), ("explain", "TST-02", PLAN)])
def test_one_engine_is_said(run, monkeypatch, command):
    """That one engine judged alone stands in the first line, with the reason."""
    chosen = "! One engine only (--engine interpreter)"
    assert run(*command, *ON, "--engine", "interpreter")[1].splitlines()[0] == chosen
    monkeypatch.setattr(assess_module, "available", lambda: False)
    missing = "! One engine only (durable_rules is not installed, so nothing was checked twice)"
    assert run(*command, *ON)[1].splitlines()[0] == missing
    assert "エンジンは1つだけ" in run(*command, *ON, "--lang", "ja")[1].splitlines()[0]


@installed
def test_two_engines(run):
    """Where both engines judged, JSON names both and the table says nothing."""
    _, out, _ = run("check", PLAN, *ON, "--format", "json")
    assert json.loads(out)["engines"] == ["interpreter", "durable_rules"]
    assert "engine" not in run("check", PLAN, *ON)[1]
