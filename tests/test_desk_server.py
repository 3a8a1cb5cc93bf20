"""The local server of the desk: who may speak to it, with what, and what it writes."""

from __future__ import annotations

import http.client
import json
import os
import socket
from hashlib import sha256
from threading import Thread
from types import SimpleNamespace

import pytest

from dxrules.cli import main
from dxrules.desk import local_server
from dxrules.desk.connections import Connections
from dxrules.desk.kept_file import KeptFiles
from dxrules.desk.local_server import HOST, POLICY, LocalServer, page_files
from dxrules.plan import read_plan
from dxrules.source.bounds import DESK_CALL
from tests.helpers import desks
from tests.helpers.desks import packed
from tests.helpers.small import DATA, DAY


class Visitor:
    """Somebody on this machine who speaks to the server, as a browser does or not."""

    def __init__(self, server):
        self.server = server
        self.port = server.server_port
        self.cookie = ""

    def ask(self, method, path, body=None, **headers):
        """Return status, headers and body; a header that is None is not sent."""
        given = {"Host": f"{HOST}:{self.port}", "Cookie": self.cookie, **_dashed(headers)}
        connection = http.client.HTTPConnection(HOST, self.port)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in given.items():
            for each in value if isinstance(value, list) else [value]:
                if each is not None:
                    connection.putheader(name, each)
        connection.endheaders(body)
        answer = connection.getresponse()
        found = SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
        connection.close()
        return found

    def enter(self):
        """Exchange the token for the cookie."""
        answer = self.ask("GET", self.server.address.partition(str(self.port))[2])
        assert answer.status == 303
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return answer

    def call(self, name, arguments=None, **headers):
        """Call the desk as the page does."""
        body = json.dumps({"call": name, "arguments": arguments or {}}).encode()
        return self.post(body, **headers)

    def post(self, body, path="/call", **headers):
        """Post bytes as the page does, but for some headers."""
        own = {
            "Origin": f"http://{HOST}:{self.port}",
            "Content_Type": "application/json",
            "Content_Length": str(len(body)),
        }
        return self.ask("POST", path, body, **(own | headers))


def _dashed(headers):
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture
def serving(monkeypatch):
    """Return a function that serves a desk in a thread, and returns a visitor of it."""
    monkeypatch.setattr(local_server, "_TICK", 0.01)
    running = []

    def start(desk=None, **options):
        server = LocalServer(desk or desks.desk(), **options)
        thread = Thread(target=server.run)
        thread.start()
        running.append((server, thread))
        return Visitor(server)

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join(10)


@pytest.fixture
def visitor(serving):
    """Return somebody who has not come in yet."""
    return serving()


# ---- Who comes in ----


def test_it_listens_on_the_loopback_alone(visitor):
    """No other machine reaches it."""
    assert visitor.server.server_address[0] == HOST
    assert visitor.server.socket.family is socket.AF_INET


def test_the_token_is_good_once(visitor):
    """It is exchanged for a cookie that no script reads and no other site sends."""
    address = visitor.server.address
    answer = visitor.enter()
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert answer.headers["Location"] == "/"
    path = address.partition(str(visitor.port))[2]
    assert visitor.ask("GET", path).status == 303  # going back, with the cookie
    assert visitor.ask("GET", path, Cookie=None).status == 403
    assert visitor.ask("GET", "/").status == 200


@pytest.mark.parametrize("token", ["", "?token=", "?token=x", "?token=%E3%81%82"])
def test_a_wrong_token(visitor, token):
    """Nobody comes in with another token, and the right one stays good."""
    assert visitor.ask("GET", f"/start{token}").status == 403
    assert visitor.enter().status == 303


@pytest.mark.parametrize("path", ["/", "/index.html", "/desk.js", "/alive", "/x", "/call"])
def test_nothing_without_the_cookie(visitor, path):
    """Without the cookie, or with a wrong one, nothing is shown."""
    name = visitor.server.cookie
    for cookie in (
        None,
        "",
        "x",
        f"{name}=",
        f"{name}=x",
        f"{name}=\xe9",
        "=;;=",
        f"other={'a' * 40}",
    ):
        assert visitor.ask("GET", path, Cookie=cookie).status == 403
        answer = visitor.call("hello", Cookie=cookie)
        assert answer.status == 403
        assert b"calls" not in answer.body


def test_other_cookies_stand_by(visitor):
    """Those of other pages of this machine, odd or long, keep nobody out and take no time."""
    visitor.enter()
    for other in ('a="b c; {x}=é', "@@@", 'b="' + "\\\\" * 30_000 + '"'):
        assert visitor.ask("GET", "/", Cookie=f"{other}; {visitor.cookie}").status == 200
    assert visitor.ask("GET", "/", Cookie="@@@").status == 403


