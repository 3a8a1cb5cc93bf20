"""A folder of its own, in which inputs are read by the library or by the command line."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dxrules import load_law
from dxrules.cli import main
from dxrules.plan.read import document_from, plan_of
from dxrules.rules import Law
from fuzz.guard import SECONDS, Guard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.plan import PlanFile

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "data"
PLAN = "plans/34999-mihon.yaml"
DAY = date(2026, 11, 20)
ON = ("--rulesets", "rulesets", "--as-of", DAY.isoformat())
_MEMORY = Path("/dev/shm")


class Called(NamedTuple):
    """What a call of the command line came to."""

    code: int
    out: str
    err: str


class Sandbox:
    """A copy of the small data in `box`; commands run in it, temporary files go to `tmp`."""

    def __init__(self) -> None:
        at = _MEMORY if os.access(_MEMORY, os.W_OK) else None
        self.root = Path(tempfile.mkdtemp(prefix="dxrules-fuzz-", dir=at)).resolve()
        self.box, self.tmp = self.root / "box", self.root / "tmp"
        self.guard = Guard()
        self.clean()

    def clean(self) -> None:
        """Make the folder as it was."""
        for folder in (self.box, self.tmp):
            shutil.rmtree(folder, ignore_errors=True)
        for name in ("plans", "rulesets"):
            shutil.copytree(SMALL / name, self.box / name)
        self.tmp.mkdir()
        tempfile.tempdir = str(self.tmp)
        os.chdir(self.box)
        self.guard.wrote.clear()

    def close(self) -> None:
        """Remove the folder."""
        os.chdir(ROOT)
        tempfile.tempdir = None
        shutil.rmtree(self.root, ignore_errors=True)

    @cached_property
    def law(self) -> Law:
        """The small rules with the lists of the shipped law: every plan reads, and fast."""
        return Law(load_law(SMALL / "rulesets").rulesets, self.shipped.reference)

    @cached_property
    def shipped(self) -> Law:
        """The law that travels with dxrules."""
        return load_law()

    @cached_property
    def plan(self) -> PlanFile:
        """The small plan."""
        reference = load_law(SMALL / "rulesets").reference
        return plan_of(document_from((SMALL / PLAN).read_bytes(), PLAN), reference)

    @contextlib.contextmanager
    def watched(self, *folders: Path, programs: tuple[str, ...] = ()) -> Iterator[None]:
        """Watch what is done; only these folders may be written to, by default `tmp`."""
        try:
            with self.guard(folders or (self.tmp,), programs, SECONDS):
                yield
        finally:
            if any(Path(path).is_relative_to(self.box) for path in self.guard.wrote):
                self.clean()
            self.guard.wrote.clear()

    def call(self, *words: str, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Called:
        """Call the command line. Faults of dxrules come out as they are, and not as code 3."""
        before, streams = dict(os.environ), (sys.stdin, sys.stdout, sys.stderr)
        given = io.TextIOWrapper(io.BytesIO(stdin), "utf-8", errors="surrogateescape")
        out, err = (
            io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True) for _ in "oe"
        )
        needed = {"PATH": before.get("PATH", ""), "TMPDIR": str(self.tmp), "HOME": str(self.box)}
        fixed = {"DXRULES_DEBUG": "1"}
        try:
            os.environ.clear()
            os.environ.update(needed | dict(env or {}) | fixed)
            sys.stdin, sys.stdout, sys.stderr = given, out, err
            code = main(list(words))
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
            os.environ.clear()
            os.environ.update(before)
        said = (stream.detach().getvalue().decode("utf-8", "replace") for stream in (out, err))
        return Called(code, *said)
