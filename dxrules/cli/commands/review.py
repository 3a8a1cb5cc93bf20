"""`dxrules review`: the desk in a browser, served by this machine to itself."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dxrules.cli.bilingual import command_named, option
from dxrules.cli.common import load, options, today_in_japan
from dxrules.cli.judged_count import refuse_without_rules
from dxrules.cli.plan_folder import ENDINGS, scan
from dxrules.cli.streams import complain, say, spoken
from dxrules.errors import DxrulesError, UsageError
from dxrules.paths import is_folder, is_regular, is_there, shown
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.desk import Desk
    from dxrules.desk.kept_file import KeptFiles
    from dxrules.desk.local_server import LocalServer

_HELP = Text(
    """計画をブラウザの点検画面で開きます。

    左に計画書、右に確かめること・記載・判定が並び、答えるたびに判定が更新されます。計画を省くと、
    計画書からの下書き(--document)か、白紙から始められます。この端末の中だけで動き、
    外部へは何も送信しません。計画ファイルには、「保存」を押したときだけ書き込みます。
    """,
    """Open plans at the review desk, a page in the browser.

    The document is at the left, what to settle, facts and verdicts are at the right, and verdicts
    are updated with every answer. Without a plan it begins with a draft from a document
    (--document) or a blank form. It runs on this machine alone and sends nothing anywhere. The
    plan file is written only when you save.
    """,
)
_EXAMPLES = (
    Text(
        "dxrules review facts/40646-koge.yaml --document 計画書.pdf",
        "dxrules review facts/40646-koge.yaml --document plan.pdf",
    ),
    Text(
        "dxrules review --document 計画書.pdf -o our-town.yaml",
        "dxrules review --document plan.pdf -o our-town.yaml",
    ),
    "dxrules review facts",
    "dxrules review",
)
_OPEN_AT = Text(
    "点検画面: {address}\n(このアドレスは一度だけ使えます。終了するには Ctrl-C を押します)\n",
    "The review desk: {address}\n(This address works once. Ctrl-C ends it.)\n",
)
_IDLE = Text(
    "{minutes}分使われなかったので終了しました。",
    "Ended after {minutes} minutes without use.",
)
_ENDED = Text("終了しました。", "Ended.")
_LOST = Text(
    "{file}: 保存していない変更は失われました。", "{file}: changes that were not saved are lost."
)
_ONE_DOCUMENT = Text(
    "--document は、計画が1つのとき、または計画を省いたときに使えます。",
    "--document goes with one plan, or with none.",
)
_ONE_OUTPUT = Text(
    "-o は、計画が1つのとき、または計画を省いたときに使えます。",
    "-o goes with one plan, or with none.",
)
_WORKBOOK = Text(
    "{file}: ブックには書き込めません(色やメモを失わずには書けないため)。"
    "-o 新しい名前.xlsx を指定すると、そこに保存できます。",
    "{file}: a workbook is not written into, as its colours and notes would be lost. "
    "-o NEW.xlsx lets you save to another one.",
)
_THERE = Text(
    "{file}: 既にあります。別の名前を指定してください。", "{file}: is already there. Name another."
)
_ENDING = Text(
    "{file}: 計画ファイルの拡張子は .yaml、.json、.xlsx のいずれかにしてください。",
    "{file}: the name of a plan file ends in .yaml, .json or .xlsx.",
)
_PORT = Text("ポート {port} は使えません({reason})。", "Port {port} cannot be used ({reason}).")


@command_named("review", _HELP, _EXAMPLES)
@click.argument("plans", nargs=-1, metavar="[PLAN...]")
@option(
    "--document",
    ja="計画書(PDF・Word・Excel・HTML・テキスト。省くと、計画ファイルの隣にある下書きの元)",
    en="the published document (default: what the plan was drafted from, if it is beside it)",
    type=click.Path(path_type=Path),
)
@option(
    "--output",
    "-o",
    ja="保存先(既定: 開いた計画ファイル)",
    en="where to save (default: the plan file)",
    type=click.Path(path_type=Path),
)
@options("as_of", "rulesets")
@option(
    "--port",
    ja="ポート(既定: 空いているもの)",
    en="port (default: a free one)",
    type=click.IntRange(0, 65_535),
    default=0,
)
@option(
    "--idle",
    ja="画面を閉じてからこの時間がたつと終了する",
    en="end once the page has been closed for this long",
    called=Text("分", "MINUTES"),
    type=click.IntRange(1, 1_440),
    default=30,
    show_default=True,
)
@option(
    "--no-browser",
    "browses",
    ja="ブラウザを開かず、アドレスだけを表示する",
    en="print the address only",
    flag_value=False,
    default=True,
)
def command(  # noqa: PLR0913  (one per option)
    *,
    plans: tuple[str, ...],
    document: Path | None,
    output: Path | None,
    day: date | None,
    rulesets: Path | None,
    port: int,
    idle: int,
    browses: bool,
) -> None:
    """Review a plan at a desk, beside its document."""
    from dxrules.desk import Desk, Home
    from dxrules.desk.kept_file import KeptFiles

    several = len(plans) > 1 or any(is_folder(Path(each)) for each in plans)
    if document is not None and several:
        raise UsageError(_ONE_DOCUMENT)
    if output is not None and several:
        raise UsageError(_ONE_OUTPUT)
    law, day = load(rulesets), day or today_in_japan()
    refuse_without_rules(law, day, [])
    kept = KeptFiles(spoken(), law.reference)
    desk = Desk(law, day, Home(save=kept.save, keeps=kept.keeps, rulesets=rulesets))
    _refuse_output(output)
    paths = [Path(each) for each in plans]
    for path in paths:
        if is_folder(path):
            _open_folder(desk, kept, path)
        else:
            _open(desk, kept, path, output)
    if document is None and not several and paths:
        document = _drafted_from(desk, paths[0])
    if document is not None:
        _beside(desk, kept, document, output, paths)
    elif not paths and output is not None:
        kept.next_to(output)
    _serve(desk, port, idle, browses=browses)


def _refuse_output(output: Path | None) -> None:
    """Raise UsageError if a plan cannot be saved to a file."""
    if output is None:
        return
    if output.suffix.lower() not in ENDINGS:
        raise UsageError(_ENDING.format(file=shown(output)))
    if is_there(output):
        raise UsageError(_THERE.format(file=shown(output)))


def _open(desk: Desk, kept: KeptFiles, path: Path, output: Path | None) -> None:
    """Open a plan file, and say where it is saved."""
    raw = _bytes(path)
    plan = _call(desk, "open", {"name": path.name, "content": _packed(raw)})
    if output is not None:
        kept.keep(plan, output, None)
    elif path.suffix.lower() == ".xlsx":
        complain(_WORKBOOK.format(file=shown(path)))
    else:
        kept.keep(plan, path, raw)


def _open_folder(desk: Desk, kept: KeptFiles, folder: Path) -> None:
    """Open the plan files of a folder; say of each that is wrong what is, and go on."""
    found = scan(folder, shown)
    for said in (*(text for _, text in found.faults), *found.remarks):
        complain(said)
    for path in found.plans:
        try:
            _open(desk, kept, path, None)
        except DxrulesError as error:
            complain(error.text)


def _beside(
    desk: Desk,
    kept: KeptFiles,
    document: Path,
    output: Path | None,
    paths: Sequence[Path],
) -> None:
    """Put the document beside the plan, or draft a plan from it."""
    given = {"name": document.name, "content": _packed(_bytes(document))}
    if paths:
        _call(desk, "attach", given | {"plan": next(iter(desk.plans))})
        return
    plan = _call(desk, "draft", given | {"lang": spoken()})
    kept.keep(plan, output or Path(f"{document.stem}.yaml"), None)


def _drafted_from(desk: Desk, path: Path) -> Path | None:
    """Return the document that a plan was drafted from, if it still stands beside the plan."""
    reading = next(iter(desk.plans.values())).file.plan.document
    drafted = None if reading is None else reading.drafted
    if drafted is None or not is_regular(found := path.parent / Path(drafted.file).name):
        return None
    return found if sha256(_bytes(found)).hexdigest() == drafted.digest else None


def _call(desk: Desk, name: str, arguments: dict[str, Any]) -> str:
    """Return the plan that a call opened; raise with all that is wrong."""
    return str(desk.result(name, arguments)["plan"]["plan"])


def _bytes(path: Path) -> bytes:
    from dxrules.source.bounds import DOCUMENT
    from dxrules.source.read import read_bytes

    return read_bytes(path, shown(path), DOCUMENT.packed)


def _packed(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _serve(desk: Desk, port: int, idle: int, *, browses: bool) -> None:
    """Serve the desk until it is idle or ended, and say what was not saved."""
    from dxrules.desk.local_server import LocalServer

    try:
        server = LocalServer(desk, port=port, idle_seconds=idle * 60)
    except OSError as error:
        from dxrules.source.os_errors import reason

        raise UsageError(_PORT.format(port=str(port), reason=reason(error))) from error
    say(_OPEN_AT.format(address=server.address))
    if browses:
        _browse(server)
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    said = _IDLE.format(minutes=str(idle)) if server.was_idle else _ENDED
    complain(said)
    for plan in desk.plans.values():
        if plan.is_changed:
            complain(_LOST.format(file=plan.file.name))


def _browse(server: LocalServer) -> None:
    """Open a browser, unless there is only one that would take the terminal."""
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return
    if type(found) is not webbrowser.GenericBrowser:
        found.open(server.address)
