"use strict";
(() => {
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function filterable(form) {
    const table = document.getElementById(form.dataset.table);
    const rows = [...table.tBodies[0].rows];
    const boxes = [...form.querySelectorAll("input[name=outcome]")];
    const output = form.querySelector("output");
    const texts = new Map();
    const times = (row) => Number(row.dataset.times ?? 1);
    const all = rows.reduce((sum, row) => sum + times(row), 0);
    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, plain(row.textContent));
      return texts.get(row);
    };
    const show = () => {
      const words = plain(form.elements.text.value).split(/\s+/).filter(Boolean);
      const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      let shown = 0;
      for (const row of rows) {
        const wanted = !boxes.length || chosen.has(row.dataset.outcome);
        row.hidden = !(wanted && words.every((word) => textOf(row).includes(word)));
        shown += row.hidden ? 0 : times(row);
      }
      output.textContent = output.dataset.pattern.replace("{n}", shown).replace("{all}", all);
    };
    form.hidden = false;
    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.only = (outcome) => {
      form.elements.text.value = "";
      boxes.forEach((box) => { box.checked = box.value === outcome; });
      show();
    };
    form.reveal = (row) => {
      if (!row.hidden) return;
      form.elements.text.value = "";
      boxes.filter((box) => box.value === row.dataset.outcome).forEach((box) => { box.checked = true; });
      show();
    };
    show();
  }

  function sortable(table) {
    const rows = [...table.tBodies[0].rows];
    const order = new Map(rows.map((row, place) => [row, place]));
    const heads = [...table.tHead.rows[0].cells];
    const keys = {
      order: (row) => order.get(row),
      number: (row, column) => Number(row.cells[column].textContent),
      share: (row, column) => parseInt(row.cells[column].textContent, 10),
      text: (row, column) => row.cells[column].textContent.trim(),
      // a day that is not known comes last
      time: (row, column) => row.cells[column].querySelector("time")?.dateTime || "9999",
    };
    heads.forEach((head, column) => {
      const key = keys[head.dataset.sort];
      if (!key) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.dataset.label = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const sorted = rows.map((row) => [key(row, column), row]).sort(([a, x], [b, y]) => {
          const compared = typeof a === "number" ? a - b : collator.compare(a, b);
          return (down ? -compared : compared) || order.get(x) - order.get(y);
        });
        table.tBodies[0].append(...sorted.map(([, row]) => row));
      });
    });
  }

  // The map of towns and rules: either are its rows, and the other its columns. What its tables
  // of totals know of a town or a rule says which of them are shown.
  function choosable(form) {
    const heat = document.querySelector(".heat");
    const output = form.querySelector("output");
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const known = (kind, id) => new Map([...document.getElementById(id).tBodies[0].rows]
      .map((row) => [row.dataset[kind], { row, text: plain(row.cells[0].textContent) }]));
    const towns = known("town", "table-towns");
    const rules = known("rule", "table-rules");
    const across = heat.querySelector("tbody tr").dataset.rule !== undefined;
    const fixed = Number(heat.querySelector("table").dataset.fixed);
    const columns = [...heat.querySelector("thead tr").cells].slice(fixed)
      .map((head) => (across ? head.dataset.town : head.dataset.rule));
    let lines;  // read when something is chosen for the first time
    const read = () => {
      lines ??= [...heat.querySelectorAll("tbody tr")].map((row) => ({
        row, key: across ? row.dataset.rule : row.dataset.town,
        signs: [...row.cells].slice(fixed).map((cell) => cell.className),
      }));
      return lines;
    };
    const show = () => {
      const said = Object.fromEntries(new FormData(form));
      const words = (text) => plain(text).split(/\s+/).filter(Boolean);
      const [inTowns, inRules] = [words(said.town), words(said.rule)];
      const wanted = (map, fits) => new Set([...map].filter(([, each]) => fits(each)).map(([key]) => key));
      let shownTowns = wanted(towns, ({ row, text }) => (!said.prefecture || row.dataset.prefecture === said.prefecture)
        && inTowns.every((word) => text.includes(word)));
      let shownRules = wanted(rules, ({ row, text }) => (!said.strength || row.dataset.strength === said.strength)
        && (!said.due || (row.dataset.due && row.dataset.due <= said.due))
        && inRules.every((word) => text.includes(word)));
      const [rowsOf, columnsOf] = across ? [shownRules, shownTowns] : [shownTowns, shownRules];
      const places = columns.flatMap((key, place) => (columnsOf.has(key) ? [place] : []));
      const totals = new Map();
      const hit = { rows: new Set(), columns: new Set() };
      for (const { key, signs } of read()) {
        if (!rowsOf.has(key)) continue;
        for (const place of places) {
          const sign = signs[place];
          if (said.outcome && sign.startsWith(said.outcome)) { hit.rows.add(key); hit.columns.add(columns[place]); }
          const rule = across ? key : columns[place];
          const total = totals.get(rule) ?? totals.set(rule, [0, 0]).get(rule);
          total[0] += sign.startsWith("fail-");
          total[1] += sign !== "";
        }
      }
      if (said.outcome) [shownRules, shownTowns] = across ? [hit.rows, hit.columns] : [hit.columns, hit.rows];
      const [shownRows, shownColumns] = across ? [shownRules, shownTowns] : [shownTowns, shownRules];
      for (const { key, row } of read()) row.hidden = !shownRows.has(key);
      const gone = columns.flatMap((key, place) => (shownColumns.has(key) ? [] : [`.heat tr > :nth-child(${place + fixed + 1})`]));
      sheet.replaceSync((gone.length ? `${gone.join(",")} { display: none; }` : "")
        + (said.outcome ? `.heat td:not(.share, [class^="${said.outcome}"]) { opacity: .25; }` : ""));
      for (const [key, { row }] of towns) row.hidden = !shownTowns.has(key);
      for (const [key, { row }] of rules) {
        row.hidden = !shownRules.has(key);
        if (totals.has(key)) row.querySelector(".share").textContent = totals.get(key).join("/");
      }
      if (across) for (const { key, row } of read()) if (totals.has(key)) row.querySelector(".share").textContent = totals.get(key).join("/");
      output.textContent = output.dataset.pattern.replace("{n}", shownTowns.size).replace("{m}", shownRules.size);
    };
    form.hidden = false;
    form.addEventListener("input", show);
    form.addEventListener("reset", () => setTimeout(show));
    form.addEventListener("submit", (event) => event.preventDefault());
    output.textContent = output.dataset.pattern.replace("{n}", towns.size).replace("{m}", rules.size);
    // So many cells have no link of their own: they lead where their town and rule do.
    heat.addEventListener("click", (event) => {
      const cell = event.target.closest("td[class]:not(.share)");
      if (!cell) return;
      const own = Object.values(cell.parentElement.dataset)[0];
      const other = columns[cell.cellIndex - fixed];
      const [town, rule] = across ? [other, own] : [own, other];
      const page = towns.get(town).row.querySelector("a").getAttribute("href");
      const leads = { pages: `${page}#f1-${rule}-1`, chapters: `#f${Number(town) + 1}-${rule}-1`, rules: `#${rule}` };
      location.href = leads[heat.dataset.leads];
    });
  }

  // What a rule rests on stands once in the page; where a finding is opened it is shown there, too.
  function cite(details) {
    const link = details.closest("table.all tr")?.querySelector("th a");
    const rule = link && document.getElementById(link.hash.slice(1));
    if (!rule || details.querySelector(".cited")) return;
    const cited = document.createElement("div");
    cited.className = "cited";
    const shown = details.closest("td").querySelector(":scope > .hint") ? ":not(.mend)" : "*";
    cited.append(...[...rule.querySelectorAll(`dd > ${shown}`)].map((part) => part.cloneNode(true)));
    details.append(cited);
  }

  function follow() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = target && target.closest("tbody tr");
    if (!row) return;
    document.querySelector(`form[data-table="${row.closest("table").id}"]`)?.reveal(row);
    const details = target.closest("details");
    if (details) details.open = true;
    target.tabIndex = -1;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  document.querySelectorAll("form.filter[data-table]").forEach(filterable);
  document.querySelectorAll("form.choose").forEach(choosable);
  document.querySelectorAll("table[id]").forEach(sortable);
  document.addEventListener("toggle", (event) => { if (event.target.open) cite(event.target); }, true);
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link?.dataset.only) link.closest("article").querySelector("form.filter").only(link.dataset.only);
    if (link && link.hash === location.hash) follow();
  });
  follow();

  // On a telephone a drawing is folded, and what it shows stands in its tables.
  if (matchMedia("(max-width: 43.75rem)").matches) {
    document.querySelectorAll(".drawing + details").forEach((details) => { details.open = true; });
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    const graves = "tr[data-outcome=fail] details, tr[data-outcome=error] details, .drawing + details, .area details";
    opened = [...document.querySelectorAll(graves)].filter((details) => !details.open);
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
})();
