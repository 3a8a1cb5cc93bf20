"""The packet: everything that an assessment was made of, in one archive that can be judged again.

A ZIP file of the plans, the assessment of each, the rulesets, the reports, and `manifest.json`,
which says how they were made and names the digest of each. It is read entry by entry: an archive
of all towns of the nation takes no more memory than that of one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import IO, Annotated, Any, Literal

from pydantic import Field

from dxrules.assessment.dossier import Unreadable
from dxrules.errors import InputError
from dxrules.frozen import frozen
from dxrules.plan import PlanFile, plan_of
from dxrules.plan.read import document_from
from dxrules.reference import Reference
from dxrules.rules import Law
from dxrules.source import Document, Strict, field
from dxrules.source.archive import Archive, ArchiveError
from dxrules.source.bounds import (
    MB,
    PACKET,
    PACKET_ASSESSMENT,
    PACKET_MANIFEST,
    PACKET_PLANS,
    WORKBOOK,
)
from dxrules.source.file_kind import what_it_is
from dxrules.source.own_json import document_of, validated
from dxrules.source.read import bounded
from dxrules.source.types import JudgedDay, Line
from dxrules.texts import Text, printable, same, visible

MANIFEST, RULESETS = "manifest.json", "rulesets/"
FORMAT, FIRST_FORMAT = "dxrules/packet/2", "dxrules/packet/1"
OWN_DIGEST = "manifest_sha256"
"""The key of the manifest's own digest, which is made of all its other keys."""
_ASSESSMENT = "assessment.json"
_ZIP = b"PK"
"""How an archive begins."""
_NO_PACKET = Text("パケットではありません。", "This is no packet.")
_WRITTEN_BY = Text(
    "dxrules check --packet が書いたファイルを指定してください。",
    "Name a file that dxrules check --packet has written.",
)
_MISSING = Text("足りないファイル: ", "Files are missing: ")
_TOO_LARGE = Text("{size} MBを超えています。", "Larger than {size} MB.")
_MANY_PLANS = Text("計画が{most}件を超えています。", "It holds more than {most} plans.")
_TWICE = Text(
    "2つの計画が同じファイル({path})を指しています。", "Two plans name the same file, {path}."
)


_Name = Annotated[str, Field(min_length=1)]
"""A path or name, letter by letter: it is what the assessment says, too."""


class PackedPlan(Strict):
    """A plan in the packet: where it and its assessment are, and what reports call it."""

    path: _Name = field("パケット内の場所", "place in the packet")
    name: _Name = field("報告書での名前", "what reports call it")
    assessment: _Name = field("判定結果の場所", "place of its assessment")


class EarlierPlan(Strict):
    """A plan in a packet of the first form, whose assessment is that of all plans."""

    path: _Name = field("パケット内の場所", "place in the packet")
    name: _Name = field("報告書での名前", "what reports call it")


class NotPacked(Strict):
    """A plan that could not be read, so that it was not judged."""

    name: _Name = field("名前", "name")
    ja: str = field("理由(日本語)", "why, in Japanese")
    en: str = field("理由(英語)", "why, in English")


class _Made(Strict):
    """How a packet was made, and the digest of every file."""

    version: Line = field("dxrulesの版", "version of dxrules")
    as_of: JudgedDay = field("判定日", "day judged")
    engine: Literal["both", "interpreter"] = field("エンジン", "engine")
    waivers: Literal["yes", "no"] = field("承認済みの例外を使ったか", "whether waivers were used")
    unreadable: tuple[NotPacked, ...] = field("読めなかった計画", "plans that were not read", ())
    sha256: dict[str, Line] = field("各ファイルのSHA-256", "digest of each file")


class Manifest(_Made):
    """What was judged, how, and by which version."""

    format: Literal["dxrules/packet/2"] = field("形式", "format")
    plans: tuple[PackedPlan, ...] = field("計画", "plans")
    manifest_sha256: Line = field("この一覧自体のSHA-256", "digest of this manifest itself")


class EarlierManifest(_Made):
    """The same in the first form, which held one assessment of all plans."""

    format: Literal["dxrules/packet/1"] = field("形式", "format")
    plans: tuple[EarlierPlan, ...] = field("計画", "plans")


@frozen
class PackedAssessment:
    """An assessment in a packet, and the plans that it was made of, by path and name."""

    assessment: str
    plans: tuple[tuple[str, str], ...]


