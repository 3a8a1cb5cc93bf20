"""Makes the two homes of the page: a folder for a server, and one file for a double click."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sources import BuildError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licences import Carried

HERE = Path(__file__).parent
PAGE = HERE.parent / "dxrules" / "desk" / "page"
STEPS = {
    "files": ("読み込んでいます…", "Loading…"),
    "python": ("Pythonを起動しています…", "Starting Python…"),
    "modules": ("プログラムを展開しています…", "Unpacking the program…"),
    "rules": ("点検項目を読み込んでいます…", "Reading the rules…"),
    "reading": ("文書を読み取っています…", "Reading the document…"),
    "stop": ("読み取りを中止", "Stop reading"),
    "stopped": (
        "読み取りを中止しました。開いていた計画は、そのまま続けられます。",
        "Stopped. What was open is still there.",
    ),
    "broken": (
        "Pythonが止まりました。保存していない変更は失われました。画面を再読み込みしてください。",
        "Python has broken down. What was not saved is lost. Load the page again.",
    ),
    "failed": (
        "この画面は起動できませんでした。ブラウザを更新するか、情報担当に連絡してください。",
        "This page could not start. Use a newer browser, or tell your information section.",
    ),
}
PURPOSES = {
    "loader": ("Pythonを起動する部品(Pyodide)", "loader of Python (Pyodide)"),
    "glue": (
        "Pythonとブラウザをつなぐ部品(Pyodide)",
        "bridge between Python and the browser (Pyodide)",
    ),
    "machine": ("Python本体(WebAssembly)", "Python itself (WebAssembly)"),
    "library": ("Pythonの標準ライブラリ", "the standard library of Python"),
    "packages": ("dxrulesと点検項目、利用するライブラリ", "dxrules with its rules, and libraries"),
    "later": ("文書とカレンダーのライブラリ", "libraries for documents and calendars"),
}
_STYLE = re.compile(r'<link rel="stylesheet" href="([^":]+)" ?/?>')
_SCRIPT = re.compile(r'<script type="module" src="([^":]+)"></script>')
_ICON = re.compile(r'<link rel="icon" href="([^":]+)"')
_FIRST = '<meta charset="utf-8">'
_ENDS = re.compile(r"</s(?:cript|tyle)|<!--|<script", re.IGNORECASE)
TRANSPORT = "transport.js"  # how the page reaches the desk: another one for each home
_OWN_FILES = (
    "このページと同じ場所から自分のファイルを読む以外の",
    " but the reading of its own files",
)


@dataclass(frozen=True)
class Parts:
    """What both homes are made of."""

    files: Mapping[str, bytes]
    """What Python comes in, by name: compressed."""
    info: Mapping[str, str]
    carried: tuple[Carried, ...]
    licence_texts: str
    version: str
    known_until: str


def folder(parts: Parts) -> dict[str, bytes]:
    """Return the files of the folder: the page as it is, and beside it what it needs."""
    stored = {name: f"{name}.{_short(content)}.bin" for name, content in parts.files.items()}
    made = {f"python/{stored[name]}": content for name, content in parts.files.items()}
    for path in sorted(PAGE.rglob("*")):
        if path.is_file() and path.name != "index.html":
            made[path.relative_to(PAGE).as_posix()] = path.read_bytes()
    made[TRANSPORT] = _read("start.js").encode()
    made["start.css"] = _read("start.css").encode()
    about = _about(parts, sorted(made.items()), *_OWN_FILES)
    policy = _policy("'self'", "'self'", "'self'")
    head = '<link rel="stylesheet" href="start.css">'
    foot = _data(parts, stored) + _foot(about, linked=True)
    made["index.html"] = _with(_index(), policy, head, foot).encode()
    made["about.html"] = _about_page(about).encode()
    made["licences.txt"] = parts.licence_texts.encode()
    return made


def single(parts: Parts, script: str) -> bytes:
    """Return the one file: everything that the folder has, within the page.

    `script` is all modules of the page as one.
    """
    shown = _index()
    styles = [(PAGE / name).read_text("utf-8") for name in _STYLE.findall(shown)]
    styles.append(_read("start.css"))
    for text in (script, *styles):
        _inert(text)
    shown = _ICON.sub(_icon, _SCRIPT.sub("", _STYLE.sub("", shown)))
    policy = _policy(_hash(script), " ".join(map(_hash, styles)), "'none'")
    head = "\n".join(f"<style>{style}</style>" for style in styles)
    held = {name: base64.b64encode(content).decode() for name, content in parts.files.items()}
    held["licences"] = _inert(parts.licence_texts)
    about = _about(parts, list(parts.files.items()), "", "")
    foot = [
        _data(parts, {}) + _foot(about, linked=False),
        *(_plain(name, content) for name, content in held.items()),
        f'<script type="module">{script}</script>',
    ]
    return _with(shown, policy, head, "\n".join(foot)).encode()


def _plain(name: str, content: str) -> str:
    return f'<script type="text/plain" id="desk-{name}">{content}</script>'


def _icon(found: re.Match[str]) -> str:
    raw = (PAGE / found[1]).read_bytes()
    return found[0].replace(found[1], f"data:image/svg+xml;base64,{base64.b64encode(raw).decode()}")


def _index() -> str:
    index = PAGE / "index.html"
    if not index.is_file():
        raise BuildError(f"{index} is missing.")
    return index.read_text("utf-8")


def _with(shown: str, policy: str, head: str, foot: str) -> str:
    """Return a page with its policy before all else, and more at the end of head and body."""
    places = ((_FIRST, f"{_FIRST}\n{_meta(policy)}"), ("</head>", f"{head}\n</head>"))
    for place, more in (*places, ("</body>", f"{foot}\n</body>")):
        if shown.count(place) != 1:
            raise BuildError(f"The page does not have {place} once.")
        shown = shown.replace(place, more)
    return shown


def _policy(scripts: str, styles: str, connect: str) -> str:
    images = "'self' " if connect == "'self'" else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts} blob: 'wasm-unsafe-eval'",
            "worker-src blob:",
            f"style-src {styles}",
            f"img-src {images}data: blob:",
            "frame-src blob:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _meta(policy: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def _data(parts: Parts, stored: Mapping[str, str]) -> str:
    """Return what start.js reads: settings, and the code of the worker."""
    settings = {
        "files": stored,
        "info": parts.info,
        "unpack": _read("unpack.py"),
        "words": STEPS,
    }
    shown = json.dumps(settings, ensure_ascii=False, sort_keys=True).replace("<", r"\u003c")
    return (
        f'<script type="application/json" id="desk-settings">{shown}</script>\n'
        + _plain("worker", _inert(_read("worker.js")))
        + "\n"
    )


def _inert(text: str) -> str:
    """Return a text that a script element can hold; raise BuildError if it would end it."""
    if _ENDS.search(text):
        raise BuildError("A text would end the element that holds it.")
    return text


def _about(parts: Parts, files: list[tuple[str, bytes]], connect_ja: str, connect_en: str) -> str:
    rows = "".join(
        f"<tr><td><code>{html.escape(name)}</code></td><td>{_purpose(name)}</td>"
        f"<td>{len(content):,}</td><td><code>{hashlib.sha256(content).hexdigest()}</code></td></tr>\n"
        for name, content in files
    )
    heads = (("ファイル", "File"), ("内容", "Content"), ("バイト", "Bytes"), ("SHA-256", "SHA-256"))
    return (
        _read("about.html")
        .replace("{version}", html.escape(parts.version))
        .replace("{known_until}", html.escape(parts.known_until))
        .replace("{connect_ja}", connect_ja)
        .replace("{connect_en}", connect_en)
        .replace("{files}", _table(heads, rows))
        .replace("{licences}", _licence_table(parts.carried))
    )


def _purpose(name: str) -> str:
    """Return what a file is, in both languages."""
    key = name.removeprefix("python/").split(".", 1)[0] if "." not in name or "/" in name else ""
    ja, en = PURPOSES.get(key, ("画面の部品", "a part of the page"))
    return f'<span lang="ja">{ja}</span> <span lang="en">{en}</span>'


def _licence_table(carried: tuple[Carried, ...]) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(each.name)}</td><td>{html.escape(each.version)}</td>"
        f"<td>{html.escape(each.licence)}</td></tr>\n"
        for each in carried
    )
    return _table((("名称", "Name"), ("版", "Version"), ("ライセンス", "Licence")), rows)


def _table(heads: tuple[tuple[str, str], ...], rows: str) -> str:
    shown = "".join(
        f'<th scope="col"><span lang="ja">{ja}</span>'
        + (f' <span lang="en">{en}</span>' if en != ja else "")
        + "</th>"
        for ja, en in heads
    )
    return (
        f'<div class="desk-wide" tabindex="0"><table><thead><tr>{shown}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div>"
    )


def _foot(about: str, *, linked: bool) -> str:
    texts = '<span lang="ja">ライセンス全文</span> <span lang="en">The licences in full</span>'
    if linked:
        more = f'<p><a href="licences.txt">{texts}</a></p>'
    else:
        more = (
            f'<details id="desk-full"><summary>{texts}</summary><pre tabindex="0"></pre></details>'
        )
    said = '<span lang="ja">この画面について</span> <span lang="en">About this page</span>'
    return (
        f'<footer id="desk-about"><details><summary>{said}</summary>\n{about}\n{more}\n'
        "</details></footer>\n"
    )


def _about_page(about: str) -> str:
    return (
        '<!doctype html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        + _meta("default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'")
        + "\n<title>dxrules: この画面について / About this page</title>\n"
        '<link rel="stylesheet" href="start.css">\n</head>\n<body class="desk-about">\n<main>\n'
        '<h1>dxrules</h1>\n<p><a href="index.html"><span lang="ja">点検画面へ</span> '
        '<span lang="en">To the desk</span></a></p>\n'
        f"{about}\n"
        '<p><a href="licences.txt"><span lang="ja">ライセンス全文</span> '
        '<span lang="en">The licences in full</span></a></p>\n</main>\n</body>\n</html>\n'
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _read(name: str) -> str:
    return (HERE / name).read_text("utf-8")
