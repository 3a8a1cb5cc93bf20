"""A folder of files that is read by name: on the disk, or held in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from dxrules.errors import Place, Problem
from dxrules.paths import files_below, is_folder, is_link, is_regular, open_file
from dxrules.source.placed_data import Document
from dxrules.source.read import NO_FILE, from_bytes, read

if TYPE_CHECKING:
    import pathlib


class Folder(Protocol):
    """Files by their path below a folder, with forward slashes."""

    def names(self) -> list[str]:
        """Return the paths of all files, in any order."""

    def content(self, name: str) -> bytes:
        """Return the bytes of a file."""

    def document(self, name: str, called: str) -> Document:
        """Read a file that messages call `called`; its faults are in `problems`."""


class DiskFolder:
    """The files of a folder on the disk."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        """Return the paths of all files, in any order."""
        found = files_below(self.root)
        for path in self.root.iterdir() if is_folder(self.root) else ():
            if is_link(path) and is_folder(path):  # one right below is looked into
                found += [each for each in path.iterdir() if not is_folder(each)]
        return [path.relative_to(self.root).as_posix() for path in found]

    def content(self, name: str) -> bytes:
        """Return the bytes of a file; of a pipe or a device, which may have no end, none."""
        path = self.root / name
        if not is_regular(path):
            return b""
        with open_file(path) as stream:
            return stream.read()

    def document(self, name: str, called: str) -> Document:
        """Read a file that messages call `called`; its faults are in `problems`."""
        return read(self.root / name, called)


class HeldFolder:
    """Files that somebody else has read, as from an archive; nothing is written to the disk."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def names(self) -> list[str]:
        """Return the paths of all files, in any order."""
        return [*self.files]

    def content(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return self.files[name]

    def document(self, name: str, called: str) -> Document:
        """Read a file that messages call `called`; its faults are in `problems`."""
        if name in self.files:
            return from_bytes(self.files[name], called)
        return Document(called, problems=(Problem(Place(called, 1, 1), "", NO_FILE),))


def folder_of(files: pathlib.Path | Mapping[str, bytes]) -> Folder:
    """Return a folder of the disk by its path, or one that is held by path and content."""
    from collections.abc import Mapping as AnyMapping

    return HeldFolder(files) if isinstance(files, AnyMapping) else DiskFolder(files)
