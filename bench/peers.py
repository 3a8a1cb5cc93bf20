"""Other engines, asked what durable_rules is asked: which facts fail, and which are a concern.

Each adapter translates the queries of `asked` once and is then given the flat facts of a plan.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from importlib.metadata import version
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from asked import name_of

from dxrules.engine.formula import And, Atom, Or, atoms, conjuncts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from asked import Asked, Flat, Query

    from dxrules.engine.formula import Formula

SYMBOLS = {"eq": "==", "neq": "!=", "lte": "<=", "gte": ">="}


def _infix(formula: Formula, atom: Callable[[Atom], str], both: str, either: str) -> str:
    match formula:
        case Atom():
            return atom(formula)
        case And(parts):
            word = both
        case Or(parts):
            word = either
    return f"({word.join(_infix(part, atom, both, either) for part in parts)})"


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class Peer(ABC):
    """An engine that was loaded with queries."""

    name: ClassVar[str]
    package: ClassVar[str]

    @abstractmethod
    def __init__(self, asked: Asked) -> None:
        """Translate the queries."""

    @abstractmethod
    def ask(self, plan: Mapping[str, list[Flat]]) -> Iterable[tuple[str, str]]:
        """Return the name of the query and the key of the fact of every match."""

    @classmethod
    def label(cls) -> str:
        """Return the name and the version."""
        return f"{cls.name} ({cls.package} {version(cls.package)})"


class Rego(Peer):
    """Rego in regorus, which is written in Rust; one set of pairs for all queries."""

    name, package = "Rego, regorus", "hobofan-regorus"

    def __init__(self, asked: Asked) -> None:
        import hobofan_regorus

        self._lines = ["package bench", "import rego.v1"]
        self._numbers = count()
        for query in asked.queries:
            body = [f"some f in input.{query.kind}", *self._body(query.formula)]
            self._rule("found contains v", [*body, f'v := ["{query.name}", f.key]'])
        self._engine = hobofan_regorus.Engine()
        self._engine.add_policy("bench.rego", "\n".join(self._lines))

    def _rule(self, head: str, body: Iterable[str]) -> None:
        self._lines.append(f"{head} if {{ {'; '.join(body)} }}")

    def _body(self, formula: Formula) -> list[str]:
        match formula:
            case Atom(_, relation, value):
                return [f"f.{name_of(formula)} {SYMBOLS[relation]} {_literal(value)}"]
            case And(parts):
                return [line for part in parts for line in self._body(part)]
            case Or(parts):
                helper = f"h{next(self._numbers)}(f)"
                for part in parts:
                    self._rule(helper, self._body(part))
                return [helper]

    def ask(self, plan: Mapping[str, list[Flat]]) -> Iterable[tuple[str, str]]:
        """Return the matches."""
        self._engine.set_input_json(json.dumps(plan, ensure_ascii=False))
        return map(tuple, json.loads(self._engine.eval_rule_as_json("data.bench.found")))


class Clips(Peer):
    """CLIPS: a template a kind, a rule a query; atoms are slot constraints, ors are tests."""

    name, package = "CLIPS", "clipspy"

    def __init__(self, asked: Asked) -> None:
        import clips

        self._environment = environment = clips.Environment()
        self._found: list[tuple[str, str]] = []
        found = self._found
        environment.define_function(lambda name, key: found.append((name, key)), name="found")
        for kind, names in asked.fields.items():
            slots = "".join(f" (slot {name})" for name in names)
            environment.build(f"(deftemplate {kind} (slot key){slots})")
        for query in asked.queries:
            environment.build(self._rule(query))
        self._templates = {kind: environment.find_template(kind) for kind in asked.fields}

    def _rule(self, query: Query) -> str:
        parts = conjuncts(query.formula)
        tests = [part for part in parts if not isinstance(part, Atom)]
        slots: dict[str, list[str]] = {name_of(atom): [] for test in tests for atom in atoms(test)}
        for part in parts:
            if isinstance(part, Atom):
                slots.setdefault(name_of(part), []).append(self._constraint(part))
        pattern = " ".join(f"({s} {'&'.join([f'?{s}', *each])})" for s, each in slots.items())
        test = " ".join(f"(test {self._test(each)})" for each in tests)
        action = f'(found "{query.name}" ?key)'
        return f"(defrule {query.name} ({query.kind} (key ?key) {pattern}) {test} => {action})"

    def _constraint(self, atom: Atom) -> str:
        match atom.relation:
            case "eq":
                return self._constant(atom.value)
            case "neq":
                return f"~{self._constant(atom.value)}"
            case _:
                return f":{self._test(atom)}"

    def _test(self, formula: Formula) -> str:
        match formula:
            case Atom(_, relation, value):
                symbol = {"eq": "eq", "neq": "neq"}.get(relation, SYMBOLS[relation])
                return f"({symbol} ?{name_of(formula)} {self._constant(value)})"
            case And(parts):
                word = "and"
            case Or(parts):
                word = "or"
        return f"({word} {' '.join(map(self._test, parts))})"

    def _constant(self, value: object) -> str:
        return str(value).upper() if isinstance(value, bool) else _literal(value)

    def ask(self, plan: Mapping[str, list[Flat]]) -> Iterable[tuple[str, str]]:
        """Return the matches."""
        self._found.clear()
        self._environment.reset()
        for kind, facts in plan.items():
            template = self._templates[kind]
            for fact in facts:
                template.assert_fact(**fact)
        self._environment.run()
        return self._found


class Zen(Peer):
    """zen-engine, written in Rust: one expression that filters the facts once for each query."""

    name, package = "GoRules Zen", "zen-engine"

    def __init__(self, asked: Asked) -> None:
        import zen

        self._names = [query.name for query in asked.queries]
        each = [
            f"map(filter({q.kind}, {_infix(q.formula, self._atom, ' and ', ' or ')}), #.key)"
            for q in asked.queries
        ]
        self._expression = zen.compile_expression(f"[{', '.join(each)}]")

    def _atom(self, atom: Atom) -> str:
        return f"#.{name_of(atom)} {SYMBOLS[atom.relation]} {_literal(atom.value)}"

    def ask(self, plan: Mapping[str, list[Flat]]) -> Iterable[tuple[str, str]]:
        """Return the matches."""
        found = self._expression.evaluate(plan)
        return [(n, key) for n, keys in zip(self._names, found, strict=True) for key in keys]


class JsonSchema(Peer):
    """jsonschema-rs, written in Rust: a schema a kind, a violation a match."""

    name, package = "JSON Schema, jsonschema-rs", "jsonschema-rs"

    def __init__(self, asked: Asked) -> None:
        import jsonschema_rs

        self._kinds: dict[str, tuple[list[str], Any]] = {}
        for kind in asked.fields:
            own = [query for query in asked.queries if query.kind == kind]
            schema = {"allOf": [{"not": self._schema(query.formula)} for query in own]}
            validator = jsonschema_rs.Draft202012Validator(schema)
            self._kinds[kind] = [query.name for query in own], validator

    def _schema(self, formula: Formula) -> dict[str, object]:
        match formula:
            case Atom(_, relation, value):
                return {"properties": {name_of(formula): self._atom(relation, value)}}
            case And(parts):
                return {"allOf": [self._schema(part) for part in parts]}
            case Or(parts):
                return {"anyOf": [self._schema(part) for part in parts]}

    def _atom(self, relation: str, value: object) -> dict[str, object]:
        words = {"eq": "const", "lte": "maximum", "gte": "minimum"}
        return {"not": {"const": value}} if relation == "neq" else {words[relation]: value}

    def ask(self, plan: Mapping[str, list[Flat]]) -> Iterable[tuple[str, str]]:
        """Return the matches."""
        return [
            (names[error.schema_path[1]], str(fact["key"]))
            for kind, facts in plan.items()
            for names, validator in (self._kinds[kind],)
            for fact in facts
            for error in validator.iter_errors(fact)
        ]


PEERS: tuple[type[Peer], ...] = (JsonSchema, Zen, Clips, Rego)
