"""Desks that tests sit at, and the documents and plans that lie on them."""

from __future__ import annotations

import base64
import json
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from dxrules.assessment import assess
from dxrules.desk import Desk, Home
from dxrules.desk.results import RESULTS
from dxrules.document.text import original_of
from dxrules.plan import plan_of
from dxrules.rules import load_law
from dxrules.source.read import from_bytes
from tests.helpers.small import DATA, DAY, PLAN

TODAY = date.fromisoformat(DAY)

DOCUMENT = """\
# 上毛町DX推進計画

令和8年3月 策定
福岡県上毛町

## 1 計画の期間

本計画の期間は、令和8年度から令和12年度までの5年間とします。

## 2 推進体制

副町長をCIOとして、全庁的に推進します。DX推進本部を設置しています。情報セキュリティポリシーを見直します。

## 3 町の取組

(1) 書かない窓口の導入を検討します。
"""
"""A short document of which a draft has something sure and something in doubt."""


@cache
def law():
    """Return the law that is shipped."""
    return load_law(None, "rulesets", examples=False)


@cache
def small_law():
    """Return the small law that does not change."""
    return load_law(DATA / "rulesets", "rulesets", examples=False)


def in_process(raw, name):
    """Return what stands in a document of text, read without another process."""
    return original_of(raw.decode(), name)


def desk(of_law=None, **home):
    """Return an empty desk."""
    return Desk(of_law or small_law(), TODAY, Home(read=in_process, **home))


def packed(content):
    """Return bytes or text as a call takes them."""
    raw = content if isinstance(content, bytes) else content.encode()
    return base64.b64encode(raw).decode()


def unpacked(content):
    """Return the bytes that a call gave."""
    return base64.b64decode(content)


def small_text():
    """Return the text of the small plan."""
    return (DATA / PLAN).read_text(encoding="utf-8")


@cache
def _shape_of(name):
    """Return what holds the result of a call to its type."""
    return TypeAdapter(RESULTS[name])


def as_declared(name, result):
    """Return the result of a call, which is just what is declared: no key more, none less."""
    said = json.dumps(result)
    found = _shape_of(name).validate_json(said, strict=True, extra="forbid")
    assert _shape_of(name).dump_python(found, mode="json") == json.loads(said)
    return result


class Seat:
    """One plan on a desk, and short words for its calls."""

    def __init__(self, at, text=None, name="mihon.yaml"):
        self.desk = at
        opened = at.call("open", {"name": name, "content": packed(text or small_text())})
        self.plan = opened["result"]["plan"]["plan"]

    def ask(self, name, **arguments):
        """Return the result of a call on the plan."""
        answer = self.desk.call(name, {"plan": self.plan, **arguments})
        assert "error" not in answer, answer
        return as_declared(name, answer["result"])

    def refused(self, name, **arguments):
        """Return why a call on the plan was refused."""
        answer = self.desk.call(name, {"plan": self.plan, **arguments})
        assert set(answer) == {"error"}, answer
        return answer["error"]

    @property
    def text(self):
        """The text of the plan file as it is now."""
        return self.desk.plans[self.plan].text

    @property
    def data(self):
        """The data of the plan file as it is now."""
        return self.desk.plans[self.plan].data


def counts_of(text, law):
    """Return the counts of the plan in a text as `check` judges it."""
    file = plan_of(from_bytes(text.encode(), "plan.yaml"), law.reference)
    judged = assess([file], law, TODAY, engine="interpreter").plans[0]
    return {outcome.value: count for outcome, count in judged.counts.outcomes.items()}


def shown(verdicts):
    """Return the counts that the desk tells."""
    return {name: each["count"] for name, each in verdicts["counts"].items()}
