"""Debian's Firefox, driven by the protocol that it speaks itself, Marionette: without a driver."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

NAMES = ("firefox-esr", "firefox")
_PREFERENCES = {
    "app.update.auto": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}


def firefox():
    """Return where a Firefox is, if anywhere."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def driven(folder, **preferences):
    """Start a Firefox with a profile in a folder, and give what drives it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wanted = _PREFERENCES | preferences | {"marionette.port": port}
    lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in wanted.items()]
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [firefox(), "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as process:
        try:
            with _connected(process, port) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()
            process.wait()


def _connected(process, port):
    """Return a connection to a Firefox as soon as it listens; fail if it ends before."""
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            if process.poll() is not None:
                raise
            time.sleep(0.2)


class Firefox:
    """A Firefox that does what it is told."""

    def __init__(self, connection):
        self._file = connection.makefile("rwb")
        self._sent = 0
        self._heard()
        self.tell("WebDriver:NewSession", {"capabilities": {}})
        self.tell("WebDriver:SetTimeouts", {"script": 120_000, "pageLoad": 120_000})

    def tell(self, command, arguments):
        """Give a command, and return what comes of it."""
        self._sent += 1
        raw = json.dumps([0, self._sent, command, arguments]).encode()
        self._file.write(f"{len(raw)}:".encode() + raw)
        self._file.flush()
        _, number, error, result = self._heard()
        assert number == self._sent
        assert error is None, error
        return result

    def open(self, url):
        """Open a page."""
        self.tell("WebDriver:Navigate", {"url": url})

    def run(self, script, *arguments):
        """Run the body of an asynchronous function in the page; return what it returns."""
        wrapped = (
            "const [args, end] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]];"
            f"(async (...args) => {{ {script} }})(...args)"
            ".then((found) => end({found}), (error) => end({error: String(error)}));"
        )
        told = {"script": wrapped, "args": arguments, "newSandbox": False}
        answer = self.tell("WebDriver:ExecuteAsyncScript", told)["value"]
        assert "error" not in answer, answer
        return answer.get("found")

    def picture(self):
        """Return what the page looks like, as PNG."""
        return base64.b64decode(self.tell("WebDriver:TakeScreenshot", {"full": False})["value"])

    def _heard(self):
        size = b""
        while (sign := self._file.read(1)) != b":":
            assert sign, "Firefox has ended"
            size += sign
        return json.loads(self._file.read(int(size)))
