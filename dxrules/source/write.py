"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules.errors import UsageError
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write all files beside their place first, then put each in its place.

    Raises UsageError, and leaves every old file as it was, if one cannot be written.
    """
    ready: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            ready.append((_beside(path, content), path))
        for temporary, path in ready:
            Path(temporary).replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        name = path.as_posix()
        raise UsageError(
            Text(f"{name}: 書き込めません({reason})。", f"{name}: cannot be written ({reason}).")
        ) from error
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _beside(path: Path, content: bytes) -> str:
    handle, name = tempfile.mkstemp(prefix=".dxrules-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
    except OSError:
        Path(name).unlink()
        raise
    return name
