// Opening and making files: nothing is read or written here, bytes only pass through.

import { button, h, labelled } from "./dom.js";
import { lang, say, t } from "./words.js";
import { ask, changed, choose, clearAlert, current, drawWork, forgotten, put, refuse, state, tell } from "./work.js";

const PLANS = ".yaml,.yml,.json,.xlsx";
const DOCUMENTS = ".pdf,.docx,.xlsx,.html,.htm,.md,.txt";
const MOST = 2500;
const FORMS = [
  ["plan", "yaml", "YAML"],
  ["plan", "json", "JSON"],
  ["plan", "xlsx", "Excel"],
  ["report", "html", "HTML"],
  ["report", "xlsx", "Excel"],
  ["report", "csv", "CSV"],
  ["report", "json", "JSON"],
  ["inquiry", "xlsx", "Excel"],
  ["gaps", "xlsx", "Excel"],
  ["forecast", "ics", "iCalendar"],
  ["packet", "zip", "ZIP"],
];
const OF_ALL = [
  ["report", "html", "HTML"],
  ["report", "xlsx", "Excel"],
  ["compare", "html", "HTML"],
  ["compare", "xlsx", "Excel"],
  ["packet", "zip", "ZIP"],
];

export async function draw(panel) {
  const about = current();
  panel.append(
    h("h2", {}, t("open_head")),
    picker(t("open_plan"), { accept: PLANS, multiple: true, id: "open-plan" }, openAll, t("open_hint")),
    picker(t("open_folder"), { webkitdirectory: true, id: "open-folder" }, (files) => openDropped(files.filter((file) => !/(^|\/)\./.test(file.webkitRelativePath)))),
    drafting(),
    blank(),
  );
  if (about) {
    panel.append(
      h("h2", {}, t("beside_head")),
      picker(t("attach"), { accept: DOCUMENTS, id: "attach" }, ([file]) => attach(file), t("attach_hint")),
      picker(t("inquiry_back"), { accept: ".xlsx", id: "take-in" }, ([file]) => takeIn(file)),
      h("h2", {}, t("save_head")),
      offers(FORMS, () => [state.plan]),
    );
  }
  if (state.plans.length) panel.append(h("h2", {}, t("open_plans")), openPlans());
  if (state.plans.length > 1) panel.append(h("h3", {}, t("all_open", state.plans.length)), offers(OF_ALL, () => []));
}

function picker(label, attributes, chosen, hint) {
  const input = h("input", {
    type: "file",
    ...attributes,
    onchange: async () => {
      const files = [...input.files];
      input.value = "";
      if (files.length) await chosen(files);
    },
  });
  return labelled(label, input, hint);
}

function drafting() {
  const town = h("input", { id: "draft-town", autocomplete: "off" });
  return h(
    "div",
    { class: "group" },
    picker(t("draft_from"), { accept: DOCUMENTS, id: "draft" }, ([file]) => draft(file, town.value)),
    labelled(t("draft_town"), town, t("town_hint")),
  );
}

function blank() {
  const found = h("datalist", { id: "towns" });
  const town = h("input", { name: "municipality", list: "towns", required: true, autocomplete: "off", oninput: () => lookUp(town.value, found) });
  const title = h("input", { name: "title", autocomplete: "off" });
  const recorded = h("input", { name: "recorded", autocomplete: "off" });
  return h(
    "form",
    {
      class: "group",
      id: "blank",
      onsubmit: async (event) => {
        event.preventDefault();
        const args = { municipality: town.value.trim() };
        if (title.value.trim()) args.title = title.value.trim();
        if (recorded.value.trim()) args.recorded = recorded.value.trim();
        await taken(await ask("blank", args), "facts");
      },
    },
    h("h3", {}, t("blank_head")),
    labelled(t("town"), town, t("town_hint")),
    found,
    labelled(t("plan_title"), title),
    labelled(t("recorded"), recorded, t("recorded_hint")),
    h("button", { type: "submit" }, t("begin")),
  );
}

let asked = 0;
async function lookUp(words, list) {
  const round = ++asked;
  if (words.trim().length < 2) return;
  const found = await ask("towns", { words });
  if (found && round === asked)
    list.replaceChildren(...found.towns.map((each) => h("option", { value: each.code }, say(each.name))));
}

function offers(forms, plans) {
  const kinds = [...new Set(forms.map(([what]) => what))];
  return h(
    "dl",
    { class: "offers" },
    kinds.map((what) =>
      h(
        "div",
        {},
        h("dt", {}, t(`write_${what}`)),
        h(
          "dd",
          {},
          forms
            .filter(([each]) => each === what)
            .map(([, form, label]) => button(label, () => write(what, form, plans()), { "aria-label": `${t(`write_${what}`)} ${label}` })),
        ),
      ),
    ),
  );
}

