// What to settle, in the order of what it decides: one card each, one of them open.

import { button, byId, fill, h, labelled, newId } from "./dom.js";
import { say, t } from "./words.js";
import { ask, changed, drawWork, state } from "./work.js";
import { editor, openAt, read } from "./facts-pane.js";
import { evidence, find } from "./document-pane.js";

const STEP = 200;
let shown = STEP;
let openId = null;
let chosen = false; // whether a person chose what is open
let found = null;
let trying = 0;
let evidenceOf = new Map();

export function forget() {
  openId = null;
  chosen = false;
  found = null;
  shown = STEP;
}

async function more() {
  shown += STEP;
  await drawWork();
}

export async function draw(panel) {
  const [questions, facts] = await Promise.all([
    ask("questions", { plan: state.plan }),
    ask("facts", { plan: state.plan }),
  ]);
  if (!questions || !facts) return;
  found = questions;
  evidenceOf = new Map();
  for (const section of facts.sections) gather(section.entry);
  const list = found.questions;
  if (!chosen || (openId && !list.some((each) => each.id === openId))) openId = list[0]?.id ?? null;
  fill(
    panel,
    h("h2", {}, t("questions_head")),
    h("p", { id: "left" }, left()),
    list.length ? null : h("p", {}, t("none_left")),
    h("ol", { class: "cards", onkeydown: alongCards }, list.slice(0, shown).map(card)),
    list.length > shown ? button(t("more", list.length - shown), more) : null,
  );
  if (found.pending) order(++trying);
}

function left() {
  const said = t("questions_left", found.unknown, found.questions.length);
  return found.pending ? `${said} – ${t("trying", found.pending)}` : said;
}

// Answers are tried while nobody waits for them; the order is put right when all are.
async function order(round) {
  const { plan } = state;
  while (round === trying && plan === state.plan && state.tab === "questions") {
    const more = await ask("questions", { plan, trials: 3 });
    if (!more || round !== trying || plan !== state.plan) return;
    found = more;
    const line = byId("left");
    if (line) line.textContent = left();
    if (!more.pending) {
      if (state.tab === "questions" && !byId("panel")?.contains(document.activeElement)) await drawWork();
      else sorted();
      return;
    }
  }
}

// Put cards in their order without taking the focus from whoever works in one.
function sorted() {
  const list = document.querySelector("ol.cards");
  if (!list) return;
  for (const each of found.questions.slice(0, shown)) {
    const own = [...list.children].find((item) => item.dataset.id === each.id);
    if (!own) continue;
    own.querySelector(".worth").textContent = worth(each);
  }
}

function gather(entry) {
  if (!entry) return;
  evidenceOf.set(JSON.stringify(entry.path), entry.evidence);
  entry.children.forEach(gather);
}

function worth(each) {
  if (!each.tried) return t("not_tried");
  const number = Math.round(each.settles * 10) / 10;
  return number ? t(Number.isInteger(each.settles) ? "settles" : "settles_mean", number) : t("settles_none");
}

// Whether another question has the same words, as it asks for more of the same entries.
const alike = (each) => each.key && found.questions.some((other) => other !== each && other.key && say(other.text) === say(each.text));

function card(each) {
  const open = each.id === openId;
  const id = newId("card");
  const head = h(
    "h3",
    {},
    h(
      "button",
      {
        type: "button",
        class: "card-head",
        "aria-expanded": String(open),
        "aria-controls": id,
        id: `q-${each.id}`,
        onclick: () => unfold(each.id === openId ? null : each.id),
      },
      h("span", { class: `tag ${each.kind}` }, t(`kind_${each.kind}`)),
      " ",
      h("span", { class: "card-text" }, alike(each) ? [h("strong", {}, say(each.key)), ": "] : null, say(each.text)),
      " ",
      h("span", { class: "worth" }, worth(each)),
    ),
  );
  const body = h("div", { id, class: "card-body", hidden: !open });
  if (open) body.append(...{ doubt, alike: together, close, town }[each.kind](each));
  return h("li", { class: open ? "card open" : "card", "data-id": each.id }, head, body);
}

async function unfold(id) {
  chosen = true;
  openId = id;
  await drawWork();
  if (id) byId(`q-${id}`)?.focus();
}

