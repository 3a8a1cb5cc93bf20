"""The values that a field of a file can ask for beyond plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core.core_schema import (
    CoreSchema,
    no_info_before_validator_function,
    str_schema,
    with_info_after_validator_function,
    with_info_plain_validator_function,
)

from dxrules.dates import (
    PartialDate,
    Period,
    parse_date,
    parse_dates,
    parse_day_of_law,
    parse_judged_day,
    parse_period,
)
from dxrules.source.strict import Refusal, strip_text
from dxrules.source.suggest import did_you_mean
from dxrules.texts import Text, shorten


class Parsed:
    """Makes pydantic hand a field's text to a parser and look no further into the result."""

    def __init__(
        self, parse: Callable[[str, date | None], object], ja: str, en: str, *examples: str
    ) -> None:
        self.parse = parse
        self.what = Text(ja, en)
        self.examples = examples
        # In an editor 2026.9 is a number.
        self.schema = {
            "type": ["string", "number"],
            "description": f"{ja} / {en}",
            "examples": [*examples],
        }

    def read(self, value: object, info: ValidationInfo) -> object:
        """Parse a text; whatever is none is refused.

        The day near which years without their era lie comes with the validation context.
        """
        if not isinstance(value, str):
            raise Refusal(
                Text("日付は文字で書いてください。", "Write the date as plain text."),
                Text("例: 令和8年9月、2026-09。", "For example 令和8年9月 or 2026-09."),
            )
        return self.parse(value, (info.context or {}).get("near"))

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, Any]:
        return dict(self.schema)


When = Annotated[
    PartialDate,
    Parsed(
        parse_date, "日付(幅があってよい)", "a date, known within a range", "令和8年9月", "2026-09"
    ),
]
"""A date in any form that plans use, known within a range."""

Whens = Annotated[
    tuple[PartialDate, ...],
    Parsed(parse_dates, "日付の並び", "one or more dates", "令和7年9月、令和8年2月"),
]
"""Several dates in one text."""

JudgedDay = Annotated[
    date,
    Parsed(
        lambda text, _: parse_judged_day(text),
        "1日",
        "one full day",
        "2026-09-30",
        "令和8年9月30日",
    ),
]
"""One full day that can be judged by."""

DayOfLaw = Annotated[
    date,
    Parsed(
        lambda text, _: parse_day_of_law(text),
        "1日",
        "one full day",
        "2026-09-30",
        "令和8年9月30日",
    ),
]
"""One full day of a law, a rule or a list."""

Span = Annotated[
    Period,
    Parsed(parse_period, "期間", "a period", "令和8年度～令和12年度", "2026年4月～2031年3月"),
]
"""From a first to a last day."""


def _stripped(value: object) -> object:
    return strip_text(value) if isinstance(value, str) else value


class _Words:
    """Text without space around it, that is not empty."""

    def __init__(self, longest: int | None = None) -> None:
        plain = str_schema(min_length=1, max_length=longest)
        self.schema = no_info_before_validator_function(_stripped, plain)

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return self.schema


MAX_FRAGMENT = 40

Line = Annotated[str, _Words()]
"""A text that is not empty."""


def _of_the_web(value: str) -> str:
    if not value.lower().startswith(("https://", "http://")):
        raise Refusal(
            Text("これはウェブのアドレスではありません。", "This is no address of the web."),
            Text("https:// で始めてください。", "Begin it with https://."),
        )
    return value


WebAddress = Annotated[Line, AfterValidator(_of_the_web)]
"""An address that reports can link to: it runs nothing in the reader of a report."""

Fragment = Annotated[str, _Words(MAX_FRAGMENT)]
"""A quotation, long enough to find its place again."""


def _as_number(value: object) -> object:
    """Read full-width digits, and commas where they part thousands."""
    if not isinstance(value, str):
        return value
    text = value.translate(_TO_ASCII)
    return text.replace(",", "") if "," in text and _THOUSANDS.fullmatch(text) else text


_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_TO_ASCII = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")

Count = Annotated[
    int,
    Field(ge=0, le=10**9),
    BeforeValidator(_as_number),
]
"""A whole number; full-width digits and separators of thousands are read."""

PageNumber = Annotated[int, Field(ge=1, le=9_999), BeforeValidator(_as_number)]
"""A page of a document; the longest plan known has some hundred."""

