// What the plan file says, section by section; every value can be changed where it stands.

import { button, byId, h, labelled, newId, same } from "./dom.js";
import { say, t } from "./words.js";
import { ask, change, current, drawWork, go, state } from "./work.js";
import { evidence } from "./document-pane.js";

const unfolded = new Set(["municipality", "plan"]);
let editing = null; // the path and key that are being changed, or what is being added
let facts = null;

export async function draw(panel) {
  facts = await ask("facts", { plan: state.plan });
  if (!facts) return;
  const quoted = current()?.original ? await ask("quotations", { plan: state.plan }) : null;
  panel.append(h("h2", {}, t("facts")), ...(quoted ? [quotations(quoted)] : []), ...facts.sections.map(section));
}

// How many of the words that are quoted stand in the document, and those that do not.
function quotations(quoted) {
  const said = t("quoted_count", quoted.found, quoted.elsewhere, quoted.missing);
  if (!quoted.wrong.length) return h("p", { class: "hint" }, said);
  return folded(
    "?quoted",
    h("summary", {}, said),
    () => [
      h(
        "ul",
        { class: "quotes" },
        quoted.wrong.map((each) =>
          h(
            "li",
            {},
            h("span", { class: each.state === "missing" ? "tag fail" : "tag unknown" }, t(`quoted_${each.state}`)),
            ` ${say(each.label)}: `,
            evidence({ text: each.text, section: each.section ?? "", page: each.page ?? "" }),
            " ",
            button(t("go_to_fact"), () => openAt(each.path), { class: "quiet small" }),
          ),
        ),
      ),
    ],
    { class: "section" },
  );
}

// Show an entry: its section unfolded, the focus on it.
export async function openAt(path) {
  unfold(path);
  await go("facts", false);
  for (let n = path.length; n; n -= 1) {
    const place = byId(`e-${keyOf(path.slice(0, n))}`);
    if (place) {
      place.scrollIntoView({ block: "center" });
      place.focus({ preventScroll: true });
      return;
    }
  }
}

const keyOf = (path) => path.join(".");

function unfold(path) {
  for (let n = 1; n <= path.length; n += 1) unfolded.add(keyOf(path.slice(0, n)));
}

function folded(key, summary, body, attributes = {}) {
  const details = h("details", { open: unfolded.has(key), ...attributes }, summary);
  let filled = false;
  const fill = () => {
    if (filled || !details.open) return;
    filled = true;
    details.append(...body().flat(Infinity).filter(Boolean));
  };
  details.addEventListener("toggle", () => {
    if (details.open) unfolded.add(key);
    else unfolded.delete(key);
    fill();
  });
  fill();
  return details;
}

function section(each) {
  const word = t(`section_state_${each.state}`);
  const summary = h(
    "summary",
    { id: `e-${each.name}` },
    h("span", { class: "section-name" }, say(each.label)),
    " ",
    word ? h("span", { class: `tag state-${each.state}` }, word) : null,
    " ",
    each.doubts ? h("span", { class: "tag doubt" }, `${t("in_doubt")} ${each.doubts}`) : null,
  );
  return folded(
    each.name,
    summary,
    () => [
      each.closable && each.state !== "free"
        ? h(
            "p",
            { class: "actions" },
            each.state === "closed"
              ? button(t("section_reopen"), () => change("close-section", { section: each.name, closed: false }))
              : button(t("section_done"), () => change("close-section", { section: each.name, closed: true })),
            each.state === "closed" ? null : h("span", { class: "hint" }, t("section_hint")),
          )
        : null,
      each.entry ? entry(each.entry, true) : [h("p", {}, t("nothing_written")), begin(each)],
    ],
    { class: "section" },
  );
}

// A section that is not in the file yet: its first entry.
function begin(each) {
  const info = state.shape.models.Plan.find((one) => one.key === each.name);
  return info && info.model ? adder([each.name], info, 0, null) : null;
}

function entry(each, whole = false) {
  const keys = state.shape.models[each.model] ?? [];
  const path = each.path;
  const isList = !keys.length || each.fields.length + each.doubts.length === 0;
  const parts = [
    each.doubts.map((doubt) => doubtLine(each, doubt)),
    each.fields.length ? h("table", { class: "fields" }, h("tbody", {}, each.fields.map((field) => row(each, field)))) : null,
    each.evidence.length
      ? h(
          "ul",
          { class: "quotes", "aria-label": t("evidence") },
          each.evidence.map((one, n) =>
            h(
              "li",
              {},
              one.of.length ? `${one.of.map(say).join("・")}: ` : "",
              evidence(one),
              " ",
              button(t("remove"), () => removeEvidence(each, n), { class: "quiet small", "aria-label": `${t("evidence")} ${n + 1}: ${t("remove")}` }),
            ),
          ),
        )
      : null,
    keys.some((one) => one.key === "evidence") ? evidenceAdder(each) : null,
    each.children.map((child) => nested(child)),
  ];
  const container = containerOf(path);
  if (container) parts.push(adder(path, container, each.children.length, each));
  else if (keys.length && !(whole && isList && !path.length)) parts.push(adding(each, keys));
  if (!whole && path.length > 1) parts.push(h("p", {}, button(t("remove"), () => change("edit", { edits: [{ path }] }), { class: "danger small" })));
  return parts;
}

