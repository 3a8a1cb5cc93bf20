"""Run in the page when Python has started: puts the modules of an archive in their places."""

from __future__ import annotations


def unpack(archive: bytes, home: str) -> None:
    """Write the files of an archive that `inside.py` has made into a folder."""
    import importlib
    import json
    import os

    from compression import zstd

    content = memoryview(zstd.decompress(archive))
    at = 4 + int.from_bytes(content[:4], "little")
    folders = set()
    for name, size in json.loads(bytes(content[4:at])):
        path = f"{home}/{name}"
        folder = os.path.dirname(path)  # noqa: PTH120  (pathlib is not loaded at this hour)
        if folder not in folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            folders.add(folder)
        with open(path, "wb", buffering=0) as file:  # noqa: PTH123
            file.write(content[at : at + size])
        at += size
    importlib.invalidate_caches()
