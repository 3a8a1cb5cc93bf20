"""durable_rules' C module at arm's length: one network in it, and how to ask it safely.

The low-level module is used, not `durable.engine`, whose timer threads race with the deletion
of states and crash the process.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from dxrules.engine.encode import to_json
from dxrules.engine.error_codes import by_code, translate
from dxrules.engine.limits import MAX_SESSIONS
from dxrules.errors import EngineError
from dxrules.texts import Text

MODULE = "durable_rules_engine"
FIRST, LAST = "first", "last"
HANDLED, NOT_HANDLED = 0, 1
"""Codes of a batch that leave a valid state; the second says that a fact met no rule."""


_MATCH = re.compile(r'{"(\w+)":{"m":{"id":"f?(\w+)",')
"""A match: the rule, and the number of the fact, id first; faster than reading all of it."""


def available() -> bool:
    """Tell whether durable_rules can be loaded; it has no wheels, so it is optional.

    Built for Python 3.13 it is there and yet cannot be loaded: it calls what 3.13 no longer has.
    """
    try:
        import_module(MODULE)
    except ImportError:
        return False
    return True


class ForeignNetwork:
    """Rules that live in durable_rules: built when first asked, given back when closed."""

    def __init__(self, rules: Mapping[str, object]) -> None:
        """Take the pattern of each rule by its name; names and patterns are the caller's care."""
        last = {"$and": [{"kind": LAST}]}
        patterns = {**rules, LAST: last}
        self._text = to_json({name: {"all": [{"m": each}]} for name, each in patterns.items()})
        self._handle: int | None = None
        self._give_back: weakref.finalize[[int], ForeignNetwork] | None = None
        self._sessions = 0

    def matches(self, facts: Sequence[str]) -> list[tuple[str, int]]:
        """Return the rules that match, each with the position of the fact, some repeatedly.

        A fact is JSON text from its kind on. Whether all facts were seen is proved by one more,
        the last, which must come back exactly once; a known-good first one shields the state from
        a fault in what follows. After any error the network is forgotten, not deleted: what is
        left of it cannot be trusted even with that.

        Raises EngineError.
        """
        with self._guarded():
            return self._matches(facts)

    def close(self) -> None:
        """Give the memory back; the network is built anew if it is asked again."""
        with self._guarded():
            if self._give_back:
                self._give_back()
            self._forget()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self._forget()
            if isinstance(error, Exception) and not isinstance(error, EngineError | MemoryError):
                raise translate(error) from error
            raise

    def _matches(self, facts: Sequence[str]) -> list[tuple[str, int]]:
        if self._sessions == MAX_SESSIONS:
            self.close()
        import durable_rules_engine as engine

        handle = self._handle = self._handle or self._build(engine)
        self._sessions += 1
        session = f"s{self._sessions}"
        found = []
        seen_last = 0
        for message in _drain(engine, handle, _batch(session, facts)):
            match = _MATCH.match(message)
            if match is None:
                raise EngineError(
                    Text(
                        f"durable_rules の答えが読めません: {message[:80]}",
                        f"the answer of durable_rules cannot be read: {message[:80]}",
                    )
                )
            rule, fact = match.groups()
            if rule == LAST:
                seen_last += 1
            else:
                found.append((rule, int(fact)))
        if seen_last != 1:
            raise EngineError(
                Text(
                    f"durable_rules が事実を取りこぼしました(末尾の印が {seen_last} 回)。",
                    f"durable_rules lost facts (the last one came back {seen_last} times).",
                )
            )
        engine.delete_state(handle, session)
        return found

    def _build(self, engine: Any) -> int:
        handle: int = engine.create_ruleset("dxrules", self._text)
        self._give_back = weakref.finalize(self, engine.delete_ruleset, handle)
        self._give_back.atexit = False  # the process gives everything back
        return handle

    def _forget(self) -> None:
        if self._give_back:
            self._give_back.detach()
        self._handle, self._give_back, self._sessions = None, None, 0


def _batch(session: str, facts: Sequence[str]) -> str:
    first = f'{{"id":"{FIRST}","sid":"{session}","kind":"{FIRST}"}}'
    last = f'{{"id":"{LAST}","sid":"{session}","kind":"{LAST}"}}'
    each = [f'{{"id":"f{n}","sid":"{session}",{fact}' for n, fact in enumerate(facts)]
    return f"[{','.join([first, *each, last])}]"


def _drain(engine: Any, handle: int, batch: str) -> Iterator[str]:
    """Assert a batch and yield every match, as it is written."""
    code, state = engine.assert_facts(handle, batch)
    if code not in {HANDLED, NOT_HANDLED}:
        raise by_code(code, "assert facts")
    started = engine.start_action_for_state(handle, state)
    message = started and started[1]
    while message is not None:
        yield message
        message = engine.complete_and_start_action(handle, state)