function openPlans() {
  const outcomes = Object.entries(state.brief?.counts ?? {}).filter(([name]) => ["fail", "unknown", "pass"].includes(name));
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": t("open_plans") },
    h(
      "table",
      { class: "rows" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("plan")), outcomes.map(([, { label }]) => h("th", { scope: "col" }, say(label))), h("td", {}))),
      h(
        "tbody",
        {},
        state.plans.map((each) =>
          h(
            "tr",
            {},
            h(
              "th",
              { scope: "row" },
              button(say(each.name), () => choose(each.plan), { class: "quiet", "aria-current": each.plan === state.plan ? "true" : null }),
              ` ${each.title} (${each.file})`,
              each.changed ? h("span", { class: "unsaved" }, ` ${t("unsaved")}`) : null,
            ),
            outcomes.map(([name]) => h("td", {}, String(each.outcomes[name] ?? 0))),
            h("td", {}, button(t("close_plan"), () => close(each), { class: "small", "aria-label": `${t("close_plan")}: ${say(each.name)}` })),
          ),
        ),
      ),
    ),
  );
}

async function close(each) {
  if (each.changed && !window.confirm(t("close_sure"))) return;
  const left = await ask("close", { plan: each.plan });
  if (!left) return;
  forgotten(left.plans);
  if (state.plan === each.plan) await choose(left.plans[0]?.plan ?? null, "files");
  else await drawWork();
}

// ---- Bytes ----

const inBase64 = (file) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });

async function taken(result, tab) {
  if (!result) return;
  clearAlert();
  put(result.plan);
  tell(t("opened", result.plan.file));
  await choose(result.plan.plan, tab);
}

async function openAll(files) {
  let last = null;
  const refused = [];
  for (const [n, file] of files.entries()) {
    tell(files.length > 1 ? `${t("opening", file.name)} (${n + 1}/${files.length})` : t("opening", file.name));
    const answer = await window.dxrulesTransport.call("open", { name: file.name, content: await inBase64(file) });
    if (answer.result) {
      put(answer.result.plan);
      last = answer.result;
    } else refused.push([file, answer.error]);
  }
  if (last) await taken(last, files.length > 1 ? "files" : "questions");
  const read = files.length - refused.length;
  if (read !== 1) tell(read ? t("opened_all", read) : "");
  if (refused.length === 1) refuse(refused[0][1]);
  else if (refused.length) refuse(together(refused));
}

// Why several files could not be opened, as one refusal.
function together(refused) {
  const both = (ja, en) => ({ ja, en });
  return {
    message: both(`${refused.length}件は開けませんでした。`, `${refused.length} files could not be opened.`),
    problems: refused.map(([file, error]) => ({ place: file.name, key: "", message: error.message, hint: null })),
  };
}

async function draft(file, town) {
  tell(t("drafting", file.name));
  const args = { name: file.name, content: await inBase64(file), lang: lang() };
  if (town.trim()) args.municipality = town.trim();
  const result = await ask("draft", args);
  if (!result) tell("");
  await taken(result, "questions");
}

async function attach(file) {
  tell(t("drafting", file.name));
  const result = await ask("attach", { plan: state.plan, name: file.name, content: await inBase64(file) });
  if (!result) {
    tell("");
    return;
  }
  put(result.plan);
  tell(t("opened", file.name));
  await choose(state.plan);
}

async function takeIn(file) {
  const result = await ask("take-in", { plan: state.plan, name: file.name, content: await inBase64(file) });
  if (result) await changed(result, t("taken", result.taken));
}

export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = entries.some((entry) => entry.isDirectory) ? (await Promise.all(entries.map(filesIn))).flat() : [...transfer.files];
  await openDropped(files);
}

async function openDropped(files) {
  const plans = files.filter((file) => /\.(ya?ml|json|xlsx)$/i.test(file.name)).slice(0, MOST);
  const documents = files.filter((file) => /\.(pdf|docx|html?|md|txt)$/i.test(file.name));
  if (plans.length) await openAll(plans);
  else for (const file of documents.slice(0, 1)) await (current() && !current().original ? attach(file) : draft(file, ""));
}

// The files of a folder that was dropped, and of those in it; hidden ones are passed over.
async function filesIn(entry) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length || found.length > MOST) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesIn))).flat();
}

export async function write(what, form, plans) {
  const made = await ask("write", { what, form, plans, lang: lang() });
  if (!made) return;
  const bytes = Uint8Array.from(atob(made.content), (sign) => sign.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = h("a", { href: url, download: made.name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  tell(t("made_file", made.name));
}
