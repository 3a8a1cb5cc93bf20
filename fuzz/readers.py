"""The readers, one entry each: seeds, how they are changed, and what reads them."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from openpyxl import load_workbook

from dxrules import load_law
from dxrules.cli.app import app
from dxrules.dates import PartialDate, Period, parse_date, parse_dates, parse_day, parse_period
from dxrules.errors import DateError, DxrulesError, EngineError, InputError
from dxrules.plan.convert import converted
from dxrules.plan.read import document_from, plan_of
from dxrules.plan.workbook.writer import workbook_of
from dxrules.source import from_text
from fuzz import mutations as m
from fuzz.document_readers import DOCUMENTS
from fuzz.guard import Fault
from fuzz.oracle import called, judged, not_judged, refused
from fuzz.reader import Reader, turn_of
from fuzz.sandbox import DAY, ON, PLAN, ROOT, SMALL, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from dxrules.plan import PlanFile
    from dxrules.rules import Law
    from dxrules.source import Document
    from fuzz.mutations import Mutation


# ---- Plans ----


def _read_plan(name: str) -> Callable[[bytes, Sandbox], str]:
    def read(data: bytes, sandbox: Sandbox) -> str:
        turn = turn_of(data)
        law = sandbox.shipped if turn % 8 == 0 else sandbox.law
        with sandbox.watched():
            document = document_from(data, name)
            try:
                plan = plan_of(document, law.reference)
            except DxrulesError as error:
                said = refused(error, name)
                not_judged(error, name, law, turn // 8)
                plan = None
            else:
                said = judged(plan, law, turn // 8)
            if turn % 4 == 0:
                _same_again(data, name, law, plan, document)
            if turn % 16 == 2 and plan is not None:
                _converted(plan, law)
        if turn % 16 == 1:
            said += _on_the_command_line(data, name, sandbox, turn // 16)
        return said

    return read


def _same_again(
    data: bytes, name: str, law: Law, plan: PlanFile | None, document: Document
) -> None:
    again = document_from(data, name)
    if (again.data, again.problems) != (document.data, document.problems):
        raise Fault("a file reads in two ways")
    if plan is not None and plan_of(again, law.reference).plan != plan.plan:
        raise Fault("a plan reads in two ways")


def _converted(plan: PlanFile, law: Law) -> None:
    """Write a plan in every other form; each must read as the same plan."""
    for ending in (".yaml", ".json", ".xlsx"):
        target = Path(f"converted{ending}")
        raw = converted(plan, target, "ja", law.reference)
        try:
            back = plan_of(document_from(raw, target.name), law.reference)
        except DxrulesError as error:
            raise Fault(f"a plan cannot be read as {ending} any more", error.text.en) from error
        if back.plan != plan.plan:
            raise Fault(f"a plan is another one as {ending}")


_ON_PLANS = ("check", "gaps", "graph", "forecast", "compare")


def _on_the_command_line(data: bytes, name: str, sandbox: Sandbox, turn: int) -> str:
    command = _ON_PLANS[turn % len(_ON_PLANS)]
    (sandbox.box / name).write_bytes(data)
    lang = ("ja", "en")[turn // 8 % 2]
    with sandbox.watched():
        return called(sandbox.call(command, name, *ON, "--lang", lang))


def _plans() -> list[bytes]:
    wrong = sorted((ROOT / "tests" / "wrong").glob("*.yaml"))
    return [path.read_bytes() for path in ((SMALL / PLAN), *wrong)]


def _plans_yaml(_: Sandbox) -> list[bytes]:
    towns = sorted((ROOT / "facts").glob("*.yaml"))
    return [*_plans(), *(path.read_bytes() for path in towns)]


def _data(raw: bytes) -> Any:
    return from_text(raw.decode(), "seed.yaml").data


def _plans_json(_: Sandbox) -> list[bytes]:
    paths = [SMALL / PLAN, *sorted((ROOT / "facts").glob("*.yaml"))]
    return [
        json.dumps(_data(path.read_bytes()), ensure_ascii=n % 2 == 0, indent=1).encode()
        for n, path in enumerate(paths)
    ]


def _workbooks(sandbox: Sandbox) -> list[bytes]:
    small, town = (SMALL / PLAN).read_bytes(), min((ROOT / "facts").glob("*.yaml"))
    reference = sandbox.law.reference
    return [
        workbook_of(_data(small), "en", reference),
        workbook_of(_data(small), "ja", reference),
        workbook_of(_data(town.read_bytes()), "ja", sandbox.shipped.reference),
    ]


def _of_workbooks(_: list[bytes]) -> Mutation:
    archives = m.Archives(m.by_ending({".xml": m.xml, ".rels": m.xml}))
    return m.one_of(*[archives] * 5, m.headers, m.bytes_)


def _of_trees(*, json_: bool = False) -> Callable[[list[bytes]], Mutation]:
    def mutation(seeds: list[bytes]) -> Mutation:
        trees = m.Trees([seed for seed in seeds if _parses(seed, json_=json_)], json_=json_)
        return m.one_of(*[trees] * 6, m.lines, m.bytes_)

    return mutation


def _parses(seed: bytes, *, json_: bool) -> bool:
    try:
        m.Trees([seed], json_=json_)
    except Exception:  # noqa: BLE001  (seeds of wrong files are meant to be wrong)
        return False
    return True


# ---- Rulesets, reference lists, cases ----


_RULESET = "national/small.yaml"
_SIGN = "# file: "


def _rulesets(_: Sandbox) -> list[bytes]:
    root = SMALL / "rulesets"
    return [
        f"{_SIGN}{path.relative_to(root).as_posix()}\n".encode() + path.read_bytes()
        for path in sorted(root.rglob("*.yaml"))
    ]


def _of_rulesets(seeds: list[bytes]) -> Mutation:
    change = _of_trees()(seeds)

    def mutation(data: bytes, rng: Any) -> bytes:
        first, _, rest = data.partition(b"\n")
        if not first.startswith(_SIGN.encode()):
            return change(data, rng)
        return first + b"\n" + change(rest, rng)

    return mutation


_ON_RULES = (("lint",), ("list",), ("test",), ("lint", "--format", "json"))


def _read_ruleset(data: bytes, sandbox: Sandbox) -> str:
    turn = turn_of(data)
    first = data.partition(b"\n")[0].decode("utf-8", "replace")
    place = first.removeprefix(_SIGN)
    known = {
        p.relative_to(SMALL / "rulesets").as_posix() for p in SMALL.rglob("rulesets/**/*.yaml")
    }
    root = sandbox.box / "rulesets"
    file = root / (place if place in known else _RULESET)
    before = file.read_bytes()
    file.write_bytes(data)
    try:
        with sandbox.watched():
            try:
                law = load_law(root)
            except EngineError as error:
                return str(error)[:40]
            except DxrulesError as error:
                said = refused(error, "rulesets")
            else:
                plan = plan_of(sandbox.plan.document, law.reference) if turn % 2 else sandbox.plan
                said = judged(plan, law, turn)
            if turn % 8 == 0:
                words = ("rules", *_ON_RULES[turn // 8 % len(_ON_RULES)])
                said += called(sandbox.call(*words, "--rulesets", "rulesets"), words[-1])
    except InputError as error:  # an area or the like that the small plan names is gone
        return refused(error, PLAN)
    finally:
        file.write_bytes(before)
    return said


def _cases(_: Sandbox) -> list[bytes]:
    part = {
        "name": {"ja": "最高情報責任者", "en": "The CIO"},
        "plan": {"provisions": {"cio": {"status": "none"}}, "measures": [], "indicators": []},
        "as_of": "2026-11-20",
        "prefecture": "34",
        "expect": [{"rule": "TST-01", "outcome": "unknown"}],
        "scope": "all",
    }
    whole = {
        "name": "whole",
        "plan": PLAN,
        "as_of": "2026-11-20",
        "expect": [{"rule": "TST-03", "key": ["cio", "x"], "outcome": "fail", "severity": "error"}],
    }
    made = {"format": "dxrules/test/1", "cases": [part, whole]}
    shipped = sorted((ROOT / "rulesets" / "tests").glob("*.yaml"))
    return [json.dumps(made, ensure_ascii=False).encode(), *(p.read_bytes() for p in shipped)]


def _read_cases(data: bytes, sandbox: Sandbox) -> str:
    turn = turn_of(data)
    folder = ("rulesets",) if turn % 8 else (str(ROOT / "rulesets"),)
    form = ("table", "json")[turn // 8 % 2]
    (sandbox.box / "cases.yaml").write_bytes(data)
    options = ("--rulesets", *folder, "--format", form, "--lang", ("en", "ja")[turn // 16 % 2])
    return _twice(sandbox, turn, ("rules", "test", "cases.yaml", *options), form)


def _twice(sandbox: Sandbox, turn: int, words: tuple[str, ...], form: str) -> str:
    """Call the command line; every eighth time twice, which must come to the same."""
    with sandbox.watched():
        call = sandbox.call(*words)
        if turn % 8 == 0 and sandbox.call(*words) != call:
            raise Fault("a file reads in two ways")
    if any(sandbox.tmp.iterdir()):
        sandbox.clean()
        raise Fault("temporary files are left behind")
    return called(call, form)


# ---- Packets and baselines ----


def _packets(sandbox: Sandbox) -> list[bytes]:
    made = []
    for words in ((PLAN,), (PLAN, "--no-waivers", "--output", "r.csv"), ("plans", "--lang", "ja")):
        sandbox.call("check", *words, *ON, "--packet", "p.zip")
        made.append((sandbox.box / "p.zip").read_bytes())
        sandbox.clean()
    return made


def _of_packets(seeds: list[bytes]) -> Mutation:
    entries = [entry for seed in seeds for entry in m.entries_of(seed)]
    of_json = [content for name, content in entries if name.endswith(".json")]
    of_yaml = [content for name, content in entries if name.endswith(".yaml")]
    inner = {
        ".json": m.one_of(m.Trees(of_json, json_=True), m.bytes_),
        ".yaml": m.one_of(m.Trees(of_yaml), m.lines),
    }
    archives = m.Archives(m.by_ending(inner), m.with_digests)
    return m.one_of(*[archives] * 5, m.headers, m.bytes_)


def _read_packet(data: bytes, sandbox: Sandbox) -> str:
    turn = turn_of(data)
    (sandbox.box / "p.zip").write_bytes(data)
    lang = ("--lang", ("ja", "en")[turn // 8 % 2])
    said = _twice(sandbox, turn, ("replay", "p.zip", *lang), "text")
    if turn % 3 == 0:
        form = ("table", "json")[turn // 3 % 2]
        words = ("compare", "p.zip", "p.zip", "--format", form, *lang)
        said += _twice(sandbox, turn, words, form)
    return said


def _baselines(sandbox: Sandbox) -> list[bytes]:
    sandbox.call("baseline", "write", "b.json", PLAN, *ON)
    raw = (sandbox.box / "b.json").read_bytes()
    sandbox.clean()
    old = raw.replace(b"baseline/2", b"baseline/1")
    return [raw, old, b'{"format": "dxrules/baseline/2", "entries": []}']


def _read_baseline(data: bytes, sandbox: Sandbox) -> str:
    turn = turn_of(data)
    (sandbox.box / "b.json").write_bytes(data)
    lang = ("--lang", ("ja", "en")[turn // 8 % 2])
    form = ("table", "json", "markdown", "csv")[turn // 16 % 4]
    words = ("check", PLAN, "--baseline", "b.json", "--format", form, *ON, *lang)
    said = _twice(sandbox, turn, words, form)
    if turn % 3 == 0:
        verb = ("prune", "update")[turn // 3 % 2]
        with sandbox.watched(sandbox.box, sandbox.tmp):
            call = sandbox.call("baseline", verb, "b.json", PLAN, *ON, *lang)
            if call.code == 0:
                again = sandbox.call("check", PLAN, "--baseline", "b.json", *ON, *lang)
                called(again)
                if verb == "update" and again.code != 0:
                    raise Fault("an updated baseline does not cover its plan", again.err)
        said += called(call)
    return said


# ---- Inquiries ----

_FIRST_ROW, _ASKED, _ANSWER, _TOLD_ON = 6, 4, 5, 7
"""Where an inquiry is filled in: the first row of questions, and columns from 1 on."""


def _inquiries(sandbox: Sandbox) -> list[bytes]:
    """Return inquiries in both languages, with the first answer of those offered in each row."""
    made = []
    for lang, opened in (("ja", "("), ("en", " (")):
        sandbox.call("ask", PLAN, *ON, "--lang", lang, "--output", "i.xlsx")
        raw = (sandbox.box / "i.xlsx").read_bytes()
        made.append(raw)
        book = load_workbook(io.BytesIO(raw))
        for sheet in book:
            for row in range(_FIRST_ROW, sheet.max_row + 1):
                offered = str(sheet.cell(row, _ASKED).value).partition(opened)[2]
                sheet.cell(row, _ANSWER).value = re.split("[、,)]", offered)[0]
                sheet.cell(row, _TOLD_ON).value = DAY.isoformat()
        stream = io.BytesIO()
        book.save(stream)
        made.append(stream.getvalue())
        sandbox.clean()
    return made


def _read_inquiry(data: bytes, sandbox: Sandbox) -> str:
    turn = turn_of(data)
    (sandbox.box / "i.xlsx").write_bytes(data)
    words = ("answer", PLAN, "i.xlsx", *ON, "--lang", ("ja", "en")[turn // 8 % 2])
    said = _twice(sandbox, turn, words, "text")
    if turn % 3 == 0:
        with sandbox.watched(sandbox.box, sandbox.tmp):
            call = sandbox.call(*words, "--output", "answered.yaml")
            if (sandbox.box / "answered.yaml").exists():
                again = sandbox.call("check", "answered.yaml", *ON)
                called(again)
                if again.code == 2:
                    raise Fault("a plan with its answers cannot be read", again.err)
        said += called(call)
    return said


# ---- Dates ----


def _dates(_: Sandbox) -> list[bytes]:
    written = (
        "2026-03-31", "令和8年3月末", "Ｒ８.３", "遅くとも令和８年９月", "令和8年度～令和12年度",
        "平成31年4月から令和元年5月まで", "概ね令和8年9月頃", "令和8・9年度",
        "令和7年度、令和9年度", "令和8年4月1日から5年間", "令和8年度上半期", "未定", "毎年度",
        "2026年4月～9月", "R7.10.1～R8.3.31", "令和8年3月中旬", "第3四半期",
        "令和八年三月三十一日",
    )  # fmt: skip
    return [text.encode() for text in written]


def _read_dates(data: bytes, sandbox: Sandbox) -> str:
    text = data.decode("utf-8", "replace")
    with sandbox.watched():
        found = {name: _parsed(parse, text) for name, parse in _PARSERS.items()}
        again = {name: _parsed(parse, text) for name, parse in _PARSERS.items()}
    if repr(found) != repr(again):
        raise Fault("a date reads in two ways", text)
    one, several, day, period = (found[name] for name in _PARSERS)
    for each in several if isinstance(several, tuple | list) else ():
        _round_trip(each)
    if isinstance(one, PartialDate):
        _round_trip(one)
    if not isinstance(day, str):
        if not isinstance(one, PartialDate) or (one.earliest, one.latest) != (day, day):
            raise Fault("a day is no date", f"{text!r}: {day} and {one}")
        if parse_day(day.isoformat()) != day:
            raise Fault("a day does not come back", f"{text!r}: {day}")
    # A bound that is not said, or known only within a range, has no canonical form.
    if isinstance(period, Period) and period.start and period.end and _is_sharp(period):
        back = parse_period(f"{period.start}～{period.end}")
        if back != period:
            raise Fault("a period does not come back", f"{text!r}: {period} and {back}")
    return " ".join(
        f"{name}:{value if isinstance(value, str) else 'read'}" for name, value in found.items()
    )


def _is_sharp(period: Period) -> bool:
    return period.start_by is None and period.end_from is None and not period.approximate


_PARSERS: dict[str, Callable[[str], Any]] = {
    "date": parse_date,
    "dates": parse_dates,
    "day": parse_day,
    "period": parse_period,
}


def _parsed(parse: Callable[[str], Any], text: str) -> Any:
    try:
        return parse(text)
    except DateError as error:
        return refused(error)


def _round_trip(read: PartialDate) -> None:
    back = parse_date(read.canonical())
    if back != read:
        raise Fault("a date does not come back", f"{read!r} and {back!r}")
    for said in (read.describe().ja, read.describe().en):
        if not said.strip():
            raise Fault("a date describes itself by nothing", repr(read))


# ---- The command line ----


def _words() -> list[str]:
    """Return the commands and options of the whole command line, and values for them."""
    found: list[str] = []
    todo: list[Any] = [app("en")]
    while todo:
        command = todo.pop()
        for parameter in command.params:
            found += parameter.opts if isinstance(parameter, click.Option) else ()
            if isinstance(parameter.type, click.Choice):
                found += map(str, parameter.type.choices)
        if isinstance(command, click.Group):
            context = click.Context(command, obj="en")
            for name in command.list_commands(context):
                found.append(name)
                todo.append(command.get_command(context, name))
    values = (
        PLAN, "plans", "rulesets", "p.zip", "b.json", "cases.yaml", "-", ".", "", "..", "x/y.json",
        "none", "json=r.json", "html=r.html", "r.xlsx", "=", "x=", "=x", "2026-11-20",
        "令和8年11月", "0001-01-01", "HEAD", "TST-01", "cio", "--", "-h", "nowhere.yaml", "TST-*",
        "35", "r.sarif",
    )  # fmt: skip
    return sorted({*found, *values})


def _vectors(_: Sandbox) -> list[bytes]:
    vectors: list[tuple[str, ...]] = [
        ("check", PLAN, *ON),
        ("check", "plans", *ON, "--output", "r.html", "--packet", "p.zip", "--all"),
        ("check", PLAN, *ON, "--format", "github", "--fail-on", "warning", "--fail-on-unknown"),
        ("check", "-", *ON, "--engine", "interpreter", "--no-waivers"),
        ("check", PLAN, "--changed-since", "HEAD", "--baseline", "b.json"),
        ("gaps", PLAN, *ON),
        ("graph", PLAN, *ON, "--format", "mermaid"),
        ("forecast", PLAN, *ON, "--format", "json"),
        ("compare", PLAN, PLAN, *ON, "--format", "csv"),
        ("baseline", "write", "b.json", PLAN, *ON),
        ("baseline", "prune", "b.json", PLAN, *ON),
        ("replay", "p.zip"),
        ("explain", "TST-01", *ON),
        ("explain", "TST-03", PLAN, *ON),
        ("convert", PLAN, "r.json"),
        ("convert", PLAN, "r.xlsx", "--rulesets", "rulesets"),
        ("new", "plan", "n.yaml"),
        ("schema", "plan"),
        ("rules", "list", "--rulesets", "rulesets"),
        ("rules", "show", "TST-01", "--rulesets", "rulesets"),
        ("rules", "lint", "--rulesets", "rulesets", "--format", "sarif"),
        ("rules", "test", "--rulesets", "rulesets", "--coverage"),
        ("rules", "diff", "rulesets", "rulesets"),
        ("rules", "impact", "rulesets", "rulesets", PLAN),
        ("rules", "new", "n.yaml"),
        ("--version",),
    ]
    env = {
        "LANG": "ja_JP.UTF-8",
        "COLUMNS": "40",
        "NO_COLOR": "",
        "TZ": "UTC",
        "DXRULES_LANG": "en",
    }
    said = (SMALL / PLAN).read_text(encoding="utf-8")
    return [
        json.dumps(
            {"arguments": list(each), "environment": env if n % 3 == 0 else {}, "input": said[:400]}
        ).encode()
        for n, each in enumerate(vectors)
    ]


def _of_vectors(seeds: list[bytes]) -> Mutation:
    trees, words = m.Trees(seeds, json_=True), _words()

    def vectors(data: bytes, rng: Any) -> bytes:
        try:
            said = json.loads(data)
            arguments = said["arguments"]
            for _ in range(rng.choice((1, 1, 2, 3))):
                at = rng.randrange(len(arguments) + 1)
                if rng.randrange(3) and at < len(arguments):
                    arguments[at] = rng.choice([rng.choice(words), rng.choice(m.TEXTS), ""])
                else:
                    arguments.insert(at, rng.choice(words))
            return json.dumps(said).encode()
        except (ValueError, TypeError, KeyError, AttributeError):
            return trees(seeds[0], rng)

    return m.one_of(*[vectors] * 9, trees)


_SLOW = ("--mutate",)
"""What takes minutes: it reads nothing more."""


def _read_vector(data: bytes, sandbox: Sandbox) -> str:
    try:
        said = json.loads(data)
        arguments = [word for word in said["arguments"] if isinstance(word, str)]
        environment = {
            name: value
            for name, value in said["environment"].items()
            if isinstance(value, str) and name and not {"=", "\0"} & {*name} and "\0" not in value
        }
        given = str(said["input"]).encode("utf-8", "surrogatepass")
        [word.encode("utf-8", "surrogateescape") for word in (*arguments, *environment.items())]  # type: ignore[union-attr]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "no vector"
    if any(word in _SLOW or "\0" in word for word in arguments):
        return "left out"
    _prepare(sandbox)
    with sandbox.watched(sandbox.box, sandbox.tmp, programs=("git",)):
        call = sandbox.call(*arguments, env=environment, stdin=given)
    not_text = any(word.endswith(_NOT_TEXT) for word in arguments)
    return called(call, "xlsx" if not_text else "text")


_NOT_TEXT = ("xlsx", "github", "json", "sarif", "oscal", "schema")
"""What standard output then may get is for a program."""


def _prepare(sandbox: Sandbox) -> None:
    """Put a packet, a baseline and cases where the arguments name them."""
    made = {"p.zip": _packets, "b.json": _baselines, "cases.yaml": _cases}
    kept = sandbox.__dict__.setdefault("kept", {})
    for name, make in made.items():
        if name not in kept:
            kept[name] = make(sandbox)[0]
    for name, content in kept.items():
        if not (sandbox.box / name).exists():
            (sandbox.box / name).write_bytes(content)


_IN_DATES = ("reading", "grammar", "date_errors", "era", "partial", "ranges")

_OF_PLANS = (
    *(f"source/{name}.py" for name in ("build", "validate", "placed_data", "strict", "read")),
    *(f"source/{name}.py" for name in ("suggest", "syntax", "types")),
    *(
        f"plan/{name}.py"
        for name in ("cross_checks", "municipality_code", "code_labels", "models", "read")
    ),
)
_ARCHIVE = "source/archive.py"

READERS = {
    reader.name: reader
    for reader in (
        Reader(
            name="plan-yaml",
            ending=".yaml",
            home=_OF_PLANS,
            seeds=_plans_yaml,
            mutation=_of_trees(),
            read=_read_plan("plan.yaml"),
        ),
        Reader(
            name="plan-json",
            ending=".json",
            home=_OF_PLANS,
            seeds=_plans_json,
            mutation=_of_trees(json_=True),
            read=_read_plan("plan.json"),
        ),
        Reader(
            name="workbook",
            ending=".xlsx",
            home=("plan/workbook", _ARCHIVE, "source/spreadsheet.py"),
            seeds=_workbooks,
            mutation=_of_workbooks,
            read=_read_plan("plan.xlsx"),
        ),
        Reader(
            name="ruleset",
            ending=".yaml",
            home=("rules", "reference"),
            seeds=_rulesets,
            mutation=_of_rulesets,
            read=_read_ruleset,
        ),
        Reader(
            name="cases",
            ending=".yaml",
            home=("keeper/case_files.py", "keeper/case_models.py", "keeper/case_runner.py"),
            seeds=_cases,
            mutation=_of_trees(),
            read=_read_cases,
        ),
        Reader(
            name="baseline",
            ending=".json",
            home=("assessment/baseline.py",),
            seeds=_baselines,
            mutation=_of_trees(json_=True),
            read=_read_baseline,
        ),
        Reader(
            name="packet",
            ending=".zip",
            home=("assessment/packet.py", "assessment/replay.py", _ARCHIVE),
            seeds=_packets,
            mutation=_of_packets,
            read=_read_packet,
        ),
        Reader(
            name="inquiry",
            ending=".xlsx",
            home=("inquiry", "plan/answers.py", _ARCHIVE),
            seeds=_inquiries,
            mutation=_of_workbooks,
            read=_read_inquiry,
        ),
        Reader(
            name="dates",
            ending=".txt",
            home=tuple(f"dates/{name}.py" for name in _IN_DATES),
            seeds=_dates,
            mutation=lambda _: m.one_of(m.dates, m.dates, m.dates, m.bytes_),
            read=_read_dates,
        ),
        Reader(
            name="command-line",
            ending=".json",
            home=("cli",),
            seeds=_vectors,
            mutation=_of_vectors,
            read=_read_vector,
        ),
        *DOCUMENTS,
    )
}
"""By name."""
