"""ZIP archives with any name, any declared size, any bytes."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile


def entry(name, method=zipfile.ZIP_DEFLATED):
    """Return the entry of a file, with a name that zipfile itself would mend."""
    made = zipfile.ZipInfo("x")
    made.filename = name
    made.compress_type = method
    return made


def archive(*entries):
    """Return the archive of names, or entries, with their bytes, in this order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two entries of one name are wanted
        for name, content in entries:
            made.writestr(entry(name) if isinstance(name, str) else name, content)
    return stream.getvalue()


def lying(name, content, declared):
    """Return an archive of one file that declares another size than its bytes inflate to."""
    raw = bytearray(archive((name, content)))
    for header, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", raw, raw.index(header) + at, declared)
    return bytes(raw)


def entries(raw):
    """Return the files of a packet, by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packet:
        return {name: packet.read(name) for name in packet.namelist()}


def packed(files):
    """Return the archive of files."""
    return archive(*files.items())
