"""durable_rules inside its envelope: it agrees with the interpreter, and nothing leads outside."""

from __future__ import annotations

import gc
import re
import resource
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dxrules import engine
from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code
from dxrules.engine import (
    Disagreement,
    Network,
    available,
    codes,
    disagreements,
    encode,
    foreign,
    limits,
    network,
)
from dxrules.engine.formula import (
    FALSE,
    TRUE,
    And,
    Atom,
    Field,
    Or,
    complement,
    conjunction,
    disjunction,
)
from dxrules.engine.words import WORDS
from dxrules.errors import EngineError, EnvelopeError, Place
from dxrules.rules import condition
from dxrules.rules.condition import OPERATORS, All, AnyOf, Leaf, Not, Param
from dxrules.rules.judge import judge
from dxrules.rules.rule import Outcome
from dxrules.texts import same
from tests.rule_strategies import CODES, TYPES, fact, fact_lists, rule, rulebooks

installed = pytest.mark.skipif(not available(), reason="durable_rules is not installed")

MANY = settings(
    max_examples=3 * settings.default.max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
"""Three times the examples of the profile: thousands of pairs; `ci` may ask for more."""


def outcomes(rules, facts):
    """Return what the interpreter says of every pair."""
    by_rule = [(each, judge(each)) for each in rules]
    return {
        (each.id, position): say(one.values)
        for each, say in by_rule
        for position, one in enumerate(facts)
        if each.concerns(one)
    }


def differences(rules, facts):
    """Return where durable_rules and the interpreter differ."""
    with Network(rules) as asked:
        return disagreements(outcomes(rules, facts), *asked.ask(facts))


# Agreement


@installed
@MANY
@given(rulebooks, fact_lists)
def test_agrees_with_the_interpreter(rules, facts):
    """Whatever rules and facts may be, both engines say the same of every pair."""
    assert differences(rules, facts) == {}


@installed
@given(rulebooks, st.lists(fact_lists, min_size=2, max_size=5))
@settings(deadline=None)
def test_plans_leave_no_trace(rules, plans):
    """A network that was asked about one plan says the same of the next as a new one."""
    with Network(rules) as asked:
        answers = [asked.ask(facts) for facts in plans]
    for facts, answer in zip(plans, answers, strict=True):
        assert disagreements(outcomes(rules, facts), *answer) == {}


FAR = 10**30
VALUES = {
    "date": [
        Range(*ends, rough)
        for ends in [
            (0, 0),
            (-1, 1),
            (1, 2),
            (None, 0),
            (0, None),
            (None, None),
            (-FAR, -FAR),
            (FAR, FAR),
            (-FAR, FAR),
        ]
        for rough in (False, True)
    ],
    "truth": [True, False],
    "code": [*map(Code, CODES)],
    "text": [same("本文")],
}
VALUES["number"] = VALUES["date"]
OPERANDS = {"date": [-1, 0, 1], "number": [-1, 0, 1], "truth": [True, False], "code": [*CODES]}
LEAVES = [
    Leaf(attribute, operator, operand)
    for attribute, type_ in TYPES.items()
    for operator, word in OPERATORS.items()
    if type_ in word.types
    for operand in (
        [True, False]
        if operator == "known"
        else [(), CODES[:1], CODES]
        if operator in {"in", "not_in"}
        else OPERANDS[type_]
    )
]


@installed
def test_every_operator_on_every_value():
    """Each operator means the same to both engines: as a requirement, and as what applies."""
    never = AnyOf(())
    rules = [rule(each, rule_id=f"R-{n}") for n, each in enumerate(LEAVES)]
    rules += [rule(never, each, rule_id=f"A-{n}") for n, each in enumerate(LEAVES)]
    most = max(map(len, VALUES.values()))
    facts = [
        fact({name: VALUES[type_][n % len(VALUES[type_])] for name, type_ in TYPES.items()})
        for n in range(most)
    ]
    facts += [fact(dict.fromkeys(TYPES, absent)) for absent in (SILENT, UNKNOWN)]
    assert differences(rules, facts) == {}


def test_words_are_those_of_the_language():
    """The engine reads every operator of the language, and no other."""
    assert set(WORDS) == set(OPERATORS)


@installed
@pytest.mark.parametrize("facts", [[], [fact(kind="area")]])
def test_nothing_to_ask(facts):
    """No facts, or facts without rules, have no answers."""
    with Network([rule(AnyOf(()))]) as asked:
        assert asked.ask(facts) == (set(), set())


@installed
def test_no_rules():
    """No rules give no answers."""
    with Network([]) as asked:
        assert asked.ask([fact()]) == (set(), set())


# Disagreement


def test_disagreements_in_every_direction():
    """A fail that is not seen, one that is not there, the same of concerns, a pair not asked."""
    said = {
        ("T-01", 0): Outcome.FAIL,
        ("T-01", 1): Outcome.FAIL,
        ("T-02", 0): Outcome.UNKNOWN,
        ("T-02", 1): Outcome.UNKNOWN,
        ("T-03", 0): Outcome.PASS,
        ("T-03", 1): Outcome.NOT_APPLICABLE,
    }
    fails = {("T-01", 1), ("T-02", 1)}
    concerns = {("T-01", 0), ("T-01", 1), ("T-02", 1), ("T-03", 0), ("T-09", 4)}
    assert disagreements(said, fails, concerns) == {
        ("T-01", 0): Disagreement(Outcome.FAIL, fails=False, concern=True),
        ("T-02", 0): Disagreement(Outcome.UNKNOWN, fails=False, concern=False),
        ("T-02", 1): Disagreement(Outcome.UNKNOWN, fails=True, concern=True),
        ("T-03", 0): Disagreement(Outcome.PASS, fails=False, concern=True),
        ("T-09", 4): Disagreement(None, fails=False, concern=True),
    }


@installed
def test_a_fault_of_the_encoding_is_caught(monkeypatch):
    """An encoder that makes ranges narrower than they are is found out by the interpreter."""
    monkeypatch.setitem(encode._READERS, "hi", encode._lo)
    found = differences([rule(Leaf("due", "by", 0))], [fact({"due": Range(-1, 1)})])
    assert found == {("T-01", 0): Disagreement(Outcome.UNKNOWN, fails=False, concern=False)}


@installed
def test_a_fault_of_the_interpreter_is_caught(monkeypatch):
    """An interpreter that takes `after` for `by` is found out by durable_rules."""
    monkeypatch.setattr(condition, "OPERATORS", {**OPERATORS, "after": OPERATORS["by"]})
    found = differences([rule(Leaf("due", "after", 0))], [fact({"due": Range(1, 1)})])
    assert found == {("T-01", 0): Disagreement(Outcome.FAIL, fails=False, concern=False)}


# Size


@installed
def test_a_thousand_rules_and_five_thousand_facts():
    """A prefecture's worth is answered in one run."""
    kinds = [f"kind-{n}" for n in range(20)]
    rules = [
        rule(
            AnyOf((Leaf("kind", "is_not", code), Leaf("count", "at_most", most))),
            rule_id=f"{kind}/{code}/{most}",
            kind=kind,
        )
        for kind in kinds
        for code in CODES
        for most in range(10)
    ]
    facts = [
        fact({"kind": Code(CODES[n % 5]), "count": Range(n % 7, n % 11 + 7)}, kinds[n % 20], f"{n}")
        for n in range(5_000)
    ]
    assert len(rules) == 1_000
    assert differences(rules, facts) == {}


@installed
def test_memory_is_flat():
    """Hundreds of plans leave nothing behind, and neither do networks that are thrown away."""
    rules = [rule(Leaf("count", "at_most", n), rule_id=f"T-{n}") for n in range(20)]
    facts = [fact({"count": Range(n, n + 3)}) for n in range(40)]
    asked = Network(rules)
    for _ in range(30):
        asked.ask(facts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for plan in range(300):
        asked.ask(facts)
        if plan % 10 == 0:
            Network(rules).ask(facts)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 16_000, f"{grown} kB"


# The limits


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
    kind = encode.KindEncoder("k0", {bounds[0].field})
    patterns = {f"r{n}": kind.rule(bound) for n, bound in enumerate(bounds[:64])}
    found = foreign.ForeignNetwork(patterns).matches([kind.fact(fact())])
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
    monkeypatch.setattr(foreign, "MAX_SESSIONS", 2)
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
    names = [*encode.KindEncoder("k0", fields).names.values(), *KEYWORDS]
    assert len({fnv(name) for name in names}) == len(names) == limits.MAX_FIELDS + len(KEYWORDS)


# Out of the envelope: rules

AT = "rulesets/test.yaml:7:5: T-01: "
TOO_COMPLEX = (
    "the condition is too complex for durable_rules, even cut into 64 pieces. "
    "Write it as several rules."
)


@pytest.mark.parametrize(
    ("require", "message"),
    [
        (
            Leaf("due", "by", 10**15),
            f"the number {10**15} is too far from zero (the limit is {10**15 - 2}).",
        ),
        (
            Leaf("due", "after", -(10**15)),
            f"the number -{10**15} is too far from zero (the limit is {10**15 - 2}).",
        ),
        (Leaf("id", "is", "?"), "the code ? stands for an unknown one and cannot be used."),
        (Leaf("id", "in", ("a", "\ud800")), "a text holds half of a surrogate pair."),
        (Leaf("id", "is", "長" * 20_000), "it is too long (60002 bytes; the limit is 60000)."),
        (Leaf("due", "by", Param("deadline")), "the parameter $deadline has no value."),
        (
            All((Leaf("id", "is", 5), Leaf("id", "is", "5"))),
            "the attribute id is read both as a code and as a number or date.",
        ),
        (
            All(tuple(Leaf(f"n{n}", "known", operand=True) for n in range(126))),
            "with this rule 252 fields of its kind are read; a fact holds 247.",
        ),
        (
            AnyOf(tuple(All(tuple(Leaf(f"n{m}", "is", n) for m in range(9))) for n in range(8))),
            TOO_COMPLEX,
        ),
    ],
)
def test_rules_that_are_refused(require, message):
    """A rule outside the envelope is refused when compiled, with its place."""
    with pytest.raises(EnvelopeError, match=f"^{re.escape(AT + message)}$"):
        Network([rule(require)])


def test_a_key_that_is_refused():
    """A key is a text like any other."""
    with pytest.raises(EnvelopeError, match=f"^{AT}a text holds half of a surrogate pair.$"):
        Network([rule(AnyOf(()), keys=("\ud800",))])


def test_two_rules_that_read_an_attribute_as_two_types():
    """The second rule is named, since the first alone is well."""
    rules = [
        rule(Leaf("id", "is", operand=True), rule_id="T-01"),
        rule(Leaf("id", "is", "true"), rule_id="T-02", place=Place("rulesets/other.yaml", 3, 5)),
    ]
    with pytest.raises(EnvelopeError) as caught:
        Network(rules)
    assert str(caught.value) == (
        "rulesets/other.yaml:3:5: T-02: "
        "the attribute id is read both as a truth value and as a code."
    )
    assert caught.value.text.ja == (
        "rulesets/other.yaml:3:5: T-02: 属性 id が 真偽 としても コード としても読まれています。"
    )


def test_long_lists_of_codes_are_read():
    """A conjunction of a thousand tests is deep, not complex."""
    Network([rule(Leaf("id", "in", tuple(map(str, range(1_000)))))])


# Out of the envelope: facts


READS = All(
    (
        Leaf("due", "is", 0),
        Leaf("sid", "is", operand=True),
        Leaf("id", "is", "done"),
        Leaf("owner", "known", operand=True),
    )
)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"due": True}, "the value True is not a number or date."),
        (
            {"due": Range(0, 1.5)},
            "a number is no integer.",
        ),
        (
            {"sid": Range.point(1)},
            "the value Range(lo=1, hi=1, approximate=False) is not a truth value.",
        ),
        ({"id": same("done")}, "the value Text(ja='done', en='done') is not a code."),
        ({"id": Code("?")}, "the code ? stands for an unknown one and cannot be used."),
        ({"id": Code("\ud800")}, "a text holds half of a surrogate pair."),
    ],
)
def test_facts_that_are_refused(values, message):
    """A fact outside the envelope is refused before durable_rules sees it, with its place."""
    asked = Network([rule(READS), rule(Not(READS), rule_id="T-02")])
    head = "facts/test.yaml:3:1: system a: "
    with pytest.raises(EnvelopeError, match=f"^{re.escape(head + message)}$"):
        asked.ask([fact(values)])


