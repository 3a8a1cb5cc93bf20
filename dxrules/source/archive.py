"""Archives whose bytes tell nothing but their content: no time, no system."""

from __future__ import annotations

import io
import re
import zipfile

_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_CORE = "docProps/core.xml"


def without_times(raw: bytes, day: str = "1980-01-01") -> bytes:
    """Return an Office file that says that it was made on `day`, and its parts on ZIP's first."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(fixed, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == _CORE:
                content = _TIMES.sub(rb"\g<1>" + day.encode() + b"T00:00:00Z", content)
            kept = zipfile.ZipInfo(entry.filename)
            kept.compress_type, kept.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(kept, content)
    return fixed.getvalue()
