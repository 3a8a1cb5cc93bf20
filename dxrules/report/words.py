"""The words that reports share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.rules import Outcome
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.rules import Severity

OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.PASS: Text("適合", "pass"),
    Outcome.FAIL: Text("不適合", "fail"),
    Outcome.UNKNOWN: Text("要確認", "cannot be told"),
    Outcome.NOT_APPLICABLE: Text("対象外", "not applicable"),
    Outcome.WAIVED: Text("承認済みの例外", "waived"),
    Outcome.ERROR: Text("判定不能(エラー)", "error"),
}

SEVERITY_WORDS: Mapping[Severity, Text] = {
    "error": Text("重大", "error"),
    "warning": Text("警告", "warning"),
    "note": Text("注意", "note"),
}

VERIFICATION: Mapping[str, Text] = {
    "primary": Text("一次資料で確認", "verified in the primary source"),
    "secondary": Text("二次資料による", "secondary source"),
    "plan": Text("町の計画の引用による", "as quoted in a town's plan"),
    "unverified": Text("未確認", "unverified"),
}

ORIGINS: Mapping[str, Text] = {
    "plan": Text("計画書", "plan"),
    "town": Text("町の他の資料", "the town"),
    "secondary": Text("第三者の資料", "secondary source"),
}

TRUTHS: Mapping[bool | None, Text] = {
    True: Text("○", "yes"),
    False: Text("×", "no"),
    None: Text("？", "?"),
}

ONE_ENGINE = Text(
    "注意: エンジンは1つだけ(durable_rules がないため、二重の確認はしていない)",
    "Note: one engine only (durable_rules is not installed, so nothing was checked twice)",
)
CHOSEN_ENGINE = Text(
    "注意: エンジンは1つだけ(--engine interpreter)", "Note: one engine only (--engine interpreter)"
)
