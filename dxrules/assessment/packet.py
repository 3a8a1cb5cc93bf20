"""The packet: everything that an assessment was made of, in one archive that can be judged again.

A ZIP file of `manifest.json`, the plans, the rulesets, the assessment and the reports. Entries
are stored in order, without times, so that the same inputs give the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from dxrules.errors import InputError, Place, Problem
from dxrules.frozen import frozen
from dxrules.plan import plan_of
from dxrules.plan.read import document_from
from dxrules.source import Strict, field, from_text, validate
from dxrules.source.types import Day, Line
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dxrules.assessment.assess import EngineChoice
    from dxrules.assessment.dossier import Unreadable
    from dxrules.plan import PlanFile
    from dxrules.reference import Reference
    from dxrules.rules import Law

ASSESSMENT = "assessment.json"
_MANIFEST = "manifest.json"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # ZIP knows no earlier time
_LARGEST = 200_000_000
_READ_BY_ALL = 0o644 << 16
_NO_PACKET = Text("パケットではありません。", "This is no packet.")
_WRITTEN_BY = Text(
    "dxrules check --packet が書いたファイルを指定してください。",
    "Name a file that dxrules check --packet has written.",
)


class PackedPlan(Strict):
    """A plan in the packet: where it is, and what reports call it."""

    path: Line = field("パケット内の場所", "place in the packet")
    name: Line = field("報告書での名前", "what reports call it")


class NotPacked(Strict):
    """A plan that could not be read, so that it was not judged."""

    name: Line = field("名前", "name")
    ja: str = field("理由(日本語)", "why, in Japanese")
    en: str = field("理由(英語)", "why, in English")


class Manifest(Strict):
    """What was judged, how, and by which version; the digest of every file."""

    format: Literal["dxrules/packet/1"] = field("形式", "format")
    version: Line = field("dxrulesの版", "version of dxrules")
    as_of: Day = field("判定日", "day judged")
    engine: Literal["both", "interpreter"] = field("エンジン", "engine")
    waivers: Literal["yes", "no"] = field("承認済みの例外を使ったか", "whether waivers were used")
    plans: tuple[PackedPlan, ...] = field("計画", "plans")
    unreadable: tuple[NotPacked, ...] = field("読めなかった計画", "plans that were not read", ())
    sha256: dict[str, Line] = field("各ファイルのSHA-256", "digest of each file")


@frozen
class Packet:
    """A packet as it was read.

    `altered` are the files that are not what the manifest says, `added` those it does not name.
    """

    manifest: Manifest
    files: Mapping[str, bytes]
    altered: tuple[str, ...]
    added: tuple[str, ...] = ()

    @property
    def rulesets(self) -> dict[str, bytes]:
        """The files of the rulesets, by their path in the folder."""
        return {
            name.removeprefix("rulesets/"): content
            for name, content in self.files.items()
            if name.startswith("rulesets/")
        }


@frozen
class Judgement:
    """How an assessment was called for: the version of dxrules, the engine, waivers or not."""

    version: str
    as_of: str
    engine: EngineChoice
    waivers: bool


def pack(
    called: Judgement,
    plans: Sequence[tuple[str, bytes]],
    rulesets: Mapping[str, bytes],
    reports: Mapping[str, bytes],
    unreadable: Sequence[Unreadable] = (),
) -> bytes:
    """Return the packet: plans with what reports call them, rulesets by path, reports by name."""
    places = [f"plans/{n}-{_last(name)}" for n, (name, _) in enumerate(plans, 1)]
    files = {place: content for place, (_, content) in zip(places, plans, strict=True)}
    files |= {f"rulesets/{path}": content for path, content in rulesets.items()}
    files |= reports
    manifest: dict[str, Any] = {
        "format": "dxrules/packet/1",
        "version": called.version,
        "as_of": called.as_of,
        "engine": called.engine,
        "waivers": "yes" if called.waivers else "no",
        "plans": [
            {"path": place, "name": name} for place, (name, _) in zip(places, plans, strict=True)
        ],
        **_unreadable(unreadable),
        "sha256": {name: sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in ((_MANIFEST, text.encode()), *sorted(files.items())):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.external_attr = _READ_BY_ALL
            entry.create_system = 3  # the same on every system
            archive.writestr(entry, content)
    return stream.getvalue()


def _unreadable(plans: Sequence[Unreadable]) -> dict[str, Any]:
    """Return what a manifest says of plans that were not read; nothing where all were."""
    said = [{"name": p.name, "ja": p.message.ja, "en": p.message.en} for p in plans]
    return {"unreadable": said} if said else {}


def unpack(raw: bytes, name: str) -> Packet:
    """Read a packet; `name` is how messages call it.

    Raises InputError if it is none: no archive, no manifest, or files missing.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _LARGEST:
                raise _refused(name, Text("200 MBを超えています。", "Larger than 200 MB."))
            outside = [entry.filename for entry in entries if not _is_inside(entry.filename)]
            if outside:
                what = Text("外を指すファイル名: ", "A file name leads outside: ")
                raise _refused(name, what + same(outside[0]))
            files = {e.filename: archive.read(e) for e in entries if not e.is_dir()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        no_archive = Text("パケット(ZIP)として読めません。", "Cannot be read as a packet (ZIP).")
        raise _refused(name, no_archive, _WRITTEN_BY) from error
    manifest = _manifest(files.pop(_MANIFEST, b""), f"{name}:{_MANIFEST}")
    wanted = {*manifest.sha256, ASSESSMENT, *(plan.path for plan in manifest.plans)}
    missing = sorted(wanted - files.keys())
    if missing:
        listed = same(", ".join(missing))
        raise _refused(name, Text("足りないファイル: ", "Files are missing: ") + listed)
    digests = manifest.sha256
    altered = [
        path
        for path, content in sorted(files.items())
        if path in digests and digests[path] != sha256(content).hexdigest()
    ]
    return Packet(manifest, files, tuple(altered), tuple(sorted(files.keys() - digests)))


def law_of(packet: Packet) -> Law:
    """Return the law that a packet holds; raise RulesetError if it cannot be read any more."""
    from dxrules.rules import load_law

    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in packet.rulesets.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return load_law(root)


def plans_of(packet: Packet, reference: Reference) -> list[PlanFile]:
    """Return the plans that a packet holds; raise PlanError if one cannot be read any more."""
    return [
        plan_of(document_from(packet.files[plan.path], plan.name), reference)
        for plan in packet.manifest.plans
    ]


def _last(name: str) -> str:
    """Return the last part of a file's name; that of standard input without its brackets."""
    return PurePosixPath(name).name.strip("<>")


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path)
    return not (parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path)


def _manifest(raw: bytes, name: str) -> Manifest:
    document = from_text(raw.decode(errors="replace"), name)
    said = document.data if isinstance(document.data, dict) else {}
    if not raw.strip() or (not document.problems and "format" not in said):
        raise _refused(name.removesuffix(f":{_MANIFEST}"), _NO_PACKET, _WRITTEN_BY)
    manifest, problems = validate(document, Manifest, {})
    if manifest is None:
        raise InputError(problems)
    return manifest


def _refused(name: str, message: Text, hint: Text | None = None) -> InputError:
    return InputError([Problem(Place(name, 1, 1), "", message, hint)])
