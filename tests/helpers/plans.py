"""Small plans: a few lines of YAML, and what is derived from them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from textwrap import dedent, indent

from dxrules.dates import parse_date
from dxrules.derivation import Context, derive
from dxrules.plan import plan_of
from dxrules.plan.field_info import model_in
from dxrules.plan.models import Plan
from dxrules.reference.load import load_reference
from dxrules.source.read import from_text

NAME = "facts/test.yaml"
RECORDED = "2026-03-31"
DAY = date(2026, 6, 1)

_HEAD = """\
format: dxrules/plan/1
municipality: {municipality}
recorded: {recorded}
plan:
  title: DX推進計画
"""


def models(model=Plan):
    """Yield the models of a plan file: all of it, its sections, and what stands in them."""
    yield model
    for info in model.model_fields.values():
        if (inner := model_in(info.annotation)) is not None:
            yield from models(inner)


@cache
def reference():
    """Return the reference data that travel along."""
    return load_reference()


_MUNICIPALITY = '{code: "345458", name: {ja: 神石高原町, en: Jinsekikogen}}'


def plan_file(sections="", about="", recorded=RECORDED, of=None):
    """Return the plan with the sections given; `about` is what it says of itself.

    It is that of the municipality whose code is `of`.
    """
    municipality = _MUNICIPALITY if of is None else f'{{code: "{of}"}}'
    head = _HEAD.format(recorded=recorded, municipality=municipality) + indent(dedent(about), "  ")
    return plan_of(from_text(f"{head.rstrip()}\n{dedent(sections).lstrip()}", NAME), reference())


def context(file, day=DAY):
    """Return what every derivation shares."""
    return Context(file, reference(), day)


def facts(file, day=DAY, wanted=None):
    """Return the facts of a plan by kind and key."""
    return {(fact.kind, fact.key): fact for fact in derive(file, reference(), day, wanted)}


def value(file, kind, key, name, day=DAY):
    """Return one attribute of one fact, which must not be broken."""
    fact = facts(file, day, {kind: frozenset({name})})[kind, key]
    assert not fact.broken, fact.broken
    return fact.values[name]


def values(file, kind, key, *names, day=DAY):
    """Return some attributes of one fact, which must not be broken; without names, all."""
    fact = facts(file, day)[kind, key]
    assert not fact.broken, fact.broken
    found = fact.values
    return tuple(found[name] for name in names) if names else dict(found)


def tasks(*fields, count=17):
    """Return a list of so many tasks, each with these fields."""
    return ", ".join(f"{task}: {{{', '.join(fields)}}}" for task in list(reference().tasks)[:count])


def days(text):
    """Return the days that a text means, as a range of ordinals."""
    return parse_date(text).range


_KEY = re.compile(r"^#((?:  +)?(?:- )?)(?=[a-z_-]+:)", re.MULTILINE)


EXCLUDED = {
    "no_period_because": "plan: Both period and no_period_because are given. Keep one.",
    "relative": "indicators[0].targets[0]: Give one of value, relative and phase.",
    "phase": "indicators[0].targets[0]: Give one of value, relative and phase.",
}
"""Keys that exclude another, and what is said of both."""


def switched_on(text, without=EXCLUDED):
    """Return a template with every key in it switched on, but for those that exclude another."""
    for key in without:
        text, found = re.subn(rf"^# *{key}:.*\n", "", text, flags=re.MULTILINE)
        assert found == 1
    return _KEY.sub(r"\1", text)
