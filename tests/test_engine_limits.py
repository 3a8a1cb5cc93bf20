"""The limits of durable_rules: what would exceed one is cut into pieces that do not."""

from __future__ import annotations

import pytest

from dxrules.dates import Range
from dxrules.derivation import UNKNOWN
from dxrules.engine import Network, disagreements, encode, limits, native, network
from dxrules.engine.formula import (
    Atom,
    Field,
    Or,
)
from dxrules.errors import EnvelopeError
from dxrules.rules.condition import All, AnyOf, Leaf
from tests.helpers.engines import installed, outcomes
from tests.helpers.strategies.rules import fact, rule


@installed
def test_rules_are_shared_out_when_too_many_would_wait():
    """200 bounds on one number, which an unknown number may all miss, take several networks."""
    rules = [rule(Leaf("count", "at_most", n), rule_id=f"T-{n}") for n in range(200)]
    facts = [fact(), fact({"count": Range(100, 150)})]
    with Network(rules) as asked:
        assert len(asked._shards) == 7
        assert disagreements(outcomes(rules, facts), *asked.ask(facts)) == {}


@installed
def test_as_many_wait_as_there_is_room_for():
    """64 tests may wait for one fact, and do; one more would not fit."""
    bounds = [Atom(Field("count", "hi"), "gte", n) for n in range(65)]
    assert limits.fits(bounds[:64])
    assert not limits.fits(bounds)
    kind = encode.KindEncoder("k0", {None: {bounds[0].field}})
    patterns = {f"r{n}": kind.rule(bound) for n, bound in enumerate(bounds[:64])}
    found = native.ForeignNetwork(patterns).matches([kind.fact(fact())])
    assert sorted(found) == sorted((name, 0) for name in patterns)


@pytest.mark.parametrize(
    ("formulas", "fit"),
    [
        ([Atom(Field("a", "code"), "eq", str(n)) for n in range(limits.MAX_CHILDREN)], True),
        ([Atom(Field("a", "code"), "eq", str(n)) for n in range(limits.MAX_CHILDREN + 1)], False),
        ([Atom(Field("a", "true"), "eq", value=True)] * limits.MAX_ENDINGS, True),
        ([Atom(Field("a", "true"), "eq", value=True)] * (limits.MAX_ENDINGS + 1), False),
    ],
)
def test_the_lists_of_a_node(formulas, fit):
    """Tests under one node and rules that end in one are counted."""
    assert limits.fits(formulas) is fit


def test_continuations_of_a_node():
    """Ors that begin with the same test each take a place under it."""
    shared = Atom(Field("a", "true"), "eq", value=True)
    node = limits.Node()
    for n in range(limits.MAX_CONTINUATIONS + 1):
        below = node.add(shared)
        assert below.is_within()
        node.add(Or((shared, Atom(Field("b", "code"), "eq", str(n)))))
    assert not below.is_within()


WIDE = {f"w{n}": UNKNOWN for n in range(20)}


def wide(ors, width):
    """Return a condition that fails in `width` to the power of `ors` ways."""
    names = iter(WIDE)
    either = [All(tuple(Leaf(next(names), "is", 1) for _ in range(width))) for _ in range(ors)]
    return AnyOf(tuple(either))


@installed
def test_a_wide_condition_is_cut_into_pieces():
    """Ors whose widths multiply beyond the limit become several rules with the same answer."""
    rules = [rule(wide(4, 4))]
    facts = [
        fact({name: Range.point(n in odd) for n, name in enumerate(WIDE)})
        for odd in (range(20), range(3, 20), range(0, 20, 2), range(16), ())
    ]
    facts.append(fact(WIDE))
    with Network(rules) as asked:
        [shard, *_] = asked._shards
        assert len(shard._queries) > 20
        assert disagreements(outcomes(rules, facts), *asked.ask(facts)) == {}


@installed
def test_each_kind_takes_its_own_network():
    """The networks of kinds do not answer for each other, and one without facts is not built."""
    rules = [rule(AnyOf(()), kind=f"kind-{n}", rule_id=f"T-{n}") for n in range(20)]
    facts = [fact(kind=f"kind-{n}") for n in (5, 3, 5)]
    with Network(rules) as asked:
        assert disagreements(outcomes(rules, facts), *asked.ask(facts)) == {}
        built = [each.kind for each in asked._shards if each.network._handle is not None]
        assert built == ["kind-3", "kind-5"]


@installed
def test_a_plan_is_asked_in_batches(monkeypatch):
    """More facts than a batch holds are asked in several, and keep their positions."""
    monkeypatch.setattr(network, "MAX_FACTS", 3)
    facts = [fact({"sid": n % 2 == 0}) for n in range(10)]
    with Network([rule(Leaf("sid", "is", operand=True))]) as asked:
        assert asked.ask(facts).fails == {("T-01", n) for n in range(1, 10, 2)}


@installed
def test_networks_are_renewed_before_sessions_collide(monkeypatch):
    """When the ids of sessions are used up the network is built anew."""
    monkeypatch.setattr(native, "MAX_SESSIONS", 2)
    with Network([rule(AnyOf(()))]) as asked:
        assert [asked.ask([fact()]).fails for _ in range(5)] == [{("T-01", 0)}] * 5


def fnv(text):
    """Hash a name as durable_rules does."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


KEYWORDS = [
    "all",
    "any",
    "pri",
    "count",
    "cap",
    "dist",
    "$lt",
    "$lte",
    "$gt",
    "$gte",
    "$eq",
    "$neq",
    "$mt",
    "$imt",
    "$iall",
    "$iany",
    "$ex",
    "$nex",
    "$or",
    "$and",
    "$m",
    "name",
    "$add",
    "$sub",
    "$mul",
    "$div",
    "$l",
    "$r",
    "$forward",
    "$i",
    "id",
    "sid",
    "kind",
]


def test_names_of_fields_do_not_collide():
    """Names are told apart by hash alone: ours differ from each other and from the keywords."""
    fields = {Field(f"attribute {n}", "stated") for n in range(limits.MAX_FIELDS)}
    names = [*encode.KindEncoder("k0", {None: fields}).names.values(), *KEYWORDS]
    assert len({fnv(name) for name in names}) == len(names) == limits.MAX_FIELDS + len(KEYWORDS)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            Range(-(10**18), 10**18),
            '"kind":"k0","a1":-1000000000000000,"a0":1000000000000000}',
        ),
        (Range(None, 5), '"kind":"k0","a1":-1000000000000000,"a0":5}'),
        (Range(1, 2.5), "facts/test.yaml:3:1: system a: a number is no integer."),
        (True, "facts/test.yaml:3:1: system a: the value True is not a number or date."),
    ],
)
def test_odd_ends(value, said):
    """What is out of bounds is cut, what is open is the widest; what is no integer is refused."""
    kind = encode.KindEncoder("k0", {None: {Field("count", "lo"), Field("count", "hi")}})
    assert _said(kind, value) == said


def _said(kind, value):
    try:
        return kind.fact(fact({"count": value}))
    except EnvelopeError as error:
        return str(error)
