"""Mutations that keep a file's form, so that they reach what lies behind the first check."""

from __future__ import annotations

import io
import json
import re
import struct
import warnings
import zipfile
from copy import deepcopy
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from random import Random

    Mutation = Callable[[bytes, Random], bytes]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

TEXTS = (
    "", " ", "　", "~", "null", "yes", "no", "-", "none", "*", "a" * 70, "町" * 200, "9" * 5000,
    "0", "-1", "1", "007", "1.5", "1e999", "-1e999", "nan", "inf", "99999999999999999999", "１２",
    "٣", "①", "½", "100%", "1,000", "1_000", "0x10", "令和8年度", "令和８年３月末", "Ｒ８.３",
    "平成31年4月31日", "令和99年", "令和元年", "R0.1.1", "0001-01-01", "9999-12-31",
    "10000-01-01", "2026-02-30", "令和8年度～令和7年度", "9999年度", "毎年度", "未定",
    "概ね令和8年9月頃まで", "令和8年9月から", "～令和8年", "令和8・9年度", "a\nb", "a\r\nb",
    "\n::error file=x::forged", "::stop-commands::x", "##vso[task.x]", "\x1b[31mred", "\x00",
    "\x07", "\x85", "\x9b", "\u2028", "\u202eabc", "\u2066", "\ufeff", "\ufffe", "\ud83d",
    "\U0001f600", "e\u0301", "\u200b", "\u200d", "か\u3099", "=1+1", "＝1+1", "@x", "+1",
    "<img src=x onerror=alert(1)>", "</script>", "&amp;", "`", "|", "]]>", "{label}", "{0}", "{",
    "}", "{label.__class__}", "%s", "$x", "${x}", "../../x", "/etc/passwd", "C:\\x", "a/b", "a:b",
    "a：b", "# x", "- x", "javascript:alert(1)", 'https://x/"onclick=1',
)  # fmt: skip
"""Texts that readers stumble over."""

_DATES = (
    "令和", "平成", "昭和", "大正", "明治", "R", "H", "Ｒ", "元", "年度", "年", "月", "日", "末",
    "上旬", "中旬", "下旬", "初旬", "頃", "まで", "から", "以降", "以前", "概ね", "約", "予定",
    "～", "〜", "-", "－", "―", "、", "・", ",", "及び", "and", ".", "/", "．", "年間", "か年",
    "(", ")", "（", "）", "上半期", "下半期", "第1四半期", "前半", "後半", "春", "秋", "未定",
    "毎年", "随時", "今年度", "翌年度", "同", " ", "　", "1", "3", "8", "12", "30", "31", "99",
    "2026", "0", "８", "十", "三", "二〇二六", "①", "1-3", "遅くとも", "目途", "中", "ごろ",
    "FY2026", "2026-03-31", "2026/3/31", "\n", "\t", "\u3000", "٣", "\U0001d7d8",
)  # fmt: skip


# ---- Bytes and lines ----


def bytes_(data: bytes, rng: Random) -> bytes:
    """Change a few bytes, or a stretch of them."""
    raw = bytearray(data or b"x")
    for _ in range(rng.choice((1, 1, 1, 2, 4, 16))):
        at = rng.randrange(len(raw) + 1)
        size = min(len(raw) - at, rng.choice((1, 1, 2, 4, 8, 64, 1024)))
        match rng.randrange(5):
            case 0 if size:
                raw[at] ^= 1 << rng.randrange(8)
            case 1:
                raw[at:at] = rng.randbytes(rng.choice((1, 2, 4, 8)))
            case 2:
                del raw[at : at + size]
            case 3:
                raw[at:at] = raw[at : at + size]
            case _:
                raw[at : at + 1] = rng.choice(TEXTS).encode("utf-8", "surrogatepass")
    return bytes(raw)


def lines(data: bytes, rng: Random) -> bytes:
    """Move, double, drop or indent a few lines."""
    found = data.split(b"\n")
    for _ in range(rng.choice((1, 1, 2, 3))):
        at, to = rng.randrange(len(found)), rng.randrange(len(found))
        match rng.randrange(6):
            case 0:
                found[at], found[to] = found[to], found[at]
            case 1:
                found.insert(to, found[at])
            case 2 if len(found) > 1:
                del found[at]
            case 3:
                found[at] = b" " * rng.randrange(1, 5) + found[at]
            case 4:
                found[at] = found[at].lstrip()
            case _:
                found[at] = bytes_(found[at], rng)
    return b"\n".join(found)


