// The desk: what is open, what is shown, and the keys. It computes nothing: it asks and shows.

import { button, byId, h, show } from "./dom.js";
import { lang, say, setLang, t } from "./words.js";
import { ask, changed, choose, clearAlert, current, drawnBy, put, state, tell } from "./work.js";
import * as drawingPane from "./drawing-pane.js";
import * as documentPane from "./document-pane.js";
import * as factsPane from "./facts-pane.js";
import * as filesPane from "./files-pane.js";
import * as gapsPane from "./gaps-pane.js";
import * as questionsPane from "./questions-pane.js";
import * as verdictsPane from "./verdicts-pane.js";

const TABS = [
  ["questions", questionsPane],
  ["facts", factsPane],
  ["verdicts", verdictsPane],
  ["gaps", gapsPane],
  ["drawing", drawingPane],
  ["files", filesPane],
];

// ---- Steps ----

async function step(name) {
  const brief = await ask(name, { plan: state.plan });
  if (brief) await changed(brief, t(name === "undo" ? "done_undo" : "done_redo", say(brief.what)));
}

async function save() {
  if (!state.plan) return;
  if (!current().saves) {
    await filesPane.write("plan", formOf(current()), [state.plan]);
    return;
  }
  const saved = await ask("save", { plan: state.plan });
  if (!saved) return;
  put(saved.plan);
  clearAlert();
  tell(t("saved", saved.name));
  drawHead();
}

const formOf = (about) => ({ ".json": "json", ".xlsx": "xlsx" })[about.form] ?? "yaml";

// ---- The head ----

function drawHead() {
  const about = current();
  const counts = state.brief ? Object.entries(state.brief.counts) : [];
  show(
    byId("head"),
    h("h1", {}, h("span", { class: "brand" }, "dxrules"), " ", t("title")),
    about
      ? h(
          "div",
          { class: "whose" },
          state.plans.length > 1 ? chooser() : h("strong", {}, say(about.name)),
          " ",
          h("span", {}, about.title),
          " ",
          about.changed ? h("span", { class: "unsaved" }, t("unsaved")) : null,
        )
      : null,
    h(
      "div",
      { class: "tools", role: "group", "aria-label": t("title") },
      button(t("undo"), () => step("undo"), { id: "undo", disabled: !about?.undo, title: "Ctrl+Z", "aria-keyshortcuts": "Control+Z" }),
      button(t("redo"), () => step("redo"), { id: "redo", disabled: !about?.redo, title: "Ctrl+Y", "aria-keyshortcuts": "Control+Y" }),
      button(t("save"), save, { id: "save", class: "main", disabled: !about, title: "Ctrl+S", "aria-keyshortcuts": "Control+S" }),
      button(t("keys"), help, { id: "keys", title: "Alt+H" }),
      button(t("language"), switchLanguage, { id: "lang", lang: t("language_name"), title: "Alt+L" }),
    ),
    counts.length
      ? h(
          "dl",
          { class: "counts", id: "counts" },
          counts
            .filter(([name, { count }]) => count || ["fail", "unknown", "pass"].includes(name))
            .map(([name, { label, count }]) =>
              h("div", { class: `count ${name}` }, h("dt", {}, say(label)), h("dd", {}, String(count))),
            ),
        )
      : null,
    state.brief
      ? h(
          "p",
          { class: "day" },
          `${t("day", state.brief.day)} / ${t("known_until", state.brief.known_until)}`,
          state.brief.one_engine ? ` / ${say(state.brief.one_engine).split(/[((]--/)[0]}` : "",
        )
      : null,
  );
  document.title = `${about ? `${say(about.name)} – ` : ""}dxrules ${t("title")}`;
  byId("skip").textContent = t("skip");
}

function chooser() {
  return h(
    "select",
    { id: "which-plan", "aria-label": t("plan"), onchange: (event) => choose(event.target.value) },
    state.plans.map((each) =>
      h("option", { value: each.plan, selected: each.plan === state.plan }, `${say(each.name)} (${each.file})`),
    ),
  );
}

async function switchLanguage() {
  setLang(lang() === "ja" ? "en" : "ja");
  clearAlert();
  tell("");
  drawHead();
  await documentPane.draw();
  await drawWork();
  byId("lang").focus();
}

// ---- The work ----