def test_requests_that_say_two_things(visitor):
    """A target that is no address is refused, and so is a call of two lengths."""
    visitor.enter()
    assert visitor.ask("GET", "http://[x/").status == 400
    assert visitor.post(b"{}", Content_Length=["2", "3"]).status == 411


def test_the_cookie_of_another_desk(serving):
    """Two desks on one machine do not let each other's visitors in."""
    one, other = serving(), serving()
    one.enter()
    other.cookie = one.cookie
    assert other.ask("GET", "/").status == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", "0.0.0.0:{port}", "[::1]:{port}",
     "127.0.0.1:{port}.evil.example", "127.0.0.1:{port}@evil", "", None,
     ["127.0.0.1:{port}", "evil.example"]],
)  # fmt: skip
def test_the_name_of_the_host(visitor, host):
    """A page whose name was made to lead here reaches nothing, cookie or not."""
    visitor.enter()
    named = [each.format(port=visitor.port) for each in host] if isinstance(host, list) else host
    named = named.format(port=visitor.port) if isinstance(named, str) else named
    answer = visitor.ask("GET", "/", Host=named)
    assert answer.status in (400, 421)
    assert b"<html" not in answer.body
    assert visitor.call("hello", Host=named).status in (400, 421)


def test_localhost_is_a_name_of_it(visitor):
    """The other name of the loopback is good, with its own origin."""
    visitor.enter()
    local = f"localhost:{visitor.port}"
    assert visitor.ask("GET", "/", Host=local).status == 200
    assert visitor.call("hello", Host=local).status == 403
    assert visitor.call("hello", Host=local, Origin=f"http://{local}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "https://127.0.0.1"},
        {"Origin": ["http://127.0.0.1:{port}", "http://evil.example"]},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_calls_from_other_pages(visitor, headers):
    """A call that another page makes is refused before it is read."""
    visitor.enter()
    answer = visitor.call("hello", **headers)
    assert answer.status == 403
    assert visitor.call("hello", Sec_Fetch_Site="same-origin").status == 200


# ---- What is asked ----


def test_calls_are_answered(visitor):
    """A call of the page comes back as JSON, with every header that keeps a page in its place."""
    visitor.enter()
    answer = visitor.call("hello")
    assert json.loads(answer.body)["result"]["day"] == DAY
    assert answer.headers["Content-Type"] == "application/json"
    for name, value in (
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ):
        assert answer.headers[name] == value
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Python" not in answer.headers["Server"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"3", b'"x"', b"{}", b"\xff", b'{"call": "hello"}',
             b'{"call": ["x"], "arguments": {}}', b'{"call": "x", "arguments": 3}',
             b'{"call": "hello", "arguments": {}, "more": 1}', b"[" * 100_000]
)  # fmt: skip
def test_bodies_that_are_no_call(visitor, body):
    """What is no call is refused in words, and the server goes on."""
    visitor.enter()
    answer = visitor.post(body)
    assert answer.status == 200
    assert json.loads(answer.body)["error"]["kind"] == "call"
    assert visitor.call("hello").status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": None}, 415),
        ({"Content_Length": None}, 411),
        ({"Content_Length": "-1"}, 411),
        ({"Content_Length": "1e3"}, 411),
        ({"Content_Length": "１"}, 411),
        ({"Content_Length": str(DESK_CALL + 1)}, 413),
        ({"Content_Length": "9" * 400}, 413),
        ({"Content_Length": None, "Transfer_Encoding": "chunked"}, 411),
        ({"Transfer_Encoding": "chunked"}, 411),
    ],
)
def test_what_is_not_read(visitor, headers, status):
    """What is of another type, without a length or too long is refused before it is read."""
    visitor.enter()
    headers = {k: v.encode() if v and not v.isascii() else v for k, v in headers.items()}
    answer = visitor.call("hello", **headers)
    assert answer.status == status
    assert answer.headers["Connection"] == "close"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "FOO"])
def test_other_methods(visitor, method):
    """Only what the page needs is understood."""
    visitor.enter()
    answer = visitor.ask(method, "/call")
    assert answer.status == 405
    assert answer.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize(
    "path",
    ["/../desk.py", "/..%2fdesk.py", "/%2e%2e/desk.py", "//etc/passwd", "/page/index.html",
     "/desk.py", "/__init__.py", "/index.html/", "/.", "/desk.css%00", "/C:/x", "/\\..\\desk.py",
     "http://evil.example/index.html/x", "/" + "a" * 5_000]
)  # fmt: skip
def test_paths_that_lead_out(visitor, path):
    """Only the files of the page are served, by their names."""
    visitor.enter()
    assert visitor.ask("GET", path).status == 404


