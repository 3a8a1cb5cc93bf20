// Opening and making files: nothing is read or written here, bytes only pass through.

import { button, byId, h, labelled } from "./dom.js";
import { lang, say, t } from "./words.js";
import { droppedFiles } from "./dropped-files.js";
import { ask, changed, choose, clearAlert, current, drawWork, formOf, forgotten, opened, state, tell } from "./desk.js";

const PLANS = ".yaml,.yml,.json,.xlsx";
const DOCUMENTS = ".pdf,.docx,.xlsx,.html,.htm,.md,.txt";
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
    labelled(t("recorded"), recorded, "令和8年3月"),
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
  return h(
    "ul",
    { class: "plain" },
    state.plans.map((each) =>
      h(
        "li",
        {},
        button(`${say(each.name)} ${each.title} (${each.file})`, () => choose(each.plan), { class: "quiet", "aria-current": each.plan === state.plan ? "true" : null }),
        " ",
        button(t("close_plan"), () => close(each), { class: "small", "aria-label": `${t("close_plan")}: ${say(each.name)}` }),
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
  opened(result.plan);
  tell(t("opened", result.plan.file));
  await choose(result.plan.plan, tab);
}

async function openAll(files) {
  let last = null;
  for (const file of files) {
    tell(t("opening", file.name));
    const result = await ask("open", { name: file.name, content: await inBase64(file) });
    if (!result) {
      tell("");
      break;
    }
    opened(result.plan);
    last = result;
  }
  if (last) await taken(last, "questions");
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
  opened(result.plan);
  tell(t("opened", file.name));
  await choose(state.plan);
}

async function takeIn(file) {
  const result = await ask("take-in", { plan: state.plan, name: file.name, content: await inBase64(file) });
  if (result) await changed(result, t("taken", result.taken));
}

export async function dropped(transfer) {
  const files = await droppedFiles(transfer);
  const plans = files.filter((file) => /\.(ya?ml|json|xlsx)$/i.test(file.name));
  const documents = files.filter((file) => !plans.includes(file));
  if (plans.length) await openAll(plans);
  for (const file of documents) await (current() && !current().original ? attach(file) : draft(file, ""));
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

export { byId, formOf };
