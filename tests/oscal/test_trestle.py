"""OSCAL reports as compliance-trestle reads them, which knows more than the schema does."""

from __future__ import annotations

import json
import subprocess
from uuid import UUID

import pytest

from dxrules.cli import main
from tests.helpers.lawbooks import ROOT, TOWNS

TRESTLE = ROOT / ".venv-oscal/bin/trestle"

pytestmark = pytest.mark.skipif(not TRESTLE.exists(), reason="compliance-trestle is not installed")


def trestle(folder, *arguments):
    """Call trestle in a folder; return its exit code and all that it says."""
    done = subprocess.run(
        (TRESTLE, *arguments), cwd=folder, check=False, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def workspace(tmp_path):
    """A workspace of trestle; what it imports lies outside it."""
    folder = tmp_path / "trestle"
    folder.mkdir()
    code, said = trestle(folder, "init")
    assert code == 0, said
    return folder


def judge(folder, *plans):
    """Judge plans, and return the OSCAL report."""
    report = folder / "report.oscal.json"
    call = ("check", *map(str, plans), "--engine", "interpreter", "--as-of", "2026-11-20")
    main([*call, "--format", "none", "--output", str(report)])
    return report


@pytest.mark.parametrize("number", [1, len(TOWNS)])
def test_towns_are_imported(workspace, number):
    """Trestle imports the report of one town, and of all."""
    plans = [ROOT / "facts" / f"{town}.yaml" for town in list(TOWNS.values())[:number]]
    report = judge(workspace.parent, *plans)
    code, said = trestle(workspace, "import", "-f", str(report), "-o", "towns")
    assert code == 0, said
    code, said = trestle(workspace, "validate", "-t", "assessment-results", "-n", "towns")
    assert code == 0, said
    assert said.startswith("VALID")


def test_the_same_plan_twice_is_imported(workspace):
    """Two files of one content are two results, and no identifier stands twice."""
    plan = (ROOT / "facts" / f"{next(iter(TOWNS.values()))}.yaml").read_bytes()
    folder = workspace.parent
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_bytes(plan)
    report = judge(folder, folder / "a.yaml", folder / "b.yaml")
    code, said = trestle(workspace, "import", "-f", str(report), "-o", "twice")
    assert code == 0, said


def test_a_uuid_twice_is_refused(workspace):
    """Trestle refuses a report in which an identifier stands twice, so that the others prove it."""
    report = judge(workspace.parent, ROOT / "facts" / f"{next(iter(TOWNS.values()))}.yaml")
    content = json.loads(report.read_bytes())
    (result,) = content["assessment-results"]["results"]
    again = result["observations"][0]["uuid"]
    assert UUID(again)
    result["observations"][1]["uuid"] = again
    report.write_text(json.dumps(content))
    code, said = trestle(workspace, "import", "-f", str(report), "-o", "doubled")
    assert code != 0
    assert "Duplicate" in said
