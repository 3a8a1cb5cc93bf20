// The document at the left: one leaf at a time, with the words that are looked at marked.

import { button, byId, h, show } from "./dom.js";
import { say, t } from "./words.js";
import { ask, current, state, tell } from "./work.js";

let overview = null;
let leaf = 0;
let spots = [];
let spot = 0;

export function forget() {
  overview = null;
  leaf = 0;
  spots = [];
}

export async function draw() {
  const pane = byId("document");
  const about = current();
  pane.hidden = !about?.original;
  document.body.classList.toggle("with-document", !pane.hidden);
  if (pane.hidden) return;
  overview ??= await ask("original", { plan: state.plan });
  if (overview) await drawLeaf();
}

export async function turn(by) {
  if (!overview) return;
  const to = Math.min(Math.max(leaf + by, 0), overview.leaves.length - 1);
  if (to === leaf) return;
  leaf = to;
  await drawLeaf();
  tell(say(overview.leaves[leaf]));
}

// Find words in the document and show where they stand. Unless somebody asked for it, the page
// itself stays where it is: only the document turns to them.
export async function find(words, asked = true) {
  const found = await ask("spots", { plan: state.plan, words });
  if (!found) return;
  spots = found.spots.length ? found.spots : found.near ? [found.near] : [];
  spot = 0;
  if (!spots.length) {
    tell(t("not_in_document"));
    return;
  }
  await toSpot(0, asked);
  const at = say(overview.leaves[leaf]);
  tell(found.spots.length ? t("shown_at", at, words) : t("near", spots[0].text));
}

async function toSpot(number, asked = true) {
  spot = number;
  leaf = spots[spot].leaf;
  await drawLeaf();
  const top = window.scrollY;
  byId("document").querySelector("mark, .marked")?.scrollIntoView({ block: "center", inline: "nearest" });
  if (!asked) window.scrollTo(0, top);
}

async function drawLeaf() {
  const pane = byId("document");
  const shown = await ask("leaf", { plan: state.plan, leaf });
  if (!shown) return;
  const lost = overview.lost.map((each) => `${say(each.label)} ${each.count}${each.page ? ` (p.${each.page})` : ""}`);
  show(
    pane,
    h("h2", { id: "document-title" }, t("document"), " ", h("small", {}, overview.file)),
    h(
      "div",
      { class: "leaf-tools" },
      button("‹", () => turn(-1), { "aria-label": t("page_before"), disabled: leaf === 0 }),
      h(
        "select",
        { id: "leaf", "aria-label": t("page"), onchange: (event) => turn(Number(event.target.value) - leaf) },
        overview.leaves.map((each, n) => h("option", { value: String(n), selected: n === leaf }, say(each))),
      ),
      button("›", () => turn(1), { "aria-label": t("page_after"), disabled: leaf === overview.leaves.length - 1 }),
      spots.length > 1
        ? button(t("next_spot", spot + 1, spots.length), () => toSpot((spot + 1) % spots.length), { id: "next-spot" })
        : null,
    ),
    lost.length ? h("p", { class: "remark" }, t("lost", lost.slice(0, 6).join("、"))) : null,
    h(
      "div",
      { class: "leaf", id: "leaf-text", tabindex: "0", lang: "ja", role: "region", "aria-label": `${t("document")} ${say(shown.label)}` },
      shown.blocks.map(block),
    ),
  );
}

function block(each) {
  const parts = spots[spot]?.parts.filter((part) => part.block === each.block) ?? [];
  if (each.rows) return table(each, parts.length ? spots[spot] : null);
  const tag = each.kind === "heading" ? "h3" : "p";
  return h(tag, { class: each.kind }, marked(each.text, parts));
}

function marked(text, parts) {
  const signs = [...text];
  const out = [];
  let at = 0;
  for (const { start, end } of parts) {
    out.push(signs.slice(at, start).join(""), h("mark", {}, signs.slice(start, end).join("")));
    at = end;
  }
  out.push(signs.slice(at).join(""));
  return out;
}

function table(each, found) {
  const words = found?.text.replace(/\s+/g, "") ?? "";
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      {},
      h(
        "tbody",
        {},
        each.rows.map((row) =>
          h(
            "tr",
            { class: found && row[0]?.row === found.row ? "marked" : null },
            row.map((cell) => {
              const bare = cell.text.replace(/\s+/g, "");
              const hit = bare && words && row[0].row === found.row && (words.includes(bare) || bare.includes(words));
              return h(
                "td",
                { rowspan: cell.rows > 1 ? cell.rows : null, colspan: cell.columns > 1 ? cell.columns : null },
                hit ? h("mark", {}, cell.text) : cell.text,
              );
            }),
          ),
        ),
      ),
    ),
  );
}

// A line of evidence, with a button that shows it where a document is open.
export function evidence(each) {
  const where = [each.section, each.page ? `p.${each.page}` : ""].filter(Boolean).join(" ");
  return h(
    "span",
    { class: "quote" },
    each.text ? h("q", {}, each.text) : null,
    where ? ` (${where})` : null,
    each.text && current()?.original
      ? [" ", button(t("show_in_document"), () => find(each.text), { class: "quiet small" })]
      : null,
  );
}
