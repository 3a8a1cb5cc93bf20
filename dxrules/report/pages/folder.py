"""The folder of the pages: it holds those of the rules that there are, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.pages import pages
from dxrules.report.pages.markdown import GENERATED
from dxrules.source.write import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from dxrules.rules import Law


def write_pages(folder: Path, law: Law) -> None:
    """Write every page, and remove those of rules that are gone; what others wrote stays."""
    folder.mkdir(parents=True, exist_ok=True)
    found = pages(law)
    write_whole({folder / name: text.encode() for name, text in found.items()})
    for path in folder.glob("*.md"):
        if path.name not in found and GENERATED in path.read_text("utf-8"):
            path.unlink()
