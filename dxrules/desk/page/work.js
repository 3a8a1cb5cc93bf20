// What the panes share: the plan that is shown, how the interface is asked, and when all is drawn anew.

import { button, byId, h, show } from "./dom.js";
import { lang, say, t } from "./words.js";

export const state = { hello: null, plans: [], plan: null, tab: "files", brief: null, shape: null };

// What draws: the desk, which knows all panes, and tells it once.
let view = null;

export function drawnBy(found) {
  view = found;
}

export const drawWork = () => view.drawWork();

export const go = (tab, focus) => view.go(tab, focus);

// ---- Asking ----

export async function ask(name, args = {}) {
  const answer = await window.dxrulesTransport.call(name, args);
  if (answer.error) {
    refuse(answer.error);
    return null;
  }
  return answer.result;
}

export function refuse(error) {
  const problems = error.problems ?? [];
  show(
    byId("alert"),
    h(
      "div",
      { class: "refused" },
      h("p", {}, say(error.message)),
      problems.length === 1 && problems[0].place ? h("p", { class: "hint" }, problems[0].place) : null,
      problems.length > 1
        ? h(
            "ul",
            {},
            problems.map((each) =>
              h("li", {}, [each.place, each.key, say(each.message), say(each.hint)].filter(Boolean).join(" ")),
            ),
          )
        : null,
      button(t("close"), clearAlert, { class: "quiet" }),
    ),
  );
}

export function clearAlert() {
  show(byId("alert"));
}

export function tell(text) {
  byId("status").textContent = text;
}

// ---- The plan that is shown ----

export function current() {
  return state.plans.find((each) => each.plan === state.plan) ?? null;
}

export function put(about) {
  const at = state.plans.findIndex((each) => each.plan === about.plan);
  if (at < 0) state.plans.push(about);
  else state.plans[at] = about;
}

export function forgotten(plans) {
  state.plans = plans;
}

// What a change of the plan did: the counts are told, and what is shown is shown anew.
export async function changed(brief, said) {
  if (!brief) return false;
  clearAlert();
  const before = state.brief;
  state.brief = brief;
  put(brief.plan);
  const moved = [];
  for (const [name, { label, count }] of Object.entries(brief.counts)) {
    const old = before?.counts[name]?.count;
    if (old !== undefined && old !== count) moved.push(t("changed_to", say(label), old, count));
  }
  tell([said, moved.join(lang() === "ja" ? "、" : ", ") || t("unchanged")].filter(Boolean).join(" – "));
  await view.drawVerdicts();
  return true;
}

export async function change(name, args, said) {
  return changed(await ask(name, { plan: state.plan, ...args }), said);
}

export async function choose(plan, tab) {
  state.plan = plan;
  state.brief = null;
  view.forget();
  if (tab) state.tab = tab;
  if (plan) {
    const brief = await ask("verdicts", { plan });
    if (!brief) return;
    put(brief.plan);
    state.brief = brief;
  }
  await view.drawAll();
}
