// Runs inside.py in the Python of the page: node compile.mjs RUNTIME IN OUT
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, from, to] = process.argv.slice(2).map((each) => resolve(each));
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`).href);
const { info } = JSON.parse(readFileSync(`${runtime}/pyodide-lock.json`, "utf8"));
const python = await loadPyodide({
  env: { PYTHONHASHSEED: "0" }, // sets in bytecode stand in the same order each time
  lockFileContents: { info, packages: {} }, // of the packages that it knows none is fetched
  packageBaseUrl: "none:",
});
for (const [path, folder] of [["/in", from], ["/out", to]]) {
  python.FS.mkdirTree(path);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, path);
}
const script = new URL("inside.py", import.meta.url);
try {
  python.runPython(readFileSync(script, "utf8"), { filename: "inside.py" });
} catch (error) {
  console.error(error.message); // the trace of Python, without that of a script in one line
  process.exit(1);
}
