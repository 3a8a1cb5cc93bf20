"""Exceptions that all tasks are which have not migrated: their codes, and how they are told."""

from __future__ import annotations

from dxrules.dates import Range
from dxrules.derivation.declaration import a_code, state, unsaid
from dxrules.derivation.system import SystemSubject
from dxrules.derivation.values import Code, Value
from dxrules.plan.code_labels import EXCEPTION, codes

REST_EXCEPTION = {
    **{code: EXCEPTION[code] for code in ("transition-support", "migration-difficult")},
    **codes(
        both=("両方の例外", "exceptions of both kinds"),
        none=("例外でない業務がある", "one is no exception"),
    ),
}
A_REST_EXCEPTION = a_code(
    "未移行の業務がすべて当たる例外", "exception that every task outstanding is", REST_EXCEPTION
)
STATE_EACH_EXCEPTION = state(
    "残る業務がどれも例外(特定移行支援システム等)に当たるなら、業務ごとにそれを書く",
    "if every task outstanding is a designated exception, state so for each",
    "transition-support",
    "migration-difficult",
    "both",
)
EXCEPTIONS_UNSAID = unsaid(
    "残る業務が、認められた例外に当たるかどうかが書かれていない",
    "whether the tasks left are exceptions that are accepted is not stated",
)
_LEFT = frozenset(map(Code, ("not-migrated", "in-progress", "planned")))
EXCEPTIONS = (Code("transition-support"), Code("migration-difficult"))


def one_of(exceptions: set[Value]) -> Value:
    """Return the one exception that several tasks are, or that they are of both kinds."""
    return exceptions.pop() if len(exceptions) == 1 else Code("both")


def stays_behind(system: SystemSubject) -> bool:
    """Tell whether one is left with the rest and no exception, and no target tells it apart."""
    apart = system.exception() != Code("none") or isinstance(system.target(), Range)
    return not apart and system.status() in _LEFT