@pytest.mark.parametrize("aspect", ["lo", "hi", "true", "false", "code"])
def test_each_field_is_of_one_type(aspect):
    """No side of an attribute takes a value of another type for its own."""
    with pytest.raises(EnvelopeError, match=r"^the value Text\(ja='5', en='5'\) is not a "):
        encode._READERS[aspect](same("5"))


def test_a_fact_that_is_too_long():
    """The limit is one of bytes, not of characters."""
    asked = Network([rule(AnyOf(()), keys=("a",))])
    with pytest.raises(
        EnvelopeError, match=r"it is too long \(60020 bytes; the limit is 60000\)\.$"
    ):
        asked.ask([fact(key="長" * 20_000)])


def test_a_fact_without_an_attribute():
    """What rules read must have been derived."""
    message = "facts/test.yaml:3:1: system a: the attribute none was not derived."
    with pytest.raises(EnvelopeError, match=f"^{message}$"):
        Network([rule(Leaf("none", "known", operand=True))]).ask([fact()])


# Failures of durable_rules


@installed
def test_every_message_of_the_module_is_translated():
    """Each text with which the C module fails is understood; none is "unforeseen"."""
    import durable_rules_engine as c_module

    binary = Path(c_module.__file__).read_bytes()
    failures = set(re.findall(rb"Could not [^\x00]*", binary))
    arguments = set(re.findall(rb"[^\x00]* Invalid argument", binary))
    assert len(failures) == 27
    assert len(arguments) == 26
    for text in failures | arguments:
        error = codes.translate(c_module.error(text.decode().replace("%d", "303")))
        assert "unforeseen" not in str(error)
    raised = {name for name in dir(c_module) if isinstance(getattr(c_module, name), type)}
    assert raised == {"error"}