async function drawWork() {
  const [name, pane] = TABS.find(([each]) => each === state.tab);
  const panel = h("div", { role: "tabpanel", id: "panel", "aria-labelledby": `tab-${name}`, class: `pane ${name}` });
  const tabs = h(
    "div",
    { role: "tablist", class: "tabs", "aria-label": t("title"), onkeydown: alongTabs },
    TABS.map(([each], n) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${each}`,
          title: `Alt+${n + 1}`,
          "aria-selected": String(each === name),
          "aria-controls": "panel",
          tabindex: each === name ? 0 : -1,
          onclick: () => go(each),
        },
        t(each),
      ),
    ),
  );
  const focused = document.activeElement?.id;
  const before = byId("panel");
  const top = before?.classList.contains(name) ? window.scrollY : null;
  if (!state.plan && name !== "files") panel.append(h("p", {}, t("no_plan")));
  else await pane.draw(panel);
  if (state.tab !== name) return;
  show(byId("work"), tabs, panel);
  byId("work").setAttribute("aria-label", t(name));
  if (focused) byId(focused)?.focus({ preventScroll: true });
  if (top !== null) window.scrollTo(0, top);
  else if (before) tabs.scrollIntoView({ block: "nearest" });
}

async function go(tab, focus = true) {
  state.tab = tab;
  await drawWork();
  if (focus) byId(`tab-${tab}`)?.focus();
}

function alongTabs(event) {
  const names = TABS.map(([name]) => name);
  const at = names.indexOf(state.tab);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  go(names[(to + names.length) % names.length]);
}

// ---- Keys ----

function help() {
  const dialog = byId("dialog");
  const rows = [
    ["Ctrl+Z", "key_undo"],
    ["Ctrl+Y", "key_redo"],
    ["Ctrl+S", "key_save"],
    ["Alt+1 … Alt+6", "key_tabs"],
    ["J, K / ↓, ↑", "key_next"],
    ["Alt+PageUp, Alt+PageDown", "key_page"],
    ["Alt+L", "key_lang"],
    ["Alt+H", "key_help"],
  ];
  show(
    dialog,
    h("h2", { id: "dialog-title" }, t("keys")),
    h("dl", { class: "keys" }, rows.map(([key, what]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, t(what))))),
    button(t("close"), () => dialog.close(), { class: "main", autofocus: true }),
  );
  dialog.showModal();
}

function typing(target) {
  return target.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select");
}

document.addEventListener("keydown", (event) => {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.code === "KeyS") {
    event.preventDefault();
    save();
  } else if (control && event.code === "KeyZ" && !event.shiftKey && !typing(event.target)) {
    event.preventDefault();
    if (current()?.undo) step("undo");
  } else if (control && (event.code === "KeyY" || event.code === "KeyZ") && !typing(event.target)) {
    event.preventDefault();
    if (current()?.redo) step("redo");
  } else if (event.altKey && /^Digit[1-6]$/.test(event.code)) {
    event.preventDefault();
    go(TABS[Number(event.code.at(-1)) - 1][0]);
  } else if (event.altKey && event.code === "KeyH") {
    event.preventDefault();
    help();
  } else if (event.altKey && event.code === "KeyL") {
    event.preventDefault();
    switchLanguage();
  } else if (event.altKey && (event.code === "PageUp" || event.code === "PageDown")) {
    event.preventDefault();
    documentPane.turn(event.code === "PageDown" ? 1 : -1);
  }
});

window.addEventListener("beforeunload", (event) => {
  if (state.plans.some((each) => each.changed)) event.preventDefault();
});

for (const name of ["dragover", "drop"])
  document.addEventListener(name, (event) => {
    event.preventDefault();
    if (name === "drop") filesPane.dropped(event.dataTransfer);
  });

// ---- Beginning ----

drawnBy({
  drawWork,
  go,
  forget() {
    documentPane.forget();
    questionsPane.forget();
  },
  async drawAll() {
    drawHead();
    await documentPane.draw();
    await drawWork();
  },
  async drawVerdicts() {
    drawHead();
    await drawWork();
  },
});

async function begin() {
  setLang("ja");
  const hello = await ask("hello");
  if (!hello) return;
  state.hello = hello;
  state.plans = hello.plans;
  state.shape = await ask("shape");
  await choose(hello.plans[0]?.plan ?? null, hello.plans.length ? "questions" : "files");
}

// The transport may need time to start (Python in the page): it says when it is ready.
Promise.resolve(window.dxrulesTransport?.ready).then(begin);
