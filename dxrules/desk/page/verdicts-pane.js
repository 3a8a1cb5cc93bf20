// The verdicts: what to mend and what to confirm first, then all of them, each with its reasons.

import { button, h } from "./dom.js";
import { say, t } from "./words.js";
import { ask, state } from "./work.js";
import { evidence } from "./document-pane.js";
import { openAt } from "./facts-pane.js";

const MOST = 150;
let word = "";
let outcome = "";

export async function draw(panel) {
  const { brief } = state;
  const found = await ask("findings", { plan: state.plan });
  if (!found || !brief) return;
  const list = h("div", { class: "findings" });
  const count = h("output", { role: "status" });
  const refresh = () => {
    const wanted = word.normalize("NFKC").toLowerCase();
    const shown = found.findings.filter(
      (each) => (!outcome || each.outcome === outcome) && (!wanted || textOf(each).includes(wanted)),
    );
    count.textContent = t("shown_count", shown.length);
    list.replaceChildren(...shown.slice(0, MOST).map(finding));
  };
  panel.append(
    h("h2", {}, t("mend_first")),
    brief.mend_first.length ? h("ol", { class: "plain" }, brief.mend_first.map((each) => h("li", {}, gap(each)))) : h("p", {}, t("no_failures")),
    h("h2", {}, t("confirm_first")),
    brief.confirm_first.length ? h("ol", { class: "plain" }, brief.confirm_first.map((each) => h("li", {}, toConfirm(each)))) : h("p", {}, t("nothing_open")),
    h("h2", {}, t("all_findings")),
    h(
      "div",
      { class: "filter" },
      h("label", {}, t("filter"), " ", h("input", { type: "search", value: word, oninput: (event) => ((word = event.target.value), refresh()) })),
      h(
        "label",
        {},
        t("outcome"),
        " ",
        h(
          "select",
          { onchange: (event) => ((outcome = event.target.value), refresh()) },
          h("option", { value: "" }, t("all")),
          Object.entries(brief.counts).map(([name, { label }]) => h("option", { value: name, selected: name === outcome }, say(label))),
        ),
      ),
      count,
    ),
    list,
  );
  refresh();
}

function textOf(each) {
  return [each.rule, say(each.title), say(each.label), say(each.message), say(each.strength), say(each.outcome_label)]
    .join(" ")
    .normalize("NFKC")
    .toLowerCase();
}

export function gap(each) {
  return unfolding(each, [
    tag(each),
    ` ${each.rule} ${say(each.title)}`,
    each.subjects?.length > 1 ? ` ×${each.subjects.length}` : "",
    h("span", { class: "hint" }, say(each.due)),
    h("span", { class: "line" }, say(each.reason)),
    h("span", { class: "line" }, `→ ${say(each.remedy)}`),
    (each.ways ?? []).map((way) => h("span", { class: "line hint" }, say(way))),
  ]);
}

function toConfirm(each) {
  return unfolding(each.first, [
    h("span", { class: each.duty ? "tag duty" : "tag" }, say(each.strength)),
    " ",
    say(each.question),
    h("span", { class: "hint" }, say(each.due)),
    h("span", { class: "line hint" }, say(each.rules)),
  ]);
}

function tag(each) {
  const word = each.severity_label ? `${say(each.outcome_label)}・${say(each.severity_label)}` : say(each.outcome_label);
  return h("span", { class: `tag ${each.outcome}` }, word);
}

export function finding(each) {
  return unfolding(each, [
    tag(each),
    " ",
    h("span", { class: "tag" }, say(each.strength)),
    ` ${each.rule} ${say(each.title)} `,
    h("span", { class: "hint" }, `${say(each.label)}${say(each.due)}`),
    h("span", { class: "line" }, say(each.message)),
  ]);
}

// A line that unfolds into its reasons, which are asked for then.
function unfolding(each, head) {
  const details = h("details", { class: "finding" }, h("summary", {}, head));
  let asked = false;
  details.addEventListener("toggle", async () => {
    if (asked || !details.open) return;
    asked = true;
    const why = await ask("explain", { plan: state.plan, finding: each.finding });
    if (why) details.append(reasons(why));
  });
  return details;
}

function reasons(why) {
  return h(
    "div",
    { class: "why" },
    h("p", {}, say(why.message)),
    why.adjustments.map((each) => h("p", { class: "remark" }, say(each.reason))),
    why.reasons.length
      ? h(
          "ul",
          { class: "tree", "aria-label": t("reason") },
          why.reasons.map((each) =>
            h(
              "li",
              { class: `depth-${Math.min(each.depth, 6)} ${each.truth}` },
              each.title ? h("strong", {}, `${say(each.title)}: `) : null,
              h("span", { class: "sign" }, `[${say(each.sign)}]`),
              ` ${say(each.asks)}`,
              each.value ? h("span", { class: "read" }, ` ← ${say(each.value)}`) : null,
            ),
          ),
        )
      : null,
    why.evidence.length ? h("ul", { class: "quotes", "aria-label": t("evidence") }, why.evidence.map((each) => h("li", {}, evidence(each)))) : null,
    why.question ? h("p", {}, h("strong", {}, `${t("look_up")}: `), say(why.question)) : null,
    why.outcome === "fail" || why.question ? h("p", {}, h("strong", {}, `${t("remedy")}: `), say(why.remedy)) : null,
    h(
      "p",
      { class: "hint" },
      `${t("source")}: ${say(why.source)} `,
      why.url && /^https:\/\//.test(why.url)
        ? h("a", { href: why.url, target: "_blank", rel: "noopener noreferrer" }, t("open_source"))
        : null,
    ),
    why.paths[0]?.length || why.path.length ? button(t("go_to_fact"), () => openAt(why.paths[0]?.length ? why.paths[0] : why.path)) : null,
  );
}
