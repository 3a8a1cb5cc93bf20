// How the page reaches the desk in a browser: Python in a Web Worker, started from the files beside
// this page, or from those within it. Nothing is asked of any other place, and nothing is kept.

const NAMES = ["loader", "glue", "machine", "library", "packages", "later"];
const STEPS = ["files", "python", "modules", "rules"];
const settings = JSON.parse(byId("desk-settings").textContent);
const waiting = new Map();
let last = 0;
let worker;
let fault;

function byId(id) {
  return document.getElementById(id);
}

// ---- What is shown until it answers ----

const box = document.createElement("div");
const words = document.createElement("p");
const bar = document.createElement("progress");
box.id = "desk-starting";
box.setAttribute("role", "status");
bar.max = STEPS.length;
box.append(words, bar);

function say([ja, en]) {
  return document.documentElement.lang.startsWith("en") ? en : ja;
}

function step(name) {
  words.textContent = say(settings.words[name]);
  bar.setAttribute("aria-label", words.textContent);
  bar.value = STEPS.indexOf(name);
}

function failed(message) {
  const [ja, en] = settings.words[document.documentElement.dataset.desk ? "broken" : "failed"];
  fault = { error: { kind: "gone", message: { ja, en }, problems: [] } };
  bar.remove();
  box.setAttribute("role", "alert");
  words.textContent = `${say([ja, en])} (${message})`;
  document.body.prepend(box);
  for (const answer of waiting.values()) {
    answer(fault);
  }
  waiting.clear();
}

// ---- The worker ----

function heard({ data }) {
  if (data.kind === "step") {
    step(data.step);
  } else if (data.kind === "ready") {
    box.remove();
    document.documentElement.dataset.desk = "ready";
  } else if (data.kind === "failed") {
    failed(data.message);
  } else {
    waiting.get(data.id)(JSON.parse(data.answer));
    waiting.delete(data.id);
  }
}

function decoded(text) {
  return Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

async function bytes(name) {
  const within = byId(`desk-${name}`);
  if (within) {
    const found = decoded(within.textContent);
    within.remove();
    return found;
  }
  const answer = await fetch(new URL(`python/${settings.files[name]}`, document.baseURI));
  if (!answer.ok) {
    throw new Error(`${settings.files[name]}: ${answer.status}`);
  }
  return new Uint8Array(await answer.arrayBuffer());
}

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function start() {
  step("files");
  document.body.prepend(box);
  const files = {};
  await Promise.all(
    NAMES.map(async (name) => {
      files[name] = await bytes(name);
      bar.value += 1 / NAMES.length;
    }),
  );
  const code = new Blob([byId("desk-worker").textContent], { type: "text/javascript" });
  worker = new Worker(URL.createObjectURL(code)); // from a disk, none as a module would start
  worker.onmessage = heard;
  worker.onerror = (event) => failed(event.message ?? "Worker");
  worker.postMessage(
    { kind: "start", files, info: settings.info, unpack: settings.unpack, day: today() },
    Object.values(files).map((each) => each.buffer),
  );
}

const started = start().catch((error) => failed(String(error.message ?? error)));

async function call(name, args = {}) {
  await started;
  if (fault) {
    return fault;
  }
  return new Promise((answer) => {
    last += 1;
    waiting.set(last, answer);
    worker.postMessage({ kind: "call", id: last, name, args });
  });
}

window.dxrulesTransport = { call };

// The licences in full stand in the one file as a text, and are shown when somebody asks.
byId("desk-full")?.addEventListener("toggle", ({ target }) => {
  target.querySelector("pre").textContent = byId("desk-licences").textContent;
});
