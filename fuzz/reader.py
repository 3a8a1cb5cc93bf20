"""What a reader is: one kind of input, and how it is tried."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fuzz.mutations import Mutation
    from fuzz.sandbox import Sandbox


@dataclass(frozen=True)
class Reader:
    """One kind of input. `read` returns a word for what came out, or raises what was found."""

    name: str
    ending: str
    home: tuple[str, ...]
    """The modules that read it, as paths below dxrules/: whose lines are counted."""
    seeds: Callable[[Sandbox], list[bytes]]
    mutation: Callable[[list[bytes]], Mutation]
    read: Callable[[bytes, Sandbox], str]


def turn_of(data: bytes) -> int:
    """Return a number by which what is done with an input varies, the same each time."""
    return zlib.crc32(data)
