"""Somebody else who saves a file while a call works on it."""

from __future__ import annotations

from pathlib import Path

from dxrules.source import write


def saved_meanwhile(monkeypatch, name):
    """Let somebody save a file just before it is replaced; return a function that looks at it."""
    own = write._kept

    def kept(target, aside):
        old = own(target, aside)
        Path("saved").write_text("theirs", "utf-8")
        Path("saved").replace(name)
        return old

    monkeypatch.setattr(write, "_kept", kept)
    return lambda: Path(name).read_text("utf-8") == "theirs"
