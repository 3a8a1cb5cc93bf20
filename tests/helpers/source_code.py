"""The source of the package, each module parsed once: what it imports, calls and names."""

from __future__ import annotations

import ast
from functools import cache
from typing import NamedTuple

from tests.helpers.lawbooks import ROOT

PACKAGE = ROOT / "dxrules"


class Parsed(NamedTuple):
    """What a module imports, with its line; which names of it; what it calls and names."""

    imported: tuple[tuple[int, str], ...]
    taken: frozenset[tuple[str, str | None]]
    calls: frozenset[str]
    names: frozenset[str]


@cache
def modules():
    """Return every module of the package."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def name_of(path):
    """Return the dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def place_of(path):
    """Return the path of a module in the checkout."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path):
    """Return the text of a module."""
    return path.read_text("utf-8")


@cache
def parsed(path):
    """Return what stands in a module, at its top or within a function."""
    imported, taken, calls, names = [], set(), set(), set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import():
                found = [(alias.name, None) for alias in node.names]
                imported += [(node.lineno, name) for name, _ in found]
                taken |= set(found)
            case ast.ImportFrom():
                assert node.level == 0, f"{path}:{node.lineno}: a relative import"
                found = [(node.module, alias.name) for alias in node.names]
                imported.append((node.lineno, node.module))
                if node.module == "dxrules":
                    imported += [(node.lineno, f"dxrules.{name}") for _, name in found]
                taken |= set(found)
            case ast.Call():
                calls.add(dotted(node.func))
            case ast.Attribute() | ast.Name():
                names.add(dotted(node))
    return Parsed(tuple(sorted(imported)), frozenset(taken), frozenset(calls), frozenset(names))


def dotted(node):
    """Return a name with the names that it is an attribute of; of another expression nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""
