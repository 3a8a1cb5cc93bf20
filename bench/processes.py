"""Whole processes: what someone waits for who types a command."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

import yaml
from tables import Section, Table, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS = Path(__file__).parent.parent / "facts"
TOWN = FACTS / "34545-jinsekikogen.yaml"
BIN = Path(sys.executable).parent
TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Plans:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}
"""
JUDGED = 0, 1
"""Exit codes of a judgement: nothing found, or something; and likewise of a linter."""

_NOT_A_USERS = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"})
"""Variables of a test run that change what a start costs."""

PASS, ONE, INTERPRETER, PREREQUISITES, TOWNS, LINTER = (
    "python -c pass",
    "dxrules check, one plan, --engine both",
    "dxrules check, one plan, --engine interpreter",
    "dxrules check, one plan whose measures wait in a circle",
    "dxrules check, five towns",
    "cfn-lint, a small template",
)


@dataclass(frozen=True, slots=True)
class Command:
    """What is started, in the environment of a user rather than of a test run."""

    arguments: tuple[str, ...]

    def run(self) -> subprocess.CompletedProcess[bytes]:
        """Run it to its end."""
        env = {k: v for k, v in os.environ.items() if k not in _NOT_A_USERS}
        return subprocess.run(self.arguments, env=env, capture_output=True, check=False)

    def warm(self) -> bytes:
        """Run it once, for the caches; return what it prints.

        A process that dies of an exception, with exit code 1, is no judgement.
        """
        done = self.run()
        if done.returncode not in JUDGED or b"Traceback" in done.stderr:
            raise SystemExit(f"{' '.join(self.arguments)}\n{done.stderr.decode()}")
        return done.stdout

    def time(self, printed: bytes) -> float:
        """Return how many milliseconds it takes to print the same again."""
        start = perf_counter()
        done = self.run()
        taken = (perf_counter() - start) * 1000
        if done.stdout != printed:
            raise SystemExit(f"{' '.join(self.arguments)}\ndid not do the same again")
        return taken

    def loads(self, module: str) -> bool:
        """Tell whether a Python command imports a module."""
        python, *rest = self.arguments
        told = replace(self, arguments=(python, "-X", "importtime", *rest)).run().stderr.decode()
        return any(line.split("|")[-1].strip() == module for line in told.splitlines())


def check(*arguments: str) -> Command:
    """Return a call of `dxrules check` on a fixed day."""
    script = BIN / "dxrules"
    fixed = ("--as-of", "2026-11-20")
    return Command((sys.executable, str(script), "check", *arguments, *fixed))


def with_prerequisites(plan: str) -> str:
    """Return a plan in which each measure waits for the one before it, and the first for the last.

    Every scalar stays the text that it is.
    """
    content = yaml.load(plan, yaml.BaseLoader)  # noqa: S506  (it makes nothing but texts)
    measures = content["measures"]
    for measure, before in zip(measures, [measures[-1], *measures], strict=False):
        measure["requires"] = [{"id": before["id"], "kind": "finish-to-start"}]
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def _commands(folder: Path) -> dict[str, Command]:
    waiting = folder / TOWN.name
    waiting.write_text(with_prerequisites(TOWN.read_text()))
    template = folder / "template.yaml"
    template.write_text(TEMPLATE)
    return {
        PASS: Command((sys.executable, "-c", "pass")),
        ONE: check(str(TOWN)),
        INTERPRETER: check(str(TOWN), "--engine", "interpreter"),
        PREREQUISITES: check(str(waiting)),
        TOWNS: check(str(FACTS)),
        LINTER: Command((sys.executable, str(BIN / "cfn-lint"), str(template))),
    }


def measure(rounds: int) -> Section:
    """Time each command once in every round."""
    times: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        commands = _commands(Path(folder))
        if not (BIN / "cfn-lint").exists():
            del commands[LINTER]
        printed = {name: command.warm() for name, command in commands.items()}
        networkx = {name: command.loads("networkx") for name, command in commands.items()}
        for _ in range(rounds):
            for name, command in commands.items():
                times.setdefault(name, []).append(command.time(printed[name]))
    rows = [
        (
            name,
            "yes" if networkx[name] else "no",
            min(each),
            median(each),
            _ratio(each, times[PASS]),
        )
        for name, each in times.items()
    ]
    headings = ("command", "networkx", "least, ms", "median, ms", "÷ pass")
    text = (
        f"{rounds} interleaved rounds, caches of the system warm, bytecode written; ratios within "
        "a round. Rulesets and plans are read each time."
    )
    return Section("Whole processes", text, [Table(headings, rows)], _targets(times))


def _ratio(times: list[float], others: list[float]) -> float:
    """Return the median of the ratios within a round."""
    return median(one / other for one, other in zip(times, others, strict=True))


def _targets(times: Mapping[str, list[float]]) -> list[Target]:
    asked = [(ONE, PASS, 32), (PREREQUISITES, PASS, 45), (TOWNS, ONE, 2)]
    if LINTER in times:
        asked.append((ONE, LINTER, 0.25))
    return [
        Target(f"{name} ÷ {other}", most, _ratio(times[name], times[other]))
        for name, other, most in asked
    ]
