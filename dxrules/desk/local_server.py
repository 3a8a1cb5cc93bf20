"""The desk on this machine alone: a server on the loopback that one browser can speak to.

What keeps others out: it listens on 127.0.0.1 only; a token that is good once is exchanged for a
cookie that no script reads and no other site sends; the name of the host is checked against DNS
rebinding, and the origin of every call against other pages; only the files of the page are
served, by a table of their names. Nothing that a document or a plan says is ever markup here:
calls are answered in JSON.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from dxrules.desk.call_refusals import refused
from dxrules.desk.connections import Connections
from dxrules.desk.desk import Desk
from dxrules.frozen import frozen
from dxrules.source.bounds import DESK_CALL
from dxrules.texts import Text

if TYPE_CHECKING:
    from socket import socket

HOST: Final = "127.0.0.1"
_SECONDS: Final = 30
_TICK: Final = 0.1
"""Seconds until it notes that it was ended, or has been idle for long enough."""
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_FORBIDDEN = Text(
    "この画面は開けません。dxrules review が表示したアドレスから開いてください"
    "(アドレスは一度だけ使えます)。",
    "This desk cannot be opened from here. Use the address that dxrules review printed "
    "(it works once).",
)
_BAD_CALL = Text("呼び出しを読み取れません。", "The call cannot be read.")


@frozen
class HttpReply:
    """What goes back: a status, a body with its type, and further headers."""

    status: HTTPStatus
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class LocalServer(ThreadingHTTPServer):
    """Serves the page of the desk and answers its calls, until it is idle or ended."""

    daemon_threads = True
    allow_reuse_address = False
    request_queue_size = 128

    def __init__(self, desk: Desk, *, port: int = 0, idle_seconds: float = 1_800) -> None:
        super().__init__((HOST, port), Handler)
        self.desk = desk
        self.token: str | None = secrets.token_urlsafe(32)
        self.session = secrets.token_urlsafe(32)
        self.page = page_files()
        self.idle_seconds = idle_seconds
        self.was_idle = False
        self.touched = monotonic()
        self.calling, self.exchanging = Lock(), Lock()
        self.connections = Connections()
        self._ended = Event()

    @property
    def origin(self) -> str:
        """How the page calls the server."""
        return f"http://{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        """Where a browser begins; good once."""
        return f"{self.origin}/start?token={self.token}"

    @property
    def cookie(self) -> str:
        """The name of its cookie: that of another desk on this machine is another."""
        return f"dxrules-desk-{self.server_port}"

    def run(self) -> None:
        """Serve until the server is idle for its time, or somebody ends it."""
        Thread(target=self._watch, daemon=True).start()
        try:
            self.serve_forever(poll_interval=_TICK)
        finally:
            self._ended.set()
            self.server_close()

    def exchange(self, token: str) -> bool:
        """Tell whether a token is right, once."""
        with self.exchanging:
            right = self.token is not None and hmac.compare_digest(
                token.encode(), self.token.encode()
            )
            if right:
                self.token = None
            return right

    def answer(self, call: Any) -> Mapping[str, Any]:
        """Answer a call of the page; calls are answered one by one."""
        if not isinstance(call, dict) or set(call) != {"call", "arguments"}:
            return refused("call", _BAD_CALL)
        with self.calling:
            return self.desk.call(call["call"], call["arguments"])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take so many connections at a time; who does not say what it wants makes room."""
        if not self.connections.admit(request):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection, and make room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.connections.forget(request)

    def handle_error(self, request: socket | Any, client_address: Any) -> None:
        """Say nothing of a connection that broke: nothing of it may reach the terminal."""

    def _watch(self) -> None:
        while not self._ended.wait(min(_TICK, self.idle_seconds)):
            self.connections.end_slow_ones()
            if monotonic() - self.touched > self.idle_seconds:
                self.was_idle = True
                self.shutdown()
                return


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: LocalServer
    protocol_version = "HTTP/1.1"
    timeout = _SECONDS
    server_version = "dxrules"
    sys_version = ""

    def do_GET(self) -> None:
        """Serve a file of the page, or let a browser in."""
        self._send(self._guarded(self._get))

    do_HEAD = do_GET  # noqa: N815  (how the library calls it)

    def do_POST(self) -> None:
        """Answer a call."""
        self._send(self._guarded(self._post))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002  (its signature)
        """Refuse what is no request, or of a method that is not known; say no more."""
        self.close_connection = True
        known = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else code
        self._send(_plain(HTTPStatus(known)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its signature)
        """Keep no log: what is asked for is nobody's business."""

    def _guarded(self, reply: Callable[[], HttpReply]) -> HttpReply:
        self.server.connections.begin(self.connection)
        hosts = self.headers.get_all("Host") or []
        allowed = (f"{HOST}:{self.server.server_port}", f"localhost:{self.server.server_port}")
        if len(hosts) != 1 or hosts[0].lower() not in allowed:
            self.close_connection = True
            return _plain(HTTPStatus.MISDIRECTED_REQUEST)
        return reply()

    def _get(self) -> HttpReply:
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            return _plain(HTTPStatus.BAD_REQUEST)
        try:
            parts = urlsplit(self.path)
        except ValueError:
            self.close_connection = True
            return _plain(HTTPStatus.BAD_REQUEST)
        if parts.path == "/start":
            return self._start(parse_qs(parts.query).get("token", [""])[0])
        if not self._is_known():
            return _plain(HTTPStatus.FORBIDDEN, _FORBIDDEN)
        self.server.touched = monotonic()
        if parts.path == "/alive":
            return HttpReply(HTTPStatus.NO_CONTENT)
        found = self.server.page.get(parts.path)
        return _plain(HTTPStatus.NOT_FOUND) if found is None else HttpReply(HTTPStatus.OK, *found)

    def _start(self, token: str) -> HttpReply:
        if not self.server.exchange(token):
            if self._is_known():  # somebody went back, or opened the address again
                return HttpReply(HTTPStatus.SEE_OTHER, headers=(("Location", "/"),))
            return _plain(HTTPStatus.FORBIDDEN, _FORBIDDEN)
        self.server.touched = monotonic()
        cookie = f"{self.server.cookie}={self.server.session}; Path=/; HttpOnly; SameSite=Strict"
        return HttpReply(HTTPStatus.SEE_OTHER, headers=(("Set-Cookie", cookie), ("Location", "/")))

    def _post(self) -> HttpReply:
        refused = self._refused_post()
        if refused is not None:
            self.close_connection = True
            return _plain(refused)
        self.server.touched = monotonic()
        length = int(self.headers["Content-Length"])
        raw = self.rfile.read(length)
        try:
            call = json.loads(raw) if len(raw) == length else None
        except (ValueError, RecursionError):
            call = None
        body = json.dumps(self.server.answer(call), ensure_ascii=True).encode()
        self.server.touched = monotonic()
        return HttpReply(HTTPStatus.OK, body, "application/json")

    def _refused_post(self) -> HTTPStatus | None:
        """Return why a call is not even read; None if it may be."""
        lengths = self.headers.get_all("Content-Length") or []
        length = lengths[0] if len(lengths) == 1 else ""
        is_number = length.isascii() and length.isdecimal()
        is_short = is_number and len(length) <= len(str(DESK_CALL)) and int(length) <= DESK_CALL
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        origins = self.headers.get_all("Origin") or []
        host = self.headers["Host"].lower()
        fetched = self.headers.get("Sec-Fetch-Site", "same-origin")
        checks = (
            (self._is_known(), HTTPStatus.FORBIDDEN),
            (origins == [f"http://{host}"], HTTPStatus.FORBIDDEN),
            (fetched == "same-origin", HTTPStatus.FORBIDDEN),
            (self.path == "/call", HTTPStatus.NOT_FOUND),
            (kind == "application/json", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
            ("Transfer-Encoding" not in self.headers, HTTPStatus.LENGTH_REQUIRED),
            (is_number, HTTPStatus.LENGTH_REQUIRED),
            (is_short, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        )
        return next((status for passed, status in checks if not passed), None)

    def _is_known(self) -> bool:
        """Tell whether the browser has the cookie that it was given, whatever others stand by it.

        The library's reader of cookies drops all of them for an odd one of another page of this
        machine, and takes seconds for a long one.
        """
        own = f"{self.server.cookie}={self.server.session}".encode()
        given = ";".join(self.headers.get_all("Cookie") or []).split(";")
        known = any(hmac.compare_digest(each.strip().encode(), own) for each in given)
        if known:
            self.server.connections.knows(self.connection)
        return known

    def _send(self, reply: HttpReply) -> None:
        try:
            self.send_response(reply.status)
            for name, value in (*_HEADERS.items(), *reply.headers):
                self.send_header(name, value)
            if reply.status != HTTPStatus.NO_CONTENT:
                self.send_header("Content-Type", reply.kind)
                self.send_header("Content-Length", str(len(reply.body)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)
        except OSError:
            self.close_connection = True
        self.server.connections.end(self.connection)


def page_files() -> dict[str, tuple[bytes, str]]:
    """Return the files of the page by their paths, each with its type; nothing else is served."""
    found: dict[str, tuple[bytes, str]] = {}
    for each in (files("dxrules.desk") / "page").iterdir():
        ending = each.name[each.name.rfind(".") :]
        if ending in _TYPES:
            found[f"/{each.name}"] = each.read_bytes(), _TYPES[ending]
    found["/"] = found["/index.html"]
    return found


def _plain(status: HTTPStatus, said: Text | None = None) -> HttpReply:
    shown = f"{status.value} {status.phrase}\n" + (f"{said.ja}\n{said.en}\n" if said else "")
    return HttpReply(status, shown.encode())
