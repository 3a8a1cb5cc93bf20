"""Run in the page when Python has started: takes in the modules of an archive."""

from __future__ import annotations


def unpack(archive: bytes, home: str) -> None:
    """Take in the files of an archive that `inside.py` has made, as if they lay in a folder.

    Modules are run from memory, as files of a page are slow to make and to look for. Others are
    put into the folder, and so are all of packages that are read as resources.
    """
    import importlib
    import json
    import os
    import sys
    from importlib.machinery import ModuleSpec
    from marshal import loads

    from compression import zstd

    content = memoryview(zstd.decompress(archive))
    at = 4 + int.from_bytes(content[:4], "little")
    head, code = 16, ".pyc"  # what stands before the code of a module, and the end of its name
    modules, folders = {}, set()
    for name, size in json.loads(bytes(content[4:at])):
        if name.endswith(code) and not name.startswith("tzdata/"):
            modules[f"{home}/{name}"] = content[at + head : at + size]
        else:
            path = f"{home}/{name}"
            folder = os.path.dirname(path)  # noqa: PTH120  (pathlib is not loaded at this hour)
            if folder not in folders:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
                folders.add(folder)
            with open(path, "wb", buffering=0) as file:  # noqa: PTH123
                file.write(content[at : at + size])
        at += size

    class Finder:
        """Finds the modules of the archive, and runs them."""

        @staticmethod
        def find_spec(name: str, path: object = None, target: object = None) -> object:  # noqa: ARG004
            """Return where a module is; None for one of elsewhere."""
            base = f"{home}/{name.replace('.', '/')}"
            for origin, within in ((f"{base}/__init__{code}", [base]), (f"{base}{code}", None)):
                if origin in modules:
                    spec = ModuleSpec(name, Finder, origin=origin)
                    spec.has_location, spec.submodule_search_locations = True, within
                    return spec
            return None

        @staticmethod
        def create_module(spec: object) -> None:
            """Leave making a module to Python."""

        @staticmethod
        def exec_module(module: object) -> None:
            """Run the code of a module within it."""
            exec(loads(modules[module.__spec__.origin]), module.__dict__)  # noqa: S102, S302

        @staticmethod
        def get_resource_reader(name: str) -> object:
            """Return what reads files of a package that are no modules; they are in a folder."""
            from importlib.readers import FileReader
            from types import SimpleNamespace

            base = f"{home}/{name.replace('.', '/')}"
            return FileReader(SimpleNamespace(path=f"{base}/__init__{code}"))

    sys.meta_path.insert(0, Finder)
    importlib.invalidate_caches()