def dates(data: bytes, rng: Random) -> bytes:
    """Change a text that may be a date: words of dates put in, left out, put elsewhere."""
    text = list(re.findall(r"[0-9]+|[^\W\d_]+|.", data.decode("utf-8", "replace"), re.DOTALL))
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        at = rng.randrange(len(text) + 1)
        match rng.randrange(5):
            case 0 if at < len(text):
                del text[at]
            case 1 if at < len(text):
                text[at] = rng.choice(_DATES)
            case 2 if at < len(text):
                text.insert(rng.randrange(len(text)), text[at])
            case 3 if text:
                text.insert(at, chr(rng.choice((rng.randrange(0x3000), rng.randrange(0xD800)))))
            case _:
                text.insert(at, rng.choice(_DATES))
    return "".join(text).encode("utf-8", "replace")


# ---- Trees ----


class Trees:
    """Mutations of YAML or JSON files as trees; values and keys come from the seeds, too."""

    def __init__(self, seeds: Sequence[bytes], *, json_: bool = False) -> None:
        self.json = json_
        self.keys: list[str] = []
        self.of_key: dict[str, list[Any]] = {}
        for seed in seeds:
            for container, key in _places([self.parse(seed)]):
                if isinstance(container, dict):
                    self.of_key.setdefault(str(key), []).append(container[key])
        self.keys = sorted(self.of_key)

    def parse(self, data: bytes) -> Any:
        """Return what stands in a file; raise ValueError or YAMLError if nothing can be read."""
        return json.loads(data) if self.json else yaml.load(data, _LOADER)  # noqa: S506 (texts only)

    def dump(self, tree: Any) -> bytes:
        """Return a file of a tree."""
        if self.json:
            return json.dumps(tree, indent=1).encode()
        text: str = yaml.dump(tree, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=200)
        return text.encode("utf-8", "replace")

    def __call__(self, data: bytes, rng: Random) -> bytes:
        """Change a file; one that cannot be parsed is changed as lines."""
        try:
            root = [self.parse(data)]
        except (ValueError, yaml.YAMLError, RecursionError):
            return lines(data, rng)
        for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
            self._change(root, rng)
        try:
            return self.dump(root[0])
        except (ValueError, yaml.YAMLError, RecursionError):
            return lines(data, rng)

    def _change(self, root: list[Any], rng: Random) -> None:
        places = list(_places(root))
        container, key = rng.choice(places)
        other, there = rng.choice(places)
        value = container[key]
        match rng.randrange(10):
            case 0 | 1 | 2:
                container[key] = self._value(key, value, rng)
            case 3 if container is not root:
                del container[key]
            case 4:
                _put(other, there, deepcopy(value), rng, self.keys)
            case 5:
                container[key], other[there] = deepcopy(other[there]), deepcopy(value)
            case 6 if isinstance(container, dict) and self.keys:
                container[rng.choice(self.keys)] = container.pop(key)
            case 7 if self.keys:
                name = rng.choice(self.keys)
                _put(value, name, deepcopy(rng.choice(self.of_key[name])), rng, [name])
            case 8:
                container[key] = [value] if rng.randrange(2) else {str(key): value}
            case _:
                if isinstance(value, (list, dict)) and value:
                    container[key] = rng.choice(_inside(value))

    def _value(self, key: Any, value: Any, rng: Random) -> Any:
        if rng.randrange(2) and str(key) in self.of_key:
            return deepcopy(rng.choice(self.of_key[str(key)]))
        if isinstance(value, str) and rng.randrange(3) == 0:
            return dates(value.encode("utf-8", "replace"), rng).decode("utf-8", "replace")
        odd = rng.choice(TEXTS)
        if isinstance(value, str) and rng.randrange(3) == 0:
            at = rng.randrange(len(value) + 1)
            return value[:at] + odd + value[at:]
        return rng.choice([odd, odd, odd, [], {}, [odd], {odd: odd}])


