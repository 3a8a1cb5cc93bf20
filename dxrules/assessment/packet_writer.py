"""Writing a packet: plan by plan into a stream, within the bounds that its reader has."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO, Any

from pydantic import ValidationError

from dxrules.assessment.assess import EngineChoice
from dxrules.assessment.dossier import Unreadable
from dxrules.assessment.packet import FORMAT, MANIFEST, OWN_DIGEST, RULESETS, Manifest, own_digest
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.source.archive import is_plain_path
from dxrules.source.bounds import MB, PACKET, PACKET_ASSESSMENT, PACKET_MANIFEST, PACKET_PLANS
from dxrules.texts import Text, same, visible

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # ZIP knows no earlier time
_READ_BY_ALL = 0o644 << 16
_LEVEL = 6
"""Of deflate: half the size of the fastest, at a quarter of the time of the smallest."""

_FEWER = Text(
    "パケットに入りません({what}が上限の{most}を超えます)。"
    "計画を分けて、パケットを2つ以上作ってください。",
    "This is too much for a packet ({what}: more than {most}). Make two packets or more, of fewer "
    "plans each.",
)
_PLANS = Text("計画の数", "plans")
_FILES = Text("ファイルの数", "files")
_SIZE = Text("大きさ", "its size")
_UNPACKED = Text("展開したときの大きさ", "its size when it is unpacked")
_OTHER_NAME = Text(
    "{name}: このファイル名はパケットに入れられません。名前を変えてください。",
    "{name}: a file of this name cannot be put into a packet. Rename it.",
)


@frozen
class Judgement:
    """How an assessment was called for: the version of dxrules, the engine, waivers or not."""

    version: str
    as_of: str
    engine: EngineChoice
    waivers: bool


PlanInPacket = tuple[str, bytes, "Callable[[], bytes]"]


@frozen
class Held:
    """What a packet holds: so many plans, each with its name, its bytes and its assessment.

    The latter is made when it is written. Rulesets are by their paths, and reports by name: each
    is its parts, which follow each other.
    """

    number: int
    plans: Iterable[PlanInPacket]
    rulesets: Mapping[str, bytes]
    reports: Mapping[str, Iterable[bytes]]
    unreadable: Sequence[Unreadable] = ()


def write_packet(stream: IO[bytes], called: Judgement, held: Held) -> None:
    """Write a packet plan by plan, and its reports part by part.

    The same inputs give the same bytes. Raises UsageError for what no reader would take.
    """
    refuse_too_many(held.number + len(held.unreadable))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        writing = _Writing(archive)
        plans = list(_plans(writing, held.plans))
        for path, content in sorted(held.rulesets.items()):
            writing.add(f"{RULESETS}{path}", (content,))
        for number, (name, parts) in enumerate(held.reports.items(), 1):
            writing.add(_numbered("reports", number, name), parts)
        writing.end(
            {
                "format": FORMAT,
                "version": called.version,
                "as_of": called.as_of,
                "engine": called.engine,
                "waivers": "yes" if called.waivers else "no",
                "plans": plans,
                "unreadable": [
                    {"name": plan.name, "ja": plan.message.ja, "en": plan.message.en}
                    for plan in held.unreadable
                ],
            }
        )
    if stream.tell() > PACKET.packed:
        raise _too_much(_SIZE, _size(PACKET.packed))


def _plans(writing: _Writing, plans: Iterable[PlanInPacket]) -> Iterator[dict[str, str]]:
    """Write each plan and its assessment; yield what the manifest says of them."""
    for number, (name, content, told) in enumerate(plans, 1):
        if not _in_utf8(name):  # as a system with other names may give it
            raise UsageError(_OTHER_NAME.format(name=visible(name)))
        place = _numbered("plans", number, name)
        alone = f"assessments/{PurePosixPath(place).name}.json"
        writing.add(place, (content,))
        writing.add(alone, (told(),), PACKET_ASSESSMENT)
        yield {"path": place, "name": name, "assessment": alone}


def refuse_too_many(plans: int) -> None:
    """Raise UsageError if there are more plans than a packet holds."""
    if plans > PACKET_PLANS:
        raise _too_much(_PLANS, f"{PACKET_PLANS:,}")


class _Writing:
    """A packet that is being written: its archive, and the digests of what it holds."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._digests: dict[str, str] = {}
        self._spellings: set[str] = set()
        self._unpacked = 0

    def add(self, path: str, parts: Iterable[bytes], most: int = PACKET.entry) -> None:
        """Write a file of the packet, part by part."""
        if not is_plain_path(path) or path.casefold() in self._spellings:
            raise UsageError(_OTHER_NAME.format(name=visible(path)))
        self._spellings.add(path.casefold())
        # One more file is the manifest.
        if len(self._spellings) + 1 > PACKET.entries:
            raise _too_much(_FILES, f"{PACKET.entries:,}")
        digest, size, most = sha256(), 0, min(most, PACKET.entry)
        with self._archive.open(_entry(path), "w") as stream:
            for part in parts:
                size += len(part)
                if size > most:
                    raise _too_much(same(path), _size(most))
                if self._unpacked + size + PACKET_MANIFEST > PACKET.unpacked:
                    raise _too_much(_UNPACKED, _size(PACKET.unpacked))
                digest.update(part)
                stream.write(part)
        self._unpacked += size
        self._digests[path] = digest.hexdigest()

    def end(self, manifest: dict[str, Any]) -> None:
        """Write the manifest, with the digests of all files and of itself."""
        manifest["sha256"] = dict(sorted(self._digests.items()))
        manifest[OWN_DIGEST] = own_digest(manifest)
        try:
            Manifest.model_validate(manifest)
            text = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
        except (ValidationError, UnicodeEncodeError) as error:  # half a character in a message
            raise UsageError(_OTHER_NAME.format(name=MANIFEST)) from error
        if len(text) > PACKET_MANIFEST:
            raise _too_much(same(MANIFEST), _size(PACKET_MANIFEST))
        self._archive.writestr(_entry(MANIFEST), text)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _READ_BY_ALL
    entry.create_system = 3  # the same on every system
    return entry


def _numbered(folder: str, number: int, name: str) -> str:
    """Return where a file stands in the packet: its number, and its name where that is plain."""
    last = PurePosixPath(name).name.strip("<>")
    path = f"{folder}/{number:04}-{last}"
    if is_plain_path(path) and len(path.encode()) <= _LONGEST:
        return path
    suffix = PurePosixPath(name).suffix
    plain = f"{folder}/{number:04}-file{suffix}"
    return plain if is_plain_path(plain) else f"{folder}/{number:04}-file"


def _in_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


_LONGEST = 200
"""Bytes of a name, so that there is room for what is put beside it."""


def _size(size: int) -> str:
    return f"{size / MB:,g} MB"


def _too_much(what: Text, most: str) -> UsageError:
    return UsageError(_FEWER.format(what=what, most=most))
