"""The words that reports share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dxrules.reference import SourceKind
from dxrules.rules import Outcome, Severity
from dxrules.texts import Text

OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.PASS: Text("適合", "pass"),
    Outcome.FAIL: Text("不適合", "fail"),
    Outcome.UNKNOWN: Text("要確認", "undetermined"),
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
    "plan": Text("市町村の計画の引用による", "as quoted in a municipality's plan"),
    "unverified": Text("未確認", "unverified"),
}

ABOUT: Mapping[str, Text] = {
    "plan": Text(
        "計画に書くべきこと(記載なしは不適合になりうる)",
        "what the plan must hold; silence can fail",
    ),
    "town": Text(
        "団体が行うべきこと(記載なしは要確認)", "what the municipality must do; silence is unknown"
    ),
}

SOURCE_KINDS: Mapping[SourceKind, Text] = {
    "law": Text("法律", "law"),
    "cabinet-order": Text("政令", "cabinet order"),
    "ministerial-ordinance": Text("省令", "ministerial ordinance"),
    "cabinet-decision": Text("閣議決定", "cabinet decision"),
    "national-plan": Text("国の計画", "national plan"),
    "notice": Text("通知", "notice"),
    "guideline": Text("ガイドライン・手引", "guideline"),
    "prefecture-document": Text("都道府県の文書", "document of a prefecture"),
    "town-plan": Text("市町村の計画", "plan of a municipality"),
    "principle": Text("本ツールの考え方", "principle of this tool"),
}

TRUTHS: Mapping[bool | None, Text] = {
    True: Text("○", "yes"),
    False: Text("×", "no"),
    None: Text("？", "?"),
}

Alone = Literal["chosen", "missing"]
"""Why the interpreter judged alone."""

ONE_ENGINE: Mapping[Alone, Text] = {
    "missing": Text(
        "※ エンジンは1つだけ(durable_rules がないため、二重の確認はしていない)",
        "! One engine only (durable_rules is not installed, so nothing was checked twice)",
    ),
    "chosen": Text(
        "※ エンジンは1つだけ(--engine interpreter)", "! One engine only (--engine interpreter)"
    ),
}

COUNTED = (Outcome.UNKNOWN, Outcome.PASS, Outcome.NOT_APPLICABLE)
RARE = (Outcome.WAIVED, Outcome.ERROR)
"""Outcomes that are counted only where there are any."""

DRAFT = Text("(草案)", " (draft)")
KNOWN = Text("(既知)", " (known)")
SETBACK = Text("(後戻り)", " (setback)")
"""What a baseline covers."""

SELECTION = Text("絞り込み", "selection")
"""Heads the column that says of which selection a row is."""

TO_PASS = Text("直すには", "To pass")
"""What makes a failure pass."""