Figure = Annotated[
    Decimal,
    Field(max_digits=15, decimal_places=6),
    BeforeValidator(_as_number),
    WithJsonSchema(
        {
            "type": ["number", "string"],
            "pattern": "^[-－]?[0-9０-９][0-9０-９,，.．]*$",
            "patternErrorMessage": "数を書いてください(例: 82.9)。 / "
            "A number is expected, as in 82.9.",
        }
    ),
]
"""A decimal number."""


def _as_figure(value: object) -> object:
    """Read a figure as `_as_number` does; a text that is none is told how to write it."""
    number = _as_number(value)
    if isinstance(number, str) and not re.fullmatch(
        r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?", number
    ):
        said = shorten(number)
        raise Refusal(
            Text(f"「{said}」は数ではありません。", f'"{said}" is not a number.'),
            Text(
                '数だけを書き(例: 85)、単位は unit に書いてください(例: "%")。'
                "文で書かれた段階の目標は phase に書けます。",
                'Write the number alone, as in 85, and the unit under unit, as in "%". '
                "A stage in words goes under phase.",
            ),
        )
    return number


AnyFigure = Annotated[
    Decimal,
    Field(max_digits=15, decimal_places=6),
    BeforeValidator(_as_figure),
    WithJsonSchema(
        {
            "type": ["number", "string"],
            "pattern": "[0-9０-９]",
            "patternErrorMessage": "数を書いてください(例: 85%)。文の目標は phase に書きます。 / "
            "A number is expected, as in 85%; a stage in words goes under phase.",
        }
    ),
]
"""A figure of an indicator; its unit was taken away, and may stand beside it in an editor."""


def parse_target_year(text: str, near: date | None = None) -> PartialDate:
    """Read the year of a target; one that is for every year has no day of its own.

    What is asked for is a fiscal year, so that a year alone is one: R10, 2028.

    >>> parse_target_year("R10").earliest, parse_target_year("2028年").earliest
    (datetime.date(2028, 4, 1), datetime.date(2028, 1, 1))
    """
    said = "".join(text.split())
    if EVERY_YEAR.fullmatch(said):
        return PartialDate(None, None, text=text.strip())
    if YEAR_ALONE.fullmatch(unicodedata.normalize("NFKC", said)):
        return parse_date(f"{said}年度", near)
    return parse_date(text, near)


YEAR_ALONE = re.compile("(?:[RrHh]|令和|平成)[0-9]{1,2}|(?:19|20)[0-9]{2}")
"""A year that is called neither calendar nor fiscal."""


EVERY_YEAR = re.compile("[毎各]年度?末?|年度ごと|毎事業年度|every year")

TargetYear = Annotated[
    PartialDate,
    Parsed(parse_target_year, "年度、又は毎年度", "a year, or every year", "令和11年度", "毎年度"),
]
"""The year that a target is for, or every year."""


def _yes_or_no(value: object) -> bool:
    if value in ("yes", "Yes", "YES", "true", "True", "TRUE"):
        return True
    if value in ("no", "No", "NO", "false", "False", "FALSE"):
        return False
    if not isinstance(value, str):
        raise Refusal(Text("yes か no を書いてください。", "Yes or no is expected here."))
    said = shorten(value)
    raise Refusal(
        Text(f"「{said}」は yes でも no でもありません。", f'"{said}" is neither yes nor no.'),
        Text("どちらかを書いてください。", "Write one of them."),
    )


YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
"""A truth value as YAML writes it."""


_LISTED = Text(
    "一覧は `dxrules new plan` のひな形にあります。", "`dxrules new plan` lists them all."
)


class Known:
    """Marks an id that must stand in the reference list `kind`.

    The lists come with the validation context, under "known".
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def check(self, value: str, info: ValidationInfo) -> str:
        """Return the id; raise Refusal, with what may have been meant, if it is not known."""
        known = (info.context or {})["known"][self.kind]
        if value not in known:
            raise Refusal(
                Text(
                    f"「{shorten(value)}」は参照データの一覧({self.kind})にありません。",
                    f'"{shorten(value)}" is not in the reference list ({self.kind}).',
                ),
                did_you_mean(value, known) or _LISTED,
            )
        return value

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return with_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, Any]:
        return {"type": "string", "x-reference": self.kind}


def told_as(pattern: str, form: Text) -> BeforeValidator:
    """Return what tells in words, with an example, the form that a pattern of a text asks for."""
    whole = re.compile(pattern)

    def check(said: object) -> object:
        if isinstance(said, str) and not whole.search(said):
            shown = shorten(said)
            raise Refusal(
                Text(f"「{shown}」は決まった形ではありません。", f'"{shown}" has another form.'),
                form,
            )
        return said

    return BeforeValidator(check)
