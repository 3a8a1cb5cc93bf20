// The timeline with its arrows, the dependencies and the days to come; places come from the desk.

import { h, s } from "./dom.js";
import { say, t } from "./words.js";
import { ask, state } from "./work.js";

// A text as long as so many half-width signs.
function cut(text, most) {
  let room = most;
  const signs = [...text];
  const at = signs.findIndex((sign) => (room -= sign.codePointAt(0) > 0xff ? 2 : 1) < 0);
  return at < 0 ? text : `${signs.slice(0, at - 1).join("")}…`;
}

export async function draw(panel) {
  const d = await ask("drawing", { plan: state.plan });
  if (!d) return;
  panel.append(
    h("h2", {}, t("timeline")),
    ...d.cycles.map((each) => h("p", { class: "remark" }, say(each))),
    h("p", { class: "hint" }, t("timeline_note"), d.alone ? ` ${t("alone", d.alone)}` : ""),
    h("div", { class: "scroll drawn", tabindex: "0", role: "group", "aria-label": t("timeline") }, timeline(d)),
    tables(d),
    h("h2", {}, t("dependencies")),
    d.dependencies.length
      ? rows([t("first"), t("then"), t("origin")], d.dependencies.map((each) => [say(each.first), say(each.then), say(each.origin)]))
      : h("p", {}, t("no_dependencies")),
    h("h2", {}, t("forecast", d.until)),
    d.forecast.length
      ? rows(
          [t("date"), t("what"), t("verdict")],
          d.forecast.flatMap((day) =>
            day.lines.map((line, n) => [
              n ? "" : `${day.day} (${t("days_left", day.days_left)})`,
              [say(line.what), say(line.names)].filter(Boolean).join(": "),
              [say(line.verdict), say(line.why)].filter(Boolean).join(" – "),
            ]),
          ),
        )
      : h("p", {}, t("no_forecast")),
  );
}

function timeline(d) {
  return s(
    "svg",
    { viewBox: `0 0 ${d.width} ${d.height}`, width: d.width, height: d.height, role: "img", "aria-label": t("timeline"), class: "timeline" },
    s("defs", {}, s("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, s("path", { d: "M0,0 L8,4 L0,8 z" }))),
    d.period ? s("rect", { class: "period", x: d.period[0], y: 20, width: d.period[1] - d.period[0], height: d.height - 20 }) : null,
    d.years.map(({ x, year }) => [
      s("line", { class: "year", x1: x, x2: x, y1: 20, y2: d.height }),
      s("text", { class: "note", x: x + 2, y: 14 }, document.documentElement.lang === "ja" ? `${year}年度` : `FY${year}`),
    ]),
    d.bars.map((bar) =>
      s(
        "g",
        {},
        s("title", {}, say(bar.label)),
        s("text", { class: "name", x: d.names - 12, y: bar.y + 13, "text-anchor": "end" }, cut(`${bar.late ? "! " : ""}${bar.critical ? "◆" : ""}${bar.planned ? "" : "× "}${say(bar.label)}`, 50)),
        s("rect", { class: ["bar", bar.late && "late", !bar.planned && "missing", !bar.dated && "undated"].filter(Boolean).join(" "), x: bar.x, y: bar.y + 3, width: bar.width, height: 12 }),
        bar.sure_width ? s("rect", { class: "sure", x: bar.sure_x, y: bar.y + 3, width: bar.sure_width, height: 12 }) : null,
      ),
    ),
    d.arrows.map((each) =>
      s("polyline", { class: ["edge", each.late && "late", each.soft && "soft"].filter(Boolean).join(" "), points: each.points.map((p) => p.join(",")).join(" "), "marker-end": "url(#arrow)" }),
    ),
    d.marks.map((mark) => [
      s("line", { class: mark.today ? "today" : "deadline", x1: mark.x, x2: mark.x, y1: mark.y - 11, y2: d.height }),
      s(
        "text",
        { class: "note strong", x: mark.x + (mark.leftwards ? -4 : 4), y: mark.y, "text-anchor": mark.leftwards ? "end" : null },
        cut([mark.day, mark.today ? t("today") : "", say(mark.names[0]), mark.names.length > 1 ? `+${mark.names.length - 1}` : ""].filter(Boolean).join(" "), 80),
      ),
    ]),
  );
}

function tables(d) {
  return h(
    "details",
    { class: "as-tables" },
    h("summary", {}, t("tables")),
    rows([t("measure"), t("start"), t("end")], d.bars.filter((bar) => bar.dated).map((bar) => [say(bar.label), say(bar.start), say(bar.end)])),
    rows([t("date"), t("deadlines")], d.marks.map((mark) => [mark.day, [mark.today ? t("today") : "", ...mark.names.map(say)].filter(Boolean).join("、")])),
  );
}

function rows(heads, body) {
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": heads.join(" / ") },
    h("table", { class: "rows" }, h("thead", {}, h("tr", {}, heads.map((each) => h("th", { scope: "col" }, each)))), h("tbody", {}, body.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))),
  );
}