def test_the_page(visitor):
    """Every file of the page is served as what it is; none has script or style within it."""
    visitor.enter()
    for path, (content, kind) in page_files().items():
        answer = visitor.ask("GET", path)
        assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, content, kind)
        head = visitor.ask("HEAD", path)
        assert (head.status, head.body) == (200, b"")
    page = page_files()["/index.html"][0].decode()
    assert "<style" not in page
    assert page.count("<script") == page.count('<script type="module" src="')
    assert " on" not in page.replace(" only", "")
    assert visitor.ask("GET", "/alive").status == 204
    assert visitor.ask("GET", "/", b"body", Content_Length="4").status == 400


@pytest.mark.parametrize(
    "raw",
    [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n" * 50,
     b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"GET /" + b"a" * 70_000 + b"\r\n\r\n",
     b"POST /call HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"]
)  # fmt: skip
def test_what_is_no_request(visitor, raw, capfd):
    """Bytes that are no request end their connection, say nothing, and harm nobody else."""
    with socket.create_connection((HOST, visitor.port)) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
    assert b"Traceback" not in answer
    assert b"<html" not in answer.lower()
    assert capfd.readouterr() == ("", "")
    assert visitor.enter().status == 303


def test_a_call_that_breaks_off(visitor, capfd):
    """A body that ends before its length is no call."""
    visitor.enter()
    head = (
        f"POST /call HTTP/1.1\r\nHost: {HOST}:{visitor.port}\r\nCookie: {visitor.cookie}\r\n"
        f"Origin: http://{HOST}:{visitor.port}\r\nContent-Type: application/json\r\n"
        "Content-Length: 100\r\n\r\n"
    )
    with socket.create_connection((HOST, visitor.port)) as connection:
        connection.sendall(head.encode() + b'{"call": "hello", "arguments": {}}')
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
    assert b'"call"' in answer
    assert b"result" not in answer
    assert capfd.readouterr() == ("", "")


def test_many_connections(visitor):
    """Whoever opens connections and says nothing keeps nobody out, and makes room for others."""
    idle = [socket.create_connection((HOST, visitor.port)) for _ in range(150)]
    visitor.enter()
    assert visitor.call("hello").status == 200
    assert idle[0].recv(1) == b""
    for each in idle:
        each.close()


def test_who_makes_room():
    """Strangers go first, then whoever waits longest; who is answered never does."""
    pairs = [socket.socketpair() for _ in range(4)]
    own, waiting, answered, new = (pair[0] for pair in pairs)
    kept = Connections(most=3)
    assert all(map(kept.admit, (own, waiting, answered)))
    kept.knows(own)
    kept.begin(answered)
    assert kept.admit(new)
    assert pairs[1][1].recv(1) == b""
    kept.begin(own)
    kept.begin(new)
    assert not kept.admit(waiting)
    kept.end(new)
    kept.forget(own)
    slow = Connections(patience=0)
    assert slow.admit(new)
    slow.end_slow_ones()
    slow.knows(new)  # has ended meanwhile
    assert pairs[3][1].recv(1) == b""
    for each in (end for pair in pairs for end in pair):
        each.close()


def test_it_ends_when_idle(serving):
    """After its time without a request the server ends, and says that it did."""
    visitor = serving(idle_seconds=0.2)
    visitor.server._ended.wait()
    assert visitor.server.was_idle
    with pytest.raises(OSError, match=r"."):
        visitor.enter()


# ---- What is written ----


@pytest.fixture
def kept(tmp_path):
    """Return a desk that saves, the file of its plan, and the plan."""
    files = KeptFiles("ja", desks.small_law().reference)
    desk = desks.desk(save=files.save)
    path = tmp_path / "町.yaml"
    path.write_text(desks.small_text(), encoding="utf-8")
    given = {"name": path.name, "content": packed(path.read_bytes())}
    plan = desk.result("open", given)["plan"]["plan"]
    files.keep(plan, path, path.read_bytes())
    return SimpleNamespace(desk=desk, files=files, path=path, plan=plan)


def edit(kept, title):
    """Change the title of the plan."""
    edits = [{"path": ["plan", "title"], "value": title}]
    kept.desk.result("edit", {"plan": kept.plan, "edits": edits})