def _places(root: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place of a tree as what holds it and where it stands there."""
    todo = [root]
    while todo:
        node = todo.pop()
        for key in node if isinstance(node, dict) else range(len(node)):
            yield node, key
            if isinstance(node[key], (dict, list)):
                todo.append(node[key])


def _inside(node: Any) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else node


def _put(node: Any, key: Any, value: Any, rng: Random, keys: Sequence[str]) -> None:
    if isinstance(node, dict):
        node[key if isinstance(key, str) and rng.randrange(2) else rng.choice(keys or ["x"])] = (
            value
        )
    elif isinstance(node, list):
        node.insert(rng.randrange(len(node) + 1), value)


# ---- Archives ----

Entries = list[tuple[str, bytes]]

_NAMES = (  # names only: nothing is written there
    "", ".", "..", "/", "a", "a/", "../x", "/tmp/x", "rulesets//tmp/x", "rulesets/../x",
    "rulesets/.", "rulesets", "rulesets/national", "plans/1-x.xlsx", "C:x", "a\\b", "x\x1b[31m",
    "x\x00y", "é", "a/" * 30 + "x", "n" * 300, "MANIFEST.json", "xl/worksheets/sheet1.xml",
    "[Content_Types].xml",
)  # fmt: skip
_FIELDS = {  # of the headers of an archive: offset and size of each field
    b"PK\x03\x04": ((4, 2), (6, 2), (8, 2), (10, 4), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
    b"PK\x01\x02": (
        (4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2),
        (32, 2), (34, 2), (38, 4), (42, 4),
    ),
    b"PK\x05\x06": ((4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
}  # fmt: skip
_NUMBERS = (0, 1, 2, 8, 9, 12, 14, 51, 93, 99, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)


def entries_of(data: bytes) -> Entries:
    """Return the files of an archive; raise an error of zipfile if it is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(e.filename, archive.read(e)) for e in archive.infolist() if e.file_size < 10**7]


def archive_of(entries: Entries, *, stored: bool = False) -> bytes:
    """Return an archive of files, whatever their names are."""
    stream = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(stream, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two entries of one name are wanted
        for name, content in entries:
            entry = zipfile.ZipInfo("x")
            entry.filename, entry.compress_type = name, method
            archive.writestr(entry, content)
    return stream.getvalue()


def headers(data: bytes, rng: Random) -> bytes:
    """Change fields of the headers of an archive, or cut it."""
    raw = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3))):
        mark = rng.choice(list(_FIELDS))
        found = [m.start() for m in re.finditer(re.escape(mark), bytes(raw))]
        if rng.randrange(10) == 0 or not found:
            cut = rng.randrange(len(raw) + 1)
            raw = raw[:cut] if rng.randrange(2) else raw[cut:]
            continue
        offset, size = rng.choice(_FIELDS[mark])
        at = rng.choice(found) + offset
        if at + size > len(raw):
            continue
        (old,) = struct.unpack_from("<I" if size == 4 else "<H", raw, at)
        new = rng.choice([*_NUMBERS, old + 1, old - 1, old ^ (1 << rng.randrange(8 * size))])
        struct.pack_into("<I" if size == 4 else "<H", raw, at, new % (1 << 8 * size))
    return bytes(raw)


class Archives:
    """Mutations of archives: of the files in them by `inner`, of their names, of the headers.

    `mended` may make the files agree again, so that a change is not refused at the door.
    """

    def __init__(
        self,
        inner: Callable[[str], Mutation],
        mended: Callable[[Entries], Entries] | None = None,
        names: Sequence[str] = _NAMES,
    ) -> None:
        self.inner, self.mended, self.names = inner, mended, names

    def __call__(self, data: bytes, rng: Random) -> bytes:
        """Change an archive; what is no archive is changed as bytes."""
        try:
            entries = entries_of(data)
        except Exception:  # noqa: BLE001  (whatever zipfile says of damage)
            return bytes_(data, rng)
        if rng.randrange(8) == 0:
            return headers(data, rng)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            self._change(entries, rng)
        if self.mended is not None and rng.randrange(4):
            entries = self.mended(entries)
        return archive_of(entries)

    def _change(self, entries: Entries, rng: Random) -> None:
        if not entries:
            entries.append((rng.choice(self.names), b"x"))
        at = rng.randrange(len(entries))
        name, content = entries[at]
        match rng.randrange(20):
            case 0:
                del entries[at]
            case 1:
                entries.insert(rng.randrange(len(entries) + 1), entries[at])
            case 2:
                entries[at] = rng.choice(self.names), content
            case 3:
                entries.append((rng.choice(self.names), content))
            case 4:
                entries[at] = name, rng.choice(entries)[1]
            case 5:
                entries[at] = name, bytes_(content, rng)
            case _:
                entries[at] = name, self.inner(name)(content, rng)


