"""JSON as text that people can read, fast enough for the findings of a prefecture.

What `json.dumps` writes with an indent of two, byte for byte; its encoder in C cannot indent,
and the one that can takes three times as long as this.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

_STEP = "  "


class Shared(dict[str, Any]):
    """A mapping that stands in many places: it is written once, and copied."""


def dumped(data: Any) -> str:
    """Return JSON text, with its letters as they are.

    >>> print(dumped({"a": [1, {"b": "町"}], "c": []}))
    {
      "a": [
        1,
        {
          "b": "町"
        }
      ],
      "c": []
    }
    """
    writer = _Writer()
    writer.write(data, "\n")
    return "".join(writer.parts)


class _Writer:
    """Collects the text in parts; keys come again and again, and so do shared mappings."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.keys: dict[str, str] = {}
        self.shared: dict[tuple[int, str], str] = {}

    def write(self, value: Any, line: str) -> None:
        """Write a value; `line` begins a line as far in as the one that it stands on."""
        if isinstance(value, Shared):
            self.parts.append(self._copied(value, line))
        elif isinstance(value, dict) and value:
            self._mapping(value, line)
        elif isinstance(value, list | tuple) and value:
            before = "[" + line + _STEP
            for each in value:
                self.parts.append(before)
                self.write(each, line + _STEP)
                before = "," + line + _STEP
            self.parts.append(line + "]")
        else:
            self.parts.append(_scalar(value))

    def _mapping(self, mapping: dict[str, Any], line: str) -> None:
        inner = line + _STEP
        before, after = "{" + inner, "," + inner
        add, keys = self.parts.append, self.keys
        for key, value in mapping.items():
            name = keys.get(key)
            if name is None:
                name = keys[key] = f"{_scalar(key)}: "
            kind = type(value)  # asked at once: most of a report are texts
            if kind is str:
                add(before + name + encode_basestring(value))
            elif kind is int:
                add(before + name + repr(value))
            elif value is None:
                add(before + name + "null")
            elif kind is dict and value:
                add(before + name)
                self._mapping(value, inner)
            else:
                add(before + name)
                self.write(value, inner)
            before = after
        add(line + "}")

    def _copied(self, mapping: Shared, line: str) -> str:
        key = id(mapping), line
        if key not in self.shared:
            outer, self.parts = self.parts, []
            self.write(dict(mapping), line)
            self.parts, text = outer, "".join(self.parts)
            self.shared[key] = text
        return self.shared[key]


def _scalar(value: Any) -> str:
    """Return a value that holds no other, or an empty list or mapping."""
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) is int:
        return repr(value)
    return "null" if value is None else json.dumps(value)