@installed
def test_the_codes_are_those_of_the_version_measured():
    """The codes of `rules.h` and `json.h` of 2.0.28; another version has to be read again."""
    assert version("durable-rules") == "2.0.28"
    assert [*codes.CODES] == [
        2,
        3,
        100,
        *range(101, 114),
        *range(201, 206),
        *range(302, 315),
        *range(501, 509),
    ]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            RuntimeError("Could not assert facts, error code: 303"),
            "durable_rules failed to assert facts (code 303): too many tests wait for one fact.",
        ),
        (
            RuntimeError("Could not assert facts, error code: 999"),
            "durable_rules failed to assert facts (code 999): an unknown code.",
        ),
        (
            RuntimeError("pyAssertFacts Invalid argument"),
            "durable_rules refused an argument (pyAssertFacts Invalid argument).",
        ),
        (MemoryError(), "durable_rules failed to allocate (code 101): out of memory."),
        (
            ImportError("No module named x"),
            "durable_rules failed in an unforeseen way (ImportError: No module named x).",
        ),
    ],
)
def test_errors_become_ours(error, text):
    """Whatever is raised becomes an EngineError that says what happened."""
    assert str(codes.translate(error)) == text


class Faulty:
    """durable_rules with one function replaced."""

    def __init__(self, **replaced):
        import durable_rules_engine as c_module

        self._module = c_module
        vars(self).update(replaced)

    def __getattr__(self, name):
        return getattr(self._module, name)


