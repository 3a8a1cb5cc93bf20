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

const unzipped = (file) => file.stream().pipeThrough(new DecompressionStream("gzip"));
const bytesOf = async (stream) => new Uint8Array(await new Response(stream).arrayBuffer());
const tell = (kind, more) => postMessage({ kind, ...more });

async function imported(file) {
  const url = URL.createObjectURL(new Blob([await bytesOf(unzipped(file))], { type: "text/javascript" }));
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

async function start({ files, info, unpack, day, held }) {
  tell("step", { step: "python" });
  const runtime = await python(files, info);
  tell("step", { step: "modules" });
  runtime.runPython(unpack);
  unpacked(runtime, new Uint8Array(await files.packages.arrayBuffer()));
  tell("step", { step: "rules" });
  const { Page } = runtime.pyimport("in_page");
  const page = held ? Page(day, runtime.toPy(held)) : Page(day);
  tell("ready");
  setTimeout(() => page.warm());
  let { later } = files;
  return async (name, args) => {
    if (READING.has(name)) {
      tell("held", { held: state(page) });
    }
    if (later && (READING.has(name) || name === "spots" || args?.form === "ics")) {
      unpacked(runtime, new Uint8Array(await later.arrayBuffer()));
      later = null;
    }
    return page.call(name, JSON.stringify(args ?? {}));
  };
}

// All that is open, or nothing where it cannot be told: then nothing is stopped.
function state(page) {
  try {
    const found = page.hold();
    const bytes = found.toJs();
    found.destroy();
    return bytes;
  } catch {
    return null;
  }
}

// What may take long: the page is given all that is open, to go on with where it stops this.
const READING = new Set(["draft", "attach"]);
let answering;
onmessage = async ({ data }) => {
  try {
    if (data.kind === "start") {
      answering = start(data);
      await answering;
    } else {
      const answer = await (await answering)(data.name, data.args);
      tell("answer", { id: data.id, answer });
    }
  } catch (error) {
    // A desk answers whatever it is asked: if it cannot, Python itself has broken down.
    tell("failed", { message: String(error.message ?? error) });
    close();
  }
};
