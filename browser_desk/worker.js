// Runs Python and dxrules beside the page, so that the page never waits for them.
//
// What it takes comes as messages of the page, bytes included: it asks nobody for anything, and
// the first thing that it does is to take away the means.

const SITE = "/lib/python3.14/site-packages";
const HOME = "dxrules://desk/"; // names what Python asks for; nothing is ever fetched by it
const given = new Map();

globalThis.fetch = async (asked) => {
  const name = String(asked).slice(HOME.length);
  const found = String(asked).startsWith(HOME) && given.get(name);
  if (!found) {
    throw new TypeError("dxrules asks for nothing from outside");
  }
  given.delete(name);
  return found();
};
for (const name of ["XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts"]) {
  globalThis[name] = undefined;
}

const unzipped = (bytes) =>
  new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
const bytesOf = async (stream) => new Uint8Array(await new Response(stream).arrayBuffer());
const tell = (kind, more) => postMessage({ kind, ...more });

async function imported(bytes) {
  const url = URL.createObjectURL(new Blob([await bytesOf(unzipped(bytes))], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function python(files, info) {
  const [{ loadPyodide }, machine] = await Promise.all([imported(files.loader), imported(files.glue)]);
  given.set("pyodide.asm.wasm", () =>
    new Response(unzipped(files.machine), { headers: { "Content-Type": "application/wasm" } }));
  given.set("library.zip", () => new Response(unzipped(files.library)));
  return loadPyodide({
    createPyodideModule: machine.default,
    indexURL: HOME,
    stdLibURL: `${HOME}library.zip`,
    lockFileContents: { info, packages: {} },
    packageBaseUrl: HOME,
    env: { PYDANTIC_DISABLE_PLUGINS: "1" },
    stdin: () => null,
    stdout: (line) => console.info(line),
    stderr: (line) => console.warn(line),
  });
}

function unpacked(runtime, archive) {
  const put = runtime.globals.get("unpack");
  const bytes = runtime.toPy(archive);
  put(bytes, SITE);
  bytes.destroy();
  put.destroy();
}

async function start({ files, info, unpack, day }) {
  tell("step", { step: "python" });
  const runtime = await python(files, info);
  tell("step", { step: "modules" });
  runtime.runPython(unpack);
  unpacked(runtime, files.packages);
  tell("step", { step: "rules" });
  const { start: begin } = runtime.pyimport("in_page");
  const call = begin(day);
  tell("ready");
  let { later } = files;
  return (name, args) => {
    if (later && (READING.has(name) || args?.form === "ics")) {
      unpacked(runtime, later);
      later = null;
    }
    return call(name, JSON.stringify(args ?? {}));
  };
}

// What needs the modules that the others can do without.
const READING = new Set(["draft", "attach", "spots"]);
let answering;
onmessage = async ({ data }) => {
  try {
    if (data.kind === "start") {
      answering = start(data);
      await answering;
    } else {
      const answer = (await answering)(data.name, data.args);
      tell("answer", { id: data.id, answer });
    }
  } catch (error) {
    // A desk answers whatever it is asked: if it cannot, Python itself has broken down.
    tell("failed", { message: String(error.message ?? error) });
    close();
  }
};
