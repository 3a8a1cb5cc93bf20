"""Gates: what was changed since a revision, and the files that others' CI takes from here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from dxrules.cli import main
from dxrules.keeper.git_revision import LARGEST_READ, revision
from tests.helpers.lawbooks import ROOT
from tests.helpers.repositories import git
from tests.helpers.small import DATA, DAY, PLAN, SMALL, changed

CHECK = ("check", "plans", *SMALL, "--as-of", DAY, "--lang", "en", "--engine", "interpreter")


@pytest.fixture
def repository(_copy, tmp_path):
    """A repository of two plans and the small rulesets, committed once."""
    other = {'code: "349992"': 'code: "019992"', "見本町": "他の町"}
    (tmp_path / "plans/01100-other.yaml").write_text(changed(other), encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    return tmp_path


def judged(capsys, *options):
    """Return the names of the plans that were judged, and what was complained of."""
    main([*CHECK, "--changed-since", "HEAD", "--format", "json", *options])
    out, err = capsys.readouterr()
    return [plan["plan"]["file"] for plan in json.loads(out)["plans"]], err


@pytest.mark.usefixtures("repository")
def test_nothing_changed(capsys):
    """Where nothing differs nothing is judged, and that is said; nothing fails."""
    assert judged(capsys) == ([], "No plan differs from HEAD\n")
    assert main([*CHECK, "--changed-since", "HEAD", "--format", "none"]) == 0


@pytest.mark.usefixtures("repository")
def test_files_of_a_revision_that_are_too_large():
    """Of a file that no reader takes nothing is unpacked, whatever git holds."""
    Path("plans/large.yaml").write_bytes(bytes(LARGEST_READ + 2))
    git("add", ".")
    git("commit", "-qm", "large")
    found = revision("HEAD", Path.cwd()).files("plans")
    assert found["large.yaml"] == bytes(LARGEST_READ + 1)
    assert found[Path(PLAN).name] == Path(PLAN).read_bytes()


@pytest.mark.usefixtures("repository")
def test_partial_clones(tmp_path, monkeypatch, capsys):
    """A clone that lacks the files of a revision says how to get them."""
    Path(PLAN).write_text(changed({}) + "# remark\n", encoding="utf-8")
    git("commit", "-qam", "second")
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "-q", "--filter=blob:none", tmp_path.as_uri(), "partial")
    monkeypatch.chdir("partial")
    assert main([*CHECK, "--changed-since", "HEAD~1"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: This clone is partial and lacks the files of that revision. "
        "Get them with `git fetch --refetch --no-filter`.\n"
    )


@pytest.mark.usefixtures("repository")
def test_changed_plan(capsys):
    """A plan that differs is judged alone, committed or not; so is a new one."""
    Path(PLAN).write_text(changed({}) + "# remark\n", encoding="utf-8")
    assert judged(capsys) == ([PLAN], "")
    other = {'code: "349992"': 'code: "139998"'}
    Path("plans/13101-new.yaml").write_text(changed(other), encoding="utf-8")
    assert judged(capsys) == (["plans/13101-new.yaml", PLAN], "")


@pytest.mark.usefixtures("repository")
def test_changed_rules_touch_every_plan(capsys):
    """A ruleset that differs, is new or is gone touches every plan; other files do not."""
    Path("rulesets/README.md").write_text("x", encoding="utf-8")
    assert judged(capsys)[0] == []
    path = next(Path("rulesets/national").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# remark\n", encoding="utf-8")
    assert judged(capsys)[0] == ["plans/01100-other.yaml", PLAN]


@pytest.mark.usefixtures("repository")
def test_wrong_calls(capsys):
    """An unknown revision, and a plan that is not there, get one message and exit code 2."""
    assert main([*CHECK, "--changed-since", "nope"]) == 2
    assert main(["check", "none.yaml", *CHECK[2:], "--changed-since", "HEAD"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == 'dxrules: There is no revision "nope" in this repository.'
    assert second == "none.yaml: no such file. Check its name and folder."


# What others take


@pytest.mark.slow
def test_hooks(tmp_path):
    """The hooks call commands that are there, and judge a plan as the README says."""
    validate = (sys.executable, "-m", "pre_commit", "validate-manifest")
    subprocess.run((*validate, ROOT / ".pre-commit-hooks.yaml"), check=True, capture_output=True)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    shutil.copytree(DATA / "rulesets", tmp_path / "rulesets")
    shutil.copytree(DATA / "plans", tmp_path / "facts")
    codes = {}
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "dxrules"
        files = [] if hook.get("pass_filenames") is False else [f"facts/{Path(PLAN).name}"]
        call = (sys.executable, ROOT / "cli.py", *arguments, *files)
        codes[hook["id"]] = subprocess.run(
            call, cwd=tmp_path, check=False, capture_output=True
        ).returncode
    assert codes.keys() == {"check-plan", "lint-ruleset"}
    assert codes["check-plan"] == 1


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "docs/ci/gitlab-ci.yml")],
)
def test_published_schemas(schema, path):
    """The action and the GitLab job keep to the schemas of their services."""
    call = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, ROOT / path)
    done = subprocess.run(call, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def run_action(folder, call=f'exec "{sys.executable}" "{ROOT / "cli.py"}" "$@"', **inputs):
    """Run the last step of the action as GitHub would; return its exit code and output.

    `call` is the script that stands for dxrules.
    """
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    given = {name: str(each["default"]) for name, each in action["inputs"].items()} | inputs
    env = {
        name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, value in step["env"].items()
    }
    (folder / "bin").mkdir(exist_ok=True)
    program = folder / "bin/dxrules"
    program.write_text(f"#!/bin/bash\n{call}\n")
    python = folder / "bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    for each in (program, python):
        each.chmod(0o755)
    env |= {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    done = subprocess.run(
        ("bash", "-eo", "pipefail", "-c", step["run"]),
        cwd=folder,
        env=env,
        check=False,
        capture_output=True,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.slow
def test_action(tmp_path):
    """The action judges, remarks at lines, writes SARIF and a summary, and fails the job."""
    shutil.copytree(DATA / "rulesets", tmp_path / "rulesets")
    shutil.copytree(DATA / "plans", tmp_path / "my plans")
    shutil.move(tmp_path / "my plans", tmp_path / "facts")
    inputs = {"as-of": DAY, "sarif": "r.sarif", "rulesets": "rulesets"}
    code, out, err = run_action(tmp_path, **inputs)
    assert (code, err) == (1, "")
    assert out.startswith(f"::error file=facts/{Path(PLAN).name},line=")
    assert json.loads((tmp_path / "r.sarif").read_bytes())["version"] == "2.1.0"
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("# ")
    assert run_action(tmp_path, **inputs, **{"fail-on": "never"})[0] == 0


WORDS = "while [[ $1 != -- ]]; do shift; done; shift; printf '<%s>' \"$@\" >&2; exit 1"
"""Stands for dxrules: it says the last of its words, which are the plans."""


@pytest.mark.parametrize(
    ("plans", "read"),
    [
        ("facts", ["facts"]),
        ("facts  other/b.yaml ", ["facts", "other/b.yaml"]),
        ("facts\nother/b.yaml\n", ["facts", "other/b.yaml"]),
        ("\n  facts\r\n\n\tour plans/a b.yaml \n", ["facts", "our plans/a b.yaml"]),
        ("our plans", ["our plans"]),
        ("our plans facts", ["our", "plans", "facts"]),
        ("facts/*.yaml", ["facts/*.yaml"]),
        ("-x", ["-x"]),
    ],
)
def test_plans_of_the_action(tmp_path, plans, read):
    """Plans stand one a line, or with spaces between; a name that is there may hold spaces."""
    (tmp_path / "our plans").mkdir()
    (tmp_path / "our plans/a b.yaml").touch()
    code, out, err = run_action(tmp_path, WORDS, plans=plans)
    assert (code, err) == (1, "".join(f"<{each}>" for each in read))
    assert out == "dxrules: plans that were judged: 0\n"


@pytest.mark.parametrize("plans", ["", "  ", "\n\n \n"])
def test_action_without_plans(tmp_path, plans):
    """Where nothing is named, nothing is judged, and the job fails."""
    assert run_action(tmp_path, "exit 0", plans=plans) == (
        2,
        "::error::dxrules: the input plans names nothing to judge.\n",
        "",
    )


def test_action_that_judged_nothing(tmp_path):
    """A job in which no plan was judged is green only where none has changed, which is said."""
    count = "dxrules: plans that were judged: 0\n"
    assert run_action(tmp_path, "exit 0") == (
        2,
        f"{count}::error::dxrules: no plan was judged.\n",
        "",
    )
    assert run_action(tmp_path, "exit 0", **{"changed-since": "main"}) == (
        0,
        f"{count}::notice::dxrules: no plan was judged: none differs from main.\n",
        "",
    )


def test_options_of_the_action(tmp_path):
    """Its inputs are options."""
    say = 'echo "$@" >&2; exit 1'
    _, _, err = run_action(tmp_path, say, expect="5", **{"fail-on-unknown": "true"})
    assert " --fail-on-unknown --expect 5 " in err
    _, _, err = run_action(tmp_path, say)
    assert "--fail-on-unknown" not in err
    assert "--expect" not in err
    _, _, err = run_action(tmp_path, say, **{"fail-on-unknown": "statute"})
    assert " --fail-on-unknown=statute " in err


@pytest.mark.slow
def test_action_counts_what_it_judged(tmp_path):
    """The action says how many plans it judged, and fails if that is another number."""
    shutil.copytree(DATA / "rulesets", tmp_path / "rulesets")
    shutil.copytree(DATA / "plans", tmp_path / "our plans")
    inputs = {"as-of": DAY, "rulesets": "rulesets", "plans": "our plans\n", "fail-on": "never"}
    code, out, err = run_action(tmp_path, expect="1", **inputs)
    assert (code, err, out.splitlines()[-1]) == (0, "", "dxrules: plans that were judged: 1")
    code, _, err = run_action(tmp_path, expect="2", **inputs)
    assert (code, err) == (2, "--expect: the number of plans that were judged is 1, not 2.\n")


def test_actions_are_pinned():
    """Every action that is used is named by the hash of a commit, which nobody can move."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    used = [step["uses"] for step in action["runs"]["steps"] if "uses" in step]
    assert used
    assert [each for each in used if not re.fullmatch(r"[\w/.-]+@[0-9a-f]{40}", each)] == []
