"""Values that YAML cuts or misreads because they stand without quotes."""

from __future__ import annotations

import pytest

from dxrules.source.read import from_text


def complaints(said):
    """Return what is said of a file, without its name."""
    document = from_text(said, "a.yaml")
    return [problem.text.en.removeprefix("a.yaml:") for problem in document.problems]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("{title: 研修受講者:1,000人/年}", "研修受講者:1,000人/年"),
        ("{title: 窓口、相談, オンライン}", "窓口、相談,オンライン"),
        ("{title: 窓口(A,B), unit: 件}", "窓口(A,B)"),
        ("{title: 受講者, 相談:件数}", "受講者,相談:件数"),
        ("{title: a, あ, い}", "a,あ"),
    ],
)
def test_value_cut_at_a_comma(said, value):
    """A value that a comma has cut is told whole, in quotes, and once for each comma."""
    assert complaints(said)[0] == (
        "1:"
        f"{said.index(value.rpartition(',')[2]) + 1}: title: A comma has cut the value of title. "
        f'Put a value that holds a comma or a colon in quotes, as in title: "{value}".'
    )


@pytest.mark.parametrize(
    "said", ["{title: a, unit: b}", "{title: a, }", "[a, b]", "{title: [a, b]}"]
)
def test_comma_that_parts_what_it_should(said):
    """A comma between keys or items cuts nothing."""
    assert complaints(said) == []


@pytest.mark.parametrize("said", ["{title: a, unit}", "{id: a, あ: b}"])
def test_key_without_a_value_is_none_of_a_value(said):
    """A plain word may be a key that lacks its value, and what has a colon is a key."""
    assert not any("cut" in each for each in complaints(said))


@pytest.mark.parametrize("sign", ["*", "&", "@", "!", "%", "`", "|", ">", "-", "?"])
def test_value_that_begins_with_a_sign(sign):
    """A value that begins with a sign of YAML is to be put in quotes."""
    space = " " if sign in "|>-?" else ""
    assert complaints(f"title: {sign}{space}重点")[0].endswith(
        f'A value cannot begin with "{sign}". Put the value in quotes.'
    )


def test_value_that_begins_with_a_number_sign():
    """What follows a number sign is a comment, so that the value is empty."""
    (said,) = complaints("title: #1事業")
    assert said == (
        "1:7: title: There is no value. "
        "What follows a # after a space is a comment. Put the value in quotes."
    )
    assert complaints("title:")[0].endswith("write [] for a list found empty.")
    assert complaints("title: # nothing is said")[0].endswith("write [] for a list found empty.")


@pytest.mark.parametrize("said", ["{title: A: B}", "{title: 窓口 #1}", "{title: 窓口 [1]}"])
def test_value_cut_between_brackets(said):
    """A colon, a number sign or a bracket in a value between brackets is to be put in quotes."""
    assert complaints(said)[0].endswith("put a value that holds : or , or # or [ in quotes.")


@pytest.mark.parametrize("said", ["title: [重点] 窓口", 'title: "重点" 窓口'])
def test_value_that_begins_like_a_list(said):
    """All of a value that begins with a bracket or a quotation mark is to be put in quotes."""
    assert complaints(said)[0].endswith("a bracket or a quotation mark in quotes.")


def test_full_width_colon():
    """A full-width colon is told to be half-width."""
    assert complaints("id: a\ntitle： 窓口")[0].endswith(
        "Write `key: value`, with a half-width colon and a space."
    )
    assert complaints("{title：窓口}")[0].endswith("Write `title: 窓口`.")