function alongCards(event) {
  if (event.target.matches("input, textarea, select") || event.altKey || event.ctrlKey || event.metaKey) return;
  const by = { j: 1, k: -1, J: 1, K: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const heads = [...document.querySelectorAll(".card-head")];
  const at = heads.indexOf(event.target.closest(".card")?.querySelector(".card-head"));
  const next = heads[at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// After an answer the next question is open, and has the focus.
async function settled(name, args) {
  const list = found.questions;
  const at = list.findIndex((each) => each.id === openId);
  const next = (list[at + 1] ?? list[at - 1])?.id ?? null;
  const was = openId;
  trying += 1; // nothing is tried while somebody waits
  chosen = true;
  openId = next;
  const brief = await ask(name, { plan: state.plan, ...args });
  if (!brief) {
    openId = was;
    return;
  }
  document.querySelector(".card.open")?.classList.add("done");
  await changed(brief);
  (byId(`q-${openId}`) ?? document.querySelector(".card-head") ?? byId("tab-questions"))?.focus();
}

function doubt(each) {
  const evidences = evidenceOf.get(JSON.stringify(each.path)) ?? [];
  const own = each.keys.length === 1 ? each.keys[0] : null;
  const group = newId("choice");
  const shownValue = say(each.value);
  const others = each.candidates.filter((one) => say(one.shown) !== shownValue);
  const form = h(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        const value = new FormData(event.target).get(group);
        settled("confirm", { path: each.path, keys: each.keys, ...(value ? { value } : {}) });
      },
    },
    own && others.length
      ? h(
          "fieldset",
          {},
          h("legend", {}, t("answer")),
          [{ value: "", shown: each.value }, ...others].map((one, n) =>
            h(
              "label",
              { class: "choice" },
              h("input", { type: "radio", name: group, value: one.value, checked: n === 0 }),
              " ",
              say(one.shown) || one.value || t("nothing_written"),
            ),
          ),
        )
      : shownValue
        ? h("p", {}, t("drafted_value", shownValue))
        : null,
    h("button", { type: "submit", class: "main" }, t("confirm")),
  );
  const parts = [
    each.because ? h("p", { class: "remark" }, t("because", each.because)) : null,
    evidences.length ? h("ul", { class: "quotes" }, evidences.slice(0, 5).map((one) => h("li", {}, evidence(one)))) : null,
    form,
  ];
  const more = h("div", { class: "actions" });
  if (own) {
    const place = h("div");
    more.append(
      button(t("other_value"), () => {
        place.replaceChildren(otherValue(each, own));
        place.querySelector("input, select, textarea")?.focus();
      }),
      place,
    );
  }
  more.append(
    button(t("go_to_fact"), () => openAt(each.path)),
    typeof each.path.at(-1) === "number"
      ? button(t("remove_entry"), () => settled("edit", { edits: [{ path: each.path }] }), { class: "danger" })
      : "",
  );
  parts.push(more);
  showFirst(evidences);
  return parts.filter(Boolean);
}

function showFirst(evidences) {
  const text = evidences[0]?.text;
  if (text) queueMicrotask(() => document.body.classList.contains("with-document") && find(text, false));
}

// Doubts that are alike: those whose rows are checked are answered at once. None is checked at
// first, so that nobody confirms what they have not looked at.
function together(each) {
  const boxes = each.rows.map(() => h("input", { type: "checkbox" }));
  const missing = h("p", { class: "missing", role: "alert" });
  const give = (more) => {
    const paths = each.rows.filter((_, n) => boxes[n].checked).map((row) => row.path);
    missing.textContent = paths.length ? "" : t("choose_rows");
    if (paths.length) settled("confirm-alike", { paths, keys: each.keys, ...more });
    else boxes[0].focus();
  };
  const stands = (row) => !each.keys.length || say(row.value);
  const asTheyStand = () => {
    const checked = each.rows.filter((_, n) => boxes[n].checked);
    if (checked.length && !checked.some(stands)) missing.textContent = t("rows_without_value");
    else give({});
  };
  const value = each.choices.length
    ? h("select", {}, each.choices.map((one) => h("option", { value: one.value }, say(one.shown))))
    : null;
  showFirst(each.rows.flatMap((row) => evidenceOf.get(JSON.stringify(row.path)) ?? []));
  return [
    h("p", {}, t("rows_hint")),
    h("ul", { class: "plain rows" }, each.rows.map((row, n) => togetherRow(row, boxes[n]))),
    h(
      "div",
      { class: "actions" },
      button(t("all_rows"), () => boxes.forEach((box) => (box.checked = true)), { class: "quiet" }),
      button(t("no_rows"), () => boxes.forEach((box) => (box.checked = false)), { class: "quiet" }),
    ),
    missing,
    h(
      "div",
      { class: "actions" },
      each.rows.some(stands) ? button(t("confirm_rows"), asTheyStand, { class: "main" }) : "",
      button(t(each.keys.length ? "rows_not_said" : "rows_are_none"), () => give({ absent: true }), { class: "danger" }),
    ),
    value
      ? h("div", { class: "actions" }, labelled(t("rows_value"), value), button(t("take"), () => give({ value: value.value })))
      : null,
  ].filter(Boolean);
}

function togetherRow(row, box) {
  const quoted = evidenceOf.get(JSON.stringify(row.path))?.[0];
  return h(
    "li",
    {},
    h("label", { class: "choice" }, box, " ", say(row.label), ": ", h("strong", {}, say(row.value) || t("nothing_written"))),
    h("div", {}, quoted ? evidence(quoted) : null, " ", button(t("go_to_fact"), () => openAt(row.path), { class: "quiet small" })),
    row.because ? h("p", { class: "remark" }, t("because", row.because)) : null,
  );
}

function otherValue(each, key) {
  const control = editor(each.path, key);
  return h(
    "form",
    {
      class: "inline",
      onsubmit: (event) => {
        event.preventDefault();
        const value = read(control);
        if (value !== null) settled("confirm", { path: each.path, keys: each.keys, value });
      },
    },
    control.element,
    h("button", { type: "submit", class: "main" }, t("take")),
  );
}

function close(each) {
  return [
    h("p", { class: "remark" }, t("section_hint")),
    h(
      "div",
      { class: "actions" },
      button(t("section_done"), () => settled("close-section", { section: each.section, closed: true }), { class: "main" }),
      button(t("go_to_fact"), () => openAt(each.path)),
    ),
  ];
}

function town(each) {
  const group = newId("choice");
  const field = (name, label, attributes = {}) => labelled(label, h("input", { name, autocomplete: "off", ...attributes }));
  const form = h(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        const said = new FormData(event.target);
        const given = Object.fromEntries(["day", "told", "by", "document", "page"].map((key) => [key, said.get(key)?.trim()]).filter(([, value]) => value));
        const answer = (said.get("number")?.trim() || said.get(group) || "").trim();
        if (!answer) {
          form.querySelector(".missing").textContent = t("choose_first");
          form.querySelector(`[name="${group}"]`).focus();
          return;
        }
        settled("answer", { about: each.about, answer, ...given });
      },
    },
    each.choices.length
      ? h(
          "fieldset",
          {},
          h("legend", {}, say(each.asked)),
          each.choices.map((one) =>
            h(
              "label",
              { class: "choice" },
              h("input", { type: "radio", name: group, value: one.value }),
              " ",
              say(one.shown),
              " ",
              h("span", { class: "hint" }, one.settles ? t("settles", one.settles) : ""),
            ),
          ),
          each.number ? field("number", t("number_instead"), { inputmode: "numeric" }) : null,
        )
      : labelled(say(each.asked), h("input", { name: group, autocomplete: "off" })),
    h("p", { class: "missing", role: "alert" }),
    h(
      "div",
      { class: "fields" },
      each.day ? field("day", say(each.day)) : null,
      field("told", t("told"), { value: state.hello.day }),
      field("by", t("by")),
      field("document", t("proof")),
      field("page", t("proof_page"), { inputmode: "numeric" }),
    ),
    h("button", { type: "submit", class: "main" }, t("give_answer")),
  );
  return [
    h("dl", { class: "about" }, h("div", {}, h("dt", {}, t("why")), h("dd", {}, say(each.why))), h("div", {}, h("dt", {}, t("hangs")), h("dd", {}, say(each.hangs)))),
    form,
  ];
}
