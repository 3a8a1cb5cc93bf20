// How the page reaches the desk in a browser: Python in a Web Worker, started from the files beside
// this page, or from those within it. Nothing is asked of any other place, and nothing is kept.

const NAMES = ["loader", "glue", "machine", "library", "packages", "later"];
const STEPS = ["files", "python", "modules", "rules"];
const settings = JSON.parse(byId("desk-settings").textContent);
const READING = new Set(["draft", "attach"]); // what may take long, and can be stopped
const waiting = new Map();
const files = {}; // as Blobs, which every worker that is started reads anew
let last = 0;
let worker;
let fault;
let held;

function byId(id) {
  return document.getElementById(id);
}

// ---- What is shown until it answers ----

const box = document.createElement("div");
const words = document.createElement("p");
const bar = document.createElement("progress");
const stopper = document.createElement("button");
stopper.type = "button";
stopper.id = "desk-stop";
stopper.addEventListener("click", stop);
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
  if (STEPS.includes(name)) {
    bar.value = STEPS.indexOf(name);
  } else {
    bar.removeAttribute("value"); // nobody knows how long it takes
  }
  stopper.remove();
  document.body.prepend(box);
}

function failed(message) {
  const [ja, en] = settings.words[document.documentElement.dataset.desk ? "broken" : "failed"];
  fault = { error: { kind: "gone", message: { ja, en }, problems: [] } };
  bar.remove();
  stopper.remove();
  box.setAttribute("role", "alert");
  words.textContent = `${say([ja, en])} (${message})`;
  document.body.prepend(box);
  for (const { done } of waiting.values()) {
    done(fault);
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
  } else if (data.kind === "held") {
    ({ held } = data);
    if (held) {
      stopper.textContent = say(settings.words.stop);
      box.append(stopper);
    }
  } else {
    answered(data.id, JSON.parse(data.answer));
  }
}

function answered(id, answer) {
  const { done, reads } = waiting.get(id);
  waiting.delete(id);
  if (reads && ![...waiting.values()].some((each) => each.reads)) {
    box.remove();
  }
  done(answer);
}

// Python cannot be interrupted: it ends, and another one goes on with what was open.
function stop() {
  worker.terminate();
  const [ja, en] = settings.words.stopped;
  const answer = { error: { kind: "stopped", message: { ja, en }, problems: [] } };
  const asked = [...waiting.keys()];
  started = start().catch((error) => failed(String(error.message ?? error)));
  for (const id of asked) {
    answered(id, answer);
  }
  document.body.prepend(box);
}

function decoded(text) {
  return Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

async function read(name) {
  const within = byId(`desk-${name}`);
  if (within) {
    const found = new Blob([decoded(within.textContent)]);
    within.remove();
    return found;
  }
  const answer = await fetch(new URL(`python/${settings.files[name]}`, document.baseURI));
  if (!answer.ok) {
    throw new Error(`${settings.files[name]}: ${answer.status}`);
  }
  return answer.blob();
}

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function start() {
  step("files");
  await Promise.all(
    NAMES.map(async (name) => {
      files[name] ??= await read(name);
      bar.value += 1 / NAMES.length;
    }),
  );
  const code = new Blob([byId("desk-worker").textContent], { type: "text/javascript" });
  worker = new Worker(URL.createObjectURL(code)); // from a disk, none as a module would start
  worker.onmessage = heard;
  worker.onerror = (event) => failed(event.message ?? "Worker");
  const { info, unpack } = settings;
  worker.postMessage({ kind: "start", files, info, unpack, day: today(), held });
}

let started = start().catch((error) => failed(String(error.message ?? error)));

async function call(name, args = {}) {
  await started;
  if (fault) {
    return fault;
  }
  return new Promise((done) => {
    last += 1;
    const reads = READING.has(name);
    waiting.set(last, { done, reads });
    if (reads) {
      step("reading");
    }
    worker.postMessage({ kind: "call", id: last, name, args });
  });
}

window.dxrulesTransport = { call };

// The licences in full stand in the one file as a text, and are shown when somebody asks.
byId("desk-full")?.addEventListener("toggle", ({ target }) => {
  target.querySelector("pre").textContent = byId("desk-licences").textContent;
});