function nested(child) {
  const summary = h(
    "summary",
    { id: `e-${keyOf(child.path)}` },
    say(child.label),
    child.doubts.length ? [" ", h("span", { class: "tag doubt" }, t("in_doubt"))] : null,
    child.children.length && !child.fields.length ? ` (${child.children.length})` : null,
  );
  return folded(keyOf(child.path), summary, () => [entry(child)], { class: "entry" });
}

// Walk the shape along a path: the key that it leads to, and the keys of what stands there.
function walk(path) {
  let keys = state.shape.models.Plan;
  let info = null;
  for (const part of path) {
    if (info?.form === "map" || info?.form === "entries") {
      keys = state.shape.models[info.model];
      info = null;
      continue;
    }
    if (info) keys = state.shape.models[info.model];
    info = keys?.find((each) => each.key === part) ?? null;
    if (!info) return { keys: null, info: null };
  }
  return { keys, info };
}

// The list or the table of entries that a path leads to, or nothing.
function containerOf(path) {
  const { info } = walk(path);
  return info && (info.form === "map" || info.form === "entries") ? info : null;
}

export function infoAt(path, key) {
  const { keys, info } = walk(path);
  const own = info ? state.shape.models[info.model] : keys;
  return own?.find((each) => each.key === key) ?? null;
}

function doubtLine(each, doubt) {
  return h(
    "p",
    { class: "doubt-line" },
    h("span", { class: "tag doubt" }, t("in_doubt")),
    ` ${doubt.labels.map(say).join("・")} `,
    doubt.because ? `(${doubt.because}) ` : "",
    button(t("confirm"), () => change("confirm", { path: each.path, keys: doubt.of }), { class: "small" }),
  );
}

function row(each, field) {
  const info = infoAt(each.path, field.key);
  const place = [...each.path, field.key];
  const label = say(field.label);
  const open = editing && same(editing, place);
  const id = `f-${keyOf(place)}`;
  const body = open
    ? valueForm(each.path, info ?? plainInfo(field), field.value, place)
    : [
        h("span", { class: field.in_doubt ? "value doubtful" : "value" }, say(field.shown)),
        " ",
        button(t("change"), () => edit(place), { class: "quiet small", id, "aria-label": `${label}: ${t("change")}` }),
      ];
  return h("tr", {}, h("th", { scope: "row" }, label), h("td", {}, body));
}

const plainInfo = (field) => ({ key: field.key, label: field.label, help: field.label, form: "text", values: {}, list: null, example: "" });

async function edit(place) {
  editing = place;
  await drawWork();
  byId("panel").querySelector(".editing input, .editing select, .editing textarea")?.focus();
}

async function stop(id) {
  editing = null;
  await drawWork();
  byId(id)?.focus();
}

function valueForm(path, info, value, place) {
  const control = controlOf(info, value);
  const id = `f-${keyOf(place)}`;
  const form = h(
    "form",
    {
      class: "editing inline",
      onkeydown: (event) => event.key === "Escape" && stop(id),
      onsubmit: async (event) => {
        event.preventDefault();
        const said = read(control);
        if (said === null) return;
        const was = editing;
        editing = null;
        if (await change("edit", { edits: [{ path: place, value: said }] })) byId(id)?.focus();
        else editing = was;
      },
    },
    labelled(say(info.label), control.element, say(info.help) === say(info.label) ? exampleOf(info) : `${say(info.help)} ${exampleOf(info)}`),
    h("button", { type: "submit", class: "main" }, t("keep")),
    button(t("cancel"), () => stop(id)),
    info.required
      ? null
      : button(
          t("remove"),
          async () => {
            editing = null;
            await change("edit", { edits: [{ path: place }] });
          },
          { class: "danger" },
        ),
  );
  return form;
}

const exampleOf = (info) => (info.example ? `(${info.example})` : "");

// A control for a key by its form, and how its value is read.
function controlOf(info, value) {
  const options = optionsOf(info);
  const id = newId("edit");
  switch (info.form) {
    case "choice":
      return {
        element: h(
          "select",
          { id },
          h("option", { value: "" }, "–"),
          options.map(([each, word]) => h("option", { value: each, selected: each === String(value ?? "") }, say(word))),
        ),
        value: (element) => element.value || null,
      };
    case "choices":
      return {
        element: h(
          "select",
          { id, multiple: true, size: Math.min(options.length, 8) },
          options.map(([each, word]) => h("option", { value: each, selected: [value].flat().includes(each) }, say(word))),
        ),
        value: (element) => [...element.selectedOptions].map((each) => each.value),
      };
    case "texts":
      return {
        element: h("textarea", { id, rows: 3, placeholder: t("one_a_line") }, (value ?? []).join("\n")),
        value: (element) => element.value.split("\n").map((each) => each.trim()).filter(Boolean),
      };
    default:
      return {
        element: h("input", { id, value: value ?? "", autocomplete: "off", inputmode: info.form === "number" ? "numeric" : null }),
        value: (element) => element.value.trim() || null,
      };
  }
}

