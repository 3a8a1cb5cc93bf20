"""JSON of a value as its declared type says: what keys there are, and where each is from.

A key holds the attribute of its name, or what `of` in its annotation names. What is a day, a code
or a text is written as it is; what has a type of its own is told by that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin

from typing_extensions import TypedDict, get_type_hints, is_typeddict

ValueReader = Callable[[Any], Any]


class Words(TypedDict):
    """A text in both languages."""

    ja: str
    en: str


@dataclass(frozen=True)
class _From:
    read: ValueReader
    before: str | None
    ready: bool


def of(source: str | ValueReader, before: str | None = None) -> _From:
    """Say where a key is from: an attribute, by a path with dots, or a function of the value.

    It is written `before` another where its type cannot declare it there.
    """
    return _From(attrgetter(source) if isinstance(source, str) else source, before, ready=False)


def made(source: ValueReader, before: str | None = None) -> _From:
    """Say which function of the value makes a key's JSON."""
    return _From(source, before, ready=True)


def itself(value: Any) -> Any:
    """Return the value: for a key that tells a part of it."""
    return value


def as_json(shape: Any, value: Any) -> Any:
    """Return a value as JSON of a declared type."""
    writer = _writer(shape)
    return value if writer is None else writer(value)


@cache
def _writer(shape: Any) -> ValueReader | None:
    """Return what makes JSON of values of a type; None where they are written as they are."""
    if is_typeddict(shape):
        return None if shape is Words else _mapping(shape)
    kind: Any = get_origin(shape)
    parts = get_args(shape)[:1] if kind is Annotated else get_args(shape)
    writers = [writer for part in parts if (writer := _writer(part)) is not None]
    if not writers or kind is Annotated:
        return writers[0] if writers else None
    (write,) = writers
    if kind is list:
        return lambda values: [write(value) for value in values]
    if kind is dict:
        return lambda values: {key: write(value) for key, value in values.items()}
    return lambda value: None if value is None else write(value)


def _mapping(shape: Any) -> ValueReader:
    keys = _keys(shape)

    def write(value: Any) -> dict[str, Any]:
        found = {}
        for name, read, inner, optional in keys:
            part = read(value)
            if part is None and optional:
                continue
            found[name] = part if inner is None else inner(part)
        return found

    return write


def _keys(shape: Any) -> list[tuple[str, ValueReader, ValueReader | None, bool]]:
    """Return the keys of a type as they are written: how each is read and told, if it may lack."""
    keys: dict[str, tuple[str, ValueReader, ValueReader | None, bool]] = {}
    late: Mapping[str, str] = {}
    for name, hint in get_type_hints(shape, include_extras=True).items():
        kind: Any = get_origin(hint)
        optional = kind is NotRequired
        plain = get_args(hint)[0] if optional else hint
        source = next((e for e in getattr(plain, "__metadata__", ()) if isinstance(e, _From)), None)
        read = _read(name, plain) if source is None else source.read
        inner = None if source is not None and source.ready else _writer(plain)
        keys[name] = name, read, inner, optional
        if source is not None and source.before is not None:
            late = {**late, source.before: name}
    moved = set(late.values())
    order = [key for name in keys if name not in moved for key in (late.get(name), name) if key]
    return [keys[name] for name in order]


def _read(name: str, hint: Any) -> ValueReader:
    """Return what reads a key: the one word that it can be, or the attribute of its name."""
    words = get_args(hint) if get_origin(hint) is Literal else ()
    return (lambda _: words[0]) if len(words) == 1 else attrgetter(name)