def test_saving(kept):
    """The file is written whole, with its comments, and only when somebody saves."""
    before = kept.path.read_text("utf-8")
    kept.path.chmod(0o600)
    edit(kept, "新しい計画")
    assert kept.path.read_text("utf-8") == before
    assert kept.desk.result("save", {"plan": kept.plan})["name"] == "町.yaml"
    assert kept.path.read_text("utf-8") == before.replace("見本町DX推進計画", "新しい計画", 1)
    assert os.name == "nt" or kept.path.stat().st_mode & 0o777 == 0o600
    edit(kept, "もう一度")
    kept.desk.result("save", {"plan": kept.plan})
    assert "もう一度" in kept.path.read_text("utf-8")
    assert [each.name for each in kept.path.parent.iterdir()] == ["町.yaml"]


def test_a_file_that_others_changed(kept):
    """What somebody else wrote since is never overwritten, nor a file that is gone made anew."""
    edit(kept, "新")
    kept.path.write_text("other: x\n", encoding="utf-8")
    error = kept.desk.call("save", {"plan": kept.plan})["error"]
    assert error["kind"] == "changed"
    assert kept.path.read_text("utf-8") == "other: x\n"
    assert kept.desk.plans[kept.plan].is_changed
    kept.path.unlink()
    assert kept.desk.call("save", {"plan": kept.plan})["error"]["kind"] == "changed"
    assert not kept.path.exists()


def test_other_forms(kept):
    """A plan is saved as a workbook or JSON where that is named, and reads back alike."""
    for name in ("a.xlsx", "a.json"):
        target = kept.path.with_name(name)
        kept.files.keep(kept.plan, target, None)
        kept.desk.result("save", {"plan": kept.plan})
        found = read_plan(target, desks.small_law().reference).plan
        assert found.plan.title == "見本町DX推進計画"
        edit(kept, f"{name}の計画")
        kept.desk.result("save", {"plan": kept.plan})
        edit(kept, "見本町DX推進計画")


def test_what_has_no_file(kept, monkeypatch, tmp_path):
    """A plan opened in the page is not written; one that was made gets a file of its own."""
    given = {"name": "b.yaml", "content": packed(desks.small_text())}
    other = kept.desk.result("open", given)["plan"]["plan"]
    assert kept.desk.call("save", {"plan": other})["error"]["kind"] == "usage"
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "named.yaml"
    kept.files.next_to(target)
    for expected in (target, tmp_path / "406465.yaml"):
        made = kept.desk.result("blank", {"municipality": "上毛町"})["plan"]["plan"]
        kept.desk.result("save", {"plan": made})
        assert expected.exists()
    made = kept.desk.result("blank", {"municipality": "上毛町"})["plan"]["plan"]
    assert kept.desk.call("save", {"plan": made})["error"]["kind"] == "changed"


# ---- The command ----


@pytest.fixture
def ended(monkeypatch):
    """Let a server end at once, and keep it."""
    served = []

    def run(server):
        served.append(server)
        server.server_close()
        raise KeyboardInterrupt

    monkeypatch.setattr(LocalServer, "run", run)
    return served


SMALL = ("--rulesets", str(DATA / "rulesets"), "--as-of", DAY, "--no-browser")


def test_the_command_opens_plans(kept, ended, capsys):
    """The plan and its document are on the desk, the address is printed, and Ctrl-C ends it."""
    document = kept.path.with_name("計画書.md")
    document.write_text(desks.DOCUMENT, encoding="utf-8")
    assert main(["review", str(kept.path), "--document", str(document), *SMALL]) == 0
    out, err = capsys.readouterr()
    server = ended[0]
    assert f"http://127.0.0.1:{server.server_port}/start?token=" in out
    assert "終了" in err or "Ended" in err
    about = server.desk.result("plans", {})["plans"][0]
    assert (about["file"], about["original"]) == ("町.yaml", True)
    plan = about["plan"]
    edits = [{"path": ["plan", "title"], "value": "新"}]
    server.desk.result("edit", {"plan": plan, "edits": edits})
    server.desk.result("save", {"plan": plan})
    assert "title: 新" in kept.path.read_text("utf-8")


@pytest.mark.parametrize(("digest", "beside"), [("", True), ("00", False)])
def test_a_draft_opens_beside_its_document(kept, ended, digest, beside):
    """What a plan was drafted from is opened with it where it is the very file, and no other."""
    document = kept.path.with_name("計画書.md")
    document.write_text(desks.DOCUMENT, encoding="utf-8")
    digest = digest or sha256(document.read_bytes()).hexdigest()
    drafted = f"{{tool: dxrules, version: '0', file: 計画書.md, digest: '{digest}'}}"
    text = kept.path.read_text("utf-8")
    kept.path.write_text(
        text.replace("document:\n", f"document:\n  drafted: {drafted}\n"), encoding="utf-8"
    )
    assert main(["review", str(kept.path), *SMALL]) == 0
    assert ended[0].desk.result("plans", {})["plans"][0]["original"] is beside


