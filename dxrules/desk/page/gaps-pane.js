// The gaps by area: what to mend, and what cannot be told.

import { h } from "./dom.js";
import { say, t } from "./words.js";
import { ask, state } from "./work.js";
import { finding, gap } from "./verdicts-pane.js";

export async function draw(panel) {
  const found = await ask("gaps", { plan: state.plan });
  if (!found) return;
  panel.append(
    h("h2", {}, t("gaps")),
    ...found.areas.map((area) =>
      h(
        "section",
        { class: "area" },
        h("h3", {}, say(area.label)),
        area.gaps.length ? h("ol", { class: "plain" }, area.gaps.map((each) => h("li", {}, gap(each)))) : null,
        area.unknown.length
          ? h("details", {}, h("summary", {}, `${t("open_rules")} ${area.unknown.length}`), area.unknown.map(finding))
          : null,
      ),
    ),
  );
}
