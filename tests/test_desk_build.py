"""How the desk for browsers is built: what is locked, what is taken, and what is refused."""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

DESK = Path(__file__).parents[1] / "browser_desk"
ROOT = DESK.parent


@pytest.fixture(scope="module", autouse=True)
def scripts():
    """Let the scripts of the folder be imported as they import each other."""
    sys.path.insert(0, str(DESK))
    yield
    sys.path.remove(str(DESK))


def test_lock_is_that_of_the_tests():
    """The page has the versions that the tests have, and each package one file."""
    pins = dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", (ROOT / "requirements/dev.txt").read_text()))
    lock = (DESK / "packages.txt").read_text()
    found = re.findall(r"(?m)^([\w.-]+)==(\S+) \\\n    --hash=sha256:\w{64}$", lock)
    assert len(found) == len(dict(found)) > 10
    others = {name for name, version in found if pins.get(name, version) != version}
    assert others == set()
    assert "://" not in lock + (DESK / "node.txt").read_text()


def wheel(folder, name, files):
    """Write a wheel."""
    path = folder / f"{name}-1-py3-none-any.whl"
    about = {f"{name}-1.dist-info/METADATA": f"Name: {name}\nVersion: 1\nLicense-Expression: MIT\n"}
    texts = {f"{name}-1.dist-info/licenses/LICENSE": "May be used."}
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in (files | about | texts).items():
            archive.writestr(entry, content)
    return path


def test_staged(tmp_path):
    """Modules are taken, with dxrules and its rules; no binary of Linux, no test, no command."""
    import staging

    modules = {"a/__init__.py": "", "a/_fast.cpython-314-x86_64-linux-gnu.so": "", "a/a.pyi": ""}
    some = wheel(tmp_path, "a", modules | {"a/tests/test_a.py": ""})
    other = wheel(tmp_path, "rapidfuzz", {"rapidfuzz/fuzz.py": ""})
    files = staging.staged([some, other])
    foreign = {name for name in files if name.startswith(("packages/a", "later/rapidfuzz"))}
    assert foreign == {"packages/a/__init__.py", "later/rapidfuzz/fuzz.py"}
    assert "packages/dxrules/desk/desk.py" in files
    assert "packages/dxrules/_data/rulesets/national/reference/areas.yaml" in files
    assert not any(name.startswith("packages/dxrules/cli") for name in files)


def test_licences(tmp_path):
    """Everything that is carried is listed with its licence, and its text follows."""
    import licences
    import sources

    package = tmp_path / "runtime"
    package.mkdir()
    (package / "package.json").write_text('{"version": "314", "license": "MPL-2.0"}')
    linked = {"links": ["bz2", "m"], "modules": ["_md5"], "versions": {"cpython": "3.14.2"}}
    every = licences.carried([wheel(tmp_path, "a", {})], package, linked)
    shown = licences.as_text(every)
    assert shown.index("a 1: MIT") < shown.index("May be used.")
    assert {"dxrules", "Pyodide", "CPython", "a"} <= {each.name for each in every}
    assert {"bzip2", "HACL*"} <= {each.name for each in every}
    assert "CPython 3.14.2: PSF-2.0" in shown
    assert "SQLite" not in shown
    assert all(each.licence for each in every)
    with pytest.raises(sources.BuildError, match="tcl"):
        licences.within_python(linked | {"links": ["tcl"]})


def locked(folder, monkeypatch, digest):
    """Lock one package of npm by a digest."""
    import sources

    lock = folder / "node.txt"
    lock.write_text(f"# One.\nthing==1 \\\n    --hash=sha256:{digest}\n")
    monkeypatch.setattr(sources, "FROM_NPM", lock)
    return sources


def test_another_package_is_refused(tmp_path, monkeypatch):
    """What has another digest is removed and named; without npm the way out is named."""
    sources = locked(tmp_path, monkeypatch, "0" * 64)
    (entry,) = sources._locked(sources.FROM_NPM)
    with tarfile.open(tmp_path / "thing-1.tgz", "w:gz"):
        pass
    with pytest.raises(sources.BuildError, match=r"thing-1\.tgz was not what node\.txt has locked"):
        sources._from_npm(entry, tmp_path)
    monkeypatch.setattr(sources.shutil, "which", lambda _: None)
    with pytest.raises(sources.BuildError, match="There is no npm"):
        sources._from_npm(entry, tmp_path)


def test_pages_hold_what_they_carry():
    """Both homes are made alike each time; nothing in them is loaded from anywhere."""
    import pages
    from licences import Carried

    carried = (Carried("a & b", "1", "MIT"),)
    files = {"machine": b"\0asm", "loader": b"<script>"}
    parts = pages.Parts(files, {"python": "3.14"}, carried, "A licence.", "1", "2026-09-30")
    one = pages.single(parts, "start()")
    assert one == pages.single(parts, "start()")
    shown = one.decode()
    assert shown.index("Content-Security-Policy") < shown.index("<style")
    assert "connect-src 'none'" in shown
    assert "a &amp; b" in shown
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"', shown) == []
    several = pages.folder(parts)
    assert {"index.html", "about.html", "licences.txt", "transport.js", "desk.js"} <= several.keys()
    assert re.findall(rb'(?:src|href)="[a-z]+:', several["index.html"]) == []


@pytest.mark.parametrize("text", ["</script>", "<!-- ", "</STYLE>", "<script"])
def test_what_would_end_an_element(text):
    """A script that holds the end of its element is refused, not cut off."""
    import pages
    from sources import BuildError

    parts = pages.Parts({}, {}, (), "", "1", "")
    with pytest.raises(BuildError, match="would end the element"):
        pages.single(parts, text)
