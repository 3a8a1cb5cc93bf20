"""How long the desk in a browser takes, and how much memory: `python bench/in_browser.py`.

It needs what `make desk` and `make test-desk` bring: the two homes of the desk, Playwright, and a
Chromium. Each figure is one run on this machine, so note what else it was doing.
"""

from __future__ import annotations

import base64
import os
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "dist"
TOWNS = sorted((ROOT / "facts").glob("*.yaml"))
PLANS = 50
CALL = "([name, args]) => window.dxrulesTransport.call(name, args)"
# Counts how long the page itself could not answer, while the worker is busy.
WATCH = """() => {
  window.longest = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    window.longest = Math.max(window.longest, now - last - 20);
    last = now;
  }, 20);
}"""


class _Cached(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Say what an intranet server says of files whose names change with their content."""
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Cached, directory=BUILT / "desk"))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
    server.shutdown()
    server.server_close()


def call(page: Any, name: str, /, **args: Any) -> Any:
    """Ask the desk in the page."""
    answer = page.evaluate(CALL, [name, args])
    if "error" in answer:
        raise SystemExit(answer["error"])
    return answer["result"]


def opened(page: Any, path: Path) -> str:
    """Open a plan, and wait for its verdicts."""
    content = base64.b64encode(path.read_bytes()).decode()
    plan: str = call(page, "open", name=path.name, content=content)["plan"]["plan"]
    call(page, "verdicts", plan=plan)
    return plan


def first_verdict(page: Any, address: str) -> tuple[float, float]:
    """Return how long it takes until the page is ready, and until a plan is judged."""
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("html[data-desk=ready]").wait_for(state="attached", timeout=120_000)
    ready = time.perf_counter() - begin
    opened(page, TOWNS[-1])
    return ready, time.perf_counter() - begin


def renderers() -> dict[int, float]:
    """Return the memory of each process that shows a page, in MB (proportional set size)."""
    found = {}
    for each in Path("/proc").iterdir():
        try:
            if each.name.isdigit() and b"--type=renderer" in (each / "cmdline").read_bytes():
                lines = (each / "smaps_rollup").read_text().splitlines()
                pss = next(line for line in lines if line.startswith("Pss:"))
                found[int(each.name)] = int(pss.split()[1]) / 1024
        except OSError:
            continue
    return found


def processor(others: dict[int, float]) -> dict[int, float]:
    """Return the seconds of CPU that each process of our pages has taken."""
    taken = {}
    for pid in renderers().keys() - others.keys():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])  # in user mode, and in the kernel
        taken[pid] = ticks / os.sysconf("SC_CLK_TCK")
    return taken


def main() -> None:
    """Measure, and print."""
    chromium = os.environ.get("CHROMIUM") or which("chromium") or which("google-chrome")
    before = renderers()
    with sync_playwright() as driver, served() as address, TemporaryDirectory() as profile:
        kept = driver.chromium.launch_persistent_context(profile, executable_path=chromium)
        page = kept.new_page()
        file = (BUILT / "dxrules-desk.html").as_uri()
        for name, where in (
            ("one file, cold", file),
            ("folder, cold", address),
            ("folder, from the cache", address),
        ):
            spent = processor(before)
            ready, judged = first_verdict(page, where)
            now = processor(before)  # a page of another place may have another process
            used = sum(taken - spent.get(pid, 0) for pid, taken in now.items())
            print(
                f"{name}: ready {ready:.1f} s, first verdict {judged:.1f} s ({used:.1f} s of CPU)"
            )
        plan = opened(page, TOWNS[0])
        times = []
        for number in range(5):
            path = ["plan", "title"]
            edits = [{"path": path, "value": f"DX推進計画 第{number}版"}]
            begin = time.perf_counter()
            call(page, "edit", plan=plan, edits=edits)
            times.append(time.perf_counter() - begin)
        print(f"a changed fact: {min(times):.2f} to {max(times):.2f} s until its verdicts")
        page.evaluate(WATCH)
        begin = time.perf_counter()
        for number in range(PLANS):
            opened(page, TOWNS[number % len(TOWNS)])
        taken = time.perf_counter() - begin
        longest = page.evaluate("window.longest") / 1000
        print(f"{PLANS} plans: {taken:.0f} s; the page stood still for {longest:.2f} s at most")
        own = {pid: size for pid, size in renderers().items() if pid not in before}
        print(f"memory with {PLANS + 2} plans open: {max(own.values()):.0f} MB")
        print(f"load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        kept.close()


if __name__ == "__main__":
    main()
