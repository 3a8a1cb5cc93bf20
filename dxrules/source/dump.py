"""Plain data as YAML in the way that people write it: what is small stands on one line."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import yaml

_ON_ONE_LINE: Final = {"of", "section", "page", "text", "candidates", "because", "value", "on"}
_WIDTH: Final = 110


def dump(data: Any) -> str:
    """Return data as lines of YAML, in the order in which it stands."""
    text: str = yaml.dump(data, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text


@cache
def _dumper() -> type[Any]:
    """Return a dumper that writes small lists and mappings on one line."""

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
            return True

    def mapping(dumper: yaml.SafeDumper, data: dict[str, Any]) -> yaml.Node:
        flow = not any(isinstance(each, (dict, list)) and each for each in data.values())
        flow = flow or set(data) <= _ON_ONE_LINE
        return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=flow)

    def sequence(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
        flow = not any(isinstance(each, (dict, list)) for each in data)
        return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flow)

    Dumper.add_representer(dict, mapping)
    Dumper.add_representer(list, sequence)
    return Dumper
