"""Plan files drafted from one document after another, wherever that happens.

What comes of a document is bytes and texts alone. Nothing that a document holds, and no fault of
dxrules, is raised here: a document takes no other with it.
"""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from dxrules import __version__
from dxrules.errors import DxrulesError
from dxrules.frozen import frozen
from dxrules.nation.workers import Job
from dxrules.paths import shown
from dxrules.reference import load_reference
from dxrules.reference.gazetteer import Government, gazetteer
from dxrules.rules.ruleset_files import contents_by_path
from dxrules.source.os_errors import want_of
from dxrules.texts import Lang, Text, visible

if TYPE_CHECKING:
    from dxrules.draft import Source
    from dxrules.draft.draft import Model

_BROKEN = Text(
    "{file}: 下書きの途中で内部エラーが起きました({said})。この文書の下書きはありません。",
    "{file}: dxrules failed while it drafted from this document ({said}), so there is no draft.",
)
_WANT = Text(
    "{file}: 下書きを続けられません({reason})。空き容量と上限を確かめて、"
    "もう一度実行してください。",
    "{file}: cannot be drafted from ({reason}). Check the space and the limits, and try again.",
)
_OTHER_TOWN = Text(
    "{file}: {found}の計画のようですが、--municipality のとおり{own}の計画として下書きしました。"
    "文書と --municipality を確かめてください。",
    "{file}: this seems to be the plan of {found}. It was drafted as that of {own}, as "
    "--municipality says; check the document and --municipality.",
)
_DIED = Text(
    "{file}: 下書きするプロセスが、この文書だけを読ませても異常終了しました。"
    "この文書の下書きはありません。",
    "{file}: a process that drafted from this document ended before it was done, alone, too. "
    "There is no draft.",
)


@frozen
class DraftTask:
    """A document to be drafted from: its bytes, and how messages and the draft call it."""

    name: str
    raw: bytes


@frozen
class PackedDraft:
    """What came of a document: the plan file and its side file, or why there is none.

    `remarks` are what is left out of it, and whose it seems to be if not the town's that was
    named. It is `broken` where dxrules failed, and the document is not to blame.
    """

    content: bytes = b""
    places: bytes = b""
    values: int = 0
    doubts: int = 0
    town: Text = Text("", "")
    remarks: tuple[Text, ...] = ()
    fault: Text | None = None
    broken: bool = False
    version: str = __version__


@frozen
class DraftOrder:
    """By which words and lists drafts are made, on which day, in which language.

    `lists` are files of the rulesets' folder, `words` those of a folder of one's own, if there is
    one; messages call them `lists_called` and `words_called`. It goes to other processes and
    machines, so it holds the files themselves, and where it was `sent` they are `packed`.
    """

    lists: Mapping[str, bytes]
    lists_called: str
    words: Mapping[str, bytes] | None
    words_called: str
    today: date
    lang: Lang
    municipality: str | None = None
    packed: bytes = b""

    @property
    def sent(self) -> DraftOrder:
        """The same as it is sent with each document."""
        texts = [_as_texts(self.lists), None if self.words is None else _as_texts(self.words)]
        return replace(self, lists={}, words=None, packed=zlib.compress(json.dumps(texts).encode()))

    @property
    def opened(self) -> DraftOrder:
        """The same with its files, wherever it is read."""
        if not self.packed:
            return self
        lists, words = json.loads(zlib.decompress(self.packed))
        words = None if words is None else _as_files(words)
        return replace(self, lists=_as_files(lists), words=words, packed=b"")


def _as_texts(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: content.decode("latin-1") for name, content in files.items()}


def _as_files(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode("latin-1") for name, text in texts.items()}


def draft_order(
    rulesets: Path | None,
    words: Path | None,
    today: date,
    lang: Lang,
    municipality: str | None = None,
) -> DraftOrder:
    """Return the order by the lists of a folder of rulesets, and the words of one's own."""
    from dxrules.draft.reading import words_by_path

    lists = {
        path: content
        for path, content in contents_by_path(rulesets).items()
        if path.startswith("national/reference/")
    }
    return DraftOrder(
        lists,
        "rulesets" if rulesets is None else shown(rulesets),
        None if words is None else words_by_path(words),
        "" if words is None else shown(words),
        today,
        lang,
        municipality,
    )


class Drafter:
    """Who drafts by an order: words and lists are read once."""

    def __init__(self, order: DraftOrder, model: Model | None = None) -> None:
        """Read words and lists; raise RulesetError with every fault of theirs."""
        from dxrules.draft import Source, load_reading

        opened = order.opened
        self.source: Source = Source(
            load_reading(opened.words, opened.words_called),
            load_reference(opened.lists, opened.lists_called),
            gazetteer(),
            order.lang,
        )
        self.model = model
        self._order = order
        code = order.municipality
        self._town: Government | None = None if code is None else gazetteer().of(code)

    def drafted(self, task: DraftTask) -> PackedDraft:
        """Return what comes of a document."""
        try:
            return self._drafted(task)
        except DxrulesError as error:
            return PackedDraft(fault=error.text)
        except Exception as error:  # noqa: BLE001  (a fault of dxrules costs one draft, and is said)
            if (want := want_of(error)) is not None:
                return PackedDraft(fault=_WANT.format(file=task.name, reason=want))
            said = visible(f"{type(error).__name__}: {error}")
            return PackedDraft(fault=_BROKEN.format(file=task.name, said=said), broken=True)

    def _drafted(self, task: DraftTask) -> PackedDraft:
        from dxrules.document.reading import original_from
        from dxrules.draft import draft, left_out, other_town, places, written

        order, digest = self._order, sha256(task.raw).hexdigest()
        original = original_from(task.raw, task.name)
        made = draft(original, self.source, order.today, self._town, digest, self.model)
        remarks = [*left_out(original)]
        if (own := self._town) and (other := other_town(original, own.code, gazetteer())):
            found, told = map(gazetteer().full_name, (other, own))
            remarks.append(_OTHER_TOWN.format(file="{file}", found=found, own=told))
        return PackedDraft(
            written(made, task.name, order.lang).encode(),
            places(made, task.name).encode(),
            made.values,
            made.doubts,
            made.town.name,
            tuple(said.format(file=task.name) for said in remarks),
        )


def draft_from(order: DraftOrder, task: DraftTask) -> PackedDraft:
    """Draft from a document as an order says; words and lists are read once in each thread."""
    held = _HELD.__dict__
    if held.get("order") != order:
        held["drafter"], held["order"] = Drafter(order), order
    drafter: Drafter = held["drafter"]
    return drafter.drafted(task)


_HELD = threading.local()


def drafting(order: DraftOrder) -> Job[DraftTask, PackedDraft]:
    """Return the work of drafting by an order."""
    return Job(draft_from, order.sent, lambda task: (task,), _lost)


def drafting_here(drafter: Drafter) -> Job[DraftTask, PackedDraft]:
    """Return the work of drafting by one who drafts in this process."""
    return Job(lambda _, task: drafter.drafted(task), None, lambda task: (task,), _lost)


def _lost(task: DraftTask) -> PackedDraft:
    return PackedDraft(fault=_DIED.format(file=task.name), broken=True)
