"""Failures of durable_rules become errors of ours."""

from __future__ import annotations

import gc
import re
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from dxrules.engine import Network, available, error_codes, native
from dxrules.errors import EngineError
from dxrules.rules.condition import AnyOf
from tests.helpers.engines import installed
from tests.helpers.strategies.rules import fact, rule


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
        error = error_codes.translate(c_module.error(text.decode().replace("%d", "303")))
        assert "unforeseen" not in str(error)
    raised = {name for name in dir(c_module) if isinstance(getattr(c_module, name), type)}
    assert raised == {"error"}


@installed
def test_the_codes_are_those_of_the_version_measured():
    """The codes of `rules.h` and `json.h` of 2.0.28; another version has to be read again."""
    assert version("durable-rules") == "2.0.28"
    assert [*error_codes.CODES] == [
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
        (
            ImportError("No module named x"),
            "durable_rules failed in an unforeseen way (ImportError: No module named x).",
        ),
    ],
)
def test_errors_become_ours(error, text):
    """Whatever is raised becomes an EngineError that says what happened."""
    assert str(error_codes.translate(error)) == text


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
    "replaced",
    [
        {"create_ruleset": _raising(MemoryError())},
        {"create_ruleset": _raising(RuntimeError("Could not create ruleset, error code: 101"))},
        {"assert_facts": lambda *_: (101, 1)},
    ],
)
def test_a_want_of_memory_is_no_fault_of_the_engine(monkeypatch, replaced):
    """It ends the call with the code of what can be mended, and no verdict is doubted."""
    asked = Network([rule(AnyOf(()))])
    monkeypatch.setitem(sys.modules, native.MODULE, Faulty(**replaced))
    with pytest.raises(MemoryError):
        asked.ask([fact()])


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
            {"delete_state": _raising(RuntimeError("Could not delete state, error code: 309"))},
            "durable_rules failed to delete state (code 309): the session is not found.",
        ),
    ],
)
def test_a_failure_is_told_and_the_network_rebuilt(monkeypatch, replaced, message):
    """A failed run has no answers; the next one starts from a network of its own."""
    asked = Network([rule(AnyOf(()))])
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, native.MODULE, Faulty(**replaced))
        with pytest.raises(EngineError, match=f"^{re.escape(message)}$"):
            asked.ask([fact()])
    assert asked.ask([fact()]).fails == {("T-01", 0)}


@installed
def test_an_interrupt_is_no_engine_error(monkeypatch):
    """Ctrl-C stays what it is, and the network it broke off is not used again."""
    asked = Network([rule(AnyOf(()))])
    with monkeypatch.context() as patch:
        broken = Faulty(assert_facts=_raising(KeyboardInterrupt()))
        patch.setitem(sys.modules, native.MODULE, broken)
        with pytest.raises(KeyboardInterrupt):
            asked.ask([fact()])
    assert asked.ask([fact()]).fails == {("T-01", 0)}


@installed
def test_garbage_is_given_back(monkeypatch):
    """A network that nobody holds gives its memory back."""
    import durable_rules_engine as c_module

    deleted = []
    counting = Faulty(delete_ruleset=deleted.append)
    monkeypatch.setitem(sys.modules, native.MODULE, counting)
    Network([rule(AnyOf(()))]).ask([fact()])
    gc.collect()
    [handle] = deleted
    c_module.delete_ruleset(handle)


def test_not_installed(monkeypatch):
    """Where durable_rules is not installed it is not available, and that is no error."""
    monkeypatch.setattr(native, "MODULE", "no_such_module")
    assert not available()


def test_module_that_cannot_be_loaded(tmp_path, monkeypatch):
    """Built for a Python that lacks what it calls, durable_rules is not available, either."""
    (tmp_path / "half_built.py").write_text('raise ImportError("undefined symbol")\n', "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(native, "MODULE", "half_built")
    assert not available()
