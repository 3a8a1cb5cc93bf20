from __future__ import annotations

import inspect

import pytest

from dxrules import errors
from dxrules.errors import (
    UNTRUSTED,
    WRONG_INPUT,
    DateError,
    DxrulesError,
    EngineError,
    EnvelopeError,
    InputError,
    Place,
    PlanError,
    Problem,
    RulesetError,
    UsageError,
)
from dxrules.texts import LANGS, Text, join, same, shorten, width


def test_text_speaks_either_language():
    """A text gives the side that is asked for."""
    assert [Text("町", "town").in_(lang) for lang in LANGS] == ["町", "town"]


def test_placeholders_take_the_side_of_their_language():
    """A text put into a text fills each language with its own side; all else reads alike."""
    filled = Text("{who}の{n}件({id})", "{n} of {who} ({id})").format(
        who=Text("町", "the town"), n=2, id="A-01"
    )
    assert filled == Text("町の2件(A-01)", "2 of the town (A-01)")


def test_braces_in_what_is_filled_in_stay():
    """What stands in braces within a value is no placeholder."""
    assert same("{a}").format(a="{b}") == same("{b}")


def test_texts_are_added_side_by_side():
    """Adding appends in each language."""
    assert Text("町", "town") + Text("長", " head") == Text("町長", "town head")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], same("")),
        ([Text("町", "town")], Text("町", "town")),
        ((Text("町", "town"), Text("県", "prefecture")), Text("町、県", "town, prefecture")),
    ],
)
def test_lists_of_texts(texts, expected):
    """A list is parted by 、 in Japanese and by commas in English."""
    assert join(texts) == expected


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("神石高原町", 10), ("ｱ", 1), ("か\u3099", 2)],
)
def test_width(text, columns):
    """Wide characters take two columns, half-width and combining ones fewer."""
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 59 + "…"),
        ("一行目\n  二行目\t三", "一行目 二行目 三"),
        ("\n", ""),
    ],
)
def test_quotations_are_short_and_on_one_line(text, expected):
    """What a message quotes has no line breaks and at most 60 characters."""
    assert shorten(text) == expected


# Errors


def test_places_are_written_as_editors_read_them():
    """A place is file, line and column, and places of a file are in reading order."""
    assert str(Place("facts/a.yaml", 12, 5)) == "facts/a.yaml:12:5"
    assert sorted([Place("a", 10, 1), Place("a", 9, 7), Place("a", 9, 2)]) == [
        Place("a", 9, 2),
        Place("a", 9, 7),
        Place("a", 10, 1),
    ]


PLACE = Place("a.yaml", 1, 2)
WRONG = Text("誤りです。", "Wrong.")
MEND = Text("直してください。", "Mend it.")


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Problem(PLACE, "", WRONG), Text("a.yaml:1:2: 誤りです。", "a.yaml:1:2: Wrong.")),
        (
            Problem(PLACE, "plan.title", WRONG, MEND),
            Text(
                "a.yaml:1:2: plan.title: 誤りです。直してください。",
                "a.yaml:1:2: plan.title: Wrong. Mend it.",
            ),
        ),
    ],
)
def test_whole_message_of_a_problem(problem, expected):
    """A message is place, key, what is wrong and the way out, without the parts that lack."""
    assert problem.text == expected


def test_input_error_says_all_of_its_problems():
    """An error about files carries every problem, and its text has a line for each."""
    problems = [Problem(PLACE, "a", WRONG), Problem(PLACE, "b", WRONG)]
    error = PlanError(problems)
    assert error.problems == tuple(problems)
    assert str(error) == "a.yaml:1:2: a: Wrong.\na.yaml:1:2: b: Wrong."
    assert error.text.ja == "a.yaml:1:2: a: 誤りです。\na.yaml:1:2: b: 誤りです。"


@pytest.mark.parametrize(
    ("error", "builtin", "code"),
    [
        (UsageError, ValueError, WRONG_INPUT),
        (DateError, UsageError, WRONG_INPUT),
        (InputError, ValueError, WRONG_INPUT),
        (PlanError, InputError, WRONG_INPUT),
        (RulesetError, InputError, WRONG_INPUT),
        (EngineError, RuntimeError, UNTRUSTED),
        (EnvelopeError, EngineError, UNTRUSTED),
    ],
)
def test_tree_of_errors(error, builtin, code):
    """Each error is a child of the builtin that a caller would catch, and has its exit code."""
    assert issubclass(error, DxrulesError)
    assert issubclass(error, builtin)
    assert error.exit_code == code


def test_tree_in_the_docstring_names_every_error():
    """The drawing in the docstring of the module holds every error, with its exit code."""
    for name, error in inspect.getmembers(errors, inspect.isclass):
        if issubclass(error, DxrulesError) and error is not DxrulesError:
            (line,) = [each for each in errors.__doc__.splitlines() if f" {name} " in each]
            assert f" {error.exit_code} " in f"{line} "
