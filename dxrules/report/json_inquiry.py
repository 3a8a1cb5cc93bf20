"""The JSON of what is asked of a town, as types."""

from typing import Literal

from typing_extensions import TypedDict

from dxrules.report.json_parts import Day, Words


class Choice(TypedDict):
    """An answer that was tried, and what it settles by rule, kind and key."""

    answer: str
    settles: list[list[str]]


class InquiryQuestion(TypedDict):
    """A question to a town."""

    number: str
    question: Words
    about: list[str]
    choices: list[Choice]
    settles: list[list[str]]


class InquiryOfPlan(TypedDict):
    """What is asked of a plan."""

    file: str
    code: str
    undetermined: int
    settled_at_most: int
    more: int
    questions: list[InquiryQuestion]
    left: list[list[str]]
    of_plan: list[list[str]]


class Inquiry(TypedDict):
    """`ask --format json`."""

    format: Literal["dxrules/inquiry/1"]
    as_of: Day
    plans: list[InquiryOfPlan]
