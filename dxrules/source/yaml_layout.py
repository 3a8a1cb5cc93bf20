"""Plain data as YAML, laid out as people lay it out: what is small stands on one line."""

from __future__ import annotations

from typing import Any, Final

import yaml

_ENDLESS: Final = 1 << 20
_STEP: Final = "  "
_FLAT: Final = 2
"""How deep lists and mappings may lie on one line, which is no longer than the next figure."""
_LONG: Final = 110


class _Dumper(yaml.SafeDumper):
    """Writes what stands twice in the data twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def one_line(data: Any) -> str:
    """Return data on one line, as it may stand within brackets, too.

    >>> one_line("a, b"), one_line({"a": "5.1", "b": ["町"]})
    ("'a, b'", "{a: '5.1', b: [町]}")
    """
    made: str = yaml.dump(
        [data],
        Dumper=_Dumper,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=_ENDLESS,
    )
    return made.strip()[1:-1]


def several_lines(data: Any) -> str:
    r"""Return a mapping or a list on lines of their own.

    >>> several_lines({"a": {"b": ["c", "d"], "e": [{"f": "g"}]}})
    'a:\n  b: [c, d]\n  e: [{f: g}]\n'
    """
    entries = (
        ((f"{one_line(key)}:", each) for key, each in data.items())
        if is_mapping(data)
        else (("-", each) for each in data)
    )
    return "".join(_entry(head, each) for head, each in entries)


def is_mapping(data: Any) -> bool:
    """Tell whether data is a mapping."""
    return isinstance(data, dict)


def is_large(data: Any) -> bool:
    """Tell whether data is better written on several lines.

    >>> is_large({"of": ["title"], "text": "t"}), is_large({"evidence": [{"text": "t"}]})
    (False, True)
    """
    return _depth(data) > _FLAT or (_depth(data) > 1 and len(one_line(data)) > _LONG)


def _depth(data: Any) -> int:
    """Return how deep lists and mappings lie in data; empty ones count as text."""
    held = data.values() if is_mapping(data) else data if isinstance(data, list) else ()
    return 1 + max(map(_depth, held)) if held else 0


def _entry(head: str, data: Any) -> str:
    if not is_large(data):
        return f"{head} {one_line(data)}\n"
    lines = several_lines(data).splitlines()
    if head == "-":
        first, *rest = lines
        return "".join(f"{each}\n" for each in (f"- {first}", *(_STEP + each for each in rest)))
    return "".join(f"{each}\n" for each in (head, *(_STEP + each for each in lines)))