@frozen
class Packet:
    """A packet that is open for reading.

    `altered` are the files that are not what the manifest says, `added` those it does not name;
    `edited` is whether the manifest is not what its own digest says.
    """

    name: str
    archive: Archive
    manifest: Manifest | EarlierManifest
    altered: tuple[str, ...]
    added: tuple[str, ...] = ()
    edited: bool = False

    @property
    def sealed(self) -> bool:
        """Whether the manifest has a digest of its own, so that an edit of it shows."""
        return isinstance(self.manifest, Manifest)

    @property
    def parts(self) -> tuple[PackedAssessment, ...]:
        """The assessments, each with its plans."""
        if isinstance(self.manifest, Manifest):
            plans = self.manifest.plans
            return tuple(
                PackedAssessment(plan.assessment, ((plan.path, plan.name),)) for plan in plans
            )
        return (
            PackedAssessment(_ASSESSMENT, tuple((p.path, p.name) for p in self.manifest.plans)),
        )

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The plans that could not be read when the packet was made."""
        return tuple(
            Unreadable(visible(plan.name), Text(printable(plan.ja), printable(plan.en)))
            for plan in self.manifest.unreadable
        )

    def content(self, path: str, most: int = PACKET_ASSESSMENT) -> bytes:
        """Return the bytes of a file; raise InputError if they are damaged or too many."""
        if self.archive.size(path) > most:
            raise InputError.of_file(
                f"{self.name}:{path}", _TOO_LARGE.format(size=f"{most / MB:,g}")
            )
        try:
            return self.archive.read(path)
        except ArchiveError as error:
            raise InputError.of_file(self.name, error.text, _WRITTEN_BY) from error


def open_packet(stream: IO[bytes], name: str) -> Packet:
    """Open a packet; `name` is how messages call it, and the stream stays open with it.

    Raises InputError if it is none: no archive, a damaged one, no manifest, or files missing.
    """
    try:
        archive = Archive(stream, PACKET)
    except ArchiveError as error:
        stream.seek(0)
        other = None if stream.read(len(_ZIP)) == _ZIP else _what(stream)
        raise InputError.of_file(name, other or error.text, _WRITTEN_BY) from error
    if MANIFEST not in archive.names:
        raise InputError.of_file(name, _what(stream) or _NO_PACKET, _WRITTEN_BY)
    try:
        return _opened(archive, name)
    except ArchiveError as error:
        raise InputError.of_file(name, error.text, _WRITTEN_BY) from error


def _what(stream: IO[bytes]) -> Text | None:
    """Say what a file is that is no packet; None where nobody knows."""
    stream.seek(0)
    return what_it_is(bounded(stream, WORKBOOK.packed), or_text=True)


def _opened(archive: Archive, name: str) -> Packet:
    manifest, edited = _manifest(archive, name)
    packet = Packet(name, archive, manifest, (), edited=edited)
    if len(manifest.plans) > PACKET_PLANS:
        raise InputError.of_file(name, _MANY_PLANS.format(most=f"{PACKET_PLANS:,}"))
    named = [path for part in packet.parts for path, _ in part.plans]
    named += [part.assessment for part in packet.parts]
    if (twice := next((path for path, n in Counter(named).items() if n > 1), None)) is not None:
        raise InputError.of_file(name, _TWICE.format(path=visible(twice)))
    held, digests = {*archive.names} - {MANIFEST}, manifest.sha256
    missing = sorted({*digests, *named} - held)
    if missing:
        raise InputError.of_file(name, _MISSING + same(", ".join(map(visible, missing))))
    altered = [
        path for path in sorted(held & {*digests}) if digests[path] != _digest(archive, path)
    ]
    return Packet(name, archive, manifest, tuple(altered), tuple(sorted(held - {*digests})), edited)


def _digest(archive: Archive, path: str) -> str:
    digest = sha256()
    for piece in archive.pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _manifest(archive: Archive, name: str) -> tuple[Manifest | EarlierManifest, bool]:
    """Return the manifest, and whether it is not what its own digest says."""
    called = f"{name}:{MANIFEST}"
    if archive.size(MANIFEST) > PACKET_MANIFEST:
        raise InputError.of_file(called, _TOO_LARGE.format(size=f"{PACKET_MANIFEST / MB:,g}"))
    raw = archive.read(MANIFEST)
    document = document_of(raw, called)
    said = document.data if isinstance(document.data, dict) else {}
    if not raw.strip() or (not document.problems and "format" not in said):
        raise InputError.of_file(name, _NO_PACKET, _WRITTEN_BY)
    if said.get("format") == FIRST_FORMAT:
        return _validated(document, EarlierManifest), False
    manifest = _validated(document, Manifest)
    return manifest, own_digest(said) != manifest.manifest_sha256


def _validated(document: Document, model: type[Any]) -> Any:
    manifest, problems = validated(document, model)
    if manifest is None:
        raise InputError(problems)
    return manifest


def own_digest(manifest: Mapping[str, Any]) -> str:
    """Return the digest of a manifest: of all its keys but the one that holds the digest."""
    said = {key: value for key, value in manifest.items() if key != OWN_DIGEST}
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def law_of(packet: Packet) -> Law:
    """Return the law that a packet holds; raise RulesetError if it cannot be read any more."""
    from dxrules.rules import load_law

    files = {
        path.removeprefix(RULESETS): packet.content(path)
        for path in packet.archive.names
        if path.startswith(RULESETS) and path not in packet.added
    }
    return load_law(files, f"{packet.name}:{RULESETS.rstrip('/')}")


def plan_in(packet: Packet, path: str, name: str, reference: Reference) -> PlanFile:
    """Return a plan of a packet; raise PlanError if it cannot be read any more."""
    raw = packet.content(path)
    try:
        return plan_of(document_from(raw, name), reference)
    except InputError:
        # Said once more by where it is: what reports called it may be another file by now.
        plan_of(document_from(raw, f"{packet.name}:{path}"), reference)
        raise


def plans_in(packet: Packet, reference: Reference) -> Iterator[PlanFile]:
    """Yield the plans of a packet one by one, in the order of its parts."""
    for part in packet.parts:
        for path, name in part.plans:
            yield plan_in(packet, path, name, reference)
