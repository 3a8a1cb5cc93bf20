"""The JSON of an answer to a query, as types."""

from typing import Literal

from typing_extensions import TypedDict

from dxrules.report.json_parts import Day, Words


class AnswerColumn(TypedDict):
    """A column of an answer, with its type as DuckDB calls it."""

    name: str
    type: str


class QueryAnswer(TypedDict):
    """`query --format json`: the rows as lists, in the order of the columns.

    `as_of` is the day of the newest run; there is none in a database without runs.
    """

    format: Literal["dxrules/query/1"]
    title: Words
    as_of: Day | None
    columns: list[AnswerColumn]
    rows: list[list[str | int | float | bool | None]]