function optionsOf(info) {
  if (info.list && Object.keys(info.values).length === 0) return Object.entries(state.shape.lists[info.list] ?? {});
  return Object.entries(info.values);
}

export function editor(path, key) {
  return controlOf(infoAt(path, key) ?? plainInfo({ key, label: { ja: key, en: key } }), null);
}

export const read = (control) => control.value(control.element);

// ---- Adding ----

function adding(each, keys) {
  const free = keys.filter((one) => !["evidence", "doubts"].includes(one.key) && !hasKey(each, one.key));
  if (!each.path.length || !free.length) return null;
  const place = [...each.path, "+"];
  if (editing && same(editing.slice(0, place.length), place) && editing.length > place.length) {
    const info = free.find((one) => one.key === editing.at(-1));
    if (info && !info.model) return valueForm(each.path, info, null, [...each.path, info.key]);
    if (info) return adder([...each.path, info.key], info, 0, null, true);
  }
  const select = h(
    "select",
    {},
    free.map((one) => h("option", { value: one.key }, say(one.label))),
  );
  return h(
    "form",
    {
      class: "inline adding",
      onsubmit: async (event) => {
        event.preventDefault();
        editing = [...place, select.value];
        await drawWork();
        byId("panel").querySelector(".editing input, .editing select, .editing textarea")?.focus();
      },
    },
    labelled(t("add_key"), select),
    h("button", { type: "submit" }, t("add")),
  );
}

const hasKey = (each, key) => each.fields.some((field) => field.key === key) || each.children.some((child) => child.path.at(-1) === key);

// A further entry of a list or a table: what it must have is asked for at once.
function adder(path, info, count, each, open = false) {
  const keys = state.shape.models[info.model] ?? [];
  const needed = keys.filter((one) => one.required && !one.model);
  const isMap = info.form === "map";
  const taken = new Set((each?.children ?? []).map((child) => child.path.at(-1)));
  const ids = isMap ? Object.entries(state.shape.lists[info.list] ?? {}).filter(([id]) => !taken.has(id)) : [];
  const which = isMap ? h("select", {}, ids.map(([id, word]) => h("option", { value: id }, say(word)))) : null;
  const first = isMap ? keys.filter((one) => one.key === "status") : needed.length ? needed : keys.slice(0, 1);
  const controls = first.map((one) => [one, controlOf(one, one.key === "id" ? freeId(path, count) : null)]);
  const id = `add-${keyOf(path)}`;
  return h(
    "details",
    { class: open ? "adder editing" : "adder", open },
    h("summary", { id }, t("add_entry", say(info.label))),
    h(
      "form",
      {
        onsubmit: async (event) => {
          event.preventDefault();
          const said = Object.fromEntries(controls.map(([one, control]) => [one.key, read(control)]).filter(([, value]) => value !== null));
          const isOne = info.form === "entry";
          const place = isOne ? path : [...path, isMap ? which.value : count];
          unfold(place);
          editing = null;
          if (await change("edit", { edits: [{ path: place, value: said }] })) byId(`e-${keyOf(place)}`)?.focus();
        },
      },
      which ? labelled(t("which"), which) : null,
      controls.map(([one, control]) => labelled(one.key === "id" ? t("new_id") : say(one.label), control.element, exampleOf(one))),
      h("button", { type: "submit", class: "main" }, t("add")),
    ),
  );
}

// Evidence: where it stands, in the words that are selected in the document if any are.
function evidenceAdder(each) {
  const keys = state.shape.models.Evidence.filter((one) => ["section", "page", "text"].includes(one.key));
  const controls = keys.map((one) => [one, controlOf(one, null)]);
  const details = h(
    "details",
    { class: "adder" },
    h("summary", {}, t("add_entry", t("evidence"))),
    h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          const said = Object.fromEntries(controls.map(([one, control]) => [one.key, read(control)]).filter(([, value]) => value));
          if (Object.keys(said).length) change("edit", { edits: [{ path: [...each.path, "evidence", each.evidence.length], value: said }] });
        },
      },
      controls.map(([one, control]) => labelled(say(one.label), control.element, one.key === "text" ? t("from_selection") : exampleOf(one))),
      h("button", { type: "submit", class: "main" }, t("add")),
    ),
  );
  details.addEventListener("toggle", () => {
    const words = selectedWords();
    const [, text] = controls.find(([one]) => one.key === "text");
    if (details.open && words && !text.element.value) text.element.value = words;
  });
  return details;
}

let lastWords = "";
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (selection?.anchorNode && byId("leaf-text")?.contains(selection.anchorNode)) lastWords = selection.toString();
});

const selectedWords = () => lastWords.replace(/\s+/g, " ").trim().slice(0, 40);

const removeEvidence = (each, number) => {
  const path = [...each.path, "evidence"];
  return change("edit", { edits: [{ path: each.evidence.length > 1 ? [...path, number] : path }] });
};

const freeId = (path, count) => `${String(path[0]).replace(/s$/, "")}-${count + 1}`;
