"""The sheet of an inquiry: the headings of the columns that are written, and read again."""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.texts import Text

SHEET = Text("照会", "Inquiry")
QUESTION, ANSWER, DAY, TOLD = "question", "answer", "day", "told"
DOCUMENT, PAGE, BY, CODE, KEY = "document", "page", "by", "code", "key"

HEADS: Mapping[str, Text] = {
    QUESTION: Text("質問", "question"),
    ANSWER: Text("答え", "answer"),
    DAY: Text("日付", "date"),
    TOLD: Text("回答日", "day of the answer"),
    DOCUMENT: Text("根拠の資料", "document"),
    PAGE: Text("ページ", "page"),
    BY: Text("回答者", "who answered"),
    CODE: Text("団体コード(変えない)", "code (leave as it is)"),
    KEY: Text("項目(変えない)", "entry (leave as it is)"),
}
"""The columns that are read; what else stands on the sheet is for people."""
FORMER = {
    Text("その日", "its day"): DAY,
    Text("回答した日", "day of the answer"): TOLD,
    Text("回答した者", "who answered"): BY,
}
"""Headings of workbooks that were sent out earlier."""

FOR_PEOPLE: Mapping[str, Text] = {
    "town": Text("団体", "municipality"),
    "number": Text("番号", "no."),
    "to answer": Text("答えること", "to answer"),
    "hangs": Text("この答えで決まるもの", "what it settles"),
    "why": Text("理由と典拠", "reason and source"),
}
"""The columns that are written and not read."""
