"""What must hold whatever an input is: a result that agrees with itself, or a clear refusal."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from dxrules.assessment import assess
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.errors import DxrulesError, EngineError, InputError
from dxrules.report.writers import CHECK, render
from dxrules.rules import Outcome
from dxrules.texts import LANGS, printable
from fuzz.guard import Fault
from fuzz.sandbox import DAY

if TYPE_CHECKING:
    from dxrules.assessment import Assessment
    from dxrules.plan import PlanFile
    from dxrules.rules import Law
    from fuzz.sandbox import Called

CODES = frozenset({0, 1, 2, 130})
_FORMATS = tuple(CHECK.brought)
_FOR_A_MACHINE = frozenset({"xlsx", "github"})
"""Formats that are not text, or whose text is commands."""
_VARIES = re.compile(r'"[^"]*"|「[^」]*」|[0-9０-９]+|`[^`]*`')


def refused(error: DxrulesError, name: str = "") -> str:
    """Check a refusal: a text in both languages, and a place in the file that is called `name`."""
    for lang in LANGS:
        if not error.text.in_(lang).strip():
            raise Fault("a refusal says nothing", f"{lang}: {error!r}")
    if isinstance(error, EngineError):
        raise Fault("the engine refuses a plan", str(error))
    if isinstance(error, InputError):
        _placed(error, name)
    elif name and name not in error.text.en:
        raise Fault("a refusal does not name the file", error.text.en)
    return shape(error.text.en)


def _placed(error: InputError, name: str) -> None:
    """Check that each problem says something, and where."""
    if not error.problems:
        raise Fault("a refusal names no problem")
    for problem in error.problems:
        place = problem.place
        if not place.file.startswith(name) or place.line < 1 or place.column < 1:
            raise Fault("a problem has no place", f"{place}: {problem.message.en}")
        if not all(problem.message.in_(lang).strip() for lang in LANGS):
            raise Fault("a problem says nothing", str(place))


def shape(said: str) -> str:
    """Return a message without what varies: by it inputs are told apart."""
    lines = (re.sub(r"\[[0-9]+\]", "[]", line) for line in said.splitlines()[:20])
    return " | ".join(sorted({_VARIES.sub("_", line)[:160] for line in lines}))


def same_findings(one: Assessment, other: Assessment) -> None:
    """Check that two assessments say the same of everything."""
    told = [
        [(f.rule.id, f.kind, f.key, f.outcome, f.severity) for p in each.plans for f in p.findings]
        for each in (one, other)
    ]
    if told[0] != told[1]:
        raise Fault("the engines differ", str(set(told[0]) ^ set(told[1]))[:500])


def judged(plan: PlanFile, law: Law, turn: int) -> str:
    """Judge a plan in both ways and write it: as table, as JSON and in one more format."""
    both = assess([plan], law, DAY)
    same_findings(both, assess([plan], law, DAY, engine="interpreter"))
    outcomes = Counter(f.outcome for p in both.plans for f in p.findings)
    if outcomes[Outcome.ERROR] or not both.trusted:
        wrong = [f.message.en for p in both.plans for f in p.findings if f.outcome is Outcome.ERROR]
        raise Fault("a finding is an error", "; ".join(wrong)[:500])
    written(Dossier(both, law), turn)
    return " ".join(f"{outcome.value}:{min(n, 9)}" for outcome, n in sorted(outcomes.items()))


def not_judged(error: DxrulesError, name: str, law: Law, turn: int) -> None:
    """Write a report of a plan that could not be read."""
    nothing = assess([], law, DAY, engine="interpreter")
    written(Dossier(nothing, law, unreadable=(Unreadable(name, error.text),)), turn)


def written(dossier: Dossier, turn: int) -> None:
    """Write a report in several formats, and check what is in them."""
    lang = LANGS[turn % len(LANGS)]
    for form in sorted({"table", "json", _FORMATS[turn // 2 % len(_FORMATS)]}):
        report = render(dossier, form, lang, everything=turn % 3 == 0)
        if form not in _FOR_A_MACHINE:
            shown(report.decode("utf-8").removeprefix("\ufeff"), form)
        if form in ("json", "sarif", "oscal"):
            json.loads(report)
        elif form == "junit":
            ET.fromstring(report)  # noqa: S314  (dxrules wrote it)


def shown(text: str, what: str) -> None:
    """Check that a text that is printed holds no character that acts, and no command."""
    if what in ("json", "sarif", "oscal"):  # read by programs, which find the text as it was
        return
    for line in text.replace("\r\n", "\n").split("\n"):
        if printable(line) != line:
            at = next((n for n, c in enumerate(printable(line)) if line[n : n + 1] != c), 0)
            raise Fault(f"{what} holds what acts", ascii(line[max(0, at - 40) : at + 40]))


def called(call: Called, form: str = "text") -> str:
    """Check what a call of the command line came to."""
    if call.code not in CODES:
        raise Fault(f"exit code {call.code}", call.err[:500])
    if call.code == 2 and not call.err.strip():
        raise Fault("exit code 2 without a word", call.out[:200])
    shown(call.err, "standard error")
    if form not in _FOR_A_MACHINE:
        shown(call.out.removeprefix("\ufeff"), form if form == "json" else "standard output")
    if form == "json" and call.out.strip():
        json.loads(call.out)
    return f"{call.code} {shape(call.err)}"
