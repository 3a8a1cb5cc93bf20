"""What a process that judges and ends need not do."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from types import ModuleType

_OBJECTS_BEFORE_COLLECTING = 1_000_000
"""Reading rules makes many objects and hardly any garbage."""

_LOADER = "pydantic.plugin._loader"


def start_quickly() -> None:
    """Leave out what helps no command: looking for garbage, and for plugins of pydantic.

    A variable keeps pydantic from looking. It imports what it would look with all the same, and
    email, zipfile and socket with that, so something stands in for its loader.
    """
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__") == "__all__":
        sys.modules.setdefault(_LOADER, _NoPlugins(_LOADER))


class _NoPlugins(ModuleType):
    """Says that there are no plugins; for anything else it gives way to the loader itself."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        del sys.modules[_LOADER]
        return getattr(import_module(_LOADER), name)