def _raising(error):
    def fail(*_):
        raise error

    return fail


@installed
@pytest.mark.parametrize(
    ("replaced", "message"),
    [
        (
            {"start_action_for_state": lambda *_: None},
            "durable_rules lost facts (the last one came back 0 times).",
        ),
        (
            {"start_action_for_state": lambda *_: ("{}", '{"last":{"sid":"s1"}}')},
            'the answer of durable_rules cannot be read: {"last":{"sid":"s1"}}',
        ),
        (
            {"assert_facts": lambda *_: (2, 1)},
            "durable_rules failed to assert facts (code 2): a fact of this id was seen before.",
        ),
        (
            {"create_ruleset": _raising(MemoryError())},
            "durable_rules failed to allocate (code 101): out of memory.",
        ),
        (
            {"delete_state": _raising(RuntimeError("Could not delete state, error code: 309"))},
            "durable_rules failed to delete state (code 309): the session is not found.",
        ),
    ],
)
def test_a_failure_is_told_and_the_network_rebuilt(monkeypatch, replaced, message):
    """A failed run has no answers; the next one starts from a network of its own."""
    asked = Network([rule(AnyOf(()))])
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, foreign.MODULE, Faulty(**replaced))
        with pytest.raises(EngineError, match=f"^{re.escape(message)}$"):
            asked.ask([fact()])
    assert asked.ask([fact()]).fails == {("T-01", 0)}


@installed
def test_an_interrupt_is_no_engine_error(monkeypatch):
    """Ctrl-C stays what it is, and the network it broke off is not used again."""
    asked = Network([rule(AnyOf(()))])
    with monkeypatch.context() as patch:
        broken = Faulty(assert_facts=_raising(KeyboardInterrupt()))
        patch.setitem(sys.modules, foreign.MODULE, broken)
        with pytest.raises(KeyboardInterrupt):
            asked.ask([fact()])
    assert asked.ask([fact()]).fails == {("T-01", 0)}


@installed
def test_garbage_is_given_back(monkeypatch):
    """A network that nobody holds gives its memory back."""
    import durable_rules_engine as c_module

    deleted = []
    counting = Faulty(delete_ruleset=deleted.append)
    monkeypatch.setitem(sys.modules, foreign.MODULE, counting)
    Network([rule(AnyOf(()))]).ask([fact()])
    gc.collect()
    [handle] = deleted
    c_module.delete_ruleset(handle)