_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_IN_XML = (
    "0", "-1", "1", "2", "16384", "16385", "1048576", "1048577", "4294967296", "1e10", "1e999",
    "NaN", "-0.5", "99999999999999999999", "A0", "A1", "XFD1048576", "ZZZZ1", "A1:XFD1048576",
    "true", "b", "s", "n", "e", "d", "str", "inlineStr", "visible", "veryHidden", "date", "list",
    "", "2026-01-01T00:00:00", "rId1", "rId99", "../x", "&#0;", "&#27;", "&#x202e;", "&x;",
    "_x000A_",
)  # fmt: skip
_WHOLE = (
    '<!DOCTYPE x [<!ENTITY x "y">]>', '<c r="XFD1048576"><v>1</v></c>', "<row r='5'>", "</row>",
    '<mergeCell ref="A1:B2"/>', '<dimension ref="A1:XFD1048576"/>', "<v>1e999</v>", "<![CDATA[x]]>",
    '<c r="B5" t="s"><v>999999</v></c>', '<c r="B5" t="b"><v>2</v></c>', '<c t="d"><v>x</v></c>',
    '<c r="B5" t="e"><v>#REF!</v></c>', '<c r="B5"><f>1+1</f></c>',
)  # fmt: skip


def xml(data: bytes, rng: Random) -> bytes:
    """Change the tags, the attributes and the texts of XML."""
    tokens = _TOKEN.findall(data.decode("utf-8", "replace")) or [""]
    for _ in range(rng.choice((1, 1, 2, 4))):
        at = rng.randrange(len(tokens))
        token = tokens[at]
        choice = rng.randrange(10)
        if choice == 0:
            tokens[at] = ""
        elif choice == 1:
            tokens.insert(rng.randrange(len(tokens)), token)
        elif choice == 2:
            there = rng.randrange(len(tokens))
            tokens[at], tokens[there] = tokens[there], token
        elif choice == 3:
            tokens.insert(at, rng.choice(_WHOLE))
        elif token.startswith("<") and (found := list(_ATTRIBUTE.finditer(token))):
            one = rng.choice(found)
            value = rng.choice([rng.choice(_IN_XML), escape(rng.choice(TEXTS)), ""])
            changed = "" if rng.randrange(6) == 0 else f'{one[1]}="{value}"'
            tokens[at] = token[: one.start()] + changed + token[one.end() :]
        elif not token.startswith("<"):
            tokens[at] = rng.choice(
                [
                    rng.choice(_IN_XML),
                    escape(rng.choice(TEXTS)),
                    dates(token.encode(), rng).decode("utf-8", "replace"),
                ]
            )
        elif rng.randrange(4) == 0:
            del tokens[at + 1 :]
    return "".join(tokens).encode("utf-8", "replace")


def with_digests(entries: Entries) -> Entries:
    """Make the manifest of a packet agree with the files, so that a change is judged."""
    files = dict(entries)
    try:
        manifest = json.loads(files["manifest.json"])
        manifest["sha256"] = {
            name: sha256(files.get(name, b"")).hexdigest()
            for name in {**manifest["sha256"], **files}
            if name != "manifest.json"
        }
    except (KeyError, ValueError, TypeError, RecursionError):
        return entries
    text = json.dumps(manifest).encode()
    return [(name, text if name == "manifest.json" else content) for name, content in entries]


def one_of(*mutations: Mutation) -> Mutation:
    """Return a mutation that is one of these; one that stands twice is taken twice as often."""
    return lambda data, rng: rng.choice(mutations)(data, rng)


def by_ending(ways: Mapping[str, Mutation]) -> Callable[[str], Mutation]:
    """Return how files are changed by the endings of their names."""
    return lambda name: next((way for end, way in ways.items() if name.endswith(end)), bytes_)
