"""A language model at an address that the caller names: asked over HTTP, and never trusted.

The only place of dxrules that speaks over a network, and only where an address was given. The
address is of this machine unless other ones are allowed, proxies of the environment are not used,
redirects are not followed, and each answer has bounds on time and size.
"""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import field
from ipaddress import ip_address
from threading import Timer
from typing import Any, Final
from urllib.parse import urlsplit

from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.source.bounds import MODEL_ANSWER, MODEL_SECONDS
from dxrules.texts import Text, shorten

KEY: Final = "DXRULES_MODEL_KEY"
"""The variable of the environment that may hold a key; nothing else takes one."""
_PATH: Final = "/chat/completions"
_OK: Final = 200

_ADDRESS: Final = Text(
    "--model {url}: http://127.0.0.1:8080/v1 のような、利用者名や ? のないURLを指定してください。",
    "--model {url}: give an address such as http://127.0.0.1:8080/v1, without a user name or ?.",
)
_REMOTE: Final = Text(
    "--model {url}: 文書の本文をこの端末の外に送ることになります。よければ --allow-remote を"
    "付けてください。",
    "--model {url}: this would send the text of the document to another machine. If that is meant, "
    "add --allow-remote.",
)
_PLAIN: Final = Text(
    "--model {url}: この端末の外には https:// で始まるURLを指定してください。",
    "--model {url}: for another machine give an address that begins with https://.",
)
_KEY: Final = Text(
    f"{KEY}: ヘッダに書けない文字があります。",
    f"{KEY}: it holds characters that no header may have.",
)


_NAME: Final = Text(
    "--model-name {name}: UTF-8として正しくない文字があります。指定し直してください。",
    "--model-name {name}: it is not valid UTF-8. Give the name of the model again.",
)


class ModelError(Exception):
    """A model that did not answer as it should; `text` says how, and nothing of the answer."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


_NO_ANSWER: Final = Text("つながらないか、応答しません", "it cannot be reached, or does not answer")
_LATE: Final = Text(
    f"{MODEL_SECONDS}秒以内に応答がありません", f"no answer within {MODEL_SECONDS} seconds"
)
_STATUS: Final = Text("HTTP {status} が返りました", "it answered HTTP {status}")
_CUT: Final = Text("応答が途中で切れました", "the answer breaks off")
_LARGE: Final = Text("応答が大きすぎます", "the answer is too large")
_GARBAGE: Final = Text("応答の形式が違います", "the answer has another form")


@frozen
class Endpoint:
    """Where a model is asked; its key is shown nowhere.

    An answer may take as many `seconds`, which `timer` counts.
    """

    host: str
    port: int | None
    path: str
    name: str
    is_secure: bool
    key: str = field(default="", repr=False)
    seconds: float = MODEL_SECONDS
    timer: type[Timer] = field(default=Timer, repr=False)

    @classmethod
    def of(
        cls, url: str, name: str, environment: Mapping[str, str], *, allow_remote: bool = False
    ) -> Endpoint:
        """Read an address; raise UsageError if it is none, or leads elsewhere without leave."""
        shown = shorten(url)
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise UsageError(_ADDRESS.format(url="…" if "@" in url else shown)) from error
        odd = parts.username or parts.password or parts.query or parts.fragment
        is_sent = all("!" <= each <= "~" for each in parts.path)
        if parts.scheme not in ("http", "https") or not host or odd or not is_sent:
            raise UsageError(_ADDRESS.format(url="…" if parts.password else shown))
        if not _is_here(host):
            if not allow_remote:
                raise UsageError(_REMOTE.format(url=shown))
            if parts.scheme != "https":
                raise UsageError(_PLAIN.format(url=shown))
        key = environment.get(KEY, "")
        if not (key.isascii() and key.isprintable()):
            raise UsageError(_KEY)
        try:
            name.encode()
        except UnicodeEncodeError as error:
            raise UsageError(_NAME.format(name=shorten(name))) from error
        path = parts.path.rstrip("/")
        path = path if path.endswith(_PATH) else path + _PATH
        return cls(host, port, path, name, parts.scheme == "https", key)

    def ask(self, instructions: str, about: str, schema: Mapping[str, Any]) -> str:
        """Return what a model answers; raise ModelError if it does not answer as it should."""
        body = {
            "model": self.name,
            "temperature": 0,
            "stream": False,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": about},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "found", "strict": True, "schema": schema},
            },
        }
        return _content(self._sent(json.dumps(body, ensure_ascii=False).encode()))

    def _sent(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers |= {"Authorization": f"Bearer {self.key}"} if self.key else {}
        kind = http.client.HTTPSConnection if self.is_secure else http.client.HTTPConnection
        connection = kind(self.host, self.port, timeout=self.seconds)
        late: list[bool] = []
        raw, left = b"", None
        with closing(connection):
            try:
                connection.connect()
                watch = self.timer(self.seconds, _hang_up, (connection.sock, late))
                watch.daemon = True
                watch.start()  # what drips in byte by byte never waits for long, but goes on
                try:
                    connection.request("POST", self.path, body, headers)
                    with connection.getresponse() as answer:
                        status, raw = answer.status, answer.read(MODEL_ANSWER + 1)
                        left = answer.length
                finally:
                    watch.cancel()
            except TimeoutError as error:
                raise ModelError(_LATE) from error
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise ModelError(_LATE if late else _NO_ANSWER) from error
        if late:
            raise ModelError(_LATE)
        if status != _OK:
            raise ModelError(_STATUS.format(status=status))
        if len(raw) > MODEL_ANSWER:
            raise ModelError(_LARGE)
        if left:
            raise ModelError(_CUT)
        return raw


def _hang_up(connected: socket.socket, late: list[bool]) -> None:
    """End a connection from outside, so that whoever reads from it goes on."""
    late.append(True)
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine: by its address, as a name may lead anywhere."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _content(raw: bytes) -> str:
    """Return the text of an answer; raise ModelError if it has none."""
    try:
        said = json.loads(raw.decode())["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise ModelError(_GARBAGE) from error
    if not isinstance(said, str):
        raise ModelError(_GARBAGE)
    return said