def test_not_installed(monkeypatch):
    """Where durable_rules is not installed it is not available, and that is no error."""
    monkeypatch.setattr(foreign, "MODULE", "no_such_module")
    assert not available()


# Formulas


FIELDS = {"lo": st.integers(-2, 2), "true": st.booleans(), "code": st.sampled_from("ab?")}
formula_atoms = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda aspect: st.builds(
        Atom,
        st.sampled_from("xy").map(lambda name: Field(name, aspect)),
        st.sampled_from({"lo": ["lte", "gte"], "true": ["eq"], "code": ["eq", "neq"]}[aspect]),
        FIELDS[aspect],
    )
)
raw_formulas = st.recursive(
    formula_atoms,
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda parts: st.sampled_from([And(tuple(parts)), Or(tuple(parts))])
    ),
    max_leaves=12,
)
assignments = st.fixed_dictionaries(
    {Field(name, aspect): values for name in "xy" for aspect, values in FIELDS.items()}
)


def holds(formula, fields):
    """Evaluate a formula."""
    match formula:
        case And(parts):
            return all(holds(part, fields) for part in parts)
        case Or(parts):
            return any(holds(part, fields) for part in parts)
        case Atom(field, "lte", value):
            return fields[field] <= value
        case Atom(field, "gte", value):
            return fields[field] >= value
        case Atom(field, relation, value):
            return (fields[field] == value) is (relation == "eq")


def simplified(formula):
    """Build a formula anew with the functions that keep it small."""
    match formula:
        case And(parts):
            return conjunction(map(simplified, parts))
        case Or(parts):
            return disjunction(map(simplified, parts))
    return formula


@MANY
@given(raw_formulas, assignments)
def test_a_small_formula_means_the_same(formula, fields):
    """Simplifying changes no answer, and the complement gives the opposite one."""
    assert holds(simplified(formula), fields) is holds(formula, fields)
    assert holds(complement(simplified(formula)), fields) is not holds(formula, fields)


@MANY
@given(raw_formulas)
def test_no_empty_group_is_left(formula):
    """Below the top there is no empty and, no empty or, and no group of one."""
    small = simplified(formula)
    assert small in (TRUE, FALSE) or all(len(group.parts) > 1 for group in _compounds(small))


def _compounds(formula):
    if not isinstance(formula, Atom):
        yield formula
        for part in formula.parts:
            yield from _compounds(part)


@settings(deadline=None)
@given(st.lists(raw_formulas, min_size=3, max_size=6), assignments)
def test_pieces_together_mean_the_whole(parts, fields):
    """One of the pieces holds exactly where the formula does, and each is within the limits."""
    whole = conjunction(map(simplified, parts))
    if whole == FALSE:
        return
    cut = limits.pieces(whole)
    assert any(holds(piece, fields) for piece in cut) is holds(whole, fields)
    assert all(limits.matches(piece) <= limits.MAX_MATCHES for piece in cut)
    assert all(limits.connectives(piece) <= limits.MAX_CONNECTIVES for piece in cut)


X, Y, Z = (Atom(Field(name, "true"), "eq", value=True) for name in "xyz")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (conjunction([X, X]), X),
        (conjunction([X, complement(X)]), FALSE),
        (disjunction([X, complement(X)]), TRUE),
        (conjunction([X, disjunction([X, Y])]), X),
        (disjunction([X, conjunction([X, Y])]), X),
        (conjunction([X, conjunction([Y, Z])]), And((X, Y, Z))),
        (conjunction([X, TRUE]), X),
        (conjunction([X, FALSE]), FALSE),
        (disjunction([X, TRUE]), TRUE),
        (
            conjunction([Atom(Field("x", "lo"), "lte", n) for n in (3, 1, 2)]),
            Atom(Field("x", "lo"), "lte", 1),
        ),
        (
            disjunction([Atom(Field("x", "lo"), "gte", n) for n in (3, 1, 2)]),
            Atom(Field("x", "lo"), "gte", 1),
        ),
    ],
)
def test_formulas_are_small(formula, expected):
    """What is said twice, contradicts itself or follows from the rest is not asked."""
    assert formula == expected


def test_the_face_is_sorted():
    """What the package exports exists, and stands in order."""
    assert sorted(engine.__all__) == engine.__all__
    assert all(hasattr(engine, name) for name in engine.__all__)
