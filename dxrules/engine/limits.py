"""The limits inside which durable_rules was measured, and how rules are kept within them.

durable_rules merges the tests that rules share into a tree of alpha nodes, and walks it for each
fact with a stack of fixed size. The tree is mirrored here, so that no limit is met at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dxrules.engine.formula import (
    And,
    Atom,
    Formula,
    Or,
    atoms,
    conjunction,
    conjuncts,
    disjunction,
)
from dxrules.errors import EnvelopeError
from dxrules.texts import Text

MAX_FIELDS = 247
"""With id, session and kind 250, as measured; a fact of more than 255 drops the rest in silence."""

MAX_BYTES = 60_000
"""Lengths of strings are kept in 16 bits."""

MAX_FACTS = 5_000
"""Facts in a batch, as measured; ids `f0`, `f1`, ... would collide by hash from 264,602 on."""

MAX_SESSIONS = 618_189
"""Session ids `s1`, `s2`, ... that differ by hash; the next one collides."""

MAX_RULES = 2_000
"""Rules in a network, as measured; it has room for 4,096 actions."""

MAX_PENDING = 64
"""Alpha nodes that wait while a fact is matched; one more is error 303, and the batch is lost."""

MAX_CHILDREN = 500
"""Tests under one node: a table of 512, in which a full one is searched for ever."""

MAX_CONTINUATIONS = 126
"""Continuations of ors under one node: a list of 128 whose end is not guarded."""

MAX_ENDINGS = 254
"""Rules that end in one node: a list of 256 whose end is not guarded."""

MAX_CONNECTIVES = 14
"""Ands and ors in a rule: each takes two of 32 expressions."""

MAX_MATCHES = 256
"""Matches of one rule with one fact: the widths of its ors multiply, and each match costs."""

MAX_PIECES = 64
"""Rules that one question is cut into, so that a pathological condition ends in a message."""


class Node:
    """An alpha node: the tests below it, continuations of ors, and the rules that end in it."""

    __slots__ = ("children", "continuations", "endings")

    def __init__(self) -> None:
        self.children: dict[Atom, Node] = {}
        self.continuations: list[Node] = []
        self.endings = 0

    def add(self, formula: Formula) -> Node:
        """Add what durable_rules builds for a formula; return the node where it goes on."""
        match formula:
            case And(parts):
                node = self
                for part in parts:
                    node = node.add(part)
                return node
            case Or(parts):
                joined = Node()
                for part in parts:
                    self.add(part).continuations.append(joined)
                return joined
            case Atom():
                return self.children.setdefault(formula, Node())

    def below(self) -> Iterator[Node]:
        """Yield the nodes directly below."""
        yield from self.children.values()
        yield from self.continuations

    def width(self) -> int:
        """Return how many nodes below one fact can reach; equalities of a field exclude others."""
        equal = {test.field for test in self.children if test.relation == "eq"}
        others = sum(test.relation != "eq" for test in self.children)
        return len(equal) + others + len(self.continuations)

    def is_within(self) -> bool:
        """Tell whether the lists of this node have room for what they hold."""
        return (
            len(self.children) <= MAX_CHILDREN
            and len(self.continuations) <= MAX_CONTINUATIONS
            and self.endings <= MAX_ENDINGS
        )


def fits(formulas: Iterable[Formula]) -> bool:
    """Tell whether rules of one kind stay within the limits in one network."""
    root = Node()
    for formula in formulas:
        root.add(formula).endings += 1
    pending = _pending(root)
    return pending is not None and pending <= MAX_PENDING


def _pending(root: Node) -> int | None:
    """Return how many nodes wait at most while a fact is matched; None if a node is too full.

    A node is measured after those below it. No recursion: a long conjunction is a deep tree.
    """
    known: dict[Node, int] = {}
    open_ = [root]
    while open_:
        node = open_[-1]
        unknown = [below for below in node.below() if below not in known]
        if unknown:
            open_ += unknown
            continue
        if not node.is_within():
            return None
        width = node.width()
        deepest = max((known[below] for below in node.below()), default=0)
        # A node is taken off the stack before the nodes below it are put on.
        known[node] = max(width, width - 1 + deepest)
        open_.pop()
    return known[root]


def connectives(formula: Formula) -> int:
    """Return the number of ands and ors."""
    return 0 if isinstance(formula, Atom) else 1 + sum(map(connectives, formula.parts))


def matches(formula: Formula) -> int:
    """Return how often one fact can match, at most."""
    match formula:
        case Atom():
            return 1
        case And(parts):
            product = 1
            for part in parts:
                product *= matches(part)
            return product
        case Or(parts):
            equal = {p.field for p in parts if isinstance(p, Atom) and p.relation == "eq"}
            others = (p for p in parts if not (isinstance(p, Atom) and p.relation == "eq"))
            return len(equal) + sum(map(matches, others))


def pieces(formula: Formula) -> list[Formula]:
    """Return formulas, each within the limits, of which one is true where `formula` is.

    Mostly that is the formula itself. Otherwise its widest or is halved, as often as needed.

    Raises EnvelopeError if more than MAX_PIECES were needed.
    """
    done: list[Formula] = []
    open_: list[Formula] = [formula]
    while open_:
        piece = open_.pop()
        if _fits_alone(piece):
            done.append(piece)
        else:
            open_ += _halves(piece)
        if len(done) + len(open_) > MAX_PIECES:
            raise EnvelopeError(
                Text(
                    f"条件が複雑すぎます({MAX_PIECES} 個に分けても限度を超えます)。"
                    "点検項目を分けてください。",
                    f"the condition is too complex for durable_rules, even cut into {MAX_PIECES} "
                    "pieces. Write it as several rules.",
                )
            )
    return done


def _fits_alone(formula: Formula) -> bool:
    tests, joints = sum(1 for _ in atoms(formula)), connectives(formula)
    if joints < MAX_CONNECTIVES and 2 * tests + joints <= MAX_PENDING:
        # Few enough nodes to be pending all at once.
        return matches(formula) <= MAX_MATCHES
    # A conjunction continues the one that begins with the kind; anything else stands within it.
    around = 0 if isinstance(formula, And) else 1
    return (
        joints + around <= MAX_CONNECTIVES and matches(formula) <= MAX_MATCHES and fits([formula])
    )


def _halves(formula: Formula) -> list[Formula]:
    """Cut the widest or of a conjunction in two; a conjunction of atoms alone always fits."""
    parts = conjuncts(formula)
    widest = max((part for part in parts if isinstance(part, Or)), key=lambda each: len(each.parts))
    rest = [part for part in parts if part is not widest]
    middle = len(widest.parts) // 2
    sides = widest.parts[:middle], widest.parts[middle:]
    return [conjunction([*rest, disjunction(side)]) for side in sides]


def groups(formulas: Sequence[Formula]) -> list[slice]:
    """Return into how few, equal groups formulas of one kind are cut for each to fit a network."""
    for count in range(1, len(formulas) + 1):
        size = -(-len(formulas) // count)
        cuts = [slice(start, start + size) for start in range(0, len(formulas), size)]
        if size < MAX_RULES and all(fits(formulas[cut]) for cut in cuts):
            return cuts
    return []
