"""Value objects: the same as a frozen dataclass with slots."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.frozen import LATE, Late, frozen, replaced


def pair(decorate):
    """Return a class with every sort of field, and one without any."""

    @decorate
    class Sample:
        """A sample."""

        number: int
        words: tuple[str, ...] = ("none",)
        said: str = field(default="", compare=False, repr=False)
        table: dict[str, int] = field(default_factory=dict)
        made: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

        def __post_init__(self):
            if self.number < 0:
                raise ValueError("negative")

    @decorate
    class Nothing:
        """Nothing."""

    return Sample, Nothing


OURS, EMPTY = pair(frozen)
THEIRS, THEIR_EMPTY = pair(dataclass(frozen=True, slots=True))

PARTS = st.tuples(
    st.integers(0, 2),
    st.lists(st.sampled_from("ab"), max_size=2).map(tuple),
    st.sampled_from(["", "x"]),
    st.dictionaries(st.sampled_from("kl"), st.integers(0, 1), max_size=1),
)


@frozen
class Single:
    """One field."""

    part: tuple[int, ...]


@given(PARTS, PARTS)
def test_equality_and_what_is_shown_are_a_dataclasss(one, other):
    """Two objects are equal, and read, as those of a dataclass of the same fields do."""
    assert (OURS(*one) == OURS(*other)) is (THEIRS(*one) == THEIRS(*other))
    assert repr(OURS(*one)) == repr(THEIRS(*one))


@given(PARTS)
def test_fields_replacing_and_copies_are_a_dataclasss(parts):
    """What works on a dataclass works on it: `fields`, `replace`, `copy`."""
    ours, theirs = OURS(*parts), THEIRS(*parts)
    assert [each.name for each in fields(ours)] == [each.name for each in fields(theirs)]
    assert repr(replace(ours, number=9)) == repr(replace(theirs, number=9))
    assert copy.deepcopy(ours) == copy.copy(ours) == ours


def test_the_constructor_is_a_dataclasss():
    """Fields have their defaults, are taken by name, and `__post_init__` sees them."""
    assert repr(OURS(1)) == repr(THEIRS(1))
    assert repr(OURS(words=("a",), number=2)) == repr(THEIRS(words=("a",), number=2))
    assert OURS(1).table is not OURS(1).table
    assert OURS(1).made == []
    with pytest.raises(TypeError, match="made"):
        OURS(1, made=[])
    with pytest.raises(ValueError, match="negative"):
        OURS(-1)
    with pytest.raises(TypeError, match="number"):
        OURS()
    assert OURS.__match_args__ == THEIRS.__match_args__


@pytest.mark.parametrize("before", range(7))
def test_the_first_objects_are_made_as_later_ones_are(before):
    """How many of a class were made before tells nothing of the next, nor of a wrong call."""
    ours, _ = pair(frozen)
    for number in range(before):
        ours(number)
    assert repr(ours(1, said="x", words=())) == repr(THEIRS(1, said="x", words=()))
    assert ours(1).table is not ours(1).table

    wrong, _ = pair(frozen)
    for number in range(before):
        wrong(number)
    for call, match in (
        (wrong, "number"),
        (lambda: wrong(1, made=[]), "made"),
        (lambda: wrong(1, number=2), "number"),
        (lambda: wrong(1, (), "", {}, []), "positional"),
    ):
        with pytest.raises(TypeError, match=match):
            call()
    with pytest.raises(ValueError, match="negative"):
        wrong(-1)


def test_equal_objects_have_one_hash():
    """A value can be looked up by an equal one, whatever it has of fields."""
    assert {Single((1,)): "found"}[Single((1,))] == "found"
    assert {EMPTY(): "found"}[EMPTY()] == "found"
    assert {Range(1, 2): "found"}[Range(1, 2)] == "found"
    with pytest.raises(TypeError, match="unhashable"):
        hash(Single([1]))


def test_values_of_two_classes_differ():
    """The same fields in another class, or a tuple, are something else."""
    assert OURS(1) != pair(frozen)[0](1)
    assert Single((1,)) != (1,)
    assert EMPTY() != THEIR_EMPTY()


def test_nothing_of_it_changes():
    """No field can be set or deleted, and there is room for no other."""
    value = Single((1,))
    with pytest.raises(FrozenInstanceError, match=r"^Single\.part never changes$"):
        value.part = ()
    with pytest.raises(FrozenInstanceError, match=r"^Single\.other never changes$"):
        value.other = 1
    with pytest.raises(FrozenInstanceError, match=r"^Single\.part never changes$"):
        del value.part
    assert not hasattr(value, "__dict__")
    assert is_dataclass(value)


def test_it_can_be_pickled():
    """A value goes to another process and comes back as itself."""
    assert pickle.loads(pickle.dumps(Range(1, 2))) == Range(1, 2)  # noqa: S301  (made here)


@frozen
class Told:
    """A value that may be worked out, and another."""

    text: str = field(metadata=LATE)
    number: int = 0


class Asked(Late):
    """Counts how often it is asked."""

    asked = 0

    def text(self):
        """Work it out."""
        self.asked += 1
        return "found"


def test_a_late_field_is_worked_out_once_and_only_when_read():
    """What nobody reads is never worked out; what was read reads, compares and copies as given."""
    asked = Asked()
    later = replaced(Told(asked), number=1)
    assert (asked.asked, later.number) == (0, 1)
    assert (later.text, later.text, asked.asked) == ("found", "found", 1)
    assert Told(Asked()) == Told("found") == pickle.loads(pickle.dumps(Told(Asked())))  # noqa: S301
    assert replaced(Told("said"), number=2) == Told("said", 2)
    with pytest.raises(FrozenInstanceError):
        later.text = "other"