def test_the_command_drafts(ended, tmp_path, monkeypatch, capsys):
    """Without a plan a document is drafted, and what is not saved is told to be lost."""
    monkeypatch.chdir(tmp_path)
    document = tmp_path / "計画書.md"
    document.write_text(desks.DOCUMENT, encoding="utf-8")
    assert main(["review", "--document", str(document), "--as-of", DAY, "--no-browser"]) == 0
    assert "計画書.yaml" in capsys.readouterr().err
    desk = ended[0].desk
    assert desk.result("save", {"plan": "p1"})["name"] == "計画書.yaml"


def test_the_command_begins_blank(ended, tmp_path, capsys):
    """Without anything the desk is empty; -o names where the form is saved."""
    target = tmp_path / "new.yaml"
    assert main(["review", "-o", str(target), *SMALL]) == 0
    desk = ended[0].desk
    made = desk.result("blank", {"municipality": "上毛町"})["plan"]["plan"]
    desk.result("save", {"plan": made})
    assert target.exists()
    capsys.readouterr()


def test_a_folder_of_plans(kept, ended, capsys):
    """Plans of a folder are opened; of one that is wrong it is said what is, and it goes on."""
    kept.path.with_name("broken.yaml").write_text("plan: [", encoding="utf-8")
    assert main(["review", str(kept.path.parent), *SMALL]) == 0
    assert "broken.yaml" in capsys.readouterr().err
    plans = ended[0].desk.result("plans", {})["plans"]
    assert [(each["file"], each["saves"]) for each in plans] == [("町.yaml", True)]


def test_a_workbook_is_not_written_into(kept, ended, capsys):
    """It is opened, and saved to another file where one is named."""
    book = kept.path.with_name("a.xlsx")
    assert main(["convert", str(kept.path), str(book), *SMALL[:2]]) == 0
    assert main(["review", str(book), *SMALL]) == 0
    assert "a.xlsx" in capsys.readouterr().err
    assert ended[0].desk.call("save", {"plan": "p1"})["error"]["kind"] == "usage"
    target = kept.path.with_name("b.xlsx")
    assert main(["review", str(book), "-o", str(target), *SMALL]) == 0
    ended[1].desk.result("save", {"plan": "p1"})
    assert target.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.yaml"], "nowhere.yaml"),
        (["{folder}", "-o", "x.yaml"], "-o"),
        (["{plan}", "{plan}", "--document", "{plan}"], "--document"),
        (["{plan}", "{plan}", "-o", "x.yaml"], "-o"),
        (["{plan}", "-o", "{plan}"], "already there"),
        (["-o", "x.txt"], ".yaml"),
        (["{broken}"], "broken.yaml"),
        (["{plan}", "--document", "{folder}/none.pdf"], "none.pdf"),
    ],
)
def test_wrong_calls(kept, ended, arguments, told, capsys):
    """A wrong call has one message and exit code 2, and serves nothing."""
    broken = kept.path.with_name("broken.yaml")
    broken.write_text("plan: [\n", encoding="utf-8")
    names = {"folder": str(kept.path.parent), "plan": str(kept.path), "broken": str(broken)}
    call = ["review", *(each.format(**names) for each in arguments), *SMALL, "--lang", "en"]
    assert main(call) == 2
    assert told in capsys.readouterr().err
    assert ended == []


def test_a_port_that_is_taken(serving, capsys):
    """A port that another program has is told."""
    visitor = serving()
    assert main(["review", "--port", str(visitor.port), *SMALL]) == 2
    assert str(visitor.port) in capsys.readouterr().err


def test_a_browser_is_opened(ended, monkeypatch, capsys):
    """The address is opened in a browser with a window, and in none that takes the terminal."""
    import webbrowser

    opened = []
    controller = SimpleNamespace(open=opened.append)
    monkeypatch.setattr(webbrowser, "get", lambda: controller)
    call = ["review", *SMALL[:-1]]
    assert main(call) == 0
    assert opened[0].startswith("http://127.0.0.1:")
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("w3m"))
    assert main(call) == 0

    def none():
        raise webbrowser.Error("none")

    monkeypatch.setattr(webbrowser, "get", none)
    assert main(call) == 0
    assert len(opened) == 1
    assert len(ended) == 3
    capsys.readouterr()
